"""To discover is to find who is mentioned where no register says so.

A name is a row of capitalised words that does not merely open a sentence. What stands by it speaks
for a person (a title, an initial, a known forename, a verb that persons do), for a place (in, at)
or for neither; what is said of one mention holds for the others of the same name. The mentions of
one person are then gathered from full names, surnames, forenames and notes that explain a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from encoder.lexicon import words as lexicon_words
from encoder.naming.context import START, Voice, context
from encoder.naming.forenames import bearer, forenames
from encoder.naming.groups import aliases, base, gathered, nicknames, ranked
from encoder.naming.spelling import APOSTROPHES, HYPHENS, fold, inflection
from encoder.naming.tally import STRONG, Tally
from encoder.naming.titles import is_title, titles, words
from encoder.naming.witnesses import BEFORE, REACH, Found, Scene, witnesses

UPPER = "[A-ZÀ-ÖØ-ÞŠŽČĆŁŚŻŹĐŐŰŞĞİĚŘŤŇĎŮŒΑ-ΩЁА-Я]"
CAPITAL = rf"{UPPER}[^\W\d_]*(?:[{HYPHENS}’'][^\W\d_]+)*"
INITIALS = rf"(?:{UPPER}\.[ ]?)+"
ANY = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
WORD = re.compile(r"\S+")
# What is contracted with the word before it: I'll. Of May's is told elsewhere whose it is.
CONTRACTED = re.compile(rf"[{APOSTROPHES}](?!s\Z)[a-zß-ÿ]+\Z")
SURE = frozenset({"title", "forename", "initials", "numeral"})
COMPOUNDED = 4  # letters that each half of a compound has at least


@dataclass(frozen=True)
class Proposal:
    """Someone who seems to be mentioned: the names, the likeliest main name first, and where."""

    names: tuple[str, ...]
    mentions: tuple[Found, ...]
    witnesses: tuple[str, ...]

    @property
    def cert(self) -> str:
        """How sure it is that this is a person: `medium` where something but capitals says so."""
        return "medium" if (SURE | {"alias", "pipeline", "kin"}) & set(self.witnesses) else "low"


def discover(
    texts: Sequence[str], language: str, marked: Iterable[tuple[int, int, int]] = ()
) -> list[Proposal]:
    """Propose the persons that some running texts mention, the most mentioned first.

    Args:
        texts: the body, the notes.
        language: BCP 47 tag of the texts.
        marked: what another witness takes for persons: number of the text, start, end.
    """
    search = _Search(texts, language, marked)
    return search.proposals()


def _plain(word: str) -> str:
    """Return a word without what is contracted with it, and in capitals no longer."""
    whole = CONTRACTED.sub("", word)
    return whole.capitalize() if whole.isupper() else whole


class _Search:
    """The rows of capitalised words in some texts, and what is known of their words."""

    def __init__(
        self, texts: Sequence[str], language: str, marked: Iterable[tuple[int, int, int]]
    ) -> None:
        self.texts, self.language = texts, language
        self.voice = Voice(language, tuple(texts))
        self.inflection = inflection(language)
        self.marked = list(marked)
        particles = "|".join(map(re.escape, lexicon_words("names", "particles", language)))
        part = rf"(?:{INITIALS})?(?:{CAPITAL})"
        self.row = re.compile(
            rf"(?<![{HYPHENS}\w])(?:{INITIALS})?{part}(?: (?:(?:{particles}) )?{part})*"
        )
        self.found = [f for n, text in enumerate(texts) for f in self._rows(n, text)]
        plurals = words("plurals", language, "names")
        self.tally = Tally(tuple(self.found), self.key, plurals)

    def _rows(self, number: int, text: str) -> Iterator[Found]:
        for match in self.row.finditer(text):
            for found in self._trimmed(number, text, *match.span()):
                if self.voice.nouns and len(found.row) > 1 and not SURE & set(found.witnesses):
                    yield from self._parted(number, text, found)
                else:
                    yield found

    def _parted(self, number: int, text: str, found: Found) -> Iterator[Found]:
        """Yield the words of a row that is no name as a whole: Bahrs Roman."""
        words = [m.span() for m in WORD.finditer(text, found.start, found.end)]
        for index, (start, end) in enumerate(words):
            rest = tuple(text[start : found.end].replace(".", ". ").split())
            if index and SURE & set(self._witnesses(text, start, found.end, rest)):
                yield from self._trimmed(number, text, start, found.end)
                return
            if text[start].isupper():
                yield from self._trimmed(number, text, start, end)

    def _trimmed(self, number: int, text: str, start: int, end: int) -> Iterator[Found]:
        """Yield the name in a row, without the words that open a sentence, and titles."""
        titled, known = False, titles(self.language)
        while token := WORD.match(text, start, end):
            word = token.group().rstrip(".,")
            if token.end() >= end and (titled or self._is_titled(text, start)):
                break  # Mr. May, Frl. Herzog
            if word in known or f"{word}." in known:
                titled = True
            elif not (titled and word.islower()) and not self._is_idle(text, token):
                break  # but in Monsieur le Président the name goes on
            start = token.end()
            while start < end and text[start] in " .":
                start += 1
        if start < end:
            row = tuple(text[start:end].replace(".", ". ").split())
            more = self._witnesses(text, start, end, row)
            yield Found(number, start, end, row, (*(("title",) if titled else ()), *more))

    def _is_idle(self, text: str, token: re.Match[str]) -> bool:
        """Whether a word before a name has its capital for another reason than to be one of it."""
        word = token.group().rstrip(".,")
        if _plain(word) in words("openers", self.language):
            return True
        if word.lower() in lexicon_words("parts", "postscript", self.language):
            return True
        opens = START.search(text[max(token.start() - REACH, 0) : token.start()])
        if opens and word.lower() in self.voice.small:
            return True
        # NOT Elinor: it is stressed.
        shouted = len(word) > 1 and word.isupper() and self.voice.is_small(word)
        return shouted and not text[token.end() :][: len(word)].isupper()

    def _is_titled(self, text: str, start: int) -> bool:
        """Whether a title stands before `start`."""
        before = BEFORE.search(text[max(start - REACH, 0) : start])
        return before is not None and is_title(before[1], self.language)

    def _witnesses(self, text: str, start: int, end: int, row: tuple[str, ...]) -> Iterator[str]:
        yield from witnesses(Scene.of(text, start, end, row, self.language))

    def proposals(self) -> list[Proposal]:
        """Return those who have enough witnesses, gathered by their names."""
        named = self._named()
        same = aliases(self.texts, named, self.language)
        return [self._proposal(members) for members in gathered(named, self.key, same, self._sex)]

    def _sex(self, found: Found) -> str:
        """Return f or m as the title before a name says, or its forename."""
        if len(found.row) > 1 and (said := bearer(found.row[0])):
            return said
        if self._is_of_two(found):
            return ""
        return context(self.texts[found.text], found.start, found.end, self.voice).sex

    def _is_of_two(self, found: Found) -> bool:
        """Whether titles of two stand before a name: Mr. and Mrs. Ek."""
        row = self.texts[found.text][max(found.start - REACH, 0) : found.start].split()
        known, joins = titles(self.language), words("joins", self.language)
        said = [at for at, word in enumerate(row) if word in known][-2:]
        between = row[said[0] + 1 : said[1]] if len(said) > 1 else []
        return not joins.isdisjoint(between) and all(map(str.islower, between))

    def _proposal(self, members: list[Found]) -> Proposal:
        names = ranked((base(found.row, self.key), found) for found in members)
        said = Counter(witness for found in members for witness in found.witnesses)
        return Proposal(tuple(names), tuple(members), tuple(said))

    def _named(self) -> list[Found]:
        """Return the rows that are names of persons, by what is said of all with the same word."""
        strong = set(self.tally.strong)
        taken = {(n, at) for n, start, end in self.marked for at in range(start, end)}

        def is_name(found: Found) -> bool:
            return (found.text, found.start) in taken or self._is_name(found, strong)

        pairs = nicknames(self.texts, self.found)
        strong |= {self.key(pet.row[-1]) for whole, pet in pairs if is_name(whole)}
        return list(filter(is_name, map(self._shorter, self.found)))

    def _shorter(self, found: Found) -> Found:
        """Return a row without a first word that opens a sentence, or a town's or a day's name."""
        *front, last = found.row
        if front and last in self._never and tuple(front) in self._rows_known:
            before = self.texts[found.text][: found.end - len(last)]
            return found._replace(end=len(before.rstrip()), row=tuple(front))
        if STRONG & set(found.witnesses):
            return found
        opens = "middle" not in found.witnesses or found.row[0] in self._never
        tail = found.row[1:]
        if not opens or tail not in self._rows_known:
            return found
        return found._replace(start=found.end - len(" ".join(tail)), row=tail)

    @cached_property
    def _rows_known(self) -> frozenset[tuple[str, ...]]:
        return frozenset(found.row for found in self.found)

    def _is_name(self, found: Found, strong: set[str]) -> bool:
        word, key, own = found.row[-1], self.key(found.row[-1]), set(found.witnesses)
        titled = "title" in own and word in words("common", self.language)  # Mr. May
        never = set(found.row) <= self._never and not titled
        if "body" in own or never or len(key) < 2 > len(found.row) - 1:
            return False
        if self.tally.is_house(key):
            return False
        if SURE & own or ("alone" in own and len(found.row) > 1):
            return True
        if word in self._never or self._is_common(word, own):
            return False
        if key in strong:
            return "place" not in own and not ("article" in own and self.voice.nouns)
        if self.tally.is_other(key) or self._is_compound(key) or word.isupper():
            return False
        if self.voice.nouns:
            return self._is_noted(word, own)
        return key in self._within or "alone" in own

    def _is_common(self, word: str, own: set[str]) -> bool:
        """Whether a word may well be a common one where it stands."""
        if self.voice.is_small(word) or self.voice.is_everyday(word):
            return True
        return "middle" not in own and self.voice.is_common(word)

    @cached_property
    def _within(self) -> frozenset[str]:
        """The words that have their capital within a sentence, too."""
        return frozenset(self.key(f.row[-1]) for f in self.found if "middle" in f.witnesses)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self.key(found.row[-1]) for found in self.found)

    def _is_compound(self, key: str) -> bool:
        """Whether a word begins with a name and goes on: Kerenskijperioden."""
        ends = range(COMPOUNDED, len(key) - COMPOUNDED + 1)
        return any(key[:end] in self._keys for end in ends)

    def _is_noted(self, word: str, own: set[str]) -> bool:
        """Whether a word is a name where common nouns have capitals too."""
        nouny = word.endswith(tuple(words("nouny", self.language)))
        return not nouny and bool({"speech", "genitive", "beside", "kin"} & own)

    @cached_property
    def _never(self) -> frozenset[str]:
        return words("never", self.language, "places") | words("openers", self.language)

    @cached_property
    def _words(self) -> frozenset[str]:
        found = (fold(word) for text in self.texts for word in ANY.findall(text))
        return frozenset(found) | forenames()

    def key(self, word: str) -> str:
        """Return what the forms of a word share: its shortest stem that the texts have."""
        folded = fold(re.sub(rf"[{APOSTROPHES}:]s?$", "", word))
        stems = [stem for stem in self.inflection.stems(folded) if stem != folded]
        return next((stem for stem in stems if stem in self._words), folded)
