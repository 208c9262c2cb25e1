"""Findings for a reader at a terminal: the place, the words, and the line with a caret under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from encoder.formats.checked import Checked, Excerpt, everything
from encoder.model import Finding
from encoder.report import count, summary_line
from encoder.safe import printable

# ECMA-48, 8.3.117: select graphic rendition.
COLOURS = {"error": "31", "warning": "33", "info": "34"}
BOLD = "1"
DIFF = {"+": "32", "-": "31", "@": "36"}
MARGIN = "    "


def write(checked: Sequence[Checked], colour: bool = False) -> str:
    """Return all findings, a line for each file, and the sum of them."""
    return "".join(one(each, colour) for each in checked) + total(checked)


def one(checked: Checked, colour: bool = False) -> str:
    """Return the findings of one file, and the line that says what came of it.

    An error is not among them: it belongs to standard error.
    """
    lines = [line for each in checked.findings for line in _lines(checked, each, colour)]
    said = "".join(f"{line}\n" for line in [*lines, *_status(checked)])
    return _diff(checked.diff, colour) + said


def _diff(diff: str, colour: bool) -> str:
    """Return a diff: as it is for `patch`, with colours and no commands for a terminal."""
    if not colour:
        return diff
    lines = (f"{_painted(printable(line), DIFF.get(line[:1], ''))}\n" for line in diff.splitlines())
    return "".join(lines)


def _status(checked: Checked) -> Iterator[str]:
    if checked.error is None:
        yield printable(checked.summary)


def total(checked: Sequence[Checked]) -> str:
    """Return the findings of several files counted; nothing for one, whose line says it."""
    if len(checked) < 2:
        return ""
    found = everything(checked)
    return f"{len(checked):,} files: {summary_line(count(found)) if found else 'valid'}\n"


def _lines(checked: Checked, finding: Finding, colour: bool) -> Iterator[str]:
    paint = COLOURS[finding.severity] if colour else ""
    place = f"{finding.file}:{finding.where}" if finding.where else finding.file
    severity = _painted(finding.severity, paint)
    head = _painted(printable(place), BOLD if colour else "")
    yield " ".join((head, severity, printable(finding.code), printable(finding.message)))
    excerpt = checked.excerpt(finding)
    yield from _pointed(excerpt, paint) if excerpt else ()
    if finding.hint:
        yield f"  hint: {printable(finding.hint)}"


def _pointed(excerpt: Excerpt, paint: str) -> Iterator[str]:
    yield f"{MARGIN}{excerpt.text}"
    yield f"{MARGIN}{' ' * excerpt.indent}{_painted('^', paint)}"


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code else text
