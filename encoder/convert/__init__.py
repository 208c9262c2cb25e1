"""A text that comes as PDF or DOCX is converted once: the plain text is then the source.

What the page tells is kept as plain text tells it: form feeds, indents, hyphens, raised callouts,
`#` before headings, `[^1]` for notes. Other formats are pandoc's.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from encoder.errors import InputError
from encoder.model import Origin, Source
from encoder.read.source import decode, read, read_bytes

PANDOC = frozenset({".odt", ".rtf", ".epub", ".html", ".htm", ".xhtml", ".fb2", ".tex", ".docbook"})
ENDINGS = (".pdf", ".docx")


def is_converted(path: Path) -> bool:
    """Whether a file is of a format that is converted here."""
    return path.suffix.lower() in ENDINGS


def converted(path: Path, data: bytes) -> str:
    """Return the plain text of a PDF or DOCX file.

    Raises:
        InputError: the file is damaged, encrypted, too large or has no text.
        MissingError: the extra for its format is not installed.
    """
    text = _converter(path)(data, str(path))
    if not text.strip():
        hint = "if its pages are pictures, recognise them first, for example with ocrmypdf"
        raise InputError("no page of it has text", place=str(path), hint=hint)
    return text


def _converter(path: Path) -> Callable[[bytes, str], str]:
    if path.suffix.lower() == ".pdf":
        from encoder.convert import pdf

        return pdf.text
    from encoder.convert import docx

    return docx.text


def refuse_other_formats(path: Path) -> None:
    """Name the command that makes a text of a file of another format.

    Raises:
        InputError: the file is of a format that we do not read.
    """
    ending, name = path.suffix.lower(), shlex.quote(str(path))
    out = shlex.quote(str(path.parent / f"{path.stem}.txt"))
    if ending == ".doc":
        hint = f"save it as .docx, or: soffice --headless --convert-to docx {name}"
        raise InputError("an old Word file is not read", place=str(path), hint=hint)
    if ending in PANDOC:
        hint = f"make it a text: pandoc --to markdown --wrap none --output {out} {name}"
        raise InputError(f"{ending} files are not read", place=str(path), hint=hint)


def received(path: Path, encoding: str | None = None) -> Source:
    """Read a text file, or the text that a PDF or DOCX file holds, called `NAME.txt`.

    Raises:
        InputError: it cannot be read.
        MissingError: the extra for its format is not installed.
    """
    refuse_other_formats(path)
    if not is_converted(path):
        return read(path, encoding)
    data = read_bytes(path)
    source = decode(converted(path, data).encode("utf-8", "surrogateescape"), f"{path.stem}.txt")
    return replace(source, origin=_origin(path, data))


def with_original(source: Source, path: Path) -> Source:
    """Return a source with the PDF or DOCX file beside its own that it was made from, if any."""
    beside = (path.with_suffix(ending) for ending in ENDINGS)
    original = next((file for file in beside if file.is_file()), None)
    return replace(source, origin=_origin(original, read_bytes(original))) if original else source


def _origin(path: Path, data: bytes) -> Origin:
    return Origin(path.name, hashlib.sha256(data).hexdigest())
