"""A note at the page foot is called by a mark in the text and begins with the same mark.

The mark in the text is its callout, the mark at the foot its label (TEI P5 3.9.1). A label counts
only if its callout stands above it on the page, so a line that happens to begin with a number
stays what it is; a label without callout is reported and stays where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from encoder.model import Edition, Finding, Move, Span
from encoder.profile import Profile
from encoder.read.layout import Line

LABEL = re.compile(r"(\d{1,3}|\*{1,3}|[†‡§¶]{1,2})(?=\s+\S)")
ORNAMENT = re.compile(r"\*(?:\s*\*)*\s*$")
# A callout is glued to a letter or a closing sign, and no figure or letter follows it.
CALLOUT = r"(?<=[^\W\d_]|[.,;:!?…)\]”’»“\"']){}(?![\w*])"


@dataclass(frozen=True, slots=True)
class Note:
    """One note as printed: its mark, its label's and callout's offsets, its end."""

    mark: str
    label: int
    callout: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page."""

    lines: Sequence[Line]

    @property
    def start(self) -> int:
        """Offset at which the page begins."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Offset behind the page's last line."""
        return self.lines[-1].end


def find(edition: Edition, _profile: Profile) -> Iterator[Span | Move | Finding]:
    """Yield each note with its signs and its move, and a milestone where a block of them stood."""
    text, number = edition.source.text, 0
    for page in _pages(edition):
        notes = _foot(text, page)
        if notes:
            ids = [f"n{number + i}" for i in range(1, len(notes) + 1)]
            number += len(notes)
            # The line end above the block is read where the block stood; the block is moved.
            yield _milestone(notes[0].label - 1, ids)
            for note, id_ in zip(notes, ids, strict=True):
                yield from _encoded(note, id_)
        yield from _orphans(edition, page, notes)


def _pages(edition: Edition) -> list[Page]:
    lines = edition.layout.lines
    starts = [0, *(i for i in edition.layout.pages if i > 0), len(lines)]
    return [Page(lines[a:b]) for a, b in pairwise(starts) if a < b]


def _labels(text: str, page: Page) -> list[tuple[int, re.Match[str]]]:
    """Return the lines of a page that begin with a mark, and the match."""
    found = []
    for index, line in enumerate(page.lines):
        match = LABEL.match(text, line.text, line.stop)
        if match and not ORNAMENT.match(text, line.text, line.stop):
            found.append((index, match))
    return found


def _foot(text: str, page: Page) -> list[Note]:
    """Return the notes at the foot: from the first label that is called above it to the end."""
    for index, match in _labels(text, page):
        if _may_begin_foot(page, index):
            notes = _notes(text, page, index)
            if notes and notes[0].label == match.start():
                return notes
    return []


def _may_begin_foot(page: Page, index: int) -> bool:
    above = page.lines[index - 1] if index else None
    return above is not None and (above.blank or not above.open)


def _notes(text: str, page: Page, first: int) -> list[Note]:
    """Return the notes whose labels stand from line `first` on, each called above the foot."""
    foot = page.lines[first].start
    here = {"": page.start}
    found: list[tuple[str, int, int]] = []
    for index, match in _labels(text, page):
        if index < first:
            continue
        mark = match.group(1)
        series = "" if mark.isdigit() else mark
        callout = _callout(text, mark, here.get(series, page.start), foot)
        if callout is not None:
            here[series] = callout + len(mark)
            found.append((mark, match.start(), callout))
    ends = [*(label for _, label, _ in found[1:]), page.end]
    return [Note(*note, end) for note, end in zip(found, ends, strict=False)]


def _callout(text: str, mark: str, start: int, end: int) -> int | None:
    match = re.compile(CALLOUT.format(re.escape(mark))).search(text, start, end)
    return match.start() if match else None


def _milestone(offset: int, ids: list[str]) -> Span:
    corresp = " ".join(f"#{id_}" for id_ in ids)
    return Span(offset, offset, "milestone", {"unit": "notes", "corresp": corresp})


def _encoded(note: Note, id_: str) -> Iterator[Span | Move]:
    after_callout = note.callout + len(note.mark)
    attrs = {"xml:id": id_, "n": note.mark, "place": "bottom"}
    yield Move(note.label, note.end, note.callout)
    yield Span(note.label, after_callout, "note", attrs, by="ed")
    yield Span(note.label, note.label + len(note.mark), "sign", {"kind": "label"})
    yield Span(note.callout, after_callout, "sign", {"kind": "callout"})


def _orphans(edition: Edition, page: Page, notes: list[Note]) -> Iterator[Finding]:
    """Yield a finding for each label of a series the page's notes use that nothing calls."""
    if not notes:
        return
    taken = {note.label for note in notes}
    for _, match in _labels(edition.source.text, page):
        if match.start() > notes[0].label and match.start() not in taken:
            yield edition.finding(
                "note-without-callout",
                "warning",
                f"a line at the page foot begins with {match.group(1)!r}, "
                "but nothing above calls such a note",
                match.start(),
                hint="if it is a note, its callout was lost: correct the source's copy by decision",
            )
