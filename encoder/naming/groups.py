"""The mentions of one person are gathered: by surname, by forename, by what the text says of them.

A surname alone joins the full name that the text mentions most; forenames that cannot be one
person's keep bearers of a surname apart, and so does a lady's title; a note that explains a name
joins two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from encoder.naming.spelling import fold
from encoder.naming.titles import words
from encoder.naming.witnesses import ACRONYM, NUMERAL, Found

# What says that a row of words is a whole name, and not one beside another word.
FULL = frozenset({"forename", "initials", "numeral"})
PAIR = 2  # words of a forename and a surname
Key = Callable[[str], str]
Pair = tuple[Found, Found]
QUOTED = re.compile(r" \([”\"»„“«]+")


def gathered(
    named: Iterable[Found], key: Key, same: Iterable[Pair], sex: Callable[[Found], str]
) -> list[list[Found]]:
    """Return the mentions of each person in their order, the most mentioned person first.

    Args:
        named: the mentions.
        key: returns what the forms of a word have in common.
        same: pairs of mentions that are of one person.
        sex: returns f or m as the title or the forename of a mention says; else nothing.
    """
    groups = _Groups(named, key, sex)
    found = [sorted(group, key=lambda f: (f.text, f.start)) for group in groups.joined(same)]
    return sorted(found, key=lambda group: (-len(group), group[0].row))


class _Groups:
    """Mentions by whom they seem to mean; a group is named by surname and forenames."""

    def __init__(self, named: Iterable[Found], key: Key, sex: Callable[[Found], str]) -> None:
        self.key, self.members = key, dict[str, list[Found]]()
        self.sexes = dict[str, str]()  # groups of which it is known
        self.full = defaultdict[str, list[str]](list)  # surname → the groups that bear it
        self.first = defaultdict[str, list[str]](list)  # forename → the groups that bear it
        for found in sorted(named, key=lambda f: -len(f.row)):
            self._add(found, sex(found))

    def _add(self, found: Found, sex: str) -> None:
        surname = self.key(found.row[-1])
        if all(len(word.rstrip(".")) == 1 for word in found.row):
            surname = self._of_initials(found.row) or surname
        given = tuple(fold(word) for word in found.row[:-1] if not word.islower())
        if NUMERAL.fullmatch(found.row[-1]):
            surname, given = fold(" ".join(found.row)), ()
        group = self._group(surname, given, sex)
        self.sexes[group] = self.sexes.get(group) or sex
        self.members.setdefault(group, []).append(found)

    def _of_initials(self, row: tuple[str, ...]) -> str:
        """Return the surname of the one whose forenames have these initials."""
        said = [fold(word)[0] for word in row]
        for group in self.members:
            surname, given, _ = group.split("|")
            if [name[0] for name in given.split()] == said:
                return surname
        return ""

    def _group(self, surname: str, given: tuple[str, ...], sex: str) -> str:
        known = [group for group in self.full[surname] if self._may_be(group, sex)]
        if not given:
            if known:
                return max(known, key=lambda group: len(self.members.get(group, ())))
            if len(self.first[surname]) == 1:
                return self.first[surname][0]
        for group in known:
            if _compatible(given, group.split("|")[1].split()):
                return group
        group = f"{surname}|{' '.join(given)}|{sex}"
        self.full[surname].append(group)
        if given and len(given[0]) > 1:
            self.first[given[0]].append(group)
        return group

    def _may_be(self, group: str, sex: str) -> bool:
        """Whether one of a sex may be a group's: a lady who is named with titles only has them."""
        known = self.sexes[group]
        titled = known == "f" and not group.split("|")[1]
        return known == sex or not (titled or (known and sex) or sex == "f")

    def joined(self, pairs: Iterable[Pair]) -> list[list[Found]]:
        """Return the groups, those made one of which a pair has mentions."""
        at = {(f.text, f.start): group for group, members in self.members.items() for f in members}
        same = {group: group for group in self.members}
        for one, other in pairs:
            first, second = at[one.text, one.start], at[other.text, other.start]
            root = same[second]
            for group, now in same.items():
                if now == root:
                    same[group] = same[first]
        gathered = defaultdict[str, list[Found]](list)
        for group, members in self.members.items():
            gathered[same[group]] += members
        return list(gathered.values())


def base(row: tuple[str, ...], key: Key) -> str:
    """Return a name without its inflection."""
    last = row[-1]
    stem = key(last)
    base = last[: len(stem)] if fold(last).startswith(stem) and fold(last) != stem else last
    return " ".join((*row[:-1], base))


def ranked(named: Iterable[tuple[str, Found]]) -> list[str]:
    """Return the names of one person, the main one first, none in capitals throughout.

    The main one has a forename, or else initials; or it is the longest that does not open a
    sentence, or that the text has twice.
    """
    forms, told = Counter[str](), defaultdict[str, set[str]](set)
    for name, found in named:
        forms[_calm(name)] += 1
        told[_calm(name)] |= set(found.witnesses)

    def rank(name: str) -> tuple[int, int, int, str]:
        row = name.split()
        full = (witness in told[name] for witness in ("forename", "initials"))
        whole = len(row) == PAIR and "middle" in told[name]
        length = len(row) if whole or forms[name] > 1 or FULL & told[name] else 0
        return next((n for n, said in enumerate(full) if said), 2), -length, -forms[name], name

    return sorted(forms, key=rank)


def _calm(name: str) -> str:
    """Return a name that stands in capitals throughout as others do: Otto Rehn for OTTO REHN."""
    shouted = name.isupper() and len(name.replace(".", "").split()[-1]) > ACRONYM
    return name.title() if shouted else name


def _compatible(given: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows of forenames may be those of one person."""
    if not given or not other:
        return True
    one, two = given[0].rstrip("."), other[0].rstrip(".")
    return one.startswith(two) or two.startswith(one) or _differ_by_one(one, two)


def _differ_by_one(one: str, two: str) -> bool:
    return len(one) == len(two) and sum(map(str.__ne__, one, two)) == 1 and one[0] == two[0]


def aliases(texts: Sequence[str], named: Sequence[Found], language: str) -> Iterator[Pair]:
    """Yield the pairs of names that the text itself says are one person's."""
    phrases = [phrase.replace("{}", "").strip() for phrase in words("alias", language)]
    joints = [
        re.compile(rf"[”\"»’,]*(?:[ ,]+\w+){{0,3}}[ ,]+{re.escape(phrase)}[ ”\"«»„]*")
        for phrase in sorted(phrases)
    ]
    for one, other, between in _beside(texts, named):
        if QUOTED.fullmatch(between) or any(joint.fullmatch(between) for joint in joints):
            yield one, other


def nicknames(texts: Sequence[str], found: Iterable[Found]) -> Iterator[Pair]:
    """Yield the pairs of which the second stands quoted in brackets after the first."""
    return ((one, two) for one, two, gap in _beside(texts, found) if QUOTED.fullmatch(gap))


def _beside(texts: Sequence[str], found: Iterable[Found]) -> Iterator[tuple[Found, Found, str]]:
    """Yield each two that follow each other in a text, and what is between them."""
    for one, other in pairwise(sorted(found, key=lambda found: (found.text, found.start))):
        if one.text == other.text:
            yield one, other, texts[one.text][one.end : other.start]
