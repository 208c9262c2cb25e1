"""Columns of a page are read one after the other, each as a page of its own.

Between two columns is a gutter, a strip of the page that hardly a line crosses. The lines that do
cross it, such as a title, part the page into bands. A table has such strips as well, but its cells
are not filled as columns are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, filterfalse, groupby, pairwise
from statistics import median
from typing import Any, NamedTuple

Char = Mapping[str, Any]
# In shares of the size of type: how wide a gutter is, and type that is a note's.
GUTTER, SMALL = 0.8, 0.92
APART = 1.4  # room between a running head and the text, in shares of the size
CROSSED = 0.2  # share of the lines beside a gutter that may cross it
NARROW = 8.0  # sizes: what is narrower than a column is a margin, or figures
ROWS = 8  # lines of a column at the least
FILLED = 0.3  # share of the width of one, or of two beside each other, that most lines fill
BROAD, FEW = 4.0, 2.5  # sizes: how wide a gutter hardly is, and the lines that may cross it then
POINTS = 2000  # in which the width of a page is looked at, at the most
FREE = 1.5  # how much wider a gutter may be than a column: a table's are


class Strip(NamedTuple):
    """A strip of the page from one x to another."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Where it parts what is left of it from what is right."""
        return (self.left + self.right) / 2

    def shared(self, other: Strip) -> Strip:
        """Return what it has in common with another; its width is not above 0 for nothing."""
        return Strip(max(self.left, other.left), min(self.right, other.right))

    def is_crossed(self, char: Char) -> bool:
        """Whether something printed crosses its middle; its edges a line may overhang."""
        margin = self.width / 4
        inside = char["x0"] < self.middle + margin and char["x1"] > self.middle - margin
        return bool(inside and _is_printed(char))


def blocks(chars: Sequence[Char]) -> list[list[Char]]:
    """Return the characters of a page as they are read, in blocks that are not parted further.

    The notes at the foot of columns that stand beside each other come behind the last of these.
    """
    read = list[list[Char]]()
    for band in _bands(chars):
        bodies, feet = zip(*map(_footed, band), strict=True) if len(band) > 1 else (band, ())
        read += filter(None, (*bodies, *feet))
    return read


def _bands(chars: Sequence[Char]) -> Iterator[list[Sequence[Char]]]:
    """Yield what stands beside each other, from top to bottom: columns, or a row across them."""
    gutter = _gutter(chars)
    if gutter is None:
        for parted, run in groupby(_pieces(chars), key=lambda piece: _gutter(piece) is not None):
            if parted:
                yield from chain.from_iterable(map(_bands, run))
            else:  # these have their left edge together
                yield [list(chain.from_iterable(run))]
        return
    for is_across, row in _rows(chars, gutter):
        beside = () if is_across else _sides(row, gutter)
        yield [column for side in beside for band in _bands(side) for column in band] or [row]


def _pieces(chars: Sequence[Char]) -> list[list[Char]]:
    """Return a page parted where a strip begins or ends that rows below each other leave free."""
    if not chars:
        return []
    least = GUTTER * float(median(char["size"] for char in chars))
    edges = min(char["x0"] for char in chars), max(char["x1"] for char in chars)
    pieces, common = list[list[Char]](), list[Strip]()
    for row in _in_rows(chars):
        free = [strip for strip in _free(row, *edges) if strip.width >= least]
        shared = [strip for a in common for b in free if (strip := a.shared(b)).width >= least]
        if pieces and (shared or not (common or free)):
            pieces[-1] += row
        else:
            pieces.append(row)
            shared = free
        common = shared
    return pieces


def _free(row: Sequence[Char], left: float, right: float) -> Iterator[Strip]:
    """Yield what is free of a row, from edge to edge."""
    for start, end in _merged((char["x0"], char["x1"]) for char in row if _is_printed(char)):
        yield Strip(left, start)
        left = end
    yield Strip(left, right)


def _sides(chars: Iterable[Char], gutter: Strip) -> tuple[list[Char], list[Char]]:
    """Return what stands left of a gutter, and what right."""
    left, right = list[Char](), list[Char]()
    for char in chars:
        (right if char["x0"] > gutter.middle else left).append(char)
    return left, right


def _footed(column: Sequence[Char]) -> tuple[list[Char], list[Char]]:
    """Return what a column says, and what stands below it in small type."""
    size = median(char["size"] for char in column) if column else 0.0
    last = max((c["bottom"] for c in column if c["size"] > SMALL * size), default=0.0)
    foot = [char for char in column if char["top"] >= last]
    return [char for char in column if char["top"] < last], foot


def _rows(chars: Iterable[Char], gutter: Strip) -> Iterator[tuple[bool, list[Char]]]:
    """Yield the characters from top to bottom, in turn such as lie beside it and such as cross."""
    chars = sorted(chars, key=_row)
    rows = _merged([*map(_row, filter(gutter.is_crossed, chars)), *_set_apart(chars, gutter)])

    def place(char: Char) -> tuple[int, bool]:
        middle = (char["top"] + char["bottom"]) / 2
        above = sum(bottom < middle for _, bottom in rows)
        return above, any(top <= middle <= bottom for top, bottom in rows[above : above + 1])

    for (_, crossing), band in groupby(sorted(chars, key=place), key=place):
        yield crossing, list(band)


def _set_apart(chars: Sequence[Char], gutter: Strip) -> Iterator[tuple[float, float]]:
    """Yield the first and the last row of a page, where room parts them from what is between.

    They are running heads and feet, unless the right part begins where the column there does.
    """
    size = float(median(char["size"] for char in chars))
    rows = _merged(map(_row, chars))  # but one, where rows of two columns overlap throughout
    rooms = [below - above for (_, above), (below, _) in pairwise(rows)]
    right = _sides(filter(_is_printed, chars), gutter)[1]
    edge = min(char["x0"] for char in right) + size
    for row, room in zip((rows[0], rows[-1]), (*rooms[:1], *rooms[-1:]), strict=False):
        begins = min((c["x0"] for c in right if row[0] <= _row(c)[0] < row[1]), default=edge)
        if room > APART * size and begins >= edge:
            yield row


def _is_printed(char: Char) -> bool:
    return bool(char["text"].strip())


def _row(char: Char) -> tuple[float, float]:
    """Return where a character stands on the page, less than it is high: lines may touch."""
    margin = (char["bottom"] - char["top"]) / 4
    return char["top"] + margin, char["bottom"] - margin


def _merged(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return intervals in their order, those that meet as one."""
    merged = list[tuple[float, float]]()
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _gutter(chars: Sequence[Char]) -> Strip | None:
    """Return the widest strip that parts two columns, if one does."""
    chars = list(filter(_is_printed, chars))
    if len(chars) < ROWS:
        return None
    size = float(median(char["size"] for char in chars))
    strips = (strip for strip in _strips(chars, size) if strip.width >= GUTTER * size)
    fitting = (strip for strip in strips if _parts_columns(chars, strip))
    return max(fitting, key=lambda strip: strip.width, default=None)


def _strips(chars: Sequence[Char], size: float) -> Iterator[Strip]:
    """Yield the strips that few lines cross; what is too wide for one may hold a short column."""
    left, right = min(c["x0"] for c in chars), max(c["x1"] for c in chars)
    unit = max(1.0, (right - left) / POINTS)  # what stands far off a page makes no work
    covered = _covered(chars, left, right, unit)
    for free in _below(covered, CROSSED * float(median(covered))):
        bare = [free]
        if len(free) * unit > BROAD * size:
            bare = list(_below(covered[free.start : free.stop], FEW * size, free.start))
        yield from (Strip(left + run.start * unit, left + run.stop * unit) for run in bare)


def _covered(chars: Sequence[Char], left: float, right: float, unit: float) -> list[float]:
    """Return of each unit from left to right how much of the page's height is set."""
    covered = [0.0] * (int((right - left) / unit) + 1)
    for char in chars:
        for x in range(int((char["x0"] - left) / unit), int((char["x1"] - left) / unit) + 1):
            covered[x] += char["bottom"] - char["top"]
    return covered


def _below(values: Sequence[float], most: float, start: int = 0) -> Iterator[range]:
    """Yield the runs of values that are no higher, as ranges of their numbers from `start`."""
    for low, run in groupby(range(len(values)), key=lambda number: values[number] <= most):
        first, *rest = run
        if low:
            yield range(start + first, start + first + len(rest) + 1)


def _parts_columns(chars: Sequence[Char], strip: Strip) -> bool:
    """Whether what stands on both sides of a strip are columns of running text."""
    narrow = NARROW * float(median(char["size"] for char in chars))
    sides = [_widths(side) for side in _sides(filterfalse(strip.is_crossed, chars), strip)]
    return max(map(len, sides)) >= ROWS and all(
        max(widths) >= max(narrow, strip.width / FREE) and median(widths) >= FILLED * max(widths)
        for widths in sides
    )


def _widths(chars: Sequence[Char]) -> list[float]:
    """Return how wide the rows of a column are; a column that is empty has one of no width."""
    return [_width(row) for row in _in_rows(chars)] or [0.0]


def _in_rows(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Yield the characters row by row; rows of two columns that overlap are one."""
    starts = [start for start, _ in _merged(map(_row, chars))]
    for _, row in groupby(sorted(chars, key=_row), key=lambda c: bisect_right(starts, _row(c)[0])):
        yield list(row)


def _width(row: Iterable[Char]) -> float:
    edges = [(char["x0"], char["x1"]) for char in row]
    return float(max(end for _, end in edges) - min(start for start, _ in edges))
