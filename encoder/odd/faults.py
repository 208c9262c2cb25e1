"""What keeps an ODD from being compiled: each fault with its line and what to do.

What we do not support is refused, rather than compiled into a schema that says less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from encoder.errors import UsageError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEI = "http://www.tei-c.org/ns/1.0"
SPECS = ("elementSpec", "classSpec", "dataSpec")
MODES = ("add", "replace")  # `change` and `delete` speak of a source that we do not read
PARTS = ("sequence", "alternate", "elementRef", "classRef", "textNode", "empty")
VALUES = ("dataRef", "valList", "valItem")
# TEI P5 22.5: what each kind of reference points at.
TARGETS = {
    "elementRef": "elementSpec",
    "classRef": "classSpec",
    "memberOf": "classSpec",
    "dataRef": "dataSpec",
}


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


def _specs(schema: Element, *kinds: str) -> Iterator[Element]:
    return schema.iter(*(f"{{{TEI}}}{kind}" for kind in kinds))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _idents(schema: Element, kind: str) -> set[str]:
    return {spec.get("ident", "") for spec in _specs(schema, kind)}


def _unnamed(schema: Element) -> Iterator[Fault]:
    for spec in _specs(schema, *SPECS, "attDef", "constraintSpec", "valItem"):
        if not spec.get("ident"):
            yield Fault(spec, f"<{_local(spec)}> has no ident", "name what it specifies")


def _twice(schema: Element) -> Iterator[Fault]:
    counts = Counter(spec.get("ident") for spec in _specs(schema, *SPECS))
    for spec in _specs(schema, *SPECS):
        if counts[spec.get("ident")] > 1:
            yield Fault(spec, f"{spec.get('ident')} is specified twice", "remove one of the two")


def _partial(schema: Element) -> Iterator[Fault]:
    for spec in _specs(schema, *SPECS):
        if spec.get("mode", "add") not in MODES:
            message = f'mode="{spec.get("mode")}" of {spec.get("ident")} needs the TEI\'s source'
            yield Fault(spec, message, 'write the specification in full, with mode="replace"')


def _unsupported(schema: Element) -> Iterator[Fault]:
    hint = "use sequence, alternate, elementRef, classRef, textNode, empty or dataRef"
    for content in _specs(schema, "content"):
        for part in content.iterdescendants("*"):
            if _local(part) not in (*PARTS, *VALUES) and not _described(part):
                yield Fault(part, f"<{_local(part)}> in a content model is not supported", hint)
    for part in _specs(schema, "classRef"):
        if part.get("expand") or part.get("include") or part.get("except"):
            message = "classRef with expand, include or except is not supported"
            yield Fault(part, message, "name the members one by one, or make a class of them")


def _described(part: Element) -> bool:
    """Whether `part` is a gloss or description, or lies inside one."""
    texts = ("gloss", "desc")
    return any(_local(node) in texts for node in (part, *part.iterancestors()))


def _unresolved(schema: Element) -> Iterator[Fault]:
    known = {kind: _idents(schema, kind) for kind in SPECS}
    for reference in _specs(schema, *TARGETS):
        key, kind = reference.get("key"), TARGETS[_local(reference)]
        if key is not None and key not in known[kind]:
            message = f'{_local(reference)} key="{key}": there is no such {kind} in the file'
            yield Fault(reference, message, f'add <{kind} ident="{key}">, or correct the key')
    for name in schema.get("start", "TEI").split():
        if name not in known["elementSpec"]:
            yield Fault(schema, f"start names {name}, which is not specified", "correct start")


def _unlisted(schema: Element) -> Iterator[Fault]:
    """An element that its `moduleRef` does not list vanishes in the TEI's processors."""
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
