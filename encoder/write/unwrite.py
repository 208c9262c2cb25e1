"""The source, given back from the TEI alone.

Readings of the editors are left out, signs are read from `@n` and `@rend`, a note gives its callout
where it stands and its body where the milestone says its block stood (`docs/verify.md`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from encoder.errors import InputError
from encoder.feeding import feed
from encoder.model import RUN_OF_WHITE

TOKEN = re.compile(r"(pre|post|join|callout|label|end)\((\S+)\)(?!\S)")
# What is no part of the running text of the source.
APART = frozenset({"teiHeader", "standOff", "facsimile", "sourceDoc", "corr", "reg", "expan"})
# White space around these is the encoder's: they part words by being there.
BLOCKS = frozenset(
    "text front body back div opener closer lg list table row figure castList castItem sp "
    "postscript p ab eg head figDesc byline dateline salute signed l item cell speaker stage "
    "epigraph quote trailer argument address addrLine titlePage docTitle titlePart docImprint "
    "docDate docEdition floatingText group".split()
)
# What holds blocks, and no words between them.
HOLDERS = frozenset({"", "TEI", "text", "front", "body", "back", "div", "floatingText", "group"})
# What holds elements only: white space in these is never text (TEI P5 3.5, 12.3.1, 13.1.1).
PARTED = frozenset({"choice", "subst", "app"})
# White space that no XML file can hold, so that it is never taken for the text's own.
BOUNDARY = "\v"
PAGE = "\f"  # where a page begins in a note
DEEPEST = 200
CODE_POINT = re.compile(r"#u([0-9a-f]{4,6})$")


@dataclass(slots=True)
class Node:
    """An element; `at` is the byte at which its tag begins, `within` what it stands in."""

    tag: str
    attrs: dict[str, str]
    at: int
    within: str = ""
    content: list[Node | Words] = field(default_factory=list)

    def signs(self, kind: str) -> str:
        """Return the printed signs of one kind, joined by spaces."""
        found = TOKEN.findall(self.attrs.get("rend", ""))
        return " ".join(sign for name, sign in found if name == kind)


@dataclass(slots=True)
class Words:
    """Character data; `at` is the byte at which it begins."""

    text: str
    at: int


def parse(data: bytes, encoding: str | None = None) -> Node:
    """Return the tree of a TEI file, with the byte offsets of its parts.

    `encoding` is what it is in, if that is not what the file says itself.

    Raises:
        InputError: the file is not well-formed, or nested too deeply to be one of ours.
    """
    root = Node("", {}, 0)
    stack = [root]
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = False

    def start(name: str, attrs: dict[str, str]) -> None:
        if len(stack) > DEEPEST:
            raise InputError(f"elements are nested more than {DEEPEST} deep")
        node = Node(name.rpartition(" ")[2], attrs, parser.CurrentByteIndex, stack[-1].tag)
        stack[-1].content.append(node)
        stack.append(node)

    def words(text: str) -> None:
        content = stack[-1].content
        last = content[-1] if content else None
        # White space comes line by line; what surrounds it as a whole says whose it is.
        if isinstance(last, Words) and last.text.isspace() and text.isspace():
            last.text += text
        else:
            content.append(Words(text, parser.CurrentByteIndex))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: stack.pop()
    parser.CharacterDataHandler = words
    # What stands elsewhere is never read; leaving it out silently would be a loss.
    parser.ExternalEntityRefHandler = _refuse
    parser.SkippedEntityHandler = _refuse
    try:
        feed(parser, data)
    except expat.ExpatError as error:
        message = f"not well-formed: {expat.errors.messages[error.code]}"
        raise InputError(message, place=f"line {error.lineno}") from error
    return root


def _refuse(name: str | None, *_: object) -> int:
    raise InputError(f"the entity {name!r} stands outside of the file, and is not read")


class Text:
    """The text given back, in chunks that know at which byte of the TEI they stand."""

    def __init__(self) -> None:
        self.chunks: list[tuple[str, int]] = []
        self.glued = False

    def add(self, text: str, at: int) -> None:
        """Add characters of the source."""
        if text:
            self.chunks.append((text, at))
            self.glued = False

    def boundary(self, at: int) -> None:
        """Part words here, unless an opening sign is glued to what follows."""
        if not self.glued:
            self.chunks.append((BOUNDARY, at))

    def opening(self, sign: str, at: int) -> None:
        """Add a sign that is glued to what follows."""
        self.add(sign, at)
        self.glued = self.glued or bool(sign)

    def closing(self, sign: str, at: int) -> None:
        """Add a sign that is glued to what precedes."""
        if sign:
            while self.chunks and self.chunks[-1][0] == BOUNDARY:
                self.chunks.pop()
            self.add(sign, at)

    def joining(self, sign: str, at: int) -> None:
        """Add a sign that is glued to what precedes and to what follows."""
        self.closing(sign, at)
        self.glued = self.glued or bool(sign)


def unwrite(root: Node) -> list[tuple[str, int]]:
    """Return the source's text as the TEI tells it, in chunks with their byte offsets."""
    return _Unwriter(root).text.chunks


class _Unwriter:
    def __init__(self, root: Node) -> None:
        self.text = Text()
        self.special = {
            "lb": self.line_end,
            "pb": self.page,
            "g": self.character,
            "pc": self.hyphen,
            "ptr": self.callout_again,
            "note": self.note,
            "milestone": self.milestone,
        }
        # Two notes with one id both come back, so that neither can hide.
        self.notes: dict[str, list[Node]] = {}
        for note in running(root, "note"):
            self.notes.setdefault(note.attrs.get(f"{XML} id", ""), []).append(note)
        self.foot = Counter(
            id_[1:]
            for milestone in running(root, "milestone")
            if milestone.attrs.get("unit") == "notes"
            for id_ in milestone.attrs.get("corresp", "").split()
        )
        self.open: set[int] = set()
        self.left: dict[int, list[list[tuple[str, int]]]] = {}
        self.inside(root)

    def inside(self, node: Node) -> None:
        for index, child in enumerate(node.content):
            if isinstance(child, Node):
                self.node(child)
            elif _lays_out(node, index):
                self.text.boundary(child.at)
            elif node.tag not in PARTED or not child.text.isspace():
                self.text.add(child.text, child.at)

    def node(self, node: Node) -> None:
        if node.tag not in APART:
            self.special.get(node.tag, self.plain)(node)

    def plain(self, node: Node) -> None:
        block = node.tag in BLOCKS
        if block:
            self.text.boundary(node.at)
        label = node.signs("label")
        if label:
            self.text.add(f"{label} ", node.at)
        self.text.joining(node.signs("join"), node.at)
        self.text.opening(node.signs("pre"), node.at)
        self.inside(node)
        self.text.closing(node.signs("post"), node.at)
        self.text.glued = False
        if block:
            self.text.boundary(node.at)
        self.text.add(node.signs("end"), node.at)
        if block:
            self.text.boundary(node.at)

    def line_end(self, node: Node) -> None:
        self.text.boundary(node.at)
        if label := node.signs("label"):
            self.text.add(f"{label} ", node.at)
        self.text.opening(node.signs("pre"), node.at)
        self.inside(node)

    def character(self, node: Node) -> None:
        match = CODE_POINT.match(node.attrs.get("ref", ""))
        if match:
            self.text.add(chr(int(match.group(1), 16)), node.at)
        self.inside(node)

    def hyphen(self, node: Node) -> None:
        """Give back a hyphen; behind one that is the word's own a line of the source ended."""
        self.inside(node)
        if node.attrs.get("force") == "inter":
            self.text.boundary(node.at)

    def page(self, node: Node) -> None:
        if node.attrs.get("break") == "no":
            self.text.boundary(node.at)
        self.inside(node)

    def callout_again(self, node: Node) -> None:
        if node.attrs.get("type") == "noteref":
            self.callout(node)
        self.inside(node)

    def callout(self, node: Node) -> None:
        self.text.add(node.signs("callout") or node.attrs.get("n", ""), node.at)

    def note(self, node: Node) -> None:
        if node.attrs.get(f"{XML} id", "") in self.foot:
            self.callout(node)
        else:
            self.plain(node)

    def milestone(self, node: Node) -> None:
        if node.attrs.get("unit") == "page" and self.open:
            self.text.chunks.append((PAGE, node.at))
        if node.attrs.get("unit") != "notes":
            self.plain(node)
            return
        # Within a paragraph the white space before it is the text's own, and must be there.
        if node.within in HOLDERS or node.attrs.get("break") == "no":
            self.text.boundary(node.at)
        self.text.add(node.signs("pre"), node.at)
        for index, id_ in enumerate(node.attrs.get("corresp", "").split()):
            for note in self.notes.get(id_[1:], ()):
                if index or node.signs("pre"):
                    self.text.boundary(note.at)
                self.body(note, self.foot[id_[1:]])
            self.foot[id_[1:]] -= 1
        self.inside(node)
        self.text.boundary(node.at)

    def body(self, note: Node, times: int) -> None:
        """Give back a note where its block stood, for one of so many times that it is named.

        What runs on over a page stood in the block of that page.
        """
        if id(note) in self.open:
            return
        parts = self.left.get(id(note)) or self.parts(note)
        given, rest = (parts[:1], parts[1:]) if times > 1 else (parts, [])
        self.left[id(note)] = rest
        for part in given:
            self.text.chunks.extend(part)
        self.text.glued = False

    def parts(self, note: Node) -> list[list[tuple[str, int]]]:
        """Return a note as it stood: its label, then its words, those of each page apart."""
        before, self.text = self.text, Text()
        self.whole(note)
        found: list[list[tuple[str, int]]] = [[]]
        for chunk in self.text.chunks:
            if chunk[0] == PAGE:
                found.append([])
            else:
                found[-1].append(chunk)
        self.text = before
        return found

    def whole(self, note: Node) -> None:
        """Write a note as it stood, where a page begins in it a sign of that."""
        self.open.add(id(note))
        glued = note.signs("pre")
        label = note.signs("label") or ("" if glued else note.attrs.get("n", ""))
        if label:
            self.text.add(f"{label} ", note.at)
        self.text.opening(glued, note.at)
        self.inside(note)
        self.text.closing(note.signs("post"), note.at)
        self.text.boundary(note.at)
        self.open.remove(id(note))


XML = "http://www.w3.org/XML/1998/namespace"


def elements(root: Node, tag: str, apart: frozenset[str] = frozenset()) -> Iterator[Node]:
    """Yield the elements of one name below a node, in document order."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.tag == tag:
            yield node
        below = (child for child in reversed(node.content) if isinstance(child, Node))
        stack.extend(child for child in below if child.tag not in apart)


def running(root: Node, tag: str) -> Iterator[Node]:
    """Yield the elements of one name in the running text."""
    return elements(root, tag, APART)


def _lays_out(parent: Node, index: int) -> bool:
    """Whether white space stands next to a block, where it is the encoder's."""
    words = parent.content[index]
    if not isinstance(words, Words) or RUN_OF_WHITE.fullmatch(words.text) is None:
        return False
    return any(
        isinstance(n, Node) and n.tag in BLOCKS
        for n in parent.content[max(index - 1, 0) : index + 2]
    )


def content(node: Node) -> str:
    """Return the character data that stands directly in an element."""
    return "".join(part.text for part in node.content if isinstance(part, Words)).strip()
