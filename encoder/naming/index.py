"""An index finds the forms of many names in running text, the longest first.

Forms are compared as rows of words, by their skeletons: without regard to hyphens (which line ends
and extraction add and lose), points after initials, accents and ways to transcribe. A capital of
the register must be a capital in the text, and where one spelling agrees to the letter, others do
not count. The index is one dictionary, so its size does not slow the search; the forms of an entry
are made when a text has a clue to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import accumulate
from typing import NamedTuple

from encoder.flow import places, printed_words
from encoder.naming.anatomy import ROMAN
from encoder.naming.clues import clues, runs
from encoder.naming.forms import Form, Strength, forms
from encoder.naming.spelling import APOSTROPHES, HYPHENS, TOKEN, fold, inflection, skeleton
from encoder.naming.titles import own_titles, words
from encoder.registers import Person

QUOTES = "‘‚’'"
INNER_HYPHEN = re.compile(rf"(?<=\w)[{HYPHENS}](?=\w)")
COMPOUND = re.compile(f"[{HYPHENS}](?!-)")  # two hyphens are a dash
ELIDED = re.compile(rf"(\w+)[{APOSTROPHES}]\Z")
BARE_GENITIVE = re.compile(rf"[{APOSTROPHES}](?!\w)")
NUMERAL = re.compile(r"(?<!\w)[IVXLCDM]+")
TITLE = re.compile(r"\w\.")
ABBREVIATION = 3  # letters up to which capitals throughout are the form's own, as in AE


class Match(NamedTuple):
    """Where a form was met: offsets in the text, its genitive included, and whose it may be.

    `exact` says that the words are spelt as the register spells them.
    """

    start: int
    end: int
    forms: tuple[Form, ...]
    exact: bool = True


class _Entry(NamedTuple):
    number: int
    form: Form
    row: tuple[str, ...]


class Index:
    """Finds the forms of many entries in running text, the longest first."""

    def __init__(self, entries: Iterable[Person], language: str = "") -> None:
        self._inflection = inflection(language)
        self._people = tuple(entries)
        self._entries: dict[str, list[_Entry]] = {}  # without entry: begins a longer key
        # In "M. Curie" nobody is called Marie, in "A Lyon" nobody Albert.
        small = {word for word in words("openers", language) if len(word) == 1}
        self._no_names = frozenset(small.union(filter(TITLE.fullmatch, own_titles(language))))
        self._opens = dict.fromkeys(self._no_names, False)
        self._known: dict[tuple[str, ...], tuple[tuple[Form, ...], bool]] = {}
        self._met = set[str]()  # words that were looked up as clues
        self._clues: dict[str, list[int]] = {}
        for number, entry in enumerate(self._people):
            for clue in clues(entry) or {""}:
                self._clues.setdefault(clue, []).append(number)
        self._entered = set[int]()
        self._enter(self._clues.pop("", ()))

    def _look_up(self, text: str, printed: Set[str]) -> None:
        """Enter the forms of those to whom a text has a clue, given its printed words."""
        tokens = set[str]().union(*map(TOKEN.findall, printed)) - self._met
        self._met |= tokens
        keys = {key for token in tokens for key in self._keys(token)}.union(runs(text, printed))
        hit = [self._clues.pop(key) for key in keys & self._clues.keys()]
        self._enter({number for numbers in hit for number in numbers})

    def _enter(self, numbers: Iterable[int]) -> None:
        new = set(numbers) - self._entered
        if not new:
            return
        self._entered |= new
        self._opens, self._known = dict.fromkeys(self._no_names, False), {}
        for number in new:
            for form in forms(self._people[number]):
                self._enter_form(number, form)

    def _enter_form(self, number: int, form: Form) -> None:
        for row in _rows(form.text):
            bones = [skeleton(word) for word in row]
            key = " ".join(bones)
            if len(key) > 1:
                self._entries.setdefault(key, []).append(_Entry(number, form, row))
                for prefix in accumulate(bones[:-1], "{} {}".format):
                    self._entries.setdefault(prefix, [])

    def find(self, text: str) -> Iterator[Match]:
        """Yield the forms met in `text`, from left to right, none over another."""
        printed = printed_words(text)
        self._look_up(text, printed)
        done = 0
        beginnings = frozenset(filter(self._may_begin, printed))
        for start, end in places(text, beginnings):
            for token in TOKEN.finditer(text, start, end):
                if token.start() >= done and self._begins(token.group()):
                    match = self._longest(text, token.start())
                    if match:
                        done = match.end
                        yield match

    def _may_begin(self, printed: str) -> bool:
        """Whether a form may begin in what stands between two spaces."""
        return any(map(self._begins, TOKEN.findall(printed)))

    def _begins(self, word: str) -> bool:
        """Whether a form may begin with a word."""
        if word not in self._opens:
            self._opens[word] = any(key in self._entries for key in self._keys(word))
        return self._opens[word]

    def _keys(self, word: str) -> dict[str, str]:
        """Return the skeletons of what a word may be a form of, each with that."""
        stems = self._inflection.stems(fold(word))
        return {skeleton(stem): stem for stem in reversed(list(stems))}

    def _longest(self, text: str, start: int) -> Match | None:
        found, key, row = None, "", list[str]()
        for token in TOKEN.finditer(text, start):
            row.append(token.group())
            found = self._match(text, start, token.end(), key, row) or found
            key += skeleton(row[-1])
            if key not in self._entries:
                break
            key += " "
        return found

    def _match(self, text: str, start: int, end: int, key: str, row: list[str]) -> Match | None:
        """Return the match of `row`, whose words but the last are in `key`."""
        known, exact = self._bearers(key, tuple(row))
        if known and self._is_whole(text, start, end):
            return Match(start, self._end(text, start, end), known, exact)
        return None

    def _bearers(self, key: str, row: tuple[str, ...]) -> tuple[tuple[Form, ...], bool]:
        """Return the forms that a row of words may be, and whether it is spelt as they are."""
        if row not in self._known:
            self._known[row] = self._sought(key, row)
        return self._known[row]

    def _sought(self, key: str, row: tuple[str, ...]) -> tuple[tuple[Form, ...], bool]:
        other: tuple[Form, ...] = ()
        for stem in self._inflection.stems(fold(row[-1])):
            entries = self._entries.get(key + skeleton(stem))
            if not entries:
                continue
            entries.sort(key=lambda entry: entry.number)  # as the register has them
            agreeing = [entry for entry in entries if _agree(entry.row, row)]
            folded = (*map(fold, row[:-1]), stem)
            exact = [e.form for e in agreeing if tuple(map(fold, e.row)) == folded]
            if exact:
                return _nearest(exact), True
            other = other or _nearest([entry.form for entry in agreeing])
        return other, False

    def _is_whole(self, text: str, start: int, end: int) -> bool:
        """Whether the words are no part of a compound or of another name."""
        if COMPOUND.match(text, end):
            return False
        elided = ELIDED.search(text[max(start - 12, 0) : start])
        return not elided or elided[1].casefold() in self._inflection.elisions

    def _end(self, text: str, start: int, end: int) -> int:
        """Return where the name ends, with its genitive but without the sentence's full stop."""
        matched, possessive = text[start:end], self._inflection.possessive.match(text, end)
        if matched.endswith(".") and "." not in matched[:-1]:
            return end if _goes_on(text[end : end + 2]) else end - 1
        quoted = start > 0 and text[start - 1] in QUOTES
        if not possessive and matched[-1] in self._inflection.silent and not quoted:
            possessive = BARE_GENITIVE.match(text, end)
        return possessive.end() if possessive else end


def _goes_on(following: str) -> bool:
    """Whether a sentence goes on after a point: Anna E. came, Anna E., and"""
    return following[:1] == "," or (following[:1] == " " and following[1:].islower())


def _rows(text: str) -> set[tuple[str, ...]]:
    """Return the words of a form: as it stands, with spaces for hyphens, with bare numerals."""
    rows = {tuple(TOKEN.findall(text))}
    if INNER_HYPHEN.search(text):
        rows.add(tuple(TOKEN.findall(INNER_HYPHEN.sub(" ", text))))
    if NUMERAL.search(text):
        rows |= {tuple(map(_bare, row)) for row in rows}
    return rows


def _bare(word: str) -> str:
    """Return a numeral without its ending: I for Ier."""
    numeral = NUMERAL.match(word) if ROMAN.fullmatch(word) else None
    return numeral[0] if numeral else word


def _agree(form: Sequence[str], row: Sequence[str]) -> bool:
    """Whether the text has a capital wherever the form has one."""
    return all(map(_cased, form, row))


def _cased(form: str, word: str) -> bool:
    if 1 < len(form) <= ABBREVIATION and form.isupper() and form.isalpha():
        return word.isupper()
    return not form[0].isupper() or word[0].isupper()


def _nearest(known: list[Form]) -> tuple[Form, ...]:
    """Return one form for each bearer; what a register gives outdoes what we made of it.

    A person and a place may be called alike: neither outdoes the other.
    """
    full = {form.person.kind for form in known if form.strength > Strength.SURNAME}
    first: dict[str, Form] = {}
    for form in sorted(known, key=lambda form: -form.strength):
        if form.strength >= Strength.FULL or form.person.kind not in full:
            first.setdefault(form.person.id, form)
    return tuple(first.values())
