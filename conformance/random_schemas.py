"""Schemas of RELAX NG made at random: patterns, and how they may be written.

What TEI does not use is here: interleave, list, except, wildcards, nested and external grammars,
inclusions, definitions that are combined or overridden.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

NS = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
SPACE = f' xmlns="{NS}" xmlns:x="urn:x" xmlns:a="urn:a" datatypeLibrary="{XSD}"'
SPACES = ("", "", "", "urn:x", "urn:y")
NAMES = "abcdef"
# Of each datatype a few values, and the parameters it may have.
TYPES: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = {
    "token": (("x", "a b", " a  b "), (("maxLength", "2"), ("pattern", "[a-c ]+"))),
    "string": (("x", " x "), (("minLength", "2"), ("pattern", "x|yy"))),
    "integer": (("1", "-3", "007"), (("minInclusive", "0"), ("maxExclusive", "5"))),
    "decimal": (("1.5", "2"), (("fractionDigits", "1"), ("totalDigits", "3"))),
    "NCName": (("x", "y"), (("length", "1"), ("pattern", "[x-z]+"))),
    "boolean": (("true", "0"), ()),
    "date": (("2020-02-29", "1867-03-09Z"), (("minInclusive", "2000-01-01"),)),
    "anyURI": (("#a", "http://x/y"), (("maxLength", "4"),)),
    "language": (("de", "en-GB"), (("pattern", "d.*"),)),
    "NMTOKENS": (("x 1", "y"), (("maxLength", "2"),)),
    "double": (("1e3", "INF", "0.5"), (("maxInclusive", "9"),)),
    "dateTime": (("2020-01-01T00:00:00", "2020-01-01T00:00:00Z"), ()),
    "QName": (("x", "a:b"), ()),
    "hexBinary": (("0a", "FF"), (("length", "1"),)),
}

Pattern = tuple[Any, ...]
ROWS = (
    "group", "group", "interleave", "choice", "choice", "optional", "zeroOrMore", "oneOrMore",
    "mixed",
)  # fmt: skip


class Maker:
    """Makes one schema, as a pattern and as files."""

    def __init__(self, chance: random.Random, *, wild: bool) -> None:
        self.chance, self.wild = chance, wild
        self.outside: list[Pattern] = []  # patterns that stand in files of their own
        self._defined = 0

    def grammar(self, depth: int, outer: Sequence[str] = ()) -> Pattern:
        """Return a grammar: its start, its definitions, and how each is written."""
        self._defined += 1
        names = [f"d{self._defined}{n}" for n in range(self.chance.randint(1, 4))]
        defines = {}
        for name in names:
            how = self.chance.choice(("plain", "plain", "plain", "choice", "interleave"))
            parts = [
                self.element(depth - 1, names, outer) for _ in range(2 if how != "plain" else 1)
            ]
            defines[name] = (how, parts)
        return "grammar", self.element(depth, names, outer), defines

    def element(self, depth: int, names: Sequence[str], outer: Sequence[str]) -> Pattern:
        """Return the pattern of an element, or of what leads to one."""
        attributes = [self._attribute() for _ in range(self.chance.choice((0, 0, 1, 1, 2)))]
        attributes = list({repr(each[1]): each for each in attributes}.values())
        content = self.content(depth, names, outer)
        if self.wild and self.chance.random() < 0.3:
            content = self.chance.choice(("group", "interleave", "choice")), [content, content]
        parts = [self._perhaps(each) for each in attributes]
        self.chance.shuffle(parts)
        inside = ("group", [*parts, content]) if parts else content
        return "element", self.names(), inside

    def _perhaps(self, attribute: Pattern) -> Pattern:
        if attribute[1][0] in ("anyName", "nsName"):
            return self.chance.choice(("oneOrMore", "zeroOrMore")), attribute
        other = ("choice", [attribute, ("attribute", ("name", "", "z"), ("text",))])
        return self.chance.choice(
            (attribute, ("optional", attribute), ("optional", attribute), other)
        )

    def _attribute(self) -> Pattern:
        inside = self.chance.choice((("text",), self.words(1), self.words(1), self.words(1)))
        if self.wild and self.chance.random() < 0.05:
            inside = "element", ("name", "", "a"), ("empty",)
        return "attribute", self.names(attribute=True), inside

    def names(self, *, attribute: bool = False) -> Pattern:
        """Return a name class."""
        kind = self.chance.random()
        if kind < (0.85 if attribute else 0.8):
            space = self.chance.choice(("", "", "", "urn:x") if attribute else SPACES)
            return "name", space, self.chance.choice("pqrs" if attribute else NAMES)
        if kind < 0.92:
            return "choice", [self.names(attribute=attribute) for _ in range(2)]
        excepted = [self.names(attribute=attribute)] if self.chance.random() < 0.4 else []
        if excepted and excepted[0][0] in ("anyName", "nsName") and not self.wild:
            excepted = []
        if kind < 0.96:
            return "nsName", self.chance.choice(("urn:x", "")), excepted
        return "anyName", excepted

    def content(self, depth: int, names: Sequence[str], outer: Sequence[str]) -> Pattern:
        """Return what may stand in an element besides attributes."""
        if depth <= 0 or self.chance.random() < 0.2:
            leaves: list[Pattern] = [("empty",), ("text",), ("text",), self.words(2)]
            return self.chance.choice(leaves)
        return self._row(depth, names, outer)

    def _row(self, depth: int, names: Sequence[str], outer: Sequence[str]) -> Pattern:
        kind = self.chance.choice(ROWS)
        if kind in ("group", "interleave", "choice"):
            count = self.chance.randint(2, 3)
            return kind, [self._part(depth - 1, names, outer) for _ in range(count)]
        return kind, self._part(depth - 1, names, outer)

    def _part(self, depth: int, names: Sequence[str], outer: Sequence[str]) -> Pattern:
        roll = self.chance.random()
        if roll < 0.3 and names:
            return "ref", self.chance.choice(names)
        if roll < 0.36 and outer:
            return "parentRef", self.chance.choice(outer)
        if roll < 0.42 and depth > 0:
            return self.grammar(depth - 1, names)
        if roll < 0.47 and depth > 0:
            self.outside.append(self.element(depth - 1, (), ()))
            return "externalRef", len(self.outside) - 1
        if roll < 0.65 and depth > 0:
            return self._row(depth, names, outer)
        if roll < 0.72:
            return self.chance.choice((("text",), ("empty",), ("notAllowed",)))
        return self.element(depth - 1, names, outer)

    def words(self, depth: int) -> Pattern:
        """Return a pattern of text: data, value, list, or a choice of these."""
        kind = self.chance.random()
        if kind < 0.2 and depth > 0:
            return "list", self._listed(depth)
        if kind < 0.35 and depth > 0:
            return "choice", [self.words(depth - 1) for _ in range(2)]
        if kind < 0.55:
            type_ = self.chance.choice(["", *TYPES])
            values = TYPES[type_][0] if type_ else ("x", "a b", " x")
            return "value", type_, self.chance.choice(values)
        type_ = self.chance.choice(list(TYPES))
        known = TYPES[type_][1]
        facets = [self.chance.choice(known)] if known and self.chance.random() < 0.5 else []
        excepted = [self.words(0)] if self.chance.random() < 0.25 else []
        return "data", type_, facets, excepted

    def _listed(self, depth: int) -> Pattern:
        part = self.words(0) if not self.wild else self.words(depth - 1)
        kind = self.chance.choice(("group", "oneOrMore", "zeroOrMore", "choice", "interleave"))
        if kind in ("oneOrMore", "zeroOrMore"):
            return kind, part
        if kind == "interleave" and not self.wild:
            kind = "group"
        return kind, [part, self.words(0)]


class Writer:
    """Writes a pattern as RELAX NG in XML syntax, one way or another."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.included: list[str] = []  # what stands in files of their own

    def file(self, pattern: Pattern) -> str:
        inner = self.pattern(pattern)
        end = min(at for at in (inner.find(" "), inner.find(">"), inner.find("/")) if at > 0)
        return inner[:end] + SPACE + inner[end:]

    def pattern(self, pattern: Pattern) -> str:
        kind = pattern[0]
        if kind in ("element", "attribute"):
            return self._named(pattern)
        if kind == "grammar":
            return self._grammar(pattern)
        if kind in ("ref", "parentRef"):
            return f'<{kind} name="{pattern[1]}"/>'
        if kind == "externalRef":
            return f'<externalRef href="out{pattern[1]}.rng"/>'
        if kind == "value":
            return self._value(pattern)
        if kind == "data":
            facets = "".join(f'<param name="{n}">{escape(v)}</param>' for n, v in pattern[2])
            excepted = "".join(map(self.pattern, pattern[3]))
            inside = facets + (f"<except>{excepted}</except>" if excepted else "")
            return f'<data type="{pattern[1]}">{inside}</data>'
        parts = pattern[1] if len(pattern) > 1 else []
        inside = "".join(map(self.pattern, [parts] if isinstance(parts, tuple) else parts))
        return f"<{kind}>{inside}</{kind}>" if inside else f"<{kind}/>"

    def _value(self, pattern: Pattern) -> str:
        _, type_, text = pattern
        if not type_:
            return f"<value>{escape(text)}</value>"
        return f'<value type="{type_}">{escape(text)}</value>'

    def _named(self, pattern: Pattern) -> str:
        kind, names, inside = pattern
        body = "" if kind == "attribute" and inside == ("text",) else self.pattern(inside)
        if names[0] == "name" and self.chance.random() < 0.7:
            _, space, name = names
            if space == "urn:x" and self.chance.random() < 0.3:
                return f'<{kind} name="x:{name}">{body}</{kind}>'
            return f'<{kind} ns="{space}" name="{name}">{body}</{kind}>'
        return f"<{kind}>{self._class(names)}{body}</{kind}>"

    def _class(self, names: Pattern) -> str:
        if names[0] == "name":
            return f'<name ns="{names[1]}">{names[2]}</name>'
        if names[0] == "choice":
            return f"<choice>{''.join(map(self._class, names[1]))}</choice>"
        excepted = "".join(map(self._class, names[-1]))
        inside = f"<except>{excepted}</except>" if excepted else ""
        space = f' ns="{names[1]}"' if names[0] == "nsName" else ""
        return f"<{names[0]}{space}>{inside}</{names[0]}>"

    def _grammar(self, pattern: Pattern) -> str:
        _, start, defines = pattern
        written = [f"<start>{self.pattern(start)}</start>"]
        for name, (how, parts) in defines.items():
            combine = "" if how == "plain" else f' combine="{how}"'
            written += [f'<define name="{name}"{combine}>{self.pattern(p)}</define>' for p in parts]
        self.chance.shuffle(written)
        if self.chance.random() < 0.3:
            written = [f"<div>{''.join(written[:1])}</div>", *written[1:]]
        if self.chance.random() < 0.3:
            written = self._including(written, defines)
        return f"<grammar>{''.join(written)}</grammar>"

    def _including(self, written: list[str], defines: dict[str, Any]) -> list[str]:
        """Put a part of a grammar into a file of its own, and override there what is here."""
        apart, here = written[:1], written[1:]
        plain = [name for name, (how, _) in defines.items() if how == "plain"]
        own = [
            each for each in here if any(f'<define name="{name}">' in each[:20] for name in plain)
        ]
        over = own[:1] if self.chance.random() < 0.5 else []
        apart += [f"{each.partition('>')[0]}><notAllowed/></define>" for each in over]
        here = [each for each in here if each not in over]
        self.included.append(f"<grammar{SPACE}>{''.join(apart)}</grammar>")
        number = len(self.included) - 1
        return [f'<include href="in{number}.rng">{"".join(over)}</include>', *here]
