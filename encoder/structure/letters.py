"""A letter opens with who writes, when and where, and greets; it closes and is signed.

A salutation makes a letter where something else bears it out: it opens the text, a dateline stands
over it, or the words that close a letter follow with a signature; so does a heading that counts
letters, where one closes under it. A salutation in a dialogue has none of these. A letter may be in
another language than the text: it closes as letters in that do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, dropwhile, pairwise, zip_longest

from encoder.blocks import Block, ahead, behind, blocks, interrupted, unclaimed
from encoder.edition import Edition
from encoder.languages import another
from encoder.lexicon import pattern
from encoder.model import Span
from encoder.profile import Profile
from encoder.roman import NUMERAL
from encoder.structure.closings import Closing, afterwards, closing
from encoder.structure.datelines import is_dateline
from encoder.structure.entries import Dates, dates
from encoder.structure.heads import centred, in_capitals, subtitle, underlined, worded
from encoder.structure.letter_parts import Letter, division, encoded
from encoder.structure.openings import (
    Greeting,
    Piece,
    addressed,
    cries,
    greeting,
    greets_abroad,
    greets_barely,
    hails,
    opening,
    read_block,
    run_in,
    salutation,
)

FIRST = 3  # blocks in which a dateline alone may open a letter
OPENING = 12  # blocks in which an opening is looked for: addresses and headnotes are short
REACH = 150  # blocks of a letter inside other prose at the most


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the parts of each letter in the text."""
    if profile.kind == "text":
        return
    stretches = list(_stretches(edition))
    told = dates(edition, [block for body, _ in stretches for block in body], profile)
    readers = [Reader(edition, *stretch, profile, told) for stretch in stretches]
    letters = [letter for reader in readers for letter in reader.letters()]
    if not letters and readers and profile.kind == "letter":
        letters = [readers[-1].ungreeted()]
    first = min((block.start for block in blocks(edition)), default=0)
    for letter in letters:
        opens = letter.start == first and not interrupted(edition, 0, first)
        yield from division(letter, 0 if opens else letter.start)
        yield from encoded(edition, letter)


def _stretches(edition: Edition) -> Iterator[tuple[list[Block], int]]:
    """Yield the blocks between title page, dedication, contents, cast list, and where they end."""
    apart = edition.tagged("div", "titlePage", "castList")
    edges = sorted((s.start, s.end) for s in apart)
    length = len(edition.source.text)
    rules = frozenset(underlined(edition).values())
    body = [b for b in unclaimed(edition) if b.note is None and b.end not in rules]
    for start, end in pairwise([0, *chain.from_iterable(edges), length]):
        inside = [b for b in body if start <= b.start < end]
        if inside and (start, end) not in edges:
            yield inside, end


def _heads(found: tuple[int, list[Piece]]) -> bool:
    return found[1][0].part == "head"


class Reader:
    """Reads the letters of a text; `floor` is the first block that no letter has yet.

    `told`: what dates begin that come again and again: those of a diary open no letter.
    """

    def __init__(
        self,
        edition: Edition,
        body: Sequence[Block],
        end: int,
        profile: Profile,
        told: Dates,
    ) -> None:
        self.edition, self.body, self.end, self.profile = edition, body, end, profile
        self.told = told
        self.floor = 0
        self.greetings = list(self._borne_out(list(self._greetings())))
        self.dated = [self._is_dated(n) for n in range(len(self.greetings))]
        self.dates = [n for n, dated in enumerate(self.dated) if dated]
        self.profiles = [self._spoken(n) for n in range(len(self.greetings))]

    def letters(self) -> Iterator[Letter]:
        """Yield the letters in their order."""
        for number, hello in enumerate(self.greetings):
            letter = self._letter(number) if hello.block >= self.floor else None
            if letter:
                self.floor = letter.after
                yield letter

    def ungreeted(self) -> Letter:
        """Return the text as a letter that greets nobody, because the project says it is one."""
        pieces: list[Piece] = []
        number = 0
        for block in self.body[:OPENING]:
            said = {piece.part for piece in pieces}
            read = read_block(self.edition, block, self.profile, said, first=True)
            if not read or interrupted(self.edition, self.body[0].start, block.start):
                break
            pieces += read
            number += 1
        rest = self.body[number:]
        close = closing(self.edition, rest, self.profile, last=True) if rest else None
        return self._extent(0, pieces, close, len(self.body), self.profile, apart=True)

    def _spoken(self, number: int) -> Profile:
        """Return the profile of a letter, in its own language where that is surely another."""
        hello, *below = self.greetings[number : number + 2]
        if salutation(self.profile.language).match(self.edition.source.text, hello.start):
            return self.profile
        until = min([hello.block + FIRST, *(later.block for later in below)])
        said = " ".join(block.text for block in self.body[hello.block + 1 : until])
        language = another(said, self.profile.language)
        return replace(self.profile, language=language) if language else self.profile

    def _greetings(self) -> Iterator[Greeting]:
        dated: Greeting | None = None
        for index, block in enumerate(self.body):
            found = greeting(self.edition, block, index, self.profile)
            if not found and dated:
                found = run_in(self.edition, block, index, self.profile) or self._cry(index, dated)
            if dated and not found and (self._heads_letter(dated) or hails(block, self.profile)):
                yield dated
            if found:
                yield found
            elif self._counts(index):
                yield Greeting(index, block.start, block.end, "head")
            brief = not found and len(block.text) <= self.profile.salute_length
            date = brief and block.start not in self.told.entries and is_dateline(block.text)
            dated = Greeting(index, block.start, block.end, "dateline") if date else None

    def _cry(self, index: int, dated: Greeting) -> Greeting | None:
        """Return the salutation that a few words or a short cry are below a dateline."""
        block = self.body[index]
        goes_on = index + 1 < len(self.body)
        cried = cries(block) and self._heads_letter(dated)
        greets = greets_barely(block, self.profile) or greets_abroad(block, self.profile)
        if goes_on and (cried or greets):
            return Greeting(index, block.start, block.end)
        return None

    def _borne_out(self, found: list[Greeting]) -> Iterator[Greeting]:
        """Yield the greetings, and the datelines and headings that none follows."""
        for hello, below in zip_longest(found, found[1:]):
            if hello.part == "salute" or not (below and self._goes_with(hello, below)):
                yield hello

    def _goes_with(self, hello: Greeting, below: Greeting) -> bool:
        """Whether a dateline or heading belongs to the opening of a letter that greets below it."""
        return below.part != "head" and self._opening(below, hello.block)[0] <= hello.block

    def _heads_letter(self, dated: Greeting) -> bool:
        """Whether a letter may begin with a dateline alone: the first, under `Letter II`, all."""
        above = range(max(dated.block - 2, 0), dated.block)
        if dated.block < FIRST or dated.start in self.told.letters:
            return True
        return any(map(self._counts, above))

    def _counts(self, number: int) -> bool:
        """Whether a block is a heading that counts letters: by its word, or by whose they are."""
        text = self.body[number].text
        if len(text) > self.profile.heading_length:
            return False
        if NUMERAL.fullmatch(text):
            return self._follows(number) and addressed(self.body[number + 1].text, self.profile)
        word = pattern("parts", "letter", self.profile.language)
        return word.search(text) is not None and worded(text, self.profile) is not None

    def _opening(self, hello: Greeting, floor: int) -> tuple[int, list[Piece]]:
        """Return the block a letter begins with, and the pieces up to its salutation."""
        if hello.part == "head":
            return hello.block, list(self._headed(hello.block))
        low = max(floor, hello.block - OPENING)
        first = low == 0 == self.floor
        # Lines of an address may stand over the salutation in one block.
        over = ahead(self.edition, self.body[low : hello.block + 1], hello.start)
        found = opening(self.edition, over, self.profile, hello.start, first=first)
        if found and _heads(found[0]) and self._heads_chapter(found[0]):
            found = list(dropwhile(_heads, found))
        start = low + found[0][0] if found else hello.block
        while len(found) > 1 and _heads(found[0]) and _heads(found[1]) and self._words(found[1]):
            found = found[1:]
            start = low + found[0][0]
        pieces = [piece for _, read in found for piece in read]
        return start, [*pieces, *hello.pieces(self.edition.source.text)]

    def _headed(self, number: int) -> Iterator[Piece]:
        """Yield the heading that counts a letter, and the line below it that says whose it is."""
        above, *below = self.body[number : number + 3]
        yield Piece(above.start, above.end, "head")
        if len(below) > 1 and self._follows(number) and subtitle(self.edition, above, *below):
            yield Piece(below[0].start, below[0].end, "head")

    def _follows(self, number: int) -> bool:
        """Whether another block stands right below a block."""
        above, *below = self.body[number : number + 2]
        return bool(below) and not interrupted(self.edition, above.start, below[0].start)

    def _heads_chapter(self, found: tuple[int, list[Piece]]) -> bool:
        """Whether a heading is that of a chapter, in which letters may stand."""
        start, end, _ = found[1][0]
        said = self.edition.source.text[start:end]
        kind = worded(said, self.profile)
        letter = pattern("parts", "letter", self.profile.language).search(said)
        return kind is not None and kind.named and letter is None

    def _words(self, found: tuple[int, list[Piece]]) -> bool:
        """Whether a heading bears the word for its part, so that one above it is of them all."""
        start, end, _ = found[1][0]
        return worded(self.edition.source.text[start:end], self.profile) is not None

    def _is_dated(self, number: int) -> bool:
        if self.greetings[number].part == "head":
            return True
        floor = self.greetings[number - 1].block + 1 if number else 0
        _, pieces = self._opening(self.greetings[number], floor)
        return any(piece.part == "dateline" for piece in pieces)

    def _letter(self, number: int) -> Letter | None:
        """Return the letter that a salutation opens, if something else bears it out."""
        hello = self.greetings[number]
        start, pieces = self._opening(hello, self.floor)
        if pieces[0].start > self.body[start].start:
            return None  # what stands over it on its lines is no head of a letter
        headed = pieces[0].part == "head"
        stands_first = start == self.floor
        if stands_first and self.floor == 0 and self._is_title(hello, pieces):
            return None
        close, bound = self._closing(number, unbound=stands_first or self.dated[number])
        opens = stands_first and self.floor == 0 and hello.part == "salute"
        near = (stands_first or start - self.floor <= OPENING) and (
            hello.part == "salute" or headed
        )
        dated = self.dated[number] and near and self._bears_out(hello, start, close)
        # Right behind a letter, a salutation and a signature or date are enough.
        follows = close is not None and stands_first and self.floor > 0 and hello.part == "salute"
        if not (close and close.bids) and not (opens or dated or follows):
            return None
        profile = self.profiles[number]
        letter = self._extent(start, pieces, close, bound, profile, apart=stands_first or headed)
        own = profile.language == self.profile.language
        return letter._replace(language="" if own else profile.language)

    def _bears_out(self, hello: Greeting, start: int, close: Closing | None) -> bool:
        """Whether what is dated is a letter although it may greet nobody: newspapers are not."""
        if hello.part == "head":
            return self._counts_letters
        return hello.part == "salute" or close is not None or self._counts(start)

    @cached_property
    def _counts_letters(self) -> bool:
        """Whether what stands under headings that count letters mostly closes as letters do."""
        headed = [n for n, hello in enumerate(self.greetings) if hello.part == "head"]
        closes = [self._closing(number, unbound=True)[0] for number in headed]
        ended = [c for c in closes if c and (c.bids or any(p.part == "dateline" for p in c.pieces))]
        return len(self.greetings) > 1 and 2 * len(ended) > len(headed)

    def _is_title(self, hello: Greeting, pieces: list[Piece]) -> bool:
        """Whether a salutation over the whole text is rather its title, by its look."""
        block = self.body[hello.block]
        shown = in_capitals(block.text) or centred(self.edition, block)
        return len(pieces) == 1 and shown

    def _closing(self, number: int, *, unbound: bool) -> tuple[Closing | None, int]:
        """Return how a letter closes, and the block up to which it may reach."""
        hello = self.greetings[number]
        at = bisect_right(self.dates, number)
        dated = self.dates[at] if at < len(self.dates) else None
        until = len(self.body)
        if dated is not None:
            until, _ = self._opening(self.greetings[dated], hello.block + 1)
        if not unbound:
            until = min(until, hello.block + REACH)
        following = self.greetings[number + 1].block if number + 1 < len(self.greetings) else until
        if following < until:
            close = self._closed(number, following, last=False)
            if close and close.bids:
                return close, until
        return self._closed(number, until, last=unbound), until

    def _closed(self, number: int, until: int, *, last: bool) -> Closing | None:
        hello = self.greetings[number]
        said = behind(self.edition, self.body[hello.block : until], hello.until or hello.end)
        return closing(self.edition, said, self.profiles[number], last=last)

    def _extent(
        self,
        start: int,
        pieces: list[Piece],
        close: Closing | None,
        bound: int,
        profile: Profile,
        *,
        apart: bool,
    ) -> Letter:
        """Return a letter with its close, what follows that, and where it ends."""
        begins = pieces[0].start if pieces else self.body[start].start
        blocks_ = self.body[start:bound]
        if close is None:
            rest = behind(self.edition, blocks_, pieces[-1].end if pieces else begins)
            last = not rest or not interrupted(self.edition, rest[-1].end, self._edge(bound))
            tail = rest[-1:] if last else []
            more = afterwards(self.edition, tail[0].start, tail, profile) if tail else []
            return Letter(pieces, [], more, begins, self._edge(bound), bound)
        signed = apart and any(piece.part == "signed" for piece in close.pieces)
        rest = behind(self.edition, blocks_, close.end)
        more = afterwards(self.edition, close.end, rest, profile, signed=signed, inside=not apart)
        end = more[-1].end if more else close.end
        left = behind(self.edition, blocks_, end)
        after = bound - len(left)
        if not apart and after < len(self.body):
            return Letter(pieces, close.pieces, more, begins, end, after, inside=True)
        edge = left[0].start if left else self._edge(bound)
        # Nothing but postscripts comes behind a close.
        quoted = (
            span.start for span in self.edition.tagged("quote", "eg") if end <= span.start < edge
        )
        return Letter(pieces, close.pieces, more, begins, min(quoted, default=edge), after)

    def _edge(self, after: int) -> int:
        whole = after >= len(self.body)
        return self.end if whole else self.body[after].start
