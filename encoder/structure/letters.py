"""A letter opens with who writes, when and where, and greets; it closes and is signed.

What stands before the salutation is read by its form: a line ending in a colon names the author, a
date alone is the dateline, brackets around a paragraph are an editor's headnote (TEI P5 4.2.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from encoder.blocks import Block, blocks
from encoder.lexicon import pattern
from encoder.model import Edition, Span
from encoder.profile import Profile

OPENING = 12  # blocks in which a salutation is looked for: addresses and headnotes are short
CLOSING = 6
# A day and a month in words or Roman figures, the year in full, in short or left out.
DATE = (
    r"(?:\d{1,2}[.:]?(?:st|nd|rd|th|er|e)?\s+[^\W\d]+\.?(?:,?\s+’?\d{2}(?:\d\d)?)?"
    r"|[^\W\d]+\.?\s+\d{1,2},?\s+\d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\s?\d{1,2}[./]?\s?\d{2,4})"
)
DATELINE = re.compile(rf"[(\[]?(?:[^\W\d][^\d,]{{1,40}},?\s+)?{DATE}[)\]]?\.?")
BRACKETED = re.compile(r"\[(?:[^\[\]]++|\[[^\[\]]*+\])++\]")
# What a part is written as: the element around it, and its own.
HOLDERS = {
    "dateline": ("opener", "dateline"),
    "salute": ("opener", "salute"),
    "close": ("closer", "salute"),
    "dated": ("closer", "dateline"),
}
SALUTE_END = re.compile(r"[,.!:]$")


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the parts of a letter, if the text is one."""
    body = [b for b in blocks(edition) if b.note is None and not b.ornament]
    greeting = _salutation(body, profile)
    if profile.kind == "text" or not body:
        return
    if greeting is None and profile.kind != "letter":
        return
    opening = _opening(body[: (greeting or 0) + 1], greeting, profile)
    yield from _divisions(edition, opening[0][0] if opening else body[0])
    for block, part in opening:
        yield from _encoded(edition, block, part)
    opened = {block.start for block, _ in opening}
    rest = [b for b in body if b.start > max(opened, default=-1)]
    # A letter says something between its opening and its close (TEI P5 4.1).
    for block, part in _closing(rest[1:], profile):
        yield from _encoded(edition, block, part)


def _divisions(edition: Edition, first: Block) -> Iterator[Span]:
    """Yield the letter's division, and one for what stands before the letter opens."""
    start = first.start if any(b.start < first.start for b in blocks(edition)) else 0
    if start:
        yield Span(0, start, "div")
    yield Span(start, len(edition.source.text), "div", {"type": "letter"})


def _salutation(body: Sequence[Block], profile: Profile) -> int | None:
    """Return the index of the block that greets the addressee."""
    words = pattern("parts", "salute", profile.language)
    for index, block in enumerate(body[:OPENING]):
        if _short(block, profile) and SALUTE_END.search(block.text) and words.match(block.text):
            return index
    return None


def _short(block: Block, profile: Profile) -> bool:
    return len(block.text) <= profile.heading_length


def _opening(
    body: Sequence[Block], greeting: int | None, profile: Profile
) -> list[tuple[Block, str]]:
    """Say what the blocks up to the salutation are; a letter opens after the last that is none."""
    found: list[tuple[Block, str]] = []
    headed = False
    for index, block in enumerate(body):
        part = "salute" if index == greeting else _part_before(block, profile, headed)
        if not part and greeting is None:
            break
        found = [*found, (block, part)] if part else []
        headed = any(said == "head" for _, said in found)
    return found


def _part_before(block: Block, profile: Profile, headed: bool) -> str:
    """Say what a block before the salutation is, empty where its form says nothing."""
    text = block.text
    if BRACKETED.fullmatch(text):
        return "headnote"
    if not _short(block, profile):
        return ""
    if DATELINE.fullmatch(text):
        return "dateline"
    if text.endswith(":"):
        return "docAuthor"
    return "" if headed or text[-1] in ".,;" else "head"


def _closing(body: Sequence[Block], profile: Profile) -> Iterator[tuple[Block, str]]:
    """Say what the last blocks are, from the end upward until one is running text."""
    for block in reversed(body[-CLOSING:]):
        part = _part_after(block, profile)
        if not part:
            return
        yield block, part


def _part_after(block: Block, profile: Profile) -> str:
    text = block.text
    if not _short(block, profile):
        return ""
    if pattern("parts", "translated", profile.language).search(text[:40]):
        return "byline"
    if pattern("parts", "close", profile.language).match(text):
        return "close"
    return "dated" if DATELINE.fullmatch(text) else ""


def _encoded(edition: Edition, block: Block, part: str) -> Iterator[Span]:
    start, end = block.start, block.end
    if part == "headnote":
        yield from _headnote(edition.source.text, start, end)
    elif part == "docAuthor":
        yield Span(start, end, "byline")
        yield Span(start, end - 1, "docAuthor")
    elif part in HOLDERS:
        yield Span(start, end, HOLDERS[part][0])
        yield Span(start, end, HOLDERS[part][1])
    else:
        yield Span(start, end, part)


def _headnote(text: str, start: int, end: int) -> Iterator[Span]:
    yield Span(start, end, "note", {"type": "headnote", "place": "inline"}, by="ed")
    yield Span(start, start + 1, "sign", {"kind": "pre"})
    # White space inside the brackets is the source's: a paragraph's edge would lose it.
    if not text[start + 1].isspace() and not text[end - 2].isspace():
        yield Span(start + 1, end - 1, "p")
    yield Span(end - 1, end, "sign", {"kind": "post"})
