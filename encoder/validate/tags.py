"""The tags of a file: where each element and each text begins and ends, and what it stands in.

It is made only for a file with faults, to say what to change in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

START_TAG = re.compile(rb"<[^\s/>]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
# What begins a text that is written as a section; so far before its first word it is sought.
SECTION, NEAR = re.compile(rb"<!\[CDATA\[\s*\Z"), 200
SPACE = " \t\r\n"


@dataclass(slots=True, eq=False)
class Node:
    """An element, or a text (then `name` is ''), by the bytes it takes up.

    `close` is where the end tag begins, or where a text ends; `inside` where the start tag ends.
    `index` is its number among the children of what it stands in.
    """

    name: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    inside: int = 0
    close: int = 0
    end: int = 0
    index: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether it is an element of one tag, as `<a/>`."""
        return self.inside == self.end

    def is_text_at(self, byte: int) -> bool:
        """Tell whether it is a text, and the one to which a byte belongs."""
        return not self.name and self.start <= byte < self.end


class Tags:
    """The elements of a well-formed document in UTF-8, by the byte at which each begins."""

    def __init__(self, data: bytes) -> None:
        self.data, self.elements = data, dict[int, Node]()
        self._open: list[Node] = []
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name, self._parser.CurrentByteIndex, attributes)
        tag = START_TAG.match(self.data, node.start)
        node.inside = tag.end() if tag else node.start
        if self._open:
            node.parent = self._open[-1]
            self._cease(node.start)
            node.index = len(node.parent.children)
            node.parent.children.append(node)
        self.elements[node.start] = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        node, here = self._open[-1], self._parser.CurrentByteIndex
        one_tag = self.data[node.inside - 2 : node.inside] == b"/>"
        self._cease(here)
        node.close = node.inside if one_tag else here
        node.end = node.inside if one_tag else self.data.find(b">", here) + 1
        self._open.pop()

    def _text(self, text: str) -> None:
        parent = self._open[-1]
        if text.strip(SPACE) and (not parent.children or parent.children[-1].name):
            start = self._parser.CurrentByteIndex + len(text) - len(text.lstrip(SPACE))
            if section := SECTION.search(self.data, max(0, start - NEAR), start):
                start = section.start()
            parent.children.append(Node("", start, parent=parent, index=len(parent.children)))

    def _cease(self, byte: int) -> None:
        """Let the text that is open end before the tag at a byte."""
        last = self._open[-1].children[-1:]
        if last and not last[0].name:
            text = self.data[last[0].start : byte].rstrip(SPACE.encode())
            last[0].inside = last[0].start
            last[0].close = last[0].end = last[0].start + len(text)
