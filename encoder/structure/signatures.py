"""Whoever writes a letter bids farewell and signs: the forms of both, line by line.

A valediction begins with the words for it, greets, or ends in a possessive (`Ever yours`). A
signature is a few names and no sentence; it may stand in the same line, behind a comma or a
possessive, which is then part of it: `Your Anna`, `Your loving sister Anna` (TEI P5 4.2.2).
"""

from __future__ import annotations

import re
from itertools import dropwhile

from encoder.forms import LETTER
from encoder.lexicon import pattern
from encoder.profile import Profile
from encoder.structure.heads import ends, worded

OWNED = 3  # words that a possessive at the end of a line may have behind it
NAMES = 4  # words of a signature in the same line as the farewell
MARKS = "\"'“”„«»‘’‹›([ "  # quotation marks that may open a line of a letter
DEAR = 3  # words that say, between a possessive and a name, what the one who signs is
SIGNED_IN = 9  # words of such a line
CRIES = re.compile(rf"[!?]|{LETTER}{{4,}}\.\s")
NOT_OWNED = re.compile(r"[,;:!?]\s*\w|\.\s+\w")
COMMA = re.compile(r",\s?[–—]?\s?|\s[–—]\s")
SMALL = frozenset(
    "de du di da del della von vom zu zur der den af av of the and und et och og d l i le la "
    "les".split()
)
# A forename may be cut short: `Thos. Wright`.
NOT_SIGNED = re.compile(r"[:;?!]$|\d|(?:^[^\W\d_]{7,}[.]|^\w{4,}[!?]|\W[^\W\d_]{4,}[.!?]) \S")
SENTENCE = re.compile(rf"{LETTER}{{4,}}[.!?]\s+\S")
TELLS = re.compile(rf"{LETTER}{{3,}}[.!?]\s+[^\W\d_]+\s+[a-zß-öø-ÿа-я]")
WORD = re.compile(r"[^\W_][^\W_’'.-]*")
NAME = 20  # characters: shorter lines are names, and end where they do


def bids(text: str, profile: Profile) -> bool:
    """Return whether a line bids farewell."""
    if len(text) > profile.close_length or text[-1] in "?:;" or noted(text, profile):
        return False
    if len(text.split()) > profile.close_words:
        return pattern("parts", "close", profile.language).match(text) is not None and (
            text[-1] in ",." and SENTENCE.search(text) is None
        )
    # `Your letter came. I was glad.` begins as a farewell may, and is none.
    if pattern("parts", "own", profile.language).match(text) and TELLS.search(text):
        return False
    starts = pattern("parts", "close", profile.language).match(text)
    greets = pattern("parts", "greeting", profile.language).search(text)
    return bool(starts or greets or _owns(text, profile))


def _owns(text: str, profile: Profile) -> bool:
    """Whether a line ends in a possessive and a few words: `von Deinem alten Freund`."""
    for own in pattern("parts", "own", profile.language).finditer(text):
        after = text[own.end() :]
        if len(WORD.findall(after)) <= OWNED and not NOT_OWNED.search(after):
            return True
    return False


def signature_in(text: str, profile: Profile) -> str:
    """Return the signature that a line which bids farewell ends with; empty where it has none.

    It is names alone behind a comma, or behind a possessive, which is part of it: `Your Anna`.
    """
    if len(text.split()) > SIGNED_IN or CRIES.search(text):
        return ""
    owns = pattern("parts", "own", profile.language).finditer(text)
    starts = [own.start() for own in owns] + [comma.end() for comma in COMMA.finditer(text)]
    for start in sorted(starts):
        said = WORD.findall(text[start:])
        own = said and pattern("parts", "own", profile.language).fullmatch(said[0])
        names = list(dropwhile(lambda word: not word[0].isupper(), said[1:])) if own else said
        dear = len(said) - len(names) - 1  # words between a possessive and the name
        if dear <= DEAR and 0 < len(names) <= NAMES and all(_is_name(name) for name in names):
            return text[start:] if signs(" ".join(names), profile) else ""
    return ""


def _is_name(word: str) -> bool:
    return word[0].isupper() or word.casefold() in SMALL


def noted(text: str, profile: Profile) -> bool:
    """Return whether a line begins a postscript."""
    said = text.lstrip(MARKS)
    return pattern("parts", "postscript", profile.language).match(said) is not None


def translated(text: str, profile: Profile) -> bool:
    """Return whether a line is a remark on the translation."""
    return pattern("parts", "translated", profile.language).search(text[:40]) is not None


def signs(text: str, profile: Profile) -> bool:
    """Return whether a line is a signature: few words, mostly names, perhaps `signed` or `for`."""
    before = pattern("parts", "signed", profile.language).match(text.lstrip("("))
    text = text.lstrip("(")[before.end() :].lstrip(").,: ") if before else text
    if len(text) > profile.address_length or NOT_SIGNED.search(text) or noted(text, profile):
        return False
    if worded(text, profile) or translated(text, profile) or ends(text):
        return False
    words = [word for word in WORD.findall(text) if word.casefold() not in SMALL]
    names = sum(word[0].isupper() for word in words)
    return bool(text) and 0 < len(words) <= 8 and 4 * names >= 3 * len(words) and text[-1] != ","
