"""A paragraph is what is left when everything else on the page has been named (TEI P5 3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from encoder.blocks import Block, unclaimed
from encoder.model import Edition, Span
from encoder.profile import Profile


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `p` for each block nothing has claimed; in a note only where it has several."""
    found = unclaimed(edition)
    several = _notes_of_several(found)
    for block in found:
        if block.note is None or block.note.start in several:
            yield Span(block.start, block.end, "p")


def _notes_of_several(found: list[Block]) -> set[int]:
    """Return where the notes begin that hold more than one block."""
    seen: set[int] = set()
    several: set[int] = set()
    for block in found:
        if block.note is not None:
            (several if block.note.start in seen else seen).add(block.note.start)
    return several
