"""A file mended: the fixes of its findings made in its text, and every other byte kept.

A fix counts only if the file is better for it: what is made is checked again, and taken back if
anything else is wrong then.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Sequence
from difflib import unified_diff
from io import StringIO
from typing import NamedTuple

from encoder.model import Edit, Finding, Fix, Source

# How a file may begin, and the encoding that then follows.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Mending one fault can uncover another, which is then mended in the next round. What keeps a file
# from being read hides all that follows it, and is told one at a time.
ROUNDS, SLIPS = 5, 100
Check = Callable[[bytes], Sequence[Finding]]


class Mended(NamedTuple):
    """The bytes of a file after its fixes, what is still wrong, and how many faults were mended."""

    data: bytes
    findings: Sequence[Finding]
    mended: int = 0


def mend(data: bytes, findings: Sequence[Finding], decoded: str, check: Check) -> Mended:
    """Make the safe fixes of a file, as long as it is better for them.

    Args:
        decoded: the text of the file, without a byte order mark.
        check: what says of bytes what is wrong with them.
    """
    now, left = Mended(data, findings), {True: SLIPS, False: ROUNDS}
    while left[is_stopped := _reached(now.findings) is not None]:
        left[is_stopped] -= 1
        after = _round(now, decoded, check)
        if after is None:
            break
        now, decoded = after
    return now


def _round(now: Mended, text: str, check: Check) -> tuple[Mended, str] | None:
    """Return the file after its fixes: all in one go, or else those that do good one by one."""
    found = fixes(now.findings)
    whole = _tried(now, text, found, check)
    if whole or len(found) < 2:
        return whole
    better = (_tried(now, text, [fix], check) for fix in found)
    return next((each for each in better if each), None)


def _tried(now: Mended, text: str, found: Sequence[Fix], check: Check) -> tuple[Mended, str] | None:
    """Return the file with some fixes made, if that is better."""
    mended = applied(text, found)
    data = _encoded(now.data, text, mended) if found else None
    if data is None:
        return None
    after = check(data)
    if not is_better(now.findings, after):
        return None
    # A file that can be read again has more to be said of it, and yet a fault less for each fix.
    gone = max(len(found), len(now.findings) - len(after))
    return Mended(data, after, now.mended + gone), mended


def is_better(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Tell whether less is wrong after a change: above all, whether more of the file is read."""
    reached, now = _reached(before), _reached(after)
    if reached is not None or now is not None:
        return now is None or (reached is not None and now > reached)
    return len(after) < len(before) and _errors(after) <= _errors(before)


def _reached(findings: Iterable[Finding]) -> tuple[int, int] | None:
    """Return where the reading of a file was stopped, None where it was not."""
    stops = (f.where for f in findings if f.code.startswith("xml-") and f.severity == "error")
    return next(((at.line, at.column) for at in stops if at), None)


def _errors(findings: Iterable[Finding]) -> int:
    return sum(finding.severity == "error" for finding in findings)


def _encoded(data: bytes, text: str, mended: str) -> bytes | None:
    """Return a changed text in the bytes it was in, None where those cannot hold it."""
    mark, encoding = next(((m, e) for m, e in MARKS if data.startswith(m)), (b"", "utf-8"))
    for each in (encoding, "latin-1", "cp1252"):
        try:
            if mark + text.encode(each) == data:
                return mark + mended.encode(each)
        except UnicodeEncodeError:
            continue
    return None


# --- fixes


def fixes(findings: Iterable[Finding], *, safe: bool = True) -> list[Fix]:
    """Return what can be changed in one go: the safe fixes, or all."""
    found = (finding.fix for finding in findings if finding.fix)
    return compatible(fix for fix in found if fix.safe or not safe)


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
    (start, end), (other, _) = sorted((_place(one), _place(two)))
    return other < end or other == start


def _place(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    return (edit.start.line, edit.start.column), (edit.end.line, edit.end.column)


def applied(text: str, fixes: Iterable[Fix]) -> str:
    """Return a text with fixes made that do not touch each other."""
    source = Source("", text, "")
    edits = [(source.offset(e.start), source.offset(e.end), e.text) for f in fixes for e in f.edits]
    parts, here = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[here:start], new]
        here = end
    return "".join([*parts, text[here:]])


def difference(name: str, before: str, after: str) -> str:
    """Return the lines that differ, as a unified diff that `patch` understands."""
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}", n=1)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends; for `patch` nothing else ends one."""
    return list(StringIO(text, newline="\n"))
