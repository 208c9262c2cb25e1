"""The other documents that a pattern is about: the chapters of a book, the register of a letter.

`pattern/@documents` names them. Only what lies beside the document that is checked, or below, is
read: a schema cannot reach further.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from encoder import addresses
from encoder.model import Finding
from encoder.validate.document import Document, read

HINT = "Put it in the folder of the file, or in one below, and name it by a relative path."


def beside(document: Document, name: str) -> Document | Finding:
    """Return the document that a pattern names, or the Finding that says why there is none."""
    folder = Path(document.name).parent
    parts = addresses.split(name)
    path = folder / unquote(parts.path)
    if parts.scheme or parts.netloc or not path.resolve().is_relative_to(folder.resolve()):
        return _unread(document, name, "it lies outside the folder of the file")
    try:
        data = path.read_bytes()
    except OSError as error:
        return _unread(document, name, error.strerror or str(error))
    return read(data, str(path))


def _unread(document: Document, name: str, reason: str) -> Finding:
    message = f"Schematron not run on {name}: {reason}."
    return Finding("schematron-document", "error", message, document.name, None, HINT)
