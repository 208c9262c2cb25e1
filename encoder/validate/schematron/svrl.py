"""The report that the standard defines: SVRL (ISO/IEC 19757-3, annex D), for other programs.

It tells which patterns were active, which rules were asked of which node, and what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from encoder.validate.document import Document
from encoder.validate.schematron.engine import Compiled
from encoder.validate.schematron.files import XML, Node
from encoder.validate.schematron.rules import Pattern

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
RICH = ("icon", "see", "fpi")


class Run(NamedTuple):
    """A document, what the rules gave out for it, and the pattern that named it, if one did."""

    document: Document
    result: Element
    pattern: int | None = None


def reported(made: Compiled, runs: Sequence[Run]) -> bytes:
    """Return the report on what the rules gave out for some documents."""
    from lxml import etree

    schema = made.schema
    root = etree.Element(f"{SVRL}schematron-output", nsmap={"svrl": SVRL.strip("{}")})
    _set(root, phase=schema.phase, schemaVersion=schema.root.get("schemaVersion"))
    for prefix, uri in schema.namespaces.items():
        _child(root, "ns-prefix-in-attribute-values", prefix=prefix, uri=uri)
    for number, pattern in enumerate(schema.patterns):
        _pattern(root, made, runs, pattern, number)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _pattern(
    root: Element, made: Compiled, runs: Sequence[Run], pattern: Pattern, number: int
) -> None:
    wanted = number if pattern.documents else None
    about = [run for run in runs if run.pattern == wanted]
    names = " ".join(run.document.name for run in about)
    node = pattern.identity
    _child(root, "active-pattern", id=node.get("id"), role=node.get("role"), documents=names)
    for run in about:
        for event in _events(made, run.result, pattern):
            if event.tag == "r":
                _fired(root, made, run.document, event)
            else:
                _finding(root, made, event)


def _events(made: Compiled, run: Element, pattern: Pattern) -> Iterator[Element]:
    for event in run.iter("r", "f"):
        listed = made.program.rules if event.tag == "r" else made.program.checks
        if listed[int(event.get("n", 0))].pattern is pattern.identity:
            yield event


def _fired(root: Element, made: Compiled, document: Document, event: Element) -> None:
    rule = made.program.rules[int(event.get("n", 0))]
    fired = _child(root, "fired-rule", context=rule.scope.text(rule.node, "context"))
    _set(fired, document=document.name, **_given(rule.node, event, "id", "role", "flag"))


def _finding(root: Element, made: Compiled, event: Element) -> None:
    check = made.program.checks[int(event.get("n", 0))]
    kind = "failed-assert" if check.node.kind == "assert" else "successful-report"
    told = _child(
        root, kind, test=check.scope.text(check.node, "test"), location=event.get("path", "")
    )
    _set(told, **_given(check.node, event, "id", "role", "flag", "severity", *RICH))
    _speak(told, check.node)
    for part in event.iterchildren("diagnostic", "property"):
        _further(told, made, part)
    _say(told, check.node, event.find("m"))


def _further(told: Element, made: Compiled, part: Element) -> None:
    kind, name = str(part.tag), part.get("id", "")
    node = made.schema.texts["diagnostic" if kind == "diagnostic" else "property", name]
    further = _child(told, f"{kind}-reference", **{kind: name})
    _set(further, **_given(node, part, "role", "scheme"))
    _say(further, node, part.find("t"))


def _say(holder: Element, node: Node, said: Element | None) -> None:
    """Write a text, with the elements and attributes that were copied into it."""
    text = _child(holder, "text", **_given(node, holder, *RICH))
    _speak(text, node)
    if said is None:
        return
    for name, value in said.attrib.items():
        text.set(name, value)
    text.text = said.text
    text.extend(said)


def _given(node: Node, event: Element, *names: str) -> dict[str, str]:
    """Return attributes of the schema; those that held templates, as they were filled in."""
    return {
        name: (event.get(name) if "{" in node.get(name) else "") or node.get(name) for name in names
    }


def _speak(element: Element, node: Node) -> None:
    if node.language:
        element.set(f"{XML}lang", node.language)


def _child(parent: Element, kind: str, **attributes: str) -> Element:
    from lxml import etree

    child = etree.SubElement(parent, f"{SVRL}{kind}")
    _set(child, **attributes)
    return child


def _set(element: Element, **attributes: str) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name, value)
