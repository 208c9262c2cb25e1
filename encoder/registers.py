"""A register lists the people an edition knows: their names, dates and identifiers.

It is a TEI `<listPerson>`, alone or anywhere in a TEI document (TEI P5 14.3). Each `<person>` has
an `xml:id` and one `<persName>` or more. `persName/@type` says what a name is:

- `main`: the name the edition uses (the default of the first name);
- `variant`: another spelling or a shorter form (the default of the others);
- `nickname`: a name used for fun or for cover;
- `role`: no name but a description that stands for the person, such as "the chief".

A name is a string ("Leo Tolstoy", "Tolstoy, Leo") or has parts (`surname`, `forename` …).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from xml.parsers import expat

from encoder.errors import UsageError
from encoder.model import collapse

TEI = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
PARTS = frozenset(["surname", "forename", "roleName", "addName", "nameLink", "genName"])
DATING = ("when", "from", "notBefore", "to", "notAfter")
NCNAME = re.compile(r"[^\W\d][\w.·-]*")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a person.

    `parts` are the TEI elements the name is made of with their text, in their order, as
    `("surname", "Tolstoy")`; empty where the register says nothing of them.
    """

    text: str
    type: str = "main"
    lang: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    def part(self, *kinds: str) -> str:
        """Return the text of the parts of these kinds, joined by spaces."""
        return " ".join(text for kind, text in self.parts if kind in kinds)


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of a register.

    `birth` and `death` are W3C dates or the words of the register; `idnos` are pairs of type and
    value; `xml` is the entry as TEI, fit to be copied; `line` is where it stands in its file.
    """

    id: str
    names: tuple[Name, ...]
    birth: str = ""
    death: str = ""
    idnos: tuple[tuple[str, str], ...] = ()
    xml: str = ""
    line: int = 0

    @property
    def name(self) -> str:
        """The main name as the register writes it."""
        return next((n.text for n in self.names if n.type == "main"), self.names[0].text)


@dataclass(frozen=True)
class Register:
    """The persons of one file, in its order; `Register()` knows nobody."""

    persons: tuple[Person, ...] = ()
    path: Path | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        """The persons by `xml:id`."""
        return MappingProxyType({person.id: person for person in self.persons})


def read_register(path: Path) -> Register:
    """Read a register of persons.

    Raises:
        UsageError: the file is missing or no XML, it has no `<listPerson>`, or an entry has no
            usable `xml:id`, one that another entry bears, or no name.
    """
    root, lines = _parse(path)
    if next(root.iter("listPerson"), None) is None:
        message = f"a register of persons is expected, but this is a <{_local(root)}>"
        hint = "put the entries into <listPerson>"
        raise UsageError(message, hint=hint, place=f"{path}:1")
    entries = zip(root.iter("person"), lines, strict=True)
    persons = tuple(_person(entry, line, f"{path}:{line}") for entry, line in entries)
    _refuse_doubles(persons, path)
    return Register(persons, path)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _parse(path: Path) -> tuple[ET.Element, list[int]]:
    """Return the document, its TEI elements by their bare names, and the line of each person."""
    parser = expat.ParserCreate(namespace_separator="}")
    builder, lines = ET.TreeBuilder(), list[int]()

    def start(tag: str, attrs: dict[str, str]) -> None:
        name = _bare(tag)
        if name == "person":
            lines.append(parser.CurrentLineNumber)
        builder.start(name, {_bare(key): value for key, value in attrs.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(_bare(tag))
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(_bytes(path), True)
    except expat.ExpatError as error:
        message = f"not well-formed XML: {expat.ErrorString(error.code)}"
        place = f"{path}:{error.lineno}:{error.offset + 1}"
        raise UsageError(message, place=place) from error
    return builder.close(), lines


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the register cannot be read ({error.strerror})"
        hint = "look at `persons` under [registers] in edition.toml"
        raise UsageError(message, hint=hint, place=str(path)) from error


def _bare(name: str) -> str:
    uri, found, local = name.rpartition("}")
    return local if uri in ("", TEI) else f"{{{uri}{found}{local}"


def _person(entry: ET.Element, line: int, place: str) -> Person:
    return Person(
        _id(entry, place),
        _names(entry, place),
        _date(entry, "birth"),
        _date(entry, "death"),
        tuple((i.get("type", ""), _text(i)) for i in entry.findall("idno")),
        _serialised(entry),
        line,
    )


def _id(entry: ET.Element, place: str) -> str:
    found = entry.get(f"{XML}id", "")
    hint = 'write <person xml:id="…"> with a name of letters, digits, "-" and "_"'
    if not found:
        raise UsageError("a <person> has no xml:id", hint=hint, place=place)
    if not NCNAME.fullmatch(found):
        raise UsageError(f"{found!r} cannot be an xml:id", hint=hint, place=place)
    return found


def _names(entry: ET.Element, place: str) -> tuple[Name, ...]:
    named = [element for element in entry.findall("persName") if _text(element)]
    if not named:
        person = entry.get(f"{XML}id", "")
        hint = 'write <persName type="main">…</persName> into it'
        raise UsageError(f"the person {person!r} has no name", hint=hint, place=place)
    lang = entry.get(f"{XML}lang", "")
    return tuple(_name(element, index, lang) for index, element in enumerate(named))


def _name(element: ET.Element, index: int, lang: str) -> Name:
    kind = element.get("type") or ("variant" if index else "main")
    text = _text(element)
    parts = tuple((part.tag, _text(part)) for part in element.iter() if part.tag in PARTS)
    return Name(text, kind, element.get(f"{XML}lang", lang), parts or _inverted(text))


def _inverted(text: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of a name written "Surname, Forename"."""
    surname, comma, forename = text.partition(", ")
    return (("surname", surname), ("forename", forename)) if comma else ()


def _text(element: ET.Element) -> str:
    """Return the element's text, with a space between parts that stand side by side."""
    return collapse("".join(_pieces(element)))


def _pieces(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or (" " if child.tag in PARTS else "")


def _date(entry: ET.Element, tag: str) -> str:
    event = entry.find(tag)
    if event is None:
        return ""
    return next((event.attrib[key] for key in DATING if key in event.attrib), _text(event))


def _serialised(entry: ET.Element) -> str:
    """Return the entry as TEI with no namespace but its own and no spaces between its children."""
    copy = ET.Element("person", {"xmlns": TEI, **entry.attrib})
    for child in entry:
        copy.append(_tidied(child))
    return ET.tostring(copy, encoding="unicode")


def _tidied(element: ET.Element, tail: str = "") -> ET.Element:
    copy = ET.Element(element.tag, dict(element.attrib))
    copy.text, copy.tail = _one_space(element.text), tail
    copy.extend(_tidied(child, _one_space(child.tail)) for child in element)
    return copy


def _one_space(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _refuse_doubles(persons: tuple[Person, ...], path: Path) -> None:
    seen: dict[str, int] = {}
    for person in persons:
        if person.id in seen:
            message = f"the xml:id {person.id!r} is already that of the person in line"
            message += f" {seen[person.id]}"
            hint = "give one of them another id, or make the two one"
            raise UsageError(message, hint=hint, place=f"{path}:{person.line}")
        seen[person.id] = person.line
