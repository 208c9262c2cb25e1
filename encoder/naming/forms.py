"""A form is one of the ways a text may write a name that a register has.

A register says "Tolstoy, Leo"; a text says Leo Tolstoy, L. Tolstoy, Tolstoy, Leo. What the register
gives is surest; a forename alone, or a part of a surname, is least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from encoder.lexicon import table, words
from encoder.naming.anatomy import (
    ELIDED,
    ROMAN,
    bare,
    born,
    called,
    clean,
    first_names,
    halves,
    is_capital,
    sex_of,
    surname,
    without_particle,
)
from encoder.naming.forenames import forenames as known_forenames
from encoder.naming.peers import peerage
from encoder.naming.spelling import HYPHENS, fold, unaccented
from encoder.naming.titles import is_title
from encoder.registers import Name, Person

CUT = re.compile(r"\w{1,3}\.")  # a surname that a register has but cut short: Emma Fr.
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
        if entry.kind != "person" or name.type in ("nickname", "role"):
            yield Form(bare(name.text) or name.text, name.type, entry)
        elif text := clean(name.text):
            made = _made(text, name, entry)
            # Without a capital it is any word: one who signs himself "an".
            found = (Form(row, name.type, entry, sure) for row, sure in made if not row.islower())
            yield from found


def _made(text: str, name: Name, entry: Person) -> Iterator[tuple[str, Strength]]:
    """Yield the forms of one name with their strength."""
    forenames, family = halves(name)
    yield from ((row, Strength.GIVEN) for row in peerage(name))
    if not family and _is_only_forename(text, name, entry):
        yield text, Strength.FORENAME
        if last := surname(entry):
            yield from _full(text, last)
        return
    only_surname = bool(family) and not forenames and (bool(name.parts) or text != name.text)
    alone = only_surname and text in (family, *without_particle(family))
    # An entry that is called by one word only has no better claim to it than a namesake.
    alone = alone or (" " not in text and name.type == "main" and not surname(entry))
    yield text, Strength.SURNAME if alone else Strength.GIVEN
    given = (*_glued(text), *_spelt_out(text), *_byname(name))
    yield from ((row, Strength.GIVEN) for row in given)
    for row in called(name.text):  # nor has who is called (Pseudonym: Vinter)
        yield row, Strength.GIVEN if " " in row else Strength.SURNAME
    if not family:
        yield from _ruler(text)
        return
    before = forenames or (first_names(entry) if only_surname else "")
    yield from _of_family(before, family, name.part("maiden"))
    if forenames:
        yield from _little(forenames.split(), family)
        if row := letters(name):
            yield row, Strength.INITIALS
    yield from _full(before, born(name.text))
    if sex_of(entry) == "f":
        yield from _mans(before, family)


def _of_family(forenames: str, family: str, maiden: str) -> Iterator[tuple[str, Strength]]:
    """Yield the surname, its parts, and what is made of it and the forenames."""
    if not CUT.fullmatch(family):
        yield from ((row, Strength.SURNAME) for row in without_particle(family))
    yield from ((row, Strength.PART) for row in _parts(family) if _is_telling(row))
    yield from _full(forenames, family)
    first, *rest = family.split()
    if forenames and len(rest) == 1 and is_capital(first) and is_capital(rest[0]):
        # The first of two surnames may be cut short, as a second forename: N. M. Butler.
        short = _shortened(forenames.split())
        yield from ((f"{row} {first[0]} {rest[0]}", Strength.FULL) for row in short)
    if maiden:
        yield maiden, Strength.SURNAME
        yield from _full(forenames, maiden)


def _is_only_forename(text: str, name: Name, entry: Person) -> bool:
    """Whether a name is but a forename: one that others bear, or whose surname another name has."""
    known = " " not in text and fold(text) in known_forenames()
    return known or (bool(text) and text == name.part("forename") and bool(surname(entry)))


def _full(forenames: str, family: str) -> Iterator[tuple[str, Strength]]:
    """Yield surname and forename, in either order, and the forename cut short."""
    if not forenames or not family:
        return
    yield f"{family}, {forenames}", Strength.FULL
    for short in _shortened(forenames.split()):
        yield from ((f"{short} {row}", Strength.FULL) for row in without_particle(family))


def _mans(forenames: str, family: str) -> Iterator[tuple[str, Strength]]:
    """Yield the names of a lady with a man's ending: Angelica Balabanoff for Balabanova."""
    for hers, his in table("names")["und"]["feminine"]:
        if family.endswith(hers) and len(family) > len(hers) + 2:
            mans = family.removesuffix(hers) + his
            yield mans, Strength.PART
            yield from _full(forenames, mans)
            return


def _little(forenames: list[str], family: str) -> Iterator[tuple[str, Strength]]:
    """Yield the forms that have so little of a name that they mean only one the text names."""
    if len(call := forenames[0].rstrip(".")) > 2:
        yield call, Strength.FORENAME
    if len(forenames) > 1 and all(len(name.rstrip(".")) > 2 for name in forenames):
        yield " ".join(forenames), Strength.FORENAME
    last = _capitals(family)
    if last and len(call) > 2:
        yield f"{call} {last[0][0]}.", Strength.INITIALS


def letters(name: Name) -> str:
    """Return the initials of forenames and surname: A. S."""
    forenames, family = halves(name)
    row = [word[0] for word in (*forenames.split(), *_capitals(family)[:1])]
    known = "".join(row) in words("names", "letters", "")
    told = bool(forenames) and len(row) > 1 and not (known or any(map(str.islower, row)))
    return " ".join(f"{letter}." for letter in row) if told else ""


def _capitals(family: str) -> list[str]:
    return [word for word in family.split() if not word.islower()]


def _ruler(text: str) -> Iterator[tuple[str, Strength]]:
    """Yield a ruler's name without its numeral."""
    name, _, numeral = text.rpartition(" ")
    if name and all(map(is_capital, name.split())) and ROMAN.fullmatch(numeral):
        yield name, Strength.FORENAME


def _spelt_out(text: str) -> Iterator[str]:
    """Yield the name of a ruler with its numeral in words: George the Third."""
    name, _, numeral = text.rpartition(" ")
    for said in table("names")["und"]["ordinals"].get(numeral, ()) if name else ():
        yield f"{name} {said}"


def _byname(name: Name) -> Iterator[str]:
    """Yield a forename with what tells its bearer: Katharina II, Katharina die Große."""
    first, number = name.part("forename"), name.part("genName").rstrip(".")
    if first and not name.part("surname"):
        yield from (f"{first} {said}" for said in (number, name.part("addName")) if said)


def _glued(text: str) -> Iterator[str]:
    """Yield a row of initials written as one word."""
    row = [word.rstrip(".") for word in text.split()]
    if len(row) > 1 and all(len(word) == 1 for word in row):
        yield "".join(row)


def _is_telling(part: str) -> bool:
    """Whether a part of a surname is a name, and no article or particle: Prel, not Du."""
    row = part.split()
    saintly = row[-1] in words("titles", "rulers", "")
    return len(row[-1]) >= TELLING and not is_title(row[-1]) and not saintly


def _unelided(surname: str) -> Iterator[str]:
    """Yield a surname without what is elided before it: Estournelles for d'Estournelles."""
    whole = ELIDED.sub("", surname, 1) if ELIDED.match(surname) else surname
    if whole != surname:
        yield whole


def _parts(family: str) -> Iterator[str]:
    """Yield what may stand for a surname: one part of several, or what is not elided."""
    yield from _part(family)
    yield from _unelided(family)
    last = _capitals(family)
    joined = re.split(f"[{HYPHENS}]", last[-1]) if last else []
    if len(last) == 1 and len(joined) == 2:
        link = family.removesuffix(last[-1])
        for half in filter(is_capital, joined):
            yield from dict.fromkeys((half, f"{link}{half}"))


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
    if "-" in "".join(initials):  # J.-J. Rousseau
        ways += ([".-".join(initial.split("-")) + "." for initial in initials],)
    inner = [[initials[0], *names[1:]], names[1:]] if len(names) > 1 else []
    return dict.fromkeys(map(" ".join, [*ways, *inner]))


def _initial(name: str) -> str:
    return "-".join(part[0] for part in re.split(f"[{HYPHENS}]", name) if part)
