"""A TEI file holds one text, or is a corpus of several; here it becomes texts, each on its own.

What comes out has no DOCTYPE and no entity: nothing in it leads elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from encoder.errors import InputError
from encoder.feeding import feed

if TYPE_CHECKING:
    from lxml.etree import _Element

TEI: Final = "{http://www.tei-c.org/ns/1.0}"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# A declaration of an encoding that is not UTF-8.
FOREIGN: Final = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)
NAMES: Final = frozenset({f"{TEI}persName", f"{TEI}orgName", f"{TEI}name"})


@dataclass(frozen=True)
class Corpus:
    """Texts as XML, one `<TEI>` each, with the title and the authors of the whole.

    `languages` are those of the texts, in their order; empty where one does not say.
    """

    texts: tuple[str, ...]
    title: str
    authors: tuple[str, ...]
    languages: tuple[str, ...]


def alone(tei: Path | bytes) -> str | None:
    """Return the text of a file that plainly holds one; None where `corpus` must look closer.

    Nothing of it is built: what has no DOCTYPE has nothing to take out.

    Raises:
        InputError: it cannot be read.
    """
    data = _bytes(tei)
    if b"\0" in data or b"<!DOCTYPE" in data or FOREIGN.match(data):  # UTF-16 has bytes of 0
        return None
    root: list[tuple[str, int]] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def begin(name: str, _attributes: object) -> None:
        root.append((f"{{{name}", parser.CurrentByteIndex))
        parser.StartElementHandler = None  # it is asked for the first alone

    parser.StartElementHandler = begin
    try:
        feed(parser, data)
        [(name, start)] = root
        return data[start:].decode() if name == f"{TEI}TEI" else None
    except (expat.ExpatError, UnicodeDecodeError):
        return None


def corpus(tei: Path | bytes) -> Corpus:
    """Read a TEI file as its texts; a `<teiCorpus>` has those it holds (TEI P5 15.1).

    Raises:
        InputError: it cannot be read, is not well-formed, or is not TEI.
    """
    from lxml import etree

    root, place = _root(tei), str(tei) if isinstance(tei, Path) else ""
    if root.tag not in (f"{TEI}TEI", f"{TEI}teiCorpus"):
        hint = "a file holds one text, in <TEI xmlns='http://www.tei-c.org/ns/1.0'>"
        raise InputError(f"not TEI: the root element is {root.tag!s}", hint=hint, place=place)
    found = [root] if root.tag == f"{TEI}TEI" else list(_members(root))
    if not found:
        raise InputError("this corpus holds no text", place=place)
    texts = [etree.tostring(one, encoding="unicode", with_tail=False) for one in found]
    authors = dict.fromkeys(name for one in found for name in _said(one, "author"))
    languages = tuple(map(_language, found))
    return Corpus(tuple(texts), next(_said(root, "title"), ""), tuple(authors), languages)


def _language(root: _Element) -> str:
    text = root.find(f"{TEI}text")
    return str((root if text is None else text).get(LANG) or root.get(LANG, ""))


def joined(tei: Path | bytes) -> str:
    """Return a TEI file as one text; a corpus is a text that is a group (TEI P5 15.1).

    Raises:
        InputError: it cannot be read, is not well-formed, or is not TEI.
    """
    if text := alone(tei):
        return text
    from lxml import etree

    root = _root(tei)
    if root.tag != f"{TEI}teiCorpus":
        return corpus(tei).texts[0]
    whole = etree.Element(f"{TEI}TEI", dict(root.attrib), nsmap=root.nsmap)
    whole.extend(root.findall(f"{TEI}teiHeader"))
    members = list(root.iter(f"{TEI}TEI"))
    for member in members:
        whole.extend(member.findall(f"{TEI}standOff"))
    group = etree.SubElement(etree.SubElement(whole, f"{TEI}text"), f"{TEI}group")
    for member in members:
        _add_member(group, member)
    return etree.tostring(whole, encoding="unicode")


def _add_member(group: _Element, member: _Element) -> None:
    """Add the texts of a member to a group, under the title that its header gives."""
    from lxml import etree

    inner = etree.SubElement(group, f"{TEI}group", dict(member.attrib))
    if (title := member.find(f"{TEI}teiHeader//{TEI}titleStmt/{TEI}title")) is not None:
        words = "".join(map(str, title.itertext())).split()
        etree.SubElement(inner, f"{TEI}head").text = " ".join(words)
    inner.extend(member.findall(f"{TEI}text") + member.findall(f"{TEI}sourceDoc"))


def _root(tei: Path | bytes) -> _Element:
    from lxml import etree

    from encoder.trees import parser

    place = str(tei) if isinstance(tei, Path) else ""
    try:
        root = etree.fromstring(_bytes(tei), parser())
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"not well-formed XML: {error.msg}",
            hint="`tei validate` shows where",
            place=f"{place}:{error.lineno}" if place else "",
        ) from None
    for entity in root.iter(etree.Entity):
        raise InputError(
            f"the entity {entity.text} is not resolved",
            hint="write the character itself: entities of a DOCTYPE are not read",
            place=f"{place}:{entity.sourceline}" if place else "",
        )
    return root


def _bytes(tei: Path | bytes) -> bytes:
    if isinstance(tei, bytes):
        return tei
    try:
        return tei.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=str(tei)) from None


def _members(whole: _Element) -> Iterator[_Element]:
    """Yield the texts of a corpus; each takes the language and registers of the whole with it."""
    for child in whole.iterchildren(f"{TEI}TEI", f"{TEI}teiCorpus"):
        one = deepcopy(child)
        if LANG not in one.attrib and LANG in whole.attrib:
            one.set(LANG, whole.attrib[LANG])
        if one.find(f"{TEI}standOff") is None:
            for register in whole.iterchildren(f"{TEI}standOff"):
                one.insert(1, deepcopy(register))
        yield from [one] if one.tag == f"{TEI}TEI" else _members(one)


def _said(root: _Element, name: str) -> Iterator[str]:
    """Yield what the title statement says under a name, without what it says is unknown.

    Several names in one statement are as many persons, as `f:persons` of the stylesheets has it.
    """
    for said in root.iterfind(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}{name}"):
        names = [one for one in said if one.tag in NAMES]
        yield from _known(names if len(names) > 1 else [said])


def _known(elements: Iterable[_Element]) -> Iterator[str]:
    for one in elements:
        words = " ".join("".join(map(str, one.itertext())).split())
        if words and words.lower() != "unknown":
            yield words
