"""A series of headings counts: whatever their word is, it stands alone with I, then II, then III.

An editor need not tell us that this text has articles, that one adventures: what is counted from
one to three, each by itself on a line, are its parts (TEI P5 4.1).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from encoder.blocks import Block
from encoder.roman import ROMAN, number_of
from encoder.structure.heads import SERIES, Head

COUNTED = re.compile(
    rf"(?P<word>[^\W\d_][^\d\n]{{1,38}}?)\s+(?P<number>\d{{1,3}}|{ROMAN})[.:]?", re.IGNORECASE
)
LEAST = 3  # members of a series: two may be two of anything
IN_ORDER = 0.8  # share of a series that must follow on: one may be missing, or misread
RUNNING_ON = re.compile(r"[.!?;:,]")


def series(blocks: Iterable[Block]) -> Mapping[int, Head]:
    """Return where the headings of each series begin: their kind is the word that they count."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for block in blocks:
        match = COUNTED.fullmatch(block.text) if len(block.lines) == 1 else None
        if match and not RUNNING_ON.search(match["word"]) and match["word"][0].isupper():
            found[match["word"].casefold()].append((block.start, number_of(match["number"])))
    return {
        start: Head(SERIES, word, bare=True)
        for word, members in found.items()
        if _counts(members)
        for start, _ in members
    }


def _counts(members: list[tuple[int, int]]) -> bool:
    """Whether each number is one more than that before it, or begins to count again."""
    numbers = [number for _, number in members]
    going_on = sum(below == above + 1 for above, below in pairwise(numbers))
    again = numbers[1:].count(1)
    in_order = going_on + again >= IN_ORDER * (len(numbers) - 1)
    return numbers[0] == 1 and going_on + 1 >= LEAST and in_order
