"""A form is what a value may look like: a date, a language tag, an address, an id."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

# A year, a month or a day as W3C and TEI write them (TEI P5 3.6.4).
DATE = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
# BCP 47, as loosely as xs:language has it.
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
# A letter and, if so many are asked for, those behind it; sought from within a word, too, a long
# word would be gone through from each of its letters.
LETTER = r"(?<![^\W\d_])[^\W\d_]"
ID = re.compile(r"[^\W\d][\w.\-]*")
# RFC 3986, RFC 3987 for letters: what xs:anyURI takes of all with a scheme, a host behind //.
# Signs that stand in none of them, those that XML cannot hold among these.
_NONE = r"\s<>\"{}|\\^`%#\x00-\x1f\ud800-\udfff\ufffe\uffff"
_SIGN = rf"(?:[^{_NONE}?\[\]]|%[0-9a-f]{{2}})"
_BEHIND = rf"(?:[^{_NONE}]|%[0-9a-f]{{2}})*"
ADDRESS = re.compile(
    rf"[a-z][a-z0-9+.\-]*:(?!//(?:[?#:@]|\Z)){_SIGN}+(?:\?{_BEHIND})?(?:#{_BEHIND})?", re.IGNORECASE
)
# What XML 1.0 cannot hold.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SEVERAL = ";"
# Width and height in millimetres, and pages that have a name (ISO 216, ANSI).
PAGE = re.compile(r"([1-9]\d{1,2}(?:\.\d+)?)\s*[x×]\s*([1-9]\d{1,2}(?:\.\d+)?)")
NAMED_PAGES: Mapping[str, str] = {
    "a4": "210 x 297",
    "a5": "148 x 210",
    "b5": "176 x 250",
    "letter": "215.9 x 279.4",
}


def is_date(text: str) -> bool:
    """Whether the text is a year, a month or a day that the calendar has."""
    if not DATE.fullmatch(text):
        return False
    year, month, day = [*map(int, text.removeprefix("-").split("-")), 1, 1][:3]
    try:
        datetime.date(max(year, 1), month, day)
    except ValueError:
        return False
    return year > 0


def is_time(text: str) -> bool:
    """Whether the text is a date, or two of them as `earliest/latest`."""
    ends = text.split("/")
    ordered = text.startswith("-") or ends[0] <= ends[-1] or ends[0].startswith(ends[-1])
    return len(ends) <= 2 and all(map(is_date, ends)) and ordered


def is_reference(text: str) -> bool:
    """Whether the text is ids or addresses, separated by semicolons."""
    parts = (part.strip() for part in text.split(SEVERAL))
    return all(not part or ID.fullmatch(part) or ADDRESS.fullmatch(part) for part in parts)


FORMS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "text": (lambda text: not NOT_XML.search(text), "text without control characters"),
    "date": (is_time, "a date such as 1928, 1928-10 or 1928-10-21, or two: 1928-10/1928-12"),
    "language": (LANGUAGE.fullmatch, "a language tag such as sv or grc-Latn"),
    "reference": (is_reference, "an id of the register, such as n-ek, without #"),
    "address": (ADDRESS.fullmatch, "an address such as https://example.org/text"),
    "copies": (lambda text: not NOT_XML.search(text), "the name of a file, or a table"),
    "page": (
        lambda text: text.lower() in NAMED_PAGES or PAGE.fullmatch(text),
        "A4, A5, B5, letter, or a size in mm such as 120 x 190",
    ),
    "path": (lambda text: not NOT_XML.search(text), "the name of a file or folder"),
}
