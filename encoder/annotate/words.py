"""A word broken at a line end is one word: the break is the printer's (TEI P5 3.2.2).

Where the layout puts a space behind every line that ends at a word's end, a line without one ends
inside a word, and its hyphen was lost in extraction. Elsewhere a hyphen at a line's end breaks a
word or is the word's own: `hyphens.py` judges. What told is said in `@type`, unless it is the habit
of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from encoder.annotate.hyphens import Broken, Evidence, Verdict, evidence
from encoder.blocks import blocks
from encoder.bonds import breaks_word
from encoder.edition import Edition
from encoder.flow import OWN
from encoder.model import WHITE_CHARS, Finding, Source, Span
from encoder.profile import Profile
from encoder.read.layout import HYPHENS, Line

LAST = re.compile(rf"(?:[^\W\d_]+[-‐])*(?:[^\W_]+)(?=[{HYPHENS}]?\Z)")
FIRST = re.compile(r"[^\W_]+")
SOFT = re.compile(r"\xad(?<=\w\xad)(?=\w)")
LOST = Verdict("printer", "habit")
# A hyphen of the word's own is all that is printed; that a line ended behind it is in its sign.
FORCE = {"printer": "weak", "own": OWN}
TURNS = {
    "printer": ("lb", {"break": "no"}),
    "own": ("sign", {"kind": "turn"}),
    "unclear": ("lb", {"break": "maybe"}),
}


class Join(NamedTuple):
    """A line that ends inside a word, and the one in which the word goes on.

    `sure`: the layout says that it does; else the two halves must be no words.
    """

    above: Line
    below: Line
    word: Broken
    sure: bool


def find(edition: Edition, profile: Profile) -> Iterator[Span | Finding]:
    """Yield what stands for each line end inside a word, and for its hyphen."""
    guess = edition.layout.hyphens.lost(profile.hyphen_lost_share)
    joins = list(_joins(edition, guess))
    doubted = (join.word for join in joins if join.word.sign or not join.sure)
    known = evidence(edition, profile, [join.word for join in joins], doubted)
    for join in joins:
        if verdict := _verdict(join, known):
            yield from _joined(edition, join, verdict)
            if verdict.hyphen == "unclear":
                yield _doubt(edition, join)
    yield from _soft(edition)


def _verdict(join: Join, known: Evidence) -> Verdict | None:
    if join.word.sign:
        return known.judge(join.word)
    return LOST if join.sure else known.lost(join.word)


def _joins(edition: Edition, guess: bool) -> Iterator[Join]:
    """Yield where a word may go on in the next line; unless by `guess` something must show it."""
    text = edition.source.text
    for block in blocks(edition):
        for above, below in pairwise(block.lines):
            shown = block.opens or text[above.stop - 1] in HYPHENS
            if not (guess or shown) or (block.opens and not breaks_word(text, above, below)):
                continue
            if word := _broken(edition.source, above, below):
                yield Join(above, below, word, shown)


def _broken(source: Source, above: Line, below: Line) -> Broken | None:
    """Return the word that may run from the end of one line into the next."""
    text, start = source.text, source.plain.rfind(" ", above.text, above.stop) + 1
    first = LAST.search(text, max(start, above.text), above.stop)
    rest = FIRST.match(text, below.text)
    if first is None or rest is None:
        return None
    sign = text[above.stop - 1] if text[above.stop - 1] in HYPHENS else ""
    figures = first[0][-1].isdigit(), rest[0][0].isdigit()
    fits = figures[0] == figures[1] if sign else rest[0].islower() and not any(figures)
    return Broken(first[0], sign, rest[0]) if fits or (sign and not figures[0]) else None


def _joined(edition: Edition, join: Join, verdict: Verdict) -> Iterator[Span]:
    """Yield the line end; a hyphen beside it says what told, or the line end where none is."""
    told = {} if verdict.by == "habit" else {"type": verdict.by}
    tag, attrs = TURNS[verdict.hyphen]
    if join.word.sign and verdict.hyphen in FORCE:
        stop = join.above.stop
        yield Span(stop - 1, stop, "pc", {"force": FORCE[verdict.hyphen], **told})
        told = {}
    for start, end in _white_between(edition, join.above, join.below):
        yield Span(start, end, tag, attrs | told)
        # The hyphen's sign is for its own line: behind what stands between comes another.
        tag, attrs = TURNS["printer"] if tag == "sign" else (tag, attrs)


def _doubt(edition: Edition, join: Join) -> Finding:
    first, sign, rest = join.word
    message = f"{first}{sign}|{rest}: the hyphen may be the printer's or the word's own"
    hint = "a word list may tell: [reading] dictionaries"
    return edition.finding("hyphen-unclear", "info", message, join.above.stop - 1, hint=hint)


def _soft(edition: Edition) -> Iterator[Span]:
    """Yield what a soft hyphen inside a line is: a place where the word was not broken."""
    for match in SOFT.finditer(edition.source.text):
        yield Span(*match.span(), "pc", {"force": "weak"})


def _white_between(edition: Edition, above: Line, below: Line) -> Iterator[tuple[int, int]]:
    """Yield the white space behind the first half of a word and, where parted, before the second.

    A page's notes or furniture may stand between the halves; or, in a note that runs on over a
    page, the text of that page.
    """
    text = edition.source.text
    _, last = edition.order.piece(above.stop - 1)
    first, _ = edition.order.piece(below.text)
    behind = above.stop
    while behind < min(below.text, last) and text[behind] in WHITE_CHARS:
        behind += 1
    if above.stop < behind:
        yield above.stop, behind
    if behind < below.text:
        before = below.text
        while before > first and text[before - 1] in WHITE_CHARS:
            before -= 1
        if before < below.text:
            yield before, below.text
