"""Front matter that a program reads stands before a text and is no part of it (TEI P5 4.5).

It becomes a `div` of the type `metadata`, a statement an item; what it states, the header says.
"""

from __future__ import annotations

from collections.abc import Iterator

from encoder.edition import Edition
from encoder.model import Span
from encoder.preamble import preamble
from encoder.profile import Profile


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield the division of the statements, if a text is left behind them."""
    text = edition.source.text
    found = preamble(text)
    if found is None or not text[found.closed[1] :].strip():
        return
    end = found.closed[1]
    yield Span(0, end, "front")
    yield Span(0, end, "div", {"type": "metadata"})
    yield Span(0, end, "list")
    yield Span(*found.opened, "sign", {"kind": "label"})
    for entry in found.entries:
        yield Span(entry.start, entry.end, "item")
    yield Span(*found.closed, "sign", {"kind": "end"})
