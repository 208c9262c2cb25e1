"""A collection is its texts in their order, and what they mention: the entries of its indexes.

It knows a text by the facts that `xslt/facts.xsl` tells of it, and is written as one small XML
document for `xslt/site.xsl`. The words around each mention go to the page of their entry alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

C: Final = "{urn:tei-encoder:collection}"
KINDS: Final = ("persons", "places", "orgs", "works")
# A file system takes names of 255 bytes; a letter may take four of them.
LONGEST: Final = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an index, and the texts that mention it: each with its mentions, as XML."""

    facts: Mapping[str, str]
    places: dict[int, bytes] = field(default_factory=dict)
    counts: Counter[int] = field(default_factory=Counter)

    @property
    def file(self) -> str:
        """The name of its page: its id, by which a text finds it; a long title is cut."""
        one, cut = self.facts["id"], self.facts["kind"] == "works"
        short = f"{one[:LONGEST]}-{_digest(one)}" if cut and len(one) > LONGEST else one
        return f"{short}.html"


@dataclass(slots=True)
class Collection:
    """Texts and entries; `about` are the attributes of the whole."""

    about: Mapping[str, str] = field(default_factory=dict)
    texts: list[dict[str, str]] = field(default_factory=list)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def add(self, href: str, facts: _Element) -> None:
        """Add the next text: the address of its page from the start page, and its facts."""
        number = len(self.texts)
        self.texts.append({**_attributes(facts), "href": href})
        for entry in facts.iterfind(f"{C}entry"):
            said = _attributes(entry)
            known = self.entries.setdefault((said["kind"], said["id"]), Entry(said))
            known.counts[number] = len(entry)
            known.places[number] = _inside(entry)

    def tell_apart(self) -> None:
        """Call texts that share a title by what they are called themselves, too."""
        shared = Counter(text["title"] for text in self.texts)
        for text in self.texts:
            title, own = text["title"], text.pop("own")
            if own not in ("", title) and shared[title] > 1:
                text["title"] = own if title == self.about.get("title") else f"{title}: {own}"

    def tell_dates(self) -> None:
        """Say when each text was written, in words of the collection's language or in figures."""
        for text in self.texts:
            words, figures = text["date-words"], text.pop("date-figures")
            ours = text.pop("date-language") == self.about["language"]
            text["date-words"] = (words if ours else figures) or words or figures

    def order(self) -> list[int]:
        """Return the texts by date, the undated last, each year in the order of their names."""
        return sorted(range(len(self.texts)), key=lambda number: _when(self.texts[number]))

    @property
    def kinds(self) -> list[str]:
        """The indexes that have an entry."""
        present = {kind for kind, _ in self.entries}
        return [kind for kind in KINDS if kind in present]

    def document(self, kind: str = "") -> str:
        """Return the collection as `xslt/site.xsl` reads it, with the entries of one index."""
        from lxml import etree

        root = etree.Element(f"{C}collection", dict(self.about), nsmap={None: C[1:-1]})
        for number in self.order():
            etree.SubElement(root, f"{C}text", self.texts[number])
        for entry in self._entries(kind):
            etree.SubElement(root, f"{C}entry", _counted(entry))
        if kind == "persons":
            root.extend(_pairs(self._entries(kind)))
        return etree.tostring(root, encoding="unicode")

    def entry(self, entry: Entry) -> str:
        """Return one entry with all its mentions, as `xslt/site.xsl` reads it."""
        from lxml import etree

        root = etree.Element(f"{C}collection", dict(self.about), nsmap={None: C[1:-1]})
        shown = etree.SubElement(root, f"{C}entry", _counted(entry))
        for number in self.order():
            if number in entry.places:
                place = etree.SubElement(shown, f"{C}in", self.texts[number])
                place.extend(etree.fromstring(entry.places[number]))
        return etree.tostring(root, encoding="unicode")

    def _entries(self, kind: str) -> list[Entry]:
        return [entry for (one, _), entry in sorted(self.entries.items()) if one == kind]


def _attributes(element: _Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _inside(entry: _Element) -> bytes:
    """Return the mentions of an entry in one text, as XML of their own."""
    from lxml import etree

    return etree.tostring(entry, with_tail=False)


def _counted(entry: Entry) -> dict[str, str]:
    texts, mentions = str(len(entry.counts)), str(entry.counts.total())
    return {**entry.facts, "texts": texts, "mentions": mentions, "file": entry.file}


def _when(text: Mapping[str, str]) -> tuple[bool, int, str, str]:
    """Return what a text is sorted by; years before our era count down."""
    date = text["date"]
    year = int(date[: date.index("-", 1)] if "-" in date[1:] else date or 0)
    return not date, year, date, text["href"]


def _pairs(persons: Iterable[Entry]) -> Iterator[_Element]:
    """Yield each two persons who are mentioned in the same texts, with how many these are."""
    from lxml import etree

    by_text: dict[int, list[str]] = {}
    for person in persons:
        for number in person.counts:
            by_text.setdefault(number, []).append(person.facts["label"])
    shared = Counter(pair for names in by_text.values() for pair in combinations(sorted(names), 2))
    for (one, other), texts in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if one != other:
            yield etree.Element(f"{C}pair", {"a": one, "b": other, "texts": str(texts)})


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:8]
