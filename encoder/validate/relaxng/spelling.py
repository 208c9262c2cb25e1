"""How a value that is nearly right is written: a date without its zeros, a space in an address.

Each way of writing is only tried: it counts where the schema then allows the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

DATE = re.compile(r"(-?)(\d{3,4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\Z")
DAY_FIRST = re.compile(r"(\d{1,2})(?:\.\s?|(?<=1[3-9]|2\d|3[01])/)(\d{1,2})[./]\s?(\d{4})\Z")
DAY_IN_THE_MIDDLE = re.compile(r"(\d{1,2})/(1[3-9]|2\d|3[01])/(\d{4})\Z")
# What people write for a date that is none (TEI P5 14.4).
NO_DATES = (
    (re.compile(r"-?\d{4}-\d\d(-\d\d)?"), "There is no such date: look at the month and the day."),
    (
        re.compile(r"-?\d{4}(-\d\d){0,2}\s*[-–/]\s*-?\d{4}(-\d\d){0,2}"),
        "A span of time has @from and @to, a date within it @notBefore and @notAfter.",
    ),
    (
        re.compile(r"(c\.?|ca\.?|circa|um|vers|omkring)\s*\d{4}|\d{4}\s*\?", re.IGNORECASE),
        "An uncertain date has @notBefore and @notAfter, or the year alone and @cert.",
    ),
)
WORDS = {"yes": "true", "no": "false", "ja": "true", "nein": "false", "oui": "true", "non": "false"}

NAMELIKE = "Begin with a letter or _, and use only letters, digits, -, _ and ."
REMEDIES = {
    "ID": NAMELIKE,
    "NCName": NAMELIKE,
    "Name": NAMELIKE,
    "date": "Write a date as 1867-03-09, 1867-03 or 1867.",
    "gYear": "Write a year with four digits, as 0967.",
    "anyURI": "Write an address, or # and an xml:id, without spaces.",
    "language": "Write a language tag such as de or grc-Latn.",
    "boolean": "Write true or false.",
    "nonNegativeInteger": "Write a whole number.",
    "integer": "Write a whole number.",
    "decimal": "Write a number.",
    "double": "Write a number.",
    "token": "Write one word, without spaces.",
}


def respelt(value: str, kinds: Collection[str], allows: Callable[[str], bool]) -> tuple[str, bool]:
    """Return a value as it should be written, '' if unknown, and whether it then says the same.

    `kinds` are the datatypes that it may be of.
    """
    escaped = _escaped(value) if "anyURI" in kinds else ()
    for ways, same in ((_same(value), True), (escaped, True), (_other(value), False)):
        for written in ways:
            if written and written != value and allows(written):
                return written, same
    return "", False


def _same(value: str) -> Iterator[str]:
    """Yield other ways to write what a value says."""
    plain = " ".join(value.split())
    yield plain
    yield plain.lower()
    yield plain.replace("_", "-")
    yield plain.replace(",", ".")
    yield DATE.sub(_padded, plain)
    if plain.isdecimal() and len(plain) == 3:
        yield plain.zfill(4)
    yield WORDS.get(plain.lower(), "")


def _escaped(value: str) -> Iterator[str]:
    """Yield other ways to write an address."""
    plain = " ".join(value.split())
    yield plain.replace("\\", "/").replace(" ", "%20")
    yield re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", plain.replace(" ", "%20"))


def _other(value: str) -> Iterator[str]:
    """Yield what a value may be meant to be."""
    yield DAY_FIRST.sub(lambda m: f"{m[3]}-{m[2]:0>2}-{m[1]:0>2}", value.strip())
    yield DAY_IN_THE_MIDDLE.sub(lambda m: f"{m[3]}-{m[1]:0>2}-{m[2]}", value.strip())
    head, mark, tail = value.strip().partition("#")
    yield head + mark + tail.replace("#", "%23")
    yield "-".join(value.split())
    name = re.sub(r"[^\w.-]+", "-", value.strip()).strip("-")
    yield name
    yield f"_{name}"


def _padded(found: re.Match[str]) -> str:
    parts = [found[2].zfill(4), *(part.zfill(2) for part in found.groups()[2:] if part)]
    return found[1] + "-".join(parts)


def form(kinds: Iterable[str], value: str) -> str:
    """Return how a value of one of some datatypes is written: of that people use most."""
    if "date" in kinds:
        for found, hint in NO_DATES:
            if found.fullmatch(value.strip()):
                return hint
    return next((said for kind, said in REMEDIES.items() if kind in kinds), "Correct the value.")
