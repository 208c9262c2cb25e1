"""A form is one of the ways a text may write a name that a register has.

A register says "Tolstoy, Leo"; a text says Leo Tolstoy, L. Tolstoy, Tolstoy, Leo. What the register
gives is surest; a forename alone, or a part of a surname, is least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from encoder.lexicon import table, words
from encoder.naming.forenames import bearer
from encoder.naming.forenames import forenames as known_forenames
from encoder.naming.spelling import HYPHENS, fold, unaccented
from encoder.naming.titles import is_title
from encoder.registers import Name, Person

ROMAN = re.compile(r"[IVXLCDM]+(?:er|e|°|\.)?")
# What an editor adds to a name: (Unknown), [Anna], ?
ADDED = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|\?)\s*")
WORD = re.compile(r"[^\W\d_]+\.?")
ELIDED = re.compile(r"[dl]['’](?=\w)")
LATER = re.compile(r"\s*,?\s(?:[Gg]eb|född|født|née?|born)\b\.?.*$")

CUT = re.compile(r"\w{1,3}\.")  # a surname that a register has but cut short: Emma Fr.
SHORTENED = ("von ", "van ")  # particles of which only the first letter may be written
TELLING = 4  # letters that a part of a surname must have


class Strength(IntEnum):
    """How much of a name a form has, and so how surely it means its bearer."""

    INITIALS = 0
    FORENAME = 1
    PART = 2
    SURNAME = 3
    FULL = 4
    GIVEN = 5


class Form(NamedTuple):
    """A form of an entry's name; `type` is that of the name it is made of."""

    text: str
    type: str
    person: Person
    strength: Strength = Strength.GIVEN


def forms(entry: Person) -> Iterator[Form]:
    """Yield the forms of an entry's names, each once, the strongest first."""
    found = list(_forms(entry))
    found.sort(key=lambda form: -form.strength)
    seen = set[str]()
    for form in found:
        if form.text not in seen:
            seen.add(form.text)
            yield form


def _forms(entry: Person) -> Iterator[Form]:
    for name in entry.names:
        text = clean(name.text)
        if entry.kind != "person" or name.type in ("nickname", "role"):
            yield Form(text or name.text, name.type, entry)
            continue
        for made, strength in _made(text, name, entry):
            yield Form(made, name.type, entry, strength)


def first_names(entry: Person) -> str:
    """Return the forenames that an entry's first full name has."""
    return next(filter(None, (_halves(name)[0] for name in entry.names)), "")


def surname(entry: Person) -> str:
    """Return the surname, particles left out, that an entry's first full name has."""
    found = next(filter(None, (_halves(name)[1] for name in entry.names)), "")
    return list(_without_particle(found))[-1].removeprefix("v. ")


def is_told_apart(entry: Person) -> bool:
    """Whether the register tells one apart by an addition to a name, as (fils)."""
    known = words("names", "additions", "")
    said = (word for name in entry.names for word in WORD.findall(name.text.casefold()))
    return not set(known).isdisjoint(said)


def clean(text: str) -> str:
    """Return a name without what its editor adds to it."""
    if any(sign in text for sign in "([?"):
        text = ADDED.sub(" ", text)
    return LATER.sub("", text).strip(" ,")


def _made(text: str, name: Name, entry: Person) -> Iterator[tuple[str, Strength]]:
    """Yield the forms of one name with their strength."""
    forenames, family = _halves(name)
    if not family and _is_only_forename(text, name, entry):
        yield text, Strength.FORENAME
        if last := surname(entry):
            yield from _full(text, last)
        return
    only_surname = bool(family) and not forenames and (bool(name.parts) or text != name.text)
    alone = only_surname and text in (family, *_without_particle(family))
    if text:
        yield text, Strength.SURNAME if alone else Strength.GIVEN
    yield from ((row, Strength.GIVEN) for row in (*_glued(text), *_spelt_out(text)))
    if not family:
        yield from _ruler(text)
        return
    if not CUT.fullmatch(family):
        yield from ((row, Strength.SURNAME) for row in _without_particle(family))
    yield from ((row, Strength.PART) for row in _parts(family) if _is_telling(row))
    before = forenames or (first_names(entry) if only_surname else "")
    yield from _full(before, family)
    if forenames:
        yield from _little(forenames.split(), family)
    if sex_of(entry) == "f":
        yield from _mans(before, family)


def _is_only_forename(text: str, name: Name, entry: Person) -> bool:
    """Whether a name is but a forename: one that others bear, or whose surname another name has."""
    known = " " not in text and fold(text) in known_forenames()
    return known or (bool(text) and text == name.part("forename") and bool(surname(entry)))


def _full(forenames: str, family: str) -> Iterator[tuple[str, Strength]]:
    """Yield surname and forename, in either order, and the forename cut short."""
    if not forenames:
        return
    yield f"{family}, {forenames}", Strength.FULL
    for short in _shortened(forenames.split()):
        yield from ((f"{short} {row}", Strength.FULL) for row in _without_particle(family))


def _mans(forenames: str, family: str) -> Iterator[tuple[str, Strength]]:
    """Yield the names of a lady with a man's ending: Angelica Balabanoff for Balabanova."""
    for hers, his in table("names")["und"]["feminine"]:
        if family.endswith(hers) and len(family) > len(hers) + 2:
            mans = family.removesuffix(hers) + his
            yield mans, Strength.PART
            yield from _full(forenames, mans)
            return


def sex_of(person: Person) -> str:
    """Return f or m as the register says, or else the first forename; empty where neither does."""
    return person.sex or bearer(first_names(person).partition(" ")[0])


def _little(forenames: list[str], family: str) -> Iterator[tuple[str, Strength]]:
    """Yield the forms that have so little of a name that they mean only one the text names."""
    if len(call := forenames[0].rstrip(".")) > 2:
        yield call, Strength.FORENAME
    if len(forenames) > 1 and all(len(name.rstrip(".")) > 2 for name in forenames):
        yield " ".join(forenames), Strength.FORENAME
    bare = [word for word in family.split() if not word.islower()]
    letters = [name[0] for name in (*forenames, *bare[:1])]
    if len(letters) > 1 and "".join(letters) not in words("names", "letters", ""):
        yield " ".join(f"{letter}." for letter in letters), Strength.INITIALS
    if bare and len(call) > 2:
        yield f"{call} {bare[0][0]}.", Strength.INITIALS


def _ruler(text: str) -> Iterator[tuple[str, Strength]]:
    """Yield a ruler's name without its numeral."""
    name, _, numeral = text.rpartition(" ")
    if name and " " not in name and ROMAN.fullmatch(numeral):
        yield name, Strength.FORENAME


def _spelt_out(text: str) -> Iterator[str]:
    """Yield the name of a ruler with its numeral in words: George the Third."""
    name, _, numeral = text.rpartition(" ")
    for said in table("names")["und"]["ordinals"].get(numeral, ()) if name else ():
        yield f"{name} {said}"


def _glued(text: str) -> Iterator[str]:
    """Yield a row of initials written as one word."""
    row = [word.rstrip(".") for word in text.split()]
    if len(row) > 1 and all(len(word) == 1 for word in row):
        yield "".join(row)


def _halves(name: Name) -> tuple[str, str]:
    """Return forenames and surname, titles left out; both empty where the name does not say."""
    if name.parts:
        forenames, tail = _off(clean(name.part("forename")).split(), last=True)
        link, surname = name.part("nameLink").replace("’", "'"), clean(name.part("surname"))
        glue = "" if link.endswith("'") else " "
        joined = f"{link}{glue}{surname}" if link and surname else surname
        return " ".join(forenames), " ".join(filter(None, (*tail, joined)))
    row = [word for word in clean(name.text).split() if word]
    titled = len(row)
    while len(row) > 1 and is_title(row[0]):
        row = row[1:]
    if len(row) < 2:
        return ("", row[0]) if row and len(row) < titled and row[0][0].isupper() else ("", "")
    return _split(row)


def _split(row: list[str]) -> tuple[str, str]:
    if len(row[-1].rstrip(".")) < 2 or ROMAN.fullmatch(row[-1]):
        return "", ""
    if not all(_is_capital(word) or word in _particles() for word in row):
        return "", ""
    joined = (i for i, word in enumerate(row) if word in _particles() or ELIDED.match(word))
    first = next(joined, len(row) - 1)
    return " ".join(row[:first]), " ".join(row[first:])


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital, what is elided before it left out: d'Alembert."""
    return ELIDED.sub("", word)[:1].isupper()


def _off(row: list[str], *, last: bool) -> tuple[list[str], list[str]]:
    """Return a row of forenames, and the particles that a register has put at its end."""
    end = len(row)
    while last and end > 1 and row[end - 1] in _particles():
        end -= 1
    return row[:end], row[end:]


@cache
def _particles() -> frozenset[str]:
    return frozenset(words("names", "particles", ""))


def _without_particle(surname: str) -> Iterator[str]:
    yield surname
    bare = " ".join(word for word in surname.split() if not word.islower())
    if bare and bare != surname:
        yield bare
        if surname.startswith(SHORTENED):
            yield f"v. {bare}"


def _is_telling(part: str) -> bool:
    """Whether a part of a surname is a name, and no article or particle: Prel, not Du."""
    row = part.split()
    return len(row[-1]) >= TELLING and not is_title(row[-1])


def _unelided(surname: str) -> Iterator[str]:
    """Yield a surname without what is elided before it: Estournelles for d'Estournelles."""
    bare = ELIDED.sub("", surname, 1) if ELIDED.match(surname) else surname
    if bare != surname:
        yield bare


def _parts(family: str) -> Iterator[str]:
    """Yield what may stand for a surname: one part of several, or what is not elided."""
    yield from _part(family)
    yield from _unelided(family)
    bare = [word for word in family.split() if not word.islower()]
    halves = re.split(f"[{HYPHENS}]", bare[-1]) if bare else []
    if len(bare) == 1 and len(halves) == 2:
        yield from filter(_is_capital, halves)


def _part(surname: str) -> Iterator[str]:
    """Yield what may stand for a surname of several words: its first part, or its last."""
    row = surname.split()
    capital = [i for i, word in enumerate(row) if not word.islower()]
    if len(capital) < 2:
        return
    first, second = capital[:2]
    for opening in (" ".join(row[: first + 1]), row[first]):
        yield opening
        yield from _unelided(opening)
    if second == first + 1:
        yield " ".join(row[second:])


def _shortened(names: list[str]) -> dict[str, None]:
    """Return forenames in full, the first alone, each with initials, and initials only."""
    first, initials = names[0], [_initial(name) for name in names]
    ways: tuple[list[str], ...]
    ways = (names, [first], [first, *initials[1:]], initials, ["".join(initials)], [initials[0]])
    plain = [unaccented(initial) for initial in initials]
    ways += (plain, [plain[0]])
    inner = [[initials[0], *names[1:]], names[1:]] if len(names) > 1 else []
    return dict.fromkeys(map(" ".join, [*ways, *inner]))


def _initial(name: str) -> str:
    return "-".join(part[0] for part in re.split(f"[{HYPHENS}]", name) if part)
