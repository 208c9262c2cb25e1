"""An edition: a source and everything that is known about it, which finders add to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar, cast

from encoder.metadata import Metadata
from encoder.model import Finding, Move, Order, Severity, Source, Span, collapse, reorder
from encoder.read.layout import Layout
from encoder.registers import Register
from encoder.vocabulary import Vocabulary

T = TypeVar("T")


@dataclass(frozen=True)
class Edition:
    """A source and everything that is known about it."""

    source: Source
    layout: Layout
    metadata: Metadata
    register: Register
    spans: tuple[Span, ...] = ()
    moves: tuple[Move, ...] = ()
    findings: tuple[Finding, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    views: dict[object, tuple[frozenset[str], object]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def view(self, make: Callable[[Edition], T], tags: frozenset[str]) -> T:
        """Return what `make` sees here, made once until a move or one of the tags comes.

        Instead of a tag one of its kinds may be given, such as `div licence`.
        """
        if make not in self.views:
            self.views[make] = tags | {"move"}, make(self)
        return cast("T", self.views[make][1])

    @cached_property
    def order(self) -> Order:
        """The reading order that the moves make."""
        return reorder(len(self.source.text), self.moves)

    def tagged(self, *tags: str) -> Iterator[Span]:
        """Yield the spans that bear one of the tags, in the order they were found."""
        return (span for span in self.spans if span.tag in tags)

    def having(self, found: Iterable[Span | Move | Finding]) -> Edition:
        """Return this edition with what a finder found; views it does not touch are kept."""
        things = list(found)
        spans = [thing for thing in things if isinstance(thing, Span)]
        moves = [thing for thing in things if isinstance(thing, Move)]
        touched = {kind for span in spans for kind in span.kinds} | {"move" for _ in moves[:1]}
        return replace(
            self,
            views={make: view for make, view in self.views.items() if not touched & view[0]},
            spans=(*self.spans, *spans),
            moves=(*self.moves, *moves),
            findings=(*self.findings, *(t for t in things if isinstance(t, Finding))),
        )

    def finding(
        self, code: str, severity: Severity, message: str, offset: int, **more: Any
    ) -> Finding:
        """Return a finding about the character at `offset` of this edition's source.

        The source line is its evidence unless `more` brings another; `more` may also hold
        `hint` and `decision`.
        """
        where = self.source.locate(offset)
        if "evidence" not in more:
            more["evidence"] = collapse(self.source.line(where.line))
        return Finding(code, severity, message, self.source.name, where, **more)
