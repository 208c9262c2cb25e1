"""Editions for tests, made the way the pipeline makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from encoder.edition import Edition
from encoder.metadata import Metadata
from encoder.model import Source
from encoder.profile import Profile
from encoder.read.layout import layout
from encoder.read.source import decode
from encoder.registers import Register
from encoder.write.tree import write_text

Finder = Callable[[Edition, Profile], Iterable[object]]


def source(text: str, name: str = "text.txt") -> Source:
    """Return a source as if read from a file."""
    return decode(text.encode("utf-8", "surrogatepass"), name)


def bare(text: str, profile: Profile | None = None, register: Register | None = None) -> Edition:
    """Return an edition about which nothing has been found yet."""
    read = source(text)
    return Edition(read, layout(read, profile or Profile()), Metadata(), register or Register())


def found(text: str, *finders: Finder, profile: Profile | None = None) -> Edition:
    """Return what some finders know of a text."""
    profile = profile or Profile()
    edition = bare(text, profile)
    for find in finders:
        edition = edition.having(find(edition, profile))
    return edition


def tei(edition: Edition, profile: Profile | None = None) -> str:
    """Return the `<text>` of an edition without its namespace declaration."""
    written = etree.tostring(write_text(edition, profile or Profile()), encoding="unicode")
    return written.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")
