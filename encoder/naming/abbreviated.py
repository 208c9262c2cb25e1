"""A name may be cut short: Miss A. for Miss Austen, Wasserm. for Wassermann.

An initial after a title means one whom the text names. A surname is cut before a vowel, after two
consonants or more, and no other in the register may go on so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from encoder.naming.anatomy import surname
from encoder.naming.forms import Form, Strength
from encoder.naming.index import Match
from encoder.naming.spelling import LETTERS, fold
from encoder.registers import Person

# Points are far rarer than letters: what stands before one is looked at only there.
INITIAL = re.compile(r"\.(?<= [^\W\d_a-z]\.)(?! ?[^\W\d_]\.)(?! [^\W\d_a-z])")
STOP = re.compile(r"\. ")
CUT = re.compile(rf"(?<![\w.’'-])(?=[^\W\d_a-z]){LETTERS}\Z")
VOWELS = "aeiouyåäöæøüéèêáíóú"
STUMP = 5  # letters that must be left of a surname


@dataclass(frozen=True)
class Surnames:
    """The surnames of a register, in the order of letters."""

    entries: tuple[Person, ...]

    @cached_property
    def _ordered(self) -> list[tuple[str, int]]:
        people = enumerate(self.entries)
        found = ((fold(surname(entry)), n) for n, entry in people if entry.kind == "person")
        return sorted((name, number) for name, number in found if name)

    def cut(self, text: str) -> Iterator[Match]:
        """Yield the cut surnames of a running text."""
        for stop in STOP.finditer(text):
            end = stop.start()
            found = CUT.search(text, text.rfind(" ", 0, end) + 1, end)
            going = self._going_on(fold(found[0])) if found else []
            if found and going:
                forms = (Form(found[0], "main", person, Strength.SURNAME) for person in going)
                yield Match(*found.span(), tuple(forms))

    def named(self, ids: Collection[str]) -> Iterator[Person]:
        """Yield the persons that have these ids."""
        return (entry for entry in self.entries if entry.id in ids and entry.kind == "person")

    def _going_on(self, stump: str) -> list[Person]:
        """Return the bearers of the only surname that goes on from a stump, and with a vowel."""
        if not _is_stump(stump):
            return []
        start = bisect_left(self._ordered, (stump, 0))
        end = bisect_left(self._ordered, (f"{stump}\U0010ffff", 0))
        going = self._ordered[start:end]
        single = len({name for name, _ in going}) == 1
        if not single or going[0][0][len(stump) :][:1] not in tuple(VOWELS):
            return []
        return [self.entries[number] for _, number in going]


def _is_stump(word: str) -> bool:
    return len(word) >= STUMP and not set(word[-2:]) & set(VOWELS) and word.isalpha()


def initials(text: str, named: Iterable[Person]) -> Iterator[Match]:
    """Yield the single initials of a running text that stand for the surname of one of `named`."""
    people = list(named)
    for point in INITIAL.finditer(text) if people else ():
        start, end = point.start() - 1, point.end()
        bearers = [person for person in people if surname(person)[:1] == text[start]]
        forms = (Form(text[start:end], "main", bearer, Strength.INITIALS) for bearer in bearers)
        if bearers:
            yield Match(start, end, tuple(forms))
