"""A note is called by a mark in the text and begins with the same mark where it is printed.

The mark in the text is its callout, the one before the note its label (TEI P5 3.9.1). A label
counts only if its callout stands before it, so a line that happens to begin with a number stays
what it is. On pages, notes stand at the foot; without pages, between paragraphs or at the end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from encoder.blocks import terms
from encoder.lexicon import pattern
from encoder.model import WHITE_CHARS, Edition, Finding, Move, Span
from encoder.profile import Profile
from encoder.read.layout import Line


class Form(NamedTuple):
    """One way to print notes: their labels, their callouts, and whether a bracket closes them.

    `inline`: a callout never begins a line, where it would be the label of an item. `bare`: it may
    be anything else, so that only its turn in a series makes it one.
    """

    label: re.Pattern[str]
    callout: str
    closed: bool = False
    inline: bool = False
    bare: bool = False


# A mark that stands alone is glued to a letter or a sign, and no figure or letter follows it; in
# `2.1` it is glued to no sign.
GLUED = r"(?<=[^\W\d_]|[.,;:!?…)\]”’»“\"'])(?<!(?<!\d)\d[.,]){}(?![\w*])"
# A letter glued to a letter is one of its word.
AFTER_SIGN = r"(?:(?<=[^\W\d_])(?=\d)|(?<=[.,;:!?…)\]”’»“\"'])){}(?![\w*])"
FORMS = (
    Form(re.compile(r"\[\^([^\]\s]+)\]:"), r"(?<=\S)\[\^{}\]|\[\^{}\](?!:)"),
    Form(re.compile(r"\[(?:Footnote|Note|Fu(?:ß|ss)note|Fotnot)\s+([^\s:]+):"), r"\[{}\]", True),
    Form(re.compile(r"\[(\d{1,3}|[a-z]|\*{1,3})\](?=\s)"), r"\[{}\]"),
    Form(re.compile(r"\((\d{1,3}|[a-z]|\*{1,3}|[†‡§])\)(?=\s)"), r"\({}\)", inline=True),
    Form(
        re.compile(r"(\d{1,3}|[a-z])\)(?=\s+\S)"),
        rf"(?<![\w(]){{}}\)|{AFTER_SIGN}",
        inline=True,
        bare=True,
    ),
    Form(re.compile(r"(\d{1,3})\.?(?=\s+\S)"), GLUED, bare=True),
    Form(re.compile(r"([⁰¹²³⁴-⁹]+)(?=\s*\S)"), GLUED),
    Form(re.compile(r"(\*{1,3}|[†‡§¶]{1,2})[.)]?(?=\s+\S)"), GLUED),
)
# What a label can begin with: most lines do not, and need not be looked at.
MARKS = frozenset("[(0123456789*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹")
# Callouts that are nothing else: whatever else they call, they call a note.
SURE = (r"\[\^([^\]\s]+)\]", r"\[(\d{1,3}|[a-z]|\*{1,3})\]", r"([⁰¹²³⁴-⁹]+)")
ORNAMENT = re.compile(r"\*(?:\s*\*)*\s*$")
# What stands before the second figure of `1.2` at the beginning of a line.
COUNTED = re.compile(r"(?:^|\n)[ \t]*(?:\d{1,2}\.)+$")
LINE_START = re.compile(r"(?:^|[\r\n\f])[ \t\xa0]*$")
BLOCK_START = re.compile(r"(?:^|\f|(?:\r\n?|\n)[ \t\xa0]*(?:\r\n?|\n))[ \t\xa0]*$")
RULE = re.compile(r"[_–—-]{3,}")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])[^*]*\Z")
SKIPPED = 2  # numbers by which one note of a series may follow another: one may be lost


class Label(NamedTuple):
    """A line that begins as a note does."""

    line: int
    form: Form
    match: re.Match[str]

    @property
    def mark(self) -> str:
        """The mark that the text calls it by."""
        return self.match.group(1)


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


def find(edition: Edition, profile: Profile) -> Iterator[Span | Move | Finding]:
    """Yield each note with its signs and its move, and a milestone where a block of them stood."""
    paged, number = _paged(edition, profile), 0
    printed = len(edition.source.text.rstrip(WHITE_CHARS))
    known: dict[str, list[tuple[int, str]]] = {}
    taken: list[tuple[int, int]] = []
    for page in _pages(edition, paged):
        notes = _at_foot(page) if paged else _between(page, edition.layout.unwrapped)
        for block in _together(page.text, notes):
            ids = [f"n{number + i}" for i in range(1, len(block) + 1)]
            number += len(block)
            yield from _milestone(page, block[0], ids)
            place = "bottom" if paged or block[-1].end < printed else "end"
            for note, id_ in zip(block, ids, strict=True):
                known.setdefault(note.said(page.text), []).append((note.callout[0], id_))
                taken += [note.callout, note.label.match.span()]
                yield from _encoded(page.text, note, id_, place)
        yield from _orphans(edition, page, notes)
    yield from _called_again(edition, known, taken)


def _paged(edition: Edition, profile: Profile) -> bool:
    """Whether notes stand at the foot of pages: the project says so, or there are pages."""
    seen = bool(edition.layout.pages)
    return seen if profile.notes_at == "auto" else profile.notes_at == "pages"


def _pages(edition: Edition, paged: bool) -> list[Page]:
    lines = edition.layout.lines
    starts = [0, *(i for i in edition.layout.pages if i > 0 and paged), len(lines)]
    # What a distributor added calls no notes, and has none; nor has what every page bears.
    apart = terms(edition)
    furniture = {(span.start, span.end) for span in edition.tagged("fw")}
    pages = (
        [
            line
            for line in lines[a:b]
            if (line.text, line.stop) not in furniture
            and not any(x <= line.start < y for x, y in apart)
        ]
        for a, b in pairwise(starts)
    )
    return [Page(edition.source.text, page) for page in pages if page]


def _at_foot(page: Page) -> list[Note]:
    """Return the notes at the foot: from the first label that is called above it to the end."""
    labels = list(page.labels())
    for index, label in enumerate(labels):
        if _may_begin(page, label):
            called = _called(page, labels[index:], page.lines[label.line].start)
            if called and called[0][0] is label:
                starts = (later.match.start() for later, _ in called[1:])
                ends = [*starts, page.lines[-1].end]
                return [Note(*note, end) for note, end in zip(called, ends, strict=True)]
    return []


def _may_begin(page: Page, label: Label) -> bool:
    above = page.lines[label.line - 1] if label.line else None
    return above is not None and (above.blank or not above.open)


def _called(page: Page, labels: list[Label], foot: int) -> list[tuple[Label, tuple[int, int]]]:
    """Return the labels that are called above the foot, with their callouts, in their order."""
    here: dict[str, int] = {}
    found = []
    for label in labels:
        series = "" if label.mark.isdigit() else label.mark
        callout = _callout(page, label, here.get(series, page.start), foot)
        if callout:
            here[series] = callout[1]
            found.append((label, callout))
    return found


def _callout(
    page: Page, label: Label, start: int, end: int, labels: Collection[int] = ()
) -> tuple[int, int] | None:
    pattern = re.compile(label.form.callout.replace("{}", re.escape(label.mark)))
    for match in pattern.finditer(page.text, start, end):
        above = page.text[max(match.start() - 12, 0) : match.start()]
        starts = (LINE_START if label.form.inline else BLOCK_START).search(above)
        apart = match.start() not in labels and not starts and not COUNTED.search(above)
        if apart and not _closes_emphasis(page.text, match):
            return match.span()
    return None


def _closes_emphasis(text: str, callout: re.Match[str]) -> bool:
    """Whether a star ends words that a star before them begins."""
    line = text.rfind("\n", 0, callout.start()) + 1
    return "*" in callout.group() and bool(EMPHASIS.search(text, line, callout.start()))


def _between(page: Page, unwrapped: bool) -> list[Note]:
    """Return the notes of a text without pages: each ends where its paragraph or bracket does."""
    notes: list[Note] = []
    here: dict[str, int] = {}
    labels: set[int] = set()
    for label in page.labels():
        start = label.match.start()
        inside = bool(notes) and start < notes[-1].end
        if inside or not (unwrapped or _may_begin(page, label)) or not _in_turn(label, notes):
            continue
        series = "" if label.mark.isdigit() else label.mark
        callout = _callout(page, label, here.get(series, page.start), start, labels)
        end = _end(page, label, unwrapped) if callout else None
        if callout and end:
            here[series] = callout[1]
            notes.append(Note(label, callout, end))
            labels.add(start)
    return notes


def _in_turn(label: Label, notes: Sequence[Note]) -> bool:
    """Whether a figure or letter that could be anything begins a series of notes or goes on."""
    if not label.form.bare:
        return True
    before = next((n.label for n in reversed(notes) if n.label.form is label.form), None)
    number, last = _number(label), _number(before) if before else 0
    return number == 1 or 0 < number - last <= SKIPPED


def _number(label: Label) -> int:
    return int(label.mark) if label.mark.isdecimal() else ord(label.mark) - ord("a") + 1


def _end(page: Page, label: Label, unwrapped: bool) -> int | None:
    """Return where a note ends; nothing where its bracket does not close at a line's end."""
    if label.form.closed:
        return _closing(page, label)
    last = label.line
    while not unwrapped and last + 1 < len(page.lines) and not _ends_note(page, last):
        last += 1
    return page.lines[last].stop


def _ends_note(page: Page, index: int) -> bool:
    """Whether a note ends with a line: a gap or another label follows."""
    below = page.lines[index + 1]
    if below.blank:
        return True
    return any(form.label.match(page.text, below.text, below.stop) for form in FORMS)


def _closing(page: Page, label: Label) -> int | None:
    depth = 0
    for index in range(label.line, len(page.lines)):
        line = page.lines[index]
        said = page.text[line.text : line.stop]
        depth += said.count("[") - said.count("]")
        if depth <= 0:
            return line.stop if depth == 0 and said.endswith("]") else None
    return None


def _together(text: str, notes: list[Note]) -> Iterator[list[Note]]:
    """Yield the notes that stand together, nothing but white space between them."""
    block: list[Note] = []
    for note in notes:
        if block and text[block[-1].end : note.start].strip(WHITE_CHARS):
            yield block
            block = []
        block.append(note)
    if block:
        yield block


def _milestone(page: Page, first: Note, ids: list[str]) -> Iterator[Span]:
    """Yield the milestone of a block of notes; a rule or heading printed above it is its sign."""
    attrs = {"unit": "notes", "corresp": " ".join(f"#{id_}" for id_ in ids)}
    before = (page.lines[index] for index in range(first.label.line - 1, -1, -1))
    above = next((line for line in before if not line.blank), None)
    if above and _heads_notes(page.text[above.text : above.stop]):
        yield Span(above.text, above.stop, "milestone", attrs)
        yield Span(above.text, above.stop, "sign", {"kind": "pre"})
    else:
        # The line end above is read where the block stood; the block itself is moved.
        yield Span(first.start - 1, first.start - 1, "milestone", attrs)


def _heads_notes(line: str) -> bool:
    """Whether a line stands over notes: a rule, or the word for them."""
    said = line.strip(" #*_=:.-—–[]")
    return bool(RULE.fullmatch(line) or pattern("parts", "notes", "").fullmatch(said))


def _encoded(text: str, note: Note, id_: str, place: str) -> Iterator[Span | Move]:
    label, (start, end) = note.label.match, note.callout
    attrs = {"xml:id": id_, "n": note.label.mark, "place": place}
    yield Move(note.start, note.end, start)
    yield Span(note.start, end, "note", attrs, by="ed")
    glued = text[label.end()] not in WHITE_CHARS
    yield Span(*label.span(), "sign", {"kind": "pre" if glued else "label"})
    if note.label.form.closed:
        yield Span(note.end - 1, note.end, "sign", {"kind": "post"})
    yield Span(start, end, "sign", {"kind": "callout"})


def _called_again(
    edition: Edition, known: Mapping[str, list[tuple[int, str]]], taken: Sequence[tuple[int, int]]
) -> Iterator[Span | Finding]:
    """Yield a pointer for a second callout to a note, and a finding for one that calls none."""
    text, marked = edition.source.text, {start for start, _ in taken}
    for form in SURE:
        alike = [said for said in known if re.fullmatch(form, said)]
        for match in re.finditer(form, text) if alike else ():
            start, end = match.span()
            if start in marked or not start or text[start - 1] in "\r\n\f":
                continue
            notes = [id_ for called, id_ in known.get(match.group(), ()) if called < start]
            if notes:
                attrs = {"type": "noteref", "n": match[1], "target": f"#{notes[-1]}"}
                yield Span(start, end, "ptr", attrs)
                yield Span(start, end, "sign", {"kind": "callout"})
            elif edition.layout.pages == () or not match[1].isdigit():
                yield edition.finding(
                    "callout-without-note",
                    "warning",
                    f"{match.group()!r} calls a note, but no note bears that mark",
                    start,
                    hint="if it is a callout, its note was lost: look at the original",
                )


def _orphans(edition: Edition, page: Page, notes: list[Note]) -> Iterator[Finding]:
    """Yield a finding for each label among the page's notes that nothing calls."""
    taken = {note.start for note in notes}
    for label in page.labels() if notes else ():
        start = label.match.start()
        if notes[0].start < start < notes[-1].end and start not in taken:
            yield edition.finding(
                "note-without-callout",
                "warning",
                f"a line among the notes begins with {label.mark!r}, "
                "but nothing before it calls such a note",
                start,
                hint="if it is a note, its callout was lost: correct the source's copy by decision",
            )
