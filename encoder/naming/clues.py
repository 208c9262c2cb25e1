"""A clue is a word that a text has wherever it names an entry: its forms need not be made before.

A text names few of a large register. Each form has at least one of the longer words of a name, or
a half of one with a hyphen, or is made of initials: those are the clues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from encoder.flow import places, printed_words
from encoder.lexicon import table
from encoder.naming.anatomy import ROMAN, bare, called, clean, halves, particles, sex_of
from encoder.naming.forms import letters
from encoder.naming.spelling import HYPHENS, TOKEN, skeleton
from encoder.registers import Name, Person

HYPHEN = re.compile(f"[{HYPHENS}]")
# Capitals that stand alone, one after another: A. S., S.T.C., N M
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
ROW = re.compile(rf"{CAPITAL}\.?(?:\s?{CAPITAL}(?![^\W_])\.?)+")
INITIAL = re.compile(rf"(?<![^\W_]){CAPITAL}(?![^\W_])")
REACH = 24  # characters of a row of initials that are looked at


def clues(entry: Person) -> set[str]:
    """Return the skeletons of words of which every form of an entry has one, and its initials.

    It is empty where a form may do without: one who is called H. C. or Anna E. and no more.
    """
    found = set[str]()
    for name in entry.names:
        whole = entry.kind != "person" or name.type in ("nickname", "role")
        said = _of_whole(bare(name.text) or name.text) if whole else _of_parts(name)
        if not said:
            return set()
        found |= said
    if entry.kind == "person" and (mans := _mans(entry)) and sex_of(entry) == "f":
        found |= mans
    return found


def _of_whole(text: str) -> set[str]:
    """Return the clue of a name that has one form: its longest word."""
    longest = max(filter(_is_word, TOKEN.findall(text)), key=len, default="")
    return set(_skeletons([longest])) if longest else set()


def _of_parts(name: Name) -> set[str]:
    """Return the clues of a name that a text may have in part."""
    telling = _telling(name.text, name)
    alone = {name.text, clean(name.text), *called(name.text)}
    if not all(_telling(text, name) for text in alone):
        return set()
    # Initials may be a surname: Anna S.T.
    rows = runs(name.text, printed_words(name.text)) if "." in name.text else ()
    return {*_skeletons(telling), *rows, _run(letters(name))} - {""}


def _skeletons(telling: list[str]) -> Iterator[str]:
    """Yield the skeletons of words, and of the halves of one with a hyphen."""
    for word in telling:
        yield skeleton(word)
        if HYPHEN.search(word):
            yield from (skeleton(half) for half in HYPHEN.split(word) if half)


def runs(text: str, printed: Iterable[str]) -> Iterator[str]:
    """Yield, as `clues` has them, the rows of initials that a text has, and parts of them.

    `printed`: its printed words.
    """
    wanted = frozenset(filter(INITIAL.search, printed))
    for row in {row for at, end in places(text, wanted) for row in _rows(text, at, end)}:
        found = TOKEN.findall(row)
        for start, end in combinations(range(len(found) + 1), 2):
            if end - start > 1:
                yield " ".join(map(skeleton, found[start:end]))


def _rows(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the rows of initials that begin in a printed word."""
    for initial in INITIAL.finditer(text, start, end):
        if row := ROW.match(text, initial.start(), end + REACH):
            yield row[0]


def _is_word(token: str) -> bool:
    return len(token.rstrip(".")) > 1 and token[0].isalpha()


def _telling(text: str, name: Name) -> list[str]:
    """Return the words of a name without letters, signs, and particles that join it.

    There are none where a form of the name may lack them all.
    """
    first, last = halves(name).forenames.split()[:1], halves(name).family.split()[-1:]
    longer = filter(_is_word, TOKEN.findall(text))
    telling = [word for word in longer if word not in particles() or word in (*first, *last)]
    short = len("".join(last).rstrip(".")) == 1
    return [] if short or all(map(ROMAN.fullmatch, telling)) else telling


def _run(row: str) -> str:
    return " ".join(map(skeleton, TOKEN.findall(row)))


def _mans(entry: Person) -> set[str]:
    """Return the words of a lady's names with a man's ending: Balabanov for Balabanova."""
    endings = table("names")["und"]["feminine"]
    hers = tuple(ending for ending, _ in endings)
    printed = (word.strip(".,;()[]") for name in entry.names for word in name.text.split())
    said = [word for word in printed if word.endswith(hers)]
    pairs = ((word, her, his) for word in said for her, his in endings if word.endswith(her))
    return {skeleton(word.removesuffix(her) + his) for word, her, his in pairs}
