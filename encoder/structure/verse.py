"""Verse is printed line by line: set in, or with a sign that says where a line ends (TEI P5 6).

A block is a stanza where each of its lines is set in, ends in the two spaces by which Markdown
keeps a line end, or begins with a bar; and where lines are short and mostly begin with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from encoder.blocks import Block, unclaimed
from encoder.model import Edition, Span
from encoder.profile import Profile
from encoder.read.layout import Line

BAR = re.compile(r"\|(?=\s)")
FIRST = re.compile(r"[\W_]*(\w)")


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield an `lg` for each stanza and an `l` for each of its lines, its bar kept as a sign."""
    for block in unclaimed(edition):
        if block.note is None and _is_stanza(edition.source.text, block, profile):
            yield Span(block.start, block.end, "lg")
            for line in block.lines:
                yield Span(line.text, line.stop, "l")
                if BAR.match(edition.source.text, line.text, line.stop):
                    yield Span(line.text, line.text + 1, "sign", {"kind": "label"})


def _is_stanza(text: str, block: Block, profile: Profile) -> bool:
    lines = block.lines
    if len(lines) < 2 or not _line_by_line(text, lines):
        return False
    short = all(line.stop - line.text <= profile.verse_length for line in lines)
    return short and 2 * sum(_capital(text, line) for line in lines) > len(lines)


def _line_by_line(text: str, lines: tuple[Line, ...]) -> bool:
    return (
        all(line.indent > 0 for line in lines)
        or all(text.startswith("  ", line.stop) for line in lines[:-1])
        or all(BAR.match(text, line.text, line.stop) for line in lines)
    )


def _capital(text: str, line: Line) -> bool:
    first = FIRST.match(text, line.text, line.stop)
    return first is not None and first[1].isupper()
