"""What a schema may not ask for, though it can be written: the restrictions of RELAX NG 7.

Each definition is looked at once for each thing it is in. What is found of a pattern: its
attributes and elements, whether it has text, and whether it is data, which stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from encoder.errors import UsageError
from encoder.validate.relaxng import syntax
from encoder.validate.relaxng.files import children, kind
from encoder.validate.relaxng.names import (
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    local,
    name,
    uri,
)
from encoder.validate.relaxng.patterns import NOT_ALLOWED
from encoder.validate.relaxng.schema import Schema, Scope

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

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
    "a repeated group": {"attribute"},
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


def examine(schema: Schema) -> None:
    """Look whether a schema is written as one may be, and asks for what one may.

    Raises:
        UsageError: it is not so.
    """
    for node, message in syntax.faults(schema.root):
        raise schema.fault(message, node)
    try:
        Restrictions(schema).hold(schema.root, schema.outermost)
    except UsageError:
        # What comes to nothing may break them (4.20); it is rare, and costs time to look for.
        Restrictions(schema, pruned=True).hold(schema.root, schema.outermost)


class Restrictions:
    """The restrictions, held against one schema; if `pruned`, not against what allows nothing.

    Raises:
        UsageError: the schema breaks one.
    """

    def __init__(self, schema: Schema, *, pruned: bool = False) -> None:
        self._schema, self._pruned = schema, pruned
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
        if self._pruned and self._schema.element(node, scope).content() is NOT_ALLOWED:
            return
        own = children(node)[0 if node.get("name") is not None else 1 :]
        self._joined([self._found(each, scope, frozenset()) for each in own], node, "group")

    def _fault(self, node: Node, message: str) -> UsageError:
        return self._schema.fault(message, node)

    def _found(self, node: Node, scope: Scope, within: frozenset[str]) -> Found:
        if self._pruned and self._schema.pattern(node, scope) is NOT_ALLOWED:
            return Found()
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

    def _refuse(self, node: Node, within: frozenset[str], name: str = "") -> None:
        for holder in sorted(within):
            if (name or kind(node)) in FORBIDDEN.get(holder, ()):
                raise self._fault(node, f"<{name or kind(node)}> cannot stand in {_holder(holder)}")

    def _grammar(self, node: Node, within: frozenset[str]) -> Found:
        scope = self._schema.scope(node)
        return self._combined(scope.definitions.get("", ()), scope, within)

    def _combined(self, nodes: Sequence[Node], scope: Scope, within: frozenset[str]) -> Found:
        """Return what several definitions of a name have together (4.17)."""
        woven = len(nodes) > 1 and "interleave" in {each.get("combine") for each in nodes}
        if woven:
            within = self._beside("interleave", within)
            self._refuse(nodes[-1], within, "interleave")
        parts = [self._parts(each, scope, within) for each in nodes]
        if woven:
            return self._joined(parts, nodes[-1], "interleave")
        return _union(parts, data=any(part.data for part in parts))

    def _beside(self, name: str, within: frozenset[str]) -> frozenset[str]:
        """Return what things stand in that stand beside each other."""
        if name in ("group", "interleave", "mixed") and "repeated" in within:
            return within | {"a repeated group"}
        return within

    def _parts(self, node: Node, scope: Scope, within: frozenset[str]) -> Found:
        name = kind(node)
        if name in ("oneOrMore", "zeroOrMore"):
            inner = (within | {"repeated"}) - {"a repeated group"}
            own = [each for each in children(node) if kind(each) not in NOT_PATTERNS]
            if len(own) > 1:
                inner |= {"a repeated group"}
        else:
            inner = self._beside(name, within)
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
        shared = _shared((part.attributes, part.any_attributes) for part in parts)
        if shared:
            raise self._fault(node, f"{_told('the attribute', shared)} can come twice")

    def _elements_apart(self, parts: list[Found], node: Node) -> None:
        shared = _shared((part.elements, part.any_elements) for part in parts)
        if shared:
            message = f"{_told('the element', shared)} stands on both sides of an interleave"
            raise self._fault(node, message)

    def _attribute(self, node: Node, scope: Scope, within: frozenset[str]) -> Found:
        found = self._named(node, "attributes")
        for own in found.attributes:
            if own == "xmlns" or uri(own) == XMLNS:
                raise self._fault(node, DECLARES)
        if any(isinstance(each, NsName) and each.uri == XMLNS for each in found.any_attributes):
            raise self._fault(node, DECLARES)
        if found.any_attributes and "repeated" not in within:
            message = "an attribute of any name has to stand in <oneOrMore> or <zeroOrMore>"
            raise self._fault(node, message)
        for each in children(node)[0 if node.get("name") is not None else 1 :]:
            self._found(each, scope, frozenset({"attribute"}))
        return found._replace(other=False)

    def _named(self, node: Node, which: str) -> Found:
        classes = self._schema.name_class(node)
        wild = _wild(classes)
        if which == "elements":
            return Found(elements=frozenset(classes.names()), any_elements=wild, other=True)
        return Found(attributes=frozenset(classes.names()), any_attributes=wild)

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
            self._known[key] = self._combined(where.definitions.get(name, ()), where, within)
        return self._known[key]


def _holder(name: str) -> str:
    return name if " " in name else f"<{name}>"


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


# A part that no name has: it stands for all those that are not mentioned.
ELSE = "\0"


def _shared(parts: Iterable[tuple[frozenset[str], tuple[NameClass, ...]]]) -> str:
    """Return a name that two parts have in common, '' where there is none."""
    seen, wild = set[str](), list[NameClass]()
    for names, classes in parts:
        twice = seen & names
        if wild or classes:
            twice |= {own for own in names if any(own in each for each in wild)}
            twice |= {own for own in seen if any(own in each for each in classes)}
            twice |= {own for one in classes for two in wild for own in _common(one, two)}
        if twice:
            return min(twice)
        seen |= names
        wild += classes
    return ""


def _common(one: NameClass, two: NameClass) -> Iterator[str]:
    """Yield names that two wildcards allow, of those that either tells apart."""
    return (name for each in (one, two) for name in _telling(each) if name in one and name in two)


def _telling(names: NameClass) -> Iterator[str]:
    if isinstance(names, Name):
        yield names.full
    elif isinstance(names, NameChoice):
        for each in names.classes:
            yield from _telling(each)
    else:
        yield name(names.uri if isinstance(names, NsName) else ELSE, ELSE)
        yield from _telling(names.excepted)


def _told(what: str, name: str) -> str:
    return what.replace("the", "any") if ELSE in name else f"{what} {local(name)}"
