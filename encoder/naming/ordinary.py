"""An ordinary word may be a name too: Stein, May, Lind. As a name it needs evidence.

What stands by the word is asked in a fixed order, the surest first: a title makes a name, a street
or a ship is called so, an article makes a noun where nouns have capitals, a small letter elsewhere
in the text makes a word; one whom the text surely names outweighs the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from encoder.naming.anatomy import sex_of
from encoder.naming.forms import Strength
from encoder.naming.mentions import Circumstances, Mention
from encoder.naming.spelling import HYPHENS, fold
from encoder.naming.titles import is_title, own, titles, words


class _Case(NamedTuple):
    """A single word that may be a name, with what is known of the text."""

    mention: Mention
    known: Circumstances

    @property
    def word(self) -> str:
        """The word as the register has it."""
        return self.mention.forms[0].text

    def among(self, key: str, file: str = "titles") -> bool:
        """Whether the word before is one of a kind."""
        before, known = self.mention.around.before, words(key, self.known.voice.language, file)
        return before in known or before.lower() in known

    @property
    def is_bound(self) -> bool:
        """Whether the text surely means a bearer elsewhere."""
        return any(form.person.id in self.known.bound for form in self.mention.forms)

    @property
    def is_definite(self) -> bool:
        """Whether the article is one that people put before a name: a lady's, or a known one's."""
        article = self.mention.around.article
        ladies = article in words("ladies", self.known.voice.language)
        people = [form.person for form in self.mention.forms]
        if ladies and all(sex_of(person) == "f" for person in people):
            return True
        definite = article in words("definite", self.known.voice.language)
        return definite and fold(self.word) in self.known.bare

    @property
    def is_common(self) -> bool:
        """Whether the word, as it stands or uninflected, may well be a common one."""
        voice = self.known.voice
        return voice.is_common(self.mention.words) or voice.is_common(self.word)

    @property
    def is_person(self) -> bool:
        """Whether a person may be meant, and not only a place or what else the register has."""
        return any(form.person.kind == "person" for form in self.mention.forms)

    @property
    def is_town(self) -> bool:
        """Whether a town or a country is called so."""
        return self.mention.words in words("never", self.known.voice.language, "places")

    @property
    def is_listed(self) -> bool:
        """Whether the language is known to have the word as a common one."""
        return self.known.voice.is_listed(self.word)


def _is_house(case: _Case) -> bool:
    """Whether several of one name are meant, and not one: les Tuck, bröderna Lind."""
    return case.is_person and case.mention.around.several


def _is_rank(case: _Case) -> bool:
    """Whether it is the rank of one who is named after it, or who is spoken of: the Major."""
    around, language = case.mention.around, case.known.voice.language
    if not is_title(case.mention.words, language):
        return False
    if around.after or around.determined:
        return True
    rulers = words("rulers", language)
    if case.mention.words in rulers and around.title and around.title not in rulers:
        return False  # Mr. King, Herrn Herzog
    if {around.sex, titles(language).get(case.mention.words, "")} == {"f", "m"}:
        return False  # Miss Bishop, Frau König
    return not case.is_bound and (around.opens or case.is_common)


def _is_place(case: _Case) -> bool:
    """Whether a street, a ship, a house is called so: Dawson Street, ångaren Svan, till Berg."""
    around = case.mention.around
    if around.firm or (around.housed and (case.is_person or around.after)):
        return True
    return case.is_person and (around.led or around.dated or case.among("streets", "places"))


def _is_phrase(case: _Case) -> bool:
    """Whether a common word begins what is called by several: Black Friday, Young Men's Club."""
    after, nouns = case.mention.around.after, case.known.voice.nouns
    goes_on = bool(after) and not is_title(after, case.known.voice.language)
    return case.is_person and case.is_listed and goes_on and not (nouns or case.is_bound)


def _has_article(case: _Case) -> bool:
    """Whether an article stands before what the text does not have as a person's name."""
    article = case.mention.around.determined and case.among("articles")
    return case.is_person and article and not case.is_bound


def _is_adjective(case: _Case) -> bool:
    """Whether an adjective has a capital that only a name has there: mit Klein."""
    around, language = case.mention.around, case.known.voice.language
    within = not (around.opens or around.determined or case.mention.words.isupper())
    return case.known.voice.nouns and within and case.word in words("adjectives", language)


def _is_site(case: _Case) -> bool:
    """Whether what the register has as a place stands where places do: i Lund, Lund den 3 maj."""
    stands = case.mention.around.dated or case.mention.around.led
    return not case.is_person and (stands or case.among("at", "places"))


def _is_in_place(case: _Case) -> bool:
    within = case.is_person and case.among("within", "places")
    return within and (case.is_common or case.is_town)


def _is_at_town(case: _Case) -> bool:
    return case.is_person and case.is_town and case.among("at", "places")


def _is_noun(case: _Case) -> bool:
    """Whether an article makes a noun of it: der Stein, but die Duse whom the text knows."""
    if not (case.known.voice.nouns and case.mention.around.determined):
        return False
    forename = fold(case.word) in case.known.forenames and not case.is_listed
    if forename or any(sign in case.word for sign in HYPHENS):
        return False
    return case.is_common or not case.is_definite


def _is_small(case: _Case) -> bool:
    voice = case.known.voice
    # A capital says nothing at the beginning of a sentence, among nouns and among capitals.
    unsaid = case.mention.around.opens or voice.nouns or case.mention.words.isupper()
    stands = voice.is_small(case.mention.words) and unsaid
    return stands and (case.is_listed or voice.nouns or not case.is_bound)


def _is_never(case: _Case) -> bool:
    words_of = own if case.mention.exact else words  # another spelling needs more evidence
    return case.is_person and case.mention.words in words_of(
        "never", case.known.voice.language, "places"
    )


def _is_possessive(case: _Case) -> bool:
    """Whether a forename opens a sentence as a common word would: Hans hatt, Will you come"""
    forename = all(form.strength == Strength.FORENAME for form in case.mention.forms)
    return forename and case.is_common and case.mention.around.opens


def _is_opener(case: _Case) -> bool:
    plain = fold(case.mention.words) == fold(case.word)
    if case.is_common and case.mention.around.opens and plain:
        return True
    return any(map(case.known.voice.is_everyday, (case.mention.words, case.word)))


# Whether what is said makes a word of it, in the order in which it is asked.
RULES: tuple[tuple[Callable[[_Case], bool], bool], ...] = (
    (_is_house, True),
    (_is_rank, True),
    (lambda case: bool(case.mention.around.title), False),
    (_is_place, True),
    (_is_site, False),
    (_is_in_place, True),
    (_is_noun, True),
    (_is_phrase, True),
    (_has_article, True),
    (_is_adjective, False),
    (lambda case: case.is_bound and case.mention.around.does, False),
    (_is_small, True),
    (_is_possessive, True),
    (lambda case: case.is_bound, False),
    (_is_at_town, True),
    (_is_never, True),
    (_is_opener, True),
)


def is_word(mention: Mention, known: Circumstances) -> bool:
    """Whether what looks like a name may be a common word, and nothing speaks for the name."""
    if not mention.is_single or mention.forms[0].type in ("role", "nickname"):
        return False
    case = _Case(mention, known)
    return next((verdict for speaks, verdict in RULES if speaks(case)), False)
