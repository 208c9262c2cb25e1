"""Spans nest: blocks hold phrases, and a phrase that crosses another is cut where they cross.

Blocks that cross are a mistake of ours. The parts of a cut phrase are linked (TEI P5 17.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from encoder.errors import StructureError
from encoder.model import Edition, Span

# What begins at the same character is opened in this order; what is not named is a phrase.
RANK = {
    tag: rank
    for rank, tags in enumerate(
        (
            "front body back",
            "div floatingText",
            "pb milestone fw",
            "opener closer byline head p ab lg list table figure epigraph sp castList note quote",
            "dateline salute signed l item row cell speaker stage docAuthor address",
        )
    )
    for tag in tags.split()
}
PHRASE = 5
WIDE = 5.1  # a phrase that holds other phrases of the same extent
NARROW = 5.9  # what is said of the phrase it stands in
WITHIN = {"bibl": WIDE, "author": 5.2, "title": 5.2, "biblScope": 5.2, "date": 5.3}
WITHIN |= {"rs": 5.4, "persName": 5.4, "sic": 5.5, "certainty": NARROW, "lb": NARROW, "sign": 6.0}


def rank(tag: str) -> float:
    """Return how far out an element stands among those that begin with it."""
    return RANK.get(tag, WITHIN.get(tag, PHRASE))


@dataclass(slots=True)
class Part:
    """A span in reading offsets, or one part of a phrase that was cut."""

    start: int
    end: int
    span: Span
    part: int = 0
    cut: bool = False


def nest(edition: Edition, spans: Iterable[Span]) -> Iterator[Part]:
    """Yield the spans as they open, each wholly inside or after those still open before it.

    `cut` is set, before a part is closed, on one that goes on in another part.

    Raises:
        StructureError: two blocks cross.
    """
    todo = _queue(edition, spans)
    serial = len(todo)
    stack: list[Part] = []
    while todo:
        part = heappop(todo)[-1]
        while stack and stack[-1].end <= part.start and stack[-1].start < stack[-1].end:
            stack.pop()
        for rest in _cuts(stack, part):
            serial += 1
            heappush(todo, _entry(rest, serial))
        if part.end > part.start:
            stack.append(part)
        yield part


def _entry(part: Part, serial: int) -> tuple[int, float, int, int, Part]:
    return part.start, rank(part.span.tag), -part.end, serial, part


def _queue(
    edition: Edition, spans: Iterable[Span]
) -> list[tuple[int, float, int, int, Part]]:
    order = edition.order
    parts = (Part(*order.interval(s.start, s.end), s) for s in spans)
    todo = [_entry(part, serial) for serial, part in enumerate(parts)]
    heapify(todo)
    return todo


def _cuts(stack: list[Part], part: Part) -> Iterator[Part]:
    """Cut what must end where `part` begins, or `part` where what holds it ends."""
    if part.end == part.start:
        return
    while stack and _is_phrase(stack[-1]) and not _is_phrase(part):
        outer = stack.pop()
        yield _cut(outer, part.start)
    if stack and part.end > stack[-1].end:
        if not _is_phrase(part):
            raise StructureError(f"<{part.span.tag}> crosses <{stack[-1].span.tag}>")
        yield _cut(part, stack[-1].end)


def _is_phrase(part: Part) -> bool:
    return rank(part.span.tag) >= PHRASE


def _cut(part: Part, at: int) -> Part:
    """End `part` at an offset and return the rest of it."""
    rest = replace(part, start=at, part=part.part + 1, cut=part.cut)
    part.end, part.cut = at, True
    return rest
