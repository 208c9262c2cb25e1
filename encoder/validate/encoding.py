"""In which encoding an XML file is written: its first bytes say so, else its first line.

XML 1.0, 4.3.3 and appendix F. What is read further on is UTF-8, in which expat counts.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from encoder.model import Finding, Position

# How a file begins, longest first: a byte order mark, or `<?` in an encoding of its own.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
EBCDIC = (b"\x4c\x6f\xa7\x94", "cp037")
FORMATS = (
    (b"\x1f\x8b", "compressed (gzip)", "Unpack it first, for example with gunzip."),
    (b"PK\x03\x04", "a ZIP archive", "Unpack it first; a .docx or .odt is no TEI."),
    (b"%PDF-", "a PDF", "Give the TEI it was made of."),
    (b"{\\rtf", "RTF, of a word processor", "Give the TEI that was made of it."),
    (b"\xd0\xcf\x11\xe0", "of an old Word or Excel", "Give the TEI that was made of it."),
    (b"\x89PNG", "an image (PNG)", "Give the TEI that names it."),
    (b"\xff\xd8\xff", "an image (JPEG)", "Give the TEI that names it."),
    (b"BZh", "compressed (bzip2)", "Unpack it first."),
    (b"\xfd7zXZ", "compressed (xz)", "Unpack it first."),
)
DECLARED = re.compile(r"\ufeff?<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']", re.ASCII)
BEYOND_ASCII = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
FIRST = 1024  # the declaration stands in the first line
# Python decodes these too; none of them is an encoding of characters that IANA knows.
NO_CHARSETS = frozenset(
    "idna punycode unicode_escape raw_unicode_escape undefined utf_7 mbcs oem".split()
)
MIXED = "UTF-16 was put into a file of another encoding: write anew what stands here."
SAVE = "Save the file as UTF-8, or correct the encoding in its first line."


class Encoding(NamedTuple):
    """The codec that reads a file, and what its declaration says, '' where it says nothing."""

    codec: str
    declared: str


class _UnknownError(LookupError):
    """The declaration names an encoding that is none, or cannot be that of the file."""


def to_utf8(data: bytes, name: str) -> bytes | Finding:
    """Return an XML file in UTF-8, without a mark; or the Finding that says why it cannot be.

    Bytes that say they are UTF-8 are not looked at: expat does that.
    """
    foreign = _foreign(data)
    if foreign:
        what, hint = foreign
        return _fault(f"Not an XML file: it is {what}.", name, Position(1, 1), hint)
    try:
        encoding = found(data)
        if _is_utf8(encoding.codec):
            return data.removeprefix(codecs.BOM_UTF8)
        return data.decode(encoding.codec).encode()
    except UnicodeError as error:
        return undecodable(data, encoding.codec, name, error)
    except LookupError as error:
        column = data[:FIRST].find(b"encoding") + 1
        return _fault(str(error), name, Position(1, max(1, column)), SAVE)


def found(data: bytes) -> Encoding:
    """Return the encoding of an XML file.

    Raises:
        LookupError: it declares one that is none, or that contradicts its first bytes.
    """
    marked = next((codec for mark, codec in MARKS if data.startswith(mark)), "")
    family = marked or (EBCDIC[1] if data.startswith(EBCDIC[0]) else "latin-1")
    declaration = DECLARED.match(data[:FIRST].decode(family, "replace"))
    declared = declaration[1] if declaration else ""
    return Encoding(_codec(marked, family, declared), declared)


def _codec(marked: str, family: str, declared: str) -> str:
    if not declared:
        return marked or "utf-8"
    try:
        known = codecs.lookup(declared).name
    except LookupError:
        known = ""
    if not known or known.replace("-", "_") in NO_CHARSETS:
        raise _UnknownError(f"The file declares an encoding that is not known: {declared}.")
    if _written(known) != _written(family.removesuffix("-sig")):
        raise _UnknownError(f"The file declares {declared}, and its first bytes are not in that.")
    return marked or known


def _written(codec: str) -> bytes:
    """Return how a declaration begins in an encoding, where single bytes count alone."""
    try:
        return "<?xml".encode(codec.removesuffix("-le").removesuffix("-be"))
    except (UnicodeError, LookupError):  # a codec that makes no bytes of text
        return b""


def _is_utf8(codec: str) -> bool:
    return codec in ("utf-8", "utf-8-sig")


def _foreign(data: bytes) -> tuple[str, str] | None:
    return next(((what, hint) for mark, what, hint in FORMATS if data.startswith(mark)), None)


def decode(data: bytes) -> str:
    """Return the text of an XML file; what its encoding does not explain becomes U+FFFD."""
    try:
        codec = found(data).codec
    except LookupError:
        codec = "utf-8"
    return data.decode("utf-8-sig" if _is_utf8(codec) else codec, "replace")


def undecodable(data: bytes, codec: str, name: str, error: UnicodeError) -> Finding:
    """Return the Finding about bytes that are not in the encoding of their file."""
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    byte = f" byte 0x{data[start]:02x}" if start < len(data) else "s at its end"
    message = f"Not well-formed XML: the{byte} is not {codec}, the encoding of the file."
    where = _end(data[:start].decode(codec, "replace"))
    return _fault(message, name, where, _likelier(data, start) if _is_utf8(codec) else SAVE)


def _likelier(data: bytes, start: int) -> str:
    """Return what to do about a byte that is not UTF-8: such files are Windows-1252, as a rule."""
    sign = data[start : start + 1].decode("cp1252", "replace")
    if data[start + 1 : start + 2] == b"\0":
        return MIXED
    if not sign.isprintable() or sign == "\ufffd":
        return SAVE
    if BEYOND_ASCII.search(data):
        return f"Write the character anew, for others are UTF-8; in Windows-1252 it is {sign}."
    return (
        f'In Windows-1252 it is {sign}: write encoding="windows-1252" in the first line, or save '
        "the file as UTF-8."
    )


def _end(before: str) -> Position:
    """Return the place after a text."""
    lines = re.split("\r\n|\r|\n", before.removeprefix("\ufeff"))
    return Position(len(lines), len(lines[-1]) + 1)


def suspected(data: bytes, name: str) -> Finding | None:
    """Return a warning where the declared encoding is hardly that of the file.

    UTF-8 read as a single-byte encoding is no error to any program: å becomes Ã¥.
    """
    try:
        declared = found(data).declared
        text = "" if data.isascii() or _codec("", "utf-8", declared) == "utf-8" else data.decode()
    except (LookupError, UnicodeDecodeError):
        return None
    if not text:
        return None
    at = next(offset for offset, char in enumerate(text) if not char.isascii())
    where = _end(text[:at])
    message = f"The file declares {declared}, but its bytes read as UTF-8 throughout."
    hint = 'Write encoding="UTF-8" in the first line, if that is what it is.'
    return Finding("xml-encoding-suspect", "warning", message, name, where, hint)


def _fault(message: str, name: str, where: Position, hint: str) -> Finding:
    return Finding("xml-not-well-formed", "error", message, name, where, hint)
