"""To decide is to say whom a name in the text means, how sure that is, and what says so.

The longest form wins. Of several bearers the one is meant whom the text names in full, whose sex
and rank the title fits, who lived at the text's date, of whom the register tells most, in that
order. What only the last of these decides, and what nothing decides, stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from encoder.naming.abbreviated import Surnames, initials
from encoder.naming.anatomy import first_names, sex_of, surname
from encoder.naming.company import Company, Texts, familiar
from encoder.naming.context import REACH, Voice, agrees, context, is_listed, is_same
from encoder.naming.era import Era, life
from encoder.naming.forenames import forenames
from encoder.naming.forms import Form, Strength
from encoder.naming.index import Index, Match
from encoder.naming.mentions import Circumstances, Judgement, Mention
from encoder.naming.ordinary import is_word
from encoder.naming.others import is_anothers, is_forename, is_nameless
from encoder.naming.ranking import DEAD, REASONS, age, chosen, has_role, settled
from encoder.naming.spelling import fold
from encoder.naming.titles import words
from encoder.registers import Person

MANY = 3  # initials that hardly mean two persons of one register


@dataclass(frozen=True, eq=False)
class Ready:
    """A register, made ready for all the texts it serves."""

    index: Index
    forenames: frozenset[str]
    surnames: Surnames
    era: Era


def judge(
    texts: Sequence[str],
    entries: Iterable[Person],
    language: str,
    *,
    year: int = 0,
    opening: str = "",
    concerned: Iterable[str] = (),
    is_closed: Callable[[int, int, int], bool] | None = None,
    others: Callable[[], Texts] | None = None,
) -> list[Judgement]:
    """Decide on every name of a register in some running texts that belong together.

    Args:
        texts: the body, the notes.
        entries: the register.
        language: BCP 47 tag of the texts.
        year: when the text was written; 0 where it is not known.
        opening: where the text may say so with a year cut short.
        concerned: ids of those the text is surely about: its author, whom it is sent to.
        is_closed: whether no name is sought in a text (its number) from a start to an end.
        others: what returns the companions of the texts; asked where these do not tell.
    """
    entries = tuple(entries)
    ready, voice = _ready(entries, language), Voice(language, tuple(texts))
    company = (lambda: _named(others(), ready, language)) if others else Company
    year = year or ready.era.year(opening)
    known = Circumstances(
        voice,
        year,
        ready.forenames,
        Counter(concerned),
        company=company,
        middle=ready.era.middle,
    )

    def is_open(mention: Mention) -> bool:
        return not (is_closed and is_closed(mention.text, mention.start, mention.end))

    whole = list(filter(is_open, _met(texts, ready, known)))
    known = _acquainted(known, whole, entries)
    mentions = [*whole, *_cut(texts, ready, known)]
    mentions.sort(key=lambda mention: (mention.text, mention.start, -mention.end))
    judged = [judgement for m in mentions if (judgement := _judged(m, known))]
    titled = (_titled(judgement, texts) for judgement in judged)
    return list(_apart(judgement for judgement in titled if is_open(judgement.mention)))


def _met(texts: Sequence[str], ready: Ready, known: Circumstances) -> Iterator[Mention]:
    """Yield the forms of the register that the texts have, with the forenames before them."""
    for number, text in enumerate(texts):
        for match in ready.index.find(text):
            for one in _unlisted(text, match, ready.index, known.voice.language):
                yield _extended(_mention(number, text, one, known.voice), known)


def _unlisted(text: str, match: Match, index: Index, language: str) -> Iterator[Match]:
    """Yield a match, or two for what only looks inverted: fru Ek, Otto och Anna."""
    comma = text.find(",", match.start, match.end)
    if comma < 0 or not is_listed(text, match.start, match.end, language):
        yield match
        return
    after = comma + 1  # what stands there may begin a longer name
    for start, end in ((match.start, comma), (after, match.end + REACH)):
        for part in index.find(text[start:end]):
            if start + part.start < match.end:
                yield part._replace(start=start + part.start, end=start + part.end)


@lru_cache(4)
def _named(texts: Texts, ready: Ready, language: str) -> Company:
    """Return whom some texts surely name."""
    found = Company()
    for text in texts():
        known = Circumstances(Voice(language, (text,)), 0, ready.forenames, {})
        met = _met((text,), ready, known)
        sure = [(ident, one.forms[0].strength) for one in met if (ident := _surely(one, known))]
        found.named.update({ident for ident, _ in sure})
        found.called.update({ident for ident, strength in sure if strength >= Strength.FULL})
    return found


@lru_cache(4)
def _ready(entries: tuple[Person, ...], language: str) -> Ready:
    return Ready(Index(entries, language), _forenames(entries), Surnames(entries), Era.of(entries))


def _acquainted(
    known: Circumstances, mentions: Sequence[Mention], entries: Iterable[Person]
) -> Circumstances:
    """Return the circumstances with those whom the mentions surely mean."""
    sure = [(mention, found) for mention in mentions if (found := _surely(mention, known))]
    bound = Counter(known.bound) + Counter(found for _, found in sure)
    untitled = {found for mention, found in sure if not mention.around.title}
    people = [entry for entry in entries if entry.id in bound and entry.kind == "person"]
    ladies = {person.id for person in people if sex_of(person) == "f"} - untitled
    known = known._replace(bound=bound, ladies=frozenset(ladies))
    shown = {("houses", fold(surname(person))) for person in people}
    for mention in mentions:
        new = set(_shown(mention)) - shown
        if new and not is_word(mention, known):
            shown |= new
    houses, called, bare = (
        frozenset(name for kind, name in shown if kind == key and name)
        for key in ("houses", "called", "bare")
    )
    return known._replace(houses=houses, called=called, bare=bare)


def _shown(mention: Mention) -> Iterator[tuple[str, str]]:
    """Yield which names a mention shows, and how, if it is one: see `Circumstances`."""
    for form in mention.forms[:1]:
        if _is_full(mention):
            yield "houses", fold(surname(form.person))
        if form.strength == Strength.FORENAME:
            yield "called", fold(form.text)
        if _is_bare(mention):
            yield "bare", fold(form.text)


def _is_bare(mention: Mention) -> bool:
    around = mention.around
    return not (around.title or around.determined or around.opens)


def _is_full(mention: Mention) -> bool:
    """Whether a mention has a surname."""
    return mention.exact and max(form.strength for form in mention.forms) >= Strength.SURNAME


def _cut(texts: Sequence[str], ready: Ready, known: Circumstances) -> Iterator[Mention]:
    """Yield the names that are cut short: initials after a title, surnames before a point."""
    for number, text in enumerate(texts):
        for match in ready.surnames.cut(text):
            mention = _mention(number, text, match, known.voice)
            # The article is that of the noun after it: zur Wasserm. Vorlesung
            yield replace(mention, around=mention.around._replace(determined=False))
        for match in initials(text, ready.surnames.named(known.bound)):
            mention = _mention(number, text, match, known.voice)
            if mention.around.title:
                yield mention


def _apart(judged: Iterable[Judgement]) -> Iterator[Judgement]:
    """Yield judgements of which none reaches into the one before."""
    here = (-1, 0)
    for judgement in judged:
        mention = judgement.mention
        if (mention.text, mention.start) >= here:
            here = (mention.text, mention.end)
            yield judgement


def _titled(judgement: Judgement, texts: Sequence[str]) -> Judgement:
    """Return a judgement on a name with the titles that are part of it (TEI P5 14.2.1)."""
    mention = judgement.mention
    begins = mention.around.begins
    parted = any(start < mention.start for _, start in mention.around.given)
    if begins >= mention.start or parted or not judgement.forms:
        return judgement
    found = texts[mention.text][begins : mention.end]
    return replace(
        judgement,
        mention=replace(mention, start=begins, words=found, titles=mention.start - begins),
    )


def _mention(number: int, text: str, match: Match, voice: Voice) -> Mention:
    around = context(text, match.start, match.end, voice)
    found = text[match.start : match.end]
    return Mention(number, match.start, match.end, found, match.forms, around, match.exact)


def _forenames(entries: Iterable[Person]) -> frozenset[str]:
    """Return the forenames that the register has, and those that are common."""
    people = (entry for entry in entries if entry.kind == "person")
    found = (name for entry in people for name in first_names(entry).split())
    own = {fold(name) for name in found if len(name) > 2 and name[0].isupper()}
    return forenames() | own


def _extended(mention: Mention, known: Circumstances) -> Mention:
    """Return a surname with the forenames before it, borne only by those who bear these too."""
    given = mention.around.given
    if not given or max(form.strength for form in mention.forms) > Strength.SURNAME:
        return mention
    word, start = given[0]
    fitting = tuple(f for f in mention.forms if _fits(word, f, known))
    if not fitting and len(word.rstrip(".")) > 1:
        fitting = tuple(f for f in mention.forms if _is_bearer(f) and is_same(word, _called(f)))
        mention = replace(mention, exact=mention.exact and not fitting)
    if fitting:
        for word, at in given[1:]:
            fitting_more = tuple(f for f in fitting if _fits(word, f, known))
            if not fitting_more:
                break
            fitting, start = fitting_more, at
        found = _words_from(mention, start)
        full = tuple(form._replace(strength=Strength.FULL) for form in fitting)
        return replace(mention, start=start, words=found, forms=full)
    if is_forename(word, known):
        return replace(mention, forms=tuple(f for f in mention.forms if is_nameless(f)))
    return mention


def _words_from(mention: Mention, start: int) -> str:
    taken = [word for word, at in mention.around.given if at >= start]
    return " ".join((*reversed(taken), mention.words))


def _fits(word: str, form: Form, known: Circumstances) -> bool:
    return _is_bearer(form) and agrees(word, _called(form), known.voice.language)


def _is_bearer(form: Form) -> bool:
    """Whether a form is a surname, before which its bearer's forenames may stand."""
    return form.strength != Strength.FORENAME and form.person.kind == "person"


def _called(form: Form) -> list[str]:
    return first_names(form.person).split()


def _surely(mention: Mention, known: Circumstances) -> str:
    """Return the id of the one whom a mention means and can mean no other; else nothing."""
    mention = _of_kind(mention, known)
    forms = _possible(mention, known)
    if len(forms) > 1 and not mention.is_single:
        forms = settled(mention, forms, known)
    if len(forms) != 1 or forms[0].strength < Strength.SURNAME or is_word(mention, known):
        return ""
    return forms[0].person.id


def _of_kind(mention: Mention, known: Circumstances) -> Mention:
    """Return a mention of a person or of a place, where both are called so: Mr. Kent, in Kent."""
    people = tuple(form for form in mention.forms if form.person.kind == "person")
    if not people or len(people) == len(mention.forms):
        return mention
    does = mention.around.does and any(form.person.id in known.bound for form in people)
    rest = tuple(form for form in mention.forms if form not in people)
    return replace(mention, forms=people if mention.around.title or does else rest)


def _possible(mention: Mention, known: Circumstances) -> list[Form]:
    """Return the forms whose bearers the time and the title allow."""
    sex, title = mention.around.sex, mention.around.title
    forms = mention.forms
    if title and title not in words("relatives", known.voice.language):
        # After most titles stands a surname: M. Simon is not Simon Caron.
        forms = tuple(f for f in forms if f.strength >= Strength.PART) or forms
    return [
        form
        for form in forms
        if not (sex and (sex_of(form.person) or sex) != sex)
        and not (known.year and (life(form.person)[0] or -9999) > known.year)
    ]


def _judged(mention: Mention, known: Circumstances) -> Judgement | None:
    """Return whom a mention means; a verb hardly tells Lund who sang from Lund that was burning."""
    meant = _of_kind(mention, known)
    found = _told(meant, known)
    if not found or meant.around.title or found.forms[0].person.kind != "person":
        return found
    rest = tuple(form for form in mention.forms if form not in meant.forms)
    asked = replace(found, forms=found.forms + rest, cert="low", why=REASONS["kind"], open=True)
    return asked if rest else found


def _told(mention: Mention, known: Circumstances) -> Judgement | None:
    forms = _possible(mention, known)
    if not forms or is_word(mention, known) or is_anothers(mention, known):
        return None
    best = max(form.strength for form in forms)
    little = best < Strength.SURNAME or _is_forename_too(mention, known)
    weak = mention.is_single and (little or not mention.exact)
    weak = weak or best < Strength.PART
    meant = _weakly(mention, forms, known) if weak else forms
    found = chosen(mention, meant, known) if meant else None
    if found and not (found.open and weak):
        return replace(found, cert="medium") if weak and found.cert == "high" else found
    return _familiar(mention, meant or forms, known)


def _familiar(mention: Mention, forms: list[Form], known: Circumstances) -> Judgement | None:
    """Return the judgement on a forename alone that only the company of the text explains."""
    forename = all(form.strength == Strength.FORENAME for form in forms)
    if not forename or mention.around.title or known.voice.is_common(mention.words):
        return None
    living = [form for form in forms if age(form.person, known.year) < DEAD]
    meant = familiar((form.person.id for form in living), known.company().called, known.bound)
    best = tuple(form for form in living if form.person.id == meant)
    return Judgement(mention, best, "medium", REASONS["company"]) if best else None


def _is_forename_too(mention: Mention, known: Circumstances) -> bool:
    """Whether a surname without a title is a forename too, which others may bear: Simon."""
    forename = fold(mention.forms[0].text) in known.forenames
    return forename and not mention.around.title


def _weakly(mention: Mention, forms: list[Form], known: Circumstances) -> list[Form]:
    """Return who may be meant by little of a name.

    That is one whom the text names, one of the house of such, or the only bearer.
    """
    titled = [form for form in forms if has_role(form.person, mention.around.title)]
    if len(titled) == 1:
        return titled
    bound = [form for form in forms if form.person.id in known.bound]
    if mention.around.title in words("relatives", known.voice.language):
        return forms if len(forms) == 1 else []
    little = any(_is_unelided(form) or _is_initials(form) for form in forms)
    if bound or little:
        return bound
    if known.voice.is_common(mention.words):
        return []
    kin = [form for form in forms if fold(surname(form.person)) in known.houses]
    if len(kin) == 1 and kin[0].strength == Strength.FORENAME:
        return kin
    forms = [form for form in forms if age(form.person, known.year) < DEAD]
    surnames = all(form.strength == Strength.PART for form in forms)
    return forms if len(forms) == 1 or surnames else []


def _is_initials(form: Form) -> bool:
    """Whether a form has but two initials, which many share: A. S., but not Anna S."""
    row = form.text.split()
    return form.strength == Strength.INITIALS and len(row) < MANY and len(row[0].rstrip(".")) == 1


def _is_unelided(form: Form) -> bool:
    """Whether a form lacks what was elided before it, and may be a country: Autriche."""
    names = [name.text for name in form.person.names]
    return any(f"{sign}{form.text}" in name for name in names for sign in ("d'", "d’"))
