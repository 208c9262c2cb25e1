"""A hyphen at a line's end is the printer's or the word's own; what tells is evidence.

A word that stands elsewhere in one piece, or with its hyphen, tells most: in the text itself, in
its companions, in a word list. Where no word tells, the habit of the file does: a printer who
breaks words does so whenever a line would stay short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from encoder.edition import Edition
from encoder.profile import Profile
from encoder.read.layout import Hyphens
from encoder.vocabulary import Vocabulary, counted

# Signs that stand at a line's end for no other reason than to break a word.
BREAKING = "\xad¬⸗"


class Broken(NamedTuple):
    """A word over a line end: its halves, and the sign between them, if one is printed."""

    first: str
    sign: str
    rest: str

    @property
    def whole(self) -> str:
        """The word in one piece, case folded."""
        return (self.first + self.rest).casefold()

    @property
    def hyphened(self) -> str:
        """The word with a hyphen of its own, case folded."""
        return f"{self.first}-{self.rest}".casefold()

    @property
    def halves(self) -> tuple[str, str]:
        """What would be two words if the hyphen is the word's own."""
        return self.first.casefold().rpartition("-")[2], self.rest.casefold()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the hyphen is the printer's, the word's own, or either; `by` says what told."""

    hyphen: Literal["printer", "own", "unclear"]
    by: str


@dataclass(frozen=True)
class Evidence:
    """What is known when hyphens are judged: the words of the text, the file's habits."""

    words: Mapping[str, int]
    vocabulary: Vocabulary
    breaks: bool
    loses: bool
    half_min: int

    def judge(self, broken: Broken) -> Verdict:
        """Return what the hyphen of a broken word is, by the strongest evidence there is."""
        return (
            _by_sign(broken)
            or _by_count(broken, self.words.__getitem__, "text")
            or _by_form(broken)
            or _by_count(broken, self.vocabulary.companions.__getitem__, "companion")
            or _by_list(broken, self.vocabulary)
            or self._by_habit(broken)
        )

    def _by_habit(self, broken: Broken) -> Verdict:
        if self.loses or not self.breaks:
            return Verdict("own", "habit")
        two = all(len(half) >= self.half_min and self.words[half] for half in broken.halves)
        return Verdict("unclear" if two or self.words[broken.whole] else "printer", "habit")

    def lost(self, broken: Broken) -> Verdict | None:
        """Return what tells that two words at a line's end are one that lost its hyphen.

        Neither half is a word that stands elsewhere, and the whole is.
        """
        if any(self.words[half] for half in broken.halves):
            return None
        if self.words[broken.whole]:
            return Verdict("printer", "text")
        if self.vocabulary.companions[broken.whole]:
            return Verdict("printer", "companion")
        listed = self.vocabulary.spells(broken.whole)
        return Verdict("printer", "dictionary") if listed and not self._spelt(broken) else None

    def _spelt(self, broken: Broken) -> bool:
        return any(map(self.vocabulary.spells, broken.halves))


def evidence(
    edition: Edition, profile: Profile, broken: Iterable[Broken], doubted: Iterable[Broken]
) -> Evidence:
    """Return what is known for judging those of the broken words that are doubted."""
    words = list(broken)
    signed = sum(1 for word in words if word.sign)
    hyphens = edition.layout.hyphens
    return Evidence(
        _elsewhere(edition.source.text, list(doubted)),
        edition.vocabulary,
        breaks(hyphens, profile),
        len(words) > 2 * signed and profile.hyphens == "auto",
        profile.hyphen_half_min,
    )


def breaks(hyphens: Hyphens, profile: Profile) -> bool:
    """Return whether the printer breaks words: the project says so, or the lines do."""
    if profile.hyphens != "auto":
        return profile.hyphens == "printer"
    return hyphens.broken > 0 and hyphens.share >= profile.hyphen_share


def _elsewhere(text: str, broken: Sequence[Broken]) -> Counter[str]:
    """Return how often the text has the words and their halves where no line end breaks them."""
    if not broken:
        return Counter()
    halves = Counter(half for word in broken for half in word.halves)
    wanted = {form for word in broken for form in (word.whole, word.hyphened)} | halves.keys()
    words = counted(text, wanted)
    words.subtract(halves)
    return Counter({word: times for word, times in words.items() if times > 0})


def _by_sign(broken: Broken) -> Verdict | None:
    return Verdict("printer", "sign") if broken.sign in BREAKING else None


def _by_count(broken: Broken, count: Callable[[str], int], by: str) -> Verdict | None:
    whole, hyphened = count(broken.whole), count(broken.hyphened)
    if whole == hyphened:
        return None
    return Verdict("printer" if whole > hyphened else "own", by)


def _by_form(broken: Broken) -> Verdict | None:
    """A capital or a figure after a small letter begins a word; so does one more hyphen."""
    capital = not broken.rest[0].islower() and not broken.first[-1:].isupper()
    return Verdict("own", "form") if capital or "-" in broken.first else None


def _by_list(broken: Broken, vocabulary: Vocabulary) -> Verdict | None:
    if not vocabulary.lists:
        return None
    if vocabulary.spells(broken.first + broken.rest):
        return Verdict("printer", "dictionary")
    if all(map(vocabulary.spells, broken.halves)):
        return Verdict("own", "dictionary")
    return None
