"""The report of a build is the list of open questions: what a person should look at, and where.

Each finding stands with the line of the source it is about and the decision that would settle it,
ready to be copied into `decisions.toml`. The same findings give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape as escape_signs
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from encoder.files import write
from encoder.forms import NOT_XML
from encoder.model import Finding, Severity, Source, collapse
from encoder.resources import PACKAGE

VERSION = 1
TITLE = "Open questions"
NOWHERE: Mapping[str, Source] = MappingProxyType({})
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
PLURALS = {"error": "errors", "warning": "warnings", "info": "notes"}
SINGULARS = {"error": "error", "warning": "warning", "info": "note"}


def gravest(findings: Iterable[Finding], n: int | None = 10) -> list[Finding]:
    """Return the `n` gravest findings, or all in that order: by severity, file and place."""
    return sorted(findings, key=_gravity)[:n]


def _gravity(finding: Finding) -> tuple[object, ...]:
    where = finding.where
    place = (where.line, where.column) if where else (0, 0)
    rank = SEVERITIES.index(finding.severity)
    return rank, finding.file, place, finding.code, finding.message, finding.evidence


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, the gravest first."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def summary_line(counts: Mapping[str, int]) -> str:
    """Return the counts in words: `2 errors, 1 warning`."""
    said = [_counted(severity, counts[severity]) for severity in SEVERITIES if counts.get(severity)]
    return ", ".join(said) or "no open questions"


def _counted(severity: str, number: int) -> str:
    return f"{number:,} {(SINGULARS if number == 1 else PLURALS)[severity]}"


def write_report(
    folder: Path,
    findings: Iterable[Finding],
    title: str = TITLE,
    sources: Mapping[str, Source] = NOWHERE,
) -> tuple[Path, Path]:
    """Write `report.html` and `report.json` into a folder, and return their paths.

    Args:
        title: the heading of the page.
        sources: the texts by the file names that findings bear; their lines are quoted.

    Raises:
        OutputError: they cannot be written there.
    """
    known = list(findings)
    page, data = folder / "report.html", folder / "report.json"
    write(page, html_report(known, title, sources).encode("utf-8", "replace"))
    write(data, json_report(known, sources).encode("utf-8", "replace"))
    return page, data


def json_report(findings: Iterable[Finding], sources: Mapping[str, Source] = NOWHERE) -> str:
    """Return the findings as JSON; `version` changes when a key changes its meaning."""
    known = gravest(findings, None)
    said = [_data(finding, _line(finding, sources)) for finding in known]
    data = {"version": VERSION, "findings": said, "summary": count(known)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _data(finding: Finding, line: str) -> dict[str, object]:
    where = finding.where
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "file": finding.file,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "source_line": line,
        "hint": finding.hint,
        "evidence": finding.evidence,
        "decision": finding.decision,
    }


def _line(finding: Finding, sources: Mapping[str, Source]) -> str:
    """Return the line of the source that a finding is about, where that is at hand."""
    source = sources.get(finding.file)
    if source is None or finding.where is None:
        return ""
    return collapse(source.line(finding.where.line))


def html_report(
    findings: Iterable[Finding],
    title: str = TITLE,
    sources: Mapping[str, Source] = NOWHERE,
    about: str = "",
) -> str:
    """Return the findings as an HTML page that needs no other file.

    Args:
        about: markup that stands between the counts and the findings.
    """
    known = gravest(findings, None)
    grave = [list(group) for _, group in groupby(known, lambda finding: finding.severity)]
    sections = "".join(_section(known, sources) for known in grave)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n<p>{summary_line(count(known))}</p>\n"
        f"{about}{_contents(known)}{sections}</main>\n</body>\n</html>\n"
    )


def _style() -> str:
    return (PACKAGE / "data" / "report.css").read_text("utf-8")


def escape(text: str) -> str:
    """Return text as HTML can hold it."""
    return escape_signs(NOT_XML.sub("\ufffd", text))


def _contents(known: Sequence[Finding]) -> str:
    """Return a table that counts the findings by code, with a link to each group."""
    if not known:
        return ""
    counts = Counter((finding.severity, finding.code) for finding in known)
    rows = "".join(
        f'<tr><th scope="row"><a href="#{_anchor(severity, code)}">{escape(code)}</a></th>'
        f"<td>{severity}</td><td>{number:,}</td></tr>\n"
        for (severity, code), number in counts.items()
    )
    return table("Findings by code", ("Code", "Severity", "Count"), rows, "counts")


def table(caption: str, columns: Sequence[str], rows: str, kind: str) -> str:
    """Return a table in a frame that scrolls; `rows` and `columns` are markup."""
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    return (
        f'<div class="scroll {kind}" role="region" aria-label="{escape(caption)}" tabindex="0">\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _section(known: Sequence[Finding], sources: Mapping[str, Source]) -> str:
    """Return the findings of one severity, grouped by code."""
    severity = known[0].severity
    by_code = sorted(known, key=lambda finding: finding.code)
    groups = [(code, list(group)) for code, group in groupby(by_code, lambda f: f.code)]
    shown = "".join(_group(code, group, sources) for code, group in groups)
    return (
        f'<section aria-labelledby="{severity}">\n<h2 id="{severity}" class="{severity}">'
        f"{_counted(severity, len(known))}</h2>\n{shown}"
        "</section>\n"
    )


def _group(code: str, known: Sequence[Finding], sources: Mapping[str, Source]) -> str:
    head = f'<h3 id="{_anchor(known[0].severity, code)}">{escape(code)}</h3>\n'
    columns = ("Place", "What", "In the source", "Decision that would settle it")
    rows = "".join(_row(finding, _line(finding, sources)) for finding in known)
    return head + table(code, columns, rows, "findings")


def _anchor(severity: str, code: str) -> str:
    return escape(f"{severity}-{code}".replace(" ", "-"))


def _row(finding: Finding, line: str) -> str:
    place = f"{finding.file}:{finding.where}" if finding.where else finding.file
    hint = f'<p class="hint">{escape(finding.hint)}</p>' if finding.hint else ""
    quoted = dict.fromkeys(filter(None, (line, collapse(finding.evidence))))
    evidence = "".join(f'<q dir="auto" translate="no">{escape(text)}</q>' for text in quoted)
    decision = f'<pre dir="auto" translate="no">{escape(finding.decision)}</pre>'
    return (
        f'<tr><th scope="row">{escape(place)}</th><td>{escape(finding.message)}{hint}</td>'
        f"<td>{evidence}</td>"
        f"<td>{decision if finding.decision else ''}</td></tr>\n"
    )
