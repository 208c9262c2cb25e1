"""Spans nest: blocks hold phrases, and a phrase that crosses another is cut where they cross.

Blocks that cross are a mistake of ours. The parts of a cut phrase are linked (TEI P5 17.3).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count

from encoder.edition import Edition
from encoder.errors import StructureError
from encoder.model import Span

# What begins at the same character is opened in this order; what is not named is a phrase.
RANK = {
    tag: rank
    for rank, tags in enumerate(
        (
            "front back floatingText",
            "body",
            "div",
            "pb",
            "milestone",
            "epigraph quote",
            "opener closer byline head p ab eg lg list table figure sp castList castItem "
            "postscript argument trailer titlePage fw",
            "dateline salute signed l item role roleDesc row cell figDesc speaker stage docAuthor "
            "address addrLine docTitle titlePart docImprint docDate docEdition note",
        )
    )
    for tag in tags.split()
}
BLOCK, PHRASE = 5, 8
WIDE = 8.1  # a phrase that holds other phrases of the same extent
NARROW = 8.9  # what is said of the phrase it stands in
WITHIN = {"bibl": WIDE, "author": 8.2, "title": 8.2, "biblScope": 8.2, "date": 8.3}
WITHIN |= {
    "foreign": 8.05,
    "hi": 8.35,
    "rs": 8.4,
    "persName": 8.4,
    "sic": 8.5,
    "certainty": NARROW,
    "lb": NARROW,
    "sign": 9,
}
# Elements that hold only elements: no phrase can stand in them.
CONTAINERS = frozenset(
    "text front body back div opener closer lg list table row figure castList sp postscript "
    "argument address floatingText titlePage docTitle".split()
)
# What becomes no words, and can stand in them too: signs, and lines that begin with one.
WORDLESS = frozenset({"sign", "lb"})
# What can stand in no line that holds only phrases (TEI P5 1.3), and where no word is broken.
UNBROKEN = frozenset({"figDesc", "eg"})
LINE_ENDS = frozenset({"lb", "pc"})
CITATIONS = frozenset({"bibl", "author", "biblScope"})
PHRASES_ONLY = frozenset(
    "byline docAuthor dateline salute signed speaker addrLine docImprint figDesc castItem".split()
)

# How far out an element stands among those that begin with it.
LEVEL: Mapping[str, float] = RANK | WITHIN


@dataclass(slots=True)
class Part:
    """A span in reading offsets, or one part of a phrase that was cut.

    `number` counts the parts of a phrase, `whole` is the same in all of them; `cut` says that
    another part follows.
    """

    start: int
    end: int
    span: Span
    whole: int = 0
    number: int = 0
    cut: bool = False


Entry = tuple[int, float, int, float, int, Part]


class Nest:
    """Opens spans in document order, each wholly inside or after those still open before it."""

    def __init__(self, edition: Edition, spans: Iterable[Span]) -> None:
        order = edition.order
        parts = [
            Part(*order.interval(span.start, span.end), span, whole)
            for whole, span in enumerate(spans)
        ]
        # The next one is the last; what is left of phrases that were cut comes in between.
        self.todo = sorted(map(_entry, parts, count()), reverse=True)
        self.rest: list[Entry] = []
        self.serial = len(parts)
        # Where a phrase can go on: the beginnings of the blocks that hold words.
        self.homes = sorted(p.start for p in parts if not _is_phrase(p) and _holds_words(p))
        self.stack: list[Part] = []

    def __iter__(self) -> Iterator[Part]:
        """Yield the parts as they open.

        Raises:
            StructureError: two blocks cross.
        """
        while self.todo or self.rest:
            part = self._next()
            while self.stack and self.stack[-1].end <= part.start:
                self.stack.pop()
            if self._homeless(part):
                self._seek_home(part)
                continue
            if self._misplaced(part):
                continue
            self._cut_what_crosses(part)
            if part.end > part.start:
                self.stack.append(part)
            yield part

    def _next(self) -> Part:
        if self.rest and not (self.todo and self.todo[-1] < self.rest[0]):
            return heappop(self.rest)[-1]
        return self.todo.pop()[-1]

    def _push(self, part: Part) -> None:
        self.serial += 1
        heappush(self.rest, _entry(part, self.serial))

    def _homeless(self, part: Part) -> bool:
        """Whether a phrase begins where only blocks can stand."""
        if self.stack and self.stack[-1].span.tag not in CONTAINERS:
            return False
        return _is_phrase(part) and part.start < part.end and part.span.tag not in WORDLESS

    def _misplaced(self, part: Part) -> bool:
        """Whether a citation begins in a line that holds only phrases: there it is not said."""
        if part.span.tag in LINE_ENDS:
            return any(outer.span.tag in UNBROKEN for outer in self.stack)
        return part.span.tag in CITATIONS and any(
            outer.span.tag in PHRASES_ONLY for outer in self.stack
        )

    def _seek_home(self, part: Part) -> None:
        """Let a phrase begin with the next block, if it reaches that far."""
        index = bisect_left(self.homes, part.start + 1)
        if index < len(self.homes) and self.homes[index] < part.end:
            part.start = self.homes[index]
            self._push(part)

    def _cut_what_crosses(self, part: Part) -> None:
        """Cut what must end where `part` begins, or `part` where what holds it ends."""
        if part.end == part.start:
            return
        while self.stack and _is_phrase(self.stack[-1]) and not _is_phrase(part):
            # A note interrupts what is said around its callout; a block is part of it.
            after = part.end if part.span.tag == "note" else part.start
            self._cut(self.stack.pop(), part.start, after)
        if self.stack and part.end > self.stack[-1].end:
            if not _is_phrase(part):
                outer = self.stack[-1].span.tag
                raise StructureError(f"<{part.span.tag}> crosses <{outer}>")
            self._cut(part, self.stack[-1].end, self.stack[-1].end)

    def _cut(self, part: Part, at: int, after: int) -> None:
        """End a phrase at an offset, the rest of it goes on after; the reading is said once."""
        reading = None if part.span.reading is None else ""
        rest = replace(part, start=after, number=part.number + 1)
        rest.span = replace(part.span, reading=reading)
        part.end, part.cut = at, after < rest.end
        if part.cut:
            self._push(rest)


def _entry(part: Part, serial: int) -> Entry:
    """Return what parts are ordered by: of blocks that begin together, the longest is outermost."""
    own = LEVEL.get(part.span.tag, PHRASE)
    level = BLOCK if BLOCK <= own < PHRASE else own
    return part.start, level, -part.end, own, serial, part


def _is_phrase(part: Part) -> bool:
    return part.span.tag not in RANK


def _holds_words(part: Part) -> bool:
    return part.span.tag not in CONTAINERS and part.start < part.end
