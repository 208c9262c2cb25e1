"""What stands around a name tells a name from a common word, and one bearer from another.

A title makes a name of what follows it. A forename that is not the bearer's makes it another's. An
article before it makes it a common noun, where nouns have capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from encoder.flow import printed_words
from encoder.lexicon import alternation
from encoder.naming.anatomy import particles
from encoder.naming.forenames import forenames, is_cut, same, whole
from encoder.naming.spelling import LETTERS, fold, inflection, plain, skeleton
from encoder.naming.titles import Sex, is_inside, is_known, own, titles, words

FEW = 3  # articles that are too few to show a habit
ENOUGH = 1000  # articles that show it
REACH = 60  # characters on either side in which neighbours are looked for
SIGN = re.compile(r"\w[.:-]+\w")  # inside a title: d:r, Sig.ra, S:t
AFTER = re.compile(rf" (?P<word>{LETTERS})")
FIRM = re.compile(r" ?&")
START = re.compile(
    r"(?:\A|\n|[.!?…]['\"”»’)\]]* +|[–—-] +|[,:] +(?=['\"”»„“‚‘])|^['\"”»„“‚’(\[]+)"
    r"['\"”»„“‚’‘(\[]*\Z"
)
# A day, its month in words or numerals, and what may stand between a place and them
DAY = re.compile(
    r",? (?:the |le |den |d\. |am |il |el |op )?\d{1,2}(?:\.|er|st|nd|rd|th|:[ae])?"
    r"(?: ?/ ?\d|\.? ?[^\W\d_]{3}|\.? ?[IVX]+\b)"
)
LOWER = re.compile(r"(?<![\w’'.-])[^\W\d_A-Z]{2,}(?![\w-])")


@dataclass(frozen=True)
class Voice:
    """How a text uses its words: which it writes with a small letter, and whether nouns have none.

    `nouns` says that common nouns begin with a capital, as in German.
    """

    language: str
    texts: tuple[str, ...]

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that stand somewhere with a small first letter."""
        # No such word reaches over a space: each printed word is looked at once.
        printed = "\n".join(set[str]().union(*map(printed_words, self.texts)))
        return frozenset(word for word in LOWER.findall(printed) if word[0].islower())

    @cached_property
    def nouns(self) -> bool:
        """Whether common nouns begin with a capital here: most do after an article."""
        articles = "|".join(map(re.escape, sorted(words("determiners", self.language)))) or "(?!)"
        after = re.compile(rf"(?<!\w)(?:{articles}) ([^\W\d_])")
        met = (match for text in self.texts for match in after.finditer(text))
        first = [match[1] for match in islice(met, ENOUGH)]
        if len(first) < FEW:
            return is_known(self.language) and bool(words("inflected", self.language))
        return sum(map(str.isupper, first)) * 3 > len(first)

    def is_everyday(self, word: str) -> bool:
        """Whether a word may be a common one anywhere, where nouns have capitals."""
        return self.nouns and (self.is_small(word) or word in self._everyday)

    @cached_property
    def _everyday(self) -> frozenset[str]:
        return words("everyday", self.language) | words("openers", self.language)

    def is_listed(self, word: str) -> bool:
        """Whether a word is known as a common one, or one that opens sentences."""
        return word in self._ordinary

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        return words("common", self.language) | self._everyday

    def is_common(self, word: str) -> bool:
        """Whether a word with a capital may well be a common word."""
        return self.is_small(word) or self.is_listed(word)

    def is_small(self, word: str) -> bool:
        """Whether a word stands somewhere with a small first letter."""
        return word.lower() in self.small


class Context(NamedTuple):
    """What stands around a name.

    `given` are the words before it that may be forenames, nearest first, each with the offset it
    begins at; `title` is the title before it and `sex` whom that is given to; `opens` says that it
    opens a sentence and is not all of a line, `determined` that an article or an adjective stands
    before it; `before` and `after` are its neighbours, the latter only if it has a capital.
    `begins` is where the name begins with the titles that belong to it: Monsieur le Président;
    `led` says that somebody travels there, so that it is a place: reste till Berg; `firm` that it
    is joined to another by &; `does` that a verb follows of what persons do; `article` is the
    article before it, an epithet between them or not; `within` that it goes on a name by a
    particle: Otto von Rehn, d'Aubray de Rehn; `dated` that it opens a line and a day follows it, as
    the place of a letter: Kew, 3 June; `several` that it is a family's: les Tuck, bröderna Lind;
    `housed` that a street, a firm or a house follows that is called so: Linds gata.
    """

    given: tuple[tuple[str, int], ...]
    title: str
    sex: Sex
    opens: bool
    determined: bool
    before: str
    after: str
    begins: int
    led: bool = False
    firm: bool = False
    does: bool = False
    article: str = ""
    within: bool = False
    dated: bool = False
    several: bool = False
    housed: bool = False


def context(text: str, start: int, end: int, voice: Voice) -> Context:
    """Return what stands around the name from `start` to `end` of a running text."""
    known = titles(voice.language)
    linked = _linked(text, start, voice.language)
    given, at = list[tuple[str, int]](), linked
    title, sex, before, begins = "", "", "", start
    while found := _word_before(text, at, voice.language):
        word = found["word"] + found["point"]
        before = before or word
        bare = found["word"]
        if word in known:  # after a full stop another sentence begins: der Herzog. Stein
            title, sex = bare, known[word] or _sex_before(text, found.start(), voice.language)
            begins = _titled(text, at, voice.language)
            break
        if not _may_be_forename(bare, found["point"], voice.language) or len(given) > 3:
            break
        at = found.start()
        given.append((word, at))
    after = AFTER.match(text, end)
    word = after["word"] if after else ""
    following = word if word[:1].isupper() else ""
    alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    opens = not alone and bool(START.search(text[max(start - REACH, 0) : start]))
    determined = linked == start and _is_determined(text, start, voice.language)
    told = opens, determined, before, following, begins
    near = text[max(start - REACH, 0) : start]
    rest = (
        _is_led(near, voice.language),
        bool(FIRM.match(text, end)) or near.endswith("& "),
        word in words("speech", voice.language),
        _article(near.rpartition("\n")[2].lower().split(), voice.language),
        _goes_on(near.rpartition("\n")[2].split()),
    )
    dated = text[start - 1 : start] in ("", "\n") and bool(DAY.match(text, end))
    several = _is_several(text, start, voice.language)
    housed = word in words("bodies", voice.language, "places")
    stands = *told, *rest, dated, several, housed
    return Context(tuple(given), title, _sex(sex), *stands)


def _linked(text: str, start: int, language: str) -> int:
    """Return where the particle before a surname begins that the register lacks: Frau von Rehn.

    A title or an initial stands before it; else it is a preposition.
    """
    link = _word_before(text, start, language)
    if not link or link["word"] not in particles():
        return start
    before = _word_before(text, link.start(), language)
    word = before["word"] + before["point"] if before else ""
    return link.start() if word in titles(language) else start


def _word_before(text: str, at: int, language: str) -> re.Match[str] | None:
    """Return the word that ends at an offset, or one sign before it."""
    start = text.rfind(" ", max(at - REACH, 0), max(at - 1, 0)) + 1
    return _ends_in_word(language).search(text, max(start, at - REACH, 0), at)


@cache
def _ends_in_word(language: str) -> re.Pattern[str]:
    signed = alternation(filter(SIGN.search, titles(language).keys() | words("rulers", language)))
    word = rf"(?<!\w)(?:{signed})|{LETTERS}|(?:[^\W\d_]\.)+"
    return re.compile(rf"(?P<word>{word})(?P<point>\.?)(?P<gap>[ \u2019'-]?)\Z")


def _is_several(text: str, start: int, language: str) -> bool:
    """Whether a word for several stands before, and not a particle after a title: M. des Rehn."""
    found, known = _word_before(text, start, language), own("houses", language)
    if not found or known.isdisjoint((found["word"], found["word"].lower())):
        return False
    before = _word_before(text, found.start(), language)
    title = before["word"] + before["point"] if before else ""
    return not titles(language).get(title) or title in words("relatives", language)


def is_listed(text: str, start: int, end: int, language: str) -> bool:
    """Whether names with a comma between them are several of a list, and not one inverted.

    A title stands before the first, or the next word goes on: Herr Ek, Otto und Anna.
    """
    before = _word_before(text, start, language)
    if before and before["word"] + before["point"] in titles(language):
        return True
    after = AFTER.match(text, end)
    word = after["word"] if after else ""
    return word[:1].isupper() or word in words("joins", language)


def _titled(text: str, at: int, language: str) -> int:
    """Return where the titles begin that stand before `at` and belong to the name there."""
    begins = at
    while found := _word_before(text, at, language):
        at = found.start()
        word = found["word"] + found["point"]
        if is_inside(word, language):
            begins = at
        elif word not in words("determiners", language):
            break
    return begins


def _sex_before(text: str, at: int, language: str) -> str:
    """Return whom the titles before another are given to: Frau Hofrat Lund."""
    known = titles(language)
    while found := _word_before(text, at, language):
        at, word = found.start(), found["word"] + found["point"]
        if word not in known and word not in words("determiners", language):
            break
        if known.get(word):
            return known[word]
    return ""


def _article(row: list[str], language: str) -> str:
    """Return the article at the end of a row of words, an epithet after it left out."""
    if row and row[-1] in words("epithets", language):
        row = row[:-1]
    return row[-1] if row else ""


def _goes_on(row: list[str]) -> bool:
    """Whether a row of words ends in a name and a particle."""
    if len(row) < 2 or row[-1] not in particles():
        return False
    name = row[-2].replace("’", "'")
    return (name[0].isupper() and fold(name) in forenames()) or name.startswith(("d'", "D'"))


def _is_led(before: str, language: str) -> bool:
    """Whether a verb of travel, and a preposition that then means a place, stand before."""
    row = re.split(r"[\n.;:!?]", before)[-1].split()
    if not row or row[-1] not in words("towards", language, "places"):
        return False
    return not words("travel", language, "places").isdisjoint(row[-5:-1])


def _sex(said: str) -> Sex:
    return "m" if said == "m" else "f" if said == "f" else ""


def _may_be_forename(bare: str, point: str, language: str) -> bool:
    """Whether a word could be a forename: a capital, and no end of a sentence after it."""
    if not bare[0].isupper():
        return False
    if "." in bare or (len(bare) == 1 and point):
        return True
    if point:
        return is_cut(bare)
    ordinary = bare in words("openers", language) or bare.lower() in words("determiners", language)
    return not ordinary or fold(bare) in forenames()


def _is_determined(text: str, start: int, language: str) -> bool:
    """Whether an article, or an article and an adjective, stands before `start`."""
    row = text[max(start - REACH, 0) : start].rpartition("\n")[2].split()[-3:]
    if not row or row[-1] in words("kin", language) or not row[-1].isalpha():
        return False
    articles = words("determiners", language)
    if row[-1].lower() in articles or not row[-1].islower():
        return row[-1].lower() in articles
    if len(row) > 1 and row[-2].lower() in articles:
        return True
    # Of more words the last is an adjective: unter einem so anderen Stern.
    far = row[0].lower() in articles and row[1].islower() and row[1].isalpha()
    return _is_adjective(row[-1], language) or (far and row[-1].endswith(("e", "en")))


def _is_adjective(word: str, language: str) -> bool:
    endings = tuple(words("inflected", language))
    return word.endswith(endings) and word not in words("functional", language)


def agrees(given: str, forenames: Iterable[str], language: str = "") -> bool:
    """Whether a word before a surname may be one of these forenames: whole, cut or inflected."""
    parts = (part for name in forenames for part in dict.fromkeys((name, *name.split("-"))))
    said, known = plain(given), [plain(name) for name in parts]
    if not set(map(plain, whole(given))).isdisjoint(known):
        return True
    if inflection(language).endings and not set(_stems(given, language)).isdisjoint(known):
        return True
    if any(len(name) == 1 and said.startswith(name) for name in known):
        return True
    return any(name.startswith(said) or said == _initials(name) for name in known)


def is_same(given: str, forenames: Iterable[str]) -> bool:
    """Whether a word is one of these forenames in another language or spelling: Leo for Lew."""
    said = {skeleton(given), *map(skeleton, same(given))}
    return not said.isdisjoint(map(skeleton, forenames))


def _stems(name: str, language: str) -> Iterator[str]:
    return map(plain, inflection(language).stems(fold(name)))


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[ .-]+", fold(name)) if part)
