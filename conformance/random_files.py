"""Files made at random of a pattern, and changed at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from conformance.mutants import VALUES
from conformance.random_schemas import NAMES, SPACES, TYPES, Pattern


@dataclass
class Element:
    """An element of a file that is made: what is in it are elements and texts."""

    name: tuple[str, str]
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)


class Sampler:
    """Makes files that a pattern allows, as far as luck will have it."""

    def __init__(self, chance: random.Random, outside: Sequence[Pattern]) -> None:
        self.chance, self.outside, self.left = chance, outside, 0

    def file(self, pattern: Pattern) -> Element:
        self.left = 60
        top = Element(("", ""))
        self.into(top, pattern, [])
        return next((e for e in top.inside if isinstance(e, Element)), Element(("", "a")))

    def into(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        """Put what a pattern allows into an element."""
        self.left -= 1
        if self.left > 0:
            getattr(self, f"_{pattern[0]}")(element, pattern, scopes)

    def _element(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        made = Element(self._name(pattern[1]))
        self.into(made, pattern[2], scopes)
        element.inside.append(made)

    def _attribute(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        made = Element(("", ""))
        self.into(made, pattern[2], scopes)
        text = "".join(each for each in made.inside if isinstance(each, str))
        element.attributes[self._name(pattern[1])] = text

    def _name(self, names: Pattern) -> tuple[str, str]:
        if names[0] == "name":
            return names[1], names[2]
        if names[0] == "choice":
            return self._name(self.chance.choice(names[1]))
        space = names[1] if names[0] == "nsName" else self.chance.choice(("", "urn:x", "urn:z"))
        return space, self.chance.choice("abpq")

    def _grammar(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        self.into(element, pattern[1], [*scopes, pattern[2]])

    def _ref(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        how, parts = scopes[-1][pattern[1]]
        chosen = parts if how == "interleave" else [self.chance.choice(parts)]
        for part in chosen:
            self.into(element, part, scopes)

    def _parentRef(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:  # noqa: N802 - as RELAX NG has it
        self._ref(element, pattern, scopes[:-1])

    def _externalRef(self, element: Element, pattern: Pattern, _: list[dict[str, Any]]) -> None:  # noqa: N802
        self.into(element, self.outside[pattern[1]], [])

    def _group(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        for part in pattern[1]:
            self.into(element, part, scopes)

    def _interleave(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        parts = []
        for part in pattern[1]:
            made = Element(("", ""))
            self.into(made, part, scopes)
            element.attributes |= made.attributes
            parts.append(made.inside)
        while any(parts):
            element.inside.append(self.chance.choice([part for part in parts if part]).pop(0))

    def _choice(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        self.into(element, self.chance.choice(pattern[1]), scopes)

    def _optional(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        for _ in range(self.chance.randint(0, 1)):
            self.into(element, pattern[1], scopes)

    def _zeroOrMore(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:  # noqa: N802
        for _ in range(self.chance.randint(0, 3)):
            self.into(element, pattern[1], scopes)

    def _oneOrMore(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:  # noqa: N802
        for _ in range(self.chance.randint(1, 3)):
            self.into(element, pattern[1], scopes)

    def _mixed(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        element.inside.append("mixed ")
        self.into(element, pattern[1], scopes)

    def _list(self, element: Element, pattern: Pattern, scopes: list[dict[str, Any]]) -> None:
        made = Element(("", ""))
        self.into(made, pattern[1], scopes)
        element.inside.append(" ".join(each for each in made.inside if isinstance(each, str)))

    def _text(self, element: Element, *_: object) -> None:
        element.inside.append(self.chance.choice(("words", "", " ", "1")))

    def _empty(self, *_: object) -> None:
        pass

    _notAllowed = _empty  # noqa: N815

    def _value(self, element: Element, pattern: Pattern, _: object) -> None:
        element.inside.append(pattern[2])

    def _data(self, element: Element, pattern: Pattern, _: object) -> None:
        element.inside.append(self.chance.choice(TYPES[pattern[1]][0]))


def changed(element: Element, chance: random.Random) -> None:
    """Change something in an element, or in one within it."""
    one = chance.choice(list(_within(element)))
    chance.choice((_rearranged, _renamed, _attributed))(one, chance)


def _rearranged(one: Element, chance: random.Random) -> None:
    inside, text = one.inside, chance.choice((" ", "x", "1", _value(chance)))
    match chance.randrange(4):
        case 0 if inside:
            inside.pop(chance.randrange(len(inside)))
        case 1 if inside:
            inside.append(deepcopy(chance.choice(inside)))
        case 2:
            chance.shuffle(inside)
        case _:
            inside.insert(chance.randint(0, len(inside)), text)


def _renamed(one: Element, chance: random.Random) -> None:
    if chance.random() < 0.5:
        one.name = chance.choice(SPACES), chance.choice(NAMES)
    else:
        one.inside.append(deepcopy(one))


def _attributed(one: Element, chance: random.Random) -> None:
    known = list(one.attributes)
    match chance.randrange(3):
        case 0 if known:
            one.attributes.pop(chance.choice(known))
        case 1 if known:
            one.attributes[chance.choice(known)] = _value(chance)
        case _:
            one.attributes[chance.choice(("", "urn:x")), chance.choice("pqrs")] = _value(chance)


def _value(chance: random.Random) -> str:
    return chance.choice(VALUES).replace("&lt;", "<").replace("&amp;", "&").split("&")[0]


def _within(element: Element) -> Iterator[Element]:
    yield element
    for each in element.inside:
        if isinstance(each, Element):
            yield from _within(each)


def written(element: Element, chance: random.Random) -> str:
    """Return an element as XML."""
    space, name = element.name
    attributes = "".join(
        f" {'n:' if uri else ''}{local}={quoteattr(value)}"
        for (uri, local), value in element.attributes.items()
        if uri in ("", "urn:x")
    )
    inside = "".join(
        written(each, chance) if isinstance(each, Element) else _text(each, chance)
        for each in element.inside
    )
    start = f'{name} xmlns="{space}" xmlns:n="urn:x" xmlns:a="urn:a"{attributes}'
    return f"<{start}>{inside}</{name}>" if inside else f"<{start}/>"


def _text(text: str, chance: random.Random) -> str:
    if text and chance.random() < 0.1:
        return f"<!-- c -->{escape(text)}<?p i?>"
    return f"<![CDATA[{text}]]>" if chance.random() < 0.1 else escape(text)
