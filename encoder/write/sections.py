"""A text has a body, and may have front and back matter (TEI P5 4.1).

What a distributor added is front or back, and a title page and what follows it up to the first
chapter front; a division of the body ends where the body does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from encoder.edition import Edition
from encoder.model import Span
from encoder.write.nest import Part

OUTER = frozenset({"front", "back"})


def sections(spans: Iterable[Span], edition: Edition) -> list[Part]:
    """Return front, body and back in their order; the last ends behind the text."""
    length = len(edition.source.text)
    outer = [span for span in spans if span.tag in OUTER]
    start = max((span.end for span in outer if span.tag == "front"), default=0)
    end = min((span.start for span in outer if span.tag == "back"), default=length + 1)
    edges = (("front", 0, start), ("body", start, end), ("back", end, length + 1))
    known = ((tag, a, b) for tag, a, b in edges if a < b or tag == "body")
    return [Part(_read(edition, a), _read(edition, b), Span(a, b, tag)) for tag, a, b in known]


def _read(edition: Edition, offset: int) -> int:
    """Return where is read what stands at an offset, notes that are read elsewhere passed over."""
    for move in sorted(edition.moves, key=lambda move: move.start):
        if move.start <= offset < move.end:
            offset = move.end
    within = offset < len(edition.source.text)
    return edition.order.to_reading(offset) if within else offset


def within(spans: Iterable[Span], parts: Iterable[Part]) -> Iterator[Span]:
    """Yield the spans that stand in the sections, divisions of the body cut to it."""
    body = next(part.span for part in parts if part.span.tag == "body")
    for span in spans:
        if span.tag == "div" and not span.beside:
            # What begins in the front ends there.
            low, high = (0, body.start) if span.end <= body.start else (body.start, body.end)
            start, end = max(span.start, low), min(span.end, high)
            if start < end:
                yield replace(span, start=start, end=end)
        elif span.tag not in OUTER:
            yield span
