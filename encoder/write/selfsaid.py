"""A text names itself: in front matter, on its title page, in its heading, byline, dateline.

Where nobody says more of it, the header repeats what it says, in the program's voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from encoder.edition import Edition
from encoder.flow import flows
from encoder.metadata import Metadata
from encoder.model import Span
from encoder.preamble import preamble
from encoder.roman import NUMERAL

# What a reader meets before he reads on: a title stands above all of these.
TEXT = ("p", "lg", "list", "table", "sp", "quote")


def completed(edition: Edition) -> Metadata:
    """Return the metadata of an edition, with what the text says where they are silent."""
    said = _stated(edition)
    title = said.title or _title(edition)
    author = said.author or _words(edition, next(edition.tagged("docAuthor"), None))
    return replace(said, title=title, author=author, date=said.date or _date(edition))


def _stated(edition: Edition) -> Metadata:
    """Return the metadata with what the text states for programs where they are silent."""
    known = edition.metadata
    begun = any(div.attrs.get("type") == "metadata" for div in edition.tagged("div"))
    said = preamble(edition.source.text) if begun else None
    stated = said.stated.items() if said else ()
    new: dict[str, Any] = {name: value for name, value in stated if not getattr(known, name)}
    return replace(known, **new)


def _words(edition: Edition, span: Span | None) -> str:
    """Return what a reader reads of a span of the body, signs such as `#` passed over."""
    flow = flows(edition)[0]
    offsets = map(flow.offset, range(span.start, span.end) if span else ())
    read = [offset for offset in offsets if offset is not None]
    return " ".join(flow.text[read[0] : read[-1] + 1].split()) if read else ""


def _title(edition: Edition) -> str:
    """Return the title of a title page, else the heading of all, its number passed over."""
    parts = edition.tagged("titlePart")
    main = next((part for part in parts if part.attrs.get("type", "main") == "main"), None)
    if main:
        return _words(edition, main)
    outermost = _outermost(_told(edition))
    if len(outermost) != 1:
        return ""
    # What stands in a division within is the heading of that.
    inner = (div for div in _told(edition) if div is not outermost[0])
    first = min((span.start for span in (*edition.tagged(*TEXT), *inner)), default=0)
    heads = sorted((head for head in edition.tagged("head") if head.start < first), key=_start)
    said = (_words(edition, head) for head in heads)
    return next((words for words in said if not NUMERAL.fullmatch(words)), "")


def _start(span: Span) -> int:
    return span.start


def _told(edition: Edition) -> Iterable[Span]:
    """Return the divisions that are the author's."""
    return (div for div in edition.tagged("div") if not div.beside)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def _date(edition: Edition) -> str:
    """Return the date of a letter, where the text is one letter that bears one."""
    letters = [div for div in edition.tagged("div") if div.attrs.get("type") == "letter"]
    lines = [(line.start, line.end) for line in edition.tagged("dateline")]
    dates = {
        _time(date.attrs)
        for date in edition.tagged("date")
        if any(start <= date.start and date.end <= end for start, end in lines)
    }
    return dates.pop() if len(letters) == 1 and len(dates) == 1 else ""


def _time(attrs: Mapping[str, str]) -> str:
    """Return a date as `dating` reads it back: a day, a month, a year, or earliest/latest.

    A day of no year dates nothing.
    """
    ends = [attrs[key] for key in ("notBefore", "notAfter") if key in attrs]
    when = attrs.get("when", "/".join(ends) if len(ends) == 2 else "")
    return "" if when.startswith("--") else when
