"""How much of other people's TEI is read on our page: the share that loses no word of its text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from encoder.render import render

T = "{http://www.tei-c.org/ns/1.0}"
TEXTS = f"{T}text", f"{T}sourceDoc"


def figures(cases: Path) -> dict[str, float]:
    """Return the share of the valid TEI of others that is rendered without loss."""
    whole = {path: not lost(path) for path in valid(cases)}
    for path, good in whole.items():
        if not good:
            print(f"  a word of {path.name} is not on the page: {lost(path)[:60]}")
    return {"rendering.foreign": round(sum(whole.values()) / len(whole), 4)}


def valid(cases: Path) -> Iterator[Path]:
    """Yield the valid documents and corpora."""
    with (cases / "index.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            path = cases / row["path"]
            if row["expected"] == "valid" and _tree(path).tag in (f"{T}TEI", f"{T}teiCorpus"):
                yield path


def lost(path: Path) -> str:
    """Return what the text has and the page has not: a piece of text, or characters."""
    page = html.document_fromstring(render(path, "html"))
    shown = _bare("".join(main.text_content() for main in page.iter("main")))
    pieces = [_bare(piece) for text in _texts(_tree(path)) for piece in text.xpath(".//text()")]
    gone = next((piece for piece in pieces if piece not in shown), "")
    return gone or "".join((Counter("".join(pieces)) - Counter(shown)).elements())


def _texts(root: etree._Element) -> Iterator[etree._Element]:
    for text in root.iter(*TEXTS):
        if not any(outer.tag in TEXTS for outer in text.iterancestors()):
            yield text


def _tree(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, collect_ids=False, no_network=True)
    return etree.parse(path, parser).getroot()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
