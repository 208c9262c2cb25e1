"""A mention is a form of a person's name in running text, and an index finds it.

A register says "Leo Tolstoy"; a text says Tolstoy, L. Tolstoy, L Tolstoy, Tolstoy’s. Forms are
compared as rows of words: without regard to hyphens (which line ends and extraction add and
lose), points after initials and composed or decomposed accents; a capital of the register must be
a capital in the text. The index is one dictionary, so its size does not slow the search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from encoder.lexicon import table, words
from encoder.registers import Name, Person

LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
HYPHENS = "-\xad\u2010\u2011"
APOSTROPHES = "’'ʼ"
QUOTES = "‘‚’'"
# An initial with its point, a word with its inner hyphens, a number, a sign; spaces are nothing.
TOKEN = re.compile(rf"[^\W\d_]\.|{LETTERS}(?:[{HYPHENS}]{LETTERS})*|\d+|[^\w\s]|_|\n")
INNER_HYPHEN = re.compile(rf"(?<=\w)[{HYPHENS}](?=\w)")
COMPOUND = re.compile(f"[{HYPHENS}](?!-)")  # two hyphens are a dash
ELIDED = re.compile(rf"(\w+)[{APOSTROPHES}]\Z")
BARE_GENITIVE = re.compile(rf"[{APOSTROPHES}](?!\w)")
ROMAN = re.compile(r"[IVXLCDM]+(?:er|e|°|\.)?")
FOLDED = str.maketrans(dict.fromkeys(f"{HYPHENS}.", "") | dict.fromkeys(APOSTROPHES, "'"))


class Form(NamedTuple):
    """A form of a person's name; `given` in the register, or made from what is given there."""

    text: str
    type: str
    person: Person
    given: bool = True


class Match(NamedTuple):
    """Where a form was met: offsets in the text, its genitive included, and whose it may be."""

    start: int
    end: int
    forms: tuple[Form, ...]


class _Entry(NamedTuple):
    form: Form
    row: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inflection:
    """How a language inflects names; `data/names.toml` says what its fields mean."""

    suffixes: tuple[str, ...]
    possessive: re.Pattern[str]
    silent: str
    elisions: frozenset[str]

    def stems(self, word: str) -> Iterator[str]:
        """Yield the word, then what it may be an inflected form of."""
        yield word
        for suffix in self.suffixes:
            if word.endswith(suffix) and len(word) > len(suffix) + 1:
                yield word.removesuffix(suffix)


@cache
def inflection(language: str) -> Inflection:
    """Return the inflection of a BCP 47 language; one we do not know inflects little."""
    data = table("names")
    rules = data.get(language.partition("-")[0].lower(), data["und"])
    endings = "|".join(re.escape(p).replace("’", f"[{APOSTROPHES}]") for p in rules["possessives"])
    possessive = re.compile(rf"(?:{endings or '(?!)'})(?!\w)")
    elisions = frozenset(rules["elisions"])
    return Inflection(tuple(rules["suffixes"]), possessive, rules["silent"], elisions)


def forms(person: Person) -> Iterator[Form]:
    """Yield the forms of a person's names, those given first."""
    yield from (Form(name.text, name.type, person) for name in person.names)
    for name in person.names:
        if name.type not in ("nickname", "role"):
            made = (*_glued(name.text), *_made(*_halves(name)))
            yield from (Form(text, name.type, person, given=False) for text in made)


def _glued(text: str) -> Iterator[str]:
    """Yield a row of initials written as one word."""
    row = [word.rstrip(".") for word in text.split()]
    if len(row) > 1 and all(len(word) == 1 for word in row):
        yield "".join(row)


def _halves(name: Name) -> tuple[str, str]:
    """Return forenames and surname; both empty where the name does not say."""
    if name.parts:
        return name.part("forename"), name.part("nameLink", "surname")
    row, particles = name.text.split(), words("names", "particles", "")
    if len(row) < 2 or len(row[-1].rstrip(".")) < 2 or ROMAN.fullmatch(row[-1]):
        return "", ""
    if not all(word[0].isupper() or word in particles for word in row):
        return "", ""
    first = next((i for i, word in enumerate(row) if word in particles), len(row) - 1)
    return " ".join(row[:first]), " ".join(row[first:])


def _made(forenames: str, surname: str) -> Iterator[str]:
    if not surname:
        return
    yield from _without_particle(surname)
    if forenames:
        yield f"{surname}, {forenames}"
        yield from (f"{first} {surname}" for first in _shortened(forenames.split()))


def _without_particle(surname: str) -> Iterator[str]:
    yield surname
    bare = " ".join(word for word in surname.split() if not word.islower())
    if bare and bare != surname:
        yield bare


def _shortened(names: list[str]) -> dict[str, None]:
    """Return forenames in full, the first alone, and their initials."""
    first, initials = names[0], [_initial(name) for name in names]
    ways = (names, [first], [first, *initials[1:]], initials, ["".join(initials)], [first[0]])
    return dict.fromkeys(map(" ".join, ways))


def _initial(name: str) -> str:
    return "-".join(part[0] for part in re.split(f"[{HYPHENS}]", name) if part)


@lru_cache(1 << 16)
def fold(word: str) -> str:
    """Return what is compared of a word, number or sign."""
    return unicodedata.normalize("NFC", word).casefold().translate(FOLDED) or word


def _rows(text: str) -> set[tuple[str, ...]]:
    """Return the words of a form: as it stands, and with spaces where it has hyphens."""
    return {tuple(TOKEN.findall(spelt)) for spelt in (text, INNER_HYPHEN.sub(" ", text))}


class Index:
    """Finds the forms of many persons in running text, the longest first."""

    def __init__(self, persons: Iterable[Person], language: str = "") -> None:
        self._inflection = inflection(language)
        self._entries: dict[str, tuple[_Entry, ...]] = {}  # without entry: begins a longer key
        self._opens: dict[str, bool] = {}
        for person in persons:
            for form in forms(person):
                self._enter(form)

    def _enter(self, form: Form) -> None:
        for row in _rows(form.text):
            *first, key = accumulate(map(fold, row), "{} {}".format)
            if len(key) > 1:
                self._entries[key] = (*self._entries.get(key, ()), _Entry(form, row))
                for prefix in first:
                    self._entries.setdefault(prefix, ())

    def find(self, text: str) -> Iterator[Match]:
        """Yield the forms met in `text`, from left to right, none over another."""
        done, opens = 0, self._opens
        for token in TOKEN.finditer(text):
            word = token.group()
            if word not in opens:
                opens[word] = any(s in self._entries for s in self._inflection.stems(fold(word)))
            if opens[word] and token.start() >= done:
                match = self._longest(text, token.start())
                if match:
                    done = match.end
                    yield match

    def _longest(self, text: str, start: int) -> Match | None:
        found, key, row = None, "", list[str]()
        for token in TOKEN.finditer(text, start):
            row.append(token.group())
            found = self._match(text, start, token.end(), key, row) or found
            key += fold(row[-1])
            if key not in self._entries:
                break
            key += " "
        return found

    def _match(self, text: str, start: int, end: int, key: str, row: list[str]) -> Match | None:
        """Return the match of `row`, whose words but the last are folded in `key`."""
        for stem in self._inflection.stems(fold(row[-1])):
            entries = self._entries.get(key + stem, ())
            known = [entry.form for entry in entries if _agree(entry.row, row)]
            if known and self._is_whole(text, start, end):
                return Match(start, self._end(text, start, end), _nearest(known))
        return None

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
            return end - 1
        quoted = start > 0 and text[start - 1] in QUOTES
        if not possessive and matched[-1] in self._inflection.silent and not quoted:
            possessive = BARE_GENITIVE.match(text, end)
        return possessive.end() if possessive else end


def _agree(form: Sequence[str], row: Sequence[str]) -> bool:
    """Whether the text has a capital wherever the form has one."""
    return all(_cased(ours, theirs) for ours, theirs in zip(form, row, strict=True))


def _cased(form: str, word: str) -> bool:
    if len(form) > 1 and form.isupper() and form.isalpha():
        return word.isupper()
    return not form[0].isupper() or word[0].isupper()


def _nearest(known: list[Form]) -> tuple[Form, ...]:
    """Return one form for each person; what a register gives outdoes what we made of it."""
    first: dict[str, Form] = {}
    for form in [form for form in known if form.given] or known:
        first.setdefault(form.person.id, form)
    return tuple(first.values())
