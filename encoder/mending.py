"""A file mended: the fixes of its findings made in its text, and every other byte kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from encoder.model import Edit, Finding, Fix, Source


def compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """Return those fixes that do not touch each other: of two that do, the first."""
    taken: list[Edit] = []
    kept: list[Fix] = []
    for fix in fixes:
        if not any(_touch(mine, other) for mine in fix.edits for other in taken):
            taken.extend(fix.edits)
            kept.append(fix)
    return kept


def _touch(one: Edit, two: Edit) -> bool:
    first, second = sorted(((_place(one), one), (_place(two), two)), key=lambda pair: pair[0])
    return second[0][0] < first[0][1] or second[0][0] == first[0][0]


def _place(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    return (edit.start.line, edit.start.column), (edit.end.line, edit.end.column)


def applied(text: str, fixes: Sequence[Fix]) -> str:
    """Return a text with fixes made that do not touch each other."""
    source = Source("", text, "")
    edits = [(source.offset(e.start), source.offset(e.end), e.text) for f in fixes for e in f.edits]
    parts, here = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[here:start], new]
        here = end
    return "".join([*parts, text[here:]])


def fixes(findings: Iterable[Finding], *, safe: bool = True) -> list[Fix]:
    """Return what can be changed in one go: the safe fixes, or all."""
    found = (finding.fix for finding in findings if finding.fix)
    return compatible(fix for fix in found if fix.safe or not safe)
