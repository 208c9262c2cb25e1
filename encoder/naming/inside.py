"""Names marked inside a TEI document that exists already; every other byte of it stays.

The text is read with the bytes each character stands at; a tag is put before and after each name
that begins and ends in the same element. What lies in a name already, in an element that may hold
none, in the header, in a register or in an element of another namespace is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from encoder.errors import InputError
from encoder.feeding import feed
from encoder.flow import BLOCKS
from encoder.naming.forms import Form
from encoder.naming.mentions import Judgement
from encoder.registers import TEI

# What is not read at all, and what is read but marked already.
HIDDEN = frozenset(
    "teiHeader standOff facsimile sourceDoc corr reg expan "
    "listPerson listPlace listOrg listBibl".split()
)
MARKED = frozenset("persName placeName orgName name rs".split())
# Elements of the running text that hold characters, but no name (TEI P5, content models).
BARE = frozenset(
    "gi att tag val ident code idno formula geo g c pc w m am ex "
    "locus dim height width depth".split()
)
BREAKING = BLOCKS | frozenset("text front body back group table row list lg figure sp".split())
XML = "http://www.w3.org/XML/1998/namespace}"
ELEMENT = {"person": "persName", "place": "placeName", "org": "orgName", "work": "title"}


class Char(NamedTuple):
    """A character of the running text: the bytes it stands at, and the element it stands in.

    That is 0 where no tag can be put.
    """

    start: int
    end: int
    parent: int


@dataclass
class Reading:
    """The running text of a TEI document, with where each character stands in the file."""

    text: str = ""
    chars: list[Char] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    prefix: str = ""
    language: str = ""

    def is_closed(self, start: int, end: int) -> bool:
        """Whether no tag can be put there: a name is marked already, or has no place."""
        return any(char.parent == 0 <= char.start for char in self.chars[start:end])


def read(data: bytes, place: str) -> Reading:
    """Return the running text of a TEI document.

    Raises:
        InputError: it is not well-formed, or in an encoding whose bytes cannot be told apart.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError("names can be marked in UTF-8 only", place=place, hint="save it as UTF-8")
    reader = _Reader(data)
    try:
        feed(reader.parser, data)
    except expat.ExpatError as error:
        message = f"not well-formed XML: {expat.ErrorString(error.code)}"
        raise InputError(message, place=f"{place}:{error.lineno}:{error.offset + 1}") from error
    return reader.reading()


class _Reader:
    """Collects the running text as the parser meets it."""

    def __init__(self, data: bytes) -> None:
        self.data, self.encoding = data, "utf-8"
        self.pieces: list[tuple[str, int, int]] = []  # text, byte, element
        self.ends: list[int] = []
        self.stack: list[int] = []
        self.hidden = self.closed = self.inside = self.count = 0
        self.literal = False  # in a CDATA section, where a tag would be text
        self.found = Reading()
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.namespace_prefixes = True
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartCdataSectionHandler = lambda: self._section(literal=True)
        self.parser.EndCdataSectionHandler = lambda: self._section(literal=False)
        self.parser.DefaultHandler = lambda _: self._mark()

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding or "utf-8"

    def _mark(self) -> None:
        """Note that the last piece of text ends where the parser stands now."""
        if len(self.ends) < len(self.pieces):
            self.ends.append(self.parser.CurrentByteIndex)

    def _section(self, *, literal: bool) -> None:
        self._mark()
        self.literal = literal

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        self._mark()
        name, prefix = _named(tag)
        self.count += 1
        self.stack.append(self.count)
        self.found.ids.add(attrs.get(f"{XML}id}}xml", ""))
        if name == "text":
            self.inside += 1
            self.found.prefix = prefix
        self.found.language = self.found.language or attrs.get(f"{XML}lang}}xml", "")
        self.hidden += not name or name in HIDDEN or self.hidden > 0
        self.closed += name in MARKED or name in BARE or self.closed > 0
        self._between(name, attrs)

    def _between(self, name: str, attrs: dict[str, str]) -> None:
        if name in BREAKING:
            self._gap("\n")
        elif name in ("lb", "pb", "cb") and attrs.get("break") != "no":
            self._gap(" ")

    def _gap(self, sign: str) -> None:
        self.pieces.append((sign, -1, 0))
        self.ends.append(-1)

    def _end(self, tag: str) -> None:
        self._mark()
        name, _ = _named(tag)
        self.stack.pop()
        self.inside -= name == "text"
        self.hidden -= self.hidden > 0
        self.closed -= self.closed > 0
        if name in BREAKING:
            self._gap("\n")

    def _characters(self, text: str) -> None:
        self._mark()
        if self.inside and self.hidden:
            self._gap("\n")
        elif self.inside:
            parent = 0 if self.literal or self.closed else self.stack[-1]
            self.pieces.append((text, self.parser.CurrentByteIndex, parent))

    def reading(self) -> Reading:
        """Return what was collected."""
        found = self.found
        for (text, start, parent), end in zip(self.pieces, self.ends, strict=True):
            found.chars.extend(self._chars(text, start, end, parent))
        found.text = "".join(text for text, _, _ in self.pieces)
        found.text = found.text.translate({ord(c): " " for c in "\t\r\xa0"})
        found.text = self._joined(found.text)
        return found

    def _joined(self, text: str) -> str:
        """Return the text with the line ends of the file as spaces; gaps stay line ends."""
        return "".join(
            " " if char == "\n" and place.start >= 0 else char
            for char, place in zip(text, self.found.chars, strict=True)
        )

    def _chars(self, text: str, start: int, end: int, parent: int) -> Iterator[Char]:
        if start < 0:
            yield from (Char(-1, -1, 0) for _ in text)
            return
        sizes = [len(char.encode(self.encoding)) for char in text]
        if start + sum(sizes) != end:  # a reference: it cannot be parted
            yield from (Char(start, end, parent) for _ in text)
            return
        for size in sizes:
            yield Char(start, start + size, parent)
            start += size


def _named(tag: str) -> tuple[str, str]:
    """Return the name of an element of TEI, and its prefix; another's has none."""
    *uri, name, prefix = tag.split("}") if tag.count("}") > 1 else (*tag.split("}"), "")
    return (name, prefix and f"{prefix}:") if uri in ([], [TEI]) else ("", "")


def marked(
    data: bytes, reading: Reading, judged: Sequence[Judgement], pointer: Callable[[str], str]
) -> tuple[bytes, int]:
    """Return the document with names marked, and how many could not be.

    Args:
        data: the document.
        reading: what `read` made of it.
        judged: what is decided on the names in its running text.
        pointer: returns the reference to an entry, given its id.
    """
    out, here, left = list[bytes](), 0, 0
    for judgement in judged:
        ends = _ends(reading, judgement, here)
        if ends is None:
            left += 1
            continue
        first, last = ends
        name, tag = _tag(judgement.forms[0], judgement, reading, pointer)
        out += [data[here : first.start], tag.encode(), data[first.start : last.end]]
        out.append(f"</{name}>".encode())
        here = last.end
    return b"".join([*out, data[here:]]), left


def _ends(reading: Reading, judgement: Judgement, here: int) -> tuple[Char, Char] | None:
    """Return the first and last character to mark: a title in another element stays outside."""
    mention = judgement.mention
    last = reading.chars[mention.end - 1]
    for start in (mention.start, mention.start + mention.titles):
        first = reading.chars[start]
        if first.parent == last.parent != 0 and first.start >= here:
            return first, last
    return None


def _tag(
    form: Form, judgement: Judgement, reading: Reading, pointer: Callable[[str], str]
) -> tuple[str, str]:
    """Return the name of the element and its start tag."""
    role = form.type == "role"
    name = reading.prefix + ("rs" if role else ELEMENT[form.person.kind])
    kind = form.person.kind if role else "nickname" if form.type == "nickname" else ""
    attrs = {"type": kind, "ref": pointer(form.person.id)}
    attrs["resp"] = "#tei-encoder" if "tei-encoder" in reading.ids else ""
    attrs["cert"] = judgement.cert
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attrs.items() if value)
    return name, f"<{name}{said}>"
