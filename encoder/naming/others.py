"""What looks like a name of the register may be another's: the words beside it say so.

A forename that the bearer has not, a numeral, a ruler's title, "née" before it make another of it.
"""

from __future__ import annotations

from encoder.naming.anatomy import ROMAN, first_names, surname
from encoder.naming.forms import Form, Strength
from encoder.naming.mentions import Circumstances, Mention
from encoder.naming.ranking import has_role
from encoder.naming.spelling import fold
from encoder.naming.titles import words


def is_anothers(mention: Mention, known: Circumstances) -> bool:
    """Whether a forename alone is the beginning or the middle of a name not in the register."""
    best = max(form.strength for form in mention.forms)
    if _is_elsewhere(mention, known):
        return True
    if best < Strength.PART and not mention.is_single:
        return bool(mention.around.after)
    if not mention.is_single or best > Strength.SURNAME:
        return False
    bare, around = mention.words, mention.around
    if around.within:
        return True
    uninflected = fold(bare) == fold(mention.forms[0].text)
    forename = fold(mention.forms[0].text) in known.forenames
    followed = bool(around.after) and uninflected and forename
    preceded = bool(around.given) and is_forename(around.given[0][0], known)
    unnamed = not any(is_nameless(form) for form in mention.forms)
    return followed or (preceded and unnamed)


def _is_elsewhere(mention: Mention, known: Circumstances) -> bool:
    """Whether what stands beside a name tells of another: a numeral, a ruler, a lady's birth.

    Napoléon III is not Napoléon I, Herzog Karl no Karl of the register; Anna Ek, född Lind, is no
    Lind.
    """
    around, language = mention.around, known.voice.language
    if mention.forms[0].person.kind != "person" or not mention.is_single:
        return False
    forename = all(form.strength <= Strength.FORENAME for form in mention.forms)
    before = {around.before, around.before.lower(), around.title}
    if forename and not before.isdisjoint(words("rulers", language)):
        people = (form.person for form in mention.forms)
        return all(surname(one) and not has_role(one, around.title) for one in people)
    if ROMAN.fullmatch(around.after) and len(around.after) > 1:
        return True
    born = around.before in words("born", language)
    return born and all(fold(form.text) == fold(surname(form.person)) for form in mention.forms)


def is_nameless(form: Form) -> bool:
    """Whether the register has no forename that another could contradict."""
    return form.person.kind == "person" and not first_names(form.person)


def is_forename(word: str, known: Circumstances) -> bool:
    bare = word.rstrip(".")
    if len(bare) == 1:
        return bare != word or bare not in words("openers", known.voice.language)
    return "." in bare or fold(bare) in known.forenames
