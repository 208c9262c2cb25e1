"""How much of other people's TEI is read: the share that loses nothing, on our page and off it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
from lxml import etree, html

from encoder.errors import MissingError
from encoder.render import render

T = "{http://www.tei-c.org/ns/1.0}"
TEXTS = f"{T}text", f"{T}sourceDoc"
# An e-book and a sheet have running heads of their own; the page shows those of the source.
READ = ".//text()[not(ancestor::*[local-name() = 'fw'])]"
# The contents of an e-book say again what its leaves say.
LEAF = re.compile(r"/(?!nav)[^/]+\.xhtml$")


def figures(cases: Path) -> dict[str, float]:
    """Return the share of the valid TEI of others that is rendered without loss, by the format."""
    ways = {"foreign": lost, "foreign_epub": lost_in_epub, "foreign_pdf": lost_in_pdf}
    return {f"rendering.{name}": _share(name, way, [*valid(cases)]) for name, way in ways.items()}


def _share(name: str, way: Callable[[Path], str], paths: list[Path]) -> float:
    gone = {path: way(path) for path in paths}
    for path, what in gone.items():
        if what:
            print(f"  {name}: of {path.name} is not shown: {what[:60]}")
    return round(list(gone.values()).count("") / len(gone), 4)


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
    shown = "".join(main.text_content() for main in page.iter("main"))
    return _missing(_pieces(path, ".//text()"), _bare(shown))


def lost_in_epub(path: Path) -> str:
    """Return what the text has and the e-book has not, likewise."""
    with zipfile.ZipFile(io.BytesIO(render(path, "epub"))) as book:
        leaves = [book.read(name) for name in book.namelist() if LEAF.search(name)]
    shown = "".join(word for leaf in leaves for word in etree.fromstring(leaf).itertext())
    return _missing(_pieces(path, READ), _bare(shown))


def lost_in_pdf(path: Path) -> str:
    """Return the letters and figures that the text has and the PDF has not.

    Signs are not asked for: lines end in hyphens there, and quotation marks are the language's.
    """
    try:
        pdf = pypdf.PdfReader(io.BytesIO(render(path, "pdf")))
    except MissingError as error:  # Typst's own fonts, the same on any machine, lack a script
        return error.message
    shown = "".join(page.extract_text() for page in pdf.pages)
    words = _letters("".join(_pieces(path, READ)))
    return "".join((words - _letters(shown)).elements())


def _missing(pieces: list[str], shown: str) -> str:
    gone = next((piece for piece in pieces if piece not in shown), "")
    return gone or "".join((Counter("".join(pieces)) - Counter(shown)).elements())


def _pieces(path: Path, which: str) -> list[str]:
    return [_bare(piece) for text in _texts(_tree(path)) for piece in text.xpath(which)]


def _texts(root: etree._Element) -> Iterator[etree._Element]:
    for text in root.iter(*TEXTS):
        if not any(outer.tag in TEXTS for outer in text.iterancestors()):
            yield text


def _tree(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, collect_ids=False, no_network=True)
    return etree.parse(path, parser).getroot()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, unicodedata.normalize("NFKC", text)))
