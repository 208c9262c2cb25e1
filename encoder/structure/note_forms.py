"""The forms in which notes are printed: how a note begins, and how the text calls it.

A label is what stands before a note, a callout what calls it in the text (TEI P5 3.9.1).
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Form(NamedTuple):
    """One way to print notes: their labels, their callouts, and whether a bracket closes them.

    In a callout `{}` is the note's mark, and `{^}` that mark raised.

    `bare`: a label may be anything else, so that only its turn in a series makes it one.
    `indented`: paragraphs of a note behind its first are set in.
    """

    label: re.Pattern[str]
    callout: str
    closed: bool = False
    bare: bool = False
    indented: bool = False

    def calls(self, mark: str) -> re.Pattern[str]:
        """Return a pattern for the callouts of a mark."""
        called = self.callout.replace("{^}", re.escape(mark.translate(RAISED)))
        return re.compile(called.replace("{}", re.escape(mark)))


NAMED = (
    "footnote|note|fu(?:ß|ss)note|anmerkung|fotnot|not|fodnote|fotnote|voetnoot|noot|nota|"
    "примечание|сноска"
)
QUOTES = "\"“”„«»‘’'›‹"
# A mark that stands alone is glued to a letter or a sign, and no figure or letter follows it; in
# `2.1` it is glued to no sign, and behind leaders it is a page. The mark is sought first, what
# stands before it is looked at from behind it: that is much faster.
GLUED = (
    r"(?:{}|{^})(?![\w*])(?<=(?:[^\W\d_]|[.,;:!?…)\]”’»“\"'])(?:{}|{^}))"
    r"(?<!(?<!\d)\d[.,](?:{}|{^}))(?<!\.\.\.\.(?:{}|{^}))"
)
# A letter glued to a letter is one of its word.
AFTER_SIGN = r"(?![\w*])(?:(?<=[.,;:!?…)\]”’»“\"']{})|(?<=[^\W\d_]{})(?<=\d))"
# A bracket may close the mark in the text as it does before the note: `Stadt1)`, `Stadt*)`.
CLOSED = r"{}\)(?<=[^\W\d_]{}\))(?<=\d\))|{^}\)(?<=\S{^}\))(?<=[⁰¹²³⁴-⁹]\))"
FORMS = (
    Form(
        re.compile(r"\[\^([^\]\s]+)\]:"),
        r"\[\^{}\](?:(?!:)|(?<=\S\[\^{}\]))",
        indented=True,
    ),
    Form(re.compile(rf"\[(?:{NAMED})\s+([^\s:]+):", re.IGNORECASE), r"\[{}\]", True),
    Form(re.compile(r"\[(\d{1,3}|[a-z]|[A-Z]{1,2}|\*{1,3})\](?=\s)"), r"\[{}\]"),
    Form(re.compile(r"\((\d{1,3}|[a-z]|\*{1,3}|[†‡§])\)(?=\s)"), r"\({}\)"),
    Form(
        re.compile(r"(\d{1,3}|[a-z])\)(?=\s+\S)"),
        rf"{CLOSED}|{{}}(?:\)(?<![\w(]{{}}\))|{AFTER_SIGN})",
        bare=True,
    ),
    Form(re.compile(r"(\d{1,3})\.?(?=\s+\S)"), GLUED, bare=True),
    # A raised figure that an extraction took for a plain one is glued to the note.
    Form(re.compile(rf"(\d{{1,3}})(?=[{QUOTES}(\[]?[^\W\d_](?:[^\W\d_]| \S))"), GLUED, bare=True),
    Form(
        re.compile(r"([⁰¹²³⁴-⁹]+|\*{1,3}|[†‡§¶]{1,2})\)(?=\s+\S)"), rf"{{}}\)(?<=\S{{}}\))|{GLUED}"
    ),
    Form(re.compile(r"([⁰¹²³⁴-⁹]+)(?=\s*\S)"), GLUED),
    Form(re.compile(r"(\*{1,3}|[†‡§¶]{1,2})[.)]?(?=\s+\S)"), GLUED),
)
# What a label can begin with: most lines do not, and need not be looked at.
MARKS = frozenset("[(0123456789*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Callouts that are nothing else: whatever else they call, they call a note.
SURE = (r"\[\^([^\]\s]+)\]", r"\[(\d{1,3}|[a-z]|\*{1,3})\]", r"([⁰¹²³⁴-⁹]+)")
