"""A schema as patterns: the simplifications of RELAX NG 4.8 to 4.21, made as they are needed.

The content of an element is made when a document first has the element, so a large schema costs
what is used of it. What can be wrong with the names in it is looked for at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.errors import UsageError
from encoder.validate.catalog import NONE, Catalogs
from encoder.validate.relaxng import datatypes, leaves, names, patterns
from encoder.validate.relaxng.files import RNG, changed, children, components, kind, read
from encoder.validate.relaxng.leaves import Element
from encoder.validate.relaxng.patterns import EMPTY, NOT_ALLOWED, TEXT, Pattern

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

    from encoder.validate.relaxng.frames import Met

Join = Callable[[Pattern, Pattern], Pattern]
# Elements that stand in a pattern but are none themselves.
NO_PATTERN = frozenset({"name", "anyName", "nsName", "param", "except"})
HINT = "Correct the schema; `jing` checks one by itself."


class Scope:
    """One grammar: what its names stand for."""

    def __init__(self, schema: Schema, grammar: Node | None, parent: Scope | None) -> None:
        self.schema, self.parent = schema, parent
        self.definitions: dict[str, list[Node]] = {}
        self._made: dict[str, Pattern | None] = {}
        for each in components(grammar) if grammar is not None else ():
            title = (each.get("name") or "").strip() if kind(each) == "define" else ""
            self.definitions.setdefault(title, []).append(each)

    def definition(self, title: str, node: Node) -> Pattern:
        """Return what a name stands for; '' is the start."""
        if title not in self._made:
            self._made[title] = None
            self._made[title] = self._combined(title, node)
        made = self._made[title]
        if made is None:
            raise self.schema.fault(
                f'"{title}" is defined by itself, with no element between', node
            )
        return made

    def _combined(self, title: str, node: Node) -> Pattern:
        """Return the one pattern that several definitions of a name make (4.17)."""
        if title not in self.definitions:
            what = f'"{title}" is not defined' if title else "the grammar has no start"
            raise self.schema.fault(what, node)
        nodes = self.definitions[title]
        ways = {each.get("combine", "").strip() for each in nodes}
        if len(nodes) > 1 and len(ways - {""}) != 1:
            raise self.schema.fault(f'"{title}" is defined twice without one `combine`', nodes[-1])
        made = [self.schema.content(each, self) for each in nodes]
        return joined(patterns.interleave if "interleave" in ways else _either, made)


class Schema:
    """A RELAX NG schema.

    Raises:
        MissingError: a file that it names is not there.
        UsageError: it is not RELAX NG in XML syntax, or contradicts itself.
    """

    def __init__(self, path: Path, catalogs: Catalogs = NONE) -> None:
        self.path, self._times = path, dict[Path, int]()
        self.root = read(path, self._times, catalogs)
        self._elements: dict[Node, Element] = {}
        self._scopes: dict[Node, Scope] = {}
        self.outermost = Scope(self, None, None)
        # What `matcher` has found to be right in the documents so far.
        self.fits: dict[tuple[leaves.Attribute, str], bool] = {}
        self.tags: dict[tuple[Hashable, ...], Met] = {}
        self.start = self.pattern(self.root, self.outermost)
        self._check()

    def scope(self, grammar: Node) -> Scope:
        """Return what the names of a grammar stand for."""
        if grammar not in self._scopes:
            self._scopes[grammar] = Scope(self, grammar, self._around(grammar))
        return self._scopes[grammar]

    @property
    def current(self) -> bool:
        """Whether none of its files has changed since they were read."""
        return all(changed(path) == time for path, time in self._times.items())

    def fault(self, message: str, node: Node) -> UsageError:
        """Return an error about an element of the schema."""
        return UsageError(message, hint=HINT, place=f"{self.path}:{node.sourceline}")

    def _check(self) -> None:
        """Raise `UsageError` for a name that leads nowhere, in whatever part of the schema."""
        grammars = list(self.root.iter(f"{RNG}grammar"))
        only = self.scope(grammars[0]) if len(grammars) == 1 and grammars[0] is self.root else None
        for each in self.root.iter(f"{RNG}ref", f"{RNG}parentRef"):
            scope = only or self._around(each)
            if kind(each) == "parentRef":
                scope = self._outer(scope, each)
            if (each.get("name") or "").strip() not in scope.definitions:
                raise self.fault(f'"{each.get("name")}" is not defined', each)

    def _around(self, node: Node) -> Scope:
        """Return what names stand for where an element of the schema is."""
        grammar = next(node.iterancestors(f"{RNG}grammar"), None)
        return self.outermost if grammar is None else self.scope(grammar)

    @cached_property
    def namespaces(self) -> set[str]:
        """The namespaces of its elements, and none, for one may have been forgotten."""
        return {"", *map(names.uri, self.known)}

    @cached_property
    def known(self) -> dict[str, list[Element]]:
        """The elements that the schema names, by name."""
        found: dict[str, list[Element]] = {}
        for scope in list(self._scopes.values()):
            for title, nodes in scope.definitions.items():
                scope.definition(title, nodes[0])
        seen = 0
        while seen < len(self._elements):  # their content may bring others
            element = list(self._elements.values())[seen]
            element.content()
            for name in set(element.names.names()):
                found.setdefault(name, []).append(element)
            seen += 1
        return found

    def pattern(self, node: Node, scope: Scope) -> Pattern:
        """Return the pattern that an element of the schema stands for."""
        make = MAKERS.get(kind(node))
        if make is None:
            raise self.fault(f"<{kind(node)}> cannot stand here", node)
        return make(self, node, scope)

    def contents(self, node: Node, scope: Scope) -> list[Pattern]:
        """Return the patterns in an element of the schema."""
        return [
            self.pattern(child, scope) for child in children(node) if kind(child) not in NO_PATTERN
        ]

    def content(self, node: Node, scope: Scope) -> Pattern:
        """Return the patterns in an element of the schema, the one after the other."""
        return joined(patterns.group, self.contents(node, scope))

    # --- the kinds of pattern (RELAX NG 4.12 to 4.18)

    def element(self, node: Node, scope: Scope) -> Element:
        if node not in self._elements:
            content = partial(self._content, node, scope)
            self._elements[node] = Element(self.name_class(node), content)
        return self._elements[node]

    def _content(self, node: Node, scope: Scope, nothing: Pattern = EMPTY) -> Pattern:
        """Return what stands in an `element` or `attribute` besides its name class."""
        skipped = 0 if node.get("name") is not None else 1
        parts = [self.pattern(child, scope) for child in children(node)[skipped:]]
        return joined(patterns.group, parts, nothing)

    def attribute(self, node: Node, scope: Scope) -> Pattern:
        return leaves.attribute(self.name_class(node), self._content(node, scope, TEXT))

    def grammar(self, node: Node, _scope: Scope) -> Pattern:
        return self.scope(node).definition("", node)

    def ref(self, node: Node, scope: Scope) -> Pattern:
        return scope.definition((node.get("name") or "").strip() or "?", node)

    def parent_ref(self, node: Node, scope: Scope) -> Pattern:
        return self.ref(node, self._outer(scope, node))

    def _outer(self, scope: Scope, node: Node) -> Scope:
        if scope.parent is None or scope.parent is self.outermost:
            raise self.fault("there is no grammar around this one", node)
        return scope.parent

    def mixed(self, node: Node, scope: Scope) -> Pattern:
        return patterns.interleave(self.content(node, scope), TEXT)

    def choice(self, node: Node, scope: Scope) -> Pattern:
        return patterns.choice(self.contents(node, scope))

    def interleave(self, node: Node, scope: Scope) -> Pattern:
        return joined(patterns.interleave, self.contents(node, scope))

    def optional(self, node: Node, scope: Scope) -> Pattern:
        return patterns.optional(self.content(node, scope))

    def one_or_more(self, node: Node, scope: Scope) -> Pattern:
        return patterns.one_or_more(self.content(node, scope))

    def zero_or_more(self, node: Node, scope: Scope) -> Pattern:
        return patterns.optional(self.one_or_more(node, scope))

    def words(self, node: Node, scope: Scope) -> Pattern:
        return leaves.words(self.content(node, scope))

    def data(self, node: Node, scope: Scope) -> Pattern:
        facets = [
            (child.get("name", ""), child.text or "")
            for child in children(node)
            if kind(child) == "param"
        ]
        excepted = [child for child in children(node) if kind(child) == "except"]
        return leaves.data(
            self._datatype(node, node.get("type", "").strip(), facets),
            patterns.choice(p for each in excepted for p in self.contents(each, scope)),
        )

    def value(self, node: Node, _scope: Scope) -> Pattern:
        named = node.get("type")
        datatype = (
            datatypes.find("", "token")
            if named is None
            else self._datatype(node, named.strip(), ())
        )
        namespaces = [(prefix or "", uri) for prefix, uri in node.nsmap.items()]
        context = (*namespaces, ("", _inherited(node, "ns")))
        if not datatype.allows(node.text or "", context):
            raise self.fault(f'"{node.text or ""}" is not of the type {named}', node)
        return leaves.value(datatype, node.text or "", context)

    def _datatype(
        self, node: Node, name: str, facets: Sequence[datatypes.Facet]
    ) -> datatypes.Datatype:
        try:
            return datatypes.find(_inherited(node, "datatypeLibrary"), name, facets)
        except ValueError as error:
            raise self.fault(str(error), node) from error

    # --- name classes (RELAX NG 4.8 to 4.10)

    def name_class(self, node: Node) -> names.NameClass:
        """Return the name class of an `element` or `attribute`."""
        written = node.get("name")
        if written is None:
            return self._listed(children(node)[0])
        own = kind(node) == "element" or node.get("ns") is not None
        return self._name(written.strip(), node, _inherited(node, "ns") if own else "")

    def _name(self, written: str, node: Node, namespace: str) -> names.Name:
        prefix, colon, local = written.rpartition(":")
        if not colon:
            return names.Name(names.name(namespace, written))
        found = {"xml": names.XML, **node.nsmap}.get(prefix)
        if found is None:
            raise self.fault(f"the prefix {prefix} is not declared", node)
        return names.Name(names.name(found, local))

    def _listed(self, node: Node) -> names.NameClass:
        match kind(node):
            case "name":
                return self._name((node.text or "").strip(), node, _inherited(node, "ns"))
            case "choice":
                return self._name_choice(children(node))
            case "anyName":
                return names.AnyName(self._excepted(node))
            case "nsName":
                return names.NsName(_inherited(node, "ns"), self._excepted(node))
        raise self.fault(f"<{kind(node)}> is no name class", node)

    def _excepted(self, node: Node) -> names.NameChoice:
        return self._name_choice([each for child in children(node) for each in children(child)])

    def _name_choice(self, nodes: Sequence[Node]) -> names.NameChoice:
        return names.NameChoice(tuple(self._listed(each) for each in nodes))


def joined(join: Join, parts: Sequence[Pattern], nothing: Pattern = EMPTY) -> Pattern:
    """Return patterns joined two by two: as a tree as flat as it can be, for it is walked down."""
    if len(parts) <= 1:
        return parts[0] if parts else nothing
    middle = len(parts) // 2
    return join(joined(join, parts[:middle]), joined(join, parts[middle:]))


def _either(one: Pattern, two: Pattern) -> Pattern:
    return patterns.choice((one, two))


def _inherited(node: Node, attribute: str) -> str:
    """Return what the nearest of an element and those around it says (4.3, 4.9)."""
    for each in _outwards(node):
        said = each.get(attribute)
        if said is not None:
            return str(said)
    return ""


def _outwards(node: Node) -> Iterator[Node]:
    yield node
    yield from node.iterancestors()


MAKERS: dict[str, Callable[[Schema, Node, Scope], Pattern]] = {
    "element": Schema.element,
    "attribute": Schema.attribute,
    "group": Schema.content,
    "div": Schema.content,
    "interleave": Schema.interleave,
    "choice": Schema.choice,
    "optional": Schema.optional,
    "zeroOrMore": Schema.zero_or_more,
    "oneOrMore": Schema.one_or_more,
    "list": Schema.words,
    "mixed": Schema.mixed,
    "ref": Schema.ref,
    "parentRef": Schema.parent_ref,
    "empty": lambda *_: EMPTY,
    "text": lambda *_: TEXT,
    "notAllowed": lambda *_: NOT_ALLOWED,
    "data": Schema.data,
    "value": Schema.value,
    "grammar": Schema.grammar,
}
