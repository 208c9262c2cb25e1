"""A paragraph is what is left when everything else on the page has been named (TEI P5 3.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from encoder.blocks import Block, unclaimed
from encoder.edition import Edition
from encoder.model import Span
from encoder.profile import Profile


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `p` for each block nothing has claimed; in a note only where it has several."""
    found = unclaimed(edition)
    several = _notes_of_several(found) | _notes_with_code(edition)
    for block in found:
        if not block.in_note or _start(block) in several:
            yield Span(block.start, block.end, "p")


def _start(block: Block) -> int | None:
    return block.note.start if block.note else None


def _notes_with_code(edition: Edition) -> set[int | None]:
    """Return where the notes begin that hold what is kept letter by letter."""
    fences = [span.start for span in edition.tagged("eg")]
    return {
        move.start for move in edition.moves if any(move.start <= at < move.end for at in fences)
    }


def _notes_of_several(found: list[Block]) -> set[int | None]:
    """Return where the notes begin that hold more than one block."""
    blocks = Counter(_start(block) for block in found if block.in_note)
    return {start for start, count in blocks.items() if count > 1}
