"""To decide is to say whom a name in the text means, how sure that is, and what says so.

The longest form wins. Of several bearers the one is meant whom the text names in full, whose sex
and rank the title fits, who lived at the text's date, of whom the register tells most, in that
order. What only the last of these decides, and what nothing decides, stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from encoder.naming.context import Context, Voice, agrees, context, titled
from encoder.naming.forms import Form, Strength, first_names
from encoder.naming.index import Index, Match
from encoder.naming.spelling import TOKEN, fold
from encoder.naming.titles import words
from encoder.registers import Person

Cert = Literal["high", "medium", "low"]
MEMORY = 30  # years after a death in which a surname alone still means whom it meant before
OPEN = {"facts", "order"}
REASONS = {
    "strength": "the text has more of this name than of the others'",
    "bound": "the text names this person in full",
    "title": "the title fits",
    # Until late in the last century a surname alone meant a man where both bore it.
    "untitled": "a woman would have a title",
    "alive": "lived at the date of the text",
    "role": "the register gives that rank or role",
    "facts": "the register tells most of this person",
    "order": "the first in the register",
}


@dataclass(frozen=True)
class Mention:
    """A form of a name where a running text has it: offsets in that text, and its neighbours.

    `titles` is how many of its characters are titles before the name.
    """

    text: int
    start: int
    end: int
    words: str
    forms: tuple[Form, ...]
    around: Context
    exact: bool = True
    titles: int = 0

    @property
    def is_single(self) -> bool:
        """Whether it is one word alone."""
        return len(TOKEN.findall(self.forms[0].text)) == 1


@dataclass(frozen=True)
class Judgement:
    """Whom a mention means: its bearers, the likeliest first, and what decided it.

    No bearer means that it was found to be nobody of the register; `why` says what decided.
    """

    mention: Mention
    forms: tuple[Form, ...]
    cert: Cert = "high"
    why: str = ""
    open: bool = False


class Circumstances(NamedTuple):
    """What is known of the whole text: how it uses words, when it was written, who is surely in it.

    `year` is 0 where no date is known.
    """

    voice: Voice
    year: int
    forenames: frozenset[str]
    bound: Mapping[str, int]


def judge(
    texts: Sequence[str],
    entries: Iterable[Person],
    language: str,
    *,
    year: int = 0,
    concerned: Iterable[str] = (),
) -> list[Judgement]:
    """Decide on every name of a register in some running texts that belong together.

    Args:
        texts: the body, the notes.
        entries: the register.
        language: BCP 47 tag of the texts.
        year: when the text was written; 0 where it is not known.
        concerned: ids of those the text is surely about: its author, whom it is sent to.
    """
    entries = tuple(entries)
    index, voice = _index(entries, language), Voice(language, tuple(texts))
    mentions = [
        _mention(number, text, match, voice)
        for number, text in enumerate(texts)
        for match in index.find(text)
    ]
    known = Circumstances(voice, year, _forenames(entries), Counter(concerned))
    extended = [_extended(mention, known) for mention in mentions]
    sure = (_surely(mention, known) for mention in extended)
    known = known._replace(bound=Counter(known.bound) + Counter(filter(None, sure)))
    judged = [judgement for m in extended if (judgement := _judged(m, known))]
    return list(_titled(_apart(judged), texts, language))


@lru_cache(4)
def _index(entries: tuple[Person, ...], language: str) -> Index:
    """Return the index of a register, made once for all the texts it serves."""
    return Index(entries, language)


def _apart(judged: Iterable[Judgement]) -> Iterator[Judgement]:
    """Yield judgements of which none reaches into the one before."""
    here = (-1, 0)
    for judgement in judged:
        mention = judgement.mention
        if (mention.text, mention.start) >= here:
            here = (mention.text, mention.end)
            yield judgement


def _titled(
    judged: Iterable[Judgement], texts: Sequence[str], language: str
) -> Iterator[Judgement]:
    """Yield judgements on persons with the titles before them, up to the name before."""
    here = (-1, 0)
    for judgement in judged:
        mention = judgement.mention
        text, form = texts[mention.text], judgement.forms[0]
        start = titled(text, mention.start, language)
        named = form.person.kind == "person" and form.type != "role"
        if named and start < mention.start and (mention.text, start) >= here:
            found = text[start : mention.end]
            mention = replace(mention, start=start, words=found, titles=mention.start - start)
        here = (mention.text, mention.end)
        yield replace(judgement, mention=mention)


def _mention(number: int, text: str, match: Match, voice: Voice) -> Mention:
    around = context(text, match.start, match.end, voice)
    found = text[match.start : match.end]
    return Mention(number, match.start, match.end, found, match.forms, around, match.exact)


def _forenames(entries: Iterable[Person]) -> frozenset[str]:
    """Return the forenames that the register knows."""
    people = (entry for entry in entries if entry.kind == "person")
    found = (name for entry in people for name in first_names(entry).split())
    return frozenset(fold(name) for name in found if len(name) > 2 and name[0].isupper())


def _extended(mention: Mention, known: Circumstances) -> Mention:
    """Return a surname with the forenames before it, borne only by those who bear these too."""
    given = mention.around.given
    if not given or max(form.strength for form in mention.forms) > Strength.SURNAME:
        return mention
    word, start = given[0]
    fitting = tuple(f for f in mention.forms if _fits(word, f))
    if fitting:
        for word, at in given[1:]:
            fitting_more = tuple(f for f in fitting if _fits(word, f))
            if not fitting_more:
                break
            fitting, start = fitting_more, at
        found = _words_from(mention, start)
        full = tuple(form._replace(strength=Strength.FULL) for form in fitting)
        return replace(mention, start=start, words=found, forms=full)
    if _is_forename(word, known):
        return replace(mention, forms=tuple(f for f in mention.forms if _nameless(f)))
    return mention


def _words_from(mention: Mention, start: int) -> str:
    taken = [word for word, at in mention.around.given if at >= start]
    return " ".join((*reversed(taken), mention.words))


def _fits(word: str, form: Form) -> bool:
    if form.strength == Strength.FORENAME or form.person.kind != "person":
        return False
    return agrees(word, first_names(form.person).split())


def _nameless(form: Form) -> bool:
    """Whether the register has no forename that another could contradict."""
    return form.person.kind == "person" and not first_names(form.person)


def _is_forename(word: str, known: Circumstances) -> bool:
    bare = word.rstrip(".")
    return len(bare) == 1 or "." in bare or fold(bare) in known.forenames


def _surely(mention: Mention, known: Circumstances) -> str:
    """Return the id of the one whom a mention means and can mean no other; else nothing."""
    forms = _possible(mention, known)
    if len(forms) != 1 or forms[0].strength < Strength.SURNAME or _is_word(mention, known):
        return ""
    return forms[0].person.id


def _possible(mention: Mention, known: Circumstances) -> list[Form]:
    """Return the forms whose bearers the time and the title allow."""
    sex = mention.around.sex
    return [
        form
        for form in mention.forms
        if not (sex and form.person.sex and sex != form.person.sex)
        and not (known.year and (_year(form.person.birth) or -9999) > known.year)
    ]


def _year(date: str) -> int | None:
    """Return the year of a W3C date; nothing of words."""
    digits = date.lstrip("-").split("-")[0].strip()[:4]
    return (-1 if date.startswith("-") else 1) * int(digits) if digits.isdecimal() else None


def _is_word(mention: Mention, known: Circumstances) -> bool:
    """Whether what looks like a name may be a common word, and nothing speaks for the name."""
    if not mention.is_single or mention.forms[0].type in ("role", "nickname"):
        return False
    word, around, voice = mention.forms[0].text, mention.around, known.voice
    if around.title:
        return False
    common = voice.is_common(mention.words) or voice.is_common(word)
    within = common and around.before in words("within", voice.language, "places")
    small = voice.is_small(mention.words) and (around.opens or voice.nouns)
    if within or small or (voice.nouns and around.determined and fold(word) not in known.forenames):
        return True
    if any(form.person.id in known.bound for form in mention.forms):
        return False
    opens = around.opens and fold(mention.words) == fold(word)
    return common and (voice.nouns or opens)


def _judged(mention: Mention, known: Circumstances) -> Judgement | None:
    forms = _possible(mention, known)
    if not forms or _is_word(mention, known) or _is_anothers(mention, known):
        return None
    weak = max(form.strength for form in forms) < Strength.SURNAME or not mention.exact
    weak = weak and mention.is_single
    forms = _weakly(mention, forms, known) if weak else forms
    chosen = _chosen(mention, forms, known) if forms else None
    return None if chosen and chosen.open and weak else chosen


def _is_anothers(mention: Mention, known: Circumstances) -> bool:
    """Whether a forename alone is the beginning or the middle of a name not in the register."""
    if not mention.is_single or any(f.strength > Strength.SURNAME for f in mention.forms):
        return False
    bare, around = mention.words, mention.around
    uninflected = fold(bare) == fold(mention.forms[0].text)
    forename = fold(mention.forms[0].text) in known.forenames
    followed = bool(around.after) and uninflected and forename
    preceded = bool(around.given) and _is_forename(around.given[0][0], known)
    unnamed = not any(_nameless(form) for form in mention.forms)
    return followed or (preceded and unnamed)


def _weakly(mention: Mention, forms: list[Form], known: Circumstances) -> list[Form]:
    """Return who may be meant by little of a name: one whom the text names, or the only bearer."""
    bound = [form for form in forms if form.person.id in known.bound]
    if bound or any(_is_unelided(form) for form in forms):
        return bound
    return forms if len(forms) == 1 and not known.voice.is_common(mention.words) else []


def _is_unelided(form: Form) -> bool:
    """Whether a form lacks what was elided before it, and may be a country: Autriche."""
    names = [name.text for name in form.person.names]
    return any(f"{sign}{form.text}" in name for name in names for sign in ("d'", "d’"))


def _chosen(mention: Mention, forms: list[Form], known: Circumstances) -> Judgement:
    """Return the judgement on a mention that some of the register may bear."""
    if len(forms) == 1:
        sure = forms[0].strength >= Strength.SURNAME and mention.exact
        cert: Cert = "high" if sure else "medium"
        return Judgement(mention, tuple(forms), cert, _alone(forms[0], mention))
    ranked = sorted(forms, key=lambda form: tuple(_marks(form, mention, known).values()))
    first, second = (_marks(form, mention, known) for form in ranked[:2])
    reason = next((key for key in first if first[key] != second[key]), "order")
    undecided = reason in OPEN
    return Judgement(
        mention, tuple(ranked), "low" if undecided else "medium", REASONS[reason], undecided
    )


def _alone(form: Form, mention: Mention) -> str:
    """Say why the only bearer is meant."""
    kind = {
        Strength.GIVEN: "a form the register gives",
        Strength.FULL: "forename or initial, and surname",
        Strength.SURNAME: "the only one of that surname",
        Strength.PART: "the only one with that part of a surname",
        Strength.FORENAME: "the only one of that forename, or the one the text names in full",
    }[form.strength]
    return kind if mention.exact else f"{kind}, otherwise spelt"


def _marks(form: Form, mention: Mention, known: Circumstances) -> dict[str, int]:
    """Return what speaks for a bearer, the weightiest first; less is better."""
    person = form.person
    return {
        "title": -bool(mention.around.sex and person.sex == mention.around.sex),
        "bound": -(person.id in known.bound),
        "untitled": int(person.sex == "f" and not mention.around.sex),
        "alive": _age(person, known.year),
        "strength": -min(form.strength, Strength.FULL),
        "role": -_has_role(person, mention.around.title),
        "facts": -person.facts,
    }


def _age(person: Person, year: int) -> int:
    """Return 0 for one who lived then or not long before, 1 where that is not known, else 2."""
    birth, death = _year(person.birth), _year(person.death)
    if not year or (birth is None and death is None):
        return 1
    lived = (birth is None or birth < year) and (death is None or year <= death + MEMORY)
    return 0 if lived else 2


def _has_role(person: Person, title: str) -> bool:
    said = fold(title)
    return bool(said) and any(said in fold(role).split() for role in person.roles)
