"""Where each element of a file begins: its line and column, found by the path to it.

expat tells the byte at which each start tag begins. Lines and columns are only worked out for
the few places that a Finding names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers import expat

from encoder.model import Position

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# One step of a path as XPath's path() writes it: a URI in Q{…} may hold slashes.
LAST_STEP = re.compile(r"/(?:[^/{]|\{[^}]*\})*$")
# A start tag's attribute: its name, and the value with its quotes.
ATTRIBUTE = re.compile(rb"\s+([^\s=<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
TAG_NAME = re.compile(rb"<[^\s/>]+")
# What may stand between a tag and the text after it: the rest of the tag, and what is no text.
BEFORE_TEXT = re.compile(
    rb"(?:</[^>]*>|<[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)?"
    rb"(?:\s+|<!--.*?-->|<\?.*?\?>|<!\[CDATA\[)*",
    re.DOTALL,
)


def attribute(data: bytes, tag: int, name: str, *, value: bool = False) -> int:
    """Return the byte of an attribute, or of its value, in the start tag at byte `tag`.

    `name` is written as expat writes it, `URI local`. An attribute that is not in the tag, but
    comes from a declaration, is where the tag is.
    """
    uri, _, local = name.rpartition(" ")
    opening = TAG_NAME.match(data, tag)
    found = ATTRIBUTE.match(data, opening.end()) if opening else None
    while found:
        prefix, _, own = found[1].decode("utf-8", "replace").rpartition(":")
        if own == local and bool(prefix) == bool(uri):
            return found.start(2) + 1 if value else found.start(1)
        found = ATTRIBUTE.match(data, found.end())
    return tag


def text_after(data: bytes, tag: int) -> int:
    """Return the byte of the first character of text after the tag that begins or ends at `tag`."""
    found = BEFORE_TEXT.match(data, tag)
    return found.end() if found else tag


def end(data: bytes, tag: int) -> int:
    """Return the byte of the tag that ends the element which begins at byte `tag`."""
    parser, open_, found = expat.ParserCreate("utf-8"), list[int](), tag

    def close(_name: str) -> None:
        nonlocal found
        if open_.pop() == tag:
            found = parser.CurrentByteIndex

    parser.StartElementHandler = lambda *_: open_.append(parser.CurrentByteIndex)
    parser.EndElementHandler = close
    parser.Parse(data, True)
    return found


@dataclass(frozen=True)
class Places:
    """The start tags of one file.

    `paths` are those of XPath 3.1's `path()`: `/Q{http://www.tei-c.org/ns/1.0}TEI[1]/…`.
    """

    data: bytes
    paths: Mapping[str, int]

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer(rb"\r\n|\r|\n", self.data))]

    def at(self, path: str) -> Position:
        """Return where the element at `path` begins, or that which holds the node there."""
        while path and path not in self.paths:
            path = LAST_STEP.sub("", path)
        return self.position(self.paths.get(path, 0))

    def position(self, byte: int) -> Position:
        """Return the line and column of a byte of the UTF-8 text."""
        line = bisect_right(self._lines, byte)
        before = self.data[self._lines[line - 1] : byte]
        return Position(line, len(before.decode("utf-8", "replace")) + 1)


def path_of(element: Element) -> str:
    """Return the path to `element` as XPath's `path()` writes it."""
    line = [element, *element.iterancestors()]
    return "".join(_step(node) for node in reversed(line))


def _step(element: Element) -> str:
    uri, _, local = str(element.tag).lstrip("{").rpartition("}")
    number = 1 + sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
    return f"/Q{{{uri}}}{local}[{number}]"
