"""What a pattern says of a row of children: whether they may stand there, and what may follow.

The children of an element are told by their names, a text among them by ''.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from encoder.validate.relaxng.names import XML
from encoder.validate.relaxng.patterns import NOT_ALLOWED, After, Choice, Pattern, choice
from encoder.validate.tags import Node

# What prefixes are taken to mean where a value is tried.
CONTEXT = (("xml", XML),)


def rights(opened: Pattern) -> Pattern:
    """Return what may follow an element, of what may follow its start tag."""
    return choice(each.right for each in _afters(opened))


def contents(opened: Pattern) -> list[Pattern]:
    """Return what may stand in an element that has been opened."""
    return [each.left for each in _afters(opened)]


def _afters(opened: Pattern) -> list[After]:
    members = opened.members if isinstance(opened, Choice) else (opened,)
    return [each for each in members if isinstance(each, After)]


def past(state: Pattern, name: str) -> Pattern:
    """Return what may follow an element of some name, or a text (whose name is '')."""
    if name:
        return rights(state.opened(name))
    return state if state.typed else state.worded()


def ends(state: Pattern) -> bool:
    """Tell whether nothing needs to follow."""
    return state.nullable or state.ended() is not NOT_ALLOWED


def holds(state: Pattern, names: Iterable[str], *, complete: bool) -> bool:
    """Tell whether children of these names may follow, and whether they may be all."""
    for name in names:
        state = past(state, name)
        if state is NOT_ALLOWED:
            return False
    return not complete or ends(state)


def tagged(content: Pattern, attributes: Mapping[str, str]) -> Pattern:
    """Return what may stand in an element that has these attributes and no other."""
    for name, value in attributes.items():
        named = content.attributes_named(name)
        fitting = frozenset(each for each in named if each.allows(value, CONTEXT))
        content = content.attributed(fitting) if fitting else NOT_ALLOWED
    return content.closed()


def dispensable(content: Pattern, attributes: Mapping[str, str], name: str) -> bool:
    """Tell whether an element would do without one of its attributes."""
    others = {each: value for each, value in attributes.items() if each != name}
    return tagged(content, others) is not NOT_ALLOWED


def suits(content: Pattern, node: Node) -> bool:
    """Tell whether an element's attributes and children would be right in another's place."""
    inside = tagged(content, node.attributes)
    names = [child.name for child in node.children]
    return inside is not NOT_ALLOWED and holds(inside, names, complete=True)
