"""A page beginning is where one page of the source ends and the next starts (TEI P5 3.11.3).

What is printed on every page is no part of the text: the running head or foot, known because it
recurs but for its figures, and the page number (`fw`, TEI P5 12.6).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from encoder.model import Edition, Span, collapse
from encoder.profile import Profile
from encoder.read.layout import Line

FIGURES = re.compile(r"\d+")
EDGE_FIGURES = re.compile(r"\A\W*(\d+)(?!\w)|(?<!\w)(\d+)\W*\Z")
NUMBER = re.compile(r"[-–—\[(\s]*\d{1,4}[-–—\])\s.]*")
SET_APART = re.compile(r"\A\d{1,4} {4,}\S|[^\W\d_] {4,}\d{1,4}\Z")
WORD = re.compile(r"[^\W\d_]")
HEAD_LENGTH = 100


class Furniture(NamedTuple):
    """A line that is printed on pages, with what it says but for its figures."""

    page: int
    line: Line
    text: str
    place: str

    @property
    def pattern(self) -> str:
        """What recurs of it."""
        return FIGURES.sub("", self.text).casefold().strip()


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `pb` at the start of each line that begins a page, and the `fw` printed there."""
    furniture = list(_furniture(edition))
    numbers = {one.page: _number(one.text) for one in furniture if _number(one.text)}
    for count, index in enumerate(edition.layout.pages, 1):
        start = edition.layout.lines[index].start
        attrs = {"n": numbers.get(count, str(count)), "xml:id": f"pb{count}"}
        yield Span(start, start, "pb", attrs)
    for one in furniture:
        yield Span(one.line.text, one.line.stop, "fw", {"type": _type(one), "place": one.place})


def _furniture(edition: Edition) -> Iterator[Furniture]:
    """Yield the first and last lines of pages that recur, their figures growing with the pages.

    A number set far from the words beside it is a page's, even if it is the only page.
    """
    edges = list(_edges(edition))
    recurring = Counter((one.pattern, one.place) for one in edges)
    steps = Counter(map(_step, edges))
    for one in edges:
        figures = FIGURES.search(one.text)
        numbered = bool(_number(one.text)) and steps[_step(one)] > 1
        recurs = recurring[one.pattern, one.place] > 1 and WORD.search(one.pattern)
        apart = SET_APART.search(edition.source.plain[one.line.text : one.line.stop])
        alone = numbered and NUMBER.fullmatch(one.text)
        if apart or alone or (recurs and (numbered or not figures)):
            yield one


def _edges(edition: Edition) -> Iterator[Furniture]:
    for page, lines in enumerate(_pages(edition), 1):
        printed = [line for line in lines if not line.blank]
        for line, place in ((printed[0], "top"), (printed[-1], "bottom")) if printed[2:] else ():
            text = collapse(edition.source.text[line.text : line.stop])
            if len(text) <= HEAD_LENGTH:
                yield Furniture(page, line, text, place)


def _pages(edition: Edition) -> Iterator[Sequence[Line]]:
    lines, starts = edition.layout.lines, edition.layout.pages or (0,)
    yield from (lines[a:b] for a, b in pairwise((*starts, len(lines))))


def _step(one: Furniture) -> tuple[str, int | None]:
    """Return what two numbers share that grow by one a page, at one place of it."""
    number = _number(one.text)
    return one.place, int(number) - one.page if number else None


def _number(text: str) -> str:
    """Return the figures that a line begins or ends with; empty if it does neither."""
    match = EDGE_FIGURES.search(text)
    return (match[1] or match[2]) if match else ""


def _type(one: Furniture) -> str:
    if NUMBER.fullmatch(one.text):
        return "pageNum"
    return "header" if one.place == "top" else "footer"
