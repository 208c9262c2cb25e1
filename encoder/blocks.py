"""A block is a run of printed lines that read as one: a paragraph, a heading, a line by itself.

Blank lines, page beginnings and note blocks may lie between its lines; whether they part them is
read from the habits of the layout. Blocks exist as soon as pages and notes are known.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from encoder.bonds import LINE_END, ORNAMENT, Bonds
from encoder.edition import Edition
from encoder.model import BESIDE, WHITE_CHARS, Span, collapse
from encoder.read.layout import Line

# Elements that name a block, or hold one in a form of their own.
CLAIMS: tuple[str, ...] = (
    *("head", "byline", "opener", "closer", "postscript", "trailer", "titlePage"),
    *("milestone", "note", "lg", "list", "table", "sp", "stage", "figure", "castList"),
)
# Signs of quotation at the beginning of a line.
QUOTED = re.compile(r">(?:[^\S\r\n]?>)*")
# What stands apart from the running text, notes beside it among them.
APART = ("figure", "div", "note", "eg")
# What changes which lines stand in which block: of divisions and notes only those that stand apart;
# a note of the page or at the end is moved as well, and no view outlives a move.
STREAMS = frozenset(
    {"note sidenote", "fw", "milestone notes", "quote", "figure", "eg", "div sidenote"}
    | {f"div {kind}" for kind in BESIDE}
)

# What no line of a letter's head can hold.
INTERRUPTIONS = frozenset({"quote", "figure", "milestone", "note", "div", "castList", "eg"})
SIGN = frozenset({"sign"})


class Block(NamedTuple):
    """Lines that belong together; `text` is what they say, white space collapsed, no callouts.

    `note`: the note it is printed in, or the quotation; `opens`: its lines end in a space where
    they end a word.
    """

    lines: tuple[Line, ...]
    text: str
    note: Span | None = None
    opens: bool = False

    @property
    def start(self) -> int:
        """Offset of the first printed character."""
        return self.lines[0].text

    @property
    def end(self) -> int:
        """Offset behind the last printed character."""
        return self.lines[-1].stop

    @property
    def in_note(self) -> bool:
        """Whether it is printed in a note, and not in the body."""
        return self.note is not None and self.note.tag == "note"

    @property
    def ornament(self) -> bool:
        """Whether only signs are printed here, as between two sections."""
        return ORNAMENT.fullmatch(self.text) is not None


def blocks(edition: Edition) -> list[Block]:
    """Return the blocks of the body, then those of each note that stands apart."""
    return edition.view(_blocks, STREAMS)


def _blocks(edition: Edition) -> list[Block]:
    body, notes = _streams(edition)
    bonds = Bonds(edition, edition.layout.wraps_open)
    found: list[Block] = []
    for quote, lines in _quoted(edition, body):
        found.extend(_group(edition, lines, bonds, quote))
    # Notes may be set otherwise than the body: then no space means nothing in them.
    if bonds.opens and not any(line.open for _, lines in notes for line in lines):
        bonds = Bonds(edition, opens=False)
    for note, lines in notes:
        found.extend(_group(edition, lines, bonds, note))
    return found


def unclaimed(edition: Edition) -> list[Block]:
    """Return the blocks that no finder has named yet; of a block named in part, what is left."""
    return edition.view(_unclaimed, STREAMS.union(CLAIMS))


def _unclaimed(edition: Edition) -> list[Block]:
    claims = _merged((s.start, s.end) for s in edition.tagged(*CLAIMS) if s.start < s.end)
    starts = [start for start, _ in claims]
    found: list[Block] = []
    for block in blocks(edition):
        low, high = bisect_right(starts, block.start), bisect_left(starts, block.end)
        reaches = low > 0 and claims[low - 1][1] > block.start
        near = claims[low - reaches : high]
        found.extend(_left(edition, block, near) if near else (block,))
    return found


def by_line(edition: Edition, block: Block, which: slice = slice(None)) -> list[Block]:
    """Return each line of a block, or of a slice of it, as a block of its own."""
    if _callouts_in(edition, block.lines):
        return [_block(edition, [line], block.note, block.opens) for line in block.lines[which]]
    plain = edition.source.plain
    return [
        Block((line,), _single(plain[line.text : line.stop]), block.note, block.opens)
        for line in block.lines[which]
    ]


def together(edition: Edition, parts: Sequence[Block]) -> Block:
    """Return blocks that follow each other as one."""
    lines = [line for part in parts for line in part.lines]
    return _block(edition, lines, parts[0].note, parts[0].opens)


def behind(edition: Edition, found: Sequence[Block], offset: int) -> list[Block]:
    """Return what of the blocks lies behind an offset, the first of them perhaps cut."""
    rest = [block for block in found if block.end > offset]
    cut = rest and rest[0].start < offset
    return [*_left(edition, rest[0], [(0, offset)]), *rest[1:]] if cut else rest


def ahead(edition: Edition, found: Sequence[Block], offset: int) -> list[Block]:
    """Return what of the blocks lies ahead of an offset, the last of them perhaps cut."""
    rest = [block for block in found if block.start < offset]
    cut = rest and rest[-1].end > offset
    return [*rest[:-1], *_left(edition, rest[-1], [(offset, rest[-1].end)])] if cut else rest


def interrupted(edition: Edition, start: int, end: int) -> bool:
    """Whether something begins between two offsets that no line of a letter's head can hold."""
    starts = edition.view(_interruptions, INTERRUPTIONS)
    return bisect_left(starts, start) < bisect_left(starts, end)


def _interruptions(edition: Edition) -> list[int]:
    """Return where quotations, pictures, section breaks and divisions begin."""
    found = edition.tagged(*INTERRUPTIONS)
    return sorted(s.start for s in found if s.tag not in ("milestone", "note") or _divides(s))


def _divides(span: Span) -> bool:
    return span.attrs.get("unit") == "section" or span.attrs.get("type") == "sidenote"


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in their order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _left(edition: Edition, block: Block, claims: list[tuple[int, int]]) -> Iterator[Block]:
    """Yield what claims leave of a block: runs of lines, the first and last perhaps cut."""
    if not any(a < line.stop and line.text < b for line in block.lines for a, b in claims):
        yield block
        return
    group: list[Line] = []
    for line in block.lines:
        rests = list(_outside(edition.source.text, line, claims))
        if group and (not rests or rests[0].text > line.text):
            yield _block(edition, group, block.note, block.opens)
            group = []
        for rest in rests:
            group.append(rest)
            if rest.stop < line.stop:
                yield _block(edition, group, block.note, block.opens)
                group = []
    if group:
        yield _block(edition, group, block.note, block.opens)


def _outside(text: str, line: Line, claims: list[tuple[int, int]]) -> Iterator[Line]:
    """Yield the pieces of a line that lie in no claim, white space at their edges left out."""
    here = line.text
    for start, end in (*claims, (line.stop, line.stop)):
        piece = text[here : min(max(start, here), line.stop)]
        if bare := piece.strip(WHITE_CHARS):
            first = here + piece.index(bare)
            yield line._replace(text=first, stop=first + len(bare))
        here = max(here, min(end, line.stop))


def runs(edition: Edition) -> list[list[Line]]:
    """Return the lines of the body that no finder has named, those without a gap together.

    A page beginning ends a run.
    """
    return edition.view(_runs, STREAMS.union(CLAIMS))


def _runs(edition: Edition) -> list[list[Line]]:
    pages = {edition.layout.lines[index].start for index in edition.layout.pages}
    text, found, holder = edition.source.text, list[list[Line]](), None
    for block in unclaimed(edition):
        for line in block.lines if not block.in_note else ():
            apart = not found or line.start in pages or block.note is not holder
            if apart or parted(text, found[-1][-1], line):
                found.append([])
            found[-1].append(line)
            holder = block.note
    return found


def parted(text: str, above: Line, below: Line) -> bool:
    """Whether something stands between two lines, if only a blank line."""
    return above.end != below.start and len(LINE_END.findall(text, above.stop, below.text)) > 1


def _quoted(edition: Edition, body: list[Line]) -> Iterator[tuple[Span | None, list[Line]]]:
    """Yield the lines of the body with the innermost quotation that they stand in."""
    text, starts = edition.source.text, [line.text for line in body]
    holders: list[Span | None] = [None] * len(body)
    edges = {0, len(body)}
    for quote in sorted(edition.tagged("quote"), key=lambda s: (s.start, -s.end)):
        first, last = bisect_left(starts, quote.start), bisect_left(starts, quote.end)
        holders[first:last] = [quote] * (last - first)
        edges |= {first, last}
    for _, group in groupby(pairwise(sorted(edges)), key=lambda edge: id(holders[edge[0]])):
        (first, last), *others = group
        lines, holder = body[first : others[-1][1] if others else last], holders[first]
        yield holder, [_after_signs(text, line) for line in lines] if holder else lines


def _after_signs(text: str, line: Line) -> Line:
    """Return a quoted line without the signs of quotation it begins with."""
    signs = QUOTED.match(text, line.text, line.stop)
    if not signs:
        return line
    start = signs.end() + (text[signs.end() : signs.end() + 1] == " ")
    said = text[start : line.stop].lstrip(WHITE_CHARS)
    return line._replace(start=min(start, line.stop), text=line.stop - len(said))


def _shown(edition: Edition) -> Sequence[Line]:
    """Return the lines that are read: no page furniture, no rule over notes, no callout alone."""
    hidden = {
        (s.start, s.end)
        for s in edition.tagged("fw", "milestone", "sign")
        if s.attrs.get("unit") != "section" and s.attrs.get("kind") in (None, "callout")
    }
    lines = edition.layout.lines
    return [line for line in lines if (line.text, line.stop) not in hidden] if hidden else lines


def _streams(edition: Edition) -> tuple[list[Line], list[tuple[Span, list[Line]]]]:
    """Return the lines of the body and of each note; a note's first begins after its label."""
    notes = sorted(
        (s for s in edition.tagged("note") if s.attrs.get("place") not in (None, "inline")),
        key=lambda s: s.start,
    )
    ends = {move.start: move.end for move in edition.moves}
    labels = {s.start: s.end for s in edition.tagged("sign") if s.start in ends}
    begun = {note.start for note in notes}
    called = {move.to: move.start for move in edition.moves if move.start in begun}
    # What runs on over a page is moved as its note is, and begins no other.
    pieces = sorted(ends.items())
    body, parts = _taken_out(_shown(edition), pieces)
    moved = {move.start: move.to for move in edition.moves}
    held: dict[int, list[Line]] = {note.start: [] for note in notes}
    for (start, _), lines in zip(pieces, parts, strict=True):
        owner = start if start in begun else called.get(moved[start], start)
        if owner != start:  # the white of two pages is no gap in a note
            while held[owner] and held[owner][-1].blank:
                held[owner].pop()
        held.setdefault(owner, []).extend(lines)
    fenced = sorted((span.start, span.end) for span in edition.tagged("eg"))
    inside = [_taken_out(held[note.start], fenced)[0] for note in notes]
    apart = sorted((span.start, span.end) for span in edition.tagged(*APART) if _is_apart(span))
    text = edition.source.text
    noted = [[_after_label(text, line, labels) for line in lines] for lines in inside]
    return _taken_out(body, apart)[0], list(zip(notes, noted, strict=True))


def _taken_out(
    lines: Sequence[Line], stretches: Sequence[tuple[int, int]]
) -> tuple[list[Line], list[list[Line]]]:
    """Return the lines that begin in none of the stretches, and those that begin in each.

    The stretches are sorted; where one begins within another, the lines from there are its own.
    """
    texts = [line.text for line in lines]
    out, inside, here = list[Line](), list[list[Line]](), 0
    for (start, end), following in zip_longest(stretches, [s for s, _ in stretches[1:]]):
        first = bisect_left(texts, start)
        last = bisect_left(texts, end if following is None else min(end, following))
        out += lines[here:first]
        inside.append(list(lines[first:last]))
        here = last
    return [*out, *lines[here:]], inside


def _is_apart(span: Span) -> bool:
    return span.tag in ("figure", "eg") or span.attrs.get("type") == "sidenote" or span.beside


def terms(edition: Edition) -> list[tuple[int, int]]:
    """Return where a distributor's terms, metadata and code stand: no part of the running text."""
    apart = (span for span in edition.tagged("div", "eg") if span.beside or span.tag == "eg")
    return [(span.start, span.end) for span in apart]


def _after_label(text: str, line: Line, labels: dict[int, int]) -> Line:
    if line.text not in labels:
        return line
    rest = text[labels[line.text] : line.stop]
    return line._replace(text=line.stop - len(rest.lstrip(WHITE_CHARS)))


def _group(
    edition: Edition, lines: Iterable[Line], bonds: Bonds, note: Span | None
) -> Iterator[Block]:
    group: list[Line] = []
    gap = False
    for line in lines:
        if line.blank:
            gap = True
            continue
        if group and not bonds.hold(group[-1], line, gap=gap):
            yield _block(edition, group, note, bonds.opens)
            group = []
        group.append(line)
        gap = False
    if group:
        yield _block(edition, group, note, bonds.opens)


def _block(edition: Edition, lines: Sequence[Line], note: Span | None, opens: bool) -> Block:
    return Block(tuple(lines), _said(edition, lines), note, opens)


def _said(edition: Edition, lines: Sequence[Line]) -> str:
    """Return what lines say, the callouts in them left out."""
    plain = edition.source.plain
    if near := _callouts_in(edition, lines):
        said = ("".join(plain[a:b] for a, b in _between(near, line)) for line in lines)
        return collapse(" ".join(said))
    return _single(" ".join([plain[line.text : line.stop] for line in lines]))


def _single(words: str) -> str:
    """Return words that only spaces part, each of these single."""
    return collapse(words) if "  " in words else words


def _callouts_in(edition: Edition, lines: Sequence[Line]) -> Sequence[tuple[int, int]]:
    """Return where callouts stand from the first of the lines to the last."""
    calls = edition.view(_callouts, SIGN)
    if not calls:
        return calls
    return calls[bisect_left(calls, (lines[0].text,)) : bisect_left(calls, (lines[-1].stop,))]


def _between(calls: Sequence[tuple[int, int]], line: Line) -> Iterator[tuple[int, int]]:
    """Yield what callouts leave of a line."""
    here = line.text
    for start, end in calls:
        if line.text <= start < line.stop:
            yield here, start
            here = end
    yield here, line.stop


def _callouts(edition: Edition) -> list[tuple[int, int]]:
    signs = (s for s in edition.tagged("sign") if s.attrs["kind"] == "callout")
    return sorted((s.start, s.end) for s in signs)
