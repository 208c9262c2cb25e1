"""The least that a schema asks for: an element with all it must have, and nothing else.

Only what can be known is written: an attribute whose value is anybody's guess makes an element
that cannot be supplied.
"""

from __future__ import annotations

from collections.abc import Iterable

from encoder.validate.relaxng.leaves import Attribute, Data, Element, List, Value
from encoder.validate.relaxng.names import XML, local, uri
from encoder.validate.relaxng.patterns import EMPTY, TEXT, Choice, OneOrMore, Pattern
from encoder.validate.relaxng.ranking import Ranking

# What is wanted so deep inside is more than a machine should supply.
DEEPEST = 6


class Minimal:
    """Writes the least of an element; where there is a choice, what the document has most."""

    def __init__(self, ranking: Ranking) -> None:
        self._ranking = ranking

    def element(self, pattern: Element, name: str, prefix: str, depth: int = 0) -> str | None:
        """Return an element as XML, None where something in it cannot be known."""
        parts = self._parts(pattern.content(), prefix, depth) if depth < DEEPEST else None
        if parts is None:
            return None
        tag, attributes, inside = f"{prefix}{local(name)}", "".join(parts[0]), "".join(parts[1])
        return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"

    def _parts(
        self, pattern: Pattern, prefix: str, depth: int
    ) -> tuple[list[str], list[str]] | None:
        """Return the attributes and the children that a pattern cannot do without."""
        if pattern.nullable or pattern in (EMPTY, TEXT):
            return [], []
        if isinstance(pattern, Element):
            return self._child(pattern, prefix, depth)
        if isinstance(pattern, Attribute):
            written = attribute(pattern)
            return None if written is None else ([written], [])
        if isinstance(pattern, Value | Data | List):
            text = value(pattern)
            return None if text is None else ([], [text])
        if isinstance(pattern, Choice):
            return self._least(pattern.members, prefix, depth)
        parts = [self._parts(part, prefix, depth) for part in pattern.parts]
        if not parts or any(part is None for part in parts):
            return None
        known = [part for part in parts if part is not None]
        return [a for part in known for a in part[0]], [c for part in known for c in part[1]]

    def _child(
        self, pattern: Element, prefix: str, depth: int
    ) -> tuple[list[str], list[str]] | None:
        name = next(iter(self._ranking.ranked(pattern.names.names())), "")
        written = self.element(pattern, name, prefix, depth + 1) if name else None
        return None if written is None else ([], [written])

    def _least(
        self, members: Iterable[Pattern], prefix: str, depth: int
    ) -> tuple[list[str], list[str]] | None:
        """Return what asks for least, and of what asks for as much, what is used most."""
        known = [part for each in members if (part := self._parts(each, prefix, depth)) is not None]
        return min(known, key=self._weight, default=None)

    def _weight(self, parts: tuple[list[str], list[str]]) -> tuple[int, int, str]:
        written = "".join(parts[0] + parts[1])
        first = written.lstrip("<").partition(">")[0].split("/")[0].rpartition(":")[2]
        return written.count("<"), -self._ranking.uses(first), written


def attribute(pattern: Attribute) -> str | None:
    """Return an attribute with the one value it can have."""
    name = next(pattern.names.names(), "")
    text = value(pattern.content)
    if not name or text is None or uri(name) not in ("", XML):
        return None
    return f' {"xml:" if uri(name) else ""}{local(name)}="{text}"'


def value(pattern: Pattern) -> str | None:
    """Return the one value that a pattern of text allows, None where there are others."""
    if isinstance(pattern, Value):
        return pattern.value
    if isinstance(pattern, OneOrMore):
        return value(pattern.body)
    return "" if pattern.nullable and not isinstance(pattern, Data | List) else None
