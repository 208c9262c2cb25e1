"""A copy is what an edition has of a register's entry: those mentioned stand in its `<standOff>`.

It has names, dates of life, identifiers and notes (TEI P5 14.3), in the elements and the order that
the edition's schema wants.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterable, Iterator, Mapping

from encoder.registers import ASIDE, ENTRIES, PARTS, PLAIN, TEI, TYPES, XML, Kind, named, text_of

# What is copied: parts of an entry, its attributes, those of a name.
KEPT = frozenset({"idno", "note", "ref", "ptr"})
FIRST: Mapping[Kind, str] = {"place": "location", "org": "idno"}  # what our schema wants foremost
KEPT_ATTRIBUTES = frozenset({f"{XML}id", f"{XML}lang", "type", "role", "resp", "cert"})
EVENT = ("when", "from", "to", "notBefore", "notAfter", "resp", "cert")
NAME_ATTRIBUTES = frozenset({f"{XML}lang", "type", "resp", "cert"})


def copied(entry: ET.Element) -> str:
    """Return the entry as TEI that our schema knows, with no spaces between its children.

    An edition copies names, dates of life, identifiers and notes; what else a register tells stays
    there.
    """
    attrs = {key: value for key, value in entry.attrib.items() if key in KEPT_ATTRIBUTES}
    copy = ET.Element(entry.tag, {"xmlns": TEI, **attrs})
    copy.extend(_described(entry) if ENTRIES[entry.tag][0] == "work" else _told(entry))
    return ET.tostring(copy, encoding="unicode")


def _described(work: ET.Element) -> Iterator[ET.Element]:
    """Yield what describes a work: all of it."""
    titles = work.findall("title")
    for child in work:
        title = child.tag == "title"
        yield _copied_name(child, titles.index(child), "title") if title else _tidied(child)


def _told(entry: ET.Element) -> Iterator[ET.Element]:
    """Yield what is copied of an entry, in the order that our schema wants: the names first."""
    kind, called = ENTRIES[entry.tag]
    names = named(entry)
    yield from (_copied_name(name, index, called[0]) for index, name in enumerate(names))
    rest = [*(idno for name in names for idno in name.findall("idno")), *entry]
    for child in sorted(rest, key=lambda child: child.tag != FIRST.get(kind)):
        if child.tag in ("birth", "death"):
            yield _copied_event(child)
        elif child.tag in KEPT:
            yield _tidied(child)
        elif child.tag == "location" and (geo := child.findall("geo")):
            yield _located(geo)


def _copied_event(event: ET.Element) -> ET.Element:
    """Return a birth or a death with its date, wherever in it that stands, and its words."""
    dated = {key: value for part in event.iter() for key, value in part.attrib.items()}
    copy = ET.Element(event.tag, {key: dated[key] for key in EVENT if key in dated})
    copy.text = text_of(event)
    return copy


def _located(geo: Iterable[ET.Element]) -> ET.Element:
    """Return where a place lies, in coordinates."""
    copy = ET.Element("location")
    for one in geo:
        ET.SubElement(copy, "geo").text = text_of(one)
    return copy


def _copied_name(name: ET.Element, index: int, tag: str) -> ET.Element:
    """Return a name with the types, attributes and parts that an edition uses."""
    attrs = {key: value for key, value in name.attrib.items() if key in NAME_ATTRIBUTES}
    copy = ET.Element(tag, attrs)
    kind = name.get("type", "")
    if kind and kind not in (TYPES if tag == "persName" else PLAIN):
        copy.set("type", "variant" if index else "main")
    _fill(copy, name, PARTS if tag == "persName" else ())
    return copy


def _fill(copy: ET.Element, element: ET.Element, parts: Container[str]) -> None:
    """Add the words of an element to a copy, in the elements that are among the parts."""
    _add(copy, element.text)
    for child in element:
        if child.tag in parts:
            _fill(ET.SubElement(copy, child.tag), child, parts)
        elif child.tag not in ASIDE:
            _fill(copy, child, parts)
        _add(copy, child.tail)


def _add(copy: ET.Element, text: str | None) -> None:
    if len(copy):
        copy[-1].tail = (copy[-1].tail or "") + _one_space(text)
    else:
        copy.text = (copy.text or "") + _one_space(text)


def _tidied(element: ET.Element, tail: str = "") -> ET.Element:
    copy = ET.Element(element.tag, dict(element.attrib))
    copy.text, copy.tail = _one_space(element.text), tail
    copy.extend(_tidied(child, _one_space(child.tail)) for child in element)
    return copy


def _one_space(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
