"""A play is speeches, each under the name of who speaks, and what is to be done on the stage.

A stage direction stands in brackets or italics, begins with a word for one, or describes the scene
between its heading and the first speech. A speech goes on up to the next one, or to a direction;
its lines are verse where they begin with capitals and end before they were full, or where nearly
all lines of the play begin so (TEI P5 7.2).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from encoder.blocks import Block, interrupted, unclaimed
from encoder.bonds import had_room
from encoder.edition import Edition
from encoder.lexicon import pattern
from encoder.model import WHITE_CHARS, Span
from encoder.profile import Profile
from encoder.read.layout import Line
from encoder.structure.castlist import who
from encoder.structure.speeches import Speech, speeches

STAGE = re.compile(r"\[[^\[\]]+\]|\([^()]+\)|_[^_]+_\.?|\*[^*]+\*\.?")
# What is done while somebody speaks: in square brackets, or a sentence in round ones.
DIRECTION = re.compile(r"\[[^\[\]\n]*[^\[\]\s][^\[\]\n]*\]|\([^()\n]+[.!]\)")
QUOTES = "'\"‘’“”„«»([-–—_¿¡"  # what may stand before a line's first letter
GLUE = re.compile(r"[–—]|--")  # a dash between a name and words, no white space around it
GAP = re.compile(r"[^\S\r\n]{4,}(?=[^\W\d_])")  # before a direction at a line's end
SPACES = ("", *WHITE_CHARS)
# What no speech goes on behind.
PARTING = ("head", "milestone", "trailer", "quote", "figure", "table", "list", "floatingText")
IN_VERSE, LINES = 0.9, 6  # share of lines below others, and how many, that begin with capitals
FULL = 1 / 3  # share of the lines of verse that may be full
SCENE = 600  # characters of the description of a scene at the most
BRIEF = 120  # characters of a direction that is told by its words
GOES_ON = 6  # blocks that a speech may have


class Chunk(NamedTuple):
    """Lines of one block that belong together, and the speech that begins with them, if any."""

    lines: list[Line]
    speech: Speech | None
    block: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `sp` for each speech and a `stage` for each direction, if the text is a play."""
    body = [block for block in unclaimed(edition) if block.note is None]
    spoken = speeches(edition, body, profile)
    if spoken:
        yield from Play(edition, body, spoken, profile).spans()


class Play:
    """A play that is read: its chunks in their order, and where its headings begin."""

    def __init__(
        self, edition: Edition, body: Sequence[Block], spoken: list[Speech], profile: Profile
    ) -> None:
        self.edition, self.body, self.profile = edition, body, profile
        self.text, self.measure = edition.source.text, edition.layout.width
        self.heads = sorted(s.start for s in edition.tagged(*PARTING))
        self.roles = who(edition)
        self.names = {speech.name for speech in spoken}
        self.chunks = list(_chunks(body, spoken))
        self.in_verse = self._is_in_verse()
        self.speeches = [n for n, chunk in enumerate(self.chunks) if chunk.speech]

    def spans(self) -> Iterator[Span]:
        """Yield the speeches and the directions between them."""
        open_: list[Chunk] = []
        for index, chunk in enumerate(self.chunks):
            sets = chunk.speech is not None and self._sets(index)
            if chunk.speech and not sets:
                yield from self._said(open_)
                open_ = [chunk]
            elif sets or self._directs(index):
                yield from self._said(open_)
                yield from self._stage(chunk)
                open_ = []
            elif open_ and self._goes_on(index, len(open_)):
                open_.append(chunk)
            else:
                yield from self._said(open_)
                open_ = []
        yield from self._said(open_)

    def _directs(self, index: int) -> bool:
        """Whether a chunk is a direction, by its signs, its words, or its place."""
        lines = self.chunks[index].lines
        said = self.body[self.chunks[index].block].text
        if STAGE.fullmatch(self.text, lines[0].text, lines[-1].stop):
            return True
        if len(said) <= BRIEF and self._moves(said.lstrip("_*[( ")):
            return True
        return len(said) <= SCENE and self._opens(index)

    def _sets(self, index: int) -> bool:
        """Whether a name below the heading of a scene only says who is there: another speaks."""
        below = self.chunks[index + 1 : index + 2]
        spoken = bool(below) and below[0].speech is not None
        return self._bare(self.chunks[index]) and spoken and self._opens(index)

    def _moves(self, said: str) -> bool:
        """Whether a line begins with a word for a direction, perhaps behind a name."""
        directs = pattern("parts", "direction", self.profile.language)
        first, _, rest = said.partition(" ")
        return bool(directs.match(said) or (first.casefold() in self.names and directs.match(rest)))

    def _opens(self, index: int) -> bool:
        """Whether nothing is spoken between a heading and a chunk, and then something is.

        What stands between the headings of an act and of its first scene describes it too.
        """
        before = bisect_left(self.speeches, index)
        above = self.chunks[self.speeches[before - 1]] if before else None
        below = next((c for c in self.chunks[index + 1 : index + 4] if c.speech), None)
        start = self.chunks[index].lines[0].text
        if below is None or not self._headed(above.lines[0].text if above else 0, start):
            return False
        return not self._headed(start, below.lines[0].text) or self._in_act(start)

    def _in_act(self, offset: int) -> bool:
        """Whether the last heading before an offset is that of an act or a scene."""
        head = self.heads[bisect_left(self.heads, offset) - 1]
        said = self.text[head : self.text.find("\n", head)]
        keys = ("part", "section")
        return any(pattern("parts", key, self.profile.language).search(said) for key in keys)

    def _goes_on(self, index: int, blocks: int) -> bool:
        """Whether a chunk goes on with a speech: another follows it under the same heading."""
        start = self.chunks[index].lines[0].text
        if self._headed(self.chunks[index - 1].lines[0].text, start) or blocks >= GOES_ON:
            return False
        if self._bare(self.chunks[index - 1]):
            return True
        below = next((c for c in self.chunks[index + 1 : index + GOES_ON] if c.speech), None)
        return below is not None and not self._headed(start, below.lines[0].text)

    def _bare(self, chunk: Chunk) -> bool:
        """Whether only a name is there, and its words are in the next block."""
        return chunk.speech is not None and chunk.speech.begins >= chunk.lines[-1].stop

    def _headed(self, start: int, end: int) -> bool:
        """Whether a heading begins between two offsets."""
        return bisect_left(self.heads, start) < bisect_left(self.heads, end)

    def _said(self, chunks: Sequence[Chunk]) -> Iterator[Span]:
        """Yield a speech: its speaker, how it is said, and its words."""
        if not chunks or chunks[0].speech is None:
            return
        speech = chunks[0].speech
        attrs = {"who": f"#{self.roles[speech.name]}"} if speech.name in self.roles else {}
        yield Span(speech.line.text, chunks[-1].lines[-1].stop, "sp", attrs)
        name = self.text[speech.line.text : speech.named].rstrip(WHITE_CHARS)
        yield Span(speech.line.text, speech.line.text + len(name), "speaker")
        yield from self._how(speech.named, speech.begins)
        for chunk in chunks:
            yield from self._words(chunk)

    def _how(self, start: int, end: int) -> Iterator[Span]:
        said = self.text[start:end]
        if said.strip(WHITE_CHARS):
            start += len(said) - len(said.lstrip(WHITE_CHARS))
            yield Span(start, end, "stage", {"type": "delivery"})

    def _words(self, chunk: Chunk) -> Iterator[Span]:
        """Yield the words of a chunk as verse or as a paragraph, and the directions in it."""
        begins = chunk.speech.begins if chunk.speech else chunk.lines[0].text
        lines = [line for line in chunk.lines if line.stop > begins]
        if lines and (direction := STAGE.fullmatch(self.text, lines[0].text, lines[0].stop)):
            yield from _direction(self.text, *direction.span())
            lines = lines[1:]
        if not lines:
            return
        start = max(lines[0].text, begins)
        start += len(self.text[start : lines[0].stop]) - len(
            self.text[start : lines[0].stop].lstrip(WHITE_CHARS)
        )
        if self._is_verse(lines, start):
            alone = [line for line in lines if STAGE.fullmatch(self.text, line.text, line.stop)]
            for line in alone:
                yield from _direction(self.text, line.text, line.stop)
            lines = [line for line in lines if line not in alone]
            yield from (Span(max(line.text, start), line.stop, "l") for line in lines)
        else:
            yield Span(start, lines[-1].stop, "p")
        if self.text[start - 1 : start] not in SPACES and (dash := GLUE.match(self.text, start)):
            yield Span(*dash.span(), "sign", {"kind": "join"})
        for line in lines:
            yield from self._at_its_end(line)
            yield from self._within(max(line.text, start), line.stop)

    def _within(self, start: int, end: int) -> Iterator[Span]:
        """Yield the directions that stand between words."""
        for direction in DIRECTION.finditer(self.text, start, end):
            apart = _stands_apart(self.text, *direction.span())
            if apart and not interrupted(self.edition, *direction.span()):
                yield from _direction(self.text, *direction.span())

    def _at_its_end(self, line: Line) -> Iterator[Span]:
        """Yield the direction that stands apart at the end of a line, such as an exit."""
        words = pattern("parts", "direction", self.profile.language)
        gap = GAP.search(self.text, line.text, line.stop)
        if gap and words.match(self.text, gap.end(), line.stop):
            yield from _direction(self.text, gap.end(), line.stop)

    def _is_in_verse(self) -> bool:
        """Whether nearly all lines below the first of a speech begin with capitals."""
        below = [line for chunk in self.chunks if chunk.speech for line in chunk.lines[1:]]
        capitals = sum(map(self._capital, below))
        return len(below) >= LINES and capitals >= IN_VERSE * len(below)

    def _capital(self, line: Line) -> bool:
        return self.text[line.text : line.stop].lstrip(QUOTES)[:1].isupper()

    def _is_verse(self, lines: Sequence[Line], start: int) -> bool:
        """Whether lines begin with capitals, and end although the next word had room on them."""
        if not all(self._capital(line) for line in lines if line.text >= start):
            return False
        if self.in_verse or len(lines) < 2:
            return self.in_verse
        full = sum(not had_room(self.text, *pair, self.measure) for pair in pairwise(lines))
        return full <= FULL * (len(lines) - 1)

    def _stage(self, chunk: Chunk) -> Iterator[Span]:
        yield from _direction(self.text, chunk.lines[0].text, chunk.lines[-1].stop)


def _chunks(body: Sequence[Block], spoken: Sequence[Speech]) -> Iterator[Chunk]:
    """Yield the blocks, those in which speeches begin parted there."""
    begun = {(speech.block, speech.line): speech for speech in spoken}
    for index, block in enumerate(body):
        chunk = Chunk([], None, index)
        for line in block.lines:
            speech = begun.get((index, line))
            if speech and chunk.lines:
                yield chunk
            if speech:
                chunk = Chunk([], speech, index)
            chunk.lines.append(line)
        yield chunk


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether white space stands on both sides."""
    return text[start - 1 : start] in SPACES and text[end : end + 1] in SPACES


def _direction(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stage direction; square brackets are its signs, for an editor speaks in others."""
    yield Span(start, end, "stage")
    glued = not text[start + 1].isspace() and not text[end - 2].isspace()
    if text[start] == "[" and text[end - 1] == "]" and glued:
        yield Span(start, start + 1, "sign", {"kind": "pre"})
        yield Span(end - 1, end, "sign", {"kind": "post"})
