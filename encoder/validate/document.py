"""An XML file as the checks need it: its text, its tree, and where each element begins.

Nothing outside the file is read. A document type declaration is passed over, and one that
declares entities is a Finding: what stands for a character by a name is not text we can vouch for.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn
from xml.parsers import expat

from encoder.model import Finding, Position
from encoder.validate.position import Places

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# XML 1.0, appendix F: how a file without a declared encoding says what it is. Longest first.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What libxml2 takes at most is 2,048; the paths of what is nested deeper would fill the memory.
DEEPEST = 1000
FLATTER = "Nest less deeply, or split the file."
DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")


@dataclass(frozen=True)
class Document:
    """A well-formed XML file."""

    name: str
    root: Element
    places: Places

    @cached_property
    def text(self) -> str:
        """The document element as XML: without declaration, DOCTYPE and what surrounds it."""
        from lxml import etree

        return etree.tostring(self.root, encoding="unicode", with_tail=False)


class _StopError(Exception):
    """Stops expat at what we do not read, such as an entity before it is expanded."""

    def __init__(self, code: str, byte: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.byte, self.message, self.hint = code, byte, message, hint


def read(data: bytes, name: str) -> Document | Finding:
    """Return the document in `data`, or the Finding that says why there is none."""
    try:
        utf8 = decode(data).encode()
    except (UnicodeError, LookupError) as error:
        return _undecodable(data, name, error)
    walk = _Walk(utf8)
    try:
        walk.run()
    except expat.ExpatError as error:
        return _broken(walk, name, error)
    except _StopError as stop:
        where = Places(utf8, {}).position(stop.byte)
        return Finding(stop.code, "error", stop.message, name, where, stop.hint)
    return _tree(utf8, name, Places(utf8, walk.paths))


def decode(data: bytes) -> str:
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None)
    declared = DECLARED.match(data)
    return data.decode(encoding or (declared[1].decode() if declared else "utf-8"))


class _Walk:
    """One pass of expat over a file, noting the path and the byte of each start tag."""

    def __init__(self, data: bytes) -> None:
        self.data, self.paths = data, dict[str, int]()
        self._open, self._counts = [""], [dict[str, int]()]
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._entity

    def run(self) -> None:
        self.parser.Parse(self.data, True)

    def _start(self, name: str, _attributes: object) -> None:
        if len(self._open) > DEEPEST:
            self._stop("xml-unreadable", f"Elements are nested more than {DEEPEST} deep.", FLATTER)
        uri, _, local = name.rpartition(" ")
        step, counts = f"/Q{{{uri}}}{local}", self._counts[-1]
        counts[step] = counts.get(step, 0) + 1
        path = f"{self._open[-1]}{step}[{counts[step]}]"
        self.paths[path] = self.parser.CurrentByteIndex
        self._open.append(path)
        self._counts.append({})

    def _end(self, _name: str) -> None:
        self._open.pop()
        self._counts.pop()

    def _entity(self, name: str, *_rest: Any) -> None:
        message = f"The file uses entities ({name}), which are not read."
        hint = "Write the characters themselves, and remove the entity declarations."
        self._stop("xml-entity", message, hint)

    def _stop(self, code: str, message: str, hint: str) -> NoReturn:
        raise _StopError(code, self.parser.CurrentByteIndex, message, hint)

    def unclosed(self) -> str:
        """Return what is open when expat fails: the element and where it begins."""
        path = self._open[-1]
        name = path.rpartition("}")[2].partition("[")[0]
        return f"<{name}> of {Places(self.data, self.paths).at(path)}" if path else ""


def _tree(utf8: bytes, name: str, places: Places) -> Document | Finding:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        collect_ids=False,
    )
    try:
        return Document(name, etree.fromstring(utf8, parser), places)
    except etree.XMLSyntaxError as error:
        where = Position(*(max(1, number) for number in error.position))
        message = f"The parser gave up: {error.msg}."
        return Finding("xml-unreadable", "error", message, name, where, FLATTER)


def _undecodable(data: bytes, name: str, error: UnicodeError | LookupError) -> Finding:
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    where = Places(data, {}).position(start)
    message = f"The bytes are not in the encoding the file declares: {error}."
    hint = "Save the file as UTF-8, or correct the encoding in its first line."
    return Finding("xml-not-well-formed", "error", message, name, where, hint)


def _broken(walk: _Walk, name: str, error: expat.ExpatError) -> Finding:
    where = Places(walk.data, {}).position(max(0, walk.parser.ErrorByteIndex))
    what = expat.ErrorString(error.code).removeprefix("not well-formed ").strip("()")
    hint = HINTS.get(error.code, "Mend the markup here, or just before.")
    message, hint = f"Not well-formed XML: {what}.", hint.format(walk.unclosed())
    return Finding("xml-not-well-formed", "error", message, name, where, hint)


_CODES = expat.errors.codes
HINTS = {
    _CODES[expat.errors.XML_ERROR_TAG_MISMATCH]: "Close {} first.",
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS]: "The file holds no element; is it the right file?",
    _CODES[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "Write the character itself.",
    _CODES[expat.errors.XML_ERROR_UNBOUND_PREFIX]: "Declare the prefix with xmlns:….",
    _CODES[expat.errors.XML_ERROR_INVALID_TOKEN]: (
        "A character here cannot stand in XML: write < as &lt; and & as &amp;."
    ),
}
