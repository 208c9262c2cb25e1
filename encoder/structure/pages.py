"""A page beginning is where one page of the source ends and the next starts (TEI P5 3.11.3)."""

from __future__ import annotations

from collections.abc import Iterator

from encoder.model import Edition, Span
from encoder.profile import Profile


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `pb` at the start of each line that begins a page."""
    for number, index in enumerate(edition.layout.pages, 1):
        start = edition.layout.lines[index].start
        yield Span(start, start, "pb", {"n": str(number), "xml:id": f"pb{number}"})
