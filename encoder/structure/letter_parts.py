"""The parts of a letter as elements: an opener, a closer, what stands before and behind them.

A letter that stands by itself is a division; one inside other prose is a text of its own
(`floatingText`, TEI P5 4.2.2, 4.3.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from encoder.edition import Edition
from encoder.model import Span
from encoder.structure.heads import RULE
from encoder.structure.openings import Piece

RULED = re.compile(rf"(?<=[\r\n])(?:{RULE.pattern})\Z")
OPENER = frozenset({"dateline", "address", "argument", "salute"})
# Parts that hold elements, and which.
HELD = {"address": "addrLine", "argument": "p", "postscript": "p"}
NOTED = frozenset({"headnote", "editorial", "enclosure"})


class Letter(NamedTuple):
    """One letter: its parts, its extent, and the number of the block behind it.

    `inside`: it stands in the middle of other prose; `language`: its own, if that is another.
    """

    opening: list[Piece]
    close: list[Piece]
    more: list[Piece]
    start: int
    end: int
    after: int
    inside: bool = False
    language: str = ""


def division(letter: Letter, start: int) -> Iterator[Span]:
    """Yield a letter's division; the first of a text holds the white space above it."""
    attrs = {"type": "letter"} | ({"xml:lang": letter.language} if letter.language else {})
    if not letter.inside:
        yield Span(start, letter.end, "div", attrs)
        return
    yield Span(letter.start, letter.end, "floatingText", attrs)
    yield Span(letter.start, letter.end, "body")


def encoded(edition: Edition, letter: Letter) -> Iterator[Span]:
    """Yield the parts of a letter, those that stand together in the element that holds them."""
    for opens, group in groupby(letter.opening, key=lambda piece: piece.part in OPENER):
        together = list(group)
        if opens:
            yield Span(together[0].start, together[-1].end, "opener")
        yield from _parts(edition, together)
    if letter.close:
        yield Span(letter.close[0].start, letter.close[-1].end, "closer")
        yield from _parts(edition, letter.close)
    yield from _parts(edition, letter.more)


def _parts(edition: Edition, pieces: list[Piece]) -> Iterator[Span]:
    for part, group in groupby(pieces, key=lambda piece: piece.part):
        same = list(group)
        if part in HELD:
            yield Span(same[0].start, same[-1].end, part)
        for piece in same:
            yield from _part(edition, piece)


def _part(edition: Edition, piece: Piece) -> Iterator[Span]:
    start, end, part = piece
    if part in NOTED:
        yield from _note(edition.source.text, piece)
    elif part == "docAuthor":
        yield Span(start, end, "byline")
        yield Span(start, end - 1, "docAuthor")
    else:
        yield Span(start, end, HELD.get(part, part))
        if part == "head" and (rule := RULED.search(edition.source.text, start, end)):
            yield Span(*rule.span(), "sign", {"kind": "post"})


def _note(text: str, piece: Piece) -> Iterator[Span]:
    """Yield a note that stands where it is printed: an editor's in brackets, or an enclosure."""
    start, end, part = piece
    yield Span(start, end, "note", {"type": part, "place": "inline"}, by="ed")
    if text[start] != "[" or text[end - 1] != "]":
        return
    yield Span(start, start + 1, "sign", {"kind": "pre"})
    # White space inside the brackets is the source's: a paragraph's edge would lose it.
    if not text[start + 1].isspace() and not text[end - 2].isspace():
        yield Span(start + 1, end - 1, "p")
    yield Span(end - 1, end, "sign", {"kind": "post"})
