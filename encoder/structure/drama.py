"""A play is speeches, each under the name of who speaks, and what is to be done on the stage.

A name is in capitals, with a point or colon before the words or alone on the line above them; it
counts only where several speeches begin so, and somebody speaks twice. What stands alone in
brackets between speeches is a stage direction (TEI P5 7.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from encoder.blocks import Block, unclaimed
from encoder.model import WHITE_CHARS, Edition, Span
from encoder.profile import Profile
from encoder.read.layout import Line

NAME = re.compile(r"([^\W\d_a-z][^\W\d_a-zß]+(?:[ .'’-]+[^\W\d_a-zß]+){0,3})([.:]|$)(?!\S)")
STAGE = re.compile(r"\[[^\[\]]+\]|\([^()]+\)")
DIRECTION = re.compile(r"\[[^\[\]\n]*[^\[\]\s][^\[\]\n]*\]")


SPACES = ("", *WHITE_CHARS)


class Speech(NamedTuple):
    """A block that begins with a speaker's name, and where that ends."""

    block: Block
    name: str
    end: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `sp` for each speech and a `stage` for each direction, if the text is a play."""
    text = edition.source.text
    body = [block for block in unclaimed(edition) if block.note is None]
    speeches = [speech for block in body if (speech := _speech(text, block))]
    if not _is_play(speeches, profile):
        return
    starts = {speech.block.start for speech in speeches}
    for speech in speeches:
        yield from _encoded(text, speech)
    for block in body:
        if block.start not in starts and STAGE.fullmatch(text, block.start, block.end):
            yield from _direction(text, block.start, block.end)


def _speech(text: str, block: Block) -> Speech | None:
    """Return the speech that a block is, if it begins with a name and goes on."""
    first = block.lines[0]
    match = NAME.match(text, first.text, first.stop)
    if match is None or match.end() >= block.end or match.group(1).upper() != match.group(1):
        return None
    alone = match.end() == first.stop
    return Speech(block, match.group(1), match.end()) if alone or match.group(2) else None


def _is_play(speeches: Sequence[Speech], profile: Profile) -> bool:
    """Whether enough is spoken, by at least two, and by somebody more than once."""
    times = Counter(speech.name for speech in speeches)
    return len(speeches) >= profile.drama_speeches and len(times) > 1 and max(times.values()) > 1


def _encoded(text: str, speech: Speech) -> Iterator[Span]:
    block = speech.block
    yield Span(block.start, block.end, "sp")
    yield Span(block.start, speech.end, "speaker")
    lines = [line for line in block.lines if line.stop > speech.end]
    start = max(lines[0].text, speech.end)
    if len(lines) > 1 and all(text[line.text].isupper() for line in lines if line.text > start):
        yield from _verse(lines, start)
    else:
        yield Span(start, block.end, "p")
    for direction in DIRECTION.finditer(text, start, block.end):
        if _stands_apart(text, *direction.span()):
            yield from _direction(text, *direction.span())


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether white space stands on both sides."""
    return text[start - 1 : start] in SPACES and text[end : end + 1] in SPACES


def _verse(lines: Sequence[Line], start: int) -> Iterator[Span]:
    for line in lines:
        yield Span(max(line.text, start), line.stop, "l")


def _direction(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stage direction; square brackets are its signs, for an editor speaks in others."""
    yield Span(start, end, "stage")
    glued = not text[start + 1].isspace() and not text[end - 2].isspace()
    if text[start] == "[" and glued:
        yield Span(start, start + 1, "sign", {"kind": "pre"})
        yield Span(end - 1, end, "sign", {"kind": "post"})
