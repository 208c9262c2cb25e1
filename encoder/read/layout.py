"""How a text is laid out on its lines: a table of offsets, and the habits it shows.

Plain text that comes from a page keeps traces of it: a space where a line was wrapped, a form feed
where a page began, no-break spaces a typesetter put in. A trace is trusted only when it is a habit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from encoder.model import Source
from encoder.profile import Profile
from encoder.read.marks import marks

# A form feed ends a line as it ends a page.
LINE_END = re.compile(r"\r\n|[\r\n\f]")
HYPHENS = "-‐\xad¬⸗"
NO_BREAK = "\xa0\u202f"
WORD = re.compile(r"[^\W\d_]*")
SIGNS = ("form feed", "leading space", "marks")  # of pages, the surest first
FEW = 3  # pairs of lines from which a habit is seen
ALIKE = 0.95  # share of lines set in from which those below are so too: they are no first lines
ASTRAY = 0.1  # share of lines that end within a sentence although each is a paragraph
OVER = re.compile(r"[.!?:,]")  # what ends a paragraph, or a salutation above it
SENTENCE_END = re.compile(r"[.!?:…\"'”’»«“)\]*\d—–-]")


class Line(NamedTuple):
    """One line: offsets of its first character, of its words, and of what follows it.

    `start <= text <= stop <= end`: the words lie between `text` and `stop`; both are equal in a
    blank line. `end` is behind the line's end.
    """

    start: int
    text: int
    stop: int
    end: int
    open: bool

    @property
    def indent(self) -> int:
        """How many characters of white space stand before the words."""
        return self.text - self.start

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return self.text == self.stop


Pair = tuple[Line, Line]  # a line and the one below it


@dataclass(frozen=True)
class Layout:
    """The lines of a text and the habits they show.

    `wraps_open`: a line that ends in a space goes on, one that does not is at an end or in a word.
    `unwrapped`: lines are as long as paragraphs, so each is one.
    `width`: how wide the text is set in characters; nine lines of ten are no wider.
    `indent`: how far the first line of a paragraph is set in; 0 where that is no habit.
    `pages`: the indexes of the lines that begin a page; `page_sign` says how that was seen.
    `no_break`: nearly every space is a no-break space, so that they mean nothing.
    """

    lines: tuple[Line, ...]
    wraps_open: bool
    unwrapped: bool
    width: int
    indent: int
    pages: tuple[int, ...]
    page_sign: str
    no_break: bool
    hyphens: Hyphens


class Hyphens(NamedTuple):
    """How often a line ends in a hyphen, and how often it stays short before a long word.

    `lines` counts those that are followed by another.
    """

    broken: int
    missed: int
    lines: int

    @property
    def share(self) -> float:
        """In how many of the places where a word could be broken it was."""
        return self.broken / ((self.broken + self.missed) or 1)

    def lost(self, share: float) -> bool:
        """Whether lines are filled as only broken words fill them, and no hyphen is there."""
        return not self.broken and self.missed < share * self.lines


def layout(source: Source, profile: Profile) -> Layout:
    """Return the layout of a source."""
    lines = tuple(_lines(source))
    wrapped = [pair for pair in pairwise(lines) if not (pair[0].blank or pair[1].blank)]
    no_break = _mostly_no_break(source.text, profile.no_break_share)
    sign, pages = _pages(source.text, lines, profile)
    return Layout(
        lines,
        _wraps_open(source.text, wrapped, profile),
        _unwrapped(source.text, lines, wrapped, profile),
        _usual_width(line for line in lines if not line.blank),
        _indent(source.text, lines, wrapped, profile),
        pages,
        sign,
        no_break,
        _hyphens(source.text, wrapped, profile),
    )


def _lines(source: Source) -> Iterator[Line]:
    """Yield the lines, the last one also where nothing ends it."""
    plain, start, length = source.plain, 0, len(source.text)
    for ending in LINE_END.finditer(source.text):
        yield _line(plain, start, *ending.span())
        start = ending.end()
    if start < length:
        yield _line(plain, start, length, length)


def _line(plain: str, start: int, last: int, end: int) -> Line:
    """Return the line from `start` to `end`; what ends it begins at `last`."""
    printed = plain[start:last].lstrip(" ")
    text = last - len(printed) if printed else start
    stop = text + len(printed.rstrip(" "))
    return Line(start, text, stop, end, text < stop < last)


def _mostly_no_break(text: str, share: float) -> bool:
    bound = sum(text.count(char) for char in NO_BREAK)
    return bound > share * (bound + text.count(" "))


def _wraps_open(text: str, wrapped: Sequence[Pair], profile: Profile) -> bool:
    """Whether lines that go on in the next end in a space: those before a small letter."""
    if profile.open_lines != "auto":
        return profile.open_lines == "yes"
    opens = [
        above.open
        for above, below in wrapped
        if text[below.text].islower() and text[above.stop - 1] not in HYPHENS
    ]
    return len(opens) > 1 and sum(opens) > profile.open_wrap_share * len(opens)


def _hyphens(text: str, wrapped: Sequence[Pair], profile: Profile) -> Hyphens:
    """Return whether words are broken where they could be: who does fills his lines."""
    full = _usual_width(above for above, _ in wrapped)
    broken = missed = 0
    for above, below in wrapped:
        if text[above.stop - 1] in HYPHENS:
            broken += above.stop - above.text > 1 and text[above.stop - 2].isalpha()
        elif full / 2 < above.stop - above.start <= full - profile.hyphen_slack:
            word = WORD.match(text, below.text, below.stop)
            missed += (
                word is not None and word[0].islower() and len(word[0]) >= profile.hyphen_word_min
            )
    return Hyphens(broken, missed, len(wrapped))


def _usual_width(lines: Iterable[Line]) -> int:
    """Return the width that nine lines in ten keep to."""
    widths = sorted(line.stop - line.start for line in lines)
    return widths[len(widths) * 9 // 10] if widths else 0


def _unwrapped(text: str, lines: tuple[Line, ...], glued: Sequence[Pair], profile: Profile) -> bool:
    """Whether lines are paragraphs: too long to be wrapped, and none goes on in the next."""
    if profile.wrapping != "auto":
        return profile.wrapping == "paragraphs"
    if _glued(lines, profile.wrap_width_max):
        return True
    if len(glued) < FEW or not _glued(lines, profile.wrap_width_min, half=True):
        return False
    widest = max(line.stop - line.text for line in lines)
    return sum(_goes_on(text, a, b, widest) for a, b in glued) <= ASTRAY * len(glued)


def _glued(lines: Sequence[Line], width: int, *, half: bool = False) -> bool:
    """Whether most lines that are wider, or half of them, stand right above or below another."""
    wide = [number for number, line in enumerate(lines) if line.stop - line.text > width]
    beside = (lines[max(number - 1, 0) : number + 2] for number in wide)
    glued = sum(sum(not line.blank for line in near) > 1 for near in beside)
    return 2 * glued + (half and glued > 0) > len(wide)


def _goes_on(text: str, above: Line, below: Line, widest: int) -> bool:
    """Whether a line that is not short ends within a sentence, as wrapped ones do."""
    if above.stop - above.text < widest / 2:
        return False
    return text[below.text].islower() or not SENTENCE_END.match(text[above.stop - 1])


def _indent(text: str, lines: tuple[Line, ...], wrapped: Sequence[Pair], profile: Profile) -> int:
    """Return how far paragraphs are set in: the usual indent of a line after a flush one.

    The line above ends a sentence, as a paragraph does: in verse and lists most go on. A line set
    in below a blank one, or one that is set in and over, with a flush one below it, bears one out;
    and paragraphs go on flush, if not all of them.
    """
    set_in = [
        (below.indent, SENTENCE_END.match(text[above.stop - 1]) is not None)
        for above, below in wrapped
        if above.start == above.text and 1 < below.indent <= profile.indent_max
    ]
    if profile.paragraphs == "blank":
        return 0
    times = Counter(indent for indent, _ in set_in)
    if profile.paragraphs == "indent":
        return max(times, key=lambda n: (times[n], -n), default=0)
    ended = Counter(indent for indent, ends in set_in if ends)
    usual = max(ended, key=lambda n: (ended[n], -n), default=0)
    seen = ended[usual] + _first_lines(text, lines, usual) if ended[usual] else 0
    habit = seen > 1 and ended[usual] >= profile.indent_share * times[usual]
    return usual if habit and _go_on_flush(wrapped, usual) else 0


def _go_on_flush(wrapped: Sequence[Pair], indent: int) -> bool:
    """Whether below lines that are set in flush ones follow, and not nearly always others so."""
    below = [below.indent for above, below in wrapped if above.indent == indent]
    return below.count(indent) <= ALIKE * len(below)


def _first_lines(text: str, lines: tuple[Line, ...], indent: int) -> int:
    """Return how many lines are set in that open a paragraph: a flush line is below them.

    The line above is blank, or ends a sentence or greets and is set in too.
    """
    return sum(
        (line.indent == indent and not line.blank)
        and (below.indent == 0 and not below.blank)
        and (
            above is None
            or above.blank
            or (above.indent > 0 and OVER.match(text[above.stop - 1]) is not None)
        )
        for above, line, below in zip((None, *lines), lines, lines[1:], strict=False)
    )


def _pages(text: str, lines: tuple[Line, ...], profile: Profile) -> tuple[str, tuple[int, ...]]:
    """Return what begins pages, and the lines that do: of what may, the first that is seen."""
    signs = SIGNS if profile.pages == "auto" else (profile.pages,)
    if "form feed" in signs and (feeds := _form_feeds(text, lines)):
        return "form feed", feeds
    if "leading space" in signs:
        indented = _leading_space(text, lines)
        if _page_like(indented, profile) or (indented and len(signs) == 1):
            return "leading space", tuple(sorted({0, *indented}))
    if "marks" in signs:
        marked = marks(text, lines, profile.page_lines_min, profile.page_lines_max)
        return (f"marks like {marked.sign}", marked.begun) if marked else ("", ())
    return "", ()


def _form_feeds(text: str, lines: tuple[Line, ...]) -> tuple[int, ...]:
    begun = [i for i, line in enumerate(lines) if line.start and text[line.start - 1] == "\f"]
    return (0, *begun) if begun else ()


def _leading_space(text: str, lines: tuple[Line, ...]) -> tuple[int, ...]:
    """Return the printed lines that begin with one plain space where others begin with none."""
    return tuple(
        i
        for i, line in enumerate(lines)
        if line.text - line.start == 1 and text[line.start] == " " and not line.blank
    )


def _page_like(begun: tuple[int, ...], profile: Profile) -> bool:
    """Whether the lines lie as far apart as pages do, and from the text's beginning."""
    if len(begun) < 2:
        return False
    gaps = [b - a for a, b in pairwise((0, *begun)) if b]
    return all(profile.page_lines_min <= gap <= profile.page_lines_max for gap in gaps)
