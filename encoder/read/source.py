"""A source is a text as it was received. Reading it decodes bytes and changes nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from encoder.errors import InputError
from encoder.model import Finding, Source
from encoder.read import damage
from encoder.read import encoding as encodings
from encoder.read.encoding import Reading

SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP container (DOCX, ODT or EPUB)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"{\\rtf": "an RTF file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
}


def read(path: Path, encoding: str | None = None) -> Source:
    """Read a text file.

    Raises:
        InputError: the file is missing, a folder, empty, binary or not in the encoding.
    """
    return decode(read_bytes(path), path.name, encoding, place=str(path))


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: the file is missing, a folder, or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("there is no such file", place=str(path)) from error
    except IsADirectoryError as error:
        hint = "name the text files in it, or give the folder to `tei build`"
        raise InputError("this is a folder, not a text", place=str(path), hint=hint) from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path)) from error


def decode(data: bytes, name: str, encoding: str | None = None, *, place: str = "") -> Source:
    """Return the source that `data` holds.

    Raises:
        InputError: the bytes are no text, or no text in the encoding.
    """
    place = place or name
    _refuse_what_is_no_text(data, place)
    reading = Reading(encoding) if encoding else encodings.detect(data)
    if reading.encoding == "utf-8" and b"\0" in data:
        hint = "name the encoding if it is a text, for example --encoding utf-16-le"
        raise InputError("the file is binary: it holds NUL characters", place=place, hint=hint)
    text = _text(data, reading.encoding, place)
    if not text.strip():
        raise InputError("the file has no text", place=place)
    assumed = reading.evidence and f"{reading.evidence} ({reading.cert} confidence)"
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(name, text, sha256, reading.encoding, assumed)


def _refuse_what_is_no_text(data: bytes, place: str) -> None:
    if not data:
        raise InputError("the file is empty", place=place)
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            hint = (
                "give it the ending of its format: .pdf and .docx are read, others name a command"
            )
            raise InputError(f"this is {what}, not plain text", place=place, hint=hint)


def _text(data: bytes, encoding: str, place: str) -> str:
    try:
        return encodings.decode(data, encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"byte {error.start} (line {line}) is not {encoding}: {data[error.start]:#04x}",
            place=place,
            hint="name the encoding, for example --encoding windows-1252",
        ) from error
    except (LookupError, UnicodeError) as error:
        raise InputError(f"no encoding is called {encoding!r}", place=place) from error


def report(source: Source) -> Iterator[Finding]:
    """Yield what was assumed in reading, and what an earlier reading left behind."""
    if source.assumed:
        message = f"read as {source.encoding}: {source.assumed}"
        yield Finding("encoding-assumed", "info", message, source.name, hint="see --encoding")
    yield from damage.report(source)
