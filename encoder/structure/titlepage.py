"""A title page says what a book is called, who wrote it, and where and when it came out.

It is the short lines a text opens with, where one of them names an author, an edition, or a year of
printing, or where a preface or a table of contents comes next; and where the text has divisions,
the first of which follows. Behind it may stand to whom the book is given (TEI P5 4.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from encoder.blocks import Block, by_line, interrupted, unclaimed
from encoder.edition import Edition
from encoder.forms import LETTER
from encoder.lexicon import pattern
from encoder.model import Span
from encoder.profile import Profile
from encoder.structure.datelines import is_dateline
from encoder.structure.heads import COUNTED, SIGNS, titled, underlined, worded

YEAR = re.compile(r"\(?(?:1[4-9]\d\d|20\d\d|M[DCLXVI. ]{3,})\W*")
DATED = re.compile(r"(?:^|[\s,(])(?:1[4-9]\d\d|20\d\d)\W{0,3}$")
STOPS = re.compile(rf"[;:?]$|{LETTER}{{4,}}[.!?]\s+[^\W\d_]+\s+[^\W\d_]+")
TOLD = 8  # words of a sentence at the least
LINES = 24  # of a title page at the most
WORDS = 14  # of a line of it


class Row(NamedTuple):
    """A line of a title page, the number of its block, and its element, or `dedication`."""

    line: Block
    block: int
    kind: str


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the title page with its parts, and a division for a dedication behind it."""
    body = [block for block in unclaimed(edition) if block.note is None]
    leading = list(_leading(edition, body, profile))
    rows = list(_rows(edition, leading, profile))
    if not leading or not _is_title_page(edition, rows, body[len(leading) :], profile):
        return
    page = [row for row in rows if row.kind != "dedication"]
    yield Span(page[0].line.start, page[-1].line.end, "titlePage")
    for kind, group in groupby(page, key=lambda row: row.kind):
        yield from _encoded(kind, list(group), profile)
    given = rows[len(page) :]
    if given:
        yield Span(given[0].line.start, given[-1].line.end, "div", {"type": "dedication"})


def _leading(edition: Edition, body: Sequence[Block], profile: Profile) -> Iterator[Block]:
    """Yield the blocks of short lines that a text opens with, up to the first division."""
    lines = 0
    for index, block in enumerate(body):
        lines += len(block.lines)
        apart = index and interrupted(edition, body[0].start, block.start)
        if apart or lines > LINES or _begins_text(edition, block, profile):
            return
        yield block


def _begins_text(edition: Edition, block: Block, profile: Profile) -> bool:
    """Whether a block is no part of a title page: a division's heading, or running text."""
    text = block.text
    if YEAR.fullmatch(text):
        return False
    if SIGNS.match(text) or COUNTED.match(text) or block.start in underlined(edition):
        return True
    if worded(text, profile) or block.ornament or STOPS.search(text) or _is_told(text, profile):
        return True
    if is_dateline(text) and not DATED.search(text):
        return True
    return any(len(line.text.split()) > WORDS for line in by_line(edition, block))


def _is_told(text: str, profile: Profile) -> bool:
    """Whether a line is a sentence, and no title that ends in a stop."""
    if text[-1] != "." or len(text.split()) < TOLD or titled(text) or DATED.search(text):
        return False
    return not any(_says(key, text, profile) for key in ("by", "made", "edition", "dedication"))


def _rows(edition: Edition, leading: Sequence[Block], profile: Profile) -> Iterator[Row]:
    """Yield the lines of the blocks with what they are: the title until something else comes."""
    lines = [
        (index, line) for index, block in enumerate(leading) for line in by_line(edition, block)
    ]
    rows: list[Row] = []
    for number, (index, line) in enumerate(lines):
        dated = [n for n, later in lines[number:] if DATED.search(later.text)]
        here = index > 0 and index in dated
        told = {row.kind for row in rows} - {"titlePart"}
        above = rows[-1] if rows else None
        kind = _kind(line.text, index, above, profile, told=bool(told))
        if kind == "titlePart" and (here or (told and dated and "docDate" not in told)):
            kind = "docImprint"
        rows.append(Row(line, index, kind))
    return iter(rows)


def _kind(text: str, block: int, above: Row | None, profile: Profile, *, told: bool) -> str:
    """Say what a line is by its words and by what stands above it."""
    if above is None:
        return "docDate" if YEAR.fullmatch(text) else "titlePart"
    beside = above.block == block
    if above.kind == "dedication" or (told and not beside and _says("dedication", text, profile)):
        return "dedication"
    if _says("made", text, profile) or _says("by", text, profile):
        return "byline"
    if pattern("parts", "edition", profile.language).search(text):
        return "docEdition"
    if above.kind == "byline" and (beside or _says("by", above.line.text, profile, whole=True)):
        return "docImprint" if DATED.search(text) else "byline"
    if YEAR.fullmatch(text):
        return "docDate"
    return "docImprint" if beside and above.kind == "docImprint" else "titlePart"


def _says(key: str, text: str, profile: Profile, *, whole: bool = False) -> bool:
    words = pattern("parts", key, profile.language)
    return (words.fullmatch if whole else words.match)(text) is not None


def _is_title_page(
    edition: Edition, rows: Sequence[Row], behind: Sequence[Block], profile: Profile
) -> bool:
    """Whether the lines say what only title pages say, and a division of the text follows."""
    if not behind:
        return False
    listed = any(s.attrs.get("type") == "contents" for s in edition.tagged("div"))
    contents = listed or any(edition.tagged("castList"))
    following = worded(behind[0].text, profile)
    counted = COUNTED.match(behind[0].text) or SIGNS.match(behind[0].text)
    if not (following or counted or (contents and interrupted(edition, 0, behind[0].start))):
        return False
    kinds = {row.kind for row in rows}
    told = bool(kinds & {"byline", "docEdition", "docDate", "docImprint"})
    return told or (contents and len(rows) > 1)


def _encoded(kind: str, rows: Sequence[Row], profile: Profile) -> Iterator[Span]:
    if kind == "byline":
        yield from _byline(rows, profile)
        return
    if kind == "titlePart":
        yield Span(rows[0].line.start, rows[-1].line.end, "docTitle")
    for number, (_, group) in enumerate(groupby(rows, key=lambda row: row.block)):
        lines = [row.line for row in group]
        attrs = {"type": "sub" if number else "main"} if kind == "titlePart" else {}
        yield Span(lines[0].start, lines[-1].end, kind, attrs)


def _byline(rows: Sequence[Row], profile: Profile) -> Iterator[Span]:
    """Yield a byline, and in it the author that stands behind the word for it."""
    yield Span(rows[0].line.start, rows[-1].line.end, "byline")
    for row, below in zip_longest(rows, rows[1:]):
        by = pattern("parts", "by", profile.language).match(row.line.text)
        if not by or _says("made", row.line.text, profile):
            continue
        if by.end() < len(row.line.text):
            start = row.line.end - len(row.line.text[by.end() :].lstrip())
            yield Span(start, row.line.end, "docAuthor")
        elif below:
            yield Span(below.line.start, below.line.end, "docAuthor")
