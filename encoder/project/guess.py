"""A guess is what a person would read off the first page: title, author, date, translator.

Each guess says where it was read, so that who fills in `edition.toml` can judge it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from encoder import languages, lexicon
from encoder.annotate import dates
from encoder.edition import Edition
from encoder.forms import NOT_XML
from encoder.metadata import Metadata
from encoder.model import Source, Span, collapse
from encoder.profile import Profile
from encoder.read.layout import layout
from encoder.registers import Register
from encoder.structure import pages

# How many printed lines at either end of a text are read as its title page and its colophon.
TOP = 15
TITLE_LENGTH = 90
# A line with a date of its own is short; in a longer one the date belongs to the story.
DATELINE_LENGTH = 60
# A colon further away than this ends no phrase such as "Translated from the French".
REACH = 40
NAME_WORDS = 6
# More short lines than these without a blank one between are wrapped prose, not a title.
TITLE_LINES = 3
PARTICLES = frozenset(
    ["af", "av", "of", "van", "von", "und", "y", "e", "de", "del", "della", "den", "der"]
).union(["des", "da", "di", "dos", "du", "la", "le"])
WORD = r"[^\W\d_][\w.'’\-]*"
NAME = re.compile(rf"{WORD}(?:\s+{WORD})*")
NUMBER = re.compile(r"[\dIVXLCDM.\s]+")
EDGES = " \t#*_=()[]\"“”„«»'"


class Guess(NamedTuple):
    """A value and where it is from."""

    value: str
    why: str


class Printed(NamedTuple):
    """A line that is not blank: its number, its text with single spaces, a date in it."""

    number: int
    text: str
    date: str = ""

    @property
    def bare(self) -> str:
        """Its words without the signs around them."""
        return self.text.strip(EDGES)

    def __str__(self) -> str:
        return f"line {self.number}: {self.text[:TITLE_LENGTH]}"


Guesses = Mapping[str, Guess]


def guesses(source: Source, language: str = "") -> Guesses:
    """Return what can be read off a text, by fields of `Metadata`.

    A field is left out where nothing was seen; of the language there is always the evidence.
    """
    tag, evidence = languages.detect(source.text)
    language = language or tag
    lines = _printed(source, replace(Profile(), language=language))
    top = _dated(lines[:TOP], language)
    author = _author(top, language)
    found = {
        "title": _title(top, source, author, language),
        "author": author,
        "translator": _translator([*top, *lines[-TOP:]], language),
        "date": _date(top),
        "language": Guess(tag, evidence),
    }
    return {name: guess for name, guess in found.items() if guess}


def _printed(source: Source, profile: Profile) -> list[Printed]:
    """Return the lines that are read: none that is printed on every page."""
    edition = Edition(source, layout(source, profile), Metadata(), Register())
    found = (span for span in pages.find(edition, profile) if isinstance(span, Span))
    furniture = {span.start for span in found if span.tag == "fw"}
    printed = (
        Printed(source.locate(line.text).line, collapse(NOT_XML.sub("", said)))
        for line in edition.layout.lines
        if line.text not in furniture and (said := source.text[line.text : line.stop])
    )
    return [line for line in printed if line.text]


def _dated(lines: list[Printed], language: str) -> list[Printed]:
    """Return the lines with the first date in each that is short enough to be a dateline."""
    profile = replace(Profile(), language=language)
    return [
        line._replace(date=_first_date(line.text, profile))
        if len(line.text) <= DATELINE_LENGTH
        else line
        for line in lines
    ]


def _first_date(text: str, profile: Profile) -> str:
    source = Source("", text, "")
    edition = Edition(source, layout(source, profile), Metadata(), Register())
    found = (span for span in dates.find(edition, profile) if isinstance(span, Span))
    return next((span.attrs["when"] for span in found if "when" in span.attrs), "")


def _title(top: list[Printed], source: Source, author: Guess | None, language: str) -> Guess:
    """Return the first line that is neither a name, a date, a number nor an address."""
    for index, line in enumerate(top):
        if _lines_from(top[index:]) not in range(1, TITLE_LINES + 1):
            break
        if line.bare and not _is_other(line, author, language):
            return Guess(line.bare, f"the first short line, {line}")
    stem = NOT_XML.sub("", source.name).removesuffix(".txt")
    return Guess(stem, "the name of the file; no line at the top looks like a title")


def _lines_from(lines: list[Printed]) -> int:
    """Return how many short lines stand together from the first on."""
    together = takewhile(
        lambda pair: (
            pair[1].number == lines[0].number + pair[0] and len(pair[1].text) <= TITLE_LENGTH
        ),
        enumerate(lines),
    )
    return sum(1 for _ in together)


def _is_other(line: Printed, author: Guess | None, language: str) -> bool:
    """Whether a line at the top is something else than a title."""
    names_author = author is not None and author.value in line.text
    greets = lexicon.pattern("parts", "salute", language).match(line.bare)
    goes_on = line.bare[-1] in ",;:" or line.bare[0].islower()
    numbers = NUMBER.fullmatch(line.bare)
    return bool(names_author or line.date or greets or goes_on or numbers)


def _author(top: list[Printed], language: str) -> Guess | None:
    """Return the name on a line that ends in a colon, or that follows "by"."""
    salute = lexicon.pattern("parts", "salute", language)
    for line in top[:2]:
        name = _name(line.text[:-1]) if line.text.endswith(":") else ""
        if " " in name and name == line.text[:-1].strip(EDGES) and not salute.match(name):
            return Guess(name, f"the line before the title, {line}")
    return _by_line(top, language)


def _by_line(top: list[Printed], language: str) -> Guess | None:
    for line in top:
        before, found, after = _parted(line.bare, language)
        if found and not before and (name := _name(after)) and name == after.rstrip("."):
            return Guess(name, str(line))
    return None


def _parted(text: str, language: str) -> tuple[str, str, str]:
    """Return what stands before "by" in its language, the word, and what stands behind."""
    words = lexicon.words("languages", "by", language)
    found = lexicon.any_of(words).search(text) if words else None
    return (
        (text[: found.start()], found[0], text[found.end() :].strip()) if found else (text, "", "")
    )


def _translator(lines: list[Printed], language: str) -> Guess | None:
    """Return the name behind "translated by", or behind the colon after "translation"."""
    translated = lexicon.pattern("parts", "translated", language)
    for line in lines:
        found = translated.search(line.text)
        if found and (name := _name(_behind(line.text[found.end() :], language))):
            return Guess(name, str(line))
    return None


def _behind(text: str, language: str) -> str:
    before, colon, after = text.partition(":")
    return after if colon and len(before) <= REACH else _parted(text, language)[2]


def _name(text: str) -> str:
    """Return the name with which the text begins: capitalised words and particles between."""
    found = NAME.match(text.strip(EDGES))
    kept: list[str] = []
    for word in found[0].split() if found else []:
        if word[0].islower() and word not in PARTICLES:
            break
        kept.append(word)
    while kept and kept[-1] in PARTICLES:
        kept.pop()
    fits = 0 < len(kept) <= NAME_WORDS and not kept[0].islower()
    return _without_stop(" ".join(kept)) if fits else ""


def _without_stop(name: str) -> str:
    """Return a name without the full stop of its sentence; an initial keeps its own."""
    return name[:-1] if name.endswith(".") and len(name.split()[-1]) > 2 else name


def _date(top: list[Printed]) -> Guess | None:
    dated = (line for line in top if line.date and not line.date.startswith("--"))
    return next((Guess(line.date, f"the first date, {line}") for line in dated), None)
