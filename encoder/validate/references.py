"""Pointers lead somewhere, and no two elements share a name.

A pointer is an attribute that holds addresses (TEI P5 17.2); `#id` means the element of the same
file whose `xml:id` is `id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from encoder.model import Finding, Position
from encoder.validate.document import Document
from encoder.validate.position import path_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEI = "http://www.tei-c.org/ns/1.0"
ID = "{http://www.w3.org/XML/1998/namespace}id"
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


def check(document: Document) -> Iterator[Finding]:
    """Yield `id-duplicate` and `ref-dangling` Findings."""
    names: dict[str, Element] = {}
    for element in document.root.iter("*"):
        name = element.get(ID)
        if name is not None and names.setdefault(name, element) is not element:
            yield _duplicate(document, element, names[name], name)
    for element in document.root.iter(f"{{{TEI}}}*"):
        for attribute, name in _fragments(element):
            if name not in names:
                yield _dangling(document, element, attribute, name, list(names))


def _fragments(element: Element) -> Iterator[tuple[str, str]]:
    """Yield attribute and id for each pointer into the file; XPointer schemes are not ids."""
    for attribute, value in element.attrib.items():
        if attribute in POINTERS and "#" in value:
            for token in str(value).split():
                if len(token) > 1 and token[0] == "#" and "(" not in token:
                    yield str(attribute), token[1:]


def _place(document: Document, element: Element) -> Position:
    return document.places.at(path_of(element))


def _duplicate(document: Document, element: Element, first: Element, name: str) -> Finding:
    message = f'xml:id="{name}" is already the name of the element at {_place(document, first)}.'
    where, hint = _place(document, element), "Give one of the two another xml:id."
    return Finding("id-duplicate", "error", message, document.name, where, hint)


def _dangling(
    document: Document, element: Element, attribute: str, name: str, known: list[str]
) -> Finding:
    message = f'@{attribute} points at #{name}, and nothing in the file has xml:id="{name}".'
    near = get_close_matches(name, known, 1)
    hint = f"Did you mean #{near[0]}?" if near else "Give the target that xml:id, or correct @{0}."
    where = _place(document, element)
    return Finding("ref-dangling", "error", message, document.name, where, hint.format(attribute))
