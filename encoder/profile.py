"""The editorial policy of a project: one frozen value, read from `edition.toml`.

`<encodingDesc>` is written from the same value, so what is declared and what is done cannot differ.
Every number of a heuristic is a field here, with a sentence on what it trades.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

# What need not be looked for: modules of `structure/` and `annotate/`.
Construct = Literal[
    "breaks",
    "castlist",
    "citations",
    "contents",
    "crossing",
    "dates",
    "distributor",
    "divisions",
    "drama",
    "editorial",
    "emphasis",
    "fences",
    "foreign",
    "frontmatter",
    "illustrations",
    "letters",
    "links",
    "lists",
    "names",
    "notes",
    "quotations",
    "quoted_lines",
    "tables",
    "titlepage",
    "typography",
    "verse",
]


def _of(table: str, default: object, doc: str) -> Any:
    """Return a field of a table of `edition.toml`, with what it means."""
    return field(default=default, metadata={"table": table, "doc": doc})


def edition(default: object, doc: str) -> Any:
    """Return a field of `[edition]`."""
    return _of("edition", default, doc)


def reading(default: object, doc: str) -> Any:
    """Return a field of `[reading]`: how texts are laid out, and what a number trades."""
    return _of("reading", default, doc)


def editorial(default: object, doc: str) -> Any:
    """Return a field of `[editorial]`: what is done with what was read."""
    return _of("editorial", default, doc)


@dataclass(frozen=True, slots=True)
class Profile:
    """How texts are read and encoded.

    Fields are grouped by the table of `edition.toml` they are read from, named in `metadata`.
    """

    language: str = edition("", "BCP 47 tag of the text; empty: detected")
    kind: Literal["auto", "letter", "text"] = reading(
        "auto", "letter, text, or auto: seen from the text"
    )
    encoding: str = reading("", "encoding of the sources; empty: seen from the bytes")
    wrapping: Literal["auto", "lines", "paragraphs"] = reading(
        "auto", "what a line of the source is: a line of print, a paragraph, or auto: seen"
    )
    paragraphs: Literal["auto", "blank", "indent"] = reading(
        "auto", "what begins a paragraph: a blank line above it, its indent, or auto: seen"
    )
    open_lines: Literal["auto", "yes", "no"] = reading(
        "auto", "whether a line that ends in a space goes on in the next, and no other does"
    )
    pages: Literal["auto", "none", "form feed", "leading space", "marks"] = reading(
        "auto", "what begins a page, or auto: seen from the text"
    )
    running_heads: Literal["auto", "none"] = reading(
        "auto", "none: the first and last lines of pages are text, whatever recurs in them"
    )
    notes_at: Literal["auto", "pages", "text"] = reading(
        "auto", "where notes stand: at the foot of pages, or between paragraphs and at the end"
    )
    hyphens: Literal["auto", "printer", "own"] = reading(
        "auto",
        "whose a hyphen at a line's end is where no word tells: the printer's, or the word's own",
    )
    leave: tuple[Construct, ...] = reading(
        (), 'what is not looked for, such as "tables" or "verse": it stays text'
    )
    lines: Literal["drop", "keep"] = editorial(
        "drop", "keep: every line end of the source is an <lb/>"
    )
    no_break_share: float = reading(
        0.5,
        "share of no-break spaces from which they are taken for spaces; "
        "lower loses real ones, higher keeps a typesetter's accidents",
    )
    open_wrap_share: float = reading(
        0.6,
        "share of wrapped lines ending in a space from which a missing one means "
        "something; lower joins words wrongly, higher leaves broken words",
    )
    dictionaries: tuple[str, ...] = reading(
        (), "Hunspell word lists that tell whole words from hyphened ones, such as sv_SE"
    )
    hyphen_share: float = reading(
        0.2,
        "share of the places where a word could be broken at which it is, from which "
        "hyphens at line ends are the printer's; lower joins compounds, higher keeps breaks",
    )
    hyphen_word_min: int = reading(
        6, "fewest letters of a word that could be broken; lower counts words nobody breaks"
    )
    hyphen_slack: int = reading(
        4,
        "room in characters that a broken word would have filled; "
        "lower takes a ragged margin for unbroken words",
    )
    hyphen_lost_share: float = reading(
        0.15,
        "share of lines with room for half a word below which hyphens that are nowhere "
        "are taken for lost; lower leaves broken words, higher looks longer for them",
    )
    hyphen_half_min: int = reading(
        4,
        "fewest letters of two words that might be joined by a hyphen of their own; "
        "lower doubts more breaks, higher joins more compounds",
    )
    wrap_width_max: int = reading(
        160,
        "longest line of a wrapped text in characters; "
        "lower takes wide lines for paragraphs, higher joins short paragraphs",
    )
    wrap_width_min: int = reading(
        100,
        "longest line in characters up to which lines are lines of print though none "
        "goes on in the next; lower takes lists and verse for paragraphs",
    )
    indent_max: int = reading(
        8, "deepest first-line indent in characters; higher takes verse for paragraphs"
    )
    indent_share: float = reading(
        0.6,
        "share of the lines set in below a flush one that begin after a sentence's end, "
        "from which they begin paragraphs; lower takes verse for paragraphs",
    )
    page_lines_min: int = reading(
        20, "fewest lines of a page; lower takes indented lines for pages"
    )
    page_lines_max: int = reading(90, "most lines of a page; higher takes stray indents for pages")
    verse_length: int = reading(
        72, "longest line of verse in characters; higher takes set-in prose for verse"
    )
    verse_indent_max: int = reading(
        30, "how far verse is set in at the most; higher takes signatures for verse"
    )
    verse_lines: int = reading(
        4,
        "fewest lines of a stanza that is not set in; "
        "lower takes paragraphs for verse, higher leaves couplets",
    )
    verse_small_lines: int = reading(
        3,
        "fewest lines set in of a stanza in which small letters begin lines within sentences; "
        "lower takes short quotations for verse",
    )
    verse_flowing_lines: int = reading(
        6,
        "fewest lines of a stanza that are about as full as prose, but all begin with a capital; "
        "lower takes paragraphs for verse",
    )
    verse_text_lines: int = reading(
        8,
        "fewest lines that are followed by another from which a text may be verse "
        "throughout; lower takes short lists and addresses for poems",
    )
    verse_text_width: int = reading(
        60,
        "width that nine lines in ten of a text keep to which is verse throughout; "
        "higher takes lists of sayings and other short paragraphs for verse",
    )
    verse_early_share: float = reading(
        0.6,
        "share of lines that end before they are full from which a text is verse "
        "throughout; lower takes carelessly wrapped prose for verse",
    )
    heading_length: int = reading(
        90, "longest heading in characters; higher takes short paragraphs for headings"
    )
    drama_speeches: int = reading(
        4, "fewest speeches of a play; lower takes capitals at a paragraph's beginning for speakers"
    )
    caption_length: int = reading(
        2000,
        "longest description of a picture in characters; "
        "higher looks farther for the bracket that closes it",
    )
    quote_indent: int = reading(
        2,
        "how far all lines of a quotation are set in at the least, in characters; "
        "lower takes uneven margins for quotations",
    )
    quote_indent_max: int = reading(
        16, "how far they are set in at the most; higher takes signatures for quotations"
    )
    quote_width: int = reading(
        30,
        "mean length of a quotation's lines in characters; "
        "lower takes addresses for quotations, higher leaves narrow ones",
    )
    quote_depth: int = reading(
        4, "how deep quotations may lie within each other; what is deeper is text of those"
    )
    list_items: int = reading(
        2, "fewest items of a list; lower takes single numbered lines for lists"
    )
    list_depth: int = reading(6, "how deep lists may lie within each other; what is deeper is text")
    table_rows: int = reading(
        3,
        "fewest lines whose spaces make columns of a table; "
        "lower takes gaps in prose for columns, higher leaves small tables",
    )
    emphasis_length: int = reading(
        600, "longest emphasis in characters; lower leaves signs of long ones in the text"
    )
    argument_length: int = reading(
        300,
        "longest heading that tells what its numbered chapter does, in characters; "
        "higher takes paragraphs for headings",
    )
    salute_length: int = reading(
        70, "longest salutation in characters; higher takes exclamations for letters"
    )
    address_length: int = reading(
        60,
        "longest line of an address or signature in characters; "
        "higher takes short sentences for one",
    )
    close_length: int = reading(
        170, "longest valediction in characters; higher takes last sentences for one"
    )
    close_words: int = reading(
        16, "most words of a valediction that is no formula; higher takes last sentences for one"
    )
    foreign_words: int = reading(
        6,
        "fewest words of a passage in another language that is marked; "
        "lower marks names and titles, higher leaves short sentences",
    )
    bracket_length: int = editorial(
        60, "longest bracketed insertion that is <supplied>; longer ones are notes"
    )
