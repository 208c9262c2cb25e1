"""Where in the file a node stands that a rule speaks of, found by the path Saxon gives of it."""

from __future__ import annotations

import re

from encoder.model import Position
from encoder.validate.document import Document

STEP = re.compile(
    r"/(?P<kind>text|comment|processing-instruction)\((?P<target>[^)]*)\)\[(?P<number>\d+)\]$"
)
TOKEN = re.compile(
    rb"(?P<comment><!--.*?-->)|(?P<instruction><\?(?P<target>[^\s?]+).*?\?>)|(?P<end></[^>]*>)"
    rb"|(?P<empty><[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*(?<=/)>)"
    rb"|(?P<start><[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)"
    rb"|(?P<text>(?:<!\[CDATA\[.*?\]\]>|[^<]+)+)|(?P<other><)",
    re.DOTALL,
)
DEPTH = {"start": 1, "end": -1}
KINDS = {"processing-instruction": "instruction"}


def position(document: Document, path: str) -> Position:
    """Return where a node begins: an attribute at its name, a text at its first character."""
    places, last = document.places, STEP.search(path)
    if last is None:
        return places.at(path)
    parent = path[: last.start()]
    start = places.element(parent) if parent else 0
    return places.position(_child(places.data, start, int(bool(parent)), last))


def _child(data: bytes, start: int, within: int, wanted: re.Match[str]) -> int:
    """Return the byte of the nth text, comment or instruction in the element at `start`.

    `within` is how deep it is nested, seen from `start`: 0 beside the document element.
    """
    depth, left = 0, int(wanted["number"])
    for token in TOKEN.finditer(data, start):
        kind = str(token.lastgroup)
        if depth == within and kind == KINDS.get(wanted["kind"], wanted["kind"]):
            left -= not wanted["target"] or (token["target"] or b"").decode() == wanted["target"]
            if not left:
                return token.start()
        depth += DEPTH.get(kind, 0)
        if depth < within and kind == "end":
            break
    return start
