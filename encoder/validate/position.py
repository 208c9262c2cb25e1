"""Where things stand in a file: the byte of a tag or value, and the line and column of a byte.

expat tells the byte at which each start tag begins. Lines and columns, and the paths of elements,
are only worked out for the few places that a Finding names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from encoder.model import Position
from encoder.validate.walk import parser

# A step of a path as XPath's path() writes it: a URI in Q{…} may hold slashes.
STEP = re.compile(r"/((?:[^/{]|\{[^}]*\})*)")
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
    walk, open_, found = parser(), list[int](), tag

    def close(_name: str) -> None:
        nonlocal found
        if open_.pop() == tag:
            found = walk.CurrentByteIndex

    walk.StartElementHandler = lambda *_: open_.append(walk.CurrentByteIndex)
    walk.EndElementHandler = close
    walk.Parse(data, True)
    return found


@dataclass(frozen=True)
class Places:
    """The lines of one file, and where its elements begin; what comes of an entity is there."""

    data: bytes

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer(rb"\r\n|\r|\n", self.data))]

    @cached_property
    def _last(self) -> list[int]:
        """The byte and column that were asked for last."""
        return [0, 1]

    @cached_property
    def _tree(self) -> _Tree:
        return _Tree(self.data)

    def at(self, path: str) -> Position:
        """Return where the node at a path begins: an element, attribute, or what holds another.

        `path` is one of XPath 3.1's `path()`: `/Q{http://www.tei-c.org/ns/1.0}TEI[1]/…`.
        """
        steps = STEP.findall(path)
        byte = self.element(path)
        if steps and steps[-1].startswith("@"):
            uri, _, local = steps[-1].removeprefix("@").removeprefix("Q{").rpartition("}")
            byte = attribute(self.data, byte, f"{uri} {local}" if uri else local)
        return self.position(byte)

    def element(self, path: str) -> int:
        """Return the byte of the element at a path, or of the innermost on the way to it."""
        return self._tree.byte(STEP.findall(path))

    def position(self, byte: int) -> Position:
        """Return the line and column of a byte of the UTF-8 text."""
        line = bisect_right(self._lines, byte)
        start, column = self._lines[line - 1], 1
        if start <= self._last[0] <= byte:  # a line may be the whole file
            start, column = self._last
        column += len(self.data[start:byte].decode("utf-8", "replace"))
        self._last[:] = byte, column
        return Position(line, column)


class _Tree:
    """The elements of a file by number, each with the children it has by the step to them."""

    def __init__(self, data: bytes) -> None:
        self._bytes = [0]
        self._children: dict[tuple[int, str], int] = {}
        self._open: list[tuple[int, dict[str, int]]] = [(0, {})]
        self._parser = parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        if data:
            self._parser.Parse(data, True)

    def _start(self, name: str, _attributes: object) -> None:
        parent, counts = self._open[-1]
        number = counts[name] = counts.get(name, 0) + 1
        uri, _, local = name.rpartition(" ")
        self._children[parent, f"Q{{{uri}}}{local}[{number}]"] = len(self._bytes)
        self._open.append((len(self._bytes), {}))
        self._bytes.append(self._parser.CurrentByteIndex)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def byte(self, steps: list[str]) -> int:
        """Return where the element at a path begins, or the innermost that is on the way to it."""
        number = 0
        for step in steps:
            child = self._children.get((number, step))
            if child is None:
                break
            number = child
        return self._bytes[number]
