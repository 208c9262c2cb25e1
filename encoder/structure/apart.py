"""A raised mark that an extraction set apart: a space before it, or alone on a line.

A figure apart from words is mostly a number. It calls a note where the last block of its page is
made of notes that count on from the first, or from the last of the pages before, each of which is
called so, in their order (TEI P5 3.9.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from encoder.structure.calls import ORNAMENT, Called, Label, Page
from encoder.structure.note_forms import FIGURES, RAISED
from encoder.structure.runon import RULE

CALLED = (
    r"(?<=\S ){}(?![\w*]|[.,]\d)"
    r"|(?<=[^\s\f]\n){}(?=[ \xa0]*\r?\n\S)|(?<=[^\s\f]\r\n){}(?=[ \xa0]*\r\n\S)"
    r"|(?<=\S \n){}(?= \n\S)"
)
SIGNS = "*†‡§¶"  # in the order in which they call the notes of a page


def called_apart(page: Page, labels: Sequence[Label], before: int) -> list[Called]:
    """Return the labels of a page's last block with their callouts, where all are called apart.

    `before`: the number of the last note of the pages before.
    """
    series = _series(page, labels, before)
    here, end = page.start, page.lines[series[0].line].start if series else page.start
    found: list[Called] = []
    for label in series:
        marks = f"(?:{re.escape(label.mark)}|{re.escape(label.mark.translate(RAISED))})"
        called = re.compile(CALLED.replace("{}", marks)).finditer(page.text, here, end)
        match = next((one for one in called if not _in_ornament(page.text, one.start())), None)
        if match is None:
            return []
        here = match.end()
        found.append((label, match.span()))
    return found


def _in_ornament(text: str, at: int) -> bool:
    """Whether a mark is one of a row of stars, which parts sections: `* * *`."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start : text.find("\n", at) + 1 or None].strip()
    return len(line.split()) > 1 and ORNAMENT.match(line) is not None


def number(mark: str) -> int:
    """Return which note of a page or text a mark calls; 0 for a letter."""
    if (plain := mark.translate(FIGURES)).isdecimal():
        return int(plain)
    return len(mark) if mark.startswith("*") else SIGNS.find(mark[0]) + 1


def _series(page: Page, labels: Sequence[Label], before: int) -> Sequence[Label]:
    """Return the labels of the last block from the one that begins a series, or goes on with it."""
    top = _last_block(page, labels)
    last = [label for label in labels if label.line >= top]
    begins = [n for n, label in enumerate(last) if number(label.mark) in (1, before + 1)]
    series = last[begins[-1] :] if begins else []
    counted = all(number(b.mark) == number(a.mark) + 1 for a, b in pairwise(series))
    return series if series and counted and _is_note(page, series[0]) else []


def _last_block(page: Page, labels: Sequence[Label]) -> int:
    """Return the first line of a page below which each gap is followed by a label."""
    begun = {label.line for label in labels}
    top = below = len(page.lines)
    for index in range(len(page.lines) - 1, -1, -1):
        if page.lines[index].blank:
            if below < len(page.lines) and below not in begun:
                break
        else:
            below = index
            top = index if index in begun else top
    return top


def _is_note(page: Page, label: Label) -> bool:
    """Whether a gap or a rule parts a label from the text, and an item of a list is no note."""
    above = page.lines[label.line - 1] if label.line else None
    if above is None:
        return False
    ruled = RULE.fullmatch(page.text, above.text, above.stop) is not None
    return ruled or (above.blank and not label.match.group().endswith((".", ")")))
