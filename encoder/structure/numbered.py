"""A title that a number counts stands alone below it: who gives one chapter a title gives all.

Where a short line stands under each heading that only counts, and running text below it, the line
is the title, whatever it looks like; one such line may as well be the chapter's first sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest

from encoder.blocks import Block
from encoder.structure.heads import QUOTED, TITLE, Head

LEAST = 2  # headings of a kind from which there is a habit
SHARE = 0.8  # of them that have a title
LONGER = 1.5  # times as long as its title a text is at the least


def titles(body: Sequence[Block], kinds: Sequence[Head | None]) -> frozenset[int]:
    """Return where the titles begin that stand under headings of a kind that mostly have one.

    Args:
        body: the blocks of a text.
        kinds: what heading each of them is.
    """
    followers: dict[str, list[int | None]] = defaultdict(list)
    rows = zip_longest(kinds, body[1:], kinds[1:], body[2:], kinds[2:])
    for kind, block, under, below, behind in rows:
        if kind and kind.bare and not kind.level:
            told = block and below and not under and not behind and _names(block, below)
            followers[kind.style].append(block.start if told and block else None)
    found: set[int] = set()
    for starts in followers.values():
        named = {start for start in starts if start is not None}
        if len(named) >= LEAST and len(named) >= SHARE * len(starts):
            found |= named
    return frozenset(found)


def _names(block: Block, below: Block) -> bool:
    """Whether a line could name what is told below it."""
    text = block.text
    short = len(block.lines) == 1 and len(text) <= TITLE and text[-1] not in ",;:"
    named = text[0].isupper() and not QUOTED.match(text)
    return short and named and len(below.text) > LONGER * len(text)
