"""The table as Markdown, for a terminal and for `docs/benchmarks.md` alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.measure import Usage
from benchmarks.rows import Row

HEAD = (
    "A", "B", "A took", "B took", "clock A/B", "processor A/B", "instructions A/B", "memory A/B",
    "goal",
)  # fmt: skip


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
        return [row.first, row.second, f"not measured: {row.absent}", *[""] * (len(HEAD) - 3)]
    took = (_took(usage, row.unit) for usage in (row.ours, row.other))
    clock, memory, processor, instructions = (
        _ratio(a, b) for a, b in zip(row.ours.figures, row.other.figures, strict=True)
    )
    bound = "≤ " if row.other.stopped else ""
    ratios = [f"{bound}{said}" if said else "" for said in (clock, processor, instructions, memory)]
    return [row.first, row.second, *took, *ratios, _goal(row)]


def _took(usage: Usage, unit: str) -> str:
    said = f"{usage.seconds:.2f} s{unit}, {usage.processor:.2f} s{unit} of processors"
    return f"{said}, {usage.mebibytes:.0f} MiB{unit}{'; stopped' if usage.stopped else ''}"


def _ratio(a: float, b: float) -> str:
    return f"{a / b:.2f}" if b else ""


def _goal(row: Row) -> str:
    """Say whether the goal is met, which is about one of the ratios."""
    if row.goal is None or row.ours is None or row.other is None:
        return ""
    number = ("clock", "memory", "processor").index(row.by)
    ratio = row.ours.figures[number] / row.other.figures[number]
    met = ratio >= row.goal if row.least else ratio <= row.goal
    sign = "≥" if row.least else "≤"
    return f"{row.by} {sign} {row.goal}: {'met' if met else 'missed'}"
