"""What a pattern waits for: the elements, attributes and values that could come next, or must."""

from __future__ import annotations

from collections.abc import Iterator

from encoder.validate.relaxng.leaves import Attribute, Data, Element, List, Value
from encoder.validate.relaxng.patterns import (
    NOT_ALLOWED,
    Choice,
    Group,
    Pattern,
)


def expected(pattern: Pattern) -> frozenset[Element]:
    """Return the elements that may come next."""
    found: frozenset[Element] | None = pattern.memory.get("expected")
    if found is None:
        found = pattern.memory["expected"] = _expected(pattern)
    return found


def _expected(pattern: Pattern) -> frozenset[Element]:
    if isinstance(pattern, Element):
        return frozenset({pattern})
    if isinstance(pattern, Group) and not pattern.left.nullable:
        return expected(pattern.left)
    return frozenset().union(*(expected(part) for part in pattern.parts))


def missing(pattern: Pattern, before: str = "") -> frozenset[Element]:
    """Return the elements one of which must come next, or before the element named `before`."""
    if isinstance(pattern, Element):
        return frozenset({pattern})
    if before and pattern.opened(before, True) is NOT_ALLOWED:
        before = ""  # it comes behind this part, of which all is wanted
    return frozenset().union(*(missing(part, before) for part in _needed(pattern, before)))


def _needed(pattern: Pattern, before: str) -> list[Pattern]:
    """Return those parts in which something is missing."""
    lacking = [part for part in pattern.parts if not part.nullable]
    if isinstance(pattern, Choice):
        if not before:
            return [] if pattern.nullable else lacking
        return [part for part in lacking if part.opened(before, True) is not NOT_ALLOWED]
    if isinstance(pattern, Group):
        return lacking[:1]
    return lacking


def missing_attributes(pattern: Pattern) -> frozenset[Attribute]:
    """Return the attributes some of which must be there."""
    if pattern.closed() is not NOT_ALLOWED:
        return frozenset()
    if isinstance(pattern, Attribute):
        return frozenset({pattern})
    return frozenset().union(*(missing_attributes(part) for part in pattern.parts))


def values(pattern: Pattern) -> Iterator[str]:
    """Yield the values that a schema lists for an attribute or text."""
    return (each.value for each in _texts(pattern) if isinstance(each, Value))


def datatypes(pattern: Pattern) -> Iterator[str]:
    """Yield the names of the datatypes that an attribute or text may be of."""
    return (each.datatype.name for each in _texts(pattern) if isinstance(each, Data))


def _texts(pattern: Pattern) -> Iterator[Value | Data]:
    """Yield what a pattern asks of text, in lists too."""
    if isinstance(pattern, Value | Data):
        yield pattern
    for part in (pattern.body,) if isinstance(pattern, List) else pattern.parts:
        yield from _texts(part)


def holder(pattern: Pattern, name: str) -> list[Element]:
    """Return the elements that may come next and in which the element `name` may come first."""
    return [each for each in expected(pattern) if _holds(each, name)]


def _holds(element: Element, name: str) -> bool:
    inside = element.content().closed(True)
    return any(True for _ in element.names.names()) and inside.opened(name) is not NOT_ALLOWED
