"""A clue is a word that a text has wherever it names an entry: its forms need not be made before.

A text names few of a large register. Each form has at least one of the longer words of a name, or
a half of one with a hyphen, or is made of initials: those are the clues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from encoder.lexicon import table
from encoder.naming.anatomy import ROMAN, called, clean, halves, particles, sex_of
from encoder.naming.forms import letters
from encoder.naming.spelling import HYPHENS, TOKEN, skeleton
from encoder.registers import Name, Person

HYPHEN = re.compile(f"[{HYPHENS}]")
# Letters that stand alone, one after another: A. S., S.T.C., N M
ROW = re.compile(r"(?<![^\W_])[^\W\d_]\.?(?:\s?[^\W\d_](?![^\W_])\.?)+")


def clues(entry: Person) -> set[str]:
    """Return the skeletons of words of which every form of an entry has one, and its initials.

    It is empty where a form may do without: one who is called H. C. or Anna E. and no more.
    """
    found = set[str]()
    for name in entry.names:
        telling = _telling(name.text, name)
        alone = {name.text, clean(name.text), *called(name.text)}
        if not all(_telling(text, name) for text in alone):
            return set()
        found.update(map(skeleton, telling))
        if hyphened := [word for word in telling if HYPHEN.search(word)]:
            found.update(skeleton(half) for word in hyphened for half in HYPHEN.split(word) if half)
        if row := letters(name) if entry.kind == "person" else "":
            found.add(_run(row))
        if "." in name.text:  # initials may be a surname: Anna S.T.
            found.update(runs(name.text))
    if entry.kind == "person" and sex_of(entry) == "f":
        found |= {skeleton(his) for name in entry.names for his in _mans(name.text)}
    return found


def runs(text: str) -> Iterator[str]:
    """Yield, as `clues` has them, the rows of single letters that a text has, and parts of them."""
    for row in set(ROW.findall(text)):
        found = TOKEN.findall(row)
        for start, end in combinations(range(len(found) + 1), 2):
            if end - start > 1:
                yield " ".join(map(skeleton, found[start:end]))


def _telling(text: str, name: Name) -> list[str]:
    """Return the words of a name without letters, signs, and particles that join it.

    There are none where a form of the name may lack them all.
    """
    first, last = halves(name).forenames.split()[:1], halves(name).family.split()[-1:]
    longer = [
        word for word in TOKEN.findall(text) if len(word.rstrip(".")) > 1 and word[0].isalpha()
    ]
    telling = [word for word in longer if word not in particles() or word in (*first, *last)]
    short = len("".join(last).rstrip(".")) == 1
    return [] if short or all(map(ROMAN.fullmatch, telling)) else telling


def _run(row: str) -> str:
    return " ".join(map(skeleton, TOKEN.findall(row)))


def _mans(text: str) -> Iterator[str]:
    """Yield the words of a lady's name with a man's ending: Balabanov for Balabanova."""
    for word in TOKEN.findall(text):
        for hers, his in table("names")["und"]["feminine"]:
            if word.endswith(hers):
                yield word.removesuffix(hers) + his
