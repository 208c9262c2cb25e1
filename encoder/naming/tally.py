"""A tally is what the witnesses of all mentions with one word say: whose name it is.

One title makes a person of every bearer of the name; many prepositions make a place of it. The
Bennets are a house and nobody of it: a surname with an ending of the plural, after an article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from encoder.naming.witnesses import Found

# What makes a name a person's, wherever else it stands; and what keeps it from being one.
STRONG = frozenset({"title", "forename", "initials", "known"})
AGAINST = frozenset({"place", "article", "body"})
FULL = frozenset({"forename", "initials"})
SHARE = 0.25  # of a name's mentions, from which it is a place's or a thing's
WAY = 0.5  # how much of a place to or from makes, before which persons stand as well


@dataclass(frozen=True)
class Tally:
    """What is said of the words of some names; `plurals` are the endings that make a house."""

    found: tuple[Found, ...]
    key: Callable[[str], str]
    plurals: frozenset[str]

    @cached_property
    def said(self) -> dict[str, Counter[str]]:
        """How often each witness speaks of a word; `mention` is how often it stands."""
        said = defaultdict[str, Counter[str]](Counter)
        for key, own in self._each():
            against = {"against"} if AGAINST & own else set[str]()
            single = {"single"} if FULL & own and "article" not in own else set[str]()
            said[key].update({"mention"} | own | against | single)
        return said

    @cached_property
    def strong(self) -> set[str]:
        """The words that something makes a person's name."""
        return {key for key, own in self._each() if STRONG & own and "body" not in own}

    def _each(self) -> Iterable[tuple[str, set[str]]]:
        return ((self.key(found.row[-1]), set(found.witnesses)) for found in self.found)

    def is_other(self, key: str) -> bool:
        """Whether a word is rather a place's or a thing's name."""
        said = self.said[key]
        if said["mention"] == said["way"] > 1:
            return True
        way = WAY * said["way"] if said["place"] else 0
        return said["against"] + way > SHARE * said["mention"]

    def is_house(self, key: str) -> bool:
        """Whether a word means a family."""
        said = self.said[key]
        if not said["article"] or said["single"]:
            return False
        return any(key.endswith(end) and key.removesuffix(end) in self.said for end in self.plurals)
