"""A cast list names the persons of a play, and says what each of them is (TEI P5 7.1.4).

It begins under a heading that says so. Its entries are short lines: a role, and behind a comma, a
dash or leaders what it is. It ends where an act begins, or where something is no entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from encoder.blocks import Block, by_line, interrupted, unclaimed
from encoder.edition import Edition
from encoder.forms import LETTER
from encoder.lexicon import pattern
from encoder.model import Span
from encoder.profile import Profile
from encoder.structure.datelines import is_dateline
from encoder.structure.heads import EDGE, in_capitals, worded

WORDS = re.compile(r"\w+")
# What parts a role from what it is; no bracket stands in both.
PARTED = re.compile(r"\s*(?:,|:|;|\.{2,}|…|\s[–—-]+\s|[–—]|--|[(\[]|\s{3,})")
BRACKET = re.compile(r"\[[^\[\]]*\]")
SAID = re.compile(r"[^\s,:;.…–—-]")
SENTENCE = re.compile(rf"{LETTER}{{4,}}[.!?]\s+[^\W\d_]+\s+[^\W\d_]+\s+[^\W\d_]+")
LONG = 14  # words of an entry at the most
DEEPER = 2  # columns by which an entry that goes on is set in


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the cast list of a play, with its items, their roles and what those are."""
    body = [block for block in unclaimed(edition) if block.note is None]
    for index, block in enumerate(body):
        if _heads(block, profile):
            entries = list(_entries(edition, body[index + 1 :], profile))
            if len(entries) > 1:
                yield from _encoded(edition, block, entries)
                return


def who(edition: Edition) -> Mapping[str, str]:
    """Return the id of the role that each name means that a speaker may have."""
    named: dict[str, set[str]] = {}
    for role in edition.tagged("role"):
        words = WORDS.findall(edition.source.text[role.start : role.end].casefold())
        for name in {" ".join(words), *words, " ".join(words[-2:])}:
            named.setdefault(name, set()).add(role.attrs["xml:id"])
    return {name: ids.pop() for name, ids in named.items() if len(ids) == 1}


def _heads(block: Block, profile: Profile) -> bool:
    """Whether a block is the heading of a cast list."""
    said = block.text.strip(f"{EDGE}#")
    short = len(block.lines) == 1 and len(said) <= profile.heading_length
    return short and pattern("parts", "cast", profile.language).fullmatch(said) is not None


def _entries(edition: Edition, body: Sequence[Block], profile: Profile) -> Iterator[list[Block]]:
    """Yield the lines of each entry, up to the first block that has something else."""
    above: Block | None = None
    for block in body:
        lines = by_line(edition, block)
        if above and interrupted(edition, above.start, block.start):
            return
        above = block
        if block.ornament or worded(lines[0].text, profile):
            return
        if not all(_is_entry(line, profile) for line in lines):
            return
        entry: list[Block] = []
        for line in lines:
            deeper = entry and line.lines[0].indent >= entry[0].lines[0].indent + DEEPER
            if entry and not deeper:
                yield entry
                entry = []
            entry.append(line)
        yield entry


def _is_entry(line: Block, profile: Profile) -> bool:
    """Whether a line may be an entry: short, no sentence, and nothing about the scene."""
    scene = pattern("parts", "setting", profile.language).match(line.text)
    short = len(line.text) <= profile.heading_length and len(line.text.split()) <= LONG
    return short and not scene and not SENTENCE.search(line.text) and not is_dateline(line.text)


def _encoded(edition: Edition, head: Block, entries: Sequence[list[Block]]) -> Iterator[Span]:
    yield Span(head.start, entries[-1][-1].end, "castList")
    yield Span(head.start, head.end, "head")
    shouted = sum(in_capitals(_role(entry)) for entry in entries)
    number = 0
    for entry in entries:
        start, end, role = entry[0].start, entry[-1].end, _role(entry)
        yield Span(start, end, "castItem")
        if 2 * shouted > len(entries) and not in_capitals(role):
            continue
        number += 1
        yield Span(start, start + len(role), "role", {"xml:id": f"role{number}"})
        yield from _described(edition, start + len(role), end)


def _role(entry: Sequence[Block]) -> str:
    """Return what an entry says before what the role is."""
    line = entry[0].text
    bracket = BRACKET.match(line)
    parted = PARTED.search(line, bracket.end() if bracket else 0)
    return line[: parted.start()] if parted and parted.start() else line.rstrip(".")


def _described(edition: Edition, start: int, end: int) -> Iterator[Span]:
    """Yield what a role is, if an entry says so; the callout of a note says nothing."""
    said = edition.source.text[start:end]
    for sign in edition.tagged("sign"):
        if sign.attrs["kind"] == "callout" and start <= sign.start < end:
            said = f"{said[: sign.start - start]:,<{sign.end - start}}{said[sign.end - start :]}"
    first = SAID.search(said)
    if first and WORDS.search(said):
        yield Span(start + first.start(), end, "roleDesc")
