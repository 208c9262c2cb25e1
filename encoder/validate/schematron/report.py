"""What the rules give out, as Findings: each at the node it is about, in the schema's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoder.model import Finding, Position, Severity
from encoder.validate.document import Document
from encoder.validate.schematron.engine import Compiled
from encoder.validate.schematron.files import SCH, Node
from encoder.validate.schematron.places import position
from encoder.validate.schematron.rules import Check, Fault

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SEVERITIES: dict[str, Severity] = {
    "fatal": "error",
    "error": "error",
    "warning": "warning",
    "warn": "warning",
    "nonfatal": "warning",
    "info": "info",
    "information": "info",
    "informational": "info",
}
CORRECT = "Correct the rule; all others were run."


def finding(document: Document, made: Compiled, found: Element) -> Finding:
    """Return an assertion that failed, or a report that came true, as a Finding."""
    check = made.program.checks[int(found.get("n", 0))]
    return Finding(
        f"sch-{identifier(check)}",
        severity(found, check),
        words(found.find("m"))
        or f'The rule {check.node.kind} test="{check.node.get("test")}" speaks.',
        document.name,
        position(document, found.get("at", "")),
        hint(found, made, check),
    )


def identifier(check: Check) -> str:
    """Return the id of an assertion, else of its rule, else of its pattern."""
    parent = check.node.element.getparent()
    near = parent.get("id") if parent is not None and parent.tag == f"{SCH}rule" else ""
    return check.node.get("id") or near or check.rule.get("id") or check.pattern.get("id") or "rule"


def severity(found: Element, check: Check) -> Severity:
    """Return how grave an assertion is: by `severity`, `role` or `flag`, its own or its rule's."""
    for node in (check.node, check.rule, check.pattern):
        for name in ("severity", "role", "flag"):
            value = (found.get(name) if node is check.node else "") or node.get(name)
            if value.lower() in SEVERITIES:
                return SEVERITIES[value.lower()]
    return "error"


def hint(found: Element, made: Compiled, check: Check) -> str:
    """Return the hints in a message, and the diagnostics in the language of the message."""
    hints = [words(each) for each in found.iterfind("m//hint")]
    told = [(_language(made, each), words(each.find("t"))) for each in found.iterfind("diagnostic")]
    own = [text for language, text in told if language == check.node.language]
    return " ".join(filter(None, [*hints, *(own or [text for _, text in told])]))


def _language(made: Compiled, told: Element) -> str:
    return made.schema.texts["diagnostic", told.get("id", "")].language


def words(element: Element | None) -> str:
    """Return the text of a message, without the hints in it, in single spaces."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element.iterchildren("*"):
        parts += [words(child) if child.tag != "hint" else "", child.tail or ""]
    return " ".join("".join(parts).split())


def fault(found: Fault) -> Finding:
    """Return what is wrong with the schema as a Finding, at the rule that is to blame."""
    node: Node = found.node
    place = f"{node.file.path.name}:{node.line}"
    message = f"The rule at {place} cannot be run: {found.message.rstrip('. ')}."
    where, name = Position(node.line, 1), str(node.file.path)
    return Finding("schematron-rule", "error", message, name, where, found.hint or CORRECT)


def failures(document: Document, made: Compiled, result: Element) -> dict[int, Fault]:
    """Return the rules that failed on some node, each once."""
    found: dict[int, Fault] = {}
    for failed in result.iter("e"):
        node, message = _blamed(made, failed), words(failed)
        if not made.excuses(message):
            found.setdefault(id(node.element), _fault(document, node, message, failed))
    return found


def _fault(document: Document, node: Node, message: str, failed: Element) -> Fault:
    where = position(document, failed.get("at", ""))
    return Fault(node, f"{message.rstrip('.')} (at {document.name}:{where})")


def _blamed(made: Compiled, failed: Element) -> Node:
    """Return the variable or assertion on whose line of the program it failed."""
    unit = made.program.unit(int(failed.get("line") or 0))
    if unit is None:
        return made.program.checks[int(failed.get("n", 0))].node
    return unit if isinstance(unit, Node) else unit.node
