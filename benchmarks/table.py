"""The table as Markdown, for a terminal and for `docs/benchmarks.md` alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.measure import Usage
from benchmarks.rows import Row

HEAD = ("A", "B", "A took", "B took", "time A/B", "memory A/B", "goal: time")


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the table as the rows are measured."""
    yield _line(HEAD)
    yield _line(["---"] * len(HEAD))
    for row in rows:
        yield _line(_cells(row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row) -> list[str]:
    if row.ours is None or row.other is None:
        return [row.first, row.second, row.absent, "", "", "", ""]
    time = row.ours.seconds / row.other.seconds
    memory = row.ours.mebibytes / row.other.mebibytes
    took = (_took(usage, row.unit) for usage in (row.ours, row.other))
    return [row.first, row.second, *took, f"{time:.2f}", f"{memory:.2f}", _goal(row.goal, time)]


def _took(usage: Usage, unit: str) -> str:
    return f"{usage.seconds:.2f} s{unit}, {usage.mebibytes:.0f} MiB{unit}"


def _goal(goal: float | None, ratio: float) -> str:
    if goal is None:
        return ""
    return f"≤ {goal}: {'met' if ratio <= goal else 'missed'}"
