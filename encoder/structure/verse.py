"""Verse is printed line by line: set in, or with a sign that says where a line ends (TEI P5 6).

A block is a stanza where each of its lines is set in, ends in the two spaces by which Markdown
keeps a line end, or begins with a bar; and where lines are short and mostly begin with a capital.
Where nothing else shows it, each line begins with a capital and ends before it was full. Where the
lines of a whole text do so, the text is verse, whatever its lines begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from encoder.blocks import blocks, runs, unclaimed
from encoder.bonds import breaks_word, had_room
from encoder.edition import Edition
from encoder.model import RUN_OF_WHITE, Span
from encoder.profile import Profile
from encoder.read.layout import Line
from encoder.roman import NUMERAL

PARTED = 0.9  # share of paragraphs with a blank line below from which that is a habit
WORDS, EARLY = 3, 0.75  # of a line that a colon announces; share of the width of print it may have
NARROW = 45  # columns of a text that is verse if half of its lines pause: lines of one length
BROKEN = 0.02  # share of lines that break a word, as verse does not
FLUSH = 0.65  # that share, for lines with small letters that are not set in
STEP = 2  # characters: what a line is set in at the least
LEFT = 0.1  # share of lines that may begin left of the margin of a text: its headings
MOSTLY = 0.75  # share of the lines of a stanza set in that begin with a capital
UNFILLED = 0.5  # share of lines set in that end as those of prose seldom do
PAUSE = ",;:.!?…"  # signs behind which a line of verse may well end
OVER = '.!?…"”’»“'  # those behind which a sentence ends
PAUSES, PAUSED = 1 / 3, 3 / 4  # share of lines that end so: at the least, and in a sentence's end
# One that is glued to a word or in brackets calls a note.
FIGURE = re.compile(r"(?<![^\W_A-Z])(?<![.,;:!?…\])”’»“\"'(\[])\d")
CODE = re.compile(r"[@<>{}\\|#%^]|\*/|\s\*\s|\s[=/~+](?=\s|$)|\w/\w")
MARK = re.compile(r"(\(?\d{1,3}[.)])\s+(?=\S)")  # that counts a stanza in its first line
BAR = re.compile(r"\|\s+")
WORD = re.compile(r"[^\W\d_]+")
FIRST = re.compile(r"[\W_]*(\w)")


class Stanza(NamedTuple):
    """The lines of a stanza, and what only counts it: a line over them, or a mark in the first."""

    number: Line | None
    lines: tuple[Line, ...]
    mark: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        """Offset at which it begins."""
        return self.mark[0] if self.mark else (self.number or self.lines[0]).text


class Page(NamedTuple):
    """How wide a text is set, and the column in which it begins."""

    measure: int
    margin: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield an `lg` for each stanza and an `l` for each of its lines.

    How far a line is set in stands in its `@rend`; the bar that it begins with is a sign.
    """
    text = edition.source.text
    stanzas = sorted(_stanzas(edition, profile), key=lambda stanza: stanza.lines)
    steps = _steps(text, stanzas)
    for stanza in stanzas:
        yield Span(stanza.start, stanza.lines[-1].stop, "lg")
        if stanza.number:
            yield Span(stanza.number.text, stanza.number.stop, "head")
        if stanza.mark:
            yield Span(*stanza.mark, "sign", {"kind": "label"})
        for line in stanza.lines:
            attrs = {"rend": f"indent({steps[line]})"} if steps[line] else {}
            marked = stanza.mark and line is stanza.lines[0]
            yield Span(stanza.start if marked else line.text, line.stop, "l", attrs)
            if BAR.match(text, line.text, line.stop):
                yield Span(line.text, line.text + 1, "sign", {"kind": "label"})


def _stanzas(edition: Edition, profile: Profile) -> Iterator[Stanza]:
    text = edition.source.text
    page = _page(edition, profile)
    throughout = _set_by_line(edition, profile)
    announced = _announced(edition)
    last: Stanza | None = None  # that was announced: what follows it is so too
    for printed, by_lines in _candidates(edition, profile):
        if any(line.stop - line.text > profile.verse_length for line in printed):
            continue
        stanza = _stanza(text, printed, page)
        lines = stanza.lines
        fewest = 2 if lines[0].indent > page.margin else profile.verse_small_lines
        follows = len(lines) >= fewest and _follows(text, last, stanza, page)
        couplet = printed[0].text in announced and _is_short(text, lines, page.measure, profile)
        whole = (throughout and len(lines) > 1) or couplet or follows
        if whole or _is_stanza(text, lines, by_lines, page, profile):
            last = stanza if couplet or follows else None
            yield stanza


def _stanza(text: str, printed: Sequence[Line], page: Page) -> Stanza:
    """Return lines as those of a stanza, what counts it apart."""
    if _is_number(text, printed):
        return Stanza(printed[0], tuple(_whole_lines(text, printed[1:], page.measure)))
    first, *below = _whole_lines(text, printed, page.measure)
    # Of two lines the second may as well be a sentence of a numbered paragraph.
    mark = MARK.match(text, first.text, first.stop) if below[1:] else None
    said = first._replace(text=mark.end()) if mark else first
    return Stanza(None, (said, *below), mark.span(1) if mark else None)


def _steps(text: str, stanzas: Sequence[Stanza]) -> dict[Line, int]:
    """Return how far each line is set in from the margin of its poem (TEI P5 6.1).

    A step is the least that a line of the text is set in.
    """
    depths: dict[Line, int] = {}
    for poem in _poems(text, stanzas):
        margin = min(_depth(text, line) for line in poem)
        depths |= {line: _depth(text, line) - margin for line in poem}
    step = min((depth for depth in depths.values() if depth >= STEP), default=STEP)
    return {line: round(depth / step) for line, depth in depths.items()}


def _poems(text: str, stanzas: Sequence[Stanza]) -> Iterator[list[Line]]:
    """Yield the lines of the stanzas between which nothing else stands."""
    poem: list[Line] = []
    for stanza in stanzas:
        if poem and text[poem[-1].stop : stanza.start].strip():
            yield poem
            poem = []
        poem.extend(stanza.lines)
    if poem:
        yield poem


def _depth(text: str, line: Line) -> int:
    """Return how many characters of white space a line begins with, or has behind its bar."""
    bar = BAR.match(text, line.text, line.stop)
    return len(bar.group()) if bar else line.indent


def _announced(edition: Edition) -> frozenset[int]:
    """Return where the blocks begin that a colon above them announces."""
    body = [block for block in blocks(edition) if block.note is None]
    return frozenset(b.start for above, b in pairwise(body) if above.text.endswith(":"))


def _is_short(text: str, lines: Sequence[Line], measure: int, profile: Profile) -> bool:
    """Whether lines begin as those of verse do, and all end long before they are full, or pause."""
    if _reads_on(text, lines, PAUSED, profile):
        return True
    capitals = len(lines) > 1 and all(_capital(text, line) for line in lines)
    begun = capitals or _reads_on(text, lines, 0, profile)
    return begun and _early(text, lines, measure)


def _follows(text: str, above: Stanza | None, below: Stanza, page: Page) -> bool:
    """Whether nothing stands between two stanzas of short lines that are set in alike."""
    depth = min(line.indent for line in below.lines)
    if above is None or depth != min(line.indent for line in above.lines):
        return False
    between = text[above.lines[-1].stop : below.start]
    return not between.strip() and _early(text, below.lines, page.measure)


def _early(text: str, lines: Sequence[Line], measure: int, share: float = EARLY) -> bool:
    """Whether lines of some words and no figures all end long before they are full."""
    worded = sum(_words(text, line) for line in lines) >= WORDS * len(lines)
    early = all(line.stop - line.text <= share * measure for line in lines)
    return worded and early and not _has(FIGURE, text, lines)


def _has(form: re.Pattern[str], text: str, lines: Sequence[Line]) -> bool:
    """Whether a line has something; what pages bear between them does not count."""
    return any(form.search(text, line.text, line.stop) for line in lines)


def _is_number(text: str, printed: Sequence[Line]) -> bool:
    """Whether the first line only counts the stanza."""
    return (
        len(printed) > 2 and NUMERAL.fullmatch(text, printed[0].text, printed[0].stop) is not None
    )


def _candidates(edition: Edition, profile: Profile) -> Iterator[tuple[Sequence[Line], bool]]:
    """Yield what may be stanzas, and whether a line end there is known to be one of verse."""
    taken: set[Line] = set()
    closed = _closed_runs(edition) if edition.layout.wraps_open else ()
    sung = _sung_runs(edition, profile) if edition.layout.unwrapped else ()
    for run in (*closed, *sung):
        taken |= set(run)
        yield run, True
    for block in unclaimed(edition):
        if not block.in_note and not taken & set(block.lines):
            yield block.lines, False


def _closed_runs(edition: Edition) -> Iterator[Sequence[Line]]:
    """Yield the lines between gaps that end in no space, where all that go on do."""
    parted = _parts_by_blanks(edition)
    for run in runs(edition):
        closed = len(run) > 1 and not any(line.open for line in run)
        deeper = 0 < edition.layout.indent < min(line.indent for line in run)
        if closed and (parted or deeper):
            yield run


def _sung_runs(edition: Edition, profile: Profile) -> Iterator[Sequence[Line]]:
    """Yield the lines between gaps that are no paragraphs each: short, with pauses at their ends.

    Not all of them end a sentence, as what is said in a dialogue does.
    """
    text = edition.source.text
    for run in runs(edition):
        if len(run) < profile.verse_small_lines or not _early(text, run, profile.verse_length):
            continue
        ends = [text[line.stop - 1] for line in run]
        over = sum(end in OVER for end in ends)
        pauses = sum(end in PAUSE or end in OVER for end in ends)
        if pauses >= PAUSES * len(ends) and over <= PAUSED * len(ends):
            yield run


def _set_by_line(edition: Edition, profile: Profile) -> bool:
    """Whether the lines of a text end where verse ends them: early, and within a sentence."""
    text, measure = edition.source.text, edition.layout.width
    if edition.layout.unwrapped or measure > profile.verse_text_width:
        return False
    hyphens = edition.layout.hyphens
    if hyphens.broken > BROKEN * hyphens.lines:
        return False
    body = (block.lines for block in unclaimed(edition) if block.note is None)
    ends = [
        (had_room(text, above, below, measure), text[above.stop - 1])
        for lines in body
        for above, below in pairwise(lines)
        if _words(text, above) > 1
    ]
    early, stopped = sum(early for early, _ in ends), sum(end in ".!?" for _, end in ends)
    paused = measure <= NARROW and 2 * sum(end in PAUSE for _, end in ends) >= len(ends)
    shown = paused or early >= profile.verse_early_share * len(ends)
    return len(ends) >= profile.verse_text_lines and shown and 2 * stopped < len(ends)


def _words(text: str, line: Line) -> int:
    return len(RUN_OF_WHITE.findall(text, line.text, line.stop)) + 1


def _stops(text: str, line: Line) -> bool:
    return text[line.stop - 1] in ".!?"


def _parts_by_blanks(edition: Edition) -> bool:
    """Whether a blank line follows where a paragraph of several lines ends."""
    lines, text = edition.layout.lines, edition.source.text
    pages = {lines[index].start for index in edition.layout.pages}
    ends = [
        below.blank
        for before, above, below in zip(lines, lines[1:], lines[2:], strict=False)
        if before.open and not (above.open or above.blank or below.start in pages)
        if below.blank or not breaks_word(text, above, below)
    ]
    return len(ends) > 1 and sum(ends) > PARTED * len(ends)


def _whole_lines(text: str, printed: Sequence[Line], measure: int) -> Iterator[Line]:
    """Yield the lines of verse: what had no room on its line is set in below it."""
    whole, above = printed[0], printed[0]
    for line in printed[1:]:
        if _turned_over(text, above, line, measure):
            whole = whole._replace(stop=line.stop, end=line.end, open=line.open)
        else:
            yield whole
            whole = line
        above = line
    yield whole


def _page(edition: Edition, profile: Profile) -> Page:
    """Return how wide a text is set, by its longest line of print, and how far in."""
    printed = [line for line in edition.layout.lines if not line.blank]
    widths = (line.stop - line.start for line in printed)
    indents = sorted(line.indent for line in printed)
    measure = max((width for width in widths if width <= profile.wrap_width_max), default=0)
    return Page(measure, indents[int(LEFT * len(indents))] if indents else 0)


def _turned_over(text: str, above: Line, below: Line, measure: int) -> bool:
    return below.indent >= above.indent + 4 and not had_room(text, above, below, measure)


def _is_stanza(
    text: str, lines: Sequence[Line], by_lines: bool, page: Page, profile: Profile
) -> bool:
    capitals = sum(_capital(text, line) for line in lines)
    if len(lines) < 2:
        return False
    if by_lines or _line_by_line(text, lines):
        return 2 * capitals > len(lines) or _sentences(text, lines)
    set_in = all(page.margin < line.indent <= profile.verse_indent_max for line in lines)
    least, share = (2, EARLY) if set_in else (profile.verse_lines, FLUSH)
    early = len(lines) >= least and _early(text, lines, page.measure, share)
    if early and _reads_on(text, lines, UNFILLED, profile):
        return True
    if set_in:
        deeper = sum(below.indent > above.indent for above, below in pairwise(lines))
        begun = capitals >= MOSTLY * (len(lines) - deeper)
        return begun and 2 * capitals > len(lines) and not _has(CODE, text, lines)
    if capitals < len(lines):
        return False
    if _staggered(lines):
        return True
    if len(lines) >= profile.verse_flowing_lines and _flows(text, lines):
        return True
    return len(lines) >= profile.verse_lines and _is_ragged(text, lines, 1 / 3)


def _reads_on(text: str, lines: Sequence[Line], share: float, profile: Profile) -> bool:
    """Whether sentences go on in small letters over lines that are not filled, as prose fills them.

    Two lines are too few to tell, and items of a list have a capital each, or none.

    `share`: of the lines must pause at their end, or have had room for the next word.
    """
    if len(lines) < profile.verse_small_lines or not _sentences(text, lines):
        return False
    if _has(CODE, text, lines) or _has(FIGURE, text, lines):
        return False
    widest = max(line.stop - line.start for line in lines)
    unfilled = [
        text[above.stop - 1] in PAUSE or had_room(text, above, below, widest)
        for above, below in pairwise(lines)
    ]
    return sum(unfilled) > share * len(unfilled) and _common(text, lines)


def _sentences(text: str, lines: Sequence[Line]) -> bool:
    """Whether a capital begins the first of lines, and each below one that ends a sentence."""
    below_stops = (below for above, below in pairwise(lines) if _stops(text, above))
    return all(_capital(text, line) for line in (lines[0], *below_stops))


def _line_by_line(text: str, lines: Sequence[Line]) -> bool:
    """Whether signs say that each line ends where it does."""
    spaced = all(text.startswith("  ", line.stop) for line in lines[:-1])
    return spaced or all(BAR.match(text, line.text, line.stop) for line in lines)


def _staggered(lines: Sequence[Line]) -> bool:
    """Whether lines are set in and out by turns, as those that rhyme are."""
    turns = sum(above.indent != below.indent for above, below in pairwise(lines))
    return turns > 1 and any(line.indent == lines[0].indent for line in lines[1:])


def _flows(text: str, lines: Sequence[Line]) -> bool:
    """Whether sentences of common words run over the ends of lines that begin with capitals.

    Chance gives a few lines of prose capitals, never so many; lists have names and figures.
    """
    stops = sum(_stops(text, line) for line in lines[:-1])
    flowing = 2 * stops < len(lines) and not _has(FIGURE, text, lines) and _common(text, lines)
    return flowing and _is_ragged(text, lines, 3 / 4)


def _common(text: str, lines: Sequence[Line]) -> bool:
    """Whether most words are no names, and have no capital of another kind."""
    words = [word for line in lines for word in WORD.findall(text, line.text, line.stop)]
    lower = [word for word in words if word.islower()]
    return 2 * len(lower) > len(words)


def _is_ragged(text: str, lines: Sequence[Line], share: float) -> bool:
    """Whether lines of some words each end although there was room for the next word.

    `share`: of the lines may be full.
    """
    if sum(_words(text, line) for line in lines) < 4 * len(lines):
        return False
    measure = max(line.stop - line.text for line in lines)
    full = sum(
        not had_room(text, above, below, above.indent + measure) for above, below in pairwise(lines)
    )
    return full <= share * len(lines)


def _capital(text: str, line: Line) -> bool:
    first = FIRST.match(text, line.text, line.stop)
    return first is not None and first[1].isupper()
