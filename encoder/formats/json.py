"""Findings for a program: JSON whose `version` changes when a key changes its meaning."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.formats.checked import Checked, engine, everything
from encoder.model import Finding
from encoder.report import count
from encoder.safe import as_json

VERSION = 1


def write(checked: Sequence[Checked]) -> str:
    """Return the findings of each file, in the order of the files and of their text."""
    summary = {"files": len(checked), **count(everything(checked))}
    data = {"version": VERSION, "files": [_file(one) for one in checked], "summary": summary}
    return as_json(data) + "\n"


def _file(checked: Checked) -> dict[str, object]:
    return {
        "file": checked.file,
        "schemas": list(checked.schemas),
        "findings": [_finding(finding) for finding in checked.all_findings],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "line": finding.where.line if finding.where else None,
        "column": finding.where.column if finding.where else None,
        "message": finding.message,
        "hint": finding.hint,
        "engine": engine(finding),
    }
