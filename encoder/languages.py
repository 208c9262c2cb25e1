"""Which language a text is in, seen from its function words.

A function word is one that no sentence can do without and no subject brings in: and, of, the.
About half of the words of any text are such; those of its own language outnumber all others.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from encoder import lexicon
from encoder.edition import Edition

WORD = re.compile(r"[^\W\d_]+")
# How many words are looked at; more cost time and change nothing.
SAMPLE = 20_000
# Up to how many words letters are looked at: longer texts have function words enough.
SHORT = 60
# The smallest share of function words that tells a language; lower sees one in a list of names.
SHARE = 0.1
# The fewest function words that are evidence; lower decides by chance.
FEWEST = 2
# Of a short text: what a function word is worth in groups of letters, how many groups a word must
# have, and how far the language must be ahead of the next. Lower decides by chance.
WORTH, GROUPS, LEAD = 2.0, 0.55, 1.25
# What a letter that a language has not speaks against it; lower takes one for its neighbour.
STRANGE = 2.0
# The share of such letters from which a text is in a neighbour that is not known here; higher
# takes Portuguese for Spanish, lower foreign names for a foreign text.
FOREIGN = 0.007
# Words that say which language a letter is in, and function words that must; lower takes a letter
# for one in a neighbour language.
TELLING, ENOUGH = 150, 6
LATIN = frozenset(map(chr, range(0xDF, 0x250)))
CYRILLIC = frozenset(map(chr, range(0x430, 0x530)))


def detect(text: str) -> tuple[str, str]:
    """Return the BCP 47 tag of the language of a text, and the evidence for it.

    The tag is empty where the words do not tell; the evidence says so.
    """
    words = WORD.findall(text[: SAMPLE * 8].lower())[:SAMPLE]
    by_letters = _by_letters(words) if len(words) <= SHORT else ("", "")
    by_words = _by_words(words)
    return by_letters if by_letters[0] not in ("", by_words[0]) else by_words


def _by_words(words: list[str]) -> tuple[str, str]:
    (tag, hits), (_, second) = _ranked(words)[:2]
    if hits < FEWEST or hits < SHARE * len(words):
        return "", f"of {len(words):,} words, too few are function words of a known language"
    name = lexicon.table("languages")[tag]["name"]
    if hits == second:
        return "", f"the {len(words):,} words are as much {name} as another language"
    if strange := _strangers(words, tag):
        return "", f"the words are like {name}, but that has no {strange}"
    return tag, f"{hits:,} of {len(words):,} words are {name} function words"


def _strangers(words: list[str], tag: str) -> str:
    """Return the letters of a language's alphabet that it has not, where they are many."""
    letters = Counter("".join(words))
    known = _own(tag)
    alphabet = CYRILLIC if "а" in known else LATIN
    strange = {char: n for char, n in letters.items() if char in alphabet and char not in known}
    if sum(strange.values()) <= FOREIGN * letters.total():
        return ""
    return " ".join(sorted(strange, key=lambda char: (-strange[char], char))[:5])


def _by_letters(words: list[str]) -> tuple[str, str]:
    """Return the language whose words and groups of letters a short text has."""
    scores = Counter({tag: _likeness(words, tag) for tag in lexicon.table("languages")})
    (tag, best), (_, second) = scores.most_common(2)
    if len(words) < FEWEST or best < GROUPS * len(words) or best < LEAD * second:
        return "", ""
    name = lexicon.table("languages")[tag]["name"]
    return tag, f"the words and letters of {len(words)} words are as in {name}"


def _likeness(words: list[str], tag: str) -> float:
    """Return what speaks for a language; what several languages share counts the less."""
    function, groups = _function_words()[tag], _groups(tag)
    shared = _shared()
    known = sum(WORTH / shared[word] for word in words if word in function)
    letters = (group for word in words for group in groups if group in f"^{word}$")
    strange = sum(1 for word in words for char in word if char > "\x7f" and char not in _own(tag))
    return known + sum(1 / shared[group] for group in letters) - STRANGE * strange


@cache
def _own(tag: str) -> frozenset[str]:
    """Return the letters beyond ASCII that a language has."""
    return frozenset(lexicon.table("letters")[tag]["letters"])


@cache
def _groups(tag: str) -> tuple[str, ...]:
    return tuple(lexicon.table("languages")[tag]["marks"].split())


@cache
def _shared() -> Counter[str]:
    """Return in how many languages a function word or a group of letters is known."""
    languages = lexicon.table("languages")
    words = (word for known in _function_words().values() for word in known)
    return Counter([*words, *(group for tag in languages for group in _groups(tag))])


def _ranked(words: list[str]) -> list[tuple[str, int]]:
    """Return the languages with the number of their function words, the most first."""
    counts = Counter(words)
    hits = {tag: sum(map(counts.__getitem__, known)) for tag, known in _function_words().items()}
    return sorted(hits.items(), key=lambda item: (-item[1], item[0]))


def another(text: str, own: str) -> str:
    """Return the language of a piece of a text where that is surely not the text's own.

    Args:
        text: the piece, of which the beginning is looked at.
        own: BCP 47 tag of the language of the whole.
    """
    words = WORD.findall(text[: TELLING * 8].lower())[:TELLING]
    primary = own.split("-")[0]
    hits = dict(_ranked(words))
    tag, most = next(iter(hits.items()))
    known = primary in hits and tag != primary
    sure = most >= max(ENOUGH, 2 * hits.get(primary, 0)) and most >= SHARE * len(words)
    return tag if known and sure else ""


def elsewhere(edition: Edition) -> list[tuple[int, int, str]]:
    """Return the stretches of the source that are texts in a language of their own, and which."""
    texts = edition.tagged("div", "floatingText")
    return sorted((s.start, s.end, s.attrs["xml:lang"]) for s in texts if "xml:lang" in s.attrs)


@cache
def speakers() -> dict[str, tuple[str, ...]]:
    """Return each function word with the tags of the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, known in _function_words().items():
        for word in known:
            found[word] = (*found.get(word, ()), tag)
    return found


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    languages = lexicon.table("languages")
    return {tag: tuple(dict.fromkeys(said["function"].split())) for tag, said in languages.items()}
