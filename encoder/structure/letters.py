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
DATE = r"(?:\d{1,2}[.:]?(?:st|nd|rd|th|er|e)?\s+[^\W\d]+\.?,?\s+\d{4}|[^\W\d]+\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\s?\d{1,2}[./]?\s?\d{2,4})"
DATELINE = re.compile(rf"[(\[]?(?:[^\W\d][^\d,]{{1,40}},?\s+)?{DATE}[)\]]?\.?")
SALUTE_END = re.compile(r"[,.!:]$")


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the parts of a letter, if the text is one."""
    body = [b for b in blocks(edition) if b.note is None and not b.ornament]
    greeting = _salutation(body, profile)
    if profile.kind == "text" or not body:
        return
    if greeting is None and profile.kind != "letter":
        return
    yield Span(0, len(edition.source.text), "div", {"type": "letter"})
    for block, part in _opening(body[: (greeting or 0) + 1], greeting, profile):
        yield from _encoded(edition, block, part, profile)
    for block, part in _closing(body[(greeting or 0) + 1 :], profile):
        yield from _encoded(edition, block, part, profile)


def _salutation(body: Sequence[Block], profile: Profile) -> int | None:
    """Return the index of the block that greets the addressee."""
    words = pattern("letters", "salute", profile.language)
    for index, block in enumerate(body[:OPENING]):
        if _short(block, profile) and SALUTE_END.search(block.text) and words.match(block.text):
            return index
    return None


def _short(block: Block, profile: Profile) -> bool:
    return len(block.text) <= profile.heading_length


def _opening(
    body: Sequence[Block], greeting: int | None, profile: Profile
) -> Iterator[tuple[Block, str]]:
    headed = False
    for index, block in enumerate(body):
        part = "salute" if index == greeting else _part_before(block, profile, headed)
        headed = headed or part == "head"
        if part:
            yield block, part


def _part_before(block: Block, profile: Profile, headed: bool) -> str:
    """Say what a block before the salutation is, empty where its form says nothing."""
    text = block.text
    if text.startswith("[") and text.endswith("]"):
        return "headnote"
    if not _short(block, profile):
        return ""
    if DATELINE.fullmatch(text):
        return "dateline"
    if text.endswith(":"):
        return "byline"
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
    if pattern("letters", "translated", profile.language).search(text[:40]):
        return "translator"
    if pattern("letters", "close", profile.language).match(text):
        return "close"
    return "dateline" if DATELINE.fullmatch(text) else ""


def _encoded(edition: Edition, block: Block, part: str, profile: Profile) -> Iterator[Span]:
    start, end = block.start, block.end
    if part == "headnote":
        yield from _headnote(start, end)
    elif part == "byline":
        yield Span(start, end, "byline")
        yield Span(start, end - 1, "docAuthor")
    elif part in ("translator", "head"):
        yield Span(start, end, "byline" if part == "translator" else part)
    elif part == "close":
        yield Span(start, end, "closer")
        yield Span(start, end, "salute")
    else:
        yield Span(start, end, "opener")
        yield Span(start, end, part)


def _headnote(start: int, end: int) -> Iterator[Span]:
    yield Span(start, end, "note", {"type": "headnote", "place": "inline"}, by="ed")
    yield Span(start, start + 1, "sign", {"kind": "pre"})
    yield Span(start + 1, end - 1, "p")
    yield Span(end - 1, end, "sign", {"kind": "post"})
