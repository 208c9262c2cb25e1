"""A series of headings counts: whatever their word is, it stands alone with I, then II, then III.

An editor need not tell us that this text has articles, that one adventures: what is counted from
one to three, each by itself on a line, are its parts (TEI P5 4.1). So are titles behind I. and II.,
or behind § 1 and § 2, with text below each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from encoder.blocks import Block
from encoder.roman import ROMAN, number_of
from encoder.structure.heads import SERIES, TITLE, Head

Member = tuple[int, int]  # where it begins, its number
COUNTED = re.compile(
    rf"(?P<word>§|[^\W\d_][^\d\n]{{1,38}}?)\s+(?P<number>\d{{1,3}}|{ROMAN})[.:]?", re.IGNORECASE
)
# A Roman numeral with a sign behind it, or a sign of a paragraph with a number, and a title.
TITLED = re.compile(
    rf"(?P<sign>§ ?)?(?(sign)(?P<figures>\d{{1,3}})[.:]?|(?P<roman>{ROMAN})(?:[.:]|\s?[–—-]))"
    r"\s+[^\W\d_].*[^\W_]\W?",
    re.IGNORECASE,
)
LEAST = 3  # members of a series: two may be two of anything
PAIR = 2  # but two titles behind I. and II. are two of the same
IN_ORDER = 0.8  # share of a series that must follow on: one may be missing, or misread
RUNNING_ON = re.compile(r"[.!?;:,]")


def series(blocks: Sequence[Block]) -> Mapping[int, Head]:
    """Return where the headings of each series begin: their kind is the word that they count."""
    found: dict[str, list[Member]] = defaultdict(list)
    for block in blocks:
        match = COUNTED.fullmatch(block.text) if len(block.lines) == 1 else None
        if match and not RUNNING_ON.search(match["word"]) and not match["word"][0].islower():
            found[match["word"].casefold()].append((block.start, number_of(match["number"])))
    titled = list(_titled(blocks))
    heads = {
        start: Head(SERIES, sign or "titled")
        for sign in ("", "§")
        if _counts(members := [member for said, member in titled if said == sign], PAIR)
        for start, _ in members
    }
    return heads | {
        start: Head(SERIES, word, bare=True)
        for word, members in found.items()
        if _counts(members, LEAST)
        for start, _ in members
    }


def _titled(blocks: Sequence[Block]) -> Iterator[tuple[str, Member]]:
    """Yield the titles behind numbers with their sign, but for those of a list: text is below."""
    matches = [_title(block) for block in blocks]
    for block, match, below in zip(blocks, matches, matches[1:], strict=False):
        if match and not below:
            number = number_of(match["figures"] or match["roman"])
            yield (match["sign"] or "").strip(), (block.start, number)


def _title(block: Block) -> re.Match[str] | None:
    short = len(block.lines) == 1 and len(block.text) <= TITLE and block.text[-1] not in ".,;:"
    match = TITLED.fullmatch(block.text) if short else None
    return match if match and (match["sign"] or match["roman"].isupper()) else None


def _counts(members: Sequence[Member], least: int) -> bool:
    """Whether each number is one more than that before it, or begins to count again."""
    numbers = [number for _, number in members]
    going_on = sum(below == above + 1 for above, below in pairwise(numbers))
    again = numbers[1:].count(1)
    in_order = going_on + again >= IN_ORDER * (len(numbers) - 1)
    return numbers[:1] == [1] and going_on + 1 >= least and in_order
