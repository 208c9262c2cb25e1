"""A note that has no room at the foot of its page runs on at the foot of the next.

It breaks off within a sentence, its last line full; what goes on with it stands there above the
notes of that page, or alone: below a rule, or begun with a small letter, or right above a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from encoder.model import WHITE_CHARS
from encoder.read.layout import Line

RULE = re.compile(r"[_–—-]{3,}")
ENDED = tuple(".!?…:;\"'”’»“)]")
FULL = 0.8  # share of the width of its page that the last line of a note fills if it runs on
LONG = 12  # lines of what runs on, where nothing but its place tells


class Rest(NamedTuple):
    """What goes on with a note: the index of its first line on the page, and its extent."""

    line: int
    start: int
    end: int


def rest(
    text: str, note: tuple[int, int], above: Sequence[Line], lines: Sequence[Line], foot: int | None
) -> Rest | None:
    """Return what of a page goes on with the last note of the page before, if anything does.

    Args:
        text: the source.
        note: where that note begins and ends.
        above: the lines of its page.
        lines: the lines of the page.
        foot: the index of the line that has the first label of the page's own notes.
    """
    if not _breaks_off(text, note, above):
        return None
    stop = _printed(lines) if foot is None else foot
    start = stop
    while start and not lines[start - 1].blank and not _is_rule(text, lines[start - 1]):
        start -= 1
    ruled = start > 0 and _is_rule(text, lines[start - 1])
    body = any(not line.blank for line in lines[: max(start - ruled, 0)])
    if start == stop or not body:
        return None
    small = text[lines[start].text].islower()
    if not (ruled or small or (foot is not None and stop - start <= LONG)):
        return None
    end = lines[-1].end if foot is None else lines[foot].text
    return Rest(start, lines[start].text, end)


def _breaks_off(text: str, note: tuple[int, int], above: Sequence[Line]) -> bool:
    """Whether a note ends within a sentence, and its last line is full."""
    said = text[slice(*note)].rstrip(WHITE_CHARS)
    if not said or said.endswith(ENDED):
        return False
    printed = [line for line in above if not line.blank]
    widest = max(line.stop - line.start for line in printed)
    last = next(line for line in reversed(printed) if line.text < note[0] + len(said))
    return last.stop - last.start >= FULL * widest


def _printed(lines: Sequence[Line]) -> int:
    """Return how many lines there are up to the last that is printed."""
    return max((n for n, line in enumerate(lines, 1) if not line.blank), default=0)


def _is_rule(text: str, line: Line) -> bool:
    return RULE.fullmatch(text, line.text, line.stop) is not None
