"""Pointers lead somewhere, and no two elements share a name.

A pointer is an attribute that holds addresses (TEI P5 17.2); `#id` means the element of the same
file whose `xml:id` is `id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from encoder.model import Finding
from encoder.validate import walk
from encoder.validate.document import Document
from encoder.validate.position import attribute

TEI = "http://www.tei-c.org/ns/1.0 "
ID = "http://www.w3.org/XML/1998/namespace id"
# The attributes of TEI P5 4.12 whose datatype is teidata.pointer, and certainty/@assertedValue,
# which names the other candidate for a pointer.
NAMES = """
    active adj adjFrom adjTo ana assertedValue calendar change children class copyOf corresp datcat
    datingMethod datingPoint decls domains edRef end exclude facs feats filter follow from fVal
    given hand inst lemmaRef location mergedIn mutual new next nymRef origin parent parts passive
    perf period prev ref rendition replyTo resp sameAs scheme scribeRef scriptRef select since
    source spanTo start synch target targetDatcat targetEnd to toWhom unitRef uri url value
    valueDatcat where who wit
"""
POINTERS = frozenset(NAMES.split())


class Names:
    """The names and pointers of one file, with the bytes of the tags they stand in."""

    def __init__(self, document: Document) -> None:
        self.names: dict[str, int] = {}
        self.doubled: list[tuple[str, int]] = []
        self.pointers: list[tuple[str, str, int]] = []
        self._ids = document.prologue.ids
        self._parser = walk.parser()
        self._parser.StartElementHandler = self._start
        self._parser.Parse(document.data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not attributes:
            return
        at = self._parser.CurrentByteIndex
        own = attributes.get(ID)
        if own is not None and self.names.setdefault(own, at) != at:
            self.doubled.append((own, at))
        for kind in self._ids:
            if kind[0] == name.rpartition(" ")[2] and kind[1] in attributes:
                self.names.setdefault(attributes[kind[1]], at)
        if name.startswith(TEI):
            for attribute_, value in attributes.items():
                if attribute_ in POINTERS and "#" in value:
                    self.pointers.append((attribute_, value, at))


def check(document: Document) -> Iterator[Finding]:
    """Yield `id-duplicate` and `ref-dangling` Findings."""
    found = Names(document)
    for name, at in found.doubled:
        yield _duplicate(document, at, found.names[name], name)
    for pointer, value, at in found.pointers:
        for name in _fragments(value):
            if name not in found.names:
                yield _dangling(document, at, pointer, name, list(found.names))


def _fragments(value: str) -> Iterator[str]:
    """Yield the ids that a value points at; XPointer schemes are not ids."""
    for token in value.split():
        if len(token) > 1 and token[0] == "#" and "(" not in token:
            yield token[1:]


def _duplicate(document: Document, at: int, first: int, name: str) -> Finding:
    other = document.places.position(first)
    message = f'xml:id="{name}" is already the name of the element at {other}.'
    where = document.places.position(attribute(document.data, at, ID))
    hint = "Give one of the two another xml:id."
    return Finding("id-duplicate", "error", message, document.name, where, hint)


def _dangling(document: Document, at: int, pointer: str, name: str, known: list[str]) -> Finding:
    message = f'@{pointer} points at #{name}, and nothing in the file has xml:id="{name}".'
    near = get_close_matches(name, known, 1)
    hint = f"Did you mean #{near[0]}?" if near else "Give the target that xml:id, or correct @{0}."
    where = document.places.position(attribute(document.data, at, pointer))
    return Finding("ref-dangling", "error", message, document.name, where, hint.format(pointer))
