"""Which language a text is in, seen from its function words.

A function word is one that no sentence can do without and no subject brings in: and, of, the.
About half of the words of any text are such; those of its own language outnumber all others.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from encoder import lexicon

WORD = re.compile(r"[^\W\d_]+")
# How many words are looked at: more cost time and change nothing.
SAMPLE = 20_000
# The smallest share of function words that tells a language; lower sees one in a list of names.
SHARE = 0.1
# The fewest words that are evidence; lower decides by chance.
FEWEST = 2


def detect(text: str) -> tuple[str, str]:
    """Return the BCP 47 tag of the language of a text, and the evidence for it.

    The tag is empty where the words do not tell; the evidence says so.
    """
    words = WORD.findall(text[: SAMPLE * 8].lower())[:SAMPLE]
    (tag, hits), (_, second) = _ranked(words)[:2]
    if hits < FEWEST or hits < SHARE * len(words):
        return "", f"of {len(words):,} words, too few are function words of a known language"
    name = lexicon.table("languages")[tag]["name"]
    if hits == second:
        return "", f"the {len(words):,} words are as much {name} as another language"
    return tag, f"{hits:,} of {len(words):,} words are {name} function words"


def _ranked(words: list[str]) -> list[tuple[str, int]]:
    """Return the languages with the number of their function words, the most first."""
    counts = Counter(words)
    hits = {tag: sum(map(counts.__getitem__, known)) for tag, known in _function_words().items()}
    return sorted(hits.items(), key=lambda item: (-item[1], item[0]))


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    languages = lexicon.table("languages")
    return {tag: tuple(dict.fromkeys(said["function"].split())) for tag, said in languages.items()}
