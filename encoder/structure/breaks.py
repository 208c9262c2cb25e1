"""A section break is a line of signs between two paragraphs: asterisks, a fleuron, a rule.

It parts what precedes from what follows without making either a division (TEI P5 3.11.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from encoder.blocks import unclaimed
from encoder.edition import Edition
from encoder.model import Span
from encoder.profile import Profile
from encoder.structure.heads import underlined

SIGN = re.compile(r"\S+")


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `milestone` for each line of signs, the signs kept as they are."""
    rules = set(underlined(edition).values())
    for block in unclaimed(edition):
        if block.ornament and block.end not in rules:
            yield Span(block.start, block.end, "milestone", {"unit": "section"})
            for sign in SIGN.finditer(edition.source.text, block.start, block.end):
                yield Span(*sign.span(), "sign", {"kind": "pre"})
