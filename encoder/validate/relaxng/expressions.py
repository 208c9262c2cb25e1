"""Whether a text is what a pattern of XML Schema describes (XML Schema Part 2, appendix F).

The expression is read into nodes; a text is followed sign by sign through all that may come next,
so no pattern, however it repeats itself, takes more than a time that grows with the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from encoder.validate.relaxng.classes import Signs, class_of

# How many ways to go on are followed at once, and how much is remembered of a pattern.
WAYS, ROWS = 1_000, 2_000


class CostlyError(Exception):
    """A pattern that leaves more open than is followed."""


@dataclass(frozen=True, eq=False)
class One:
    """One sign of a class."""

    signs: Signs


@dataclass(frozen=True, eq=False)
class Either:
    """One of several sequences."""

    branches: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, eq=False)
class Times:
    """Something from so many times to so many, None for any number."""

    body: Node
    least: int
    most: int | None


Node = One | Either | Times


@dataclass(frozen=True, eq=False)
class Way:
    """What is to come: a node, and what follows it; None is the end."""

    node: Node
    rest: Way | None


@dataclass(eq=False)
class Row:
    """All ways that are open after some text, and where each next sign leads."""

    ways: frozenset[Way]
    ends: bool
    next: dict[str, Row] = field(default_factory=dict)


class Expression:
    """A pattern of XML Schema.

    Raises:
        ValueError: it is none.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._all = Either(_Reader(pattern).branches())
        self._forget()

    def matches(self, text: str) -> bool:
        """Tell whether the whole text is what the pattern describes.

        Raises:
            CostlyError: too much is open on the way; the pattern is its message.
        """
        row = self._start
        for sign in text:
            following = row.next.get(sign)
            if following is None:
                following = row.next[sign] = self._after(row, sign)
            row = following
        return row.ends

    def _forget(self) -> None:
        self._ways: dict[tuple[Node, Way | None], Way] = {}
        self._fewer: dict[tuple[Node, int, int | None], Times] = {}
        self._rows: dict[tuple[frozenset[Way], bool], Row] = {}
        self._start = self._row([self._way(self._all, None)])

    def _after(self, row: Row, sign: str) -> Row:
        if len(self._rows) > ROWS:
            self._forget()
        return self._row(
            [way.rest for way in row.ways if isinstance(way.node, One) and way.node.signs(sign)]
        )

    def _row(self, begun: Sequence[Way | None]) -> Row:
        """Return the row of all ways that can be come to without a sign."""
        left, seen = list(begun), set(begun)
        while left:
            way = left.pop()
            new = [each for each in self._onward(way) if each not in seen] if way else []
            seen.update(new)
            left += new
            if len(seen) > WAYS:
                raise CostlyError(self._pattern)
        ways = frozenset(way for way in seen if way and isinstance(way.node, One))
        return self._rows.setdefault((ways, None in seen), Row(ways, None in seen))

    def _onward(self, way: Way) -> Iterator[Way | None]:
        """Yield what a way may begin with, if not with a sign."""
        match way.node:
            case Either(branches):
                for branch in branches:
                    yield self._before(branch, way.rest)
            case Times(body, least, most):
                if not least:
                    yield way.rest
                if most != 0:
                    again = self._times(body, max(0, least - 1), most and most - 1)
                    yield self._way(body, self._way(again, way.rest))

    def _before(self, nodes: Sequence[Node], rest: Way | None) -> Way | None:
        for node in reversed(nodes):
            rest = self._way(node, rest)
        return rest

    def _way(self, node: Node, rest: Way | None) -> Way:
        return self._ways.setdefault((node, rest), Way(node, rest))

    def _times(self, body: Node, least: int, most: int | None) -> Times:
        return self._fewer.setdefault((body, least, most), Times(body, least, most))


class _Reader:
    """Reads the grammar of appendix F from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def branches(self, *, inside: bool = False) -> tuple[tuple[Node, ...], ...]:
        found = [tuple(self._pieces())]
        while self._takes("|"):
            found.append(tuple(self._pieces()))
        if self._at < len(self._pattern) and not inside:
            raise self._fault()
        return tuple(found)

    def _pieces(self) -> Iterator[Node]:
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            yield self._quantified(self._atom())

    def _atom(self) -> Node:
        if not self._takes("("):
            signs, self._at = class_of(self._pattern, self._at)
            return One(signs)
        found = Either(self.branches(inside=True))
        if not self._takes(")"):
            raise self._fault()
        return found

    def _quantified(self, node: Node) -> Node:
        for sign, least, most in (("?", 0, 1), ("*", 0, None), ("+", 1, None)):
            if self._takes(sign):
                return Times(node, least, most)
        return self._counted(node) if self._takes("{") else node

    def _counted(self, node: Node) -> Node:
        least = self._number()
        most: int | None = least
        if self._takes(","):
            most = None if self._pattern[self._at : self._at + 1] == "}" else self._number()
        if not self._takes("}") or (most is not None and most < least):
            raise self._fault()
        return Times(node, least, most)

    def _number(self) -> int:
        start = self._at
        while self._pattern[self._at : self._at + 1] in DIGITS:
            self._at += 1
        if start == self._at:
            raise self._fault()
        return int(self._pattern[start : self._at])

    def _takes(self, sign: str) -> bool:
        found = self._pattern.startswith(sign, self._at)
        self._at += found
        return found

    def _fault(self) -> ValueError:
        return ValueError(f"not a regular expression: {self._pattern}")


DIGITS = frozenset("0123456789")


@cache
def expression(pattern: str) -> Expression:
    """Return an expression, read once.

    Raises:
        ValueError: it is none.
    """
    return Expression(pattern)
