"""A fence is a line of signs that sets apart what is to be read letter by letter: code, a log.

Three backticks or tildes open it, perhaps with the name of a language; the same signs close it.
Tildes right under a line that stands alone, and about as long, are the rule under a heading.
What stands between is kept with its lines and spaces, and no finder looks into it (TEI P5 22.1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from encoder.blocks import terms
from encoder.edition import Edition
from encoder.model import Span
from encoder.profile import Profile
from encoder.structure.heads import underlined

SIGNS = ("```", "~~~")
# More signs than these are a rule.
FENCE = re.compile(r"(`{3,10}|~{3,10})[^\S\r\n]*([\w+#.{}-]*)")


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield an `eg` for what stands between two fences, the fences its signs."""
    text, beside = edition.source.text, terms(edition)
    if not any(sign in text for sign in SIGNS):
        return
    rules = frozenset(underlined(edition).values())
    opened: re.Match[str] | None = None
    for line in edition.layout.lines:
        fence = None if line.blank else FENCE.fullmatch(text, line.text, line.stop)
        if fence is None or any(start <= line.start < end for start, end in beside):
            continue
        if opened is None and line.stop not in rules:
            opened = fence
        elif opened and not fence[2] and fence[1].startswith(opened[1]):
            yield from _encoded(text, opened, fence)
            opened = None


def _encoded(text: str, opened: re.Match[str], closed: re.Match[str]) -> Iterator[Span]:
    """Yield the element and its signs, if the fences are on one page and something is between."""
    said = text[opened.end() : closed.start()]
    if said.strip() and "\f" not in said:
        yield Span(opened.start(), closed.end(), "eg")
        yield Span(*opened.span(), "sign", {"kind": "label"})
        yield Span(*closed.span(), "sign", {"kind": "end"})
