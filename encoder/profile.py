"""The editorial policy of a project: one frozen value, read from `edition.toml`.

`<encodingDesc>` is written from the same value, so what is declared and what is done cannot differ.
Every number of a heuristic is a field here, with a sentence on what it trades.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Profile:
    """How texts are read and encoded.

    Fields are grouped by the table of `edition.toml` they are read from, named in `metadata`.
    """

    language: str = field(
        default="",
        metadata={"table": "edition", "doc": "BCP 47 tag of the text; empty: detected"},
    )
    kind: Literal["auto", "letter", "text"] = field(
        default="auto",
        metadata={"table": "reading", "doc": "letter, text, or auto: seen from the text"},
    )
    encoding: str = field(
        default="",
        metadata={"table": "reading", "doc": "encoding of the sources; empty: seen from the bytes"},
    )
    lines: Literal["drop", "keep"] = field(
        default="drop",
        metadata={"table": "editorial", "doc": "keep: every line end of the source is an <lb/>"},
    )
    no_break_share: float = field(
        default=0.5,
        metadata={
            "table": "reading",
            "doc": "share of no-break spaces from which they are taken for spaces; "
            "lower loses real ones, higher keeps a typesetter's accidents",
        },
    )
    open_wrap_share: float = field(
        default=0.6,
        metadata={
            "table": "reading",
            "doc": "share of wrapped lines ending in a space from which a missing one means "
            "something; lower joins words wrongly, higher leaves broken words",
        },
    )
    dictionaries: tuple[str, ...] = field(
        default=(),
        metadata={
            "table": "reading",
            "doc": "Hunspell word lists that tell whole words from hyphened ones, such as sv_SE",
        },
    )
    hyphen_share: float = field(
        default=0.2,
        metadata={
            "table": "reading",
            "doc": "share of the places where a word could be broken at which it is, from which "
            "hyphens at line ends are the printer's; lower joins compounds, higher keeps breaks",
        },
    )
    hyphen_word_min: int = field(
        default=6,
        metadata={
            "table": "reading",
            "doc": "fewest letters of a word that could be broken; "
            "lower counts words nobody breaks",
        },
    )
    hyphen_slack: int = field(
        default=4,
        metadata={
            "table": "reading",
            "doc": "room in characters that a broken word would have filled; "
            "lower takes a ragged margin for unbroken words",
        },
    )
    hyphen_lost_share: float = field(
        default=0.15,
        metadata={
            "table": "reading",
            "doc": "share of lines with room for half a word below which hyphens that are nowhere "
            "are taken for lost; lower leaves broken words, higher looks longer for them",
        },
    )
    hyphen_half_min: int = field(
        default=4,
        metadata={
            "table": "reading",
            "doc": "fewest letters of two words that might be joined by a hyphen of their own; "
            "lower doubts more breaks, higher joins more compounds",
        },
    )
    wrap_width_max: int = field(
        default=160,
        metadata={
            "table": "reading",
            "doc": "longest line of a wrapped text in characters; "
            "lower takes wide lines for paragraphs, higher joins short paragraphs",
        },
    )
    indent_max: int = field(
        default=8,
        metadata={
            "table": "reading",
            "doc": "deepest first-line indent in characters; higher takes verse for paragraphs",
        },
    )
    page_lines_min: int = field(
        default=20,
        metadata={
            "table": "reading",
            "doc": "fewest lines of a page; lower takes indented lines for pages",
        },
    )
    page_lines_max: int = field(
        default=90,
        metadata={
            "table": "reading",
            "doc": "most lines of a page; higher takes stray indents for pages",
        },
    )
    verse_length: int = field(
        default=72,
        metadata={
            "table": "reading",
            "doc": "longest line of verse in characters; higher takes set-in prose for verse",
        },
    )
    heading_length: int = field(
        default=90,
        metadata={
            "table": "reading",
            "doc": "longest heading in characters; higher takes short paragraphs for headings",
        },
    )
    bracket_length: int = field(
        default=60,
        metadata={
            "table": "editorial",
            "doc": "longest bracketed insertion that is <supplied>; longer ones are notes",
        },
    )
