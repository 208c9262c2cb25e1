"""A draft is an entry of a register as the program would write it, until an editor has looked.

Entries are put into a file before the end of its list; every byte that was there stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from encoder.errors import UsageError
from encoder.feeding import feed
from encoder.registers import TEI, Kind

# The list, the entry and the name of each kind (TEI P5 14.3).
ELEMENTS: Mapping[Kind, tuple[str, str, str]] = {
    "person": ("listPerson", "person", "persName"),
    "place": ("listPlace", "place", "placeName"),
    "org": ("listOrg", "org", "orgName"),
    "work": ("listBibl", "bibl", "title"),
}
NEW = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="{tei}">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Register</title>
      </titleStmt>
      <publicationStmt>
        <p>Part of an edition; not published by itself.</p>
      </publicationStmt>
      <sourceDesc>
        <p>Names that the texts of the edition have.</p>
      </sourceDesc>
    </fileDesc>
    <encodingDesc>
      <appInfo>
        <application ident="tei-encoder" version="{version}" xml:id="tei-encoder">
          <label>tei-encoder</label>
        </application>
      </appInfo>
    </encodingDesc>
  </teiHeader>
  <standOff>
    <{name}>
    </{name}>
  </standOff>
</TEI>
"""
WORDS = re.compile(r"[^\W_]+")
PLAIN = str.maketrans(
    {"æ": "ae", "ø": "o", "ß": "ss", "œ": "oe", "đ": "d", "ł": "l", "þ": "th", "ð": "d"}
)


def identifier(name: str, taken: Container[str]) -> str:
    """Return an `xml:id` made of a name: of plain letters, and not taken."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN))
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    made = "-".join(WORDS.findall(bare)) or "entry"
    made = made if made[0].isalpha() else f"n-{made}"
    found, number = made, 1
    while found in taken:
        number += 1
        found = f"{made}-{number}"
    return found


def draft(ident: str, names: Sequence[str], kind: Kind = "person", *, cert: str = "low") -> str:
    """Return an entry for a name and its variants.

    Args:
        cert: how sure the program is; empty: it is an editor's word.
    """
    _, entry, called = ELEMENTS[kind]
    voice = f' resp="#tei-encoder" cert={quoteattr(cert)}' if cert else ""
    lines = [f"<{entry} xml:id={quoteattr(ident)}{voice}>"]
    for index, name in enumerate(names):
        sort = "main" if index == 0 else "variant"
        lines.append(f'  <{called} type="{sort}">{escape(name)}</{called}>')
    return "\n".join([*lines, f"</{entry}>"])


def empty(kind: Kind, version: str) -> bytes:
    """Return a register of a kind without entries."""
    return NEW.format(tei=TEI, version=version, name=ELEMENTS[kind][0]).encode()


def added(register: bytes, entries: Iterable[str], kind: Kind, place: str) -> bytes:
    """Return a register with entries put before the end of its last list of their kind.

    Raises:
        UsageError: it is not well-formed or has no such list, or is in an encoding in which
            its bytes cannot be kept.
    """
    entries = list(entries)
    if not entries:
        return register
    name = ELEMENTS[kind][0]
    at, prefix, empty_tag = _end_of_list(register, name, place)
    line = register.rfind(b"\n", 0, at) + 1
    indent = register[line:at] if not register[line:at].strip() else b""
    newline = b"\r\n" if b"\r\n" in register else b"\n"
    inner = "\n".join(_prefixed(entry, prefix) for entry in entries).split("\n")
    body = newline.join(indent + b"  " + row.encode() for row in inner)
    if empty_tag:
        opened = register[: empty_tag[0]] + register[empty_tag[0] : at].rstrip(b"/> \t\r\n") + b">"
        closing = f"</{prefix}{name}>".encode()
        return opened + newline + body + newline + indent + closing + register[empty_tag[1] :]
    if indent or line == at:
        return register[:line] + body + newline + register[line:]
    return register[:at] + newline + body + newline + register[at:]


def _prefixed(entry: str, prefix: str) -> str:
    return re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", entry) if prefix else entry


def _end_of_list(register: bytes, name: str, place: str) -> tuple[int, str, tuple[int, int] | None]:
    """Return where the last list ends, its prefix, and the span of its tag if that is empty."""
    if register[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UsageError("a register in UTF-16 cannot be added to", place=place)
    parser = expat.ParserCreate()
    found: list[tuple[int, str, tuple[int, int] | None]] = []
    begun: list[int] = []

    def start(tag: str, _: object) -> None:
        if tag.rpartition(":")[2] == name:
            begun.append(parser.CurrentByteIndex)

    def end(tag: str) -> None:
        prefix, colon, local = tag.rpartition(":")
        if local == name:
            at, opened = parser.CurrentByteIndex, begun.pop()
            is_empty = register[at : at + 2] != b"</"
            close = register.index(b">", opened) + 1
            span = (opened, close) if is_empty else None
            found.append((close if is_empty else at, prefix + colon, span))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        feed(parser, register)
    except expat.ExpatError as error:
        message = f"not well-formed XML: {expat.ErrorString(error.code)}"
        raise UsageError(message, place=f"{place}:{error.lineno}:{error.offset + 1}") from error
    if not found:
        hint = f"put an empty <{name}/> into its standOff"
        raise UsageError(f"there is no <{name}> to add to", hint=hint, place=place)
    return found[-1]
