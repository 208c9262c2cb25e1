"""One pass over an XML file: expat tells what it meets, and nothing but the file is read.

What an internal DTD subset declares is honoured: entities, and the defaults and types of
attributes. Nothing recurses here but what stands in entities, so their nesting has a limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

# What an edition declares at most; each bounds what expat does before it asks us again.
NESTED, DECLARATIONS, ON_ONE_ELEMENT = 1_000, 100_000, 1_000
# How many characters entities and defaults may add to a file.
EXPANSION = 2_000_000
# Before it, expat could be made to expand entities without end (CVE-2013-0340).
SAFE = (2, 4, 1)
REFERENCE = re.compile(rb"&([^#;\s&<>\"']+);")
TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
PREDEFINED = frozenset({"amp", "lt", "gt", "apos", "quot"})
VERSIONS = ("1.0", "1.1")
FLATTER = "Write the text out instead of declaring it."
INLINE = "Put what it stands for into the file: other files are not read."


class StopError(Exception):
    """Stops expat at what we do not read, such as an entity before it is expanded."""

    def __init__(self, code: str, byte: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.byte, self.message, self.hint = code, byte, message, hint


@dataclass
class Prologue:
    """What stands before the document element.

    `doctype` is where the declaration begins and ends, `unread` where the first thing of it
    stands elsewhere. `expands` tells that the file says more than its characters: by entities or
    defaults. `ids` are the attributes of type ID, as (element, attribute). `models` are the
    `<?xml-model?>` instructions.
    """

    doctype: tuple[int, int] | None = None
    unread: int | None = None
    expands: bool = False
    ids: set[tuple[str, str]] = field(default_factory=set)
    models: list[str] = field(default_factory=list)


def parser() -> expat.XMLParserType:
    """Return a parser of UTF-8 that reads no other file; names are as `URI local`."""
    made = expat.ParserCreate("utf-8", namespace_separator=" ")
    made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    made.ExternalEntityRefHandler = lambda *_: 1
    made.buffer_text = True
    return made


class Reading:
    """The first pass, which stops at whatever would be too much for those that follow.

    Raises, when it is run:
        StopError: the file leans on another, or would grow beyond measure.
        ExpatError: it is not well-formed.
    """

    def __init__(self, data: bytes) -> None:
        self.data, self.prologue = data, Prologue()
        self._begun = False
        self._entities = dict.fromkeys(PREDEFINED, "")
        self._nested = self._declared = self._size = 0
        self._defaults: dict[str, int] = {}
        self.parser = parser()
        self.parser.XmlDeclHandler = self._declaration
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._begins
        if b"<!DOCTYPE" in data:
            self._watch()

    def _watch(self) -> None:
        """Look at what a document type declares, and at what comes of it."""
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EndDoctypeDeclHandler = self._doctype_ends
        self.parser.EntityDeclHandler = self._entity
        self.parser.AttlistDeclHandler = self._attribute
        self.parser.ExternalEntityRefHandler = self._elsewhere
        self.parser.SkippedEntityHandler = self._skipped
        self.parser.CharacterDataHandler = self._text

    def run(self) -> Prologue:
        """Read the file and return what stands before its document element."""
        self.parser.Parse(self.data, True)
        return self.prologue

    # --- before the document element

    def _declaration(self, version: str, _encoding: str | None, _standalone: int) -> None:
        if version not in VERSIONS:
            message = f"The file declares XML {version}; there are 1.0 and 1.1."
            self._stop("xml-not-well-formed", message, 'Write version="1.0".')

    def _instruction(self, target: str, content: str) -> None:
        if target == "xml-model" and not self._begun:
            self.prologue.models.append(content)

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the document element; further tags matter only where something is declared."""
        self._begun = True
        self.parser.StartElementHandler = self._start if self.prologue.doctype else None
        if self.prologue.doctype:
            self._start(name, attributes)

    def _doctype(self, _name: str, system: str | None, _public: str | None, _has: int) -> None:
        # expat is further on by now: at the internal subset, or at the end.
        at = self.data.rindex(b"<!DOCTYPE", 0, self.parser.CurrentByteIndex + 1)
        self.prologue.doctype = (at, at)
        if system is not None:
            self.prologue.unread = at

    def _doctype_ends(self) -> None:
        start, _ = self.prologue.doctype or (0, 0)
        end = self.data.index(b">", self.parser.CurrentByteIndex) + 1
        self.prologue.doctype = (start, end)

    def _entity(self, name: str, parameter: int, value: str | None, *_rest: object) -> None:
        self._count()
        self._nested += ("%" if parameter else "&") in (value or "")
        if self._nested > (NESTED if expat.version_info >= SAFE else 0):
            message = f"More than {NESTED:,} entities are declared by other entities."
            self._stop("xml-expansion", message, FLATTER)
        if not parameter:
            self._entities[name] = value or ""
            self.prologue.expands = True

    def _attribute(
        self, element: str, name: str, kind: str, _default: str | None, _needed: int
    ) -> None:
        self._count()
        number = self._defaults[element] = self._defaults.get(element, 0) + 1
        if number > ON_ONE_ELEMENT:
            message = f"More than {ON_ONE_ELEMENT:,} attributes are declared for <{element[:40]}>."
            self._stop("xml-expansion", message, "Declare only what the file uses.")
        self.prologue.expands = True
        if kind == "ID":
            self.prologue.ids.add((element, name))

    def _count(self) -> None:
        self._declared += 1
        if self._declared > DECLARATIONS:
            message = f"The document type declares more than {DECLARATIONS:,} things."
            self._stop("xml-expansion", message, "Declare only what the file uses.")

    # --- what is not read

    def _elsewhere(self, context: str | None, *_identifiers: str | None) -> int:
        if context is not None:
            name = context.rpartition("\f")[2].rpartition("=")[2] or context
            self._unknown(name, "stands for another file, which is not read")
        if self.prologue.unread is None:
            self.prologue.unread = self.parser.CurrentByteIndex
        return 1

    def _skipped(self, name: str, parameter: int) -> None:
        if not parameter:
            self._unknown(name, "is not declared in the file")

    def _unknown(self, name: str, why: str, byte: int | None = None) -> NoReturn:
        hint = INLINE if name in self._entities else "Write the characters themselves."
        self._stop("xml-entity", f"The entity &{name}; {why}.", hint, byte)

    # --- what comes of entities and defaults

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        # What <a b="c"/> takes, so that no file seems larger than it is.
        values = sum(map(len, attributes.values())) + len("".join(attributes))
        self._grow(len(name.rpartition(" ")[2]) + 3 + values)
        if self.prologue.unread is not None:
            self._check_values()

    def _check_values(self) -> None:
        """Stop at an entity in a value that expat passes over, its declaration being unread."""
        byte = self.parser.CurrentByteIndex
        tag = TAG.match(self.data, byte)
        for found in REFERENCE.finditer(self.data, byte, tag.end() if tag else byte):
            name = found[1].decode("utf-8", "replace")
            if name not in self._entities:
                self._unknown(name, "is not declared in the file", found.start())

    def _text(self, text: str) -> None:
        self._grow(len(text))

    def _grow(self, more: int) -> None:
        self._size += more
        if self._size > len(self.data) + EXPANSION:
            message = f"Entities and defaults add more than {EXPANSION:,} characters to the file."
            self._stop("xml-expansion", message, FLATTER)

    def _stop(self, code: str, message: str, hint: str, byte: int | None = None) -> NoReturn:
        at = self.parser.CurrentByteIndex if byte is None else byte
        raise StopError(code, at, message, hint)
