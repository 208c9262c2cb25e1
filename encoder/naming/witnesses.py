"""A witness is what stands in or by a row of capitalised words, and says what it names.

A title, a known forename, an initial, a regnal number say that it is a person; a preposition of
place, an article, a word such as Society say that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from encoder.naming.context import START
from encoder.naming.forenames import forenames
from encoder.naming.spelling import APOSTROPHES, fold, inflection
from encoder.naming.titles import is_title, words

NUMERAL = re.compile(r"[IVX]+")
ELISION = re.compile(rf"(?:[dD][{APOSTROPHES}])?")
QUOTES = frozenset('”"»„“«‚‘(')
BEFORE = re.compile(rf"([\w.]+)[ {APOSTROPHES}]+\Z")
AFTER = re.compile(r" (\w+)")
REACH = 60  # characters on either side in which witnesses are looked for
ACRONYM = 4  # letters up to which capitals throughout are an organisation's


class Found(NamedTuple):
    """A row of capitalised words: where it stands in which running text, and what speaks of it."""

    text: int
    start: int
    end: int
    row: tuple[str, ...]
    witnesses: tuple[str, ...]


class Scene(NamedTuple):
    """A row of capitalised words with what stands around it.

    `last` and `next` are the words before and after; `line` is what is before it on its line, and
    `closes` that nothing is after it there.
    """

    row: tuple[str, ...]
    before: str
    last: str
    next: str
    line: str
    closes: bool
    language: str

    @staticmethod
    def of(text: str, start: int, end: int, row: tuple[str, ...], language: str) -> Scene:
        """Return what stands around the row from `start` to `end`."""
        before = text[max(start - REACH, 0) : start]
        last, following = BEFORE.search(before), AFTER.match(text[end : end + REACH])
        line = text[text.rfind("\n", 0, start) + 1 : start]
        closes = text[end : end + 1] in ("", "\n")
        words = (last[1] if last else "", following[1] if following else "")
        return Scene(row, before, *words, line, closes, language)

    @property
    def is_inflected(self) -> bool:
        """Whether the last word has an ending that names are inflected by."""
        return len(list(inflection(self.language).stems(fold(self.row[-1])))) > 1


def witnesses(scene: Scene) -> Iterator[str]:
    """Yield the names of what speaks of a row."""
    return (name for name, speaks in WITNESSES.items() if speaks(scene))


def _kin(scene: Scene) -> bool:
    return scene.last in words("kin", scene.language) and not scene.language.startswith("de")


def _article(scene: Scene) -> bool:
    low = scene.last.lower()
    known = words("determiners", scene.language) - words("kin", scene.language)
    return low in known or (low == "l" and scene.language.startswith("fr"))


def _initials(scene: Scene) -> bool:
    first = scene.row[0]
    return len(scene.row) > 1 and len(first.rstrip(".")) == 1 and first != "I"


def _known(scene: Scene) -> bool:
    stems = inflection(scene.language).stems(fold(scene.row[0]))
    return len(scene.row) == 1 and not forenames().isdisjoint(stems)


def _middle(scene: Scene) -> bool:
    return not START.search(scene.before) and scene.before[-1:] not in QUOTES


def _alone(scene: Scene) -> bool:
    elided = ELISION.fullmatch(scene.line)
    return scene.closes and bool(elided) and (bool(scene.line) or len(scene.row) > 1)


def _body(scene: Scene) -> bool:
    bodies = words("bodies", scene.language, "places")
    return not bodies.isdisjoint(scene.row) or _is_acronym(scene.row[-1])


def _is_acronym(word: str) -> bool:
    shouted = 1 < len(word) <= ACRONYM and word.isupper() and word.isalpha()
    return shouted and not NUMERAL.fullmatch(word)


WITNESSES: Mapping[str, Callable[[Scene], bool]] = {
    "title": lambda scene: is_title(scene.last, scene.language),
    "kin": _kin,
    "place": lambda scene: scene.last in words("at", scene.language, "places"),
    "way": lambda scene: scene.last in words("way", scene.language, "places"),
    "article": _article,
    "forename": lambda scene: len(scene.row) > 1 and fold(scene.row[0]) in forenames(),
    "initials": _initials,
    "numeral": lambda scene: len(scene.row) > 1 and bool(NUMERAL.fullmatch(scene.row[-1])),
    "known": _known,
    "speech": lambda scene: scene.next in words("speech", scene.language),
    "genitive": lambda scene: scene.next[:1].isupper() and scene.is_inflected,
    "beside": lambda scene: scene.last in words("beside", scene.language),
    "middle": _middle,
    "alone": _alone,
    "body": _body,
}
