"""A dateline says where and when a letter was written (TEI P5 4.2.2).

It is known by its date: a day and a month in words, in Roman figures or in numbers, perhaps a day
of the week; little else stands beside it.
"""

from __future__ import annotations

import re
from functools import cache

from encoder import lexicon
from encoder.forms import LETTER

BESIDE = 9  # words that may stand beside the date: a street, a house, a town
WITHIN = 60  # characters of a paragraph in which the date it begins with ends
YEAR = r"(?:[’']?\d\d(?:\d\d)?|1[–—_-]{1,3})"
ROMAN_MONTH = r"(?:[IVX]{1,4}|[ivx]{1,4})"
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
# Which of the two stands first beside a stroke differs by country; behind a version more follows.
NUMERIC = (
    rf"\d{{4}}-\d\d-\d\d|(?:{DAY}\.\s?{MONTH}\.|{DAY}([/-])\s?{DAY}\1)\s?\d{{2,4}}(?!\d|[.-]\d)"
    rf"|{DAY}/{DAY}(?!\d)(?:[\s.-]+\d{{2,4}})?(?!\d)"
)
EMPHASIS = re.compile(r"[_*]+")
NOTED = re.compile(r"\d{1,3} (?![IVX]{1,4}\b)[A-ZÅÄÖØÆ]\w+ \w+ \w+")  # the label of a note
COUNTED = re.compile(r"[$£€%]|\.{4}|(?:\. ){4}")  # sums, and the leaders before them
WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(rf"{LETTER}{{4,}}[.!?]\s+[^\W\d_]{{2,}}\s+[^\W\d_]+\s+[^\W\d_]+")


def is_dateline(text: str) -> bool:
    """Return whether a line is a dateline: a date or a day of the week, and little beside it."""
    text = EMPHASIS.sub(" ", text).strip()
    if NOTED.match(text) or COUNTED.search(text):
        return False
    if text[-1:] in ":?;" or SENTENCE.search(text):
        return False
    if any(char.isdigit() for char in text):
        date = _date().search(text)
        return date is not None and _little(f"{text[: date.start()]} {text[date.end() :]}")
    # The names of days in all languages take a while to gather: few lines are as short as this.
    return len(WORD.findall(text)) <= 4 and (
        lexicon.weekdays().search(text) is not None or _placed().fullmatch(text) is not None
    )


def leading_date(text: str) -> bool:
    """Return whether a paragraph begins with a date that a stop or a dash parts from the rest."""
    return _leading().match(EMPHASIS.sub("", text[:WITHIN])) is not None


def _little(beside: str) -> bool:
    return len(WORD.findall(beside)) <= BESIDE


@cache
def _date() -> re.Pattern[str]:
    """Return a pattern for the dates that datelines bear."""
    month = rf"(?:{lexicon.months()})(?!\w)"
    day = r"(?<!\d)\d{1,2}(?:[.:]|st|nd|rd|th|er|ste|te|de|den|die|dje|sten|ten|e|:e|:a|º|o)?(?!\d)"
    of = r"(?:\s+(?:of|de|den|des|d'))?"
    forms = (
        rf"{day}{of}\s*{month}\.?(?:,?\s+(?:de\s+|del\s+)?{YEAR})?",
        rf"(?<!\w){month}\.?\s+(?:the\s+)?{day}(?:,?\s+{YEAR})?",
        rf"(?<!\w){month}\.?,?\s+(?:de\s+)?\d{{4}}",
        rf"{day}\s+{ROMAN_MONTH}\.?\s+{YEAR}",
        # In small letters `3.iv.12` is a place in a play.
        rf"(?<![\w.]){DAY}(?:\.\s?|[/-])(?-i:[IVX]{{1,4}})[\s./-]{{1,2}}{YEAR}(?!\d)",
        rf"(?<!\w)(?:{lexicon.roman_days()})\.?\s+{month}\.?,?(?:\s+\w+)?\s+(?:{YEAR}|[MDCLXVI]{{4,}}\b)",
        # Behind a number it is a fraction, behind a letter a version: `v1.7.11`.
        rf"(?<![\w.])(?<!\d\s)(?:{NUMERIC})",
    )
    return re.compile("|".join(forms), re.IGNORECASE)


@cache
def _leading() -> re.Pattern[str]:
    """Return a pattern for the date that a paragraph begins with, perhaps behind the day's name."""
    day = rf"(?:{lexicon.weekdays().pattern}[.,]*\s+)?(?:(?:le|den|am|il|el|op|the)\s+)?"
    return re.compile(
        rf"{day}(?:{_date().pattern})[.,)]*(?:(?<=[.])\s+|:\s|\s?(?:--|[–—]))",
        re.IGNORECASE,
    )


@cache
def _placed() -> re.Pattern[str]:
    """Return a pattern for a place and the month alone: `WINDSOR—JULY.`"""
    return re.compile(rf"[^\W\d_][^,–—-]*(?:,|--?|[–—])\s*(?:{lexicon.months()})\.?", re.IGNORECASE)
