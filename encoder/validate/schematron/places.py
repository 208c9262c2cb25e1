"""Where in the file a node stands that a rule speaks of, found by the number of its element."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache

from encoder.model import Position
from encoder.validate.document import Document
from encoder.validate.position import attribute
from encoder.validate.walk import parser

# The number of an element, and what of it: see `program.WHERE`.
PLACE = re.compile(
    r"(?P<number>\d+)"
    r"(?: ?@(?:Q\{(?P<uri>[^}]*)\})(?P<attribute>.+)"
    r"| ?/(?P<kind>[a-z]+) (?P<nth>\d+)(?: (?P<target>.+))?)?"
)
TOKEN = re.compile(
    rb"(?P<comment><!--.*?-->)|(?P<instruction><\?(?P<target>[^\s?]+).*?\?>)|(?P<end></[^>]*>)"
    rb"|(?P<empty><[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*(?<=/)>)"
    rb"|(?P<start><[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)"
    rb"|(?P<text>(?:<!\[CDATA\[.*?\]\]>|[^<]+)+)|(?P<other><)",
    re.DOTALL,
)
DEPTH = {"start": 1, "end": -1}


def position(document: Document, place: str) -> Position:
    """Return where a node begins: an attribute at its name, a text at its first character."""
    data, found = document.places.data, PLACE.fullmatch(place)
    number = int(found["number"]) if found else 0
    tags = _tags(data)
    start = tags[min(number, len(tags) - 1)]
    if found and found["attribute"]:
        start = attribute(data, start, f"{found['uri']} {found['attribute']}".strip())
    elif found and found["kind"]:
        start = _child(data, start, min(number, 1), found)
    return document.places.position(start)


@lru_cache(maxsize=1)
def _tags(data: bytes) -> Sequence[int]:
    """Return the byte of each start tag; that of the file itself first."""
    tags, walk = array("L", [0]), parser()
    walk.StartElementHandler = lambda *_: tags.append(walk.CurrentByteIndex)
    walk.Parse(data, True)
    return tags


def _child(data: bytes, start: int, within: int, wanted: re.Match[str]) -> int:
    """Return the byte of the nth text, comment or instruction in the element at `start`.

    `within` is how deep it is nested, seen from `start`: 0 beside the document element.
    """
    depth, left = 0, int(wanted["nth"])
    for token in TOKEN.finditer(data, start):
        kind = str(token.lastgroup)
        if depth == within and kind == wanted["kind"]:
            left -= not wanted["target"] or (token["target"] or b"").decode() == wanted["target"]
            if not left:
                return token.start()
        depth += DEPTH.get(kind, 0)
        if depth < within and kind == "end":
            break
    return start
