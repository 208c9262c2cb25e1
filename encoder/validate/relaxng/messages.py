"""What the matcher says: each fault as a Finding with its place, its reason and one remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from encoder.model import Finding, Fix, listed
from encoder.validate import position
from encoder.validate.pen import Edits, Pen
from encoder.validate.relaxng import expect, ranking
from encoder.validate.relaxng.changes import Remedy
from encoder.validate.relaxng.leaves import Attribute, Element, matches
from encoder.validate.relaxng.names import local, shown, uri
from encoder.validate.relaxng.patterns import NOT_ALLOWED, Pattern
from encoder.validate.relaxng.ranking import Ranking, new_first
from encoder.validate.relaxng.repair import Repair
from encoder.validate.relaxng.rows import CONTEXT, dispensable
from encoder.validate.relaxng.spelling import form, respelt
from encoder.validate.relaxng.wording import (
    ID,
    allowed_here,
    cut,
    in_full,
    names_of,
    place_of,
    short_words,
    was_allowed,
)

if TYPE_CHECKING:
    from encoder.validate.relaxng.frames import Frame
    from encoder.validate.relaxng.schema import Schema

OUTERMOST = 2  # so many frames are open in the document element: its own, and that of the file
FAR = 20  # an element that would have to be closed is sought so many elements up
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
        return Ranking(self.places.data, ranking.TAG_NAME, "elements")

    @cached_property
    def _attributes(self) -> Ranking:
        return Ranking(self.places.data, ranking.ATTRIBUTE_NAME, "attributes")

    @cached_property
    def _values(self) -> Ranking:
        return Ranking(self.places.data, ranking.VALUE, None)

    @cached_property
    def _pen(self) -> Pen:
        return Pen(self.places)

    @cached_property
    def _repair(self) -> Repair:
        return Repair(self.schema, self._elements, self._pen)

    def _add(
        self, code: str, byte: int, message: str, remedy: Remedy, candidates: Sequence[str] = ()
    ) -> None:
        if len(self.findings) >= MOST:
            self._stop(byte)
        where, fix = self.places.position(byte), Fix(remedy.edits, remedy.safe)
        told, hint = short_words(message), short_words(remedy.hint)
        self.findings.append(
            Finding(
                f"rng-{code}",
                "error",
                told,
                self.file,
                where,
                hint,
                fix=fix if fix.edits else None,
                candidates=tuple(candidates),
            )
        )

    def _stop(self, byte: int) -> NoReturn:
        """End a list of faults that nobody would read to its end."""
        message = f"There are more than {MOST:,} faults; what follows is not checked."
        where, hint = self.places.position(byte), "Is it the right schema?"
        self.findings.append(Finding("rng-too-many", "error", message, self.file, where, hint))
        raise TooManyError

    # --- elements

    def unknown(self, frames: Sequence[Frame], state: Pattern) -> str:
        """Report an element that the schema does not have; return the name that was meant."""
        frame = frames[-1]
        allowed = names_of(expect.expected(state))
        near = self._nearest(allowed, frame.name)
        if near and local(near) == local(frame.name):
            self._other_namespace(frames, near)
            return near
        clear = self._elements.clear(allowed, frame.name)
        other = None if clear or not near else self._better(frames, state, near)
        remedy = other or (
            self._meant(frame, near) if near else self._unknown_remedy(frames, state)
        )
        there = self._ranked(allowed, frame.name)
        own = uri(frame.name) in self.schema.namespaces
        what = f"<{local(frame.name)}>" if own else in_full(frame.name)
        message = f"{what} is not in the schema{place_of(frames)}.{allowed_here(there)}"
        self._add("element-unknown", frame.byte, message, remedy._replace(safe=clear), there)
        return remedy.renamed

    def _nearest(self, names: Iterable[str], wrong: str) -> str:
        """Return the name that was meant, '' where none is like the wrong one.

        A foreign name is no misspelling: only the same name is meant by it, or one by custom.
        """
        near = self._elements.nearest(names, wrong)
        own = uri(wrong) in self.schema.namespaces
        return near if own or self._elements.by_custom(near, wrong) else ""

    def _other_namespace(self, frames: Sequence[Frame], near: str) -> None:
        """Report an element whose namespace is not that of the schema."""
        frame = frames[-1]
        message = f"{in_full(frame.name)} is not in the schema{place_of(frames)}."
        edits = self._pen.namespace_written(frame.byte, uri(near))
        node = self._pen.node(frame.byte)
        all_ = ", with all it holds" if node and node.children else ""
        hint = f"Put it in the namespace {uri(near)}{all_}."
        if not uri(near):
            hint = "Leave out its namespace."
        self._repair.take_for(frame.byte, uri(frame.name), uri(near))
        remedy = Remedy(hint, edits, safe=bool(edits))
        self._add("element-unknown", frame.byte, message, remedy)

    def _meant(self, frame: Frame, near: str) -> Remedy:
        """Return what gives an element the name that was meant."""
        node = self._pen.node(frame.byte)
        edits: Edits = ()
        if node is not None and uri(near) == uri(frame.name):
            edits = self._pen.renamed(node, local(near))
        return Remedy(f"Did you mean <{local(near)}>?", edits, renamed=near)

    def _better(self, frames: Sequence[Frame], state: Pattern, near: str) -> Remedy | None:
        """Return what mends an element of which the name that is most like its own makes no sense.

        A distant likeness is none if that element could not hold what this one holds.
        """
        wrong = frames[-1].name
        if self._elements.by_custom(near, wrong) or self._repair.fits(frames, state, near):
            return None
        return self._repair.unknown(frames, state)

    def _unknown_remedy(self, frames: Sequence[Frame], state: Pattern) -> Remedy:
        name = frames[-1].name
        found = self._repair.unknown(frames, state)
        elsewhere = self._nearest(self.schema.known, name)
        if elsewhere:
            hint = f"Did you mean <{local(elsewhere)}>? It cannot stand here."
            return found._replace(hint=f"{hint} {found.hint}") if found else Remedy(hint)
        if len(frames) == OUTERMOST:
            return Remedy("Is it the right schema?")
        return found or Remedy(f"Remove <{local(name)}>, or only its tags.")

    def _ranked(self, names: Iterable[str], wrong: str = "") -> list[str]:
        return [f"<{local(name)}>" for name in self._elements.ranked(names, wrong)]

    def _wrapper(self, frames: Sequence[Frame], state: Pattern) -> str:
        """Return the element that should be around one that is misplaced, '' where none is."""
        frame, needed = frames[-1], names_of(expect.missing(state))
        found = names_of(expect.holder(state, frame.name))
        if not found & needed and (was_allowed(frames) or self._ancestor(frames)):
            return ""
        best = self._elements.ranked(found & needed or found)
        return best[0] if best else ""

    def misplaced(
        self, frames: Sequence[Frame], state: Pattern, displaced: Sequence[str]
    ) -> Remedy:
        """Report an element of the schema that cannot stand where it is; return what mends it."""
        frame, parent = frames[-1], frames[-2]
        name, holder = local(frame.name), local(parent.name)
        where = f" in <{holder}>" if holder else " as the outermost element"
        remedy = self._repair.misplaced(frames, state)
        if remedy is None:
            wrapper = "" if displaced else self._wrapper(frames, state)
            remedy = Remedy(self._misplaced_hint(frames, wrapper, displaced), wrapper=wrapper)
        there = self._ranked(names_of(expect.expected(state)))
        message = f"<{name}> cannot stand here{where}{place_of(frames)}.{allowed_here(there)}"
        self._add("element-misplaced", frame.byte, message, remedy, there)
        return remedy

    def _misplaced_hint(
        self, frames: Sequence[Frame], wrapper: str, displaced: Sequence[str]
    ) -> str:
        frame, parent = frames[-1], frames[-2]
        name, ancestor = local(frame.name), self._ancestor(frames)
        if displaced:
            return f"Move <{name}> before <{local(displaced[0])}>."
        if wrapper:
            return f"Put <{name}> in <{local(wrapper)}>."
        if was_allowed(frames):
            if parent.children[frame.name] > 1:
                return f"Remove this <{name}>: <{local(parent.name)}> already has one."
            return f"Move <{name}> to the beginning of <{local(parent.name)}>."
        if ancestor:
            return f"Close <{local(ancestor)}> before <{name}>."
        return f"Move <{name}> to where it may stand, or remove its tags."

    def _ancestor(self, frames: Sequence[Frame]) -> str:
        """Return the element that is to be closed so that the last one may stand."""
        name = frames[-1].name
        near = frames[-FAR:]
        for outer, inner in zip(near[-3::-1], near[-2::-1], strict=False):
            if inner.shared or outer.state is None:
                return ""
            if outer.state.opened(name) is not NOT_ALLOWED:
                return inner.name
        return ""

    def incomplete(self, frames: Sequence[Frame], state: Pattern) -> None:
        """Report what must still come where an element ends."""
        wanted = expect.missing(state)
        if wanted:
            self._missing(frames, wanted, "", state)
        else:
            self.text(frames, state, "", frames[-1].byte)

    def absent(self, frames: Sequence[Frame], wanted: frozenset[Element], before: str) -> None:
        """Report what must come before one of an element's children."""
        self._missing(frames, wanted, f" before <{local(before)}>")

    def _missing(
        self,
        frames: Sequence[Frame],
        wanted: frozenset[Element],
        before: str,
        state: Pattern | None = None,
    ) -> None:
        frame = frames[-1]
        there = {frame.name, *frame.children}
        ranked = new_first(self._elements.ranked(names_of(wanted)), there)
        names = [f"<{local(name)}>" for name in ranked]
        which = f"one of {listed(names)}" if names[1:] else "".join(names) or "an element"
        message = f"<{local(frame.name)}> lacks {which}{before}{place_of(frames)}."
        where = before or f" in <{local(frame.name)}>"
        static = f"Add {names[0] if names else 'an element'}{where}."
        remedy = self._repair.missing(frame, wanted, state) or Remedy(static)
        self._add("element-missing", frame.byte, message, remedy, names)

    # --- attributes

    def attribute_unknown(self, frames: Sequence[Frame], content: Pattern, name: str) -> str:
        """Report an attribute that its element cannot have; return the name that was meant."""
        frame = frames[-1]
        own = {known for each in content.attributes() for known in each.names.names()}
        free = own - frame.attributes.keys()
        near = self._attribute_meant(frame, content, free, name)
        hint = f"Did you mean @{shown(near)}?" if near else f"Remove @{shown(name)}."
        edits = self._pen.attribute_removed(frame.byte, name)
        if near:
            edits = self._pen.attribute_renamed(frame.byte, name, near)
        safe = bool(near) and self._attributes.clear(free, name)
        remedy = Remedy(hint, edits, safe=safe)
        others = [f"@{shown(each)}" for each in self._attributes.ranked(own, name)]
        message = f"<{local(frame.name)}> has no attribute {shown(name)}{place_of(frames)}."
        allowed = f" It may have {listed(others)}." if others else " It may have none."
        at = self._at(frame, name)
        self._add("attribute-unknown", at, message + allowed, remedy, others)
        return near

    def _attribute_meant(
        self, frame: Frame, content: Pattern, free: Iterable[str], name: str
    ) -> str:
        """Return the attribute that was meant; a distant likeness is none if its value is not."""
        near, value = self._attributes.nearest(free, name), frame.attributes[name]
        fitting = any(each.allows(value, CONTEXT) for each in content.attributes_named(near))
        return near if fitting or self._attributes.clear(free, name) else ""

    def attribute_misplaced(self, frames: Sequence[Frame], name: str) -> None:
        """Report an attribute that cannot stand beside another."""
        frame = frames[-1]
        others = [f"@{shown(each)}" for each in frame.attributes if each != name]
        message = f"@{shown(name)} cannot stand on <{local(frame.name)}> beside {listed(others)}"
        hint = f"Remove @{shown(name)}, or the attribute it contradicts."
        at, edits = self._at(frame, name), self._pen.attribute_removed(frame.byte, name)
        self._add("attribute-misplaced", at, f"{message}{place_of(frames)}.", Remedy(hint, edits))

    def attribute_value(
        self,
        frames: Sequence[Frame],
        begun: Pattern,
        name: str,
        value: str,
        named: Sequence[Attribute],
    ) -> None:
        """Report an attribute whose value is none."""
        frame = frames[-1]
        contents = [each.content for each in named]
        wrong = f'@{shown(name)}="{cut(value)}" on <{local(frame.name)}>'
        message, hint, written, safe, near = self._value(wrong, value, contents, frames)
        edits = self._pen.value_written(frame.byte, name, written) if written else ()
        if not edits and dispensable(begun, frame.attributes, name):
            hint = f"{hint} Or remove @{shown(name)}."
            edits = self._pen.attribute_removed(frame.byte, name)
        at = self._at(frame, name, value=True)
        self._add("attribute-value", at, message, Remedy(hint, edits, safe=safe), near)

    def _value(
        self, wrong: str, value: str, contents: Sequence[Pattern], frames: Sequence[Frame]
    ) -> tuple[str, str, str, bool, list[str]]:
        """Return message, hint, the right value, whether that is safe, and all that are allowed."""
        known = {each for content in contents for each in expect.values(content) if each.strip()}
        kinds = sorted({each for content in contents for each in expect.datatypes(content)})
        near = self._values.ranked(known, value.strip())
        all_ = [cut(each) for each in near]
        why = [f"Allowed: {listed(all_)}."] if near else []
        why += [f"It may be of type {listed(kinds)}."] if kinds else []
        message = " ".join((f"{wrong} is not a value it may have{place_of(frames)}.", *why))
        meant, same = respelt(
            value, kinds, lambda new: any(matches(each, new, CONTEXT) for each in contents)
        )
        if same:
            return message, f'Write "{cut(meant)}".', meant, True, all_
        if near and not (kinds and not self._values.nearest(known, value.strip())):
            clear = self._values.clear(known, value.strip())
            return message, f'Write "{cut(near[0])}".', near[0], clear, all_
        hint = form(kinds, value) + (" Or take one of those allowed." if near else "")
        return message, f'{hint} Perhaps "{cut(meant)}".' if meant else hint, meant, False, all_

    def attribute_missing(self, frames: Sequence[Frame], wanted: frozenset[Attribute]) -> None:
        """Report attributes that must be there."""
        frame = frames[-1]
        names = {name for each in wanted for name in each.names.names()}
        best = [f"@{shown(name)}" for name in self._attributes.ranked(names)]
        which = best[0] if len(best) == 1 else f"one of {listed(best)}"
        message = f"<{local(frame.name)}> lacks {which}{place_of(frames)}."
        hint = f"Add {best[0] if best else 'an attribute'}."
        remedy = Remedy(hint, self._supplied(frame, wanted))
        self._add("attribute-missing", frame.byte, message, remedy, best)

    def _supplied(self, frame: Frame, wanted: Iterable[Attribute]) -> Edits:
        """Return what adds an attribute that is missing, if its value can be but one listed."""
        for each in sorted(wanted, key=lambda one: sorted(one.names.names())):
            name = next(each.names.names(), "")
            known = self._values.ranked(expect.values(each.content))
            if name and known and each.allows(known[0], CONTEXT):
                return self._pen.attribute_added(frame.byte, name, known[0])
        return ()

    def _at(self, frame: Frame, name: str, *, value: bool = False) -> int:
        return position.attribute(self.places.data, frame.byte, name, value=value)

    # --- identities

    def duplicate(self, frames: Sequence[Frame], name: str, word: str, first: int) -> None:
        """Report an ID that another element has; of xml:id, what checks references tells too."""
        where = self.places.position(first)
        message = f'@{shown(name)}="{cut(word)}" is already the ID of the element at {where}.'
        at = self._at(frames[-1], name, value=True)
        code = "xml-id-duplicate" if name == ID else "id-duplicate"
        edits = self._pen.value_written(frames[-1].byte, name, self._pen.free_name(word))
        self._add(code, at, message, Remedy("Give one of the two another ID.", edits))

    def dangling(self, word: str, byte: int, name: str) -> None:
        """Report a reference to an ID that no element has."""
        message = f'@{shown(name)} refers to the ID "{cut(word)}", which no element has.'
        at = position.attribute(self.places.data, byte, name, value=True)
        remedy = Remedy("Correct the reference, or give it a target.")
        self._add("idref-dangling", at, message, remedy)

    # --- text

    def text(self, frames: Sequence[Frame], state: Pattern, text: str, before: int) -> None:
        """Report text where there may be none, or not this; `before` is the tag before it."""
        frame, told = frames[-1], cut(text)
        at = position.text_after(self.places.data, before) if text else frame.byte
        if state.typed:
            wrong = f'"{told}" in <{local(frame.name)}>'
            message, hint, written, safe, near = self._value(wrong, text, [state], frames)
            edits = self._pen.text_written(frame.byte, at, written) if written and text else ()
            self._add("value", at, message, Remedy(hint, edits, safe=safe), near)
            return
        allowed = expect.expected(state)
        holders = [each for each in allowed if each.content().closed(True).worded().nullable]
        best = self._elements.ranked(names_of(holders))[:1]
        static = f"Put it in <{local(best[0])}>." if best else "Remove it, or move it."
        remedy = self._repair.text(frame, state, at) or Remedy(static)
        message = f'Text cannot stand in <{local(frame.name)}>: "{told}"{place_of(frames)}.'
        there = self._ranked(names_of(allowed))
        self._add("text-misplaced", at, message + allowed_here(there), remedy, there)
