"""A register lists whom and what an edition knows: names, dates and identifiers.

It is a TEI `<listPerson>`, `<listPlace>`, `<listOrg>` or `<listBibl>`, alone or anywhere in a TEI
document (TEI P5 14.3). Each entry has an `xml:id` (or a `@key` on its name) and one name or more;
an entry without a name is left out. The name's `@type` says what it is:

- `main`: the name the edition uses (the default of the first name);
- `variant`: another spelling or a shorter form (the default of the others);
- `nickname`: a name used for fun or for cover;
- `role`: no name but a description that stands for the person, such as "the chief".

A name is a string ("Leo Tolstoy", "Tolstoy, Leo") or has parts (`surname`, `forename` …).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from xml.parsers import expat

from encoder.errors import UsageError
from encoder.feeding import feed
from encoder.lexicon import table
from encoder.model import collapse

TEI = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
Kind = Literal["person", "place", "org", "work"]
# The element of an entry, what it is, and what its names are called.
ENTRIES: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    "person": ("person", ("persName", "name")),
    "place": ("place", ("placeName", "geogName", "settlement", "name")),
    "org": ("org", ("orgName", "name")),
    "bibl": ("work", ("title",)),
    "biblStruct": ("work", ("title",)),
}
LISTS = ("listPerson", "listPlace", "listOrg", "listBibl")
FEMALE = frozenset({"2", "f", "female", "w", "weiblich", "kvinna", "kvinne", "femme", "féminin"})
MALE = frozenset({"1", "m", "male", "männlich", "man", "mann", "homme", "masculin"})
PARTS = frozenset(["surname", "forename", "roleName", "addName", "nameLink", "genName"])
DATING = ("when", "when-iso", "from", "notBefore", "to", "notAfter", "when-custom")
# What some registers put into a name though it is none: numbers, remarks, dates.
ASIDE = frozenset({"idno", "note", "date", "bibl", "ptr"})
PLAIN = frozenset({"main", "variant"})
TYPES = PLAIN | {"nickname", "role"}
NCNAME = re.compile(r"[^\W\d][\w.·-]*")
TYPE_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry.

    `parts` are the TEI elements the name is made of with their text, in their order, as
    `("surname", "Tolstoy")`; empty where the register says nothing of them. `marked` says that
    the register has elements for them, and not only a comma.
    """

    text: str
    type: str = "main"
    lang: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    marked: bool = False

    def part(self, *kinds: str) -> str:
        """Return the text of the parts of these kinds, joined by spaces."""
        return " ".join(text for kind, text in self.parts if kind in kinds)


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of a register: a person, or what `kind` says.

    `birth` and `death` are W3C dates or the words of the register; `idnos` are pairs of type and
    value; `element` is the entry in its register, which an edition copies; `line` is where it
    stands in its file.
    `sex` is f, m or not known; `roles` are words for what they are; `facts` says how much the
    register tells of them, and so how well their editor knows them.
    """

    id: str
    names: tuple[Name, ...]
    birth: str = ""
    death: str = ""
    idnos: tuple[tuple[str, str], ...] = ()
    element: ET.Element | None = field(default=None, compare=False, repr=False)
    line: int = 0
    kind: Kind = "person"
    sex: Literal["", "f", "m"] = ""
    roles: tuple[str, ...] = ()
    facts: int = 0

    @property
    def name(self) -> str:
        """The main name as the register writes it."""
        return next((n.text for n in self.names if n.type == "main"), self.names[0].text)


@dataclass(frozen=True)
class Register:
    """The entries of a file or several, in their order; `Register()` knows nobody."""

    entries: tuple[Person, ...] = ()
    path: Path | None = None

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """The entries that are persons."""
        return tuple(entry for entry in self.entries if entry.kind == "person")

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        """The entries by `xml:id`."""
        return MappingProxyType({entry.id: entry for entry in self.entries})


def read_register(path: Path) -> Register:
    """Read a register.

    Raises:
        UsageError: the file is missing or no XML, it has no list of entries, or an entry with a
            name has no usable `xml:id`, or one that another entry bears.
    """
    root, lines = _parse(path)
    if all(next(root.iter(name), None) is None for name in LISTS):
        message = f"a register is expected, but this is a <{_local(root)}>"
        hint = f"put the entries into <{'>, <'.join(LISTS)}>"
        raise UsageError(message, hint=hint, place=f"{path}:1")
    found = (element for element in root.iter() if element.tag in ENTRIES)
    entries = tuple(
        _person(entry, names, line, f"{path}:{line}")
        for entry, line in zip(found, lines, strict=True)
        if (ENTRIES[entry.tag][0] != "work" or entry.get(f"{XML}id")) and (names := named(entry))
    )
    _refuse_doubles(entries, path)
    return Register(entries, path)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _parse(path: Path) -> tuple[ET.Element, list[int]]:
    """Return the document, its TEI elements by their bare names, and the line of each entry."""
    parser = expat.ParserCreate(namespace_separator="}")
    builder, lines = ET.TreeBuilder(), list[int]()

    def start(tag: str, attrs: dict[str, str]) -> None:
        name = _bare(tag)
        if name in ENTRIES:
            lines.append(parser.CurrentLineNumber)
        builder.start(name, {_bare(key): value for key, value in attrs.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(_bare(tag))
    parser.CharacterDataHandler = builder.data
    try:
        feed(parser, _bytes(path))
    except expat.ExpatError as error:
        message = f"not well-formed XML: {expat.ErrorString(error.code)}"
        place = f"{path}:{error.lineno}:{error.offset + 1}"
        hint = f"tei validate {path} says more; a spreadsheet becomes one by tei names --import"
        raise UsageError(message, hint=hint, place=place) from error
    return builder.close(), lines


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the register cannot be read ({error.strerror})"
        hint = "look at the path: --persons, or [registers] in edition.toml"
        raise UsageError(message, hint=hint, place=str(path)) from error


def _bare(name: str) -> str:
    uri, found, local = name.rpartition("}")
    return local if uri in ("", TEI) else f"{{{uri}{found}{local}"


def _person(entry: ET.Element, named: list[ET.Element], line: int, place: str) -> Person:
    kind, called = ENTRIES[entry.tag]
    ident, names = _id(entry, called, place), _names(entry, named)
    birth, death = _date(entry, "birth"), _date(entry, "death")
    idnos = tuple((i.get("type", ""), text_of(i)) for i in entry.iter("idno"))
    roles = tuple(_roles(entry))
    facts = bool(birth) + bool(death) + len(idnos) + len(roles) + len(names)
    told = entry, line, kind, _sex(entry), roles, facts
    return Person(ident, names, birth, death, idnos, *told)


def _roles(entry: ET.Element) -> Iterator[str]:
    """Yield what an entry says its bearer is, in words."""
    for element in entry.iter():
        if element.tag in ("roleName", "occupation") and (said := text_of(element)):
            yield said


def _sex(entry: ET.Element) -> Literal["", "f", "m"]:
    said = [entry.get("sex", ""), entry.get("gender", "")]
    for element in (*entry.findall("sex"), *entry.findall("gender")):
        said += [element.get("value", ""), text_of(element)]
    words = {word.casefold() for word in said}
    return "f" if words & FEMALE else "m" if words & MALE else ""


def _id(entry: ET.Element, called: tuple[str, ...], place: str) -> str:
    keys = (name.get("key", "") for tag in called for name in entry.findall(tag))
    found = entry.get(f"{XML}id") or next(filter(NCNAME.fullmatch, keys), "")
    hint = f'write <{entry.tag} xml:id="…"> with a name of letters, digits, "-" and "_"'
    if not found:
        raise UsageError(f"a <{entry.tag}> has no xml:id", hint=hint, place=place)
    if not NCNAME.fullmatch(found):
        raise UsageError(f"{found!r} cannot be an xml:id", hint=hint, place=place)
    entry.set(f"{XML}id", found)
    return found


def named(entry: ET.Element) -> list[ET.Element]:
    """Return the names of an entry; one without a name is nobody whom a text could mean."""
    called = ENTRIES[entry.tag][1]
    inside = entry.iter() if entry.tag == "biblStruct" else iter(entry)
    children = [child for child in inside if child.tag in called]
    first = next((child.tag for child in children), "")
    return [child for child in children if child.tag == first and text_of(child, ASIDE)]


def _names(entry: ET.Element, named: Iterable[ET.Element]) -> tuple[Name, ...]:
    lang = entry.get(f"{XML}lang", "")
    return tuple(_name(element, index, lang) for index, element in enumerate(named))


def _name(element: ET.Element, index: int, lang: str) -> Name:
    kind = element.get("type") or ("variant" if index else "main")
    text = text_of(element, ASIDE)
    parts = tuple(_parts(element))
    lang = element.get(f"{XML}lang", lang)
    return Name(text, kind, lang, parts or _inverted(text) or _partial(text, kind), bool(parts))


def _inverted(text: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of a name written "Surname, Forename"."""
    surname, comma, forename = text.partition(", ")
    return (("surname", surname), ("forename", forename)) if comma else ()


def _parts(name: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield the parts of a name; of several surnames the one of her birth is `maiden`."""
    single = len(name.findall("surname")) < 2
    maiden = table("names")["und"]["types"]["maiden"]
    for part in name.iter():
        if part.tag in PARTS:
            born = part.tag == "surname" and not single and part.get("type", "") in maiden
            yield "maiden" if born else part.tag, text_of(part)


def _partial(text: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Return the part of a name that its type says it is, as a maiden name is a surname."""
    said = set(TYPE_WORD.findall(kind.casefold()))
    kinds = table("names")["und"]["types"]
    part = next((part for part, types in kinds.items() if said & set(types)), "")
    return ((part.replace("maiden", "surname"), text),) if part else ()


def text_of(element: ET.Element, without: Container[str] = ()) -> str:
    """Return the element's text, with a space between parts that stand side by side.

    Args:
        without: the tags of children whose text is left out.
    """
    return collapse("".join(_pieces(element, without)))


def _pieces(element: ET.Element, without: Container[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in without:
            yield from _pieces(child, without)
        yield child.tail or (" " if child.tag in PARTS else "")


def _date(entry: ET.Element, tag: str) -> str:
    event = entry.find(tag)
    if event is None:
        return ""
    dated = (part.attrib[key] for part in event.iter() for key in DATING if key in part.attrib)
    return next(dated, text_of(event))


def _refuse_doubles(persons: tuple[Person, ...], path: Path) -> None:
    seen: dict[str, int] = {}
    for person in persons:
        if person.id in seen:
            message = f"the xml:id {person.id!r} is already that of the entry in line"
            message += f" {seen[person.id]}"
            hint = "give one of them another id, or make the two one"
            raise UsageError(message, hint=hint, place=f"{path}:{person.line}")
        seen[person.id] = person.line
