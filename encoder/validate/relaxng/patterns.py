"""A pattern is a set of contents; its derivative by a tag or a text is what may follow that.

The derivatives are those of James Clark, *An algorithm for RELAX NG validation*. Patterns that
are equal are the same object, so each derivative is worked out once and remembered with it.

A pattern knows nothing of its parent. Only where one start tag can mean several elements do
their contents, each with what may follow the element, stand side by side as `After`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakValueDictionary

from encoder.validate.relaxng.budget import BUDGET

if TYPE_CHECKING:
    from encoder.validate.relaxng.datatypes import Context
    from encoder.validate.relaxng.leaves import Attribute

# So many attributes are looked at in the time that making a pattern takes.
CHEAPER = 50
P = ParamSpec("P")
T = TypeVar("T")
SelfT = TypeVar("SelfT", bound="Pattern")
Kind = TypeVar("Kind", bound="Pattern")


def remembered(
    method: Callable[Concatenate[SelfT, P], T],
) -> Callable[Concatenate[SelfT, P], T]:
    """Keep what a method of a pattern returns for each of its arguments, with the pattern."""
    title = method.__name__

    @wraps(method)
    def remembering(self: SelfT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (title, *args)
        found: T | None = self.memory.get(key)
        if found is None:
            found = self.memory[key] = method(self, *args, **kwargs)
        return found

    return remembering


class Pattern:
    """What may stand somewhere. As such it allows nothing: each kind says what it does allow.

    `nullable`: it allows nothing at all to be there. `typed`: it asks for text of a datatype.
    `tags`: the only ones it may begin with, None where those are not known. To be late makes a
    derivative that forgives: what is required but not there counts as there.
    """

    __slots__ = ("__weakref__", "memory", "nullable", "typed")
    tags: frozenset[str] | None = None

    def __init__(self, *, nullable: bool = False, typed: bool = False) -> None:
        self.nullable, self.typed = nullable, typed
        self.memory: dict[Hashable, Any] = {}

    @property
    def parts(self) -> tuple[Pattern, ...]:
        """The patterns it is made of, on the same level of the document."""
        return ()

    def opened(self, _name: str, _late: bool = False, /) -> Pattern:
        """Return what may follow the opening of a start tag: `After`s of content and rest."""
        return NOT_ALLOWED

    def attributed(self, _fitting: frozenset[Attribute], /) -> Pattern:
        """Return what may follow an attribute that the patterns given allow."""
        return NOT_ALLOWED

    def closed(self, _late: bool = False, /) -> Pattern:
        """Return the content that may follow when there are no more attributes."""
        return self

    def text(self, _value: str, _context: Context = (), /) -> Pattern:
        """Return what may follow a text; the value is looked at only where this is `typed`."""
        return NOT_ALLOWED

    @remembered
    def worded(self) -> Pattern:
        """Return what may follow a text, where none is of a datatype."""
        return self.text("")

    def ended(self, _late: bool = False, /) -> Pattern:
        """Return what may follow an end tag: what stands after what may be empty now."""
        return NOT_ALLOWED

    def then(self, _make: Callable[[Pattern], Pattern], /) -> Pattern:
        """Return this with what stands after each content made into something else."""
        return NOT_ALLOWED

    @remembered
    def attributes(self) -> frozenset[Attribute]:
        """Return the attribute patterns in it."""
        return frozenset().union(*(part.attributes() for part in self.parts))

    @remembered
    def attributes_named(self, name: str) -> tuple[Attribute, ...]:
        """Return the attribute patterns in it that allow a name."""
        candidates = self.attributes()
        BUDGET.spend(len(candidates) // CHEAPER)
        return tuple(each for each in candidates if name in each.names)


class NotAllowed(Pattern):
    """Nothing, not even nothing."""

    __slots__ = ()


class Empty(Pattern):
    """No content."""

    __slots__ = ()


class Text(Pattern):
    """Any text."""

    __slots__ = ()

    def text(self, _value: str, _context: Context = (), /) -> Pattern:
        return self


class Choice(Pattern):
    """One of several."""

    __slots__ = ("members",)

    def __init__(self, members: frozenset[Pattern]) -> None:
        BUDGET.spend(1)
        super().__init__(
            nullable=any(each.nullable for each in members),
            typed=any(each.typed for each in members),
        )
        self.members = tuple(members)

    @property
    def parts(self) -> tuple[Pattern, ...]:
        return self.members

    @remembered
    def opened(self, name: str, late: bool = False, /) -> Pattern:
        # Of hundreds of elements one has the name.
        known = [each for each in self.members if each.tags is None or name in each.tags]
        return choice(each.opened(name, late) for each in known)

    @remembered
    def attributed(self, fitting: frozenset[Attribute], /) -> Pattern:
        if not fitting & self.attributes():
            return NOT_ALLOWED
        return choice(each.attributed(fitting) for each in self.members)

    @remembered
    def closed(self, late: bool = False, /) -> Pattern:
        return choice(each.closed(late) for each in self.members)

    def text(self, value: str, context: Context = (), /) -> Pattern:
        return choice(each.text(value, context) for each in self.members)

    @remembered
    def ended(self, late: bool = False, /) -> Pattern:
        return choice(each.ended(late) for each in self.members)

    def then(self, make: Callable[[Pattern], Pattern], /) -> Pattern:
        return choice(each.then(make) for each in self.members)


class _Pair(Pattern):
    """Two patterns, both of which are there."""

    __slots__ = ("left", "right")

    def __init__(self, left: Pattern, right: Pattern) -> None:
        BUDGET.spend(1)
        super().__init__(nullable=left.nullable and right.nullable, typed=left.typed or right.typed)
        self.left, self.right = left, right

    @property
    def parts(self) -> tuple[Pattern, ...]:
        return self.left, self.right

    def _pair(self, left: Pattern, right: Pattern) -> Pattern:
        raise NotImplementedError

    @remembered
    def attributed(self, fitting: frozenset[Attribute], /) -> Pattern:
        if not fitting & self.attributes():
            return NOT_ALLOWED
        return choice(
            (
                self._pair(self.left.attributed(fitting), self.right),
                self._pair(self.left, self.right.attributed(fitting)),
            )
        )

    @remembered
    def closed(self, late: bool = False, /) -> Pattern:
        return self._pair(self.left.closed(late), self.right.closed(late))


class Group(_Pair):
    """One pattern and then another."""

    __slots__ = ()

    def _pair(self, left: Pattern, right: Pattern) -> Pattern:
        return group(left, right)

    @remembered
    def opened(self, name: str, late: bool = False, /) -> Pattern:
        first = self.left.opened(name, late).then(lambda rest: group(rest, self.right))
        if late or self.left.nullable:
            return choice((first, self.right.opened(name, late)))
        return first

    def text(self, value: str, context: Context = (), /) -> Pattern:
        first = group(self.left.text(value, context), self.right)
        if self.left.nullable:
            return choice((first, self.right.text(value, context)))
        return first


class Interleave(_Pair):
    """Two patterns, the one among the other."""

    __slots__ = ()

    def _pair(self, left: Pattern, right: Pattern) -> Pattern:
        return interleave(left, right)

    @remembered
    def opened(self, name: str, late: bool = False, /) -> Pattern:
        left = self.left.opened(name, late).then(lambda rest: interleave(rest, self.right))
        right = self.right.opened(name, late).then(lambda rest: interleave(self.left, rest))
        return choice((left, right))

    def text(self, value: str, context: Context = (), /) -> Pattern:
        left = interleave(self.left.text(value, context), self.right)
        return choice((left, interleave(self.left, self.right.text(value, context))))


class OneOrMore(Pattern):
    """A pattern, once or more often."""

    __slots__ = ("body",)

    def __init__(self, body: Pattern) -> None:
        super().__init__(nullable=body.nullable, typed=body.typed)
        self.body = body

    @property
    def parts(self) -> tuple[Pattern, ...]:
        return (self.body,)

    @remembered
    def opened(self, name: str, late: bool = False, /) -> Pattern:
        return self.body.opened(name, late).then(lambda rest: group(rest, optional(self)))

    @remembered
    def attributed(self, fitting: frozenset[Attribute], /) -> Pattern:
        return group(self.body.attributed(fitting), optional(self))

    @remembered
    def closed(self, late: bool = False, /) -> Pattern:
        return one_or_more(self.body.closed(late))

    def text(self, value: str, context: Context = (), /) -> Pattern:
        return group(self.body.text(value, context), optional(self))


class After(_Pair):
    """The content of an element that is open, and what may follow the element."""

    __slots__ = ()

    def __init__(self, left: Pattern, right: Pattern) -> None:
        super().__init__(left, right)
        self.nullable, self.typed = False, left.typed

    @property
    def parts(self) -> tuple[Pattern, ...]:
        return (self.left,)

    @remembered
    def opened(self, name: str, late: bool = False, /) -> Pattern:
        return self.left.opened(name, late).then(lambda rest: after(rest, self.right))

    @remembered
    def attributed(self, fitting: frozenset[Attribute], /) -> Pattern:
        return after(self.left.attributed(fitting), self.right)

    @remembered
    def closed(self, late: bool = False, /) -> Pattern:
        return after(self.left.closed(late), self.right)

    def text(self, value: str, context: Context = (), /) -> Pattern:
        return after(self.left.text(value, context), self.right)

    def ended(self, late: bool = False, /) -> Pattern:
        return self.right if late or self.left.nullable else NOT_ALLOWED

    def then(self, make: Callable[[Pattern], Pattern], /) -> Pattern:
        return after(self.left, make(self.right))


NOT_ALLOWED = NotAllowed()
EMPTY = Empty(nullable=True)
TEXT = Text(nullable=True)
_KNOWN: WeakValueDictionary[Hashable, Pattern] = WeakValueDictionary()


def same(kind: Callable[..., Kind], *parts: Hashable) -> Kind:
    """Return the one pattern of a kind that has these parts."""
    key = (kind, *parts)
    found = _KNOWN.get(key)
    if found is None:
        found = _KNOWN[key] = kind(*parts)
    return cast("Kind", found)


def choice(members: Iterable[Pattern]) -> Pattern:
    """Return one of several patterns."""
    flat: set[Pattern] = set()
    for each in members:
        flat.update(each.members if type(each) is Choice else (each,))
    flat.discard(NOT_ALLOWED)
    if EMPTY in flat and any(each.nullable for each in flat if each is not EMPTY):
        flat.discard(EMPTY)
    if len(flat) > 1:
        return same(Choice, frozenset(flat))
    return flat.pop() if flat else NOT_ALLOWED


def _joined(kind: Callable[..., Pattern], left: Pattern, right: Pattern) -> Pattern:
    if left is NOT_ALLOWED or right is NOT_ALLOWED:
        return NOT_ALLOWED
    if left is EMPTY:
        return right
    return left if right is EMPTY else same(kind, left, right)


def group(left: Pattern, right: Pattern) -> Pattern:
    """Return one pattern and then another."""
    return _joined(Group, left, right)


def interleave(left: Pattern, right: Pattern) -> Pattern:
    """Return one pattern among another."""
    return _joined(Interleave, left, right)


def after(content: Pattern, rest: Pattern) -> Pattern:
    """Return the content of an element with what may follow it."""
    if content is NOT_ALLOWED or rest is NOT_ALLOWED:
        return NOT_ALLOWED
    return same(After, content, rest)


def one_or_more(body: Pattern) -> Pattern:
    """Return a pattern that may come again."""
    if body is NOT_ALLOWED or body is EMPTY or body is TEXT or type(body) is OneOrMore:
        return body
    return same(OneOrMore, body)


def optional(body: Pattern) -> Pattern:
    """Return a pattern that need not be there."""
    return choice((body, EMPTY))
