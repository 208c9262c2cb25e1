"""Words of which some are emphasised are not cut: their element holds the emphasis, signs and all.

`_May 4th_, 1874` is one date, although its words begin behind the sign for italics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from encoder.model import Span


def widened(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans, phrases that cross an emphasis at its sign widened to hold it all."""
    known = list(spans)
    signs = {(span.start, span.end): span.attrs["kind"] for span in known if span.tag == "sign"}
    begins = {start: end for (start, end), kind in signs.items() if kind == "pre"}
    ends = {end: start for (start, end), kind in signs.items() if kind == "post"}
    emphases = [span for span in known if span.tag == "hi" and span.start in begins]
    opened = {begins[span.start]: span for span in emphases}
    closed = {ends[span.end]: span for span in emphases if span.end in ends}
    for span in known:
        first, last = opened.get(span.start), closed.get(span.end)
        if span.tag in ("hi", "sign") or (first is None and last is None):
            yield span
            continue
        start = first.start if first and first.end < span.end else span.start
        end = last.end if last and span.start < last.start else span.end
        yield replace(span, start=start, end=end)
