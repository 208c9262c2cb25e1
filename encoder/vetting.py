"""A register is vetted: what is wrong in an entry would be wrong in every text that mentions it.

An edition copies the entries that it mentions (TEI P5 14.3), so they have to be as its schema wants
them. Most are, and are seen to be by their elements and values alone; the others are matched
against the schema, and told where they stand in their own file.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, starmap

from encoder.copies import KEPT_ATTRIBUTES, NAME_ATTRIBUTES, copied
from encoder.forms import LANGUAGE, is_date
from encoder.model import Finding, Position
from encoder.registers import DATING, ENTRIES, PARTS, TEI, XML, Person, Register
from encoder.resources import schema

POINTERS = ("resp", "target")
ADDRESSES = re.compile(r"[#\w:/.~%-]+")
WORD = re.compile(r"[\w.-]+")
# The elements that nearly all entries are made of, wherever they stand in a copy.
NAMES = {name for kind, names in ENTRIES.values() if kind != "work" for name in names}
USUAL = {*PARTS, *NAMES, *ENTRIES, "title"}
USUAL |= {"birth", "death", "location", "geo", "idno", "note", "ref", "ptr"}
LISTS = {"person": "listPerson", "place": "listPlace", "org": "listOrg", "work": "listBibl"}
OPENED = (
    f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>register</title></titleStmt>'
    "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    "<standOff><{}>\n"
)
CLOSED = "\n</{}></standOff></TEI>"


def vetted(registers: Iterable[Register]) -> list[Finding]:
    """Return what is wrong in the entries of some registers, each at its line in its file."""
    return [finding for register in registers for finding in _vetted(register)]


def _vetted(register: Register) -> Iterator[Finding]:
    odd = [entry for entry in register.entries if not _is_usual(entry)]
    for kind, entries in groupby(sorted(odd, key=lambda e: e.kind), key=lambda e: e.kind):
        yield from _matched(str(register.path), LISTS[kind], list(entries))


def _is_usual(entry: Person) -> bool:
    """Whether a copy of an entry has nothing that the schema could find fault with."""
    return all(tag in USUAL and all(starmap(_is_sound, said)) for tag, said in _copied(entry))


def _copied(entry: Person) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """Yield the elements that a copy of an entry has, each with its attributes in the copy."""
    if entry.element is None:
        return
    yield entry.element.tag, _among(KEPT_ATTRIBUTES, entry.element)
    for child in entry.element:
        is_name = child.tag in NAMES and entry.kind != "work"
        if child.tag in USUAL or entry.kind == "work":
            for part in child.iter():
                yield part.tag, _among(NAME_ATTRIBUTES, part) if is_name else part.items()


def _among(names: Container[str], element: ET.Element) -> list[tuple[str, str]]:
    return [(name, value) for name, value in element.items() if name in names]


def _is_sound(name: str, value: str) -> bool:
    if name in DATING:
        return is_date(value.strip())
    if name in (f"{XML}lang", "type"):
        return bool((WORD if name == "type" else LANGUAGE).fullmatch(value))
    if name == "cert":
        return value in ("high", "medium", "low", "unknown")
    return name == f"{XML}id" or (name in POINTERS and bool(ADDRESSES.fullmatch(value)))


def _matched(file: str, list_name: str, entries: Sequence[Person]) -> Iterator[Finding]:
    """Yield what the schema says of some entries; in what is matched each has a line."""
    from encoder.validate import document, relaxng  # not before it is needed

    rows = "\n".join(copied(entry.element) for entry in entries if entry.element is not None)
    text = OPENED.format(list_name) + rows + CLOSED.format(list_name)
    read = document.read(text.encode(), file)
    found = [read] if isinstance(read, Finding) else relaxng.check(read, schema("edition.rng"))
    for finding in found:
        index = finding.where.line - 2 if finding.where else -1
        if 0 <= index < len(entries):
            place = Position(entries[index].line, 1)
            yield replace(finding, severity="warning", where=place, fix=None)
