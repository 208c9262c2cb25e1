"""A note is called where its mark stands above it: labels, notes, and the pages they stand on.

A callout is glued to what it follows, or in brackets; it begins no line, where it would be the
label of an item or of a note.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from encoder.read.layout import Line
from encoder.structure.note_forms import FORMS, MARKS, Form

ORNAMENT = re.compile(r"\*(?:\s*\*)*\s*$")
# What stands before the second figure of `1.2` at the beginning of a line.
COUNTED = re.compile(r"(?:^|\n)[ \t]*(?:\d{1,2}\.)+$")
BRACKETED = 200  # characters before a mark in which a bracket may open that is none of the mark's
LINE_START = re.compile(r"(?:^|[\r\n\f])[ \t\xa0]*$")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])[^*]*\Z")


class Label(NamedTuple):
    """A line that begins as a note does."""

    line: int
    form: Form
    match: re.Match[str]

    @property
    def mark(self) -> str:
        """The mark that the text calls it by."""
        return self.match.group(1)

    @property
    def look(self) -> tuple[Form, str]:
        """How it is printed: its form, and what stands behind its mark."""
        return self.form, self.match.group().rpartition(self.mark)[2]


Called = tuple[Label, tuple[int, int]]  # and its callout


class Note(NamedTuple):
    """One note: its label, where it is called, where it ends."""

    label: Label
    callout: tuple[int, int]
    end: int

    def said(self, text: str) -> str:
        """Return its callout as it is printed."""
        return text[slice(*self.callout)]

    @property
    def start(self) -> int:
        """Offset of its label."""
        return self.label.match.start()


class Page(NamedTuple):
    """The lines of one page, or of a text without pages."""

    text: str
    lines: Sequence[Line]

    @property
    def start(self) -> int:
        """Offset at which the page begins."""
        return self.lines[0].start

    def _may_label(self, line: Line) -> bool:
        """Whether a line begins with a mark, or with a letter and a bracket."""
        return self.text[line.text] in MARKS or self.text.startswith(")", line.text + 1)

    def labels(self) -> Iterator[Label]:
        """Yield the lines that begin as notes do, each in the first form that fits."""
        for index, line in enumerate(self.lines):
            if line.blank or not self._may_label(line):
                continue
            if ORNAMENT.match(self.text, line.text, line.stop):
                continue
            matches = ((form, form.label.match(self.text, line.text, line.stop)) for form in FORMS)
            first = next(((form, match) for form, match in matches if match), None)
            if first:
                yield Label(index, *first)


def callout_of(
    page: Page, label: Label, start: int, end: int, labels: Collection[int] = ()
) -> tuple[int, int] | None:
    """Return the first callout of a label between two offsets, if one is there.

    `labels`: where notes begin, whose labels look as their callouts do.
    """
    for match in label.form.calls(label.mark).finditer(page.text, start, end):
        above = page.text[max(match.start() - 12, 0) : match.start()]
        starts = LINE_START.search(above)
        apart = match.start() not in labels and not starts and not COUNTED.search(above)
        if apart and not _closes_emphasis(page.text, match):
            return match.start(), match.end() - _closes_bracket(page.text, match)
    return None


def _closes_bracket(text: str, callout: re.Match[str]) -> bool:
    """Whether the bracket behind a mark closes one that opens before it in the text."""
    before = text[max(callout.start() - BRACKETED, 0) : callout.start()]
    glued = callout.group()[-1] == ")" and callout.group()[0] != "(" and before[-1:].isalpha()
    return glued and before.rfind("(") > before.rfind(")")


def _closes_emphasis(text: str, callout: re.Match[str]) -> bool:
    """Whether a star ends words that a star before them begins."""
    line = text.rfind("\n", 0, callout.start()) + 1
    return "*" in callout.group() and bool(EMPHASIS.search(text, line, callout.start()))
