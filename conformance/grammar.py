"""A RELAX NG grammar seen as regular languages: what may follow what inside each element.

A content model is an expression over the names of elements, and text is one more name. One such
language lies in another if their derivatives by every sequence of names do (Brzozowski 1964).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from pathlib import Path

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
TEXT = "text()"


@dataclass(frozen=True)
class Pattern:
    """A regular expression: `kind` is none, empty, name, choice, group or more."""

    kind: str
    parts: tuple[Pattern, ...] | frozenset[Pattern] = ()
    name: str = ""

    @cached_property
    def nullable(self) -> bool:
        """Whether nothing at all fits."""
        found = (part.nullable for part in self.parts)
        answers = {"empty": True, "none": False, "name": False}
        return answers[self.kind] if self.kind in answers else self._of(found)

    def _of(self, found: Iterator[bool]) -> bool:
        return any(found) if self.kind == "choice" else all(found)

    @cached_property
    def first(self) -> frozenset[str]:
        """The names that may come first."""
        if self.kind == "name":
            return frozenset([self.name])
        names: frozenset[str] = frozenset()
        for part in self.parts:
            names |= part.first
            if self.kind == "group" and not part.nullable:
                break
        return names


NONE, EMPTY = Pattern("none"), Pattern("empty")


def choice(*parts: Pattern) -> Pattern:
    """Return what fits any of `parts`."""
    flat: set[Pattern] = set()
    for part in parts:
        flat |= part.parts if isinstance(part.parts, frozenset) else {part}
    flat.discard(NONE)
    return flat.pop() if len(flat) == 1 else Pattern("choice", frozenset(flat)) if flat else NONE


def group(first: Pattern, second: Pattern) -> Pattern:
    """Return what fits `first` and then `second`."""
    if NONE in (first, second):
        return NONE
    if first == EMPTY or second == EMPTY:
        return second if first == EMPTY else first
    if first.kind == "group":
        head, tail = first.parts
        return Pattern("group", (head, group(tail, second)))
    return Pattern("group", (first, second))


def more(part: Pattern) -> Pattern:
    """Return what fits `part` once or several times."""
    return part if part in (NONE, EMPTY) else Pattern("more", (part,))


@cache
def derivative(pattern: Pattern, name: str) -> Pattern:
    """Return what may follow after `name` has been read."""
    if name not in pattern.first:
        return NONE
    if pattern.kind == "name":
        return EMPTY
    if pattern.kind == "choice":
        return choice(*(derivative(part, name) for part in pattern.parts))
    if pattern.kind == "more":
        (part,) = pattern.parts
        return group(derivative(part, name), choice(EMPTY, pattern))
    first, second = pattern.parts
    through = derivative(second, name) if first.nullable else NONE
    return choice(group(derivative(first, name), second), through)


def beyond(ours: Pattern, theirs: Pattern) -> str:
    """Return a sequence that fits `ours` and not `theirs`; an empty string where there is none."""
    seen, pending = {(ours, theirs)}, [(ours, theirs, "")]
    while pending:
        mine, other, path = pending.pop()
        if other == NONE or (mine.nullable and not other.nullable):
            return path or "nothing at all"
        for name in sorted(mine.first):
            pair = derivative(mine, name), derivative(other, name)
            if pair not in seen:
                seen.add(pair)
                pending.append((*pair, f"{path} {name}".strip()))
    return ""


class Grammar:
    """A RELAX NG grammar in XML syntax, in one file."""

    def __init__(self, path: Path) -> None:
        self.root = etree.parse(path).getroot()
        self.defines = {define.get("name", ""): define for define in self.root.iter(f"{RNG}define")}
        self.elements = {
            name: pattern
            for pattern in self.root.iter(f"{RNG}element")
            if (name := pattern.get("name"))
        }
        self._known: dict[str, Pattern] = {}

    def content(self, element: str) -> Pattern:
        """Return the content model of an element, without its attributes."""
        return self._sequence(self.elements[element])

    def _sequence(self, holder: etree._Element) -> Pattern:
        return reduce(group, map(self._pattern, _patterns(holder)), EMPTY)

    def _pattern(self, node: etree._Element) -> Pattern:
        kind = str(node.tag).removeprefix(RNG)
        if kind in ("text", "data", "value", "list"):
            return choice(EMPTY, more(Pattern("name", name=TEXT)))
        if kind == "ref":
            return self._defined(node.get("name", ""))
        if kind == "element":
            return Pattern("name", name=node.get("name") or "any")
        return self._composed(kind, node)

    def _composed(self, kind: str, node: etree._Element) -> Pattern:
        if kind == "choice":
            return choice(*map(self._pattern, _patterns(node)))
        inner = EMPTY if kind == "attribute" else self._sequence(node)
        made = {
            "optional": lambda: choice(EMPTY, inner),
            "zeroOrMore": lambda: choice(EMPTY, more(inner)),
            "oneOrMore": lambda: more(inner),
            "notAllowed": lambda: NONE,
        }
        return made.get(kind, lambda: inner)()

    def _defined(self, name: str) -> Pattern:
        if name not in self._known:
            self._known[name] = self._sequence(self.defines[name])
        return self._known[name]

    def attributes(self, element: str) -> dict[str, tuple[etree._Element, bool]]:
        """Return the pattern of each attribute of an element, and whether it is required."""
        found: dict[str, tuple[etree._Element, bool]] = {}
        for attribute, required in self._attributes(self.elements[element], True, set()):
            found.setdefault(attribute.get("name", ""), (attribute, required))
        return found

    def _attributes(
        self, holder: etree._Element, required: bool, seen: set[str]
    ) -> Iterator[tuple[etree._Element, bool]]:
        for part in _patterns(holder):
            kind, name = str(part.tag).removeprefix(RNG), part.get("name", "")
            needed = required and kind not in ("optional", "choice", "zeroOrMore")
            if kind == "attribute":
                yield part, required
            elif kind == "ref" and name not in seen:
                seen.add(name)
                yield from self._attributes(self.defines[name], required, seen)
            elif kind not in ("element", "ref"):
                yield from self._attributes(part, needed, seen)


def _patterns(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield the RELAX NG children of a pattern: the rest is documentation and Schematron."""
    return (part for part in holder.iterchildren("*") if str(part.tag).startswith(RNG))
