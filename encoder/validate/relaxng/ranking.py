"""Which of the names that may stand somewhere was meant: the likeliest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from encoder.validate.relaxng.names import local

# Below this likeness a name is another word, not a slip.
ALIKE = 0.6
# A slip that may be mended unseen is this much like the word meant, and the next best so much less.
CLEARLY_ALIKE, CLEARLY_NEARER = 0.75, 0.05
# How many pairs of names of one document are compared; then names are in the order of their use.
COMPARED = 100_000
TAG_NAME = re.compile(rb"<(?:[^\s<>/!?:]+:)?([^\s<>/!?:]+)")
ATTRIBUTE_NAME = re.compile(rb"\s(?:[\w.-]+:)?([\w.-]+)\s*=")


class Ranking:
    """The names of one document, and how often it uses each."""

    def __init__(self, data: bytes, name: re.Pattern[bytes]) -> None:
        self._known: dict[tuple[frozenset[str], str], list[str]] = {}
        self._uses = Counter(found.decode("utf-8", "replace") for found in name.findall(data))
        self._judged: set[str] = set()
        self._left = COMPARED

    def ranked(self, candidates: Iterable[str], wrong: str = "") -> list[str]:
        """Return the candidates: those like the wrong name, then those the document has most."""
        asked = frozenset(candidates), wrong
        if asked not in self._known:
            meant = local(self._affordable(wrong, asked[0]))
            self._known[asked] = sorted(asked[0], key=lambda name: self._rank(name, meant))
        return self._known[asked]

    def _rank(self, name: str, wrong: str) -> tuple[float, int, str]:
        return -_slip(local(name), wrong), -self._uses[local(name)], name

    def uses(self, name: str) -> int:
        """Return how often the document has a name."""
        return self._uses[local(name)]

    def _affordable(self, wrong: str, candidates: Collection[str]) -> str:
        """Return a wrong name if there is time to compare it with others, else ''."""
        if wrong and wrong not in self._judged:
            self._judged.add(wrong)
            self._left -= len(candidates)
        return wrong if self._left >= 0 else ""

    def nearest(self, candidates: Iterable[str], wrong: str) -> str:
        """Return the candidate that was meant, '' where none is like the wrong name."""
        first = self.ranked(candidates, wrong)[:1]
        return first[0] if first and _slip(local(first[0]), local(wrong)) else ""

    def clear(self, candidates: Iterable[str], wrong: str) -> bool:
        """Tell whether one candidate is so much like the wrong name that no other can be meant."""
        first, second, *_ = (
            *(_slip(local(n), local(wrong)) for n in self.ranked(candidates, wrong)[:2]),
            0.0,
            0.0,
        )
        return first >= CLEARLY_ALIKE and first - second >= CLEARLY_NEARER


def _slip(name: str, wrong: str) -> float:
    """Return how alike two names are, 0 where they are different words."""
    likeness = alike(name.lower(), wrong.lower()) if wrong else 0.0
    return likeness if likeness >= ALIKE else 0.0


@lru_cache(maxsize=1 << 14)
def alike(one: str, two: str) -> float:
    """Return how alike two words are, from 0 to 1, where that is not below ALIKE, else 0."""
    least = ALIKE * (len(one) + len(two)) / 2
    if min(len(one), len(two)) < least:
        return 0.0
    shared = min(sum(char in two for char in one), sum(char in one for char in two))
    if shared < least:
        return 0.0
    return SequenceMatcher(None, one, two).ratio()
