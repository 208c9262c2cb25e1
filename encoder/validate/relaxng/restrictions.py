"""What a schema may not ask for, though it can be written: the restrictions of RELAX NG 7.

Each definition is looked at once for each thing it is in. What is found of a pattern: its
attributes and elements, whether it has text, and whether it is data, which stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from encoder.errors import UsageError
from encoder.validate.relaxng.files import RNG, children, kind
from encoder.validate.relaxng.names import AnyName, NameChoice, NameClass, NsName, local, uri

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

    from encoder.validate.relaxng.schema import Schema, Scope

DECLARES = "xmlns is no attribute, but declares a namespace"
XMLNS = "http://www.w3.org/2000/xmlns"
# 7.1.1 to 7.1.5: what may not stand in what.
FORBIDDEN = {
    "attribute": {"attribute", "element"},
    "list": {"list", "element", "attribute", "text", "interleave", "mixed"},
    "except": {
        "attribute", "element", "list", "text", "empty", "group", "interleave", "mixed",
        "oneOrMore", "zeroOrMore", "optional",
    },
    "start": {
        "attribute", "data", "value", "list", "group", "interleave", "mixed", "oneOrMore",
        "zeroOrMore", "optional", "empty", "text",
    },
    "repeated group": {"attribute"},
}  # fmt: skip
NOT_PATTERNS = frozenset({"name", "anyName", "nsName", "param", "except"})


class Found(NamedTuple):
    """What is in a pattern; a wildcard is in `any_*`, by itself."""

    attributes: frozenset[str] = frozenset()
    any_attributes: tuple[NameClass, ...] = ()
    elements: frozenset[str] = frozenset()
    any_elements: tuple[NameClass, ...] = ()
    text: bool = False
    data: bool = False
    other: bool = False


class Restrictions:
    """The restrictions, held against one schema.

    Raises:
        UsageError: the schema breaks one.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._known: dict[tuple[object, ...], Found] = {}
        self._elements: dict[Node, Scope] = {}

    def hold(self, root: Node, scope: Scope) -> None:
        """Hold them against all that a document may have, from what it may begin with."""
        self._found(root, scope, frozenset({"start"}))
        held = 0
        while held < len(self._elements):  # each may bring others
            node, around = list(self._elements.items())[held]
            self._element(node, around)
            held += 1

    def _element(self, node: Node, scope: Scope) -> None:
        own = children(node)[0 if node.get("name") is not None else 1 :]
        self._joined([self._found(each, scope, frozenset()) for each in own], node, "group")

    def _fault(self, node: Node, message: str) -> UsageError:
        return self._schema.fault(message, node)

    def _found(self, node: Node, scope: Scope, within: frozenset[str]) -> Found:
        self._refuse(node, within)
        match kind(node):
            case "element":
                self._elements.setdefault(node, scope)
                return self._named(node, "elements")
            case "attribute":
                return self._attribute(node, scope, within)
            case "text":
                return Found(text=True, other=True)
            case "data" | "value" | "list":
                return self._values(node, scope)
            case "ref" | "parentRef":
                return self._defined(node, scope, within)
            case "grammar":
                return self._grammar(node, within)
        return self._parts(node, scope, within)

    def _refuse(self, node: Node, within: frozenset[str]) -> None:
        for holder in sorted(within):
            if kind(node) in FORBIDDEN.get(holder, ()):
                raise self._fault(node, f"<{kind(node)}> cannot stand in a {holder}")

    def _grammar(self, node: Node, within: frozenset[str]) -> Found:
        scope = self._schema.scope(node)
        starts = scope.definitions.get("", ()) if scope else ()
        parts = [self._parts(each, scope, within) for each in starts if scope]
        return _union(parts, data=any(part.data for part in parts))

    def _parts(self, node: Node, scope: Scope, within: frozenset[str]) -> Found:
        name = kind(node)
        inner = within
        if name in ("oneOrMore", "zeroOrMore"):
            inner = (within | {"repeated"}) - {"repeated group"}
            own = [each for each in children(node) if kind(each) not in NOT_PATTERNS]
            if len(own) > 1:
                inner |= {"repeated group"}
        elif name in ("group", "interleave", "mixed") and "repeated" in within:
            inner = within | {"repeated group"}
        parts = [
            self._found(each, scope, inner)
            for each in children(node)
            if kind(each) not in NOT_PATTERNS
        ]
        if name == "mixed":
            parts.append(Found(text=True, other=True))
        if name == "choice":
            return _union(parts, data=any(part.data for part in parts))
        how = "interleave" if name in ("interleave", "mixed") else "group"
        found = self._joined(parts, node, how)
        if name in ("oneOrMore", "zeroOrMore") and found.data and "list" not in within:
            raise self._fault(node, f"data cannot be repeated in <{name}>; use a list")
        return found

    def _joined(self, parts: list[Found], node: Node, how: str) -> Found:
        """Return what parts beside each other have, which may not overlap (7.2 to 7.4)."""
        data = any(part.data for part in parts)
        if data and not self._in_list(node) and sum(part.data or part.other for part in parts) > 1:
            raise self._fault(node, "data cannot stand beside elements, text or other data")
        self._apart(parts, node)
        if how == "interleave":
            if sum(part.text for part in parts) > 1:
                raise self._fault(node, "text stands on both sides of an interleave")
            self._elements_apart(parts, node)
        return _union(parts, data=data)

    def _in_list(self, node: Node) -> bool:
        return any(kind(each) == "list" for each in (node, *node.iterancestors()))

    def _apart(self, parts: list[Found], node: Node) -> None:
        seen, wild = set[str](), list[NameClass]()
        for part in parts:
            twice = seen & part.attributes
            twice |= {n for n in part.attributes if any(n in each for each in wild)}
            twice |= {n for n in seen if any(n in each for each in part.any_attributes)}
            if twice:
                raise self._fault(node, f"the attribute {local(min(twice))} can come twice")
            seen |= part.attributes
            wild += part.any_attributes

    def _elements_apart(self, parts: list[Found], node: Node) -> None:
        seen, wild = set[str](), list[NameClass]()
        for part in parts:
            twice = seen & part.elements
            twice |= {n for n in part.elements if any(n in each for each in wild)}
            twice |= {n for n in seen if any(n in each for each in part.any_elements)}
            if twice:
                message = f"<{local(min(twice))}> stands on both sides of an interleave"
                raise self._fault(node, message)
            seen |= part.elements
            wild += part.any_elements

    def _attribute(self, node: Node, scope: Scope, within: frozenset[str]) -> Found:
        found = self._named(node, "attributes")
        for name in found.attributes:
            if name == "xmlns" or uri(name) == XMLNS:
                raise self._fault(node, DECLARES)
        if any(isinstance(each, NsName) and each.uri == XMLNS for each in found.any_attributes):
            raise self._fault(node, DECLARES)
        if found.any_attributes and "repeated" not in within:
            message = "an attribute of any name has to stand in <oneOrMore> or <zeroOrMore>"
            raise self._fault(node, message)
        own = children(node)[0 if node.get("name") is not None else 1 :]
        for each in own:
            self._found(each, scope, frozenset({"attribute"}))
        return found._replace(other=False)

    def _named(self, node: Node, which: str) -> Found:
        for each in node.iterchildren(f"{RNG}choice", f"{RNG}anyName", f"{RNG}nsName"):
            self._excepted(each)
        classes = self._schema.name_class(node)
        wild = _wild(classes)
        if which == "elements":
            return Found(elements=frozenset(classes.names()), any_elements=wild, other=True)
        return Found(attributes=frozenset(classes.names()), any_attributes=wild)

    def _excepted(self, node: Node) -> None:
        """Raise for a name class that excepts more than itself (4.16)."""
        for outer in node.iter(f"{RNG}anyName", f"{RNG}nsName"):
            wrong = ("anyName",) if kind(outer) == "anyName" else ("anyName", "nsName")
            for inner in outer.iterdescendants(*(f"{RNG}{name}" for name in wrong)):
                raise self._fault(inner, f"<{kind(inner)}> cannot be excepted from <{kind(outer)}>")

    def _values(self, node: Node, scope: Scope) -> Found:
        inner = frozenset({"list"}) if kind(node) == "list" else frozenset({"except"})
        for each in children(node):
            for part in children(each) if kind(each) == "except" else [each]:
                if kind(part) not in NOT_PATTERNS:
                    self._found(part, scope, inner)
        return Found(data=True)

    def _defined(self, node: Node, scope: Scope, within: frozenset[str]) -> Found:
        where = scope.parent if kind(node) == "parentRef" else scope
        name = (node.get("name") or "").strip()
        if where is None:
            return Found()
        key = (id(where), name, within)
        if key not in self._known:
            self._known[key] = Found()
            parts = [self._parts(each, where, within) for each in where.definitions.get(name, ())]
            self._known[key] = _union(parts, data=any(part.data for part in parts))
        return self._known[key]


def _union(parts: Iterable[Found], *, data: bool) -> Found:
    each = list(parts)
    if len(each) == 1:
        return each[0]
    return Found(
        frozenset().union(*(part.attributes for part in each)),
        tuple(name for part in each for name in part.any_attributes),
        frozenset().union(*(part.elements for part in each)),
        tuple(name for part in each for name in part.any_elements),
        any(part.text for part in each),
        data,
        any(part.other for part in each),
    )


def _wild(classes: NameClass) -> tuple[NameClass, ...]:
    if isinstance(classes, NameChoice):
        return tuple(each for part in classes.classes for each in _wild(part))
    return (classes,) if isinstance(classes, AnyName | NsName) else ()
