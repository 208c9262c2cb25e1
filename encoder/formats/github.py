"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.formats.checked import Checked, everything
from encoder.model import Finding
from encoder.safe import printable

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
# What the runner takes apart: in a value `%` begins a code, in a property `:` and `,` end it.
PROPERTY = str.maketrans({"%": "%25", ":": "%3A", ",": "%2C"})


def write(checked: Sequence[Checked]) -> str:
    """Return a command for each finding, then the files and their schemas, folded."""
    commands = [_command(finding) for finding in everything(checked)]
    files = [f"- {_inert(one.summary)}" for one in checked]
    lines = [*commands, "::group::tei validate", *files, "::endgroup::"]
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding) -> str:
    pairs = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding))
    said = "%0A".join(_value(part) for part in (finding.message, finding.hint) if part)
    return f"::{COMMANDS[finding.severity]} {pairs}::{said}"


def _properties(finding: Finding) -> list[tuple[str, str]]:
    where = finding.where
    place = [("line", str(where.line)), ("col", str(where.column))] if where else []
    return [("file", finding.file), *place, ("title", finding.code)]


def _value(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return printable(text).translate(PROPERTY)


def _inert(text: str) -> str:
    """Return a line of the log without the older mark of a command, which may stand anywhere."""
    return printable(text).replace("##[", "## [")
