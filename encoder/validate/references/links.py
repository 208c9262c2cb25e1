"""What a file names and what it points at: its `xml:id`s, its pointers, its registers and notes.

A pointer is an attribute that holds addresses, which white space parts (TEI P5 17.2).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import urljoin

from encoder.lexicon import table
from encoder.validate import walk
from encoder.validate.document import Document

TEI = "http://www.tei-c.org/ns/1.0 "
XML = "http://www.w3.org/XML/1998/namespace"
ID, BASE = f"{XML} id", f"{XML} base"


class Target(NamedTuple):
    """An element with an identifier: its name without namespace, the byte of its tag, and the
    register it is an entry of, by number, -1 where it is none."""

    element: str
    byte: int
    register: int = -1


class Link(NamedTuple):
    """One address: its element and attribute, the byte of the tag, and the id of the element."""

    element: str
    attribute: str
    address: str
    byte: int
    base: str = ""
    source: str = ""
    register: int = -1


class Prefix(NamedTuple):
    """A `prefixDef` (TEI P5 17.2.3): `ident:rest` stands for what a pattern makes of the rest."""

    match: str
    replacement: str


class Identifier(NamedTuple):
    """An `idno` of a register's entry."""

    kind: str
    type: str
    value: str
    byte: int
    entry: int


class Mark(NamedTuple):
    """A note's mark, with the page it is on."""

    page: int
    key: tuple[str, ...]
    byte: int


@dataclass
class Links:
    """What one file names and points at; `applications` are the programs that made it."""

    applications: set[str] = field(default_factory=set)
    targets: dict[str, Target] = field(default_factory=dict)
    doubled: list[tuple[str, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    prefixes: dict[str, list[Prefix]] = field(default_factory=dict)
    identifiers: list[Identifier] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@cache
def is_pointer(element: str, attribute: str) -> bool:
    """Tell whether an attribute of a TEI element holds addresses."""
    known = table("pointers")
    only = known["only"].get(attribute, "")
    return attribute in known["everywhere"].split() or element in only.split()


@cache
def kind(element: str) -> str:
    """Return the kind of thing that an element describes, '' where it is none of those known."""
    kinds: dict[str, str] = table("pointers")["kinds"]
    return next((title for title, names in kinds.items() if element in names.split()), "")


def joined(base: str, address: str) -> str:
    """Return an address as seen from where `base` is relative to, which may be a path alone."""
    if ":" in base or ":" in address or address.startswith("/"):
        try:
            return urljoin(base, address)
        except ValueError:  # one of them is no address: it leads nowhere
            return address
    return posixpath.join(posixpath.dirname(base), address)


# Lists whose entries are described once, to be pointed at.
REGISTERS = frozenset({"listPerson", "listPlace", "listOrg", "listEvent", "listObject"})
ENTRIES = frozenset({"person", "personGrp", "place", "org", "event", "object"})


# Parts of a TEI document beside its text (TEI P5 4).
BESIDE_TEXT = frozenset({"teiHeader", "standOff", "sourceDoc", "facsimile"})


class _Collector:
    """Notes the links of one file as expat tells of its tags.

    Of ends it is told only within an element whose end matters.
    """

    def __init__(self, document: Document) -> None:
        self.found = Links()
        self._ids = document.prologue.ids
        self._bases = [""]
        self._depth = self._page = self._registers = 0
        self._open_registers = [-1]
        self._open_entries: list[tuple[str, int, int]] = []  # element, byte and depth
        self._endings: list[tuple[int, Callable[[], object]]] = []
        self._in_text = False
        self._words: list[str] = []
        self._parser = walk.parser()
        self._parser.StartElementHandler = self._start
        self._parser.Parse(document.data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        special = SPECIAL.get(name)
        if special is not None:
            special(self, name[len(TEI) :], attributes)
        if attributes:
            self._noted(name, attributes)

    def _at_end(self, act: Callable[[], object]) -> None:
        """Do something when the element ends that has just begun."""
        self._endings.append((self._depth, act))
        self._parser.EndElementHandler = self._end

    def _end(self, _name: str) -> None:
        while self._endings and self._endings[-1][0] == self._depth:
            self._endings.pop()[1]()
        if not self._endings:
            self._parser.EndElementHandler = None
        self._depth -= 1

    # --- attributes

    def _noted(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        if BASE in attributes:
            self._bases.append(joined(self._bases[-1], attributes[BASE]))
            self._at_end(self._bases.pop)
        if ID in attributes or self._ids:
            self._named(element, attributes)
        if name.startswith(TEI):
            self._pointed(element, attributes)

    def _named(self, element: str, attributes: dict[str, str]) -> None:
        at, targets, own = self._parser.CurrentByteIndex, self.found.targets, attributes.get(ID)
        target = Target(element, at, self._open_registers[-1] if element in ENTRIES else -1)
        if own is not None and targets.setdefault(own, target) is not target:
            self.found.doubled.append((own, at))
        for holder, attribute in self._ids:
            if holder.rpartition(":")[2] == element and attribute in attributes:
                targets.setdefault(attributes[attribute], target)

    def _pointed(self, element: str, attributes: dict[str, str]) -> None:
        about = self._bases[-1], attributes.get(ID, ""), self._open_registers[-1]
        for attribute, value in attributes.items():
            if is_pointer(element, attribute):
                at = self._parser.CurrentByteIndex
                for address in value.split():
                    self.found.links.append(Link(element, attribute, address, at, *about))

    # --- elements that matter for themselves

    def _register(self, _element: str, _attributes: dict[str, str]) -> None:
        self._open_registers.append(self._registers)
        self._registers += 1
        self._at_end(self._open_registers.pop)

    def _entry(self, element: str, _attributes: dict[str, str]) -> None:
        self._open_entries.append((element, self._parser.CurrentByteIndex, self._depth))
        self._at_end(self._open_entries.pop)

    def _identifier(self, _element: str, attributes: dict[str, str]) -> None:
        if self._open_entries and self._open_entries[-1][2] == self._depth - 1:
            self._words.clear()
            self._parser.CharacterDataHandler = self._words.append
            at, type_ = self._parser.CurrentByteIndex, attributes.get("type", "")
            self._at_end(partial(self._identified, type_, at))

    def _identified(self, type_: str, byte: int) -> None:
        element, entry, _ = self._open_entries[-1]
        value = " ".join("".join(self._words).split())
        self.found.identifiers.append(Identifier(kind(element), type_, value, byte, entry))
        self._parser.CharacterDataHandler = None

    def _prefix(self, _element: str, attributes: dict[str, str]) -> None:
        made = Prefix(attributes.get("matchPattern", ""), attributes.get("replacementPattern", ""))
        self.found.prefixes.setdefault(attributes.get("ident", ""), []).append(made)

    def _application(self, _element: str, attributes: dict[str, str]) -> None:
        self.found.applications.add(attributes.get("ident", ""))

    def _part(self, element: str, _attributes: dict[str, str]) -> None:
        self._in_text = element not in BESIDE_TEXT

    def _new_page(self, _element: str, _attributes: dict[str, str]) -> None:
        self._page += 1

    def _note(self, _element: str, attributes: dict[str, str]) -> None:
        mark = attributes.get("n", "")
        if mark and self._in_text and self._page:
            about = tuple(attributes.get(name, "") for name in ("place", "type", "resp"))
            at = self._parser.CurrentByteIndex
            self.found.marks.append(Mark(self._page, (mark, *about), at))


OF_INTEREST = {
    **dict.fromkeys(REGISTERS, _Collector._register),
    **dict.fromkeys(ENTRIES, _Collector._entry),
    **dict.fromkeys(("text", *BESIDE_TEXT), _Collector._part),
    "application": _Collector._application,
    "idno": _Collector._identifier,
    "prefixDef": _Collector._prefix,
    "pb": _Collector._new_page,
    "note": _Collector._note,
}
SPECIAL = {TEI + element: act for element, act in OF_INTEREST.items()}


def links(document: Document) -> Links:
    """Return what a file names and points at."""
    return _Collector(document).found
