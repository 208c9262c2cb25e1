"""TEI Simple Print: the same words, fewer elements. Its schema judges it in `conformance`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from encoder.render import render
from tests.rendering import NS, PHENOMENA, SAMPLES, rendered, tree


def simple(sample: Path) -> etree._Element:
    return etree.fromstring(rendered(sample, "tei-simple"))


def characters(root: etree._Element) -> Counter[str]:
    hidden = "ancestor::t:certainty"
    text = root.find("t:text", NS)
    words = "".join(text.xpath(f".//text()[not({hidden})]", namespaces=NS))
    return Counter(character for character in words if not character.isspace())


def test_the_text_is_the_same_with_its_signs_written_out(sample: Path) -> None:
    before, after = characters(tree(sample)), characters(simple(sample))
    assert before <= after
    signs = "".join(tree(sample).xpath("//t:text//@rend | //t:text//t:ptr/@n", namespaces=NS))
    added = set((after - before).keys())
    assert added <= set(signs) | set("‹U+08›")


def test_the_notes_are_all_there_with_their_marks(sample: Path) -> None:
    notes = "//t:text//t:note[@n or contains(@rend, 'callout(')]"
    before = tree(sample).xpath(notes, namespaces=NS)
    after = simple(sample).xpath("//t:text//t:note[@n]", namespaces=NS)
    assert len(after) == len(before)


def test_pointers_lead_somewhere(sample: Path) -> None:
    root = simple(sample)
    ids = {f"#{one}" for one in root.xpath("//@xml:id")}
    pointers = root.xpath("//@ref | //@resp | //@who | //@next | //@prev")
    assert {word for pointer in pointers for word in pointer.split()} <= ids


def test_signs_are_written_out_and_looks_are_named() -> None:
    text = "".join(simple(PHENOMENA).find("t:text", NS).itertext())
    assert "[tillagda]" in text
    assert simple(PHENOMENA).xpath("//t:hi[@rendition='simple:italic']/text()", namespaces=NS)
    assert not simple(PHENOMENA).xpath("//@rend")


def test_the_same_bytes_twice() -> None:
    for sample in SAMPLES:
        assert render(sample, "tei-simple", {"strict": True}) == rendered(sample, "tei-simple")


@pytest.mark.parametrize("words", ["<gap><desc>told</desc></gap>", "<ptr><desc>told</desc></ptr>"])
def test_what_is_empty_by_its_nature_may_hold_words(words: str) -> None:
    root = tree(PHENOMENA)
    root.find(".//t:body//t:p", NS).append(etree.fromstring(f'<x xmlns="{NS["t"]}">{words}</x>')[0])
    assert "told" in render(etree.tostring(root), "tei-simple").decode()


def test_what_simple_has_not_becomes_what_it_has() -> None:
    body = """<p><term>ice</term> <ref target="#nowhere">there</ref> <address><street>Bay 2</street>
    </address></p><listBibl><biblStruct><monogr><title>Ice</title></monogr></biblStruct></listBibl>"""
    tei = f'<TEI xmlns="{NS["t"]}"><text><body>{body}</body></text></TEI>'
    text = etree.fromstring(render(tei.encode(), "tei-simple")).find("t:text", NS)
    names = {etree.QName(one).localname for one in text.iter()}
    assert names == {"text", "body", "p", "hi", "ref", "address", "addrLine", "listBibl", "bibl",
                     "title"}  # fmt: skip
    assert not text.xpath("//@target")


def test_pages_transcribed_by_their_places_become_a_text() -> None:
    lines = "<surface><line>First</line><line>then</line></surface>"
    tei = f'<TEI xmlns="{NS["t"]}"><sourceDoc>{lines}</sourceDoc></TEI>'
    assert b"<ab>First<lb/>then<lb/></ab>" in render(tei.encode(), "tei-simple")
