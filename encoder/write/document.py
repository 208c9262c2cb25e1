"""A TEI document: the header, the register of those mentioned, the text (TEI P5 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from encoder.copies import copied
from encoder.edition import Edition
from encoder.metadata import references
from encoder.profile import Profile
from encoder.write.elements import TEI, XML
from encoder.write.header import header
from encoder.write.tree import write_text

TYPES = (
    ("rng", "http://relaxng.org/ns/structure/1.0"),
    ("sch", "http://purl.oclc.org/dsdl/schematron"),
)
# The list that each kind of entry stands in (TEI P5 14.3.2).
LISTS = {"person": "listPerson", "place": "listPlace", "org": "listOrg", "work": "listBibl"}


def document(edition: Edition, profile: Profile, schema: str = "schema/edition") -> bytes:
    """Return the TEI file of an edition.

    Args:
        edition: all that is known of the text.
        profile: the policy it was encoded by, language included.
        schema: path of our schema from the file's folder, without its ending.

    Raises:
        StructureError: the spans contradict each other.
    """
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    if profile.language:
        root.set(f"{{{XML}}}lang", profile.language)
    text = write_text(edition, profile)
    used = Counter({etree.QName(tag).localname: n for tag, n in _tags(text).items()})
    head = header(edition, profile, used=used, schema=f"{schema}.rng")
    root.extend(part for part in (head, _standoff(edition), text) if part is not None)
    for part in root:
        part.tail = "\n"
    root.text = "\n"
    return b"\n".join((*_prolog(schema), etree.tostring(root, encoding="utf-8"), b""))


def _tags(root: etree._Element) -> Counter[str]:
    """Return how often a tree has each element."""
    return Counter(str(element.tag) for element in root.iter())


def _prolog(schema: str) -> Iterator[bytes]:
    """Yield the XML declaration, and what tells an editor which schemas apply."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>'
    for ending, namespace in TYPES:
        yield (
            f'<?xml-model href="{schema}.{ending}" type="application/xml" '
            f'schematypens="{namespace}"?>'
        ).encode()


def _standoff(edition: Edition) -> etree._Element | None:
    """Return the entries of those mentioned, so that each `#id` resolves in the file."""
    mentioned = _mentioned(edition) if edition.register.entries else ()
    entries = [entry for entry in edition.register.entries if entry.id in mentioned]
    if not entries:
        return None
    standoff = etree.Element(f"{{{TEI}}}standOff", nsmap={None: TEI})
    for kind, name in LISTS.items():
        elements = (entry.element for entry in entries if entry.kind == kind)
        found = [etree.fromstring(copied(one)) for one in elements if one is not None]
        if found:
            etree.SubElement(standoff, f"{{{TEI}}}{name}").extend(found)
    for part in (standoff, *standoff, *(entry for one in standoff for entry in one)):
        part.tail = "\n"
    for part in (standoff, *standoff):
        part.text = "\n"
    return standoff


def _mentioned(edition: Edition) -> set[str]:
    """Return the ids that spans and the header point to."""
    named = set(references(edition.metadata))
    for span in edition.spans:
        for attr in ("ref", "assertedValue"):
            named.update(ref[1:] for ref in span.attrs.get(attr, "").split() if ref[0] == "#")
    return named
