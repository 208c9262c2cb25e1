"""The patterns that touch the document: elements, attributes, and text of a datatype."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from encoder.validate.relaxng.datatypes import Context, Datatype
from encoder.validate.relaxng.datatypes import words as words_of
from encoder.validate.relaxng.names import NameClass
from encoder.validate.relaxng.patterns import EMPTY, NOT_ALLOWED, Pattern, after, remembered, same


class Element(Pattern):
    """An element of one of some names; its content is made when it is first asked for."""

    __slots__ = ("_made", "names", "tags")

    def __init__(self, names: NameClass, content: Callable[[], Pattern]) -> None:
        super().__init__()
        self.names, self._made = names, content
        self.tags = None if names.open else frozenset(names.names())

    @remembered
    def content(self) -> Pattern:
        """Return what may stand in the element, its attributes among it."""
        return self._made()

    def opened(self, name: str, _late: bool = False, /) -> Pattern:
        return after(self.content(), EMPTY) if name in self.names else NOT_ALLOWED


class Attribute(Pattern):
    """An attribute of one of some names; `identity` is ID, IDREF or IDREFS where it is one."""

    __slots__ = ("alone", "content", "identity", "names", "qualified")

    def __init__(self, names: NameClass, content: Pattern) -> None:
        super().__init__()
        self.names, self.content = names, content
        self.identity, self.qualified = identity(content), qualified(content)
        self.alone = frozenset({self})

    def allows(self, value: str, context: Context) -> bool:
        """Tell whether the attribute may have a value."""
        return matches(self.content, value, context)

    def attributed(self, fitting: frozenset[Attribute], /) -> Pattern:
        return EMPTY if self in fitting else NOT_ALLOWED

    def closed(self, late: bool = False, /) -> Pattern:
        return EMPTY if late else NOT_ALLOWED

    @remembered
    def attributes(self) -> frozenset[Attribute]:
        return self.alone


class Data(Pattern):
    """Text of a datatype, but for what another pattern excepts."""

    __slots__ = ("datatype", "excepted")

    def __init__(self, datatype: Datatype, excepted: Pattern) -> None:
        super().__init__(typed=True)
        self.datatype, self.excepted = datatype, excepted

    def text(self, value: str, context: Context = (), /) -> Pattern:
        allowed = self.datatype.allows(value, context)
        if allowed and not matches(self.excepted, value, context):
            return EMPTY
        return NOT_ALLOWED


class Value(Pattern):
    """Text that a datatype holds to be the same as `value`."""

    __slots__ = ("context", "datatype", "value")

    def __init__(self, datatype: Datatype, value: str, context: Context) -> None:
        super().__init__(typed=True)
        self.datatype, self.value, self.context = datatype, value, context

    def text(self, value: str, context: Context = (), /) -> Pattern:
        equal = self.datatype.same(value, context, self.value, self.context)
        return EMPTY if equal else NOT_ALLOWED


class List(Pattern):
    """Text of several words, each of which is a text to the pattern within."""

    __slots__ = ("body",)

    def __init__(self, body: Pattern) -> None:
        super().__init__(typed=True)
        self.body = body

    def text(self, value: str, context: Context = (), /) -> Pattern:
        rest = reduce(lambda now, word: now.text(word, context), words_of(value), self.body)
        return EMPTY if rest.nullable else NOT_ALLOWED


def attribute(names: NameClass, content: Pattern) -> Pattern:
    """Return an attribute pattern."""
    return NOT_ALLOWED if content is NOT_ALLOWED else same(Attribute, names, content)


def data(datatype: Datatype, excepted: Pattern) -> Pattern:
    """Return text of a datatype."""
    return same(Data, datatype, excepted)


def value(datatype: Datatype, text: str, context: Context) -> Pattern:
    """Return text of one value."""
    return same(Value, datatype, text, context)


def words(body: Pattern) -> Pattern:
    """Return RELAX NG's `list`: text of several words."""
    return NOT_ALLOWED if body is NOT_ALLOWED else same(List, body)


def matches(pattern: Pattern, value: str, context: Context) -> bool:
    """Tell whether a text is the whole of what a pattern allows; white space may be nothing."""
    if pattern.nullable and not value.strip(" \t\r\n"):
        return True
    return pattern.text(value, context).nullable


def qualified(content: Pattern) -> bool:
    """Tell whether what a text means to a content depends on the prefixes that are declared."""
    match content:
        case Data():
            return content.datatype.qualified or qualified(content.excepted)
        case Value():
            return content.datatype.qualified
        case List():
            return qualified(content.body)
    return any(qualified(part) for part in content.parts)


def identity(content: Pattern) -> str:
    """Return the DTD type that an attribute's content declares: ID, IDREF, IDREFS or ''."""
    if isinstance(content, Data):
        return content.datatype.identity
    kinds = {identity(part) for part in content.parts}
    return kinds.pop() if len(kinds) == 1 else ""
