"""The nouns: a source, what we know about it, and what we find wrong with it.

The text is never rewritten. What we know about it is a set of spans over it, and TEI is how
spans are written down. All offsets are code points of `Source.text`, end-exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

# White space as a printer knows it; U+001C-U+001F are that to Python, and not to XML.
WHITE = "\t\n\x0b\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
SEPARATORS = re.compile("[\x1c-\x1f]")
SUBSTITUTE = "\x1a"  # which XML cannot hold either
RUN_OF_WHITE = re.compile(f"[{WHITE}]+")
WHITE_CHARS = "".join(char for char in map(chr, range(0x3001)) if RUN_OF_WHITE.match(char))

# Divisions that no reader takes for the text.
BESIDE = frozenset({"licence", "metadata"})

Severity = Literal["error", "warning", "info"]
Cert = Literal["high", "medium", "low", "unknown"]


def collapse(text: str) -> str:
    """Return `text` with each run of white space as one space, and none at its ends."""
    return RUN_OF_WHITE.sub(" ", text).strip(" ")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1, columns in code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Origin(NamedTuple):
    """The PDF or DOCX file that a text was made from: its name, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Source:
    """A text as it was received, decoded and otherwise untouched.

    `assumed` says on what evidence the encoding was assumed; empty where nothing was. `origin` is
    the file of another format that the text was made from.
    """

    name: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    assumed: str = ""
    origin: Origin | None = None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", self.text))]

    def locate(self, offset: int) -> Position:
        """Return the line and column of a code-point offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, where: Position) -> int:
        """Return the code-point offset of a line and column."""
        return self._starts[where.line - 1] + where.column - 1

    @cached_property
    def plain(self) -> str:
        """The text with each white character as a plain space, so that offsets stay."""
        plain = self.text
        for char in WHITE_CHARS:
            plain = plain.replace(char, " ")
        return plain

    def inked(self) -> Source:
        r"""Return it as patterns may see it: whatever is `\s` is white space; offsets stay."""
        text = SEPARATORS.sub(SUBSTITUTE, self.text)
        return self if text == self.text else replace(self, text=text)

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def line_start(self, number: int) -> int:
        """Return the offset at which line `number` (from 1) begins."""
        return self._starts[number - 1]


@dataclass(frozen=True, slots=True)
class Span:
    """A statement about the characters from `start` to `end`; a point where both are equal.

    `tag` is a TEI element name, or `sign`: printed characters that the markup around them stands
    for. `reading` is editorial text that is not in the source (`sic`→`corr`, `orig`→`reg`,
    `abbr`→`expan`). `by` is the id of whoever says so, `cert` how sure they are.
    """

    start: int
    end: int
    tag: str
    attrs: Mapping[str, str] = field(default_factory=dict, hash=False)
    reading: str | None = None
    by: str = ""
    cert: Cert | None = None

    @property
    def beside(self) -> bool:
        """Whether it is a division beside the text: a distributor's terms, or metadata."""
        return self.tag == "div" and self.attrs.get("type") in BESIDE

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its tag; and where it has a type or a unit, both together, such as `div licence`."""
        kind = self.attrs.get("type") or self.attrs.get("unit")
        return (self.tag, f"{self.tag} {kind}") if kind else (self.tag,)


@dataclass(frozen=True, slots=True)
class Move:
    """The piece from `start` to `end` is read just before `to`: a note body at its callout."""

    start: int
    end: int
    to: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a file: the characters from `start` up to `end` give way to `text`."""

    start: Position
    end: Position
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """The changes that do what a hint says, all or none of them.

    A `safe` one leaves no doubt and takes no text away: it may be made before anybody looks.
    """

    edits: tuple[Edit, ...]
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at. A value, never raised.

    `decision` is what an editor would write in `decisions.toml` to settle it; `fix` is what a
    program would change in the file. `candidates` are all that could stand in place of what is
    wrong, the likeliest first; the message lists the first of them.
    """

    code: str
    severity: Severity
    message: str
    file: str = ""
    where: Position | None = None
    hint: str = ""
    evidence: str = ""
    decision: str = ""
    fix: Fix | None = None
    candidates: tuple[str, ...] = ()

    @property
    def in_full(self) -> str:
        """The message with every candidate."""
        return self.message.replace(listed(self.candidates), ", ".join(self.candidates))

    def __str__(self) -> str:
        place = f"{self.file}:{self.where}" if self.where else self.file
        return " ".join(part for part in (place, self.severity, self.code, self.message) if part)


def listed(names: Sequence[str], most: int = 8) -> str:
    """Return names as a list for people, cut where it is long."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" (and {more} more)" if more > 0 else "")


class Order:
    """The source in reading order: a partition of it into pieces, so that nothing can be lost.

    The only moves are note bodies; each is read just before its callout's first character.
    """

    def __init__(
        self, pieces: Sequence[tuple[int, int]], calls: Sequence[int] | None = None
    ) -> None:
        """Make an order of pieces; `calls` says where each is called, -1 for what is not moved."""
        self.pieces = tuple(pieces)
        self._reading = [0, *accumulate(end - start for start, end in self.pieces)]
        self._by_source = sorted(zip(self.pieces, self._reading, strict=False))
        called = dict(zip(self.pieces, calls or [-1] * len(self.pieces), strict=True))
        self._calls = [called[piece] for piece, _ in self._by_source]
        self._starts = [piece[0] for piece, _ in self._by_source]
        ends = [piece[1] for piece, _ in self._by_source]
        if self._starts != [0, *ends[:-1]]:
            raise ValueError("the pieces are no partition of the source")

    def to_reading(self, offset: int) -> int:
        """Return where the source's character at `offset` is read."""
        (start, _), reading = self._by_source[self._piece(offset)]
        return reading + offset - start

    def piece(self, offset: int) -> tuple[int, int]:
        """Return the piece that holds a character of the source."""
        return self._by_source[self._piece(offset)][0]

    def _piece(self, offset: int) -> int:
        """Return the number, in source order, of the piece that holds a character."""
        return bisect_right(self._starts, offset) - 1

    def interval(self, start: int, end: int) -> tuple[int, int]:
        """Return a span in reading offsets: from its first character to the last that is read.

        A note may end before it starts: its body is moved forward, to the callout that ends it. In
        one that runs on over a page, the text of that page does not count.
        """
        number = self._piece(start)
        (piece_start, piece_end), reading = self._by_source[number]
        first = reading + start - piece_start
        if start <= end <= piece_end:
            return first, reading + end - piece_start
        last = self._piece(end - 1)
        within = self._calls[number] == self._calls[last] >= 0
        ends = (
            reading + min(piece[1], end) - piece[0]
            for (piece, reading), call in zip(
                self._by_source[number : last + 1], self._calls[number : last + 1], strict=True
            )
            if not within or call == self._calls[number]
        )
        return first, max(ends, default=self.to_reading(end - 1) + 1)

    def read(self, text: str, start: int, end: int) -> str:
        """Return what of the source's text is read between two reading offsets."""
        index = bisect_right(self._reading, start) - 1
        if index < len(self.pieces) and end <= self._reading[index + 1]:
            moved = self.pieces[index][0] - self._reading[index]
            return text[start + moved : end + moved]
        return "".join(text[a:b] for a, b in self.pieces_between(start, end))

    def pieces_between(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Yield the source pieces read between two reading offsets."""
        index = max(bisect_right(self._reading, start) - 1, 0)
        while index < len(self.pieces) and self._reading[index] < end:
            (first, last), reading = self.pieces[index], self._reading[index]
            yield first + max(start - reading, 0), min(last, first + end - reading)
            index += 1


def reorder(length: int, moves: Iterable[Move]) -> Order:
    """Return the reading order that the moves make of a source of `length` characters.

    A note may hold the callout of another, so what is moved can itself receive moves.

    Raises:
        ValueError: a piece is moved into itself.
    """
    ordered = sorted(moves, key=lambda m: (m.to, m.start))
    events = sorted(
        [(m.to, 0, n) for n, m in enumerate(ordered)]
        + [(m.start, 1, n) for n, m in enumerate(ordered)]
    )

    def read(start: int, end: int, own: int) -> Iterator[tuple[int, int, int]]:
        here, call = start, ordered[own].to if own >= 0 else -1
        for offset, kind, number in events[bisect_left(events, (start, 0, 0)) :]:
            if offset >= end:
                break
            if offset < here or (kind == 1 and number == own):
                continue
            yield here, offset, call
            move = ordered[number]
            here = offset if kind == 0 else move.end
            if kind == 0:
                yield from read(move.start, move.end, number)
        yield here, end, call

    found = [(start, end, call) for start, end, call in read(0, length, -1) if start < end]
    pieces = [(start, end) for start, end, _ in found]
    return Order(pieces or [(0, length)], [call for _, _, call in found] or [-1])
