"""A list is a run of items, each with a mark of its own: a bullet, a number, a letter.

Numbers and letters count only where they follow each other, dashes only where nobody speaks: a dash
before a sentence is how a dialogue is printed. A mark set in deeper than the last begins a list
within its item. The mark is kept as the item's label (TEI P5 3.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, islice, pairwise, takewhile
from typing import NamedTuple

from encoder.blocks import blocks, parted, unclaimed
from encoder.bonds import had_room
from encoder.edition import Edition
from encoder.model import Span
from encoder.profile import Profile
from encoder.read.layout import Line
from encoder.roman import number_of

BULLETS = "-*+•◦‣▪▫●○■□–—·∙"
DASHES = "-–—"
MARK = re.compile(
    rf"(?:([{BULLETS}]|o(?=[^\S\n]{{2}}))"
    r"|(\(?)(?:(\d{1,3})|([ivxlc]{1,7}|[IVXLC]{1,7})|([a-zA-Z]))([.)]))[^\S\n]+\S"
)
BULLETED = frozenset(f"{BULLETS}o")  # a typist's bullet may be an o
FIRST = BULLETED | frozenset("(0123456789")
NEXT = frozenset(".)ivxlcIVXLC")
SPOKEN = re.compile(r"[.!?…][\"'”’»“)]*$")
NAMED = object()  # what holds a line that some finder has named
FAR = 16  # characters from which a paragraph is no more of an item above it
DEEPER = 2  # characters that a list within an item is set in at the least


class Mark(NamedTuple):
    """The mark of an item: what it is called in its series, its places in it, and its extent.

    A letter such as `i` may be a letter or a Roman number: it has two readings.
    """

    readings: tuple[tuple[str, int], ...]
    start: int
    end: int


class Entry(NamedTuple):
    """A line as lists see it: how far in it stands, and how it follows the line above.

    `new`: it begins a block; `gap`: something stands between, if only a blank line.
    """

    line: Line
    column: int
    mark: Mark | None
    new: bool
    gap: bool


@dataclass
class Item:
    """An item: its entries, the marked one first."""

    mark: Mark
    entries: list[Entry]


@dataclass
class Series:
    """Items whose marks follow each other at one column.

    `margin`: how far in the paragraph above them begins, if not all its lines are set in so.
    """

    kind: str
    column: int
    value: int
    margin: int = 0
    items: list[Item] = field(default_factory=list)


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield each list with its items and their marks."""
    for entries in list(_stretches(edition)):
        yield from _lists(edition.source.text, entries, profile, profile.list_depth)


def _stretches(edition: Edition) -> Iterator[list[Entry]]:
    """Yield the lines of the body that follow each other, nothing named between them."""
    text = edition.source.text
    lines = (line for block in unclaimed(edition) for line in block.lines)
    if len(list(islice(filter(partial(_mark, text), lines), 2))) < 2:
        return
    holders = {line: b.note for b in unclaimed(edition) if not b.in_note for line in b.lines}
    whole = [block.lines for block in blocks(edition) if not block.in_note]
    # What is named ends a list, and so does the edge of a quotation.
    stretches = groupby(_entries(text, whole), key=lambda entry: id(holders.get(entry.line, NAMED)))
    yield from (list(stretch) for holder, stretch in stretches if holder != id(NAMED))


def _entries(text: str, whole: Iterable[Sequence[Line]]) -> Iterator[Entry]:
    """Yield the lines of blocks as entries."""
    above: Line | None = None
    for lines in whole:
        new = True
        for line in lines:
            gap = new and above is not None and parted(text, above, line)
            yield Entry(line, line.indent, _mark(text, line), new, gap)
            above, new = line, False


def _mark(text: str, line: Line) -> Mark | None:
    first = text[line.text]
    if first not in FIRST:
        # A letter counts where a point or a bracket follows, perhaps behind more of a numeral.
        near = text[line.text + 1 : line.text + 2]
        if not (first.isascii() and first.isalpha()) or near not in NEXT:
            return None
    match = MARK.match(text, line.text, line.stop)
    if match is None:
        return None
    bullet, opening, number, roman, letter, closing = match.groups()
    end = match.end(1) if bullet else match.end(6)
    if opening and closing != ")":
        return None
    form = f"{opening}{{}}{closing}"
    found = tuple(_readings(bullet, number, roman, letter, form))
    return Mark(found, line.text, end)


def _readings(
    bullet: str | None, number: str | None, roman: str | None, letter: str | None, form: str
) -> Iterator[tuple[str, int]]:
    if bullet:
        yield bullet, 0
    elif number:
        yield form.format("1"), int(number)
    elif roman:
        yield form.format("i" if roman.islower() else "I"), number_of(roman)
        letter = roman if len(roman) == 1 else None
    if letter:
        yield form.format("a" if letter.islower() else "A"), ord(letter.lower()) - ord("a") + 1


def _lists(text: str, entries: Sequence[Entry], profile: Profile, depth: int) -> Iterator[Span]:
    """Yield the lists among lines, and those within their items."""
    for series, _end in _series_among(text, entries, profile.list_items) if depth else ():
        yield from _encoded(text, series, profile, depth)


def _series_among(text: str, entries: Sequence[Entry], least: int) -> Iterator[tuple[Series, int]]:
    """Yield the lists of as many items at the least, and the index behind each."""
    index, margins = 0, list(_margins(entries))
    while index < len(entries):
        margin = margins[index]
        found = _series(text, entries, index, least, margin) if entries[index].mark else None
        if found:
            yield found
        index = found[1] if found else index + 1


def _series(
    text: str, entries: Sequence[Entry], start: int, least: int, margin: int
) -> tuple[Series, int] | None:
    """Return the list that begins with an entry, and the index behind it, if one does."""
    mark = entries[start].mark
    for kind, value in mark.readings if mark else ():
        empty = Series(kind, entries[start].column, value, margin)
        series, end = _collected(text, entries, start, empty)
        above = entries[start - 1] if start else None
        if len(series.items) >= least and _is_list(text, series, above):
            return series, end
    return None


def _margins(entries: Sequence[Entry]) -> Iterator[int]:
    """Yield how far in the last paragraph above each entry begins; 0 where all its lines do."""
    first = least = lines = 0
    for entry in entries:
        yield first if lines == 1 or least < first else 0
        if entry.new:
            first, least, lines = entry.column, entry.column, 1
        elif lines:
            least, lines = min(least, entry.column), lines + 1


def _collected(
    text: str, entries: Sequence[Entry], start: int, series: Series
) -> tuple[Series, int]:
    value, index = series.value - 1, start
    while index < len(entries):
        entry = entries[index]
        step = _step(entry, series, value)
        if step is not None and entry.mark:
            series.items.append(Item(entry.mark, [entry]))
            value = step
        elif index == start or not _goes_on(text, series, entries[index - 1 : index + 2]):
            break
        else:
            series.items[-1].entries.append(entry)
        index += 1
    return series, index


def _step(entry: Entry, series: Series, value: int) -> int | None:
    """Return the value of an entry whose mark is the next of a series."""
    if entry.mark is None or abs(entry.column - series.column) >= DEEPER:
        return None
    for kind, found in entry.mark.readings:
        if kind == series.kind and (found == value + 1 or not found):
            return found
    return None


def _goes_on(text: str, series: Series, near: Sequence[Entry]) -> bool:
    """Whether a line belongs to the item above it: the second of those that are near."""
    above, entry, *below = near
    set_in = entry.column >= series.column + DEEPER
    if entry.gap:
        near_by = entry.column < series.column + FAR and entry.column != series.margin
        return set_in and near_by and not _only_begins(series, below)
    if set_in or entry.mark:
        return set_in
    hanging = any(
        one.column >= series.column + DEEPER for item in series.items for one in item.entries[1:]
    )
    return not entry.new and not hanging and not _had_room(text, above.line, entry.line)


def _only_begins(series: Series, below: Sequence[Entry]) -> bool:
    """Whether a paragraph is set in with its first line alone: it is none of an item."""
    return any(not (one.gap or one.mark) and one.column < series.column + DEEPER for one in below)


def _had_room(text: str, above: Line, below: Line) -> bool:
    """Whether a line ended although it would be no wider than the next with its first word."""
    return had_room(text, above, below, above.indent + below.stop - below.text)


def _is_list(text: str, series: Series, above: Entry | None) -> bool:
    """Whether marks that follow each other are those of a list."""
    if series.kind in DASHES:
        return not _is_dialogue(text, series, above)
    if series.kind not in BULLETED and series.value > 1 and len(series.items) < 3:
        return False
    return not _is_verse(text, series)


def _is_dialogue(text: str, series: Series, above: Entry | None) -> bool:
    """Whether dashes begin what somebody says: sentences, with nothing that shows a list."""
    announced = above is not None and text[above.line.stop - 1] == ":"
    hanging = any(
        entry.column > series.column for item in series.items for entry in item.entries[1:]
    )
    if series.kind == "-" and (announced or hanging):
        return False
    ends = [text[item.entries[-1].line.text : item.entries[-1].line.stop] for item in series.items]
    spoken = sum(SPOKEN.search(end) is not None for end in ends)
    return 2 * spoken > len(ends) or (series.kind != "-" and not announced)


def _is_verse(text: str, series: Series) -> bool:
    """Whether the items are numbered stanzas: several lines each, that begin with a capital.

    What stands behind a gap may be a refrain.
    """
    firsts = (takewhile(lambda one: not (one.gap or one.mark), i.entries[1:]) for i in series.items)
    below = [entry for first in firsts for entry in first]
    if len(below) < len(series.items):
        return False
    return all(
        entry.column <= series.column + 4 and text[entry.line.text].isupper() for entry in below
    )


# What a list is written as.


def _encoded(text: str, series: Series, profile: Profile, depth: int) -> Iterator[Span]:
    rend = "bulleted" if series.kind in BULLETED else "numbered"
    last = series.items[-1].entries[-1].line
    yield Span(series.items[0].mark.start, last.stop, "list", {"rend": rend})
    for item in series.items:
        yield Span(item.mark.start, item.entries[-1].line.stop, "item")
        yield Span(item.mark.start, item.mark.end, "sign", {"kind": "label"})
        yield from _within(text, item, profile, depth)


def _within(text: str, item: Item, profile: Profile, depth: int) -> Iterator[Span]:
    """Yield what an item holds: lists, and paragraphs where it has several."""
    below = item.entries[1:]
    # Within an item one mark is a list, if it is set in or the first of a series.
    among = _series_among(text, below, 1) if depth > 1 else ()
    inner = [s for s, _ in among if len(s.items) >= profile.list_items or _is_one(s, item)]
    for series in inner:
        yield from _encoded(text, series, profile, depth - 1)
    named = {entry.line for s in inner for one in s.items for entry in one.entries}
    paragraphs = list(_paragraphs(item, named))
    if len(paragraphs) > 1:
        yield from (Span(start, end, "p") for start, end in paragraphs)


def _is_one(series: Series, item: Item) -> bool:
    """Whether a single item is a list within another: its mark is set in, and a first one."""
    deeper = series.column >= item.entries[0].column + DEEPER
    return deeper and (series.kind in BULLETED or series.value == 1)


def _paragraphs(item: Item, named: set[Line]) -> Iterator[tuple[int, int]]:
    start, end = item.mark.end + 1, item.entries[0].line.stop
    for above, entry in pairwise(item.entries):
        if entry.line in named:
            continue
        if entry.gap or above.line in named:
            yield start, end
            start = entry.line.text
        end = entry.line.stop
    yield start, end
