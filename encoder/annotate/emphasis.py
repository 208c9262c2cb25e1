"""Emphasis is what the print sets apart by its look, and plain text by signs or by spaces.

`_so_`, `*so*` and `/so/` stand for italics, `**so**`, `__so__` and `=so=` for bold, `***so***`
for both; letters that are s p a c e d were spaced in print too (TEI P5 3.3.2). A sign counts where
it opens before a word and closes behind one, in one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from encoder.edition import Edition
from encoder.flow import Flow, flows
from encoder.model import Span
from encoder.profile import Profile

# Patterns begin with their sign: what comes before it is looked at only there.
SIGNED = (
    (re.compile(r"\*{3}(?<![\w*]\*{3})(?=[^\s*])([^*\n]+)(?<=[^\s*])\*{3}(?![\w*])"), 3,
     "bold italic"),
    (re.compile(r"\*\*(?<![\w*]\*\*)(?=[^\s*])([^*\n]+)(?<=[^\s*])\*\*(?![\w*])"), 2, "bold"),
    (re.compile(r"__(?<![\w]__)(?=[^\W_])([^_\n]+)(?<=[^\s_])__(?![\w])"), 2, "bold"),
    (re.compile(r"_(?<!\w_)(?=[^\s_])([^_\n]+)(?<=[^\s_])_(?![_\d])"), 1, "italic"),
    (re.compile(r"\*(?<![\w*]\*)(?=[^\s*])([^*\n]+)(?<=[^\s*])\*(?![\w*])"), 1, "italic"),
    (re.compile(r"=(?<![\w=]=)(?=[^\W\d_])([^=\n]+)(?<=[^\W_]|[.,;:!?])=(?![\w=])"), 1, "bold"),
    (re.compile(r"/(?<![^\s(]/)(?=[^\W\d_])([^/\n]+)(?<=[^\W_]|[.,;:!?])/(?=[\s.,;:!?)]|$)", re.M),
     1, "italic"),
)  # fmt: skip
# This one with the space behind the first letter.
SPACED = re.compile(r" (?<=[^\W\d_] )(?<!\w[^\W\d_] )[^\W\d_](?: [^\W\d_]){2,}(?!\w)")


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `hi` for each emphasis, the signs of it kept."""
    for flow in flows(edition):
        taken = sorted(_signed(flow, profile))
        for above, (start, end, size, rend) in pairwise([(0, 0, 0, ""), *taken]):
            if start >= above[1]:
                yield from _encoded(flow, start, end, size, rend)
        for match in SPACED.finditer(flow.text):
            start, end = match.start() - 1, match.end()
            if _is_word(flow.text[start:end]):
                yield Span(*flow.span(start, end), "hi", {"rend": "spaced"})


def _signed(flow: Flow, profile: Profile) -> Iterator[tuple[int, int, int, str]]:
    """Yield what signs enclose: where, how long the sign is, and the look it stands for."""
    for pattern, size, rend in SIGNED:
        for match in pattern.finditer(flow.text):
            if len(match.group()) <= profile.emphasis_length:
                yield *match.span(), size, rend


def _encoded(flow: Flow, start: int, end: int, size: int, rend: str) -> Iterator[Span]:
    first, last = flow.span(start, end)
    yield Span(first, last, "hi", {"rend": rend})
    yield Span(*flow.span(start, start + size), "sign", {"kind": "pre"})
    yield Span(*flow.span(end - size, end), "sign", {"kind": "post"})


def _is_word(spaced: str) -> bool:
    """Whether letters are those of a word: not initials, not the alphabet."""
    letters = spaced.split(" ")
    steps = sum(ord(b) - ord(a) == 1 for a, b in pairwise(letters))
    return letters[-1].islower() and 2 * steps < len(letters)
