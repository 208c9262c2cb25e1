"""The first edition, for the tests that look at it whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from encoder.model import Source
from encoder.read.source import read

ROOT = Path(__file__).parent.parent / "tei"
NAME = "trotskij-1928-10-21"
FILE = ROOT / f"{NAME}.xml"
NS = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@cache
def source() -> Source:
    """Return the text as received."""
    return read(ROOT / "sources" / f"{NAME}.txt")


@cache
def root() -> etree._Element:
    """Return the TEI as committed."""
    return etree.fromstring(FILE.read_bytes())


def found(path: str) -> list[etree._Element]:
    """Return what an XPath finds in the TEI; `t` is its prefix."""
    result = root().xpath(path, namespaces=NS)
    assert isinstance(result, list)
    return [node for node in result if isinstance(node, etree._Element)]


def words(element: etree._Element) -> str:
    """Return what an element says, its white space collapsed, notes and readings left out."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    apart = copy.xpath(".//t:note | .//t:corr", namespaces=NS)
    assert isinstance(apart, list)
    for node in apart:
        if isinstance(node, etree._Element):
            _leave_out(node)
    text = etree.tostring(copy, method="text", encoding="unicode")
    return " ".join(text.split())


def _leave_out(node: etree._Element) -> None:
    before, parent = node.getprevious(), node.getparent()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)
