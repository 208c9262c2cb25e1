"""A block is a run of printed lines that read as one: a paragraph, a heading, a line by itself.

Blank lines, page beginnings and note blocks may lie between its lines; whether they part them is
read from the habits of the layout. Blocks exist as soon as pages and notes are known.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from encoder.model import RUN_OF_WHITE, WHITE_CHARS, Edition, Span, collapse
from encoder.read.layout import HYPHENS, Line

ORNAMENT = re.compile(r"[*·•⁂❦~#_=–—-](?:\s*[*·•⁂❦~#_=–—-])*")
# Elements that name a block, or hold one in a form of their own.
CLAIMS: tuple[str, ...] = (
    *("head", "byline", "opener", "closer", "postscript", "trailer", "titlePage"),
    *("milestone", "note", "lg", "list", "table", "sp", "stage", "figure"),
)
# Signs of quotation at the beginning of a line.
QUOTED = re.compile(r">(?:[^\S\r\n]?>)*")
# A dash, and a name: the line says whose the words above it are.
ATTRIBUTION = re.compile(r"(?:[—―–]|--?)\s?[^\W\d_]")
DIALOGUE = re.compile(r"[–—]\s")
LINE_END = re.compile(r"\r\n|[\r\n\f]")
# What stands apart from the running text, notes beside it among them.
APART = ("figure", "div", "note")
SENTENCE_END = re.compile(r"[.!?:…][\"'”’»“)\]*\d]*$")


@dataclass(frozen=True)
class Block:
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
    return edition.view(_blocks, frozenset({"note", "fw", "milestone", "quote", *APART}))


def _blocks(edition: Edition) -> list[Block]:
    body, notes = _streams(edition)
    pages = [edition.layout.lines[i].start for i in edition.layout.pages]
    found: list[Block] = []
    for quote, lines in _quoted(edition, body):
        found.extend(_group(edition, lines, pages, quote, edition.layout.wraps_open))
    # Notes may be set otherwise than the body: then no space means nothing in them.
    opens = edition.layout.wraps_open and any(line.open for _, lines in notes for line in lines)
    for note, lines in notes:
        found.extend(_group(edition, lines, pages, note, opens))
    return found


def unclaimed(edition: Edition) -> list[Block]:
    """Return the blocks that no finder has named yet; of a block named in part, what is left."""
    claims = _merged((s.start, s.end) for s in edition.tagged(*CLAIMS) if s.start < s.end)
    starts = [start for start, _ in claims]
    found: list[Block] = []
    for block in blocks(edition):
        low, high = bisect_right(starts, block.start) - 1, bisect_left(starts, block.end)
        near = claims[max(low, 0) : high]
        found.extend(_left(edition, block, near) if near else (block,))
    return found


def by_line(edition: Edition, block: Block, which: slice = slice(None)) -> list[Block]:
    """Return each line of a block, or of a slice of it, as a block of its own."""
    return [_block(edition, [line], block.note, block.opens) for line in block.lines[which]]


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
    starts = edition.view(
        _interruptions, frozenset({"quote", "figure", "milestone", "note", "div"})
    )
    return bisect_left(starts, start) < bisect_left(starts, end)


def _interruptions(edition: Edition) -> list[int]:
    """Return where quotations, pictures, section breaks and divisions begin."""
    found = edition.tagged("quote", "figure", "milestone", "note", "div")
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


def runs(edition: Edition) -> Iterator[list[Line]]:
    """Yield the lines of the body that no finder has named, those without a gap together.

    A page beginning ends a run.
    """
    pages = {edition.layout.lines[index].start for index in edition.layout.pages}
    run: list[Line] = []
    holder: Span | None = None
    for block, line in ((b, line) for b in unclaimed(edition) if not b.in_note for line in b.lines):
        apart = line.start in pages or block.note is not holder
        if run and (apart or parted(edition.source.text, run[-1], line)):
            yield run
            run = []
        run.append(line)
        holder = block.note
    if run:
        yield run


def first_word(text: str, line: Line) -> str:
    """Return the first word of a printed line."""
    return RUN_OF_WHITE.split(text[line.text : line.stop], maxsplit=1)[0]


def parted(text: str, above: Line, below: Line) -> bool:
    """Whether something stands between two lines, if only a blank line."""
    return len(LINE_END.findall(text, above.stop, below.text)) > 1


def _quoted(edition: Edition, body: list[Line]) -> Iterator[tuple[Span | None, list[Line]]]:
    """Yield the lines of the body with the innermost quotation that they stand in."""
    text, starts = edition.source.text, [line.text for line in body]
    holders: list[Span | None] = [None] * len(body)
    for quote in sorted(edition.tagged("quote"), key=lambda s: (s.start, -s.end)):
        first, last = bisect_left(starts, quote.start), bisect_left(starts, quote.end)
        holders[first:last] = [quote] * (last - first)
    for _, pairs in groupby(zip(holders, body, strict=True), key=lambda pair: id(pair[0])):
        holder, *_others = found = list(pairs)
        lines = [_after_signs(text, line) if holder[0] else line for _, line in found]
        yield holder[0], lines


def _after_signs(text: str, line: Line) -> Line:
    """Return a quoted line without the signs of quotation it begins with."""
    signs = QUOTED.match(text, line.text, line.stop)
    if not signs:
        return line
    start = signs.end() + (text[signs.end() : signs.end() + 1] == " ")
    said = text[start : line.stop].lstrip(WHITE_CHARS)
    return line._replace(start=min(start, line.stop), text=line.stop - len(said))


def _streams(edition: Edition) -> tuple[list[Line], list[tuple[Span, list[Line]]]]:
    """Return the lines of the body and of each note; a note's first begins after its label."""
    notes = sorted(
        (s for s in edition.tagged("note") if s.attrs.get("place") not in (None, "inline")),
        key=lambda s: s.start,
    )
    ends = {move.start: move.end for move in edition.moves}
    starts = [note.start for note in notes]
    labels = {s.start: s.end for s in edition.tagged("sign") if s.start in ends}
    # Page furniture, and a rule over a block of notes.
    hidden = {
        (s.start, s.end)
        for s in edition.tagged("fw", "milestone")
        if s.attrs.get("unit") != "section"
    }
    apart = sorted((span.start, span.end) for span in edition.tagged(*APART) if _is_apart(span))
    body: list[Line] = []
    inside: list[list[Line]] = [[] for _ in notes]
    for line in edition.layout.lines:
        index = bisect_right(starts, line.text) - 1
        if index >= 0 and line.text < ends[starts[index]]:
            inside[index].append(_after_label(edition.source.text, line, labels))
        elif (line.text, line.stop) not in hidden and not _lies_in(apart, line):
            body.append(line)
    return body, list(zip(notes, inside, strict=True))


def _is_apart(span: Span) -> bool:
    return span.tag == "figure" or span.attrs.get("type") in ("sidenote", "licence")


def terms(edition: Edition) -> list[tuple[int, int]]:
    """Return where a distributor's terms stand: they are no part of the text."""
    divs = edition.tagged("div")
    return [(div.start, div.end) for div in divs if div.attrs.get("type") == "licence"]


def _lies_in(apart: list[tuple[int, int]], line: Line) -> bool:
    """Whether a line is part of something that stands apart from the running text."""
    index = bisect_right(apart, line.text, key=itemgetter(0)) - 1
    return index >= 0 and line.text < apart[index][1]


def _after_label(text: str, line: Line, labels: dict[int, int]) -> Line:
    if line.text not in labels:
        return line
    rest = text[labels[line.text] : line.stop]
    return line._replace(text=line.stop - len(rest.lstrip(WHITE_CHARS)))


def _group(
    edition: Edition, lines: list[Line], pages: list[int], note: Span | None, opens: bool
) -> Iterator[Block]:
    group: list[Line] = []
    gap = False
    for line in lines:
        if line.blank:
            gap = True
            continue
        page = bool(group) and _parted(pages, group[-1].start, line.start)
        if group and not _continues(edition, group[-1], line, gap, page, opens):
            yield _block(edition, group, note, opens)
            group = []
        group.append(line)
        gap = False
    if group:
        yield _block(edition, group, note, opens)


def _parted(pages: list[int], above: int, below: int) -> bool:
    """Whether a page begins between two lines."""
    return bisect_right(pages, above) < bisect_right(pages, below)


def _block(edition: Edition, lines: list[Line], note: Span | None, opens: bool) -> Block:
    words = " ".join(_said(edition, line) for line in lines)
    return Block(tuple(lines), collapse(words), note, opens)


def _said(edition: Edition, line: Line) -> str:
    """Return what a line says, the callouts in it left out."""
    calls = edition.view(_callouts, frozenset({"sign"}))
    near = calls[bisect_left(calls, (line.text,)) : bisect_left(calls, (line.stop,))]
    text, here, said = edition.source.text, line.text, ""
    for start, end in near:
        said, here = said + text[here:start], end
    return said + text[here : line.stop]


def _callouts(edition: Edition) -> list[tuple[int, int]]:
    signs = (s for s in edition.tagged("sign") if s.attrs["kind"] == "callout")
    return sorted((s.start, s.end) for s in signs)


def _continues(
    edition: Edition, above: Line, below: Line, gap: bool, page: bool, opens: bool
) -> bool:
    """Whether two printed lines belong to one block."""
    text = edition.source.text
    if _is_ornament(text, above) or (_is_ornament(text, below) and not _ends_a_dash(below, gap)):
        return False
    if edition.layout.unwrapped:
        return not gap and above.indent > 0 and below.indent > 0
    if edition.layout.indent and edition.layout.indent == below.indent:
        apart = below.start in edition.view(_set_apart, frozenset())
        if below.indent > above.indent or not apart:
            return False
    if _speaks(edition, above, below):
        return False
    if opens:
        return above.open or (breaks_word(text, above, below) and (page or not gap))
    if not gap:
        return not page or not _ends_sentence(text, above)
    set_in = above.indent == below.indent > 0
    return page and not _ends_sentence(text, above) and (set_in or text[below.text].islower())


def _speaks(edition: Edition, above: Line, below: Line) -> bool:
    """Whether a dash begins what somebody says, or says set in whose the words above are.

    Where paragraphs are set in, or lines end in a space, a dash alone begins none.
    """
    text = edition.source.text
    if below.indent > above.indent > 0 and ATTRIBUTION.match(text, below.text, below.stop):
        return True
    if edition.layout.indent > below.indent or above.open:
        return False
    return bool(DIALOGUE.match(text, below.text, below.stop)) and _ends_sentence(text, above)


def _ends_a_dash(line: Line, gap: bool) -> bool:
    """Whether a line is the single sign that a paragraph ends with."""
    return not gap and line.stop - line.text == 1


def _set_apart(edition: Edition) -> frozenset[int]:
    """Return where the lines begin that are set in together, blank lines around them.

    Where paragraphs begin with an indent, lines that all have it are a paragraph each, unless they
    stand apart: then they are verse, or a quotation.
    """
    runs = groupby(edition.layout.lines, key=lambda line: (line.blank, line.indent > 0))
    known = [(*kind, tuple(lines)) for kind, lines in runs]
    return frozenset(
        line.start
        for (above, _, _), (blank, set_in, lines), (below, _, _) in zip(
            known, known[1:], known[2:], strict=False
        )
        for line in lines
        if above and below and set_in and not blank
    )


def _is_ornament(text: str, line: Line) -> bool:
    return ORNAMENT.fullmatch(text, line.text, line.stop) is not None


def _ends_sentence(text: str, line: Line) -> bool:
    return SENTENCE_END.search(text[line.text : line.stop]) is not None


def breaks_word(text: str, above: Line, below: Line) -> bool:
    """Whether a word runs from the end of one line, no space behind it, into the next."""
    last, first = text[above.stop - 1], text[below.text]
    if above.open or not (last.isalpha() or last in HYPHENS):
        return False
    hyphened = last in HYPHENS and text[above.stop - 2 : above.stop - 1].isalnum()
    return first.islower() or (hyphened and first.isalnum())
