"""Matches a document against a schema, tag by tag, and goes on after each fault.

What is open is kept on a stack of our own, so a document may be as deep as it likes. After a
fault the matcher assumes what makes the rest of the document right, so that one cause is told
once: a name that is nearly right is taken for the right one, what is missing for there, and what
stands in the wrong place is looked at by itself.
"""

from __future__ import annotations

from xml.parsers import expat

from encoder.validate import walk
from encoder.validate.relaxng import expect, names, patterns
from encoder.validate.relaxng.budget import A_TAG, BUDGET
from encoder.validate.relaxng.datatypes import words
from encoder.validate.relaxng.frames import Frame, Met, Taken
from encoder.validate.relaxng.leaves import Attribute, Element
from encoder.validate.relaxng.messages import Report
from encoder.validate.relaxng.patterns import NOT_ALLOWED, After, Pattern
from encoder.validate.relaxng.schema import Schema

SPACE = " \t\r\n"
# So many values and tags are remembered to fit; in a large file most do not come again.
REMEMBERED = 1 << 16


class Matcher:
    """One document on its way through a schema."""

    def __init__(self, schema: Schema, report: Report) -> None:
        self.schema, self.report = schema, report
        self.frames = [Frame("", 0, {}, state=schema.start, whole=schema.start)]
        self.context: tuple[tuple[str, str], ...] = (("xml", names.XML),)
        self._words: list[str] = []
        self._before = 0
        self._fits, self._tags = schema.fits, schema.tags
        self._ids: dict[str, tuple[int, str]] = {}
        self._references: list[tuple[str, int, str]] = []
        self._taken: list[Taken] = []
        self.parser = self._parser()

    def _parser(self) -> expat.XMLParserType:
        parser = walk.parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words.append
        parser.StartNamespaceDeclHandler = self._declared
        parser.EndNamespaceDeclHandler = self._undeclared
        return parser

    def run(self, data: bytes) -> None:
        """Match a well-formed document in UTF-8.

        Raises:
            AmbiguousError: what the schema allows is too much to follow.
        """
        BUDGET.reset()
        self.parser.Parse(data, True)
        for word, byte, attribute in self._references:
            if word not in self._ids:
                self.report.dangling(word, byte, attribute)

    # --- what expat tells

    def _declared(self, prefix: str | None, uri: str | None) -> None:
        self.context = (*self.context, (prefix or "", uri or ""))

    def _undeclared(self, _prefix: str | None) -> None:
        self.context = self.context[:-1]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._taken:
            name = self._meant(name)
        parent = self.frames[-1]
        if self._words:
            self._text(parent, self._said())
        parent.children[name] = parent.children.get(name, 0) + 1
        frame = Frame(name, self.parser.CurrentByteIndex, attributes)
        self._before = frame.byte
        self.frames.append(frame)
        BUDGET.left += A_TAG
        met = self._tags.get((parent.state, name, *attributes))
        if met is None or (attributes and not self._allowed(met, frame)):
            met = self._first_met(parent, frame)
        frame.state, parent.state, shared, _, _ = met
        frame.whole = frame.state
        if shared:
            frame.shared = True

    def _end(self, _name: str) -> None:
        frame = self.frames[-1]
        state, text = frame.state, self._said() if self._words else ""
        if state is not None:
            if text or state.typed:
                state = self._last_text(frame, state, text)
            if frame.shared:
                self.frames[-2].state = self._shared_end(frame, state)
            elif not state.nullable:
                self._incomplete(frame, state)
            if frame.absent:
                self._absent(frame, frame.absent)
        self.frames.pop()
        self._before = self.parser.CurrentByteIndex

    # --- elements

    def _opened(self, parent: Frame, frame: Frame) -> Pattern | None:
        """Return what may stand in an element, its attributes among it."""
        if parent.state is None:
            return self._by_itself(frame.name)
        opened = parent.state.opened(frame.name)
        if opened is NOT_ALLOWED:
            opened = self._recovered(parent, frame, parent.state)
        if type(opened) is After:
            parent.state = opened.right
            return opened.left
        frame.shared = opened is not NOT_ALLOWED
        return opened if frame.shared else None

    def _by_itself(self, name: str) -> Pattern | None:
        """Return what the schema lets stand in an element, wherever that is."""
        known = self.schema.known.get(name)
        return patterns.choice(each.content() for each in known) if known else None

    def _recovered(self, parent: Frame, frame: Frame, state: Pattern) -> Pattern:
        """Return what may follow a start tag that is not allowed, having said so."""
        if frame.name not in self.schema.known:
            return self._unknown(parent, state)
        if parent.doubtful:
            return patterns.after(self._by_itself(frame.name) or NOT_ALLOWED, state)
        if parent.inner is not None:
            inside = parent.inner.opened(frame.name, True)
            if type(inside) is After:
                parent.inner = inside.right
                return patterns.after(inside.left, state)
        late = state.opened(frame.name, True)
        if late is not NOT_ALLOWED:
            missing = expect.missing(state, frame.name)
            parent.absent = {**(parent.absent or {}), frame.name: missing}
            return late
        return self._misplaced(parent, frame, state)

    def _unknown(self, parent: Frame, state: Pattern) -> Pattern:
        wrong = self.frames[-1].name
        near = self.report.unknown(self.frames, state)
        if near and names.local(near) == names.local(wrong):
            depth, context = len(self.frames), len(self.context)
            self._taken.append(Taken(names.uri(wrong), names.uri(near), depth, context))
        if near:
            return state.opened(near)
        parent.faulty = True
        parent.state = self._past(state)
        return NOT_ALLOWED

    def _meant(self, name: str) -> str:
        """Return a name in the namespace that is meant, where the one it has was told as wrong."""
        while self._taken and len(self.frames) < self._taken[-1].depth:
            self._taken.pop()
        for wrong, right, _, known in self._taken:
            declared = (uri for _, uri in self.context[known:])
            if names.uri(name) == wrong and wrong not in declared:
                return names.name(right, names.local(name))
        return name

    def _past(self, state: Pattern) -> Pattern:
        """Return what may follow the element that must come next, if it can be but one."""
        wanted = {name for each in expect.missing(state) for name in each.names.names()}
        opened = state.opened(wanted.pop()) if len(wanted) == 1 else NOT_ALLOWED
        return opened.right if type(opened) is After else state

    def _misplaced(self, parent: Frame, frame: Frame, state: Pattern) -> Pattern:
        absent = parent.absent or {}
        displaced = [name for name, wanted in absent.items() if _among(frame.name, wanted)]
        parent.absent = {each: absent[each] for each in absent if each not in displaced}
        remedy = self.report.misplaced(self.frames, state, displaced)
        parent.faulty = frame.faulty = True
        if remedy.wrapper:
            return self._wrapped(parent, frame, state, remedy.wrapper)
        if remedy.state is not None:
            return remedy.state.opened(frame.name)
        frame.doubtful = True
        if remedy.renamed:
            return state.opened(remedy.renamed)
        content = self._by_itself(frame.name) or NOT_ALLOWED
        return patterns.after(content, state)

    def _wrapped(self, parent: Frame, frame: Frame, state: Pattern, wrapper: str) -> Pattern:
        """Go on as if the tags of `wrapper` stood around this element and what follows it."""
        around = state.opened(wrapper)
        content = self._by_itself(frame.name) or NOT_ALLOWED
        if type(around) is After:
            inside = around.left.closed(True).opened(frame.name)
            if type(inside) is After:
                parent.inner, state, content = inside.right, around.right, inside.left
        return patterns.after(content, state)

    # --- ends

    def _shared_end(self, frame: Frame, state: Pattern) -> Pattern:
        rest = state.ended()
        if rest is NOT_ALLOWED:
            self._incomplete(frame, state)
            rest = state.ended(True)
        return rest

    def _incomplete(self, frame: Frame, state: Pattern) -> None:
        if not frame.faulty:
            self.report.incomplete(self.frames, state)
        frame.faulty = True

    def _absent(self, frame: Frame, absent: dict[str, frozenset[Element]]) -> None:
        """Report what was missing before a child, unless another fault explains it."""
        for before, wanted in absent.items():
            if not frame.faulty:
                self.report.absent(self.frames, wanted, before)
            frame.faulty = True

    # --- attributes

    def _allowed(self, met: Met, frame: Frame) -> bool:
        """Tell whether a tag comes to what it came to before, noting its IDs if it does."""
        values, fits = frame.attributes, self._fits
        for name, attribute in met.attributes.items():
            if not (fits.get((attribute, values[name])) or self._fit(attribute, values[name])):
                return False
        for name in met.identities:
            self._identified(frame, name, values[name], met.attributes[name].alone)
        return True

    def _first_met(self, parent: Frame, frame: Frame) -> Met:
        """Return what a start tag comes to, and remember it if it is right in every way."""
        state, told = parent.state, len(self.report.findings)
        begun = self._opened(parent, frame)
        if begun is None:
            return Met(None, parent.state, frame.shared, {})
        within = self._closed(frame, self._all_attributed(frame, begun))
        named = {name: begun.attributes_named(name) for name in frame.attributes}
        own = {name: one[0] for name, one in named.items() if len(one) == 1}
        identities = tuple(name for name, one in own.items() if one.identity)
        met = Met(within, parent.state, frame.shared, own, identities)
        right = state is None or state.opened(frame.name) is not NOT_ALLOWED
        if right and len(own) == len(named) and told == len(self.report.findings):
            self._remember(met, state, frame)
        return met

    def _remember(self, met: Met, state: Pattern | None, frame: Frame) -> None:
        if len(self._tags) >= REMEMBERED:
            self._tags.clear()
        self._tags[state, frame.name, *frame.attributes] = met

    def _all_attributed(self, frame: Frame, begun: Pattern) -> Pattern:
        content = begun
        for name, value in frame.attributes.items():
            content = self._attributed(frame, begun, content, name, value)
        return content

    def _closed(self, frame: Frame, content: Pattern) -> Pattern:
        closed = content.closed()
        if closed is NOT_ALLOWED:
            if not frame.doubtful:
                self.report.attribute_missing(self.frames, expect.missing_attributes(content))
            closed = content.closed(True)
        return closed

    def _attributed(
        self, frame: Frame, begun: Pattern, content: Pattern, name: str, value: str
    ) -> Pattern:
        named = content.attributes_named(name)
        if not named:
            return content if frame.doubtful else self._attribute_unknown(begun, content, name)
        fitting = self._fitting(named, value)
        if not fitting:
            self.report.attribute_value(self.frames, begun, name, value, named)
            fitting = frozenset(named)
        rest = content.attributed(fitting)
        if rest is NOT_ALLOWED:
            self.report.attribute_misplaced(self.frames, name)
            return content
        self._identified(frame, name, value, fitting)
        return rest

    def _fitting(self, named: tuple[Attribute, ...], value: str) -> frozenset[Attribute]:
        """Return the attribute patterns that allow a value."""
        if len(named) == 1:
            return named[0].alone if self._fit(named[0], value) else frozenset()
        return frozenset(each for each in named if self._fit(each, value))

    def _fit(self, attribute: Attribute, value: str) -> bool:
        found = self._fits.get((attribute, value))
        if found is None:
            if len(self._fits) >= REMEMBERED:
                self._fits.clear()
            found = attribute.allows(value, self.context)
            if not attribute.qualified:
                self._fits[attribute, value] = found
        return found

    def _attribute_unknown(self, begun: Pattern, content: Pattern, name: str) -> Pattern:
        if begun.attributes_named(name):
            self.report.attribute_misplaced(self.frames, name)
            return content
        near = self.report.attribute_unknown(self.frames, begun, name)
        fitting = frozenset(content.attributes_named(near)) if near else frozenset()
        rest = content.attributed(fitting) if fitting else content
        return content if rest is NOT_ALLOWED else rest

    def _identified(
        self, frame: Frame, name: str, value: str, fitting: frozenset[Attribute]
    ) -> None:
        """Note the IDs and the references to IDs in an attribute (DTD compatibility, 5)."""
        for kind in {each.identity for each in fitting} - {""}:
            for word in words(value):
                if kind != "ID":
                    self._references.append((word, frame.byte, name))
                elif word in self._ids:
                    self.report.duplicate(self.frames, name, word, self._ids[word][0])
                else:
                    self._ids[word] = (frame.byte, name)

    # --- text

    def _said(self) -> str:
        """Return the text since the last tag, once."""
        text = "".join(self._words)
        self._words.clear()
        return text

    def _text(self, frame: Frame, text: str) -> None:
        """Match the text before a tag; white space between tags is nothing (RELAX NG 6.2.7)."""
        state = frame.state
        if state is None or not text.strip(SPACE):
            return
        rest = state.text(text, self.context) if state.typed else state.worded()
        if rest is not NOT_ALLOWED:
            frame.state = rest
        elif not frame.faulty or state.typed:
            self.report.text(self.frames, state, text, self._before)
            frame.faulty = True

    def _last_text(self, frame: Frame, state: Pattern, text: str) -> Pattern:
        """Match the text before an end tag, which may be all there is in the element."""
        if text.strip(SPACE):
            self._text(frame, text)
            return frame.state or state
        if state.typed and not frame.children:
            return patterns.choice((state, state.text(text, self.context)))
        return state


def _among(name: str, elements: frozenset[Element]) -> bool:
    return any(name in each.names for each in elements)
