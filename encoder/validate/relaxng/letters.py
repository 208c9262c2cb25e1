"""Which signs are letters of names, or parts of them: in XML 1.0, second edition.

XML Schema 1.0 takes names from there, and libxml2 has its long tables.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import RelaxNG

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
# Signs of ASCII that are letters, or parts of names, or neither.
LETTER, PART, NEITHER = "a", "-", "!"


@cache
def like(sign: str) -> str:
    """Return a sign of ASCII that may stand in names wherever another may."""
    if sign.isascii():
        return sign
    kinds = ("NCName", LETTER), ("NMTOKEN", PART)
    return next((found for name, found in kinds if _libxml2(name, sign)), NEITHER)


def _libxml2(name: str, text: str) -> bool:
    from lxml import etree

    element = etree.Element("a")
    try:
        element.text = text
    except ValueError:  # what cannot stand in XML at all
        return False
    return bool(_grammar(name).validate(element))


@cache
def _grammar(name: str) -> RelaxNG:
    from lxml import etree

    space = "http://relaxng.org/ns/structure/1.0"
    root = etree.Element(f"{{{space}}}element", name="a", datatypeLibrary=XSD)
    etree.SubElement(root, f"{{{space}}}data", type=name)
    return etree.RelaxNG(root)
