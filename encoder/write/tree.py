"""Spans are written down as TEI: one pass over the text in reading order.

A sign is not written as text: the element it belongs to says it, in `@n` or in a `@rend` token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from encoder.edition import Edition
from encoder.errors import StructureError
from encoder.model import WHITE_CHARS, Span
from encoder.profile import Profile
from encoder.write.elements import TEI, XML
from encoder.write.emphasised import widened
from encoder.write.ink import Ink, plain
from encoder.write.nest import CONTAINERS, Nest, Part
from encoder.write.sections import sections, within

READINGS = {"sic": "corr", "orig": "reg", "abbr": "expan"}
BLOCKS = CONTAINERS | frozenset(
    "p ab eg head figDesc byline dateline salute signed l item castItem cell speaker stage "
    "epigraph quote trailer addrLine titlePart docImprint docDate docEdition".split()
)
QUALIFIED = {f"xml:{name}": f"{{{XML}}}{name}" for name in ("id", "lang", "space")}
EMPTY = frozenset({"milestone", "gap", "ptr"})
# What is written instead of the characters it covers.
INSTEAD = frozenset({"lb", "g"})


def qualified(attrs: Mapping[str, str]) -> dict[str, str]:
    """Return attributes as lxml names them: `xml:id` and `xml:lang` in their namespace."""
    return {QUALIFIED.get(name, name): value for name, value in attrs.items()}


def voice(span: Span) -> dict[str, str]:
    """Return the attributes that say who makes a statement and how sure they are."""
    said = {"resp": f"#{span.by}"} if span.by else {}
    return said | ({"cert": span.cert} if span.cert else {})


@dataclass(slots=True)
class Opened:
    """An element that is being written, and what it says; it may be cut while it is open."""

    tag: str
    node: etree._Element
    part: Part


def write_text(edition: Edition, profile: Profile) -> etree._Element:
    """Return the `<text>` element of an edition.

    Raises:
        StructureError: the spans contradict each other.
    """
    writer = Writer(edition, profile)
    return writer.write(edition.spans)


class Writer:
    """Writes one text; `here` is the reading offset up to which it is written."""

    def __init__(self, edition: Edition, profile: Profile) -> None:
        self.edition = edition
        self.text = plain(edition.source.text, no_break=edition.layout.no_break)
        # Its stubs know neither what start() returns nor its namespace map.
        self.builder: Any = etree.TreeBuilder()
        self.ink = Ink(self.builder, keep_lines=profile.lines == "keep")
        self.stack: list[Opened] = []
        self.here = self.joined = 0
        self.sections: list[Part] = []
        self.cuts: dict[int, int] = {}

    def write(self, spans: Iterable[Span]) -> etree._Element:
        """Write the whole source, with the spans as its markup."""
        length = len(self.edition.source.text)
        self._push(Part(0, length + 1, Span(0, 0, "text")))
        known = list(spans)
        self.sections = sections(known, self.edition)
        for part in Nest(self.edition, widened(within(known, self.sections))):
            self._begin_sections(part.start)
            self._close_until(part.start)
            self._text_until(part.start)
            self._open(part)
        self._begin_sections(length)
        self._close_until(length)
        self._text_until(length)
        self._close_until(length + 1)
        root: etree._Element = self.builder.close()
        return root

    def _begin_sections(self, offset: int) -> None:
        """Open front, body and back as the text comes to them."""
        while self.sections and self.sections[0].start <= offset:
            section = self.sections.pop(0)
            self._close_until(section.start)
            self._text_until(section.start)
            self._push(section)

    def _open(self, part: Part) -> None:
        if part.span.tag == "sign":
            self._sign(part)
        elif part.span.tag in INSTEAD:
            self._instead(part)
        elif part.start == part.end:
            self._point(part)
        else:
            self._push(part)

    def _push(self, part: Part) -> None:
        tag = part.span.tag
        self._before(tag)
        if self._stands_alone(tag) or tag == "note":
            self.ink.start_block()
        if part.span.reading is not None and tag in READINGS:
            self._start("choice", {})
            node = self._start(tag, part.span.attrs)
        else:
            node = self._start(tag, {**part.span.attrs, **voice(part.span)})
        self.stack.append(Opened(tag, node, part))

    def _before(self, tag: str) -> None:
        """Lay out the white space before an element."""
        if self._stands_alone(tag) or self._in_container():
            if self.stack:
                self.builder.data("\n")
        else:
            self.ink.flush()

    def _stands_alone(self, tag: str) -> bool:
        """Whether an element is a block here: a stage direction within words is none."""
        return tag in BLOCKS and (tag != "stage" or self._in_container())

    def _in_container(self) -> bool:
        return bool(self.stack) and self.stack[-1].tag in CONTAINERS

    def _describes(self) -> bool:
        """Whether a description is being written: no line beginning can stand in it."""
        return any(opened.tag == "figDesc" for opened in self.stack)

    def _start(self, tag: str, attrs: Mapping[str, str]) -> etree._Element:
        node: etree._Element = self.builder.start(f"{{{TEI}}}{tag}", qualified(attrs), {None: TEI})
        return node

    def _end(self, tag: str) -> None:
        self.builder.end(f"{{{TEI}}}{tag}")

    def _point(self, part: Part) -> None:
        """Write an empty element; inside a broken word it says that it breaks none."""
        attrs = {**part.span.attrs, **voice(part.span)}
        if part.span.tag in ("pb", "milestone") and 0 < part.start <= self.joined:
            attrs["break"] = "no"
        if attrs.get("unit") == "notes" and self._read(part.start, part.start + 1) in WHITE_CHARS:
            self._text_until(part.start + 1)  # notes begin a line: its end is the text's own
        self._before(part.span.tag)
        self._start(part.span.tag, attrs)
        self._end(part.span.tag)

    def _instead(self, part: Part) -> None:
        drawn = "rend" in part.span.attrs  # such a line has its own element
        if drawn:
            self.ink.flush(marked=False)
        self._before(part.span.tag)
        self._start(part.span.tag, part.span.attrs)
        self._end(part.span.tag)
        if drawn:
            self.ink.start_block()
        elif part.span.tag == "lb":
            self._turn(part)
        else:
            self.ink.after_word()
        self.here = part.end

    def _turn(self, part: Part) -> None:
        """Go on in the next line of the source, inside a word."""
        text = self._read(self.here, part.end)
        self.joined = part.end
        self.ink.late = self.ink.late or "\n" in text

    def _sign(self, part: Part) -> None:
        """Say a sign in the element it belongs to: the innermost that is open."""
        node = self.stack[-1].node
        kind = part.span.attrs["kind"]
        if kind == "post":
            self.ink.flush()
        elif kind == "turn":
            self._turn(part)
        for token in self._read(part.start, part.end).split():
            if kind not in ("callout", "label") or token != node.get("n"):
                node.set("rend", f"{node.get('rend', '')} {kind}({token})".strip())
        self.here = part.end
        if kind != "label":  # white space follows a label, and is no part of the note
            self.ink.after_word()

    def _close_until(self, offset: int) -> None:
        while self.stack and self.stack[-1].part.end <= offset:
            self._text_until(self.stack[-1].part.end)
            self._close(self.stack.pop())

    def _close(self, closed: Opened) -> None:
        if closed.tag in CONTAINERS:
            self.builder.data("\n")
        self._end(closed.tag)
        self._finish(closed, closed.part)
        if self._stands_alone(closed.tag):
            self.ink.start_block()
        elif closed.tag == "note":
            self.ink.after_word()

    def _finish(self, closed: Opened, part: Part) -> None:
        if part.span.reading is not None and closed.tag in READINGS:
            self._start(READINGS[closed.tag], voice(part.span))
            self.builder.data(part.span.reading)
            self._end(READINGS[closed.tag])
            self._end("choice")
        if part.cut or part.number:
            self._link(closed, part)

    def _link(self, closed: Opened, part: Part) -> None:
        """Link the parts of a phrase that was cut (TEI P5 17.3)."""
        node = closed.node
        serial = self.cuts.setdefault(part.whole, len(self.cuts) + 1)
        node.set(f"{{{XML}}}id", f"part{serial}-{part.number + 1}")
        if part.cut:
            node.set("next", f"#part{serial}-{part.number + 2}")
        if part.number:
            node.set("prev", f"#part{serial}-{part.number}")

    def _read(self, start: int, end: int) -> str:
        return self.edition.order.read(self.text, start, end)

    def _text_until(self, offset: int) -> None:
        if offset <= self.here:
            return
        text, self.here = self._read(self.here, offset), offset
        top = self.stack[-1].tag
        if top == "eg":
            self.ink.verbatim(
                self.edition.order.read(self.edition.source.text, offset - len(text), offset)
            )
        elif top not in CONTAINERS and top not in EMPTY:
            self.ink.text(text, marked=not self._describes())
        elif text.strip(WHITE_CHARS):
            raise StructureError(f"<{top}> cannot hold the text {text.strip()[:40]!r}")
