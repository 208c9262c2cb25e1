"""Which of the names that may stand somewhere was meant: the likeliest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from encoder.validate.relaxng import customs
from encoder.validate.relaxng.names import local

# Below this likeness a name is another word, not a slip.
ALIKE = 0.6
# A slip that may be mended unseen is this much like the word meant, and the next best so much less.
CLEARLY_ALIKE, CLEARLY_NEARER = 0.75, 0.05
# Two neighbouring letters exchanged are one slip of the hand, though two letters differ.
EXCHANGED = 0.9
# How many pairs of names of one document are compared; then names are in the order of their use.
COMPARED = 100_000
TAG_NAME = re.compile(rb"<(?:[^\s<>/!?:]+:)?([^\s<>/!?:]+)")
ATTRIBUTE_NAME = re.compile(rb"\s(?:[\w.-]+:)?([\w.-]+)\s*=")
COMMON = 1_000  # the rank of names that are not
VALUE = re.compile(rb"=\s*[\"']([^\"'<]*)[\"']")


class Ranking:
    """The names of one document, and how often it uses each.

    `kind` says by which customs they are ranked as well; values have none.
    """

    def __init__(self, data: bytes, name: re.Pattern[bytes], kind: customs.Kind | None) -> None:
        self._kind = kind
        self._known: dict[tuple[frozenset[str], str], list[str]] = {}
        self._uses = Counter(found.decode("utf-8", "replace") for found in name.findall(data))
        self._judged: set[str] = set()
        self._left = COMPARED

    def ranked(self, candidates: Iterable[str], wrong: str = "") -> list[str]:
        """Return the candidates: those like the wrong name, then those the document has most.

        Of those that are as likely by both, the first is what most files have.
        """
        asked = frozenset(candidates), wrong
        if asked not in self._known:
            meant = self._own(self._affordable(wrong, asked[0]))
            self._known[asked] = sorted(asked[0], key=lambda name: self._rank(name, meant))
        return self._known[asked]

    def _own(self, name: str) -> str:
        """Return a name without its namespace; values have none."""
        return local(name) if self._kind else name

    def _rank(self, name: str, wrong: str) -> tuple[float, int, int, str]:
        own = self._own(name)
        common = customs.common(self._kind).get(own, COMMON) if self._kind else 0
        return -self._likeness(own, wrong), -self._uses[own], common, name

    def _likeness(self, name: str, wrong: str) -> float:
        """Return how likely a name was meant: customs tell more than spelling."""
        if name == wrong or not wrong:
            return 3.0 * (name == wrong)
        meant = customs.meant(self._kind, wrong) if self._kind else {}
        return 2 - meant[name] / 100 if name in meant else _slip(name, wrong)

    def by_custom(self, name: str, wrong: str) -> bool:
        """Tell whether a name is what another vocabulary calls by the wrong one."""
        return self._likeness(self._own(name), self._own(wrong)) > 1

    def uses(self, name: str) -> int:
        """Return how often the document has a name."""
        return self._uses[self._own(name)]

    def _affordable(self, wrong: str, candidates: Collection[str]) -> str:
        """Return a wrong name if there is time to compare it with others, else ''."""
        if wrong and wrong not in self._judged:
            self._judged.add(wrong)
            self._left -= len(candidates)
        return wrong if self._left >= 0 else ""

    def nearest(self, candidates: Iterable[str], wrong: str) -> str:
        """Return the candidate that was meant, '' where none is like the wrong name."""
        first = self.ranked(candidates, wrong)[:1]
        return first[0] if first and self._likeness(self._own(first[0]), self._own(wrong)) else ""

    def clear(self, candidates: Iterable[str], wrong: str) -> bool:
        """Tell whether one candidate is so much like the wrong name that no other can be meant."""
        own = self._own
        near = [_slip(own(each), own(wrong)) for each in self.ranked(candidates, wrong)[:2]]
        first, second = (*near, 0.0, 0.0)[:2]
        return first >= CLEARLY_ALIKE and first - second >= CLEARLY_NEARER


def new_first(names: Iterable[str], there: Collection[str]) -> list[str]:
    """Return names with those behind the others that are there already: they are not what lacks."""
    return sorted(names, key=lambda name: name in there)


def _slip(name: str, wrong: str) -> float:
    """Return how alike two names are, 0 where they are different words."""
    likeness = alike(name.lower(), wrong.lower()) if wrong else 0.0
    return likeness if likeness >= ALIKE else 0.0


@lru_cache(maxsize=1 << 14)
def alike(one: str, two: str) -> float:
    """Return how alike two words are, from 0 to 1, where that is not below ALIKE, else 0."""
    if one != two and _is_short(one, two):
        return 0.0
    if len(one) == len(two) and sorted(one) == sorted(two) and _exchanged(one, two):
        return EXCHANGED
    least = ALIKE * (len(one) + len(two)) / 2
    if min(len(one), len(two)) < least:
        return 0.0
    shared = min(sum(char in two for char in one), sum(char in one for char in two))
    if shared < least:
        return 0.0
    return SequenceMatcher(None, one, two).ratio()


def _is_short(one: str, two: str) -> bool:
    """Tell whether one of two words is too short for a likeness to mean anything."""
    short, long = sorted((one, two), key=len)
    if len(short) < 2:
        return long != 2 * short  # a letter doubled
    return len(short) == 2 and len(long) > 3


def _exchanged(one: str, two: str) -> bool:
    """Tell whether words differ in that two neighbouring letters have changed places."""
    at = next((n for n in range(len(one)) if one[n] != two[n]), 0)
    return one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :] == two
