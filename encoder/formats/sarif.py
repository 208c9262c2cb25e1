"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from encoder import __version__, explain
from encoder.formats.checked import Checked, engine, everything
from encoder.model import Edit, Finding, Position
from encoder.safe import as_json

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(checked: Sequence[Checked]) -> str:
    """Return one run with the findings of all files; the schemas stand in its properties."""
    found = everything(checked)
    rules = {code: number for number, code in enumerate(sorted({one.code for one in found}))}
    run = {
        "tool": {"driver": _driver(list(rules))},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not any(one.error for one in checked)}],
        "results": [_result(finding, rules) for finding in found],
        "properties": {"schemas": {one.file: list(one.schemas) for one in checked}},
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _driver(codes: Sequence[str]) -> dict[str, object]:
    rules = [_rule(code) for code in codes]
    return {"name": "tei-encoder", "version": __version__, "rules": rules}


def _rule(code: str) -> dict[str, object]:
    """Return what is known of a code; of a rule of somebody's Schematron that is only its name."""
    known = explain.entries().get(code)
    if known is None:
        return {"id": code, "help": {"text": f"The rule {code} of the schema."}}
    texts = {"shortDescription": known.get("checks"), "fullDescription": known.get("why")}
    said = {name: {"text": text} for name, text in texts.items() if text}
    return {"id": code, **said, "help": {"text": explain.explain(code)}}


def _result(finding: Finding, rules: Mapping[str, int]) -> dict[str, object]:
    said = " ".join(filter(None, (finding.message, finding.hint)))
    return {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": _location(finding)}],
        **({"fixes": [_fix(finding, finding.fix.edits)]} if finding.fix else {}),
        "properties": {"engine": engine(finding)},
    }


def _fix(finding: Finding, edits: Sequence[Edit]) -> dict[str, object]:
    replacements = [
        {
            "deletedRegion": {
                **_region(edit.start),
                "endLine": edit.end.line,
                "endColumn": edit.end.column,
            },
            "insertedContent": {"text": edit.text},
        }
        for edit in edits
    ]
    change = {"artifactLocation": {"uri": _uri(finding.file)}, "replacements": replacements}
    return {"description": {"text": finding.hint}, "artifactChanges": [change]}


def _location(finding: Finding) -> dict[str, object]:
    artifact = {"artifactLocation": {"uri": _uri(finding.file)}}
    return {**artifact, **({"region": _region(finding.where)} if finding.where else {})}


def _region(where: Position) -> dict[str, int]:
    return {"startLine": where.line, "startColumn": where.column}


def _uri(file: str) -> str:
    """Return a file name as a URI reference: relative where the file lies below this folder."""
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    name = quote(path.as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{name}" if path.is_absolute() else name
