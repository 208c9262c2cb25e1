"""What keeps an ODD from being compiled: each fault with its line and what to do.

What we do not support is refused, rather than compiled into a schema that says less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from encoder.errors import UsageError
from encoder.odd.merge import TEI, local
from encoder.odd.source import leaning

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SPECS = ("elementSpec", "classSpec", "dataSpec", "macroSpec")
PARTS = (
    "sequence",
    "alternate",
    "elementRef",
    "classRef",
    "macroRef",
    "textNode",
    "empty",
    "anyElement",
)
VALUES = ("dataRef", "dataFacet", "valList", "valItem")
SOURCE = (
    "give the TEI's definitions with --source p5subset.xml; "
    "`tei schema get https://www.tei-c.org/Vault/P5/current/xml/tei/odd/p5subset.xml` fetches them"
)
# TEI P5 22.5: what each kind of reference points at.
TARGETS = {
    "elementRef": "elementSpec",
    "classRef": "classSpec",
    "memberOf": "classSpec",
    "dataRef": "dataSpec",
    "macroRef": "macroSpec",
}


XML = "http://www.w3.org/XML/1998/namespace"  # is declared by itself


class Fault(NamedTuple):
    """Why an ODD cannot be compiled: where, what is wrong, and what to do."""

    where: Element
    message: str
    hint: str


def checked(odd: Element, path: Path) -> Element:
    """Return the `schemaSpec`, or raise `UsageError` for the first fault."""
    schema = next(odd.iter(f"{{{TEI}}}schemaSpec"), None)
    if schema is None or not schema.get("ident"):
        hint = 'add <schemaSpec ident="edition" start="TEI"> with the specifications in it'
        raise UsageError("the file has no schemaSpec with an ident", hint=hint, place=str(path))
    for fault in _faults(schema):
        line = fault.where.sourceline
        raise UsageError(fault.message, hint=fault.hint, place=f"{path}:{line}")
    return schema


def _faults(schema: Element) -> Iterator[Fault]:
    yield from _unnamed(schema)
    yield from _twice(schema)
    yield from _partial(schema)
    yield from _unsupported(schema)
    yield from _unresolved(schema)
    yield from _unlisted(schema)
    yield from _outlandish(schema)


def _specs(schema: Element, *kinds: str) -> Iterator[Element]:
    return schema.iter(*(f"{{{TEI}}}{kind}" for kind in kinds))


def _idents(schema: Element, kind: str) -> set[str]:
    return {spec.get("ident", "") for spec in _specs(schema, kind)}


def _unnamed(schema: Element) -> Iterator[Fault]:
    for spec in _specs(schema, *SPECS, "attDef", "constraintSpec", "valItem"):
        if not spec.get("ident"):
            yield Fault(spec, f"<{local(spec)}> has no ident", "name what it specifies")


def _twice(schema: Element) -> Iterator[Fault]:
    counts = Counter(spec.get("ident") for spec in _specs(schema, *SPECS))
    for spec in _specs(schema, *SPECS):
        if counts[spec.get("ident")] > 1:
            yield Fault(spec, f"{spec.get('ident')} is specified twice", "remove one of the two")


def _partial(schema: Element) -> Iterator[Fault]:
    for node in leaning(schema):
        named = node.get("ident") or node.get("key") or node.get("target")
        mode = f' mode="{node.get("mode")}"' if node.get("mode") else ""
        message = f"<{local(node)}{mode}> {named} needs the TEI's own definitions"
        yield Fault(node, message, SOURCE)


def _unsupported(schema: Element) -> Iterator[Fault]:
    hint = f"use {', '.join(PARTS)} or dataRef"
    for content in _specs(schema, "content"):
        for part in content.iterdescendants("*"):
            if local(part) not in (*PARTS, *VALUES) and not _described(part):
                yield Fault(part, f"<{local(part)}> in a content model is not supported", hint)
    for part in _specs(schema, "sequence"):
        if part.get("preserveOrder") in ("false", "0"):
            message = 'sequence with preserveOrder="false" is not supported'
            yield Fault(part, message, "write an alternate of the orders, or one that is repeated")
    for part in _specs(schema, "classRef"):
        if part.get("include") or part.get("except"):
            message = "classRef with include or except is not supported in a content model"
            yield Fault(part, message, "name the members one by one, or make a class of them")


def _described(part: Element) -> bool:
    """Whether `part` is a gloss or description, or lies inside one."""
    texts = ("gloss", "desc")
    return any(local(node) in texts for node in (part, *part.iterancestors()))


def _unresolved(schema: Element) -> Iterator[Fault]:
    known = {kind: _idents(schema, kind) for kind in SPECS}
    for reference in _specs(schema, *TARGETS):
        key, kind = reference.get("key"), TARGETS[local(reference)]
        if key is not None and key not in known[kind]:
            message = f'{local(reference)} key="{key}": there is no such {kind} in the file'
            yield Fault(reference, message, f'add <{kind} ident="{key}">, or correct the key')
    for name in schema.get("start", "TEI").split():
        if name not in known["elementSpec"]:
            yield Fault(schema, f"start names {name}, which is not specified", "correct start")


def _unlisted(schema: Element) -> Iterator[Fault]:
    """An element that its `moduleRef` does not list vanishes in the TEI's processors."""
    if next(_specs(schema, "moduleRef"), None) is None:
        return  # it was made complete from a source
    listed = {
        (module.get("key"), name)
        for module in _specs(schema, "moduleRef")
        for name in module.get("include", "").split()
    }
    for spec in _specs(schema, "elementSpec"):
        module, ident = spec.get("module"), spec.get("ident")
        if module and (module, ident) not in listed:
            message = f'{ident} is not in the include of <moduleRef key="{module}">'
            yield Fault(spec, message, "list it there, or correct the module")


def _outlandish(schema: Element) -> Iterator[Fault]:
    """Yield the namespaces that no document could declare, as its parser sees it."""
    from lxml import etree

    for spec in schema.iter(f"{{{TEI}}}*"):
        namespace = spec.get("ns", "")
        if namespace in ("", XML):
            continue
        try:
            etree.fromstring(f"<a xmlns:b={quoteattr(namespace)}/>")
        except etree.XMLSyntaxError:
            hint = "a namespace is an address: http://www.tei-c.org/ns/1.0"
            yield Fault(spec, f"{namespace!r} cannot be a namespace", hint)
