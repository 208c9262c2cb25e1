"""Pointers lead somewhere, to what they should lead to, and no two things share a name.

Of a file that we did not write most of this is a warning: it may be meant for other files than
those at hand. In ours it is an error, for we give each pointer its target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, cached_property

from encoder.lexicon import table
from encoder.model import Edit, Finding, Fix, Position, Severity
from encoder.validate.document import Document
from encoder.validate.pen import Pen, quoted
from encoder.validate.position import attribute
from encoder.validate.references import links as reading
from encoder.validate.references.links import ID, Link, Links, Target, kind
from encoder.validate.references.resolve import Place, Resolver

__all__ = ["check"]

SPACE = re.compile(r"\s")
WORD = rb"(?<![^\s\"'])%b(?![^\s\"'])"
OURS = "tei-encoder"
# For so many names another is sought, alike or free; seeking is slow.
COMPARED = 50
ARTICLES = {"organisation": "an", "event": "an", "object": "an", "image": "an"}


def check(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with the names and pointers of a file."""
    yield from _Check(document).all()


class _Check:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.links: Links = reading.links(document)
        self.resolver = Resolver(self.links, document.name)
        self.ours = OURS in self.links.applications
        self.severity: Severity = "error" if self.ours else "warning"
        self._pen, self._renamed = Pen(document.places), 0
        self._compared: dict[str, str] = {}
        self._told: set[tuple[str, str]] = set()

    def all(self) -> Iterator[Finding]:
        for name, at in self.links.doubled:
            yield self._duplicate(name, at, self.links.targets[name])
        used = set[str]()
        for link in self.links.links:
            place = self.resolver.place(link)
            if place.problem:
                yield from self._unfollowed(link, place)
            elif place.target is not None:
                if not place.file and link.register != place.target.register:
                    used.add(place.name)
                yield from self._reached(link, place, place.target)
        yield from self._unused(used)
        yield from self._identifiers()
        if not self.ours:  # a rule of our schema sees to it
            yield from self._marks()

    def _finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        byte: int,
        hint: str,
        edits: tuple[Edit, ...] = (),
    ) -> Finding:
        where, fix = self._position(byte), Fix(edits) if edits else None
        return Finding(code, severity, message, self.document.name, where, hint, fix=fix)

    def _position(self, byte: int) -> Position:
        return self.document.places.position(byte)

    def _at(self, link: Link) -> int:
        """Return the byte of an address in its attribute."""
        data = self.document.data
        value = attribute(data, link.byte, link.attribute, value=True)
        end = data.find(data[value - 1 : value], value) if value > link.byte else value
        word = re.compile(WORD % re.escape(link.address.encode()))
        found = word.search(data, value, max(end, value))
        return found.start() if found else value

    # --- names

    def _duplicate(self, name: str, at: int, first: Target) -> Finding:
        other = self._position(first.byte)
        message = f'xml:id="{_cut(name)}" is already the name of the element at {other}.'
        byte = attribute(self.document.data, at, ID)
        hint, edits = "Give one of the two another xml:id.", tuple[Edit, ...]()
        self._renamed += 1
        if self._renamed <= COMPARED:
            edits = self._pen.value_written(at, ID, self._pen.free_name(name))
        return self._finding("id-duplicate", "error", message, byte, hint, edits)

    def _identifiers(self) -> Iterator[Finding]:
        """Two entries of a register with one identifier are one and the same, or one is wrong."""
        first: dict[tuple[str, str, str], tuple[int, int]] = {}
        for each in self.links.identifiers:
            key = each.kind, each.type, each.value
            entry, byte = first.setdefault(key, (each.entry, each.byte))
            if each.value and entry != each.entry:
                of_type = f" of type {_cut(each.type)}" if each.type else ""
                message = (
                    f'The identifier{of_type} "{_cut(each.value)}" is also that of the '
                    f"{each.kind} at {self._position(entry)}."
                )
                hint = (
                    f"Make the two entries one, or correct one (the other: {self._position(byte)})."
                )
                yield self._finding("idno-duplicate", self.severity, message, each.byte, hint)

    def _marks(self) -> Iterator[Finding]:
        first: dict[tuple[int, tuple[str, ...]], int] = {}
        for mark in self.links.marks:
            byte = first.setdefault((mark.page, mark.key), mark.byte)
            if byte != mark.byte:
                where = self._position(byte)
                message = (
                    f'Two notes of this page have the mark "{_cut(mark.key[0])}": see {where}.'
                )
                hint = "Correct @n of one of them, or add the page break between them."
                at = attribute(self.document.data, mark.byte, "n")
                yield self._finding("note-mark-twice", "warning", message, at, hint)

    def _unused(self, used: set[str]) -> Iterator[Finding]:
        """Entries that nothing points at, in registers of which other entries are pointed at."""
        targets = self.links.targets
        registers = {targets[name].register for name in used} - {-1}
        for name, target in targets.items():
            if target.register in registers and name not in used:
                message = f"Nothing in the file points at the {kind(target.element)} #{_cut(name)}."
                hint = "Point at it where it is named, or remove it."
                yield self._finding("ref-unused", "info", message, target.byte, hint)

    # --- pointers

    def _unfollowed(self, link: Link, place: Place) -> Iterator[Finding]:
        if place.problem == "ref-dangling":
            yield self._dangling(link, place)
            return
        if place.problem == "ref-bare":
            yield self._bare(link, place)
            return
        # One cause is said once: the file, or the prefix.
        cause = place.problem, place.file or link.address
        if cause not in self._told:
            self._told.add(cause)
            severity, why, hint = PROBLEMS[place.problem]
            message = f"@{link.attribute} points at {_cut(link.address)}: {why}."
            told: Severity = self.severity if severity == "warning" else "info"
            yield self._finding(place.problem, told, message, self._at(link), hint)

    def _dangling(self, link: Link, place: Place) -> Finding:
        where = f"in {place.file}" if place.file else "in the file"
        shown = _cut(link.address)
        message = (
            f"@{link.attribute} points at {shown}, and nothing {where} has "
            f'xml:id="{_cut(place.name)}".'
        )
        near = self._nearest(place.name) if not place.file else ""
        hint = f"Did you mean #{near}?" if near else TARGET.format(link.attribute)
        at = self._at(link)
        edits = self._addressed(at, link.address, f"#{near}") if near else ()
        return self._finding("ref-dangling", self.severity, message, at, hint, edits)

    def _bare(self, link: Link, place: Place) -> Finding:
        """Tell of a name where an address should be, which then is one of a file."""
        name, at = _cut(place.name), self._at(link)
        message = (
            f'@{link.attribute} points at a file "{name}"; an element here has xml:id="{name}".'
        )
        edits = self._addressed(at, link.address, f"#{link.address}")
        hint = f"Did you mean #{name}?"
        return self._finding("ref-bare", self.severity, message, at, hint, edits)

    def _addressed(self, at: int, address: str, new: str) -> tuple[Edit, ...]:
        """Write another address where one stands, unless it is written with references."""
        written = address.encode()
        if not self.document.data.startswith(written, at):
            return ()
        return (self._pen.edit(at, at + len(written), quoted(new)),)

    def _nearest(self, name: str) -> str:
        if name not in self._compared and len(self._compared) < COMPARED and len(name) < 100:
            known = [each for each in self.links.targets if not SPACE.search(each)][
                : 100 * COMPARED
            ]
            self._compared[name] = next(iter(get_close_matches(name, known, 1)), "")
        return self._compared.get(name, "")

    def _reached(self, link: Link, place: Place, target: Target) -> Iterator[Finding]:
        allowed = _leads(link.element, link.attribute)
        is_a = kind(target.element)
        if allowed and is_a and is_a not in allowed:
            wanted = _either([f"{ARTICLES.get(each, 'a')} {each}" for each in allowed])
            message = (
                f"<{link.element}> @{link.attribute} points at {_cut(link.address)}, which is "
                f"{ARTICLES.get(is_a, 'a')} {is_a}, not {wanted}."
            )
            hint = f"Point at {wanted}, or use another element for what is named."
            yield self._finding("ref-kind", self.severity, message, self._at(link), hint)
        if link.attribute in ANSWERS and not place.file and link.source:
            yield from self._answered(link, place)

    def _answered(self, link: Link, place: Place) -> Iterator[Finding]:
        """The next part's @prev leads back, if it has one."""
        answer = ANSWERS[link.attribute]
        backs = self._backs.get((place.name, answer))
        if backs and f"#{link.source}" not in backs:
            message = (
                f"@{link.attribute} points at #{_cut(place.name)}, whose @{answer} points at "
                f"{_cut(' '.join(backs))}, not back at #{_cut(link.source)}."
            )
            hint = f'Write {answer}="#{_cut(link.source)}" there, or correct @{link.attribute}.'
            yield self._finding("ref-unanswered", self.severity, message, self._at(link), hint)

    @cached_property
    def _backs(self) -> dict[tuple[str, str], list[str]]:
        """The addresses in @next and @prev, by the id of the element and the attribute."""
        found: dict[tuple[str, str], list[str]] = {}
        for link in self.links.links:
            if link.attribute in ANSWERS and link.source:
                found.setdefault((link.source, link.attribute), []).append(link.address)
        return found


ANSWERS = {"next": "prev", "prev": "next"}
TARGET = "Give the target that xml:id, or correct @{}."
PROBLEMS = {
    "ref-file-missing": ("warning", "there is no such file", "Correct the name, or add the file."),
    "ref-file-unread": ("warning", "the file is not well-formed XML", "Validate that file."),
    "ref-outside": (
        "info",
        "it lies outside the folder and project of the file, and is not looked at",
        "Keep the files of an edition in one folder, with edition.toml at its top.",
    ),
    "ref-prefix": (
        "warning",
        "no matchPattern of that prefixDef fits",
        "Correct the address, or add a prefixDef.",
    ),
}


@cache
def _leads(element: str, attribute_: str) -> list[str]:
    """Return the kinds of thing that a pointer may lead to; none where it may lead to any."""
    leads = table("pointers")["leads"]
    return str(leads.get(f"{element}@{attribute_}") or leads.get(f"@{attribute_}") or "").split()


def _either(things: list[str]) -> str:
    """Return things of which one is wanted, as `a, b or c`."""
    return " or ".join(filter(None, (", ".join(things[:-1]), things[-1])))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
