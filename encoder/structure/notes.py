"""A note is called by a mark in the text and begins with the same mark where it is printed.

The mark in the text is its callout, the one before the note its label (TEI P5 3.9.1). A label
counts only if its callout stands before it, so a line that happens to begin with a number stays
what it is. On pages, notes stand at the foot; without pages, between paragraphs or at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from encoder.blocks import terms
from encoder.edition import Edition
from encoder.lexicon import pattern
from encoder.model import WHITE_CHARS, Finding, Move, Span
from encoder.profile import Profile
from encoder.read.layout import Line
from encoder.structure.apart import called_apart
from encoder.structure.apart import number as number_of
from encoder.structure.calls import Called, Label, Note, Page, callout_of
from encoder.structure.heads import in_capitals, worded
from encoder.structure.note_forms import FORMS, SURE
from encoder.structure.runon import RULE, Rest, rest

NEAR = 8  # lines above notes in which the word for them stands
LONG = 40  # lines of the paragraphs that one note has behind its first at the most
INSIDE = 2  # columns by which Markdown sets in what belongs to a note
SKIPPED = 2  # numbers by which one note of a series may follow another: one may be lost


class Last(NamedTuple):
    """The last note of a page, its id, and what of it stands there: it may run on over the next."""

    page: Page
    note: Note
    id: str
    piece: tuple[int, int]


def find(edition: Edition, profile: Profile) -> Iterator[Span | Move | Finding]:
    """Yield each note with its signs and its move, and a milestone where a block of them stood."""
    paged, number, before = _paged(edition, profile), 0, 0
    known: dict[str, list[tuple[int, str]]] = {}
    taken: list[tuple[int, int]] = []
    last: Last | None = None
    for page in _pages(edition, paged):
        notes = _at_foot(page, last, before) if paged else _between(edition, page, profile)
        over = _runs_on(page, last, notes) if last else None
        if last and over:
            yield from _run_on(edition, last, over)
            if not notes:
                yield from _milestone(page, over, [last.id])
        # What is not gone on with on the next page is at an end.
        last = last._replace(page=page, piece=(over.start, over.end)) if last and over else None
        for block in _together(page.text, notes):
            ids = [f"n{number + i}" for i in range(1, len(block) + 1)]
            number += len(block)
            before = number_of(block[-1].label.mark)
            first = Rest(block[0].label.line, block[0].start, block[0].end)
            told = [last.id, *ids] if last and over else ids
            yield from _milestone(page, over or first, told)
            ended = not paged and (block[-1].end >= _last(page).stop or _is_apart(page, block[0]))
            place = "end" if ended else "bottom"
            for note, id_ in zip(block, ids, strict=True):
                known.setdefault(note.said(page.text), []).append((note.callout[0], id_))
                taken += [note.callout, note.label.match.span()]
                yield from _encoded(page.text, note, id_, place)
            piece = block[-1].start, block[-1].end
            over, last = None, Last(page, block[-1], ids[-1], piece) if paged else None
        yield from _orphans(edition, page, notes)
    yield from _called_again(edition, known, taken)


def _runs_on(page: Page, last: Last, notes: Sequence[Note]) -> Rest | None:
    """Return what of a page goes on with the last note of the page right before it."""
    foot = notes[0].label.line if notes else None
    return rest(page.text, last.piece, last.page.lines, page.lines, foot)


def _run_on(edition: Edition, last: Last, over: Rest) -> Iterator[Span | Move]:
    """Yield where a note goes on: it is moved to its callout too, its page told in it."""
    pages = (span for span in edition.tagged("pb") if span.start <= over.start)
    page = max(pages, key=lambda span: span.start, default=None)
    if page:
        told = {"unit": "page", "n": page.attrs["n"], "corresp": f"#{page.attrs['xml:id']}"}
        yield Span(over.start, over.start, "milestone", told)
    yield Move(over.start, over.end, last.note.callout[0])


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


def _at_foot(page: Page, last: Last | None, before: int) -> list[Note]:
    """Return the notes at the foot: from the first label that is called above it to the end.

    The first of them may be called on the page before, where `last` is its last note; `before` is
    the number of the last note of any.
    """
    labels = list(page.labels())
    called = _first_called(page, labels, last) or called_apart(page, labels, before)
    starts = (later.match.start() for later, _ in called[1:])
    ends = [*starts, _last(page).end]
    return [Note(*note, end) for note, end in zip(called, ends, strict=False)]


def _first_called(page: Page, labels: list[Label], last: Last | None) -> list[Called]:
    """Return the first label that is called above it and those below that are called, too."""
    for index, label in enumerate(labels):
        foot = page.lines[label.line].start
        # Hardly any label is called: those below are looked for only where one is.
        called = _may_begin(page, label) and _called(page, [label], foot, last)
        if called and not _is_rivalled(page, label, labels[index + 1 :], last):
            return _called(page, labels[index:], foot, last)
    return []


def _may_begin(page: Page, label: Label) -> bool:
    above = page.lines[label.line - 1] if label.line else None
    return above is not None and (above.blank or not above.open)


def _is_rivalled(page: Page, label: Label, below: Sequence[Label], last: Last | None) -> bool:
    """Whether a label is a heading's or an item's, since a note below it has the same number.

    Of the two the note is the one that looks as the last note did; else the one nearer the foot.
    """
    foot = page.lines[label.line].start
    rival = any(
        later.mark == label.mark
        and _may_begin(page, later)
        and not (last and label.look == last.note.label.look != later.look)
        and _called(page, [later], foot, last)
        for later in below
    )
    return label.mark.isalnum() and rival


def _called(page: Page, labels: list[Label], foot: int, last: Last | None) -> list[Called]:
    """Return the labels that are called above the foot, with their callouts, in their order."""
    here: dict[str, int] = {}
    found: list[Called] = []
    for label in labels:
        series = "" if label.mark.isdigit() else label.mark
        callout = callout_of(page, label, here.get(series, page.start), foot)
        if callout is None and last and not found:
            callout = _called_before(label, last)
        if callout:
            here[series] = max(callout[1], page.start)
            found.append((label, callout))
    return found


def _called_before(label: Label, last: Last) -> tuple[int, int] | None:
    """Return the callout on the page before of a note that follows the last of that page."""
    mark = last.note.label.mark
    if not (label.mark.isdecimal() and mark.isdecimal() and int(label.mark) == int(mark) + 1):
        return None
    start = last.note.callout[1]
    above = last.page.start <= start < last.note.start
    return callout_of(last.page, label, start, last.note.start) if above else None


def _between(edition: Edition, page: Page, profile: Profile) -> list[Note]:
    """Return the notes of a text without pages: each ends where its paragraph or bracket does."""
    unwrapped = edition.layout.unwrapped
    notes: list[Note] = []
    here: dict[object, int] = {}  # behind the last of a series; up to where one was not found
    labels: set[int] = set()
    for label in page.labels():
        start = label.match.start()
        inside = bool(notes) and start < notes[-1].end
        if inside or not (unwrapped or _may_begin(page, label)) or not _in_turn(label, notes):
            continue
        series = "" if label.mark.isdigit() else label.mark
        begin = max(here.get(series, page.start), here.get((label.form, label.mark), 0))
        callout = callout_of(page, label, begin, start, labels)
        end = _end(page, label, unwrapped) if callout else None
        if not callout:
            here[label.form, label.mark] = start
        elif end:
            here[series] = callout[1]
            notes.append(Note(label, callout, end))
            labels.add(start)
    return list(_lengthened(page, notes, profile))


def _lengthened(page: Page, notes: Sequence[Note], profile: Profile) -> Iterator[Note]:
    """Yield the notes, those below the word for them with all paragraphs up to the next."""
    called = sorted(note.callout[0] for note in notes)
    headed = False
    for note, below in zip_longest(notes, notes[1:]):
        headed = headed or _headed(page, note.label.line)
        stop = below.label.line if below else note.label.line
        between = page.lines[note.label.line + 1 : stop]
        over = [line for line in between if line.text >= note.end and not line.blank]
        text = bisect_left(called, note.end) < bisect_left(called, below.start) if below else True
        if headed and over and not text and not _divided(page.text, over, profile):
            yield note._replace(end=over[-1].stop)
        else:
            headed = headed and not over
            yield note


def _divided(text: str, lines: Sequence[Line], profile: Profile) -> bool:
    """Whether a heading stands among lines, or more than a note has paragraphs of."""
    said = (text[line.text : line.stop] for line in lines)
    return len(lines) > LONG or any(
        line.startswith("#") or in_capitals(line) or worded(line, profile) for line in said
    )


def _headed(page: Page, index: int) -> bool:
    """Whether the word for notes stands above a line."""
    lines = reversed(page.lines[max(index - NEAR, 0) : index])
    above = next((line for line in lines if not line.blank), None)
    said = page.text[above.text : above.stop] if above else ""
    return bool(said) and not RULE.fullmatch(said) and _heads_notes(said)


def _is_apart(page: Page, note: Note) -> bool:
    """Whether the word for notes stands over a note, perhaps over chapters' headings as well."""
    words = pattern("parts", "notes", "").finditer(page.text, note.callout[1], note.start)
    lines = (
        page.text[page.text.rfind("\n", 0, w.start()) + 1 : page.text.find("\n", w.end())]
        for w in words
    )
    return any(_heads_notes(line.strip()) for line in lines)


def _last(page: Page) -> Line:
    """Return the last line of a page on which something is printed."""
    return next((line for line in reversed(page.lines) if not line.blank), page.lines[0])


def _in_turn(label: Label, notes: Sequence[Note]) -> bool:
    """Whether a figure or letter that could be anything begins a series of notes or goes on."""
    if not label.form.bare:
        return True
    before = next((n.label for n in reversed(notes) if n.label.form is label.form), None)
    number = _number(label)
    return number == 1 or (before is not None and 0 < number - _number(before) <= SKIPPED)


def _number(label: Label) -> int:
    return int(label.mark) if label.mark.isdecimal() else ord(label.mark) - ord("a") + 1


def _end(page: Page, label: Label, unwrapped: bool) -> int | None:
    """Return where a note ends; nothing where its bracket does not close at a line's end."""
    if label.form.closed:
        return _closing(page, label)
    last = label.line
    while not unwrapped and last + 1 < len(page.lines) and not _ends_note(page, last):
        last += 1
    return page.lines[_set_in(page, last) if label.form.indented else last].stop


def _set_in(page: Page, last: int) -> int:
    """Return the last line of the paragraphs below a Markdown note that are set in: its own."""
    for index in range(last + 1, len(page.lines)):
        line = page.lines[index]
        if not line.blank and line.indent < INSIDE:
            break
        last = last if line.blank else index
    return last


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


def _milestone(page: Page, first: Rest, ids: list[str]) -> Iterator[Span]:
    """Yield the milestone of a block of notes; a rule or heading printed above it is its sign."""
    attrs = {"unit": "notes", "corresp": " ".join(f"#{id_}" for id_ in ids)}
    before = (page.lines[index] for index in range(first.line - 1, -1, -1))
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
            if match[1].isalpha() and text[start - 1].isalpha():  # a letter that was restored
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
        sure = label.form.indented  # such a label is nothing else
        if (sure or notes[0].start < start < notes[-1].end) and start not in taken:
            yield edition.finding(
                "note-without-callout",
                "warning",
                f"a line among the notes begins with {label.mark!r}, "
                "but nothing before it calls such a note",
                start,
                hint="if it is a note, its callout was lost: correct the source's copy by decision",
            )
