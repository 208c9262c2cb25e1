"""A verdict is a decision at one of its places; the docket is all of them in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from encoder.decisions.anchor import Place
from encoder.decisions.file import Decision
from encoder.edition import Edition
from encoder.model import Span

MENTIONS = frozenset({"persName", "rs", "name", "placeName", "orgName"})
CORRECTIONS = frozenset({"sic", "orig"})
# What the machine says of phrases, and gives up where an editor's words cross it.
STATEMENTS = MENTIONS | {"date", "bibl", "title", "ref"}
DOUBTED = MENTIONS | {"certainty"}


class Verdict(NamedTuple):
    """A decision at one of its places; `number` is its rank, `parts` are what it makes."""

    place: Place
    number: int
    decision: Decision
    parts: tuple[Place, ...] = ()

    def holds(self, edition: Edition, span: Span) -> bool:
        """Whether the span lies within the words decided on."""
        first, last = edition.order.interval(span.start, span.end)
        return self.place.first <= first and last <= self.place.last

    def is_in(self, edition: Edition, span: Span) -> bool:
        """Whether the words decided on lie within the span."""
        first, last = edition.order.interval(span.start, span.end)
        return first <= self.place.first and self.place.last <= last


class Docket:
    """The verdicts by where their words are read."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self._verdicts = sorted(verdicts, key=lambda verdict: verdict.place.first)
        self._firsts = [verdict.place.first for verdict in self._verdicts]
        lengths = (verdict.place.last - verdict.place.first for verdict in self._verdicts)
        self._longest = max(lengths, default=0)
        self._tags = {verdict.decision.tag for verdict in self._verdicts}

    def __iter__(self) -> Iterator[Verdict]:
        return iter(sorted(self._verdicts, key=lambda verdict: verdict.number))

    def on(self, edition: Edition, span: Span) -> list[Verdict]:
        """Return the verdicts that may change a span."""
        if span.tag not in STATEMENTS | CORRECTIONS | DOUBTED and span.tag not in self._tags:
            return []
        return self.over(*edition.order.interval(span.start, span.end))

    def over(self, first: int, last: int) -> list[Verdict]:
        """Return the verdicts on what is read from `first` to `last`, in their order."""
        low = bisect_left(self._firsts, first - self._longest)
        near = self._verdicts[low : bisect_left(self._firsts, max(last, first + 1))]
        return sorted((v for v in near if v.place.last > first), key=lambda v: v.number)
