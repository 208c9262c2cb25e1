"""A change that may mend a fault, and whether the children of an element are right with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from encoder.validate.pen import Edits
from encoder.validate.relaxng.patterns import NOT_ALLOWED, Pattern
from encoder.validate.relaxng.rows import holds, past
from encoder.validate.tags import Node


class Change(NamedTuple):
    """One way out: what then stands in place of `skip` children, and the edits that do it.

    With `whole`, the names are all children from the first on. `wrapper` is a new element around
    the one at fault, `renamed` the name it gets; `before` are the names then before it, where that
    is what changes.
    """

    hint: str
    names: Sequence[str]
    make: Callable[[], Edits]
    skip: int = 1
    whole: bool = False
    wrapper: str = ""
    renamed: str = ""
    before: Sequence[str] | None = None


class Remedy(NamedTuple):
    """What is to be done, in words and as edits, and how to go on as if it were done.

    `wrapper` and `renamed` are those of the change; `state` is what the element at fault meets
    then, where that is another pattern.
    """

    hint: str
    edits: Edits = ()
    wrapper: str = ""
    renamed: str = ""
    safe: bool = False
    state: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Where a fault is: child number `index` of an element, and the pattern that meets it there."""

    parent: Node
    index: int
    state: Pattern
    whole: Pattern

    def remedy(self, change: Change, edits: Edits) -> Remedy:
        """Return what a change comes to."""
        state = None if change.before is None else reduce(past, change.before, self.whole)
        return Remedy(change.hint, edits, change.wrapper, change.renamed, state=state)

    @property
    def node(self) -> Node:
        """The child that is at fault."""
        return self.parent.children[self.index]

    @property
    def late(self) -> bool:
        """Whether what stands before it came too early: something should have come before that."""
        names = [child.name for child in self.parent.children[: self.index]]
        return not holds(self.whole, names, complete=False)

    def holds(self, change: Change, ahead: int) -> bool:
        """Tell whether the siblings that follow are right once a change is made."""
        children = self.parent.children
        after = 0 if change.whole else self.index + change.skip
        behind = max(self.index + 1, after) + ahead
        rest = [] if change.whole else [child.name for child in children[after:behind]]
        start = self.whole if change.whole else self.state
        return holds(
            start, [*change.names, *rest], complete=bool(ahead) and behind >= len(children)
        )


def reached(site: Site) -> Site:
    """Return the place of the first child that the pattern does not allow."""
    state = site.whole
    for index, child in enumerate(site.parent.children):
        rest = past(state, child.name)
        if rest is NOT_ALLOWED:
            return Site(site.parent, index, state, site.whole)
        state = rest
    return Site(site.parent, len(site.parent.children), state, site.whole)
