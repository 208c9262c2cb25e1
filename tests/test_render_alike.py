"""All formats say the same: the notes, their words and their order; every character."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from encoder.render import Format, render
from tests.rendering import NS, PHENOMENA, page, paragraphs, rendered, tree
from tests.test_render_pdf import UNREAD, calls, markup
from tests.typst_calls import Call

XHTML = {"h": "http://www.w3.org/1999/xhtml"}
ADDED = {"voice", "back", "flag", "pb", "callout", "source", "address"}
Notes = list[str]


def squeezed(words: str) -> str:
    """Return words without white space, which each format lays out its own way."""
    return "".join(words.split())


def read(element: etree._Element, *skipped: str) -> str:
    """Return the words of HTML, without what the page adds to them."""
    classes = set((element.get("class") or "").split())
    if classes & (ADDED | {*skipped}):
        return ""
    inner = (read(child, *skipped) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def of_html(sample: Path) -> Notes:
    notes = page(sample).xpath("//*[@role='doc-footnote']")
    return [squeezed(read(note, "mark")) for note in notes]


def of_epub(sample: Path) -> Notes:
    with zipfile.ZipFile(io.BytesIO(rendered(sample, "epub"))) as archive:
        text = etree.fromstring(archive.read("EPUB/text.xhtml"))
    notes = text.xpath("//h:aside[@role='doc-footnote']", namespaces=XHTML)
    return [squeezed(read(note, "mark")) for note in notes]


def of_pdf(sample: Path) -> Notes:
    found = [call.parts[1] for call in calls(sample).calls() if call.name == "foot-note"]
    return [squeezed(body.words(*UNREAD)) for body in found if isinstance(body, Call)]


def test_the_notes_are_the_same_in_all_formats(sample: Path) -> None:
    notes = of_html(sample)
    assert len(notes) == len(
        tree(sample).xpath("//t:text//t:note[@n or contains(@rend, 'callout(')]", namespaces=NS)
    )
    assert of_epub(sample) == of_pdf(sample) == notes
    text = squeezed(rendered(sample, "text").decode())
    place = 0
    for note in notes:
        words = note.partition("[")[0] or note[:9]
        assert words in text[place:]
        place = text.index(words, place)


def test_a_pdf_has_a_tag_for_each_note(sample: Path) -> None:
    document = pikepdf.open(io.BytesIO(rendered(sample, "pdf")))
    tags = Counter(
        str(item.get("/S")) for item in document.objects if isinstance(item, pikepdf.Dictionary)
    )
    assert tags["/Note"] == len(of_html(sample))


def test_every_word_of_every_paragraph_is_in_the_plain_text(sample: Path) -> None:
    text = squeezed(without_callouts(sample))
    for paragraph in paragraphs(sample):
        assert squeezed(paragraph) in text


def without_callouts(sample: Path) -> str:
    """Return the plain text as it would be without its notes."""
    root = tree(sample)
    for note in root.xpath("//t:text//t:note[not(@place='inline')] | //t:text//t:ptr",
                           namespaces=NS):  # fmt: skip
        before = note.getprevious()
        parent = note.getparent()
        if before is None:
            parent.text = (parent.text or "") + (note.tail or "")
        else:
            before.tail = (before.tail or "") + (note.tail or "")
        parent.remove(note)
    return render(etree.tostring(root), "text").decode()


@pytest.mark.parametrize("form", ["html", "epub", "text", "typst"])
def test_every_character_of_the_text_is_shown(sample: Path, form: Format) -> None:
    text = tree(sample).find("t:text", NS)
    assert text is not None
    hidden = "ancestor::t:certainty or ancestor::t:fw or ancestor::t:pc[@force='weak']"
    expected = Counter("".join(text.xpath(f".//text()[not({hidden})]", namespaces=NS)))
    data = rendered(sample, form)
    if form == "epub":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            leaves = [archive.read(n) for n in archive.namelist() if n.endswith(".xhtml")]
        seen = Counter("".join(w for leaf in leaves for w in etree.fromstring(leaf).itertext()))
    elif form == "html":
        seen = Counter(page(sample).text_content())
    elif form == "typst":
        words = re.findall(r'"((?:[^"\\]|\\.)*)"', markup(sample))
        seen = Counter("".join(words).replace('\\"', '"'))
    else:
        seen = Counter(data.decode())
    missing = {c: n - seen[c] for c, n in expected.items() if not c.isspace() and n > seen[c]}
    assert not missing


def test_a_transcription_of_pages_alone_is_shown_in_all_formats() -> None:
    lines = "<surface><zone><line>First of all</line><line>then more</line></zone></surface>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><sourceDoc>{lines}</sourceDoc></TEI>'.encode()
    text, typst = render(tei, "text").decode(), render(tei, "typst").decode()
    assert "First of all\n\nthen more\n" in text
    assert 'par({\n"First of all"\n})\npar({\n"then more"' in typst
    with zipfile.ZipFile(io.BytesIO(render(tei, "epub"))) as archive:
        assert b"then more" in archive.read("EPUB/text.xhtml")


def test_one_reading_of_the_witnesses_is_read_and_the_others_are_told() -> None:
    app = '<app><lem wit="#A">ice</lem><rdg wit="#B #C">snow</rdg></app>'
    body = f"<text><body><p>The {app} is.</p></body></text>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{body}</TEI>'
    forms: tuple[Format, ...] = ("html", "epub", "text", "typst", "tei-simple")
    for form in forms:
        data = render(tei.encode(), form)
        if form == "epub":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = b"".join(archive.read(n) for n in archive.namelist() if "xhtml" in n)
        assert "icesnow" not in data.decode()
        assert "snow B C" in data.decode()
    assert "The ice is.\n" in render(tei.encode(), "text").decode()


def test_references_are_lines_in_the_plain_text_too() -> None:
    text = rendered(PHENOMENA, "text").decode()
    assert "\n  TY  - GEN\n  AU  - Östling, Anna\n" in text
    assert "\n    author = {Östling, Anna},\n" in text
