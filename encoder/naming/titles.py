"""A title stands before a name and says what its bearer is: Herr, Mme, Graf, Captain.

`data/titles.toml` has the titles of each language, and the other words that tell a name from a
common word or one bearer from another.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from encoder.lexicon import table

LIKE = {"nb": "no", "nn": "no"}
# Languages whose texts share words, as older Norwegian was written in Danish.
AKIN = {"no": ("da",), "da": ("no",)}
Sex = Literal["", "f", "m"]
SEXES: dict[str, Sex] = {"m": "m", "f": "f", "both": ""}


@cache
def words(key: str, language: str, file: str = "titles") -> frozenset[str]:
    """Return the words of a kind in a language, with those that all languages share.

    Where the language has no table in the data `file`, all languages' words count.
    """
    data, (primary, *akin) = table(file), _tags(language)
    known = primary in data and primary != "und"
    chosen = [data[tag] for tag in ("und", primary, *akin)] if known else list(data.values())
    return frozenset(word for entry in chosen for word in entry.get(key, ()))


@cache
def own(key: str, language: str, file: str = "titles") -> frozenset[str]:
    """Return the words of a kind that only the language itself has, and those akin to it."""
    data = table(file)
    return frozenset(word for tag in _tags(language) for word in data.get(tag, {}).get(key, ()))


def is_known(language: str) -> bool:
    """Whether there is a table of words of a language."""
    return _tags(language)[0] in set(table("titles")) - {"und"}


def _tags(language: str) -> tuple[str, ...]:
    """Return the tag by which our tables know a language, and those of its kin."""
    primary = language.partition("-")[0].lower()
    primary = LIKE.get(primary, primary)
    return primary, *AKIN.get(primary, ())


@cache
def titles(language: str) -> dict[str, Sex]:
    """Return the titles of a language and whom they are given to."""
    return {word: sex for key, sex in SEXES.items() for word in words(key, language)}


def own_titles(language: str) -> frozenset[str]:
    """Return the titles that only the language itself has."""
    return frozenset(word for key in SEXES for word in own(key, language))


def is_inside(word: str, language: str) -> bool:
    """Whether a title is part of the name it stands before: Dr Linde, but the painter Linde."""
    if word not in titles(language) or word in words("outside", language):
        return False
    return word[0].isupper() or word in words("courtesies", language)


def is_title(word: str, language: str = "") -> bool:
    """Whether a word, its point included or not, is a title."""
    return word in titles(language) or f"{word}." in titles(language)
