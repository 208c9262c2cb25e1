"""Which of the names that may stand somewhere was meant: the likeliest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from encoder.validate.relaxng.names import local

# Below this likeness a name is another word, not a slip.
ALIKE = 0.6
# How many pairs of names of one document are compared; then names are in the order of their use.
COMPARED = 100_000
TAG_NAME = re.compile(rb"<(?:[^\s<>/!?:]+:)?([^\s<>/!?:]+)")
ATTRIBUTE_NAME = re.compile(rb"\s(?:[\w.-]+:)?([\w.-]+)\s*=")


class Ranking:
    """The names of one document, and how often it uses each."""

    def __init__(self, data: bytes, name: re.Pattern[bytes]) -> None:
        self._uses = Counter(found.decode("utf-8", "replace") for found in name.findall(data))
        self._judged: set[str] = set()
        self._left = COMPARED

    def ranked(self, candidates: Iterable[str], wrong: str = "") -> list[str]:
        """Return the candidates: those like the wrong name, then those the document has most."""
        names = set(candidates)
        wrong = self._affordable(wrong, names)
        return sorted(
            names,
            key=lambda name: (-_slip(local(name), local(wrong)), -self._uses[local(name)], name),
        )

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


def listed(names: Sequence[str], most: int = 8) -> str:
    """Return names as a list for people, cut where it is long."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" (and {more} more)" if more > 0 else "")
