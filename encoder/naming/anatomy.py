"""The anatomy of a name: its forenames, its surname, and what a register says beside it.

"Müller, Dr. Hans (1850-1913)" is Hans Müller; "Karl XII, kung av Sverige" has no surname; what is
called ?? or Unbekannt is nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from encoder.lexicon import alternation, words
from encoder.naming.forenames import bearer, forenames
from encoder.naming.spelling import fold
from encoder.naming.titles import is_title
from encoder.registers import Name, Person

ROMAN = re.compile(r"[IVXLCDM]+(?:er|e|°|\.)?")
# What an editor adds to a name: (Unknown), [Anna], ?; the years of a life.
ADDED = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|\?)\s*")
ADDS = re.compile(r"[(\[?]")
LIFE = re.compile(r"[,;]?\s+[*†~]?\s*(?:ca?\.\s*)?\d{3,4}\b.*$")
# What stands in brackets and after one of these is a name, too: (Pseudonym: Loris).
CALLED = re.compile(
    r"[(\[](?:[Pp]seud(?:onym)?\b\.?|[Pp]s\.|[Aa]lias|[Ee]igtl\.|[Ee]igentlich|[Ee]g\.|[Ee]gentlig\w*|"
    r"[Gg]enannt|[Kk]allad|[Kk]alt|[Dd]ite?|[Kk]nown as|[Cc]alled):? ([^\W\d_a-z][^)\],;/]*)"
)
WORD = re.compile(r"[^\W\d_]+\.?")
ELIDED = re.compile(r"[dl]['’](?=\w)")
INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
SOME = 256  # names, of which one entry asks several times
MANY = 1 << 18  # names of a large register, each asked for forms, forenames and surnames
SHORTENED = ("von ", "van ")  # particles of which only the first letter may be written


class Halves(NamedTuple):
    """The forenames of a name and its surname; each is empty where the name does not say."""

    forenames: str = ""
    family: str = ""


@lru_cache(SOME)
def clean(text: str) -> str:
    """Return a person's name without what its editor adds; nothing where nobody is named."""
    text = LIFE.sub("", _later().sub("", bare(text))).strip(" ,;")
    head, _, tail = text.partition(", ")
    text = head if tail and (_is_ruler(head) or _is_apposition(tail)) else text
    text = text.removesuffix(".") if _is_ruler(text) else text
    return "" if fold(text) in _nobody() else text


def bare(text: str) -> str:
    """Return a name of anything without what its editor adds in brackets."""
    if ADDS.search(text):
        text = ADDED.sub(" ", text)
    return text.strip(" ,")


def born(text: str) -> str:
    """Return the surname that a lady was born with, if a name says so: Ek, Anna (född Lind)."""
    found = _born().search(text)
    return found[1].strip() if found else ""


@cache
def _born() -> re.Pattern[str]:
    return re.compile(rf"[\s(\[,](?:{_birth()})\.? ([^\W\d_a-z][\w’' -]*)")


@cache
def _later() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s(?:{_birth()})(?![^\W\d_]).*$")


def _birth() -> str:
    """Return what stands before a maiden name: geb., née, född."""
    return alternation(words("titles", "born", ""))


def called(text: str) -> list[str]:
    """Return what else one is called, as brackets after a name say."""
    asides = CALLED.findall(text) if "(" in text or "[" in text else ()
    return [name.strip() for name in asides]


def _is_ruler(head: str) -> bool:
    """Whether what stands before the comma has a numeral, and so no surname: George III, King."""
    name, _, numeral = head.rpartition(" ")
    return bool(name) and bool(ROMAN.fullmatch(numeral))


def _is_apposition(tail: str) -> bool:
    """Whether what stands after the comma says what somebody is: kung av Sverige."""
    row = tail.split()
    if row[0].islower() and row[0] not in particles() and not ELIDED.match(row[0]):
        return not INITIALS.fullmatch(row[0])
    return len(row) > 1 and is_title(row[0]) and row[1].islower()


@cache
def _nobody() -> frozenset[str]:
    return frozenset(map(fold, words("names", "nobody", "")))


@cache
def particles() -> frozenset[str]:
    """Return the words that stand between forenames and surname in any language."""
    return frozenset(words("names", "particles", ""))


def first_names(entry: Person) -> str:
    """Return the forenames that an entry's first full name has."""
    return next(filter(None, (halves(name).forenames for name in entry.names)), "")


def surname(entry: Person) -> str:
    """Return the surname, particles left out, that an entry's first full name has."""
    found = next(filter(None, (halves(name).family for name in entry.names)), "")
    return list(without_particle(found))[-1].removeprefix("v. ")


def sex_of(person: Person) -> str:
    """Return f or m as the register says, or else the first forename; empty where neither does."""
    return person.sex or bearer(first_names(person).partition(" ")[0])


def is_told_apart(entry: Person) -> bool:
    """Whether the register tells one apart by an addition to a name, as (fils)."""
    known = words("names", "additions", "")
    said = (word for name in entry.names for word in WORD.findall(name.text.casefold()))
    return not set(known).isdisjoint(said)


@lru_cache(MANY)
def halves(name: Name) -> Halves:
    """Return forenames and surname, titles left out; both empty where the name does not say."""
    text = clean(name.text)
    # The comma that seemed to part surname and forename was that of an addition.
    apposed = not name.marked and ", " in name.text and ", " not in text
    if name.parts and not apposed:
        return _marked(name)
    row = text.split()
    plain = _untitled(row)
    if len(plain) < 2:
        only = bool(plain) and len(plain) < len(row) and plain[0][0].isupper()
        return Halves("", plain[0]) if only else Halves()
    return _split(plain)


def _marked(name: Name) -> Halves:
    """Return the halves of a name whose parts the register tells."""
    said = _untitled(clean(name.part("forename")).partition(", ")[0].split())
    names, tail = _off([] if fold(" ".join(said)) in _nobody() else said)
    link, last = name.part("nameLink").replace("’", "'"), clean(name.part("surname"))
    glue = "" if link.endswith("'") else " "
    joined = f"{link}{glue}{last}" if link and last else last
    return Halves(" ".join(names), " ".join(filter(None, (*tail, joined))))


def _untitled(row: list[str]) -> list[str]:
    """Return a row of words without the titles that it begins with."""
    while len(row) > 1 and is_title(row[0]) and is_capital(row[1]):
        row = row[1:]
    return row


def _split(row: list[str]) -> Halves:
    if len(row[-1].rstrip(".")) < 2 or ROMAN.fullmatch(row[-1]):
        return Halves()
    if not all(is_capital(word) or word in particles() for word in row):
        return Halves()
    if _begins_with_surname(row):
        return Halves(" ".join(row[1:]), row[0])
    joined = (i for i, word in enumerate(row) if word in particles() or ELIDED.match(word))
    first = next(joined, len(row) - 1)
    return Halves(" ".join(row[:first]), " ".join(row[first:]))


def _begins_with_surname(row: list[str]) -> bool:
    """Whether a name without a comma is inverted: Strindberg Johan August."""
    known = [fold(word) in forenames() for word in row]
    return len(row) > 2 and not known[0] and all(known[1:])


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital, what is elided before it left out: d'Alembert."""
    return ELIDED.sub("", word)[:1].isupper()


def _off(row: list[str]) -> tuple[list[str], list[str]]:
    """Return a row of forenames, and the particles that a register has put at its end."""
    end = len(row)
    while end > 1 and row[end - 1] in particles():
        end -= 1
    return row[:end], row[end:]


def without_particle(family: str) -> Iterator[str]:
    """Yield a surname, and as it stands without its particle or with a shorter one."""
    yield family
    last = " ".join(word for word in family.split() if not word.islower())
    if last and last != family:
        yield last
        if family.startswith(SHORTENED):
            yield f"v. {last}"
