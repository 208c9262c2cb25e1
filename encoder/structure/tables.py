"""A table is set in rows and columns: parted by bars, by rules, or by white space that aligns.

A line of the source is a row. A bar or rule is a sign of the cell or row beside it; a first row
with a rule of its own below it heads the columns (TEI P5 15.1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from encoder.blocks import runs
from encoder.edition import Edition
from encoder.model import WHITE_CHARS, Span
from encoder.profile import Profile
from encoder.read.layout import Line

BARS = "|│┃║"
RULE = re.compile(
    r"\|?:?-:?(?:\|:?-:?)+\|?"
    r"|(?=.*[-=─━═_]{2})[-=+|:_ \t─━│┃┄┅┌┐└┘├┤┬┴┼═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬]+"
)
BAR = re.compile(f"[{BARS}]")
# Two spaces, or more; but two behind a sentence are how a typist parts it from the next.
GAP = re.compile(r"(?<![.!?:])(?<![.!?:][\"'”’»)])[^\S\n]{2}(?![^\S\n])|[^\S\n]{3,}|\t")
# What parts cells: bars and tabs, or wide spaces; that pattern begins with its rarest sign.
PARTING = re.compile(rf"[{BARS}\t]")
WIDE = re.compile(r"[^\S\n](?<=\S.)[^\S\n]+\S")
LEADER = re.compile(r"(?:\.\s?){4,}")  # leads the eye from a title to its page
SLACK = 1  # characters that the cells of a column may be out of line


class Cell(NamedTuple):
    """Where a cell stands, its signs included, and these with their kinds."""

    start: int
    end: int
    signs: tuple[tuple[int, str], ...] = ()


class Row(NamedTuple):
    """A line of a table; a rule has no cells."""

    line: Line
    cells: tuple[Cell, ...]


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield each table with its rows, its cells and their signs."""
    text = edition.source.text
    for run in list(runs(edition)):
        # Most runs are prose, and need not be looked at line by line.
        place = run[0].text, run[-1].stop
        if not (PARTING.search(text, *place) or WIDE.search(text, *place)):
            continue
        barred = list(_barred(text, run))
        taken = {row.line for rows in barred for row in rows}
        for rows in (*barred, *_aligned(text, run, taken, profile)):
            yield from _encoded(rows)


# Tables with bars.


def _barred(text: str, run: Sequence[Line]) -> Iterator[list[Row]]:
    """Yield the tables whose columns are parted by bars, each of one width."""
    rows, width = list[Row](), 0  # no row has cells yet
    for line in run:
        row = _barred_row(text, line)
        if row is None or (width and row.cells and len(row.cells) != width):
            yield from _if_table(rows)
            rows, width = [], 0
        if row is not None:
            rows.append(row)
            width = width or len(row.cells)
    yield from _if_table(rows)


def _barred_row(text: str, line: Line) -> Row | None:
    if RULE.fullmatch(text, line.text, line.stop):
        return Row(line, ())
    bars = [bar.start() for bar in BAR.finditer(text, line.text, line.stop)]
    # A bar at the beginning alone is how verse is kept.
    if not bars or bars == [line.text]:
        return None
    return Row(line, tuple(_cells(text, line, bars)))


def _cells(text: str, line: Line, bars: list[int]) -> Iterator[Cell]:
    """Yield the cells of a row; each bar belongs to the one it is glued to, else to the next."""
    start, signs = line.text, []
    for bar in bars:
        last = bar == line.stop - 1
        kind = _kind(text, line, bar)
        if kind == "post" or last:
            signs.append((bar, "post" if kind in ("post", "join") else "end"))
            yield Cell(start, bar + 1, tuple(signs))
            start, signs = _next(text, bar + 1, line.stop), []
            continue
        if bar > line.text:
            yield from _unless_empty(text, start, bar, signs)
            signs = []
        start, signs = bar, [*signs, (bar, kind)]
    if start < line.stop:
        yield Cell(start, line.stop, tuple(signs))


def _unless_empty(text: str, start: int, end: int, signs: list[tuple[int, str]]) -> Iterator[Cell]:
    end = start + len(text[start:end].rstrip(WHITE_CHARS))
    if start < end:
        yield Cell(start, end, tuple(signs))


def _next(text: str, start: int, stop: int) -> int:
    """Return where something is printed next."""
    return stop - len(text[start:stop].lstrip(WHITE_CHARS))


def _kind(text: str, line: Line, bar: int) -> str:
    """Say what a bar is glued to."""
    before = bar > line.text and text[bar - 1] not in WHITE_CHARS
    after = bar + 1 < line.stop and text[bar + 1] not in WHITE_CHARS
    if before:
        return "join" if after else "post"
    return "pre" if after else "label"


def _if_table(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield rows that make a table: two of two cells, or one with a rule."""
    wide = [row for row in rows if len(row.cells) > 1]
    full = [row for row in rows if row.cells]
    if len(full) > 1 and (wide or len(rows) > len(full)):
        yield rows


# Tables that are aligned by white space.


def _aligned(
    text: str, run: Sequence[Line], taken: set[Line], profile: Profile
) -> Iterator[list[Row]]:
    """Yield the tables whose columns are parted by tabs, or by spaces that align."""
    rows: list[Row] = []
    for line in run:
        row = None if line in taken else _aligned_row(text, line)
        if row is None:
            yield from _if_aligned(text, rows, profile)
            rows = []
        else:
            rows.append(row)
    yield from _if_aligned(text, rows, profile)


def _aligned_row(text: str, line: Line) -> Row | None:
    if BAR.search(text, line.text, line.stop):
        return None
    if RULE.fullmatch(text, line.text, line.stop):
        return Row(line, ())
    gaps = list(GAP.finditer(text, line.text, line.stop))
    if not gaps or LEADER.search(text, line.text, line.stop):
        return None
    starts = [line.text, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), line.stop]
    return Row(line, tuple(Cell(start, end) for start, end in zip(starts, ends, strict=True)))


def _if_aligned(text: str, rows: list[Row], profile: Profile) -> Iterator[list[Row]]:
    full = [row for row in rows if row.cells]
    if not full:
        return
    tabs = all("\t" in text[row.line.text : row.line.stop] for row in full)
    ruled = len(rows) > len(full) and rows[0].cells
    if len(full) >= (2 if tabs or ruled else profile.table_rows) and (tabs or _in_columns(full)):
        yield rows


def _in_columns(rows: Sequence[Row]) -> bool:
    """Whether all rows have as many cells, and those of each column begin or end together."""
    if len({len(row.cells) for row in rows}) > 1:
        return False
    columns = list(zip(*([_place(row, cell) for cell in row.cells] for row in rows), strict=True))
    return all(
        _in_line(start for start, _ in column) or _in_line(end for _, end in column)
        for column in columns
    )


def _place(row: Row, cell: Cell) -> tuple[int, int]:
    return cell.start - row.line.start, cell.end - row.line.start


def _in_line(places: Iterator[int]) -> bool:
    known = list(places)
    return max(known) - min(known) <= SLACK


# What a table is written as.


def _encoded(rows: list[Row]) -> Iterator[Span]:
    yield Span(rows[0].line.text, rows[-1].line.stop, "table")
    head = _head(rows)
    above: list[Line] = []
    for index, row in enumerate(rows):
        if not row.cells:
            above.append(row.line)
            continue
        first = above[0] if above else row.line
        yield Span(first.text, row.line.stop, "row", {"role": "label"} if index in head else {})
        yield from (Span(rule.text, rule.stop, "sign", {"kind": "label"}) for rule in above)
        yield from _encoded_cells(row)
        above = []
    yield from (Span(rule.text, rule.stop, "sign", {"kind": "end"}) for rule in above)


def _encoded_cells(row: Row) -> Iterator[Span]:
    for cell in row.cells:
        yield Span(cell.start, cell.end, "cell")
        for sign, kind in cell.signs:
            yield Span(sign, sign + 1, "sign", {"kind": kind})


def _head(rows: list[Row]) -> set[int]:
    """Return the index of the first row, if the first rule below it is not the last line."""
    full = [index for index, row in enumerate(rows) if row.cells]
    rules = [index for index, row in enumerate(rows) if not row.cells]
    inner = [index for index in rules if full[0] < index < full[-1]]
    return {full[0]} if inner[:1] == [full[0] + 1] and len(inner) in (1, len(full) - 1) else set()
