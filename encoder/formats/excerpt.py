"""An excerpt is the part of a line around the place meant, as wide as a terminal has room for."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import combining, east_asian_width

from encoder.formats.checked import Excerpt
from encoder.safe import printable

BEFORE, AFTER = 50, 50
TAB = "    "
CUT = "…"


def excerpt(line: str, column: int) -> Excerpt:
    """Return what surrounds a column (from 1, in code points) of a line.

    A tab is four cells wide here, and a wide character two; a long line is cut on both sides.
    """
    here = min(max(column - 1, 0), len(line))
    before = [_shown(char) for char in line[max(0, here - BEFORE - 1) : here]]
    after = [_shown(char) for char in line[here : here + AFTER + 1]]
    left, right = _fitting(reversed(before), BEFORE), _fitting(after, AFTER)
    head = "".join(before[len(before) - left :])
    tail = "".join(after[:right])
    head = head if left == here else CUT + head
    return Excerpt(head + tail + (CUT if here + right < len(line) else ""), _cells(head))


def _shown(char: str) -> str:
    return TAB if char == "\t" else printable(char)


def _fitting(chars: Iterable[str], room: int) -> int:
    """Return how many of the first characters fit into so many cells."""
    number = 0
    for char in chars:
        room -= _cells(char)
        if room < 0:
            break
        number += 1
    return number


def _cells(text: str) -> int:
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
