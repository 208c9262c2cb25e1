"""What the matcher says: each fault as a Finding with its place, its reason and one remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from encoder.model import Finding
from encoder.validate import position
from encoder.validate.relaxng import expect, ranking
from encoder.validate.relaxng.leaves import Attribute, Element
from encoder.validate.relaxng.names import XML, local, shown, uri
from encoder.validate.relaxng.patterns import NOT_ALLOWED, Pattern
from encoder.validate.relaxng.ranking import Ranking, listed

if TYPE_CHECKING:
    from encoder.validate.relaxng.matcher import Frame
    from encoder.validate.relaxng.schema import Schema

ID = f"{XML} id"
# A path shows so many elements, and a value so many characters, that a message stays short.
STEPS, LONGEST, LONGEST_NAME = 4, 40, 120
# So many faults of one file are told: more say that the schema is not meant for it.
MOST = 10_000


class TooManyError(Exception):
    """More is wrong with a document than anyone would read."""


class Report:
    """The Findings about one document."""

    def __init__(self, places: position.Places, file: str, schema: Schema) -> None:
        self.places, self.file, self.schema = places, file, schema
        self.findings: list[Finding] = []

    @cached_property
    def _elements(self) -> Ranking:
        return Ranking(self.places.data, ranking.TAG_NAME)

    @cached_property
    def _attributes(self) -> Ranking:
        return Ranking(self.places.data, ranking.ATTRIBUTE_NAME)

    def _add(self, code: str, byte: int, message: str, hint: str) -> None:
        where = self.places.position(byte)
        if len(self.findings) >= MOST:
            message = f"There are more than {MOST:,} faults; what follows is not checked."
            hint = "Is it the right schema?"
            self.findings.append(Finding("rng-too-many", "error", message, self.file, where, hint))
            raise TooManyError
        told, hint = _short_words(message), _short_words(hint)
        self.findings.append(Finding(f"rng-{code}", "error", told, self.file, where, hint))

    # --- elements

    def unknown(self, frames: Sequence[Frame], state: Pattern) -> str:
        """Report an element that the schema does not have; return the name that was meant."""
        frame = frames[-1]
        allowed = _names(expect.expected(state))
        near = self._elements.nearest(allowed, frame.name)
        hint = _instead(near, frame.name) if near else self._unknown_hint(frame.name)
        there = self._there(allowed, frame.name)
        message = f"<{local(frame.name)}>{_space(frame.name, near)} is not in the schema"
        self._add("element-unknown", frame.byte, f"{message}{_in(frames)}.{there}", hint)
        return near

    def _unknown_hint(self, name: str) -> str:
        elsewhere = self._elements.nearest(self.schema.known, name)
        if elsewhere:
            return f"Did you mean <{local(elsewhere)}>? It cannot stand here."
        return f"Remove <{local(name)}>, or only its tags."

    def _there(self, allowed: Iterable[str], wrong: str) -> str:
        names = [f"<{local(name)}>" for name in self._elements.ranked(allowed, wrong)]
        return f" Allowed here: {listed(names)}." if names else " No element is allowed here."

    def wrapper(self, frames: Sequence[Frame], state: Pattern) -> str:
        """Return the element that should be around one that is misplaced, '' where none is."""
        frame, needed = frames[-1], _names(expect.missing(state))
        found = _names(expect.holder(state, frame.name))
        if not found & needed and (_was_allowed(frames) or self._ancestor(frames)):
            return ""
        best = self._elements.ranked(found & needed or found)
        return best[0] if best else ""

    def misplaced(
        self, frames: Sequence[Frame], state: Pattern, wrapper: str, displaced: Sequence[str]
    ) -> None:
        """Report an element of the schema that cannot stand where it is."""
        frame, parent = frames[-1], frames[-2]
        name, holder = local(frame.name), local(parent.name)
        where = f" in <{holder}>" if holder else " as the outermost element"
        hint = self._misplaced_hint(frames, wrapper, displaced)
        allowed = _names(expect.expected(state))
        message = f"<{name}> cannot stand here{where}{_in(frames)}."
        self._add("element-misplaced", frame.byte, message + self._there(allowed, ""), hint)

    def _misplaced_hint(
        self, frames: Sequence[Frame], wrapper: str, displaced: Sequence[str]
    ) -> str:
        frame, parent = frames[-1], frames[-2]
        name, ancestor = local(frame.name), self._ancestor(frames)
        if displaced:
            return f"Move <{name}> before <{local(displaced[0])}>."
        if wrapper:
            return f"Put <{name}> in <{local(wrapper)}>."
        if _was_allowed(frames):
            if parent.children[frame.name] > 1:
                return f"Remove this <{name}>: <{local(parent.name)}> already has one."
            return f"Move <{name}> to the beginning of <{local(parent.name)}>."
        if ancestor:
            return f"Close <{local(ancestor)}> before <{name}>."
        return f"Move <{name}> to where it may stand, or remove its tags."

    def _ancestor(self, frames: Sequence[Frame]) -> str:
        """Return the element that is to be closed so that the last one may stand."""
        name = frames[-1].name
        for outer, inner in zip(frames[-3::-1], frames[-2::-1], strict=False):
            if inner.shared or outer.state is None:
                return ""
            if outer.state.opened(name) is not NOT_ALLOWED:
                return inner.name
        return ""

    def incomplete(self, frames: Sequence[Frame], state: Pattern) -> None:
        """Report what must still come where an element ends."""
        wanted = expect.missing(state)
        if wanted:
            self._missing(frames, wanted, "")
        else:
            self.text(frames, state, "", frames[-1].byte)

    def absent(self, frames: Sequence[Frame], wanted: frozenset[Element], before: str) -> None:
        """Report what must come before one of an element's children."""
        self._missing(frames, wanted, f" before <{local(before)}>")

    def _missing(self, frames: Sequence[Frame], wanted: frozenset[Element], before: str) -> None:
        frame = frames[-1]
        names = [f"<{local(name)}>" for name in self._elements.ranked(_names(wanted))]
        which = names[0] if len(names) == 1 else f"one of {listed(names)}"
        message = f"<{local(frame.name)}> lacks {which or 'an element'}{before}{_in(frames)}."
        where = before or f" in <{local(frame.name)}>"
        hint = f"Add {names[0] if names else 'an element'}{where}."
        self._add("element-missing", frame.byte, message, hint)

    # --- attributes

    def attribute_unknown(self, frames: Sequence[Frame], content: Pattern, name: str) -> str:
        """Report an attribute that its element cannot have; return the name that was meant."""
        frame = frames[-1]
        own = {known for each in content.attributes() for known in each.names.names()}
        near = self._attributes.nearest(own - frame.attributes.keys(), name)
        hint = f"Did you mean @{shown(near)}?" if near else f"Remove @{shown(name)}."
        others = [f"@{shown(each)}" for each in self._attributes.ranked(own, name)]
        message = f"<{local(frame.name)}> has no attribute {shown(name)}{_in(frames)}."
        allowed = f" It may have {listed(others)}." if others else " It may have none."
        self._add("attribute-unknown", self._at(frame, name), message + allowed, hint)
        return near

    def attribute_misplaced(self, frames: Sequence[Frame], name: str) -> None:
        """Report an attribute that cannot stand beside another."""
        frame = frames[-1]
        others = [f"@{shown(each)}" for each in frame.attributes if each != name]
        message = f"@{shown(name)} cannot stand on <{local(frame.name)}> beside {listed(others)}"
        hint = f"Remove @{shown(name)}, or the attribute it contradicts."
        at = self._at(frame, name)
        self._add("attribute-misplaced", at, f"{message}{_in(frames)}.", hint)

    def attribute_value(
        self, frames: Sequence[Frame], name: str, value: str, named: Sequence[Attribute]
    ) -> None:
        """Report an attribute whose value is none."""
        contents = [each.content for each in named]
        wrong = f'@{shown(name)}="{_cut(value)}" on <{local(frames[-1].name)}>'
        at = self._at(frames[-1], name, value=True)
        self._value("attribute-value", at, wrong, value, contents, frames)

    def _value(
        self,
        code: str,
        at: int,
        wrong: str,
        value: str,
        contents: Sequence[Pattern],
        frames: Sequence[Frame],
    ) -> None:
        known = {each for content in contents for each in expect.values(content) if each.strip()}
        kinds = sorted({each for content in contents for each in expect.datatypes(content)})
        near = self._attributes.ranked(known, value.strip())
        why = [f"Allowed: {listed([_cut(each) for each in near])}."] if near else []
        why += [f"It may be of type {listed(kinds)}."] if kinds else []
        fitting = kinds and not self._attributes.nearest(known, value.strip())
        hint = _remedy(kinds) if fitting or not near else f'Write "{near[0]}".'
        message = f"{wrong} is not a value it may have{_in(frames)}."
        self._add(code, at, " ".join((message, *why)), hint)

    def attribute_missing(self, frames: Sequence[Frame], wanted: frozenset[Attribute]) -> None:
        """Report attributes that must be there."""
        frame = frames[-1]
        names = {name for each in wanted for name in each.names.names()}
        best = [f"@{shown(name)}" for name in self._attributes.ranked(names)]
        which = best[0] if len(best) == 1 else f"one of {listed(best)}"
        message = f"<{local(frame.name)}> lacks {which}{_in(frames)}."
        hint = f"Add {best[0] if best else 'an attribute'}."
        self._add("attribute-missing", frame.byte, message, hint)

    def _at(self, frame: Frame, name: str, *, value: bool = False) -> int:
        return position.attribute(self.places.data, frame.byte, name, value=value)

    # --- identities

    def duplicate(self, frames: Sequence[Frame], name: str, word: str, first: int) -> None:
        """Report an ID that another element has; of xml:id, what checks references tells too."""
        where = self.places.position(first)
        message = f'@{shown(name)}="{_cut(word)}" is already the ID of the element at {where}.'
        at = self._at(frames[-1], name, value=True)
        code = "xml-id-duplicate" if name == ID else "id-duplicate"
        self._add(code, at, message, "Give one of the two another ID.")

    def dangling(self, word: str, byte: int, name: str) -> None:
        """Report a reference to an ID that no element has."""
        message = f'@{shown(name)} refers to the ID "{_cut(word)}", which no element has.'
        at = position.attribute(self.places.data, byte, name, value=True)
        self._add("idref-dangling", at, message, "Correct the reference, or give it a target.")

    # --- text

    def text(self, frames: Sequence[Frame], state: Pattern, text: str, before: int) -> None:
        """Report text where there may be none, or not this; `before` is the tag before it."""
        frame, told = frames[-1], _cut(text)
        at = position.text_after(self.places.data, before) if text else frame.byte
        if state.typed:
            wrong = f'"{told}" in <{local(frame.name)}>'
            self._value("value", at, wrong, text, [state], frames)
            return
        allowed = expect.expected(state)
        holders = [each for each in allowed if each.content().closed(True).worded().nullable]
        best = self._elements.ranked(_names(holders))[:1]
        hint = f"Put it in <{local(best[0])}>." if best else "Remove it, or move it."
        message = f'Text cannot stand in <{local(frame.name)}>: "{told}"{_in(frames)}.'
        there = self._there(_names(allowed), "")
        self._add("text-misplaced", at, message + there, hint)


NAMELIKE = "Begin with a letter or _, and use only letters, digits, -, _ and ."
REMEDIES = {
    "ID": NAMELIKE,
    "NCName": NAMELIKE,
    "Name": NAMELIKE,
    "date": "Write a date as 1867-03-09, 1867-03 or 1867.",
    "gYear": "Write a year with four digits, as 0967.",
    "anyURI": "Write an address, or # and an xml:id, without spaces.",
    "language": "Write a language tag such as de or grc-Latn.",
    "boolean": "Write true or false.",
    "nonNegativeInteger": "Write a whole number.",
    "integer": "Write a whole number.",
    "decimal": "Write a number.",
    "double": "Write a number.",
    "token": "Write one word, without spaces.",
}


def _remedy(kinds: Iterable[str]) -> str:
    """Return how a value of one of some datatypes is written: of that people use most."""
    return next((said for kind, said in REMEDIES.items() if kind in kinds), "Correct the value.")


def _was_allowed(frames: Sequence[Frame]) -> bool:
    """Tell whether an element could have come earlier in that around it."""
    whole = frames[-2].whole
    return whole is not None and whole.opened(frames[-1].name) is not NOT_ALLOWED


def _names(elements: Iterable[Element]) -> set[str]:
    return {name for each in elements for name in each.names.names()}


def _instead(near: str, wrong: str) -> str:
    if local(near) == local(wrong) and near != wrong:
        return f"Put it in the namespace {uri(near)}." if uri(near) else "Leave out its namespace."
    return f"Did you mean <{local(near)}>?"


def _space(name: str, near: str) -> str:
    """Return the namespace of a name where that is what is wrong with it."""
    if local(name) != local(near):
        return ""
    return f" of the namespace {uri(name)}" if uri(name) else " without a namespace"


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _short_words(text: str) -> str:
    """Return a message in which no name is so long that nobody would read on."""
    words = (
        word if len(word) <= LONGEST_NAME else f"{word[:LONGEST_NAME]}…" for word in text.split(" ")
    )
    return " ".join(words) if len(text) > LONGEST_NAME else text


def _in(frames: Sequence[Frame]) -> str:
    """Return where an element is, as `, at TEI/text/body/div[@n="3"]/p[2]`."""
    steps = [_step(frames, number) for number in range(max(1, len(frames) - STEPS), len(frames))]
    return f", at {'…/' if len(frames) > STEPS + 1 else ''}{'/'.join(steps)}"


def _step(frames: Sequence[Frame], number: int) -> str:
    frame = frames[number]
    for name in (ID, "n"):
        if name in frame.attributes:
            return f'{local(frame.name)}[@{shown(name)}="{_cut(frame.attributes[name])}"]'
    place = frames[number - 1].children[frame.name]
    return f"{local(frame.name)}[{place}]" if place > 1 else local(frame.name)
