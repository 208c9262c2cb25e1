"""A letter opens with who writes, where and when, to whom, and greets (TEI P5 4.2.2).

What stands before the salutation is read by its form: a line ending in a colon names the author, a
line with a date is the dateline, short lines beside it are an address, brackets around a paragraph
are an editor's headnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from encoder.blocks import Block, ahead, behind, by_line, interrupted
from encoder.edition import Edition
from encoder.lexicon import alternation, pattern, words
from encoder.profile import Profile
from encoder.structure.datelines import is_dateline
from encoder.structure.heads import COUNTED, head, in_capitals, titled, underlined, worded
from encoder.structure.signatures import MARKS, SMALL, bids

BRACKETED = re.compile(r"\[(?:[^\[\]]++|\[[^\[\]]*+\])++\]")
SALUTE_END = re.compile(r"[,.!:;]\s?[–—-]{0,2}$|[–—]$")
RUN_IN = re.compile(r"[^,.!:;?]{2,50}(?:, ?[^,.!:;?–—-]{2,30})?[,!:]\s?[–—-]{0,2}(?=\s+\S)")
GLUED = re.compile(r"[^,.!:;?–—]{2,50}(?:,[^,.!:;?–—-]{2,30})?[,.!:;]?\s?(?:--|[–—])(?=\S)")
TOLD = re.compile(r",\s+[^\W\d_A-ZÀ-ÞА-Я]\w*\s+\S+\s+\S.*\.$")  # a sentence behind a salutation
APART = re.compile(r"(?<=\S)[^\S\r\n]{6,}(?=\S)")
ENDS = ".,:;?!"
ITALIC = re.compile(r"([_*])[^\W\d_][^_*]*[^_*.;,]\1")  # a line that tells what a letter is
LOOKED_AT = 8  # lines of a block in which a salutation is sought: an address may stand over it
WORDS = 9  # of a salutation
CRY = re.compile(r"[^\W\d_][^.!?;:\d]*[,!](?:\s?[–—-]{1,2})?")  # right below a date it is one too
BARE = 4  # words of a salutation that no sign ends
CRIED = 6  # words of it


class Piece(NamedTuple):
    """Some printed words and which part of a letter they are."""

    start: int
    end: int
    part: str


class Greeting(NamedTuple):
    """A salutation: its block among the others, and its place; or a dateline or heading without.

    `until`: where the dateline ends that stands beside it on its line, if one does.
    """

    block: int
    start: int
    end: int
    part: str = "salute"
    until: int = 0

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield what is printed on its line."""
        yield Piece(self.start, self.end, self.part)
        if self.until:
            gap = len(text[self.end : self.until]) - len(text[self.end : self.until].lstrip())
            yield Piece(self.end + gap, self.until, "dateline")


def greeting(edition: Edition, block: Block, index: int, profile: Profile) -> Greeting | None:
    """Return the salutation that a block is, or that one of its first lines is."""
    if _greets(block.text, profile):
        return Greeting(index, block.start, block.end)
    first = block.lines[0]
    if first.stop - first.text > max(profile.address_length, profile.salute_length):
        return None
    for line in by_line(edition, block, slice(LOOKED_AT)):
        said, *beside = _columns(edition, line)
        if _greets(said.text, profile) and all(is_dateline(date.text) for date in beside):
            return Greeting(index, said.start, said.end, until=line.end if beside else 0)
        if len(line.text) > profile.address_length or _farewell(line.text, profile):
            return None
    return None


@cache
def salutation(language: str) -> re.Pattern[str]:
    """Return a pattern for the words a letter greets with: `My very dear`, `Sehr geehrter`."""
    mine, very, greeted = (
        alternation(words("parts", key, language)) or "(?!)" for key in ("mine", "very", "salute")
    )
    return re.compile(rf"(?:(?:{mine})\s+)?(?:(?:{very})\s+)?(?:{greeted})(?!\w)", re.IGNORECASE)


def _greets(text: str, profile: Profile) -> bool:
    if len(text) > profile.salute_length or not SALUTE_END.search(text):
        return False
    said = text.lstrip(MARKS)
    if len(text.split()) > WORDS or GLUED.match(said) or TOLD.search(said):
        return False
    if _hails_both(said, profile):
        return True
    # In capitals and with a full stop it is a heading, or the name of a speaker.
    shown = said[-1] == "." and in_capitals(said)
    return not shown and salutation(profile.language).match(said) is not None


def _hails_both(said: str, profile: Profile) -> bool:
    """Whether a line names who writes and to whom, and greets behind that: `Cicero Attico s. d.`"""
    ends = pattern("parts", "hail", profile.language).finditer(said)
    return said[:1].isupper() and any(said[end.end() :].strip(" .,:") == "" for end in ends)


def cries(block: Block) -> bool:
    """Return whether a block is a short cry, such as right below a date can only greet."""
    return CRY.fullmatch(block.text) is not None and len(block.text.split()) <= CRIED


def greets_abroad(block: Block, profile: Profile) -> bool:
    """Return whether a line below a date greets as letters in some other language do."""
    return len(block.lines) == 1 and _greets(block.text, replace(profile, language=""))


def greets_barely(block: Block, profile: Profile) -> bool:
    """Return whether a line below a date greets without a sign at its end: `Dear Uncle`."""
    brief = len(block.lines) == 1 and len(block.text.split()) <= BARE
    return (
        brief and block.text[-1].isalnum() and bool(salutation(profile.language).match(block.text))
    )


def run_in(edition: Edition, block: Block, index: int, profile: Profile) -> Greeting | None:
    """Return the salutation at the start of a paragraph: only a dateline above tells it for one."""
    match = RUN_IN.match(edition.source.text, block.start, block.lines[0].stop)
    if match and salutation(profile.language).match(match.group()):
        return Greeting(index, *match.span())
    return None


def hails(block: Block, profile: Profile) -> bool:
    """Return whether a paragraph is glued to the salutation it begins with: `Dear Anna,—I have`.

    No white space parts the two, so no element can (TEI P5 4.2.2): it stays in the paragraph.
    """
    match = GLUED.match(block.text)
    return match is not None and salutation(profile.language).match(match.group()) is not None


def opening(
    edition: Edition, blocks: Sequence[Block], profile: Profile, hello: int, *, first: bool
) -> list[tuple[int, list[Piece]]]:
    """Return what the blocks before a salutation are, after the last that is none of these.

    `hello`: where the salutation begins.

    `first`: a line of no form of its own may be the letter's title; elsewhere only a heading is.
    """
    found: list[tuple[int, list[Piece]]] = []
    for index, block in enumerate(blocks):
        said = {piece.part for _, pieces in found for piece in pieces}
        pieces = read_block(edition, block, profile, said, first=first)
        below = blocks[index + 1].start if index + 1 < len(blocks) else hello
        apart = interrupted(edition, block.start, below)
        found = [*found, (index, pieces)] if pieces and not apart else []
    return found


def read_block(
    edition: Edition, block: Block, profile: Profile, said: set[str], *, first: bool
) -> list[Piece]:
    """Say what a block before the salutation is; empty where its form says nothing."""
    text = block.text
    if block.ornament or _closes(edition, block, profile):
        return []
    if rule := underlined(edition).get(block.start):
        return [] if "dateline" in said else [Piece(block.start, rule, "head")]
    if BRACKETED.fullmatch(text):
        return [Piece(block.start, block.end, "headnote")]
    if worded(text, profile):
        return [] if "dateline" in said else _whole(block, "head")
    if len(block.lines) > 1 and _is_wide(edition, block, profile):
        brief = len(text) <= profile.close_length
        return _whole(block, "argument") if "dateline" in said and brief else []
    return _narrow(edition, block, profile, said, first=first)


def _closes(edition: Edition, block: Block, profile: Profile) -> bool:
    """Whether a block bids farewell: the letter above ends with it."""
    return _farewell(by_line(edition, block, slice(1))[0].text, profile)


def _farewell(line: str, profile: Profile) -> bool:
    """Whether a line bids farewell and goes on: no line of an address, and no salutation's."""
    return line[-1] == "," and bids(line, profile)


def _narrow(
    edition: Edition, block: Block, profile: Profile, said: set[str], *, first: bool
) -> list[Piece]:
    """Say what lines no wider than those of an address are."""
    text = block.text
    parted = any(len(list(_columns(edition, line))) > 1 for line in by_line(edition, block))
    if is_dateline(text) and len(text) <= profile.salute_length and not parted:
        return _whole(block, "dateline")
    if len(block.lines) > 1 or parted:
        return list(_lines(edition, block, profile, said, first=first))
    if len(text) > profile.heading_length:
        return []
    return _line(edition, block, profile, said, first=first)


def _is_wide(edition: Edition, block: Block, profile: Profile) -> bool:
    """Whether some line, or what stands on one side of it, is wider than those of an address."""
    return any(
        len(line.text) > profile.address_length
        for part in by_line(edition, block)
        for line in _columns(edition, part)
    )


def _whole(block: Block, part: str) -> list[Piece]:
    return [Piece(block.start, block.end, part)]


def _lines(
    edition: Edition, block: Block, profile: Profile, said: set[str], *, first: bool
) -> Iterator[Piece]:
    """Yield the lines of a letter's head: those with a date are datelines, the others an address.

    Lines in capitals over all others, or without a date below, are a title.
    """
    lines = [part for line in by_line(edition, block) for part in _columns(edition, line)]
    dated = [is_dateline(line.text) for line in lines]
    placed = first or bool(said & {"head", "dateline"})
    addressed = any(dated) or "dateline" in said or (placed and _addressed(block, profile))
    titled = (first or in_capitals(block.text)) and block.text[-1] not in ".;?"
    if not addressed and not titled:
        return
    for line, date in zip(lines, dated, strict=True):
        part = "dateline" if date else "address" if addressed else "head"
        yield Piece(line.start, line.end, part)


def _columns(edition: Edition, line: Block) -> Iterator[Block]:
    """Yield what stands on a line at its left and, far from it, at its right."""
    gap = APART.search(edition.source.text, line.start, line.end)
    if gap:
        yield from ahead(edition, [line], gap.start())
        yield from behind(edition, [line], gap.end())
    else:
        yield line


def addressed(text: str, profile: Profile) -> bool:
    """Return whether a line says whose a letter is: `Schiller an Goethe.`, `To his brother.`"""
    words = text.rstrip(".").split()
    if len(words) > WORDS or not text[0].isupper() or text[-1] in ",:;!?":
        return False
    to = pattern("parts", "to", profile.language)
    at = [n for n, word in enumerate(words) if to.fullmatch(word)]
    names = [w for n, w in enumerate(words) if n not in at and w.casefold() not in SMALL]
    return len(at) == 1 and bool(names) and all(name[0].isupper() for name in names)


def _addressed(block: Block, profile: Profile) -> bool:
    """Whether lines look like an address: a title of courtesy, a number, commas at their ends."""
    begins = pattern("parts", "addressee", profile.language).match(block.text)
    return bool(begins or any(char.isdigit() for char in block.text) or block.text.count(",") > 1)


def _line(
    edition: Edition, block: Block, profile: Profile, said: set[str], *, first: bool
) -> list[Piece]:
    text = block.text
    if text.endswith(":"):
        return _whole(block, "docAuthor") if first and titled(text) else []
    counted = COUNTED.match(text) and text[-1] not in ENDS
    addressee = pattern("parts", "addressee", profile.language).match(text)
    both = not addressee and addressed(text, profile)
    told = ITALIC.fullmatch(text) or counted or both
    if "dateline" not in said and (told or head(edition, block, profile)):
        return _whole(block, "head")
    if text[-1] in ";?!" or (text[-1] == "." and not _addressed(block, profile)):
        return []
    placed = first or bool(said & {"head", "dateline"})
    if placed and addressee and not in_capitals(text):
        return _whole(block, "address")
    if "dateline" in said or "address" in said:
        return _whole(block, "address" if len(text) <= profile.address_length else "argument")
    if text[-1] in ".," or "head" in said or not first:
        return []
    return _whole(block, "head")
