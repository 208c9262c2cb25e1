"""What the matcher keeps in mind: the elements that are open, and what tags have come to before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from encoder.validate.relaxng.leaves import Attribute, Element
from encoder.validate.relaxng.patterns import Pattern


@dataclass(eq=False)
class Frame:
    """An element that is open.

    `state` is what may still come in it, None where anything may; `whole` what might at first.
    `children` counts those that have begun, by name. `shared` tells that `state` also holds what
    may follow the element. `inner` is the content of an element whose tags are missing around the
    children. `doubtful` tells that it stands in the wrong place: what else is odd about it may come
    of its name being wrong. `absent` is what was missing before a child, by the child's name.
    """

    name: str
    byte: int
    attributes: dict[str, str]
    state: Pattern | None = None
    whole: Pattern | None = None
    children: dict[str, int] = field(default_factory=dict)
    # Most elements are right and need none of these: what is not set here takes no time.
    shared: bool = field(default=False, init=False)
    faulty: bool = field(default=False, init=False)
    doubtful: bool = field(default=False, init=False)
    inner: Pattern | None = field(default=None, init=False)
    absent: dict[str, frozenset[Element]] | None = field(default=None, init=False)


class Met(NamedTuple):
    """What a start tag comes to in some state, if each of its attributes allows its value.

    `within` is what may then stand in the element, `around` in its parent; `shared` is that of its
    frame. `attributes` are those whose values are looked at, `identities` those that are IDs or
    refer to one.
    """

    within: Pattern | None
    around: Pattern | None
    shared: bool
    attributes: dict[str, Attribute]
    identities: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A namespace that is taken for another, within an element and its declarations.

    `depth` is how many frames are open there, `context` how many declarations are in force.
    """

    wrong: str
    right: str
    depth: int
    context: int
