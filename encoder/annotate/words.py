"""A word broken at a line end is one word: the break is the printer's (TEI P5 3.2.2).

Where the layout puts a space behind every line that ends at a word's end, a line without one ends
inside a word, and its hyphen was lost in extraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from encoder.blocks import blocks, breaks_word
from encoder.model import WHITE_CHARS, Edition, Finding, Span
from encoder.profile import Profile
from encoder.read.layout import Line

HYPHENS = "-‐\xad"


def find(edition: Edition, _profile: Profile) -> Iterator[Span | Finding]:
    """Yield an `lb` that breaks no word for each line end inside one."""
    if not edition.layout.wraps_open:
        return
    for block in blocks(edition):
        for above, below in pairwise(block.lines):
            if breaks_word(edition.source.text, above, below):
                yield from _joined(edition, above, below)


def _joined(edition: Edition, above: Line, below: Line) -> Iterator[Span]:
    text = edition.source.text
    if text[above.stop - 1] in HYPHENS:
        yield Span(above.stop - 1, above.stop, "pc", {"force": "weak"})
    for start, end in _white_between(edition, above, below):
        yield Span(start, end, "lb", {"break": "no"})


def _white_between(edition: Edition, above: Line, below: Line) -> Iterator[tuple[int, int]]:
    """Yield the white space behind the first half of a word and, where parted, before the second.

    A page's notes or furniture may stand between the halves.
    """
    text = edition.source.text
    behind = above.stop
    while behind < below.text and text[behind] in WHITE_CHARS:
        behind += 1
    yield above.stop, behind
    if behind < below.text:
        before = below.text
        while text[before - 1] in WHITE_CHARS:
            before -= 1
        if before < below.text:
            yield before, below.text
