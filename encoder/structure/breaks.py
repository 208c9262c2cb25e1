"""A section break is a line of signs between two paragraphs: asterisks, a fleuron, a rule.

It parts what precedes from what follows without making either a division (TEI P5 3.11.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from encoder.blocks import Block, unclaimed
from encoder.bonds import ORNAMENT
from encoder.edition import Edition
from encoder.model import Span
from encoder.profile import Profile
from encoder.structure.heads import underlined

SIGN = re.compile(r"\S+")
COLUMNS = re.compile(r"[-=]{2,}(?: [-=]{2,})+")  # a rule for each column of a table


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `milestone` for each line of signs, the signs kept as they are."""
    rules = set(underlined(edition).values())
    free, text = unclaimed(edition), edition.source.text
    for above, block in zip((None, *free), free, strict=False):
        # A callout among the signs is read: what it stands in is text.
        bare = block.ornament and ORNAMENT.fullmatch(text, block.start, block.end)
        if bare and block.end not in rules and not _heads_columns(above, block):
            yield Span(block.start, block.end, "milestone", {"unit": "section"})
            for sign in SIGN.finditer(text, block.start, block.end):
                yield Span(*sign.span(), "sign", {"kind": "pre"})


def _heads_columns(above: Block | None, block: Block) -> bool:
    """Whether a line rules off the columns that the line right above it names."""
    glued = above is not None and above.lines[-1].end == block.lines[0].start
    return glued and COLUMNS.fullmatch(block.text) is not None
