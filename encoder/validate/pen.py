"""Changes to a file, as edits: names, values and tags written anew, moved, or taken out.

What cannot be done, for the text is not where it seems (an entity holds it), is no edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from encoder.model import Edit
from encoder.validate.expanded import TEXT, VALUE
from encoder.validate.position import Places
from encoder.validate.tags import Node, Tags

Edits = tuple[Edit, ...]
XML = "http://www.w3.org/XML/1998/namespace"
NAME = re.compile(rb"</?((?:[^\s<>/:]+:)?)([^\s<>/:]+)")
ATTRIBUTE = re.compile(rb"(\s+)((?:[^\s=<>/:]+:)?)([^\s=<>/:]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
SPACE_BEFORE = re.compile(rb"\s*\Z")
SPACES = b" \t\r\n"


class Pen:
    """What writes the changes to one file; places are bytes of its UTF-8 text."""

    def __init__(self, places: Places) -> None:
        self.places, self.data = places, places.data

    @cached_property
    def _tags(self) -> Tags:
        return Tags(self.data)

    def node(self, byte: int) -> Node | None:
        """Return the element that begins at a byte, if one does."""
        return self._tags.elements.get(byte)

    def edit(self, start: int, end: int, text: str = "") -> Edit:
        """Return the change of some bytes to a text."""
        return Edit(self.places.position(start), self.places.position(end), text)

    def source(self, node: Node) -> str:
        """Return an element as it is written."""
        return self.data[node.start : node.end].decode()

    # --- elements

    def prefix(self, node: Node) -> str:
        """Return the prefix of an element's name with its colon, '' where it has none."""
        found = NAME.match(self.data, node.start)
        return found[1].decode() if found else ""

    def renamed(self, node: Node, name: str) -> Edits:
        """Give an element another name; that of its namespace stays."""
        return tuple(self._name(at, name) for at in self._name_places(node))

    def _name_places(self, node: Node) -> Iterable[int]:
        return (node.start,) if node.empty else (node.start, node.close)

    def _name(self, byte: int, name: str) -> Edit:
        found = NAME.match(self.data, byte)
        start, end = found.span(2) if found else (byte, byte)
        return self.edit(start, end, name)

    def bared(self, node: Node) -> Edits:
        """Remove the tags of an element, and keep what is in it."""
        if node.empty:
            return (self.edit(node.start, node.end),)
        return self.edit(node.start, node.inside), self.edit(node.close, node.end)

    def removed(self, node: Node) -> Edits:
        """Remove an element, and the white space before it."""
        return (self.edit(node.start - len(self._space_before(node.start)), node.end),)

    def wrapped(self, first: Node, last: Node, tag: str) -> Edits:
        """Put the tags of a new element around an element, or around several in a row."""
        name = tag.split()[0]
        return (
            self.edit(first.start, first.start, f"<{tag}>"),
            self.edit(last.end, last.end, f"</{name}>"),
        )

    def moved(self, node: Node, before: Node) -> Edits:
        """Move an element to where another begins."""
        space = self._space_before(node.start).decode()
        return (
            *self.removed(node),
            self.edit(before.start, before.start, self.source(node) + space),
        )

    def moved_behind(self, node: Node, after: Node) -> Edits:
        """Move an element to where another ends."""
        space = self._space_before(node.start).decode()
        return (*self.removed(node), self.edit(after.end, after.end, space + self.source(node)))

    def closed_before(self, around: Sequence[Node], node: Node) -> Edits:
        """Close the elements around another before it, and open them anew for what follows."""
        ends = "".join(f"</{self._written(one)}>" for one in around)
        begin = "".join(f"<{self._written(one)}>" for one in reversed(around))
        outer, start = around[-1], node.start - len(self._space_before(node.start))
        if not self.data[node.end : around[0].close].strip(SPACES) and not self._rest(around):
            return self.edit(start, start, ends), self.edit(node.end, outer.end)
        return self.edit(start, start, ends), self.edit(node.end, node.end, begin)

    def _rest(self, around: Sequence[Node]) -> bytes:
        """Return what stands behind the inner elements in the outer ones."""
        pairs = pairwise(around)
        return b"".join(self.data[i.end : o.close] for i, o in pairs).strip(SPACES)

    def _written(self, node: Node) -> str:
        found = NAME.match(self.data, node.start)
        return (found[1] + found[2]).decode() if found else ""

    def inserted(self, parent: Node, index: int, xml: str) -> Edits:
        """Put new markup into an element, before its child number `index` or at the end."""
        if parent.empty:
            end = f">{xml}</{self._written(parent)}>"
            slash = self.data.rfind(b"/", 0, parent.end)
            return (self.edit(slash, parent.end, end),)
        if index < len(parent.children):
            at = parent.children[index].start
            return (self.edit(at, at, xml + self._space_before(at).decode()),)
        last = parent.children[-1] if parent.children else None
        at = last.end if last else parent.inside
        space = self._space_before(last.start).decode() if last else ""
        return (self.edit(at, at, space + xml),)

    def _space_before(self, byte: int) -> bytes:
        head = self.data[max(0, byte - 200) : byte]
        found = SPACE_BEFORE.search(head)
        return found[0] if found else b""

    # --- text and names

    def text_written(self, byte: int, at: int, text: str) -> Edits:
        """Write a text anew that begins at a byte, in the element whose tag begins at another."""
        node = self.node(byte)
        found = [each for each in node.children if each.is_text_at(at)] if node else []
        return tuple(self.edit(each.start, each.end, text.translate(TEXT)) for each in found[:1])

    def free_name(self, name: str) -> str:
        """Return a name like another that no attribute has as its value."""
        number = 2
        while any(f"{mark}{name}-{number}{mark}".encode() in self.data for mark in "\"'"):
            number += 1
        return f"{name}-{number}"

    # --- attributes

    def _attribute(self, byte: int, name: str) -> re.Match[bytes] | None:
        uri, _, own = name.rpartition(" ")
        tag = NAME.match(self.data, byte)
        found = ATTRIBUTE.match(self.data, tag.end()) if tag else None
        while found:
            if found[3].decode() == own and bool(found[2]) == bool(uri):
                return found
            found = ATTRIBUTE.match(self.data, found.end())
        return None

    def attribute_renamed(self, byte: int, name: str, new: str) -> Edits:
        """Give an attribute of the tag at a byte another name."""
        found, (uri, _, own) = self._attribute(byte, name), new.rpartition(" ")
        if found is None or uri not in ("", XML, name.rpartition(" ")[0]):
            return ()
        prefix = "xml:" if uri == XML else found[2].decode() if uri else ""
        return (self.edit(found.start(2), found.end(3), prefix + own),)

    def attribute_removed(self, byte: int, name: str) -> Edits:
        """Remove an attribute, and the white space before it."""
        found = self._attribute(byte, name)
        return (self.edit(found.start(), found.end()),) if found else ()

    def value_written(self, byte: int, name: str, value: str) -> Edits:
        """Give an attribute another value."""
        found = self._attribute(byte, name)
        if found is None:
            return ()
        return (self.edit(found.start(4) + 1, found.end(4) - 1, quoted(value)),)

    def attribute_added(self, byte: int, name: str, value: str) -> Edits:
        """Give the element whose tag begins at a byte one more attribute."""
        uri, _, own = name.rpartition(" ")
        tag = NAME.match(self.data, byte)
        if tag is None or uri not in ("", XML):
            return ()
        written = f' {"xml:" if uri else ""}{own}="{quoted(value)}"'
        return (self.edit(tag.end(), tag.end(), written),)

    def namespace_written(self, byte: int, uri: str) -> Edits:
        """Declare the namespace of the element whose tag begins at a byte, in that tag."""
        tag = NAME.match(self.data, byte)
        if tag is None:
            return ()
        prefix = tag[1].rstrip(b":").decode()
        found = self._attribute(byte, f"xmlns {prefix}" if prefix else "xmlns")
        if found is not None:
            return (self.edit(found.start(4) + 1, found.end(4) - 1, quoted(uri)),)
        return () if prefix else self.attribute_added(byte, "xmlns", uri)


def quoted(value: str) -> str:
    """Return a value as it may stand between quotation marks of either kind."""
    return value.translate(VALUE | {ord("'"): "&apos;"})
