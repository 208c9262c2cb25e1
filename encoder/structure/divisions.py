"""A division is a part of a text that stands by itself, usually under a heading (TEI P5 4.1).

A heading is a short line by itself that says so: by Markdown's signs, by capitals throughout, by
the word for a chapter, by a number alone; or it is the first line of the text and no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from encoder.blocks import Block, unclaimed
from encoder.lexicon import pattern
from encoder.model import Edition, Span
from encoder.profile import Profile

RUNNING_ON = re.compile(r"[.,;:]$")
SIGNS = re.compile(r"#{1,6}(?=\s+\S)")
NUMERAL = re.compile(r"(?:\d{1,3}|[IVXLC]{1,7})\.?")
SENTENCE = re.compile(r"[.!?]\s+\S")
LINES = 3  # of a heading at the most


class Heading(NamedTuple):
    """Blocks that head one division, and how deep it lies: 1 is outermost."""

    blocks: list[Block]
    level: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the divisions that headings begin, one around the text where there are none."""
    if any(span.attrs.get("type") != "licence" for span in edition.tagged("div")):
        return
    body = [block for block in unclaimed(edition) if block.note is None]
    headings = list(_headings(edition, body, profile))
    yield from _divisions(edition, headings)
    for heading in headings:
        for block in heading.blocks:
            yield Span(block.start, block.end, "head")
            if signs := SIGNS.match(edition.source.text, block.start, block.end):
                yield Span(*signs.span(), "sign", {"kind": "label"})


def _headings(edition: Edition, body: list[Block], profile: Profile) -> Iterator[Heading]:
    """Yield the headings; those that follow each other directly at one level are one."""
    open_: Heading | None = None
    for index, block in enumerate(body):
        level = _level(edition.source.text, block, profile)
        if not level and index == 0 and len(body) > 1 and _is_title(block, profile):
            level = 1
        if level and open_ and open_.level == level:
            open_.blocks.append(block)
            continue
        if open_:
            yield open_
        open_ = Heading([block], level) if level else None
    if open_ and len(body) > len(open_.blocks):
        yield open_


def _is_title(block: Block, profile: Profile) -> bool:
    short = len(block.text) <= profile.heading_length and len(block.lines) == 1
    return short and not RUNNING_ON.search(block.text)


def _level(text: str, block: Block, profile: Profile) -> int:
    """Return how deep a heading lies; 0 where a block is none."""
    if signs := SIGNS.match(text, block.start, block.end):
        return len(signs.group())
    if len(block.text) > profile.heading_length or len(block.lines) > LINES:
        return 0
    chapter = pattern("parts", "chapter", profile.language).search(block.text)
    named = chapter is not None and not SENTENCE.search(block.text) and _has_number(block, chapter)
    return int(_in_capitals(block.text) or named or bool(NUMERAL.fullmatch(block.text)))


def _in_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and text.upper() == text and text[-1] not in ",;:!?"


def _has_number(block: Block, chapter: re.Match[str]) -> bool:
    """Whether little but a number stands beside the word for a chapter."""
    beside = f"{block.text[: chapter.start()]} {block.text[chapter.end() :]}".split()
    return 0 < len(beside) <= 8 and (
        NUMERAL.fullmatch(beside[0]) is not None or chapter.start() > 0
    )


def _divisions(edition: Edition, headings: list[Heading]) -> Iterator[Span]:
    length = len(edition.source.text)
    opening = next((b for b in unclaimed(edition) if not b.in_note), None)
    if not headings or headings[0].blocks[0] is not opening:
        end = headings[0].blocks[0].start if headings else length
        yield Span(0, end, "div")
    for index, heading in enumerate(headings):
        first = heading.blocks[0]
        start = 0 if first is opening else first.start
        after = (later for later in headings[index + 1 :] if later.level <= heading.level)
        following = next(after, None)
        yield Span(start, following.blocks[0].start if following else length, "div")
