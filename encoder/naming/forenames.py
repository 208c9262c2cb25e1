"""A forename tells a person from a place, a man from a woman, and has short and fond forms."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Literal

from encoder.lexicon import table
from encoder.naming.spelling import fold


@cache
def forenames(key: str = "names") -> frozenset[str]:
    """Return the forenames that are common in some language, folded."""
    return frozenset(map(fold, table("forenames")[key].split()))


@cache
def _pets() -> dict[str, tuple[str, ...]]:
    pets = table("forenames")["pets"]
    return {fold(pet): tuple(map(fold, names.split())) for pet, names in pets.items()}


def whole(name: str) -> tuple[str, ...]:
    """Return the folded names that a short or fond one is short for: william for Willie."""
    return _pets().get(fold(name), ())


@cache
def same(name: str) -> frozenset[str]:
    """Return what other languages make of a forename, folded: lev for Leo."""
    rows = (frozenset(map(fold, row.split())) for row in table("forenames")["same"])
    return frozenset().union(*(row for row in rows if fold(name) in row))


@cache
def _ordered() -> list[str]:
    return sorted(forenames() | set(_pets()))


def is_cut(word: str) -> bool:
    """Whether a word before a point may be a forename cut short: Fredr. for Fredrik."""
    names, stump = _ordered(), fold(word)
    if stump in _pets():
        return True
    at = bisect_left(names, stump)
    return at < len(names) and names[at] != stump and names[at].startswith(stump)


def bearer(name: str) -> Literal["", "f", "m"]:
    """Return whose a forename is: a woman's, a man's, or not known."""
    folded = fold(name)
    if folded in forenames("women"):
        return "f"
    return "m" if folded in forenames() and folded not in forenames("either") else ""
