"""A quotation says where something is by the words that stand there and around them.

It is looked for in running text, as the W3C Web Annotation model's TextQuoteSelector is: `exact`,
preceded by `prefix`, followed by `suffix`. Whole words only; white space may differ where the
source ends a line, since a word broken there may be quoted whole or in its halves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from encoder.edition import Edition
from encoder.flow import Flow, flows
from encoder.model import collapse

CONTEXT = (3, 6, 12, 24)  # words on either side by which a place is told from others, tried in turn
LONG = 64  # characters that a word has at most
MARGIN = 16  # characters of white space at most that may lie in the context of a quotation


class Quotation(NamedTuple):
    """Words, and those before and after them that tell one place from another."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Place(NamedTuple):
    """Where a quotation stands: offsets in the source, then in reading order."""

    start: int
    end: int
    first: int
    last: int


class Anchors:
    """The running texts of an edition, ready to look quotations up in."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._streams = [_Stream(flow, edition.source.text) for flow in flows(edition)]

    def places(self, quotation: Quotation) -> list[Place]:
        """Return where the quotation stands, in source order."""
        found = sorted(chain.from_iterable(s.find(quotation) for s in self._streams))
        return [Place(*ends, *self._edition.order.interval(*ends)) for ends in found]

    def follow(self, quotation: Quotation) -> list[Place]:
        """Return where the quotation stands, or stood before one side of its context changed."""
        exact, prefix, suffix = quotation
        found = self.places(quotation)
        if found or not (prefix and suffix):
            return found
        sides = (Quotation(exact, prefix), Quotation(exact, "", suffix))
        return sorted({place for side in sides for place in self.places(side)})

    def quotation(self, start: int, end: int) -> Quotation | None:
        """Return the words from `start` to `end` of the source, told from all others.

        The context is of whole words, the same number on either side where there are as many.
        Nothing where the words are no whole words of one running text, or are told by no context.
        """
        streams = ((stream, stream.at(start, end)) for stream in self._streams)
        for stream, ends in streams:
            if ends:
                quoted = (stream.quoted(*ends, words) for words in CONTEXT)
                return next((q for q in quoted if len(self.places(q)) == 1), None)
        return None


class _Stream:
    """A flow without its spaces, and the way back to the source."""

    def __init__(self, flow: Flow, source: str) -> None:
        self.flow, self.source = flow, source
        self.text = flow.text.replace("\n", " ")
        self.solid = self.text.replace(" ", "")
        spaces = (at for at, char in enumerate(self.text) if char == " ")
        self.gaps = array("q", (at - number for number, at in enumerate(spaces)))

    def at(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the offsets in this text of what stands in the source from `start` to `end`."""
        first, last = self.flow.offset(start), self.flow.offset(end - 1)
        if first is None or last is None or not self._is_whole(first, last + 1):
            return None
        return first, last + 1

    def quoted(self, start: int, end: int, words: int) -> Quotation:
        """Return the words from `start` to `end` with so many of those before and after them."""
        reach = words * LONG
        before = self.text[max(start - reach, 0) : start].split()[-words:]
        after = self.text[end : end + reach].split()[:words]
        return Quotation(self.text[start:end], " ".join(before), " ".join(after))

    def find(self, quotation: Quotation) -> Iterator[tuple[int, int]]:
        exact = collapse(quotation.exact)
        solid = exact.replace(" ", "")
        at = self.solid.find(solid) if solid else -1
        while at >= 0:
            start, end = self._at(at), self._at(at + len(solid) - 1) + 1
            if self._is_whole(start, end) and self._is_between(start, end, quotation):
                ends = self.flow.span(start, end)
                if self.text[start:end] == exact or "\n" in self.source[slice(*ends)]:
                    yield ends
            at = self.solid.find(solid, at + 1)

    def _at(self, solid: int) -> int:
        return solid + bisect_right(self.gaps, solid)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether no word goes on over either end."""
        edges = self.text[max(start - 1, 0) : start + 1], self.text[end - 1 : end + 1]
        return not any(len(edge) == 2 and edge.isalnum() for edge in edges)

    def _is_between(self, start: int, end: int, quotation: Quotation) -> bool:
        prefix, suffix = quotation.prefix.split(), quotation.suffix.split()
        reach = 2 * max(len(quotation.prefix), len(quotation.suffix)) + MARGIN
        before = self.text[max(start - reach, 0) : start].replace(" ", "")
        after = self.text[end : end + reach].replace(" ", "")
        return before.endswith("".join(prefix)) and after.startswith("".join(suffix))
