"""The era of a register is when most of those in it lived: it tells what a text leaves unsaid.

A letter dated "18. VIII. 93." was written in the century in which most of the register lived; and
of two bearers of a name, of whom the text tells nothing, the one of that generation is likelier.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from statistics import median_low

from encoder.registers import Person

LIFE = 75  # years that one whose death is not known is taken to have lived
CENTURIES = range(1000, 2100, 100)
# The day and the month, and a year cut short: 18. VIII. 93, 3/7 08, 4 Febr. ’80, 20. 12. 905
SHORT = re.compile(
    r"(?<!\d)[0-3]?\d(?:\. ?| ?/ ?| )(?:[01]?\d(?:\. ?| ?/ ?| )|[IVX]+[. ] ?|[^\W\d_]{3,9}\.? )"
    r"[’']?(\d{2,3})(?!\d)"
)

# The years of a life in a name: Ek, Anna (1862-1931)
YEARS = re.compile(r"\b(\d{3,4})? ?[-–—] ?†? ?(\d{3,4})?\)?$")


@dataclass(frozen=True)
class Era:
    """When those of a register were born, and died, each in order; `middle` is the median birth."""

    births: tuple[int, ...] = ()
    deaths: tuple[int, ...] = ()

    @staticmethod
    def of(entries: Iterable[Person]) -> Era:
        """Return the era of the persons of whom the register says when they lived."""
        years = map(life, entries)
        lives = [(birth, death or birth + LIFE) for birth, death in years if birth]
        return Era(*(tuple(sorted(ends)) for ends in zip(*lives, strict=True))) if lives else Era()

    @property
    def middle(self) -> int:
        """The year in which the middle one of them was born; 0 where nobody's birth is known."""
        return median_low(self.births) if self.births else 0

    def alive(self, year: int) -> int:
        """How many of them lived in a year."""
        return bisect_left(self.births, year) - bisect_right(self.deaths, year)

    def year(self, text: str) -> int:
        """Return the year of a date that says only the end of it; 0 if none does."""
        said = SHORT.search(text)
        if not said:
            return 0
        modulus = 10 ** len(said[1])
        years = {century - century % modulus + int(said[1]) for century in CENTURIES}
        best = max(sorted(years), key=self.alive)
        return best if self.alive(best) else 0


def life(person: Person) -> tuple[int | None, int | None]:
    """Return the years of birth and death, as the register says or a name has them in it."""
    birth, death = year_of(person.birth), year_of(person.death)
    if birth is None and death is None and (said := YEARS.search(person.name)):
        birth, death = year_of(said[1] or ""), year_of(said[2] or "")
    return birth, death


@lru_cache(1 << 16)
def year_of(date: str) -> int | None:
    """Return the year of a W3C date; nothing of words."""
    digits = date.lstrip("-").split("-")[0].strip()[:4]
    return (-1 if date.startswith("-") else 1) * int(digits) if digits.isdecimal() else None
