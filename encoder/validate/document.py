"""An XML file as the checks need it: its bytes in UTF-8, what its prologue says, its places.

There is no tree: each check walks the file with a parser of its own, so a large file takes little
more memory than its bytes. Saxon is given the text with all entities and defaults written out.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers import expat

from encoder.model import Finding, Position
from encoder.validate import encoding
from encoder.validate.expanded import expanded
from encoder.validate.position import Places
from encoder.validate.walk import Prologue, Reading, StopError, parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEI = "http://www.tei-c.org/ns/1.0"
BOMB = 43  # XML_ERROR_AMPLIFICATION_LIMIT_BREACH, which pyexpat has no name for
# Saxon's stack holds some 20,000 and then ends the whole process; libxml2 stops at 2,048.
DEEPEST = 2_000
FLATTER = "Nest less deeply, or split the file."


class TooDeepError(Exception):
    """A file nested so deeply that only RELAX NG and pointers are checked."""

    def __init__(self, message: str, where: Position) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True)
class Document:
    """A well-formed XML file; `warnings` are what is odd about its encoding and declarations."""

    name: str
    data: bytes
    prologue: Prologue
    places: Places
    warnings: tuple[Finding, ...] = ()

    @cached_property
    def too_deep(self) -> int | None:
        """The byte of the first element that is nested more deeply than other programs take."""
        if self.data.count(b"</") < DEEPEST and not self.prologue.expands:
            return None
        walk, depth, found = parser(), 0, list[int]()

        def start(_name: str, _attributes: object) -> None:
            nonlocal depth
            depth += 1
            if depth > DEEPEST and not found:
                found.append(walk.CurrentByteIndex)

        def end(_name: str) -> None:
            nonlocal depth
            depth -= 1

        walk.StartElementHandler, walk.EndElementHandler = start, end
        walk.Parse(self.data, True)
        return found[0] if found else None

    @cached_property
    def text(self) -> str:
        """The file as XML without declaration and DOCTYPE, entities and defaults written out.

        Raises:
            TooDeepError: it is nested more deeply than those who read it can take.
        """
        if self.too_deep is not None:
            message = f"elements are nested more than {DEEPEST:,} deep"
            raise TooDeepError(message, self.places.position(self.too_deep))
        return expanded(self.data, self.prologue)

    @cached_property
    def applications(self) -> frozenset[str]:
        """The programs that the header says made the file (TEI P5 2.3.11), by `@ident`."""
        if b"application" not in self.data and not self.prologue.expands:
            return frozenset()
        found, walk = set[str](), parser()

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == f"{TEI} application":
                found.add(attributes.get("ident", ""))

        walk.StartElementHandler = start
        walk.Parse(self.data, True)
        return frozenset(found)

    @cached_property
    def root(self) -> Element:
        """The document element, for checks that need a tree.

        Raises:
            TooDeepError: it is nested more deeply than libxml2 takes.
        """
        from lxml import etree

        xml = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            collect_ids=False,
        )
        try:
            return etree.fromstring(self.text, xml)
        except etree.XMLSyntaxError as error:
            message = f"the parser gave up: {error.msg}"
            raise TooDeepError(message, Position(*error.position)) from error


def read(data: bytes, name: str) -> Document | Finding:
    """Return the document in `data`, or the Finding that says why there is none."""
    utf8 = encoding.to_utf8(data, name)
    if isinstance(utf8, Finding):
        return utf8
    reading = Reading(utf8)
    places = Places(utf8)
    try:
        prologue = reading.run()
    except expat.ExpatError as error:
        return _broken(reading, places, name, error)
    except StopError as stop:
        return Finding(
            stop.code, "error", stop.message, name, places.position(stop.byte), stop.hint
        )
    found = encoding.suspected(data, name), _unread(prologue, places, name)
    return Document(name, utf8, prologue, places, tuple(each for each in found if each))


def _unread(prologue: Prologue, places: Places, name: str) -> Finding | None:
    if prologue.unread is None:
        return None
    message = "Declarations stand in another file, which is not read: defaults in it do not count."
    hint = "Remove the reference, or put the declarations that matter into the file."
    where = places.position(prologue.unread)
    return Finding("xml-dtd-unread", "warning", message, name, where, hint)


def _broken(reading: Reading, places: Places, name: str, error: expat.ExpatError) -> Finding:
    byte = max(0, reading.parser.ErrorByteIndex)
    if error.code == BOMB:
        message = "Entities would make the file a hundred times as large."
        hint = "Write the text out instead of declaring it."
        return Finding("xml-expansion", "error", message, name, places.position(byte), hint)
    if error.code in BYTES:
        try:
            reading.data.decode()
        except UnicodeDecodeError as undecodable:
            return encoding.undecodable(reading.data, "utf-8", name, undecodable)
    what = expat.ErrorString(error.code).removeprefix("not well-formed ").strip("()")
    hint = HINTS.get(error.code, "Mend the markup here, or just before.")
    message, hint = f"Not well-formed XML: {what}.", hint.format(_unclosed(reading.data, places))
    return Finding("xml-not-well-formed", "error", message, name, places.position(byte), hint)


def _unclosed(data: bytes, places: Places) -> str:
    """Return what is open when expat fails: the element and where it begins."""
    again, still_open = parser(), list[tuple[str, int]]()
    again.StartElementHandler = lambda name, _: still_open.append((name, again.CurrentByteIndex))
    again.EndElementHandler = lambda _: still_open.pop()
    with suppress(expat.ExpatError):
        again.Parse(data, True)
    if not still_open:
        return "the element"
    name, byte = still_open[-1]
    return f"<{name.rpartition(' ')[2]}> of {places.position(byte)}"


_CODES = expat.errors.codes
BYTES = {
    _CODES[expat.errors.XML_ERROR_INVALID_TOKEN],
    _CODES[expat.errors.XML_ERROR_PARTIAL_CHAR],
}
HINTS = {
    _CODES[expat.errors.XML_ERROR_TAG_MISMATCH]: "Close {} first.",
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS]: "Close {}: the file ends within it.",
    _CODES[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "Write the character itself.",
    _CODES[expat.errors.XML_ERROR_UNBOUND_PREFIX]: "Declare the prefix with xmlns:….",
    _CODES[expat.errors.XML_ERROR_RECURSIVE_ENTITY_REF]: "Write the text out.",
    _CODES[expat.errors.XML_ERROR_INVALID_TOKEN]: (
        "A character here cannot stand in XML: write < as &lt; and & as &amp;."
    ),
}
