"""A spelling is how a name happens to be written: with or without accents, hyphens, points.

`fold` takes away what never tells two names apart. `skeleton` goes further, by rules kept in
`data/spelling.toml`: Tchaikovsky, Tschaikowsky and Tjajkovskij have one skeleton, as have Müller
and Mueller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from encoder.lexicon import table

LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
HYPHENS = "-\xad\u2010\u2011"
APOSTROPHES = "’'ʼ"
# An initial with its point, a word with its inner hyphens, a number, a sign; spaces are nothing.
TOKEN = re.compile(rf"[^\W\d_]\.|{LETTERS}(?:[{HYPHENS}]{LETTERS})*|\d+|[^\w\s]|_|\n")
FOLDED = str.maketrans(dict.fromkeys(f"{HYPHENS}.", "") | dict.fromkeys(APOSTROPHES, "'"))
BONES = 5  # letters that a word must have before other spellings of it count
HARD = re.compile(r"c(?![ehiy])")  # Carl and Karl, however short
TWICE = re.compile(r"(.)\1")


@lru_cache(1 << 16)
def fold(word: str) -> str:
    """Return what is compared of a word, number or sign."""
    if word.isascii():
        return word.lower().translate(FOLDED) or word
    return unicodedata.normalize("NFC", word).casefold().translate(FOLDED) or word


@lru_cache(1 << 16)
def skeleton(word: str) -> str:
    """Return what other spellings of a word have in common; a short word has only its own."""
    folded = fold(word)
    if len(folded) < BONES or not folded.isalpha():
        return HARD.sub("k", folded)
    bare = folded if folded.isascii() else plain(folded)
    bones = TWICE.sub(r"\1", _respelt(bare))
    return bones if len(bones) >= BONES else _replaced(bare, "vowels")


def plain(word: str) -> str:
    """Return a word folded, in Latin letters, without accents."""
    return unaccented(fold(word).translate(_letters()))


def unaccented(word: str) -> str:
    """Return a word without accents and other marks on its letters."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _respelt(word: str) -> str:
    for spelt, written in _endings():
        if word.endswith(spelt):
            word = word.removesuffix(spelt) + written
            break
    return _replaced(word, "rules")


def _replaced(word: str, key: str) -> str:
    for spelt, written in _rules(key):
        if spelt in word:
            word = word.replace(spelt, written)
    return word


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(table("spelling")["letters"])


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((spelt, written) for spelt, written in table("spelling")["endings"])


@cache
def _rules(key: str) -> tuple[tuple[str, str], ...]:
    return tuple((spelt, written) for spelt, written in table("spelling")[key])


@dataclass(frozen=True, slots=True)
class Inflection:
    """How a language inflects names; `data/names.toml` says what its fields mean."""

    suffixes: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]
    possessive: re.Pattern[str]
    silent: str
    elisions: frozenset[str]

    def stems(self, word: str) -> Iterator[str]:
        """Yield the word, then what it may be an inflected form of."""
        yield word
        for suffix in self.suffixes:
            if word.endswith(suffix) and len(word) > len(suffix) + 1:
                yield word.removesuffix(suffix)
        for base, ending in self.endings:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                yield word.removesuffix(ending) + base


@cache
def inflection(language: str) -> Inflection:
    """Return the inflection of a BCP 47 language; one we do not know inflects little.

    Where no language is given, that of any counts, but for the many endings of some.
    """
    data = table("names")
    primary = language.partition("-")[0].lower()
    chosen = [data.get(primary, data["und"])] if primary else list(data.values())

    def told(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for rules in chosen for word in rules.get(key, ())))

    signs = "|".join(re.escape(p).replace("’", f"[{APOSTROPHES}]") for p in told("possessives"))
    possessive = re.compile(rf"(?:{signs or '(?!)'})(?!\w)")
    endings = [(base, ending) for base, ending in chosen[0].get("endings", ())]
    silent, elisions = "".join(told("silent")), frozenset(told("elisions"))
    return Inflection(told("suffixes"), tuple(endings), possessive, silent, elisions)
