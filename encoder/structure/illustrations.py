"""An illustration, or a note in the margin, that a transcriber could only tell of, in brackets.

`[Illustration: A boat]` stands where the picture was: what it says is the picture's description
(TEI P5 15.3). `[Sidenote: …]` stands beside the paragraph that it was printed by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from encoder.blocks import terms, unclaimed
from encoder.edition import Edition
from encoder.forms import NOT_XML
from encoder.lexicon import words
from encoder.model import WHITE_CHARS, Span
from encoder.profile import Profile
from encoder.read.layout import Line

IMAGE = re.compile(r"!\[((?:[^\s\[\]](?:[^\[\]\r\n]*[^\s\[\]])?)?)\]\([^()\r\n]+\)")
BRACKET = re.compile(r"[\[\]]")


class Bracket(NamedTuple):
    """A bracket that fills its lines: its extent, and where its first word ends."""

    start: int
    said: int
    end: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `figure` for each picture, and a `note` for each side note."""
    text = edition.source.text
    # Transcribers often keep their own language, whatever the text's is.
    yield from _images(edition)
    for key in ("illustration", "sidenote"):
        opening = _opening(words("parts", key, ""))
        for bracket in list(_brackets(edition, opening, profile)):
            if key == "sidenote":
                attrs = {"type": "sidenote", "place": "inline"}
                yield Span(bracket.start, bracket.end, "note", attrs, by="ed")
            else:
                yield Span(bracket.start, bracket.end, "figure")
            yield from _content(text, bracket, key)


def _images(edition: Edition) -> Iterator[Span]:
    """Yield the pictures of Markdown that stand alone: `![what it shows](where it lies)`."""
    text = edition.source.text
    for block in [block for block in unclaimed(edition) if not block.in_note]:
        image = IMAGE.fullmatch(text, block.start, block.end) if text[block.start] == "!" else None
        if image is None:
            continue
        yield Span(*image.span(), "figure")
        start, end = image.span(1)
        if start == end:
            yield Span(*image.span(), "sign", {"kind": "pre"})
            continue
        yield Span(image.start(), start, "sign", {"kind": "pre"})
        yield Span(start, end, "figDesc")
        yield Span(end, image.end(), "sign", {"kind": "post"})


def _opening(known: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\[(?:{'|'.join(known)})\b(?::|(?=\]))", re.IGNORECASE)


def _content(text: str, bracket: Bracket, key: str) -> Iterator[Span]:
    """Yield the description of a picture, and the signs around it."""
    said = text[bracket.said : bracket.end - 1]
    start = bracket.said + len(said) - len(said.lstrip(WHITE_CHARS))
    if not said:
        yield Span(bracket.start, bracket.end, "sign", {"kind": "pre"})
        return
    yield Span(
        bracket.start, bracket.said, "sign", {"kind": "label" if start > bracket.said else "pre"}
    )
    if key == "illustration":
        yield Span(start, bracket.end - 1, "figDesc")
    yield Span(bracket.end - 1, bracket.end, "sign", {"kind": "post"})


def _brackets(edition: Edition, opening: re.Pattern[str], profile: Profile) -> Iterator[Bracket]:
    """Yield the brackets that open so, each beginning and ending a line."""
    text, behind = edition.source.text, 0
    stops = {line.stop for line in edition.layout.lines}
    busy = {move.to for move in edition.moves} | {s.start for s in edition.tagged("pb", "lb")}
    busy |= {edge for stretch in terms(edition) for edge in stretch}
    for line in [line for b in unclaimed(edition) if not b.in_note for line in b.lines]:
        match = opening.match(text, line.text, line.stop) if text[line.text] == "[" else None
        end = _closing(text, line, profile.caption_length) if match else None
        if match is None or not end or end not in stops or line.text < behind:
            continue
        apart = any(line.text < point < end for point in busy)
        if not apart and _is_plain(text[match.end() : end - 1]):
            yield Bracket(line.text, match.end(), end)
            behind = end


def _is_plain(said: str) -> bool:
    """Whether a description is words alone, and white space nowhere before its bracket."""
    return not NOT_XML.search(said) and "[" not in said and said[-1:] not in tuple(WHITE_CHARS)


def _closing(text: str, line: Line, most: int) -> int:
    """Return the offset behind the bracket that closes what a line opens; 0 where none does."""
    depth = 0
    for sign in BRACKET.finditer(text, line.text, line.text + most):
        depth += 1 if sign.group() == "[" else -1
        if not depth:
            return sign.end()
    return 0
