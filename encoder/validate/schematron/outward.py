"""Which rules look beyond the document they are about, at files or at the machine: none is run.

Saxon is kept from reading them too. But some functions only say that they found nothing, and a
context that fails merely does not match: so such rules are sought before, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from encoder.validate.schematron import xpath
from encoder.validate.schematron.files import Node
from encoder.validate.schematron.program import Unit
from encoder.validate.schematron.rules import XSL, Check, Let, Pattern, Rule, Schema, Scope

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ATTRIBUTES: dict[type[Unit], tuple[str, ...]] = {
    Let: ("value",),
    Rule: ("context", "visit-each", "subject"),
    Pattern: ("documents",),
}
INSTRUCTIONS = tuple(
    f"{XSL}{name}"
    for name in ("result-document", "source-document", "evaluate", "import", "include", "document")
)


def outward(schema: Schema) -> Iterator[tuple[Unit, str]]:
    """Yield each part of a schema that reaches beyond the document, and by what."""
    for unit in _units(schema):
        found = next(filter(None, map(xpath.outward, _expressions(unit, schema))), "")
        reaching = _reaching(unit, schema)
        if found or reaching:
            yield unit, f"{found}()" if found else f"xsl:{reaching}"


def _reaching(unit: Unit, schema: Schema) -> str:
    """Return the instruction of XSLT by which a part reads or writes files; empty if none."""
    found = (each for element in _elements(unit, schema) for each in element.iter(*INSTRUCTIONS))
    return next((str(each.tag).removeprefix(XSL) for each in found), "")


def _units(schema: Schema) -> Iterator[Unit]:
    yield from schema.declarations
    yield from schema.lets
    for pattern in schema.patterns:
        yield pattern
        yield from pattern.lets
        for rule in pattern.rules:
            yield rule
            yield from rule.lets
            yield from rule.checks


def _elements(unit: Unit, schema: Schema) -> list[Element]:
    """Return the elements that a part copies into the program."""
    if isinstance(unit, Node):
        return [unit.element]
    if isinstance(unit, Check):
        texts = [schema.texts[key].element for key in unit.refers if key in schema.texts]
        return [unit.node.element, *texts]
    return []


def _expressions(unit: Unit, schema: Schema) -> Iterator[str]:
    scope = Scope() if isinstance(unit, Node) else unit.scope
    for element in _elements(unit, schema):
        yield from map(scope.expanded, _values(element))
    if not isinstance(unit, Node):
        yield from (scope.read(unit.node, name) for name in ATTRIBUTES.get(type(unit), ()))


def _values(element: Element) -> Iterator[str]:
    return (str(value) for each in element.iter("*") for value in each.attrib.values())
