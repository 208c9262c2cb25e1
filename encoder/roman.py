"""Roman numerals, as books number their parts and pages with: up to CCC."""

from __future__ import annotations

import re
from itertools import pairwise

# Matches no empty string; give it re.IGNORECASE for capitals.
ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})(?!\w)"
# A number alone, as over a chapter: `3.`, `IV`, `(2.1)`.
NUMERAL = re.compile(rf"[(\[]?(?:\d{{1,4}}(?:\.\d{{1,3}})*|{ROMAN})[)\].:]?", re.IGNORECASE)
_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def number_of(number: str) -> int:
    """Return the value of a number in figures or in Roman numerals; 0 for what is none."""
    if number.isdecimal():
        return int(number)
    if not set(number.lower()) <= _LETTERS.keys():
        return 0
    values = [_LETTERS[letter] for letter in number.lower()]
    return sum(-v if v < later else v for v, later in pairwise((*values, 0)))
