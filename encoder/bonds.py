"""A bond is what makes two printed lines, one below the other, read as one.

What speaks for it, and what against: a space at a line's end, an indent, a blank line, a page that
begins between them, a line of signs, a dash before what somebody says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby

from encoder.edition import Edition
from encoder.model import RUN_OF_WHITE
from encoder.read.layout import HYPHENS, Line

ORNAMENT = re.compile(r"[*·•⁂❦~#_=–—-](?:\s*[*·•⁂❦~#_=–—-])*")
# What a line of signs, and one of somebody who speaks, begins with.
SIGNS = frozenset("*·•⁂❦~#_=–—―-")
# A dash, and a name: the line says whose the words above it are.
ATTRIBUTION = re.compile(r"(?:[—―–]|--?)\s?_?[^\W\d_]")
DIALOGUE = re.compile(r"[–—]\s")
NARROW = 45  # columns: lines of a dialogue alone say nothing of how wide a text is
LINE_END = re.compile(r"\r\n|[\r\n\f]")
SENTENCE_END = re.compile(r"[.!?:…][\"'”’»«“)\]*\d]*$")


class Bonds:
    """Says of two lines of one stream of text whether they belong to one block.

    `opens`: the lines of the stream end in a space where they end a word.
    """

    def __init__(self, edition: Edition, opens: bool) -> None:
        layout = edition.layout
        self.text, self.opens = edition.source.text, opens
        self.unwrapped, self.indent, self.width = layout.unwrapped, layout.indent, layout.width
        self.pages = [layout.lines[index].start for index in layout.pages]
        self.fences = sorted(span.start for span in edition.tagged("eg"))
        self.begins_page = frozenset(self.pages)
        self.apart = edition.view(_set_apart, frozenset()) if self.indent else frozenset()

    def hold(self, above: Line, below: Line, *, gap: bool) -> bool:
        """Whether two lines belong to one block; `gap`: a blank line stands between them."""
        if self.fences and self._fenced(above, below):
            return False
        first = self.text[below.text]
        if (first in SIGNS or self.text[above.text] in SIGNS) and self._parts(above, below, gap):
            return False
        if self.unwrapped:
            return not gap and above.indent > 0 and below.indent > 0
        if self.indent and self._begins(above, below):
            return False
        if first in SIGNS and self._speaks(above, below):
            return False
        page = self._turned(above, below)
        if self.opens:
            return above.open or (breaks_word(self.text, above, below) and (page or not gap))
        return not (gap or page) or (page and self._goes_on(above, below, gap))

    def _fenced(self, above: Line, below: Line) -> bool:
        """Whether what is kept letter by letter stands between two lines."""
        first = bisect_right(self.fences, above.start)
        return first < len(self.fences) and self.fences[first] < below.start

    def _parts(self, above: Line, below: Line, gap: bool) -> bool:
        """Whether one of two lines is a line of signs, and not the dash a paragraph ends with."""
        if is_ornament(self.text, above):
            return True
        return is_ornament(self.text, below) and (gap or below.stop - below.text > 1)

    def _begins(self, above: Line, below: Line) -> bool:
        """Whether a line is set in as those that begin a paragraph."""
        set_in = below.indent == self.indent
        return set_in and (below.indent > above.indent or below.start not in self.apart)

    def _speaks(self, above: Line, below: Line) -> bool:
        """Whether a dash begins what somebody says, or says set in whose the words above are.

        Where paragraphs are set in, or lines end in a space, a dash alone begins none.
        """
        place = below.text, below.stop
        if below.indent > above.indent > 0 and ATTRIBUTION.match(self.text, *place):
            return True
        if self.indent > below.indent or above.open:
            return False
        if not DIALOGUE.match(self.text, *place) or not ends_sentence(self.text, above):
            return False
        return had_room(self.text, above, below, self.width, words=2) or self.width < NARROW

    def _turned(self, above: Line, below: Line) -> bool:
        """Whether a page begins between two lines."""
        if above.end == below.start:
            return below.start in self.begins_page
        return bisect_right(self.pages, above.start) < bisect_right(self.pages, below.start)

    def _goes_on(self, above: Line, below: Line, gap: bool) -> bool:
        """Whether a sentence goes on over the page."""
        if ends_sentence(self.text, above):
            return False
        set_in = above.indent == below.indent > 0
        return not gap or set_in or self.text[below.text].islower()


def had_room(text: str, above: Line, below: Line, width: int, words: int = 1) -> bool:
    """Whether the first words of a line had room at the end of the one above it."""
    said = RUN_OF_WHITE.split(text[below.text : below.stop], maxsplit=words)[:words]
    return above.stop - above.start + len(" ".join(("", *said))) <= width


def is_ornament(text: str, line: Line) -> bool:
    """Whether a line has no words, only signs."""
    return ORNAMENT.fullmatch(text, line.text, line.stop) is not None


def breaks_word(text: str, above: Line, below: Line) -> bool:
    """Whether a word runs from the end of one line, no space behind it, into the next."""
    last, first = text[above.stop - 1], text[below.text]
    if above.open or not (last.isalpha() or last in HYPHENS):
        return False
    hyphened = last in HYPHENS and text[above.stop - 2 : above.stop - 1].isalnum()
    return first.islower() or (hyphened and first.isalnum())


def ends_sentence(text: str, line: Line) -> bool:
    """Whether a line ends as a sentence does."""
    return SENTENCE_END.search(text[line.text : line.stop]) is not None


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
