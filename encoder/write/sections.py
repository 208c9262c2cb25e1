"""A text has a body, and may have front and back matter (TEI P5 4.1).

What a distributor added is front and back; a division of the body ends where the body does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from encoder.model import Span
from encoder.write.nest import Part

OUTER = frozenset({"front", "back"})


def sections(spans: Iterable[Span], length: int) -> list[Part]:
    """Return front, body and back in their order; the last ends behind the text."""
    outer = {span.tag: span for span in spans if span.tag in OUTER}
    start = outer["front"].end if "front" in outer else 0
    end = outer["back"].start if "back" in outer else length + 1
    parts = [Part(start, end, Span(start, end, "body"))]
    if "front" in outer:
        parts.insert(0, Part(0, start, outer["front"]))
    if "back" in outer:
        parts.append(Part(end, length + 1, outer["back"]))
    return parts


def within(spans: Iterable[Span], parts: Iterable[Part]) -> Iterator[Span]:
    """Yield the spans that stand in the sections, divisions of the body cut to it."""
    body = next(part for part in parts if part.span.tag == "body")
    for span in spans:
        if span.tag == "div" and span.attrs.get("type") != "licence":
            start, end = max(span.start, body.start), min(span.end, body.end)
            if start < end:
                yield replace(span, start=start, end=end)
        elif span.tag not in OUTER:
            yield span
