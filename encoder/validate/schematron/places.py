"""Where in the file a node stands that a rule speaks of, found by the path Saxon gives of it."""

from __future__ import annotations

import re

from encoder.model import Position
from encoder.validate.document import Document

STEP = re.compile(
    r"/(?P<kind>text|comment|processing-instruction)\((?P<target>[^)]*)\)\[(?P<number>\d+)\]$"
)
TOKEN = re.compile(
    rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|</[^>]*>"
    rb"|<[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+",
    re.DOTALL,
)
KINDS = {b"<!--": "comment", b"<?": "processing-instruction", b"</": "end"}


def position(document: Document, path: str) -> Position:
    """Return where a node begins: an attribute at its name, a text at its first character."""
    places, last = document.places, STEP.search(path)
    if last is None:
        return places.at(path)
    start = places.element(path[: last.start()])
    return places.position(_child(places.data, start, last))


def _child(data: bytes, start: int, wanted: re.Match[str]) -> int:
    """Return the byte of the nth text, comment or instruction in the element at `start`."""
    depth, seen, before = 0, 0, ""
    for token in TOKEN.finditer(data, start):
        kind = _kind(token[0])
        if depth == 1 and kind == wanted["kind"] and kind + before != "texttext":
            seen += not wanted["target"] or token[0][2:].split()[0].startswith(_name(wanted))
            if seen == int(wanted["number"]):
                return token.start()
        depth += {"start": 1, "end": -1}.get(kind, 0)
        before = kind
        if depth == 0:
            break
    return start


def _name(wanted: re.Match[str]) -> bytes:
    return wanted["target"].encode()


def _kind(token: bytes) -> str:
    if token.startswith((b"<!--", b"<?", b"</")):
        return next(kind for mark, kind in KINDS.items() if token.startswith(mark))
    if token.startswith(b"<!["):
        return "text"
    if not token.startswith(b"<"):
        return "text"
    return "empty" if token.endswith(b"/>") else "start"
