"""Findings as JUnit XML: a file is a suite, an error a failed case, a clean file a passed one."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.formats.checked import Checked, everything
from encoder.model import Finding
from encoder.safe import markup


def write(checked: Sequence[Checked]) -> str:
    """Return a suite for each file; warnings are cases that pass and say what they saw."""
    suites = "".join(_suite(one) for one in checked)
    cases = sum(max(1, len(one.all_findings)) for one in checked)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="tei validate" tests="{cases}" failures="{_failures(checked)}">\n'
        f"{suites}</testsuites>\n"
    )


def _failures(checked: Sequence[Checked]) -> int:
    return sum(finding.severity == "error" for finding in everything(checked))


def _suite(checked: Checked) -> str:
    found, name = checked.all_findings, markup(checked.file)
    cases = "".join(_case(finding) for finding in found) or _passed(name)
    counts = f'tests="{max(1, len(found))}" failures="{_failures([checked])}" errors="0"'
    return f'<testsuite name="{name}" {counts}>\n{_properties(checked)}{cases}</testsuite>\n'


def _properties(checked: Checked) -> str:
    used = "".join(f'<property name="schema" value="{markup(one)}"/>\n' for one in checked.schemas)
    return f"<properties>\n{used}</properties>\n" if used else ""


def _passed(name: str) -> str:
    return f'<testcase classname="{name}" name="valid"/>\n'


def _case(finding: Finding) -> str:
    name = f"{finding.code} {finding.where}" if finding.where else finding.code
    head = f'<testcase classname="{markup(finding.file)}" name="{markup(name)}">'
    return f"{head}{_outcome(finding)}</testcase>\n"


def _outcome(finding: Finding) -> str:
    said = "\n".join(markup(part) for part in (str(finding), finding.hint) if part)
    if finding.severity != "error":
        return f"<system-out>{said}</system-out>"
    message, code = markup(finding.message), markup(finding.code)
    return f'<failure message="{message}" type="{code}">{said}</failure>'
