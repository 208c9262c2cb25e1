"""A quotation that stands by itself is set in, or is verse that somebody is said to speak.

Prose is quoted where all its lines are set in alike; verse where it stands in quotation marks,
where a colon or dash before it announces it, or where a line that begins with a dash says whose it
is. With such a line, right below a heading, it is an epigraph (TEI P5 3.3.3, 4.2.3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from encoder.blocks import Block, blocks, unclaimed
from encoder.bonds import ATTRIBUTION
from encoder.edition import Edition
from encoder.model import Span
from encoder.profile import Profile

OPENING, CLOSING = "\"'“”„«»‘‚‹›", "\"'“”«»’‘‹›"
WORD = re.compile(r"[^\W\d_]+")
ASKS = re.compile(r"[?!]")
FEW = 2  # words of a source that need be no names: `— old song`
ANNOUNCED = re.compile(r"[:—–]$|--$")


class Unit(NamedTuple):
    """A block and what it is so far: `verse`, `free`, `head`, or something else that is named."""

    block: Block
    kind: str


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `quote`, or an `epigraph`, around the blocks that are quoted."""
    units = list(_units(edition))
    margin = _margin(units)
    marked = [(unit, _looks(edition, unit, margin, profile)) for unit in units]
    before: Unit | None = None
    for quoted, run in groupby(marked, key=lambda pair: bool(pair[1])):
        group = list(run)
        together = [unit for unit, _ in group]
        after = group[-1][0] is not units[-1]
        if quoted and before is not None:
            yield from _quotations(group, before, after)
        before = together[-1]


def _units(edition: Edition) -> Iterator[Unit]:
    """Yield the blocks of the body that are in no quotation yet."""
    heads = {span.start for span in edition.tagged("head")}
    verse = {span.start for span in edition.tagged("l")}
    free = {block.start: block for block in unclaimed(edition)}
    for block in blocks(edition):
        if block.note is None:
            part = free.get(block.start)
            whole = part is not None and part.end == block.end
            named = "head" if block.start in heads else "verse" if block.start in verse else "named"
            yield Unit(block, "free" if whole else named)


def _margin(units: Sequence[Unit]) -> int:
    """Return the column at which most lines begin."""
    columns = Counter(line.indent for unit in units for line in unit.block.lines)
    return min(columns, key=lambda column: (-columns[column], column), default=0)


def _looks(edition: Edition, unit: Unit, margin: int, profile: Profile) -> str:
    """Say what a block may be in a quotation: `verse`, `prose`, a `line` of it, `source`."""
    if unit.kind != "free":
        return "verse" if unit.kind == "verse" else ""
    if len(unit.block.text) <= profile.heading_length and _credits(unit.block.text):
        return "source"
    columns = [line.indent - margin for line in unit.block.lines]
    least = max(profile.quote_indent, edition.layout.indent + 1 if edition.layout.indent else 0)
    if min(columns) < least or max(columns) > profile.quote_indent_max:
        return ""
    if len(columns) == 1:
        return "line"
    long = len(unit.block.text) >= profile.quote_width * len(columns)
    return "prose" if long and max(columns[1:]) - min(columns[1:]) <= 1 else ""


def _credits(text: str) -> bool:
    """Whether a line begins with a dash and is mostly names, or a few words: no answer."""
    if not ATTRIBUTION.match(text) or ASKS.search(text):
        return False
    words = WORD.findall(text)
    telling = [word for word in words if len(word) > 3 or word[0].isupper()]
    names = sum(word[0].isupper() for word in telling)
    return len(words) <= FEW or 2 * names >= len(telling)


def _quotations(group: list[tuple[Unit, str]], before: Unit, after: bool) -> Iterator[Span]:
    """Yield the quotations among blocks that may be quoted; a source ends one."""
    part: list[tuple[Unit, str]] = []
    for unit, looks in group:
        part.append((unit, looks))
        if looks == "source":
            yield from _quotation(part, before, after)
            before, part = unit, []
    yield from _quotation(part, before, after)


def _quotation(part: list[tuple[Unit, str]], before: Unit, after: bool) -> Iterator[Span]:
    looks = [look for _, look in part]
    sourced = looks[-1:] == ["source"]
    said = part[:-1] if sourced else part
    if not said or not _is_quoted(said, before, sourced):
        return
    tag = "epigraph" if sourced and before.kind == "head" and after else "quote"
    yield Span(said[0][0].block.start, part[-1][0].block.end, tag)


def _is_quoted(said: list[tuple[Unit, str]], before: Unit, sourced: bool) -> bool:
    looks = {look for _, look in said}
    if "prose" in looks:
        return True
    if "verse" not in looks:
        return False
    first, last = said[0][0].block.text, said[-1][0].block.text
    in_marks = first[0] in OPENING and last.rstrip(".,;!?")[-1:] in tuple(CLOSING)
    announced = before.kind == "free" and ANNOUNCED.search(before.block.text) is not None
    return sourced or in_marks or announced
