"""Findings as a page to read or send: the report of a build, with the files and their schemas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from encoder.formats.checked import Checked
from encoder.model import Finding
from encoder.report import escape, html_report, table

TITLE = "Validation"


def write(checked: Sequence[Checked]) -> str:
    """Return a page that needs no other file."""
    found = [finding for one in checked for finding in _quoting(one)]
    return html_report(found, TITLE, about=_files(checked))


def _quoting(checked: Checked) -> Iterator[Finding]:
    """Yield the findings, each with the line it is about."""
    for finding in checked.all_findings:
        excerpt = checked.excerpt(finding)
        yield replace(finding, evidence=excerpt.text) if excerpt else finding


def _files(checked: Sequence[Checked]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(one.file)}</th><td>{escape(one.verdict)}</td>'
        f"<td>{escape(', '.join(one.schemas))}</td></tr>\n"
        for one in checked
    )
    return table("Files", ("File", "Result", "Schemas"), rows, "files")
