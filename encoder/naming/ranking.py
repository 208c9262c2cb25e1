"""Of several bearers of a name one is meant: what speaks for each, the weightiest first.

A title, a full name elsewhere in the text, the times of their lives, custom, rank. What only the
wealth of the entry or the order of the register tells apart stays open.
"""

from __future__ import annotations

from collections.abc import Iterable

from encoder.naming.anatomy import first_names, is_told_apart, sex_of
from encoder.naming.company import familiar
from encoder.naming.era import life
from encoder.naming.forms import Form, Strength
from encoder.naming.mentions import Cert, Circumstances, Judgement, Mention
from encoder.naming.spelling import fold
from encoder.naming.titles import titles
from encoder.registers import Person

DECADE = 10
DEAD = 2  # what `_age` says of one long dead
MEMORY = 30  # years after a death in which a surname alone still means whom it meant before
CHILDHOOD = 14  # years in which one is hardly called by surname
ASKED = 9  # bearers of whom an editor is asked: those with a key of their own in tei review
OPEN = {"near", "facts", "plain", "order"}
REASONS = {
    "strength": "the text has more of this name than of the others'",
    "bound": "the text names this person in full",
    "title": "the title fits",
    # Until late in the last century a surname alone meant a man where both bore it.
    "untitled": "a woman would have a title",
    "dead": "the others were dead long since",
    "alive": "lived at the date of the text",
    "called": "the text has this forename alone",
    "role": "the register gives that rank or role",
    "junior": "the others have an addition in the register",
    "whole": "the register has this forename and no more",
    "kind": "a person is called so, and what is no person; what follows is said of persons",
    "company": "the other texts name this person most",
    "near": "of the generation of most in the register",
    "facts": "the register tells most of this person",
    "plain": "the register gives the fewest forenames",
    "order": "the first in the register",
}


def chosen(mention: Mention, forms: list[Form], known: Circumstances) -> Judgement:
    """Return the judgement on a mention that some of the register may bear."""
    if len(forms) == 1:
        sure = forms[0].strength >= Strength.SURNAME and mention.exact
        cert: Cert = "high" if sure else "medium"
        return Judgement(mention, tuple(forms), cert, _alone(forms[0], mention))
    ranked, reason = _ranked(mention, forms, known)
    if reason in OPEN and (best := _familiar(ranked, known)):
        ranked.sort(key=lambda form: form.person.id != best)
        reason = "company"
    undecided = reason in OPEN
    why = REASONS[reason]
    if len(ranked) > ASKED:
        why += f"; {len(ranked) - ASKED} more are called so"
    cert = "low" if undecided else "medium"
    return Judgement(mention, tuple(ranked[:ASKED]), cert, why, undecided)


def settled(mention: Mention, forms: list[Form], known: Circumstances) -> list[Form]:
    """Return the full name that a mention has by what is firm, if one alone; else all forms."""
    if any(form.strength < Strength.FULL for form in forms):
        return forms
    ranked, reason = _ranked(mention, forms, known)
    return forms if reason in OPEN else ranked[:1]


def _ranked(mention: Mention, forms: list[Form], known: Circumstances) -> tuple[list[Form], str]:
    """Return two forms or more, the likeliest first, and what tells the first from the second."""
    ranked = sorted(forms, key=lambda form: tuple(_marks(form, mention, known).values()))
    first, second = (_marks(form, mention, known) for form in ranked[:2])
    return ranked, next((key for key in first if first[key] != second[key]), "order")


def _familiar(forms: Iterable[Form], known: Circumstances) -> str:
    ids = [form.person.id for form in forms]
    return familiar(ids, known.company().named, known.bound)


def _alone(form: Form, mention: Mention) -> str:
    """Say why the only bearer is meant."""
    kind = {
        Strength.GIVEN: "a form the register gives",
        Strength.FULL: "forename or initial, and surname",
        Strength.SURNAME: "the only one of that surname",
        Strength.PART: "the only one with that part of a surname",
        Strength.FORENAME: "the only one of that forename, or the one the text names in full",
        Strength.INITIALS: "initials of one the text names",
    }[form.strength]
    return kind if mention.exact else f"{kind}, otherwise spelt"


def _marks(form: Form, mention: Mention, known: Circumstances) -> dict[str, int]:
    """Return what speaks for a bearer, the weightiest first; less is better."""
    person = form.person
    return {
        "title": -(_is_of_sex(person, mention) or _is_cut(person, mention, known)),
        "bound": -(person.id in known.bound and not _is_lady(form, mention, known)),
        "dead": int(age(person, known.year) == DEAD),
        "untitled": int(sex_of(person) == "f" and not mention.around.sex),
        "called": -(fold(first_names(person).partition(" ")[0]) in known.called),
        "alive": age(person, known.year),
        "strength": -min(form.strength, Strength.FULL),
        "role": -has_role(person, mention.around.title),
        "junior": int(is_told_apart(person)),
        "whole": int(not _is_whole(form, mention)),
        "near": abs((life(person)[0] or 0) - known.middle) // DECADE,
        "facts": -person.facts,
        "plain": len(first_names(person).split()),
    }


def _is_of_sex(person: Person, mention: Mention) -> bool:
    return bool(mention.around.sex) and sex_of(person) == mention.around.sex


def _is_cut(person: Person, mention: Mention, known: Circumstances) -> bool:
    """Whether what looks like a title is a forename cut short: Fr. for Friedrich."""
    title, others = mention.around.title, titles(known.voice.language)
    only_cut = len(title) > 1 and f"{title}." in others and title not in others
    return only_cut and first_names(person).startswith(title)


def _is_whole(form: Form, mention: Mention) -> bool:
    """Whether a name with forenames has all that the register gives: not Anna Ek for Anna Maria."""
    partial = form.strength == Strength.FULL
    return not partial or fold(first_names(form.person)) in fold(mention.words)


def _is_lady(form: Form, mention: Mention, known: Circumstances) -> bool:
    """Whether a name stands without the lady's title that the text always gives its bearer."""
    return form.person.id in known.ladies and mention.around.sex != "f"


def age(person: Person, year: int) -> int:
    """Return 0 for one who lived then or not long before, 1 for a child and the unknown, else 2."""
    birth, death = life(person)
    if not year or (birth is None and death is None):
        return 1
    if (birth is not None and birth >= year) or (death is not None and year > death + MEMORY):
        return DEAD
    return int(birth is not None and birth + CHILDHOOD >= year)


def has_role(person: Person, title: str) -> bool:
    said, told = fold(title), (*person.roles, *(name.text for name in person.names))
    return bool(said) and any(said in fold(words).split() for words in told)
