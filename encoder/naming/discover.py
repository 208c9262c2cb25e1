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
from encoder.naming.context import START, Voice
from encoder.naming.forenames import forenames
from encoder.naming.groups import aliases, base, gathered, nicknames
from encoder.naming.spelling import APOSTROPHES, HYPHENS, fold, inflection
from encoder.naming.titles import titles, words
from encoder.naming.witnesses import Found, Scene, witnesses

UPPER = "[A-ZÀ-ÖØ-ÞŠŽČĆŁŚŻŹĐŐŰŞĞİĚŘŤŇĎŮŒΑ-ΩЁА-Я]"
CAPITAL = rf"{UPPER}[^\W\d_]*(?:[{HYPHENS}’'][^\W\d_]+)*"
INITIALS = rf"(?:{UPPER}\.[ ]?)+"
ANY = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
WORD = re.compile(r"\S+")
# What is contracted with the word before it: I'll. Of May's is told elsewhere whose it is.
CONTRACTED = re.compile(rf"[{APOSTROPHES}](?!s\Z)[a-zß-ÿ]+\Z")
# What makes a name a person's, wherever else it stands; and what keeps it from being one.
STRONG = frozenset({"title", "forename", "initials", "known"})
SURE = frozenset({"title", "forename", "initials", "numeral"})
AGAINST = frozenset({"place", "article", "body"})
AGAINST_SHARE = 0.25  # of a name's mentions, from which it is a place's or a thing's
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
        self.seen = Counter(word for found in self.found for word in found.row)

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
        witnesses = set[str]()
        known, ordinary = titles(self.language), words("openers", self.language)
        while start < end:
            token = WORD.match(text, start, end)
            if token is None:
                return
            word = token.group().rstrip(".,")
            opens = bool(START.search(text[max(start - 60, 0) : start]))
            if word in known or f"{word}." in known:
                witnesses.add("title")
            elif witnesses and word.islower():
                pass  # Monsieur le Président
            elif not (
                CONTRACTED.sub("", word) in ordinary or (opens and word.lower() in self.voice.small)
            ):
                break
            start = token.end()
            while start < end and text[start] in " .":
                start += 1
        if start < end:
            row = tuple(text[start:end].replace(".", ". ").split())
            more = self._witnesses(text, start, end, row)
            yield Found(number, start, end, row, (*sorted(witnesses), *more))

    def _witnesses(self, text: str, start: int, end: int, row: tuple[str, ...]) -> Iterator[str]:
        yield from witnesses(Scene.of(text, start, end, row, self.language))

    def proposals(self) -> list[Proposal]:
        """Return those who have enough witnesses, gathered by their names."""
        named = self._named()
        found = gathered(named, self.key, aliases(self.texts, named, self.language))
        return [self._proposal(members) for members in found]

    def _proposal(self, members: list[Found]) -> Proposal:
        forms = Counter(base(found.row, self.key) for found in members)
        names = sorted(forms, key=lambda name: (-len(name.split()), -forms[name], name))
        said = Counter(witness for found in members for witness in found.witnesses)
        return Proposal(tuple(names), tuple(members), tuple(said))

    def _named(self) -> list[Found]:
        """Return the rows that are names of persons, by what is said of all with the same word."""
        strong, against, count = set[str](), Counter[str](), Counter[str]()
        for found in self.found:
            key, own = self.key(found.row[-1]), set(found.witnesses)
            count[key] += 1
            against[key] += bool(AGAINST & own)
            if STRONG & own and "body" not in own:
                strong.add(key)
        other = {key for key in count if against[key] > AGAINST_SHARE * count[key]}
        taken = {(n, at) for n, start, end in self.marked for at in range(start, end)}

        def is_name(found: Found) -> bool:
            return (found.text, found.start) in taken or self._is_name(found, strong, other)

        pairs = nicknames(self.texts, self.found)
        strong |= {self.key(pet.row[-1]) for whole, pet in pairs if is_name(whole)}
        return list(filter(is_name, map(self._shorter, self.found)))

    def _shorter(self, found: Found) -> Found:
        """Return a row without a first word that opens a sentence and is no forename."""
        opens = "middle" not in found.witnesses and len(found.row) > 1
        tail = found.row[1:]
        if not opens or STRONG & set(found.witnesses) or tail not in self._rows_known:
            return found
        end = found.end
        start = end - len(" ".join(tail))
        return found._replace(start=start, row=tail)

    @cached_property
    def _rows_known(self) -> frozenset[tuple[str, ...]]:
        return frozenset(found.row for found in self.found)

    def _is_name(self, found: Found, strong: set[str], other: set[str]) -> bool:
        word, key, own = found.row[-1], self.key(found.row[-1]), set(found.witnesses)
        if "body" in own or set(found.row) <= self._never or len(key) < 2 > len(found.row) - 1:
            return False
        if SURE & own or ("alone" in own and len(found.row) > 1):
            return True
        if word in self._never or self._is_common(word, own):
            return False
        if key in strong:
            return "place" not in own and not ("article" in own and self.voice.nouns)
        if key in other or self._is_compound(key) or word.isupper():
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
