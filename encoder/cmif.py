"""CMIF is an index of letters for others to search: who wrote to whom, when, from where.

The Correspondence Metadata Interchange Format of the TEI Correspondence SIG, version 1.1 (with its
`@evidence` and `@cert`). It names persons and places only by authority files, since an id of a
register means nothing outside the edition.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from encoder.authorities import addresses
from encoder.forms import ADDRESS
from encoder.metadata import Metadata
from encoder.model import Finding, collapse
from encoder.trees import tree

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
ID = f"{{{XML}}}id"
UNKNOWN = "Unknown"
# The format wants this licence and no other.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
DATING = ("when", "from", "to", "notBefore", "notAfter")
NAMES = ("persName", "orgName", "placeName")
PARTIES = ("persName", "orgName")
KINDS = ("sent", "received")


@dataclass(frozen=True)
class Index:
    """A CMIF file, empty where none can be written, and what its letters lack."""

    tei: bytes = b""
    findings: tuple[Finding, ...] = ()


def cmif(edition: Metadata, texts: Iterable[tuple[str, bytes]]) -> Index:
    """Return the index of the letters among some TEI files.

    It is written only where the project has an address on the web and a licence of its metadata.

    Args:
        edition: what is known of the edition.
        texts: TEI files, each after its path, of which the address of its page is made. They are
            taken one at a time.
    """
    if not (edition.site_url and edition.licence_metadata):
        return Index()
    source = f"uuid-{uuid.uuid5(uuid.NAMESPACE_URL, edition.site_url)}"
    root, profile = _frame(edition, source)
    found = list(_licensed(edition))
    for name, letter in _letters(texts):
        described = _described(letter, f"#{source}", _page(edition.site_url, name))
        profile.append(described)
        found.extend(_lacking(described, name))
    if not len(profile):
        return Index()
    etree.indent(root)
    body = etree.tostring(root, encoding="unicode")
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
    return Index(data, tuple(found))


def _letters(texts: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, etree._Element]]:
    """Yield the files that describe a correspondence; what is no XML describes none."""
    for name, data in texts:
        root = tree(data) if b"correspDesc" in data else None
        if root is not None and root.find(f".//{{{TEI}}}correspDesc") is not None:
            yield name, root


def _page(site: str, name: str) -> str:
    """Return the address of the web page of a text."""
    inner = PurePosixPath(name).with_suffix(".html")
    parts = inner.parts[1:] if inner.parts[0] == "tei" else inner.parts
    return f"{site.rstrip('/')}/{'/'.join(parts)}"


def _licensed(edition: Metadata) -> Iterator[Finding]:
    if edition.licence_metadata.rstrip("/") != LICENCE.rstrip("/"):
        message = f"CMIF asks for the licence {LICENCE}; the metadata has another"
        hint = "indexes such as correspSearch may not take the file"
        yield Finding("cmif-licence", "warning", message, "edition.toml", hint=hint)


def _lacking(letter: etree._Element, name: str) -> Iterator[Finding]:
    """Yield what an index would want to know of a letter and does not."""
    for action in letter:
        kind = action.get("type")
        if any(child.text == UNKNOWN for child in action):
            yield _lack(name, f"nobody is named as having {kind} it")
        elif not any(child.get("ref") for child in action if child.tag != f"{{{TEI}}}date"):
            yield _lack(name, f"nobody who {kind} it has an address of an authority file")
    if letter.find(f"{{{TEI}}}correspAction[@type='sent']/{{{TEI}}}date") is None:
        yield _lack(name, "no date says when it was sent")


def _lack(name: str, message: str) -> Finding:
    hint = "say it in texts.csv or edition.toml; add <idno> to the register"
    return Finding("cmif-incomplete", "info", f"CMIF: {message}", name, hint=hint)


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{TEI}}}{tag}", attributes)
    element.text = text or None
    return element


def _frame(edition: Metadata, source: str) -> tuple[etree._Element, etree._Element]:
    """Return an index without letters, and the element that they go into."""
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    header = _add(root, "teiHeader")
    desc = _add(header, "fileDesc")
    stmt = _add(desc, "titleStmt")
    _add(stmt, "title", f"Letters in: {edition.title}" if edition.title else "Letters")
    _add(stmt, "editor", edition.editor or edition.encoder or UNKNOWN)
    published = _add(desc, "publicationStmt")
    _add(published, "publisher", edition.publisher or UNKNOWN)
    _add(published, "idno", f"{edition.site_url.rstrip('/')}/cmif.xml", type="url")
    if edition.pub_date:
        _add(published, "date", when=edition.pub_date)
    licence = edition.licence_metadata
    target = {"target": licence} if ADDRESS.fullmatch(licence) else {}
    _add(_add(published, "availability"), "licence", licence, **target)
    bibl = _add(_add(desc, "sourceDesc"), "bibl", edition.title or edition.site_url, type="online")
    bibl.set(ID, source)
    profile = _add(header, "profileDesc")
    _add(_add(_add(root, "text"), "body"), "p")
    return root, profile


def _described(letter: etree._Element, source: str, page: str) -> etree._Element:
    """Return the `correspDesc` of a letter with only what CMIF allows."""
    described = etree.Element(f"{{{TEI}}}correspDesc", {"ref": page, "source": source})
    found = letter.find(f".//{{{TEI}}}correspDesc")
    actions = [] if found is None else found.findall(f"{{{TEI}}}correspAction")
    for kind in KINDS:  # both must be there
        told = [action for action in actions if action.get("type") == kind]
        for action in told or [etree.Element(f"{{{TEI}}}correspAction", type=kind)]:
            _action(described, action, letter)
    return described


def _action(described: etree._Element, action: etree._Element, letter: etree._Element) -> None:
    made = _add(described, "correspAction", type=action.get("type", ""))
    for child in action:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in NAMES:
            _name(made, name, child, letter)
        elif name == "date" and (dates := dict(_dates(child))):
            _add(made, "date", **dates, **_doubt(child))
    if all(etree.QName(child).localname not in PARTIES for child in made):
        made.insert(0, _add(made, "persName", UNKNOWN))


def _name(made: etree._Element, name: str, child: etree._Element, letter: etree._Element) -> None:
    said = collapse("".join(child.itertext()))
    known = said and said.lower() != UNKNOWN.lower()
    ref = next(_authority(child.get("ref", ""), letter), "")
    more = {"ref": ref} if ref else {}
    _add(made, name, said if known else UNKNOWN, **more, **_doubt(child))


def _authority(ref: str, letter: etree._Element) -> Iterator[str]:
    """Yield the addresses of the authority files that a reference leads to."""
    for one in ref.split():
        if one.startswith("#"):
            entries = (entry for entry in letter.iter() if entry.get(ID) == one[1:])
            for entry in entries:
                idnos = entry.findall(f"{{{TEI}}}idno")
                yield from addresses((i.get("type", ""), collapse(i.text or "")) for i in idnos)
        elif ADDRESS.fullmatch(one):
            yield one


def _dates(date: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the dates in the three forms CMIF knows: day, month, year."""
    for name in DATING:
        if DATE.fullmatch(date.get(name, "")):
            yield name, date.get(name, "")


def _doubt(element: etree._Element) -> dict[str, str]:
    """Return what CMIF 1.1 can say of doubt: conjectured, uncertain."""
    said = (
        {"evidence": "conjecture"} if element.get("evidence") in ("conjecture", "external") else {}
    )
    return said | ({"cert": "low"} if element.get("cert") == "low" else {})
