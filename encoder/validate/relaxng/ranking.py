"""Which of the names that may stand somewhere was meant: the likeliest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from encoder.validate.relaxng.names import local

# Below this likeness a name is another word, not a slip.
ALIKE = 0.6
# A slip that may be mended unseen is this much like the word meant, and the next best so much less.
CLEARLY_ALIKE, CLEARLY_NEARER = 0.75, 0.05
TAG_NAME = re.compile(rb"<(?:[^\s<>/!?:]+:)?([^\s<>/!?:]+)")
ATTRIBUTE_NAME = re.compile(rb"\s(?:[\w.-]+:)?([\w.-]+)\s*=")


class Ranking:
    """The names of one document, and how often it uses each."""

    def __init__(self, data: bytes, name: re.Pattern[bytes]) -> None:
        self._known: dict[tuple[frozenset[str], str], list[str]] = {}
        self._uses = Counter(found.decode("utf-8", "replace") for found in name.findall(data))

    def ranked(self, candidates: Iterable[str], wrong: str = "") -> list[str]:
        """Return the candidates: those like the wrong name, then those the document has most."""
        asked = frozenset(candidates), wrong
        if asked not in self._known:
            self._known[asked] = sorted(asked[0], key=lambda name: self._rank(name, local(wrong)))
        return self._known[asked]

    def _rank(self, name: str, wrong: str) -> tuple[float, int, str]:
        return -_slip(local(name), wrong), -self._uses[local(name)], name

    def uses(self, name: str) -> int:
        """Return how often the document has a name."""
        return self._uses[local(name)]

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
    """Return how alike two words are, from 0 to 1."""
    return SequenceMatcher(None, one, two).ratio()
