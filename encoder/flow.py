"""A flow is one stream of running text as a reader reads it: the body, or one note.

White space is single spaces, broken words are whole again, callouts and page furniture are left
out, and each block of the text (paragraph, heading, line of verse) is a line of the flow. Patterns
run over `Flow.text`; `Flow.span` gives the source offsets of what they matched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from encoder.edition import Edition
from encoder.model import Span

HIDDEN = frozenset({"sign", "fw", "milestone", "lb", "pc", "eg"})
# A hyphen that is the word's own is read.
OWN = "inter"
BLOCKS = frozenset(
    "p ab head figDesc figure l byline salute dateline signed item cell opener closer note label "
    "speaker stage trailer epigraph quote postscript div address addrLine castItem titlePart "
    "docImprint docDate docEdition".split()
)
Event = tuple[int, int, int]
EDGE, SKIP = 0, 1
RUN = re.compile("  +")


@dataclass(frozen=True)
class Flow:
    """Running text with a map back to the source.

    `starts[i]` is the flow offset and `sources[i]` the source offset of the i-th chunk of
    characters that stand in the source just as they stand in the flow.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    note: Span | None = None

    def source(self, offset: int) -> int:
        """Return the source offset of the flow's character at `offset`."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.sources[index] + offset - self.starts[index]

    def offset(self, source: int) -> int | None:
        """Return the flow offset of the source's character at `source`, if it is read here."""
        index = bisect_right(self._by_source, (source, len(self.sources))) - 1
        if index < 0:
            return None
        chunk = self._by_source[index][1]
        end = self.starts[chunk + 1] if chunk + 1 < len(self.starts) else len(self.text)
        offset = self.starts[chunk] + source - self.sources[chunk]
        return offset if offset < end else None

    @cached_property
    def _by_source(self) -> list[tuple[int, int]]:
        """The chunks by where they stand in the source: its offset, and their number."""
        return sorted((source, number) for number, source in enumerate(self.sources))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source interval of the flow's characters from `start` to `end`."""
        return self.source(start), self.source(end - 1) + 1

    def places(self, wanted: Set[str]) -> Iterator[tuple[int, int]]:
        """Yield where the printed words stand that are wanted, as `bearing` returns them."""
        return places(self.text, wanted)

    def matches(self, pattern: re.Pattern[str], wanted: Set[str]) -> Iterator[re.Match[str]]:
        """Yield what a pattern that reaches over no space finds in the printed words wanted."""
        for start, end in self.places(wanted):
            yield from pattern.finditer(self.text, start, end)


def flows(edition: Edition) -> list[Flow]:
    """Return the body's flow, then that of each note whose text stands apart from the body."""
    return edition.view(_flows, HIDDEN | BLOCKS)


def printed(edition: Edition) -> str:
    """Return the printed words of all flows, each once and on a line of its own.

    A printed word is what stands between two spaces, signs and all. A text has few that differ, so
    what is said of single words is sought here before the places where they stand.
    """
    return edition.view(_printed, HIDDEN | BLOCKS)


def bearing(edition: Edition, pattern: re.Pattern[str]) -> frozenset[str]:
    """Return the printed words that bear a pattern: one that never reaches over a space."""
    known = printed(edition)
    return frozenset(
        known[known.rfind("\n", 0, match.start()) + 1 : known.find("\n", match.end())]
        for match in pattern.finditer(known)
    )


def _printed(edition: Edition) -> str:
    found = set[str]().union(*(printed_words(flow.text) for flow in flows(edition)))
    return "\n".join(("", *found, ""))


def printed_words(text: str) -> set[str]:
    """Return what stands between two spaces, or between a space and a line's end, each once."""
    found = set[str]()
    for line in text.split("\n"):
        found.update(line.split(" "))
    return found


def places(text: str, wanted: Set[str]) -> Iterator[tuple[int, int]]:
    """Yield where the printed words of a text stand that are wanted."""
    here = 0
    for line in text.split("\n") if wanted else ():
        words = line.split(" ")
        if not wanted.isdisjoint(words):
            yield from _places(words, wanted, here)
        here += len(line) + 1


def _places(words: list[str], wanted: Set[str], here: int) -> Iterator[tuple[int, int]]:
    for word in words:
        if word in wanted:
            yield here, here + len(word)
        here += len(word) + 1


def _flows(edition: Edition) -> list[Flow]:
    events = sorted([*_hidden(edition), *_edges(edition)])
    apart = sorted(_apart(edition), key=lambda item: item[:2])
    skips = [(start, SKIP, end) for start, end, _ in apart]
    body = _flow(edition, 0, len(edition.source.text), sorted([*events, *skips]), None)
    return [body, *_note_flows(edition, events, skips, [note for _, _, note in apart])]


def _note_flows(
    edition: Edition, events: list[Event], skips: list[Event], notes: list[Span]
) -> Iterator[Flow]:
    """Yield the flow of each note, what is read in a note within it left out."""
    for index, ((start, _, end), note) in enumerate(zip(skips, notes, strict=True), 1):
        nested = [*_beginning_before(skips, index, end)]
        yield _flow(edition, start, end, _with(events, nested, start, end), note)


def _with(events: list[Event], nested: list[Event], start: int, end: int) -> list[Event]:
    """Return the events of a stretch, with those of the notes in it."""
    if not nested:
        return events
    own = events[bisect_left(events, (start,)) : bisect_left(events, (end,))]
    return sorted([*own, *nested])


def _beginning_before(skips: list[Event], index: int, end: int) -> Iterator[Event]:
    while index < len(skips) and skips[index][0] < end:
        yield skips[index]
        index += 1


def _apart(edition: Edition) -> Iterator[tuple[int, int, Span]]:
    for note in edition.tagged("note"):
        if note.attrs.get("place") not in (None, "inline"):
            yield *edition.order.interval(note.start, note.end), note


def _hidden(edition: Edition) -> Iterator[Event]:
    beside = (div for div in edition.tagged("div") if div.beside)
    for span in (*edition.tagged(*HIDDEN), *beside):
        if span.start < span.end and span.attrs.get("force") != OWN:
            start, end = edition.order.interval(span.start, span.end)
            yield start, SKIP, end


def _edges(edition: Edition) -> Iterator[Event]:
    for span in edition.tagged(*BLOCKS):
        if span.tag != "note" or span.attrs.get("place") in (None, "inline"):
            for offset in edition.order.interval(span.start, span.end):
                yield offset, EDGE, offset


class _Builder:
    """Collects the chunks of a flow and the map back to the source."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.starts: list[int] = []
        self.sources: list[int] = []
        self.length = 0
        self.edge = False

    def add(self, text: str, source: int) -> None:
        """Add a piece of the source, its runs of spaces and those around it made one."""
        at, put = 0, self._put
        for run in RUN.finditer(text) if "  " in text else ():
            put(text[at : run.start() + 1], source + at)
            at, put = run.end(), self._append  # what follows a run begins with no space
        if at < len(text):
            put(text[at:], source + at)

    def _put(self, chunk: str, source: int) -> None:
        if self.edge:
            self._break(source)
        if chunk.startswith(" ") and self._at_space():
            chunk, source = chunk[1:], source + 1
        if chunk:
            self._append(chunk, source)

    def _at_space(self) -> bool:
        return not self.text or self.text[-1][-1] in " \n"

    def _break(self, source: int) -> None:
        self.edge = False
        if not self.text or self.text[-1] == "\n":
            return
        if self.text[-1][-1] == " ":
            self.text[-1] = self.text[-1][:-1]
            self.length -= 1
            if not self.text[-1]:
                self.text.pop(), self.starts.pop(), self.sources.pop()
        self._append("\n", source)

    def _append(self, chunk: str, source: int) -> None:
        self.text.append(chunk)
        self.starts.append(self.length)
        self.sources.append(source)
        self.length += len(chunk)


def _flow(edition: Edition, start: int, end: int, events: list[Event], note: Span | None) -> Flow:
    out, here = _Builder(), start
    within = events[bisect_left(events, (start,)) : bisect_left(events, (end,))]
    for at, kind, stop in within:
        _add(out, edition, here, at)
        here = max(here, at, stop if kind == SKIP else 0)
        out.edge = out.edge or kind == EDGE
    _add(out, edition, here, end)
    return Flow("".join(out.text), tuple(out.starts), tuple(out.sources), note)


def _add(out: _Builder, edition: Edition, start: int, end: int) -> None:
    """Add what is read from `start` to `end`, if anything is."""
    if start >= end:
        return
    for a, b in edition.order.pieces_between(start, end):
        out.add(edition.source.plain[a:b], a)
