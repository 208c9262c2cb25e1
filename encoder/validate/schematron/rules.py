"""A schema is patterns, each a list of rules: the first that fits a node asks its questions.

Here a schema is put together from the elements it is written with: abstract patterns are given
their values, abstract rules their place, and the patterns of one phase are chosen.
Rules of ISO/IEC 19757-3:2020; of the edition of 2025 `visit-each`, `group`, `severity` and
`phase/@from`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from encoder.errors import UsageError
from encoder.validate.schematron import xpath
from encoder.validate.schematron.files import SCH, Node, children

XSL = "{http://www.w3.org/1999/XSL/Transform}"
BINDINGS = frozenset({"", "xslt", "xslt2", "xslt3", "xpath", "xpath2", "xpath3", "xpath31"})
OLD = frozenset({"xslt", "xpath"})
# XSLT that declares something a rule may use, and cannot read or write another file.
DECLARATIONS = frozenset(
    f"{XSL}{name}" for name in ("key", "function", "accumulator", "decimal-format", "variable")
)
SILENT = frozenset({"title", "p", "ns", "phase", "diagnostics", "properties", "param", "active"})
READ = frozenset({"let", "pattern", "group", "rule", "assert", "report", "extends"})


@dataclass(frozen=True)
class Fault:
    """What is wrong with a schema, at the element that is to blame."""

    node: Node
    message: str
    hint: str = ""


@dataclass(frozen=True, eq=False)
class Let:
    """A variable: an expression, or the content of the element as data."""

    node: Node
    scope: Scope


@dataclass(frozen=True, eq=False)
class Check:
    """An `assert`, which must hold, or a `report`, which must not."""

    node: Node
    scope: Scope
    rule: Node
    pattern: Node

    @property
    def refers(self) -> Iterator[tuple[Literal["diagnostic", "property"], str]]:
        """What else is to be said: the kind of text, and its id."""
        for attribute in ("diagnostics", "properties"):
            for name in self.node.get(attribute).split():
                yield "diagnostic" if attribute == "diagnostics" else "property", name


@dataclass(frozen=True, eq=False)
class Rule:
    """What is asked of the nodes that fit its context."""

    node: Node
    scope: Scope
    pattern: Node
    lets: list[Let]
    checks: list[Check]


@dataclass(frozen=True, eq=False)
class Pattern:
    """Rules of which a node meets the first that fits; in a `group`, each that fits."""

    node: Node
    scope: Scope
    lets: list[Let]
    rules: list[Rule]
    identity: Node

    @property
    def is_exclusive(self) -> bool:
        """Whether one rule that fits keeps others from being asked."""
        return self.node.kind != "group" and len(self.rules) > 1

    @property
    def documents(self) -> str:
        """The expression for the names of the documents it is about; empty for the one checked."""
        return self.node.get("documents")


@dataclass
class Scope:
    """The values of a pattern's parameters, and its variables that must not meet others."""

    values: Mapping[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def read(self, node: Node, attribute: str) -> str:
        """Return an attribute as this pattern means it."""
        return xpath.renamed(self.text(node, attribute), self.names)

    def text(self, node: Node, attribute: str) -> str:
        """Return an attribute with the pattern's parameters replaced."""
        return self.expanded(node.get(attribute))

    def expanded(self, text: str) -> str:
        """Return a text with the pattern's parameters replaced."""
        return xpath.substitute(text, self.values)

    def name(self, let: Node) -> str:
        """Return what a variable is called here."""
        return self.names.get(let.get("name"), let.get("name"))


OPEN = Scope()


@dataclass
class Schema:
    """All that one phase of a schema asks."""

    root: Node
    phase: str = "#ALL"
    binding: str = ""
    namespaces: dict[str, str] = field(default_factory=dict)
    lets: list[Let] = field(default_factory=list)
    declarations: list[Node] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)
    texts: dict[tuple[str, str], Node] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    origin: str = ""


def schema(root: Node, phase: str = "") -> Schema:
    """Return what a phase of the schema at `root` asks; without `phase`, the default one.

    Raises:
        MissingError: a file that is named is not there.
        UsageError: the query language is not ours to read, or there is no such phase.
    """
    return composed(root, list(children(root)), phase)


def composed(root: Node, parts: list[Node], phase: str = "") -> Schema:
    """Return what a phase of a schema asks whose parts are already gathered."""
    binding = root.get("queryBinding").lower()
    if binding not in BINDINGS:
        hint = "Write the rules in XPath: queryBinding='xslt3'."
        message = f"the query language {binding} is not read"
        raise UsageError(message, hint=hint, place=root.place)
    made = Schema(root, binding=binding)
    chosen = _phase(made, parts, phase)
    made.namespaces = {
        **root.namespaces,
        **{ns.get("prefix"): ns.get("uri") for ns in parts if ns.kind == "ns"},
    }
    made.declarations = [part for part in parts if part.kind in DECLARATIONS]
    made.texts = dict(_texts(parts))
    made.lets = _lets(parts, chosen)
    made.faults += _unread(parts)
    made.patterns = list(_patterns(made, parts, chosen))
    _keep_apart(made)
    return made


def _phase(made: Schema, parts: list[Node], phase: str) -> Node | None:
    """Choose the phase, and return its element; None for all patterns."""
    name = phase or "#DEFAULT"
    if name == "#DEFAULT":
        name = made.root.get("defaultPhase") or "#ALL"
    made.phase = name
    if name == "#ALL":
        return None
    phases = {part.get("id"): part for part in parts if part.kind == "phase"}
    if name not in phases:
        listed = ", ".join([*phases, "#ALL"])
        raise UsageError(
            f"there is no phase {name}", hint=f"Name one of: {listed}.", place=made.root.place
        )
    made.origin = phases[name].get("from")
    return phases[name]


def _texts(parts: list[Node]) -> Iterator[tuple[tuple[str, str], Node]]:
    """Yield the diagnostics and properties by their kind and id."""
    for part in parts:
        if part.kind in ("diagnostics", "properties"):
            yield from _texts(list(children(part)))
        elif part.kind in ("diagnostic", "property"):
            yield (part.kind, part.get("id")), part


def _lets(parts: list[Node], phase: Node | None) -> list[Let]:
    """Return the variables of the schema and of its phase, which hides one of the same name."""
    found = [part for part in parts if part.kind == "let"]
    if phase is not None:
        found += [part for part in children(phase) if part.kind == "let"]
    return [Let(node, OPEN) for node in {node.get("name"): node for node in found}.values()]


def _unread(parts: list[Node]) -> Iterator[Fault]:
    for part in parts:
        known = part.kind in SILENT | READ | {"diagnostic", "property"}
        ours = str(part.element.tag).startswith((SCH, XSL, "{http://www.w3.org/2001/XInclude}"))
        if ours and not known and part.kind not in DECLARATIONS:
            yield Fault(part, f"<{part.local}> is not read here")


def _patterns(made: Schema, parts: list[Node], phase: Node | None) -> Iterator[Pattern]:
    """Yield the active patterns, those that are an instance of another in its words."""
    written = [part for part in parts if part.kind in ("pattern", "group")]
    abstract = {part.get("id"): part for part in written if part.get("abstract") == "true"}
    active = None if phase is None else _active(made, written, phase)
    for part in written:
        if part.get("abstract") == "true" or (active is not None and part.get("id") not in active):
            continue
        name = part.get("is-a")
        if not name:
            yield _pattern(made, part, part, Scope())
        elif name in abstract:
            values = _values(parts) | _values(children(abstract[name])) | _values(children(part))
            yield _pattern(made, abstract[name], part, Scope(values))
        else:
            made.faults.append(Fault(part, f"there is no abstract pattern {name}"))


def _active(made: Schema, written: list[Node], phase: Node) -> set[str]:
    known = {part.get("id") for part in written}
    asked = [part for part in children(phase) if part.kind == "active"]
    for part in asked:
        if part.get("pattern") not in known:
            made.faults.append(Fault(part, f"there is no pattern {part.get('pattern')}"))
    return {part.get("pattern") for part in asked}


def _values(parts: Iterator[Node] | list[Node]) -> dict[str, str]:
    return {part.get("name"): part.get("value") for part in parts if part.kind == "param"}


def _pattern(made: Schema, node: Node, identity: Node, scope: Scope) -> Pattern:
    parts = list(children(node))
    abstract = {
        part.get("id"): part
        for part in parts
        if part.kind == "rule" and part.get("abstract") == "true"
    }
    lets = [Let(part, scope) for part in parts if part.kind == "let"]
    rules = [
        _rule(made, part, abstract, scope, identity)
        for part in parts
        if part.kind == "rule" and part.get("abstract") != "true"
    ]
    return Pattern(node, scope, lets, rules, identity)


def _rule(made: Schema, node: Node, abstract: dict[str, Node], scope: Scope, pattern: Node) -> Rule:
    body = list(_body(made, node, abstract, ()))
    lets = [Let(part, scope) for part in body if part.kind == "let"]
    asked = [part for part in body if part.kind in ("assert", "report")]
    checks = [Check(part, scope, node, pattern) for part in asked]
    for check in checks:
        made.faults += _unnamed(made, check)
    return Rule(node, scope, pattern, lets, checks)


def _unnamed(made: Schema, check: Check) -> Iterator[Fault]:
    for kind, name in check.refers:
        if (kind, name) not in made.texts:
            yield Fault(check.node, f"there is no {kind} {name}")


def _body(
    made: Schema, node: Node, abstract: dict[str, Node], line: tuple[str, ...]
) -> Iterator[Node]:
    """Yield what a rule asks, with what it takes over from abstract ones of its pattern."""
    for part in children(node):
        name = part.get("rule")
        if part.kind != "extends":
            yield part
        elif name in line:
            made.faults.append(Fault(part, f"the rule {name} extends itself"))
        elif name in abstract:
            yield from _body(made, abstract[name], abstract, (*line, name))
        else:
            message = f"there is no abstract rule {name} in this pattern"
            made.faults.append(Fault(part, message))


def _keep_apart(made: Schema) -> None:
    """Call otherwise the variables of patterns that other patterns, or the schema, have too."""
    taken = {let.node.get("name") for let in made.lets}
    for number, pattern in enumerate(made.patterns):
        for let in pattern.lets:
            name = let.node.get("name")
            if name in taken:
                pattern.scope.names[name] = f"{name}-pattern-{number}"
            taken.add(name)
