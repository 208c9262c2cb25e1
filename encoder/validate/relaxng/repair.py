"""What to change so that a fault is gone: of the changes one could make, the first that holds.

A change is tried on the pattern of the element around the fault, with what stands behind it there.
Those that keep every word come before those that do not; taking something out is the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from encoder.validate.pen import Edits, Pen
from encoder.validate.relaxng import expect
from encoder.validate.relaxng import names as naming
from encoder.validate.relaxng.changes import Change, Remedy, Site, reached
from encoder.validate.relaxng.leaves import Element
from encoder.validate.relaxng.minimal import Minimal
from encoder.validate.relaxng.names import local, uri
from encoder.validate.relaxng.patterns import NOT_ALLOWED, Pattern, choice
from encoder.validate.relaxng.ranking import Ranking, new_first
from encoder.validate.relaxng.rows import contents, ends, holds, past, suits
from encoder.validate.tags import Node

if TYPE_CHECKING:
    from encoder.validate.relaxng.frames import Frame
    from encoder.validate.relaxng.schema import Schema

# A change is tried with so many siblings behind it, then, should they be wrong too, with fewer.
AHEAD = (30, 1, 0)
# So far an element is moved among its siblings, so many are wrapped together, so deep is it nested.
FAR, RUN, DEEP = 20, 12, 4
# An element that so few can hold belongs in one of them.
FEW = 3
# Names that are tried for an element; the likeliest come first.
TRIED = 60


class Repair:
    """Finds the change for each fault of one document."""

    def __init__(self, schema: Schema, ranking: Ranking, pen: Pen) -> None:
        self.schema, self.ranking, self.pen = schema, ranking, pen
        self.minimal = Minimal(ranking)
        self._holding: dict[tuple[Pattern, str], set[str]] = {}

    # --- faults

    def misplaced(self, frames: Sequence[Frame], state: Pattern) -> Remedy | None:
        """Return the remedy for an element that cannot stand where it is."""
        site = self._site(frames[-2], frames[-1], state)
        if site is None:
            return None
        # What is closed before its first child would be there and hold nothing.
        before: Iterator[Change] = iter(())
        late = self._splits(site, frames)
        if site.index:
            before, late = late, before
        kept = chain(self._moves(site), self._wraps(site, needed=True))
        kept = chain(kept, self._leads(site, frames[-3:-1]), before)
        renames, bare = self._renames(site), self._bare(site)
        other = chain(bare, late, renames) if site.node.children else chain(renames, bare, late)
        right, around = self._right_in_itself(site.node), self._wraps(site, needed=False)
        if len(self._can_hold(state, site.node.name)) <= FEW:
            kept, around = chain(kept, around), iter(())
        likely = (kept, other) if right else (other, kept)
        first = chain(self._copies(site), self._renames(site, by_custom=True))
        if site.late:
            first = chain(first, self._moves(site), self._culprits(site))
        last = chain(around, self._culprits(site), self._removals(site))
        return self._first(site, chain(first, *likely, last))

    def unknown(self, frames: Sequence[Frame], state: Pattern) -> Remedy | None:
        """Return the remedy for an element whose name is like none that could be meant."""
        site = self._site(frames[-2], frames[-1], state)
        if site is None:
            return None
        changes = [*self._bare(site), *self._renames(site), *self._removals(site)]
        return self._first(site, changes)

    def fits(self, frames: Sequence[Frame], state: Pattern, name: str) -> bool:
        """Tell whether an element could have another name: what it holds would be right then."""
        node = self.pen.node(frames[-1].byte)
        return node is None or any(suits(each, node) for each in contents(state.opened(name)))

    def missing(
        self, frame: Frame, wanted: Iterable[Element], state: Pattern | None
    ) -> Remedy | None:
        """Return the remedy for an element in which something lacks.

        `state` is the pattern at its end; None where what lacks should come before a child.
        """
        parent = self.pen.node(frame.byte)
        if parent is None or frame.whole is None:
            return None
        site = Site(parent, len(parent.children), state or frame.whole, frame.whole)
        if state is None:
            site = reached(site)
        return self._first(
            site, self._insertions(site, list(wanted) or expect.expected(site.state))
        )

    def text(self, frame: Frame, state: Pattern, at: int) -> Remedy | None:
        """Return the remedy for text that cannot stand where it is, beginning at a byte."""
        parent = self.pen.node(frame.byte)
        children = parent.children if parent else []
        index = next((n for n, child in enumerate(children) if child.is_text_at(at)), -1)
        if parent is None or index < 0:
            return None
        site = Site(parent, index, state, frame.whole or state)
        removal = Change("Remove it, or move it.", [], lambda: self.pen.removed(site.node))
        return self._first(
            site, [*self._wraps(site, needed=True), *self._wraps(site, needed=False), removal]
        )

    def _site(self, parent: Frame, frame: Frame, state: Pattern) -> Site | None:
        node = self.pen.node(frame.byte)
        if node is None or node.parent is None or node.parent.start != parent.byte:
            return None
        return Site(node.parent, node.index, state, parent.whole or state)

    def _first(self, site: Site, changes: Iterable[Change]) -> Remedy | None:
        tried: list[Change] = []
        for change in changes:  # made as they are needed: the first does, as a rule
            if site.holds(change, AHEAD[0]) and (edits := change.make()):
                return site.remedy(change, edits)
            tried.append(change)
        for ahead in AHEAD[1:]:
            for change in tried:
                if site.holds(change, ahead) and (edits := change.make()):
                    return site.remedy(change, edits)
        return None

    def take_for(self, byte: int, wrong: str, right: str) -> None:
        """Take the element at a byte, and what it holds, for elements of another namespace."""
        top = self.pen.node(byte)
        nodes = [top] if top else []
        for node in nodes:  # what is found on the way is gone through as well
            if node.name and uri(node.name) == wrong:
                node.name = naming.name(right, local(node.name))
            nodes.extend(node.children)

    def _right_in_itself(self, node: Node) -> bool:
        return any(suits(each.content(), node) for each in self.schema.known.get(node.name, ()))

    # --- ways out

    def _copies(self, site: Site) -> Iterator[Change]:
        """Yield the removal of an element that another before it is the same as."""
        mine = self.pen.source(site.node)
        if any(self.pen.source(each) == mine for each in site.parent.children[: site.index]):
            yield self._removal(site, "already has one")

    def _removals(self, site: Site) -> Iterator[Change]:
        yield self._removal(site, "cannot have it here")

    def _removal(self, site: Site, why: str) -> Change:
        name, holder = local(site.node.name), local(site.parent.name)
        hint = f"Remove this <{name}>: <{holder}> {why}."
        return Change(hint, [], lambda: self.pen.removed(site.node))

    def _moves(self, site: Site) -> Iterator[Change]:
        """Yield the places among the siblings to which an element could go, the nearest first."""
        node, children, here = site.node, site.parent.children, site.index
        names = [child.name for child in children]
        for at in range(here - 1, max(-1, here - FAR), -1):
            order = [*names[:at], node.name, *names[at:here], *names[here + 1 : here + FAR]]
            yield Change(
                self._moving(node, "before", children[at]),
                order,
                partial(self.pen.moved, node, children[at]),
                whole=True,
            )
        for at in range(here + 1, min(len(children), here + FAR)):
            yield Change(
                self._moving(node, "behind", children[at]),
                [*names[here + 1 : at + 1], node.name],
                partial(self.pen.moved_behind, node, children[at]),
                skip=at + 1 - here,
            )
        if past(site.whole, node.name) is not NOT_ALLOWED and node.name in names[:here]:
            yield self._removal(site, "already has one")

    def _culprits(self, site: Site) -> Iterator[Change]:
        """Yield the move or removal of an element before, without which all behind it is right."""
        children, here = site.parent.children, site.index
        names = [child.name for child in children]
        for at in range(here - 1, max(-1, here - FAR), -1):
            node, before = children[at], [*names[:at], *names[at + 1 : here]]
            behind = names[here : here + FAR]
            for n in range(1, len(behind) + 1):
                yield Change(
                    self._moving(node, "behind", children[here + n - 1]),
                    [*before, *behind[:n], node.name, *behind[n:]],
                    partial(self.pen.moved_behind, node, children[here + n - 1]),
                    whole=True,
                    before=before,
                )
            what = f"<{local(node.name)}>" if node.name else "the text"
            hint = f"Remove {what} before <{local(site.node.name)}>: they cannot stand together."
            make = partial(self.pen.removed, node)
            yield Change(hint, [*before, *behind], make, whole=True, before=before)

    def _moving(self, node: Node, where: str, other: Node) -> str:
        what = f"<{local(other.name)}>" if other.name else "the text"
        return f"Move <{local(node.name)}> {where} {what}."

    def _wraps(self, site: Site, *, needed: bool) -> Iterator[Change]:
        """Yield the elements that could stand around one, or around several in a row."""
        what = f"<{local(site.node.name)}>" if site.node.name else "it"
        for name in self._holders(site, needed=needed):
            for run in self._runs(site, name):
                last = site.parent.children[site.index + run - 1]
                yield Change(
                    f"Put {what} in <{local(name)}>.",
                    [name],
                    partial(self._around, site, last, name),
                    skip=run,
                    wrapper=name,
                )

    def _holders(self, site: Site, *, needed: bool) -> list[str]:
        """Return what could stand around the one at fault: what is missing, or what is not."""
        missing = {name for each in expect.missing(site.state) for name in each.names.names()}
        found = self._can_hold(site.state, site.node.name)
        return self.ranking.ranked(found & missing if needed else found - missing)[:TRIED]

    def _can_hold(self, state: Pattern, child: str) -> set[str]:
        """Return the names of elements that may come next and in which a child may come first."""
        key = state, child
        if key not in self._holding:
            self._holding[key] = {
                name
                for each in expect.expected(state)
                for name in each.names.names()
                if past(each.content().closed(), child) is not NOT_ALLOWED
            }
        return self._holding[key]

    def _runs(self, site: Site, name: str) -> Iterator[int]:
        """Yield how many children, from the one at fault on, an element could hold."""
        inside = choice(content.closed() for content in contents(site.state.opened(name)))
        for run, child in enumerate(site.parent.children[site.index : site.index + RUN], 1):
            inside = past(inside, child.name)
            if inside is NOT_ALLOWED:
                return
            if ends(inside):
                yield run

    def _around(self, site: Site, last: Node, name: str) -> Edits:
        return self.pen.wrapped(site.node, last, self._tag(name, site.parent))

    def _tag(self, name: str, near: Node) -> str:
        """Return the start tag of a new element, without its brackets."""
        if uri(name) == uri(near.name):
            return self.pen.prefix(near) + local(name)
        return f'{local(name)} xmlns="{uri(name)}"'

    def _leads(self, site: Site, frames: Sequence[Frame]) -> Iterator[Change]:
        """Yield the move of an element's first child to before that element."""
        outer, inner = site.parent.parent, site.parent
        whole = frames[0].whole if outer and frames[1:] and not frames[1].shared else None
        if site.index or not inner.children[1:] or outer is None or whole is None:
            return
        names = [child.name for child in outer.children]
        names.insert(inner.index, site.node.name)
        if holds(whole, names[: inner.index + AHEAD[0]], complete=len(names) < AHEAD[0]):
            hint = f"Move <{local(site.node.name)}> before the <{local(inner.name)}> around it."
            yield Change(hint, [], partial(self.pen.moved, site.node, inner))

    def _splits(self, site: Site, frames: Sequence[Frame]) -> Iterator[Change]:
        """Yield the closing of the elements around, so that one stands behind them."""
        state, around = site.state, [site.parent]
        near = frames[-DEEP - 2 :]
        for outer, inner in zip(near[-3::-1], near[-2::-1], strict=False):
            node = self.pen.node(outer.byte)
            if inner.shared or outer.state is None or node is None:
                return
            open_, name = list(around), local(inner.name)
            closed = " and ".join(f"<{local(one.name)}>" for one in open_)
            if ends(state) and self._stands(node, around, outer.state, site.node):
                yield Change(
                    f"Close {closed} before <{local(site.node.name)}>.",
                    [],
                    partial(self.pen.closed_before, open_, site.node),
                    skip=len(site.parent.children) - site.index,
                )
            if self._follows(node, open_[-1], outer.state, site.node):
                yield Change(
                    f"Move <{local(site.node.name)}> behind <{name}>.",
                    [],
                    partial(self.pen.moved_behind, site.node, open_[-1]),
                )
            state = outer.state
            around.append(node)

    def _stands(self, outer: Node, around: Sequence[Node], state: Pattern, node: Node) -> bool:
        """Tell whether an element could follow those around it, and what follows it them."""
        again = any(
            _behind(one, child) for one, child in zip(around, [node, *around], strict=False)
        )
        return self._follows(outer, around[-1], state, node, again=again)

    def _follows(
        self, outer: Node, inner: Node, state: Pattern, node: Node, *, again: bool = False
    ) -> bool:
        """Tell whether one element could follow another, and that be opened `again` behind it."""
        behind = [node.name, inner.name] if again else [node.name]
        after = inner.index + 1
        rest = [child.name for child in outer.children[after : after + AHEAD[0]]]
        return holds(state, behind + rest, complete=len(rest) < AHEAD[0])

    def _bare(self, site: Site) -> Iterator[Change]:
        names = [child.name for child in site.node.children]
        hint = f"Remove the tags of <{local(site.node.name)}>, and keep what is in it."
        if names:
            yield Change(hint, names, partial(self.pen.bared, site.node))

    def _renames(self, site: Site, *, by_custom: bool = False) -> Iterator[Change]:
        """Yield the elements that could stand here and hold what this one holds."""
        node = site.node
        names = {name for each in expect.expected(site.state) for name in each.names.names()}
        if by_custom:
            names = {name for name in names if self.ranking.by_custom(name, node.name)}
        for name in self.ranking.ranked(names, node.name)[:TRIED]:
            fitting = any(suits(each, node) for each in contents(site.state.opened(name)))
            if fitting and uri(name) == uri(node.name):
                hint = f"Write <{local(name)}> instead of <{local(node.name)}>."
                yield Change(
                    hint,
                    [name],
                    partial(self.pen.renamed, node, local(name)),
                    renamed=name,
                )

    def _insertions(self, site: Site, wanted: Iterable[Element]) -> Iterator[Change]:
        """Yield the elements that are wanted, each with the least that it may hold."""
        by_name = {name: each for each in wanted for name in each.names.names()}
        where = f" in <{local(site.parent.name)}>"
        if site.index < len(site.parent.children) and site.node.name:
            where = f" before <{local(site.node.name)}>"
        there = {site.parent.name, *(child.name for child in site.parent.children)}
        for name in new_first(self.ranking.ranked(by_name), there)[:TRIED]:
            yield Change(
                f"Add <{local(name)}>{where}.",
                [name],
                partial(self._inserted, site, by_name[name], name),
                skip=0,
            )

    def _inserted(self, site: Site, element: Element, name: str) -> Edits:
        same = uri(name) == uri(site.parent.name)
        prefix = self.pen.prefix(site.parent)
        xml = self.minimal.element(element, name, prefix) if same else None
        return self.pen.inserted(site.parent, site.index, xml) if xml else ()


def _behind(around: Node, child: Node) -> bool:
    """Tell whether anything stands behind a child."""
    return not around.children or around.children[-1] is not child
