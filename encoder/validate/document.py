"""An XML file as the checks need it: its bytes in UTF-8, what its prologue says, its places.

There is no tree: each check walks the file with a parser of its own, so a large file takes little
more memory than its bytes. Saxon is given the text with all entities and defaults written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers import expat

from encoder.model import Finding, Position
from encoder.validate import encoding, malformed
from encoder.validate.expanded import expanded
from encoder.validate.position import Places
from encoder.validate.walk import Prologue, Reading, StopError, parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEI = "http://www.tei-c.org/ns/1.0"
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
        last = self.data.rfind(b"application")
        if last < 0 and not self.prologue.expands:
            return frozenset()
        # The tag is whole where the next one begins; what an entity holds may stand anywhere.
        end = -1 if self.prologue.expands else self.data.find(b"<", last)
        found, walk = set[str](), parser()

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == f"{TEI} application":
                found.add(attributes.get("ident", ""))

        walk.StartElementHandler = start
        walk.Parse(self.data if end < 0 else self.data[:end], end < 0)
        return frozenset(found)

    @cached_property
    def root(self) -> Element:
        """The document element, for checks that need a tree.

        Raises:
            TooDeepError: it is nested more deeply than libxml2 takes.
        """
        from lxml import etree

        from encoder.trees import parser, reason

        try:
            return etree.fromstring(self.text, parser(huge_tree=True))
        except etree.XMLSyntaxError as error:
            message = f"the parser gave up: {reason(error)}"
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
        return malformed.explained(reading, places, name, error)
    except StopError as stop:
        return malformed.stopped(reading, places, name, stop)
    found = encoding.suspected(data, name), _unread(prologue, places, name)
    return Document(name, utf8, prologue, places, tuple(each for each in found if each))


def _unread(prologue: Prologue, places: Places, name: str) -> Finding | None:
    if prologue.unread is None:
        return None
    message = "Declarations stand in another file, which is not read: defaults in it do not count."
    hint = "Remove the reference, or put the declarations that matter into the file."
    where = places.position(prologue.unread)
    return Finding("xml-dtd-unread", "warning", message, name, where, hint)
