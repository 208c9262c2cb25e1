"""An entry of a diary, a log or a chronicle stands under its date (TEI P5 4.1.1).

A date alone on its line, again and again, begins entries; so does one at the beginning of paragraph
after paragraph. Letters bear dates too: where what follows greets, or closes, there are no entries.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from encoder.blocks import Block, by_line
from encoder.bonds import ATTRIBUTION
from encoder.edition import Edition
from encoder.lexicon import pattern
from encoder.profile import Profile
from encoder.structure.datelines import is_dateline, leading_date
from encoder.structure.heads import SIGNS, underlined, worded
from encoder.structure.openings import greeting
from encoder.structure.signatures import bids, signs

FEW, SPARSE = 3, 40  # dates alone that are a habit, and paragraphs for each of them at the most
MORE, DENSE = 4, 4  # the same of dates that begin paragraphs: a history has such ones too
NEW = 0.8  # share of them that were not there before: what every page bears dates no entry
# What a paragraph that begins with a date looks like: few words, a figure, and soon a stop or dash.
LIKELY = re.compile(r"[_*]*(?:[^\W\d]+[.,]*\s+){0,3}\d[^\r\n]{0,30}?(?:[.:][_*]*\s|--|[–—])")
LETTERS = 4  # one entry of so many may greet or close as letters do
LAST = 3  # lines of an entry in which it would


class Dates(NamedTuple):
    """Where entries begin, and where their dates' lines end; and the dates that head letters.

    A rule that is printed under a date belongs to its line.

    An entry whose date stands within its paragraph has 0 for the end.
    """

    entries: Mapping[int, int] = {}
    letters: Container[int] = ()


def dates(edition: Edition, body: Sequence[Block], profile: Profile) -> Dates:
    """Return what the dates begin that come again and again in a text."""
    if profile.kind == "letter":
        return Dates()
    alone = [n for n, block in enumerate(body[:-1]) if _is_alone(block, profile)]
    if _is_habit(body, alone, FEW, SPARSE):
        if LETTERS * _letters(edition, body, alone, profile) > len(alone):
            return Dates(letters=frozenset(body[n].start for n in alone))
        rules = underlined(edition)
        return Dates({body[n].start: rules.get(body[n].start, body[n].end) for n in alone})
    likely = [n for n, block in enumerate(body) if LIKELY.match(block.text)]
    within = [n for n in likely if leading_date(body[n].text)] if len(likely) >= MORE else []
    begun = within if _is_habit(body, within, MORE, DENSE) else ()
    return Dates({body[n].start: 0 for n in begun})


def _is_alone(block: Block, profile: Profile) -> bool:
    """Whether a block is a date: one that says no day of a month may be anything.

    Behind a dash and a name it dates what stands above.
    """
    if len(block.text) > profile.salute_length or len(block.lines) > 1:
        return False
    if ATTRIBUTION.match(block.text):
        return False
    return any(map(str.isdigit, block.text)) and is_dateline(SIGNS.sub("", block.text, count=1))


def _is_habit(body: Sequence[Block], found: Sequence[int], few: int, sparse: int) -> bool:
    """Whether there are enough dates, not too far from each other, and hardly one comes again."""
    if len(found) < few or found[-1] - found[0] > sparse * len(found):
        return False
    return len({body[number].text for number in found}) >= NEW * len(found)


def _letters(
    edition: Edition, body: Sequence[Block], found: Sequence[int], profile: Profile
) -> int:
    """Return how many dates stand over what opens or closes as a letter does."""
    return sum(
        _opens(edition, body[max(date - 1, 0) : until], profile)
        or _closes(edition, body[date + 1 : until], profile)
        for date, until in pairwise([*found, len(body)])
    )


def _opens(edition: Edition, near: Sequence[Block], profile: Profile) -> bool:
    """Whether a heading that counts letters stands over a date, or a salutation below it."""
    word = pattern("parts", "letter", profile.language)
    if word.search(near[0].text) and worded(near[0].text, profile):
        return True
    return any(greeting(edition, block, 0, profile) for block in near[1:4])


def _closes(edition: Edition, said: Sequence[Block], profile: Profile) -> bool:
    """Whether the last lines bid farewell, or the last is a name and no sentence."""
    lines = [line for block in said[-LAST:] for line in by_line(edition, block, slice(-LAST, None))]
    texts = [line.text for line in lines[-LAST:]]
    if not texts:
        return False
    return any(bids(text, profile) for text in texts) or (
        texts[-1][-1] != "." and signs(texts[-1], profile)
    )
