"""Quoted lines begin with an angle bracket each, as in letters by wire and in Markdown.

What they say is a quotation, and a bracket more is a quotation within it (TEI P5 3.3.3). The signs
stay where they are: each line has a `lb` that bears its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from encoder.blocks import QUOTED, blocks
from encoder.edition import Edition
from encoder.model import WHITE_CHARS, Span
from encoder.profile import Profile
from encoder.read.layout import Line


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `quote` for lines that begin with the sign, and a `lb` for each of them."""
    text = edition.source.text
    lines = [line for b in blocks(edition) if b.note is None for line in b.lines]
    for quoted, run in groupby(lines, key=lambda line: text[line.text] == ">"):
        together = list(run)
        if quoted and _is_quotation(text, together):
            yield from _quotes(text, together, profile.quote_depth)
            yield from (_line(text, line) for line in together)


def _is_quotation(text: str, lines: Sequence[Line]) -> bool:
    """Whether several lines bear the sign, or a single one with white space behind it."""
    if not any(_says(text, line) for line in lines):
        return False
    only = lines[0]
    return len(lines) > 1 or text[only.text + 1 : only.text + 2] in tuple(WHITE_CHARS)


def _says(text: str, line: Line) -> bool:
    """Whether more than signs stands on a line."""
    signs = QUOTED.match(text, line.text, line.stop)
    return signs is not None and signs.end() < line.stop


def _quotes(text: str, lines: Sequence[Line], most: int) -> Iterator[Span]:
    depths = [(min(_depth(text, line), most), line) for line in lines]
    for depth in range(1, max(depth for depth, _ in depths) + 1):
        for within, run in groupby(depths, key=lambda pair: pair[0] >= depth):
            together = [line for _, line in run]
            if within:
                yield Span(together[0].text, together[-1].stop, "quote")


def _depth(text: str, line: Line) -> int:
    signs = QUOTED.match(text, line.text, line.stop)
    return signs.group().count(">") if signs else 0


def _line(text: str, line: Line) -> Span:
    """Return the `lb` of a line: its signs are labels, or glued to the words."""
    signs = QUOTED.match(text, line.text, line.stop)
    end = signs.end() if signs else line.text
    glued = end < line.stop and text[end] not in WHITE_CHARS
    *labels, last = text[line.text : end].split()
    tokens = [*(f"label({sign})" for sign in labels), f"{'pre' if glued else 'label'}({last})"]
    return Span(line.text, end, "lb", {"rend": " ".join(tokens)})
