"""A paragraph is what is left when everything else on the page has been named (TEI P5 3.1)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from encoder.blocks import Block, blocks
from encoder.model import Edition, Span
from encoder.profile import Profile

CLAIMS = ("head", "byline", "opener", "closer", "milestone", "note", "lg", "list", "table", "fw")


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `p` for each block nothing has claimed; in a note only where it has several."""
    claimed = sorted((s.start, s.end) for s in edition.tagged(*CLAIMS) if s.start < s.end)
    found = [block for block in blocks(edition) if not _inside(claimed, block)]
    several = _notes_of_several(found)
    for block in found:
        if block.note is None or block.note.start in several:
            yield Span(block.start, block.end, "p")


def _inside(claimed: list[tuple[int, int]], block: Block) -> bool:
    index = bisect_right(claimed, (block.start, block.end)) - 1
    return any(
        a <= block.start and block.end <= b for a, b in claimed[max(index - 1, 0) : index + 2]
    )


def _notes_of_several(found: list[Block]) -> set[int]:
    """Return where the notes begin that hold more than one block."""
    seen: set[int] = set()
    several: set[int] = set()
    for block in found:
        if block.note is not None:
            (several if block.note.start in seen else seen).add(block.note.start)
    return several
