"""A word broken at a line end is one word: the break is the printer's (TEI P5 3.2.2).

Where the layout puts a space behind every line that ends at a word's end, a line without one ends
inside a word, and its hyphen was lost in extraction. Elsewhere a hyphen at a line's end breaks a
word, unless the text has that word with its hyphen where no line ends, or the second half begins
with a capital or a figure: then the hyphen is the word's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from encoder.blocks import blocks, breaks_word
from encoder.model import WHITE_CHARS, Edition, Finding, Span
from encoder.profile import Profile
from encoder.read.layout import HYPHENS, Line

HYPHENATED = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)+")
LAST = re.compile(r"[^\W\d_]+[-‐\xad]\Z")
AT_LINE_END = re.compile(r"[-‐][^\S\n]*\n")
FIRST = re.compile(r"\w+")


def find(edition: Edition, _profile: Profile) -> Iterator[Span | Finding]:
    """Yield an `lb` that breaks no word for each line end inside one, and a `pc` for its hyphen."""
    known = _hyphenated(edition.source.text)
    for block in blocks(edition):
        for above, below in pairwise(block.lines):
            if hyphen := _breaks(edition.source.text, block.opens, above, below):
                own = hyphen in HYPHENS and _keeps(edition.source.text, above, below, known)
                yield from _joined(edition, above, below, own)


def _hyphenated(text: str) -> frozenset[str]:
    """Return the words that the text has with a hyphen inside a line, if any line ends in one."""
    if not AT_LINE_END.search(text):
        return frozenset()
    return frozenset(word.casefold() for word in HYPHENATED.findall(text))


def _breaks(text: str, opens: bool, above: Line, below: Line) -> str:
    """Return the character that a line ends in, if a word runs on into the next."""
    last, first = text[above.stop - 1], text[below.text]
    if opens:
        return last if breaks_word(text, above, below) else ""
    whole = LAST.search(text, above.text, above.stop) and first.isalnum()
    return last if whole else ""


def _keeps(text: str, above: Line, below: Line, known: frozenset[str]) -> bool:
    """Whether the hyphen at the line's end is the word's own."""
    if text[above.stop - 1] == "\xad":
        return False
    if not text[below.text].islower():
        return True
    half, rest = LAST.search(text, above.text, above.stop), FIRST.match(text, below.text)
    return half is not None and rest is not None and (half[0] + rest[0]).casefold() in known


def _joined(edition: Edition, above: Line, below: Line, own: bool) -> Iterator[Span]:
    text = edition.source.text
    if text[above.stop - 1] in HYPHENS and not own:
        yield Span(above.stop - 1, above.stop, "pc", {"force": "weak"})
    for start, end in _white_between(edition, above, below):
        yield Span(start, end, "lb", {"break": "no"})


def _white_between(edition: Edition, above: Line, below: Line) -> Iterator[tuple[int, int]]:
    """Yield the white space behind the first half of a word and, where parted, before the second.

    A page's notes or furniture may stand between the halves.
    """
    text = edition.source.text
    behind = above.stop
    while behind < below.text and text[behind] in WHITE_CHARS:
        behind += 1
    yield above.stop, behind
    if behind < below.text:
        before = below.text
        while text[before - 1] in WHITE_CHARS:
            before -= 1
        if before < below.text:
            yield before, below.text
