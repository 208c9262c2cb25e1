"""The sheet: text as literals only, notes at the foot, a true index, PDF/A and UA."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pikepdf
import pypdf
import pytest

from encoder.errors import MissingError
from encoder.model import collapse
from encoder.render import render
from encoder.render.typesetting import typeset
from encoder.resources import stylesheet
from tests.rendering import AWKWARD, HOSTILE, NS, PHENOMENA, inside, paragraphs, rendered, tree
from tests.typst_calls import Call, read

HOUSE = stylesheet("typst/edition.typ").read_text("utf-8")
TYPST = """document group datetime
    par parbreak pagebreak linebreak link emph strong super sub smallcaps
    underline strike table.header table.cell"""
FUNCTIONS = {*re.findall(r"#let ([\w-]+)\(", HOUSE), *TYPST.split(), ""}
UNREAD = ("foot-note", "mention", "source-page", "callout")


def markup(sample: Path) -> str:
    """Return what the text becomes, without the house's functions."""
    return rendered(sample, "typst").decode().removeprefix(HOUSE)


def calls(sample: Path) -> Call:
    """Return the calls that make the sheet, from the title to the colophon."""
    return read(markup(sample).partition("#{")[2].rpartition("}")[0])


def pdf(sample: Path) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(rendered(sample, "pdf")))


def test_every_word_of_every_paragraph_is_set(sample: Path) -> None:
    sheet = calls(sample)
    whole = {collapse(call.words(*UNREAD)) for call in sheet.calls() if call.name == "par"}
    letters = "".join(sheet.words(*UNREAD).split())
    missed = [paragraph for paragraph in paragraphs(sample) if paragraph not in whole]
    assert all("".join(paragraph.split()) in letters for paragraph in missed)
    assert len(missed) == len(with_lists(sample))


def with_lists(sample: Path) -> list[object]:
    """Return the paragraphs that are set in pieces, round the list they hold."""
    return list(tree(sample).xpath("//t:text//t:p[t:list or t:lg or t:figure]", namespaces=NS))


def test_every_word_of_every_note_is_set(sample: Path) -> None:
    notes = "//t:text//t:note[@n or contains(@rend, 'callout(')]"
    expected = [inside(note) for note in tree(sample).xpath(notes, namespaces=NS)]
    found = [call.parts[1] for call in calls(sample).calls() if call.name == "foot-note"]
    bodies = [body.words(*UNREAD) for body in found if isinstance(body, Call)]
    assert ["".join(body.split()) for body in bodies] == ["".join(n.split()) for n in expected]


def test_outside_literals_stand_only_calls_of_the_house(sample: Path) -> None:
    assert {call.name for call in calls(sample).calls()} <= FUNCTIONS
    assert {call.name for call in calls(HOSTILE).calls()} <= FUNCTIONS


def test_nothing_hostile_becomes_markup() -> None:
    head = markup(HOSTILE).partition("#{")[0]
    assert head.startswith('\n#show: edition.with(title: "#eval(\\"HOSTILE\\") \\"] \\\\ ` $')
    assert re.sub(r'"(?:[^"\\]|\\.)*"', "", head).count("HOSTILE") == 0
    assert 'Text "HOSTILE\\ </script>' in calls(HOSTILE).words()
    assert rendered(HOSTILE, "pdf").startswith(b"%PDF")


def test_notes_bear_their_printed_marks_and_voices() -> None:
    assert re.findall(r'foot-note\("(.*?)", (?:voice: "(.*?)")?', markup(PHENOMENA)) == [
        ("†", "utgivaren"),
        ("1", ""),
        ("*", "översättaren"),
        ("[a]", "författaren"),
    ]
    assert 'inline-note(voice: "översättaren", {\n"["\n"Inskott. öa."\n"]"' in markup(PHENOMENA)
    assert 'callout("1")' in markup(PHENOMENA)


def test_words_broken_at_lines_and_pages_are_whole() -> None:
    assert "Ett orddelat, ett maktskifte och ett ab före" in calls(PHENOMENA).words(*UNREAD)


def test_a_bracket_is_printed_once_even_round_paragraphs() -> None:
    note = next(c for c in calls(PHENOMENA).calls() if c.name == "block-note")
    assert note.words() == "[Två stycken.Det andra.]"


def test_each_page_of_the_source_is_marked_once(sample: Path) -> None:
    pages = tree(sample).xpath("//t:text//*[self::t:pb or @unit='page']/@n", namespaces=NS)
    assert re.findall(r'source-page\("(.*?)"\)', markup(sample)) == pages


def test_the_pdf_names_its_text_and_its_language(sample: Path) -> None:
    document = pdf(sample)
    language = tree(sample).get("{http://www.w3.org/XML/1998/namespace}lang")
    assert str(document.Root.Lang).split("-")[0] == language
    titles = tree(sample).xpath("//t:titleStmt/t:title", namespaces=NS)
    with document.open_metadata() as metadata:
        named = ": ".join(collapse("".join(title.itertext())) for title in titles)
        assert str(metadata["dc:title"]) == named
    assert document.Root.ViewerPreferences.DisplayDocTitle


def test_the_pdf_is_tagged_and_meets_both_standards(sample: Path) -> None:
    document = pdf(sample)
    assert document.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in document.Root
    with document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"


def test_the_outline_has_the_headings(sample: Path) -> None:
    with pdf(sample).open_outline() as outline:
        titles = [item.title for item in outline.root]
    heads = tree(sample).xpath("//t:body//t:div/t:head[1]", namespaces=NS)
    assert len(titles) >= min(1, len(heads)) + 1
    assert all(titles)


@pytest.mark.parametrize("kind", ["licence", "metadata"])
def test_what_stands_beside_the_text_is_no_chapter_of_it(kind: str) -> None:
    beside = f'<div type="{kind}"><head>Beside</head><p>More.</p></div></body>'
    tei = AWKWARD.read_text("utf-8").replace("</body>", beside)
    with pikepdf.open(io.BytesIO(render(tei.encode(), "pdf"))).open_outline() as outline:
        titles = re.findall("Beside", repr([(one.title, one.children) for one in outline.root]))
    assert titles == []


def test_every_font_is_embedded(sample: Path) -> None:
    document = pdf(sample)
    fonts = [
        font
        for page in document.pages
        for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
    ]
    assert fonts
    for font in fonts:
        kind = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(kind.FontDescriptor.keys())


def test_the_same_bytes_twice(sample: Path) -> None:
    assert render(sample, "pdf", {"strict": True}) == rendered(sample, "pdf")


def test_the_date_is_the_editions_own() -> None:
    assert "date: datetime(year: 2020, month: 3, day: 4)" in markup(PHENOMENA)
    document = pdf(PHENOMENA)
    assert str(document.docinfo["/CreationDate"]).startswith("D:20200304")


def test_a_text_without_a_date_takes_the_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>x</p></body></text></TEI>'
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert b"date: datetime(year: 1970, month: 1, day: 2)" in render(bare, "typst")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert b"date: datetime(year: 1970, month: 1, day: 1)" in render(bare, "typst")


def test_the_index_tells_the_pages_where_the_names_are() -> None:
    pypdf = pytest.importorskip("pypdf", reason="reading text back from a PDF needs pypdf")
    names = {"alm": "Alm", "bok": "Bok", "dal": "Dal"}
    stands = {3: "alm", 40: "bok", 41: "bok", 42: "alm", 90: "dal", 91: "alm", 140: "bok"}
    paragraph = "<p>Rad efter rad. {} {}</p>"
    filler = "Det var en gång och det var en sal och en gran. " * 8
    text = "".join(
        paragraph.format(f'<persName ref="#{stands[i]}">{names[stands[i]]}</persName>.', filler)
        if i in stands
        else paragraph.format("", filler)
        for i in range(150)
    )
    persons = "".join(
        f'<person xml:id="{key}"><persName>{name}</persName></person>'
        for key, name in names.items()
    )
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="sv">'
        f"<standOff><listPerson>{persons}</listPerson></standOff>"
        f"<text><body>{text}</body></text></TEI>"
    )
    reader = pypdf.PdfReader(io.BytesIO(render(tei.encode(), "pdf")))
    pages = [page.extract_text() for page in reader.pages]
    index = pages[-2]
    for name in names.values():
        told = re.search(rf"^{name}\s+([\d, ]+)$", index, re.MULTILINE)
        assert told, index
        seen = [str(n) for n, page in enumerate(pages[:-2], 1) if re.search(rf"\b{name}\b", page)]
        assert told[1].strip().split(", ") == seen
    linked = sum(
        len(re.findall(r"\d+", line))
        for line in index.splitlines()
        if line[:3] in {*names.values()}
    )
    assert len(reader.pages[-2]["/Annots"]) == linked


def test_a_caption_stands_on_the_page_of_its_table() -> None:
    table = "<table><head>The caption</head><row><cell>Of the table</cell></row></table>"
    for lines in range(30, 38):
        body = f"<head>A title</head>{'<p>A line.</p>' * lines}{table}"
        tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
        pages = pypdf.PdfReader(io.BytesIO(render(tei.encode(), "pdf"))).pages
        (page,) = [page.extract_text() for page in pages if "The caption" in page.extract_text()]
        assert "Of the table" in page


def rows(*cells: str) -> list[str]:
    """Return the lines of a sheet with a table of such rows."""
    table = "".join(f"<row>{row}</row>" for row in cells)
    body = f"<text><body><table>{table}</table></body></text>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{body}</TEI>'
    page = pypdf.PdfReader(io.BytesIO(render(tei.encode(), "pdf"))).pages[0]
    return [
        " ".join(line.split()) for line in page.extract_text(extraction_mode="layout").split("\n")
    ]


def test_a_row_with_fewer_cells_takes_none_of_the_next() -> None:
    lines = rows("<cell>a1</cell>", "<cell>b1</cell><cell>b2</cell>", "<cell>c1</cell>")
    assert {"a1", "b1 b2", "c1"} <= {*lines}


def test_cells_that_reach_down_are_in_nobodys_way() -> None:
    down, wide = '<cell rows="2">down</cell>', '<cell cols="2">wide</cell>'
    lines = rows(f"<cell>a</cell>{down}", wide, '<cell rows="9" cols="3">last</cell>')
    assert {"a down", "wide", "last"} <= {*lines}


def test_a_heading_that_reaches_down_is_set() -> None:
    tall, label = '<cell role="label" rows="2">tall</cell>', '<cell role="label">{}</cell>'
    wide = '<cell role="label" cols="2">wide</cell>'
    body = "<cell>1</cell><cell>2</cell><cell>3</cell>"
    lines = rows(tall + wide, label.format("left") + label.format("right"), body)
    assert {"wide", "left right", "1 2 3"} <= {line.replace("tall ", "") for line in lines}
    assert {"tall a", "b"} <= {*rows(tall + "<cell>a</cell>", "<cell>b</cell>")}
    assert {"tall", "b"} <= {*rows(tall, "<cell>b</cell>")}
    assert {"head", "b"} <= {*rows("", label.format("head"), "<cell>b</cell>")}


def test_a_cell_spans_no_more_columns_than_html_allows() -> None:
    cells = '<row><cell cols="99999">a</cell><cell cols="99999999999999999999">b</cell></row>'
    body = f"<text><body><table>{cells}</table></body></text>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{body}</TEI>'
    assert b"data-table(2000," in render(tei.encode(), "typst")


def test_a_word_longer_than_a_line_stays_on_the_paper() -> None:
    word = "x" * 400
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{word}</p></body></text></TEI>'
    page = pypdf.PdfReader(io.BytesIO(render(tei.encode(), "pdf"))).pages[0]
    lines = [line for line in page.extract_text().splitlines() if "xx" in line]
    assert "".join(lines).count("x") == len(word)
    assert max(line.count("x") for line in lines) < 100


def test_a_list_without_marks_has_those_that_its_kind_has() -> None:
    words = pypdf.PdfReader(io.BytesIO(rendered(AWKWARD, "pdf"))).pages[1].extract_text()
    for item in ("• *without a mark", "• *and another", "1. *numbered", "2. *by the list"):
        assert re.search(item, words)
    assert not re.search("• *(The first|deeper)", words)


def test_the_head_of_a_page_is_one_line() -> None:
    tei = AWKWARD.read_text("utf-8").replace("</body>", "<p>More.</p>" * 200 + "</body>")
    third = pypdf.PdfReader(io.BytesIO(render(tei.encode(), "pdf"))).pages[2]
    assert re.match(r"An Uncommonly Long Title[^\n]*[^,] …\n", third.extract_text())


def test_a_character_that_no_font_has_is_named() -> None:
    tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>中</p></body></text></TEI>'
    with pytest.raises(MissingError, match=r"U\+4E2D") as told:
        render(tei.encode(), "pdf")
    assert told.value.exit_code == 4


def test_a_warning_of_the_typesetter_is_an_error() -> None:
    with pytest.raises(MissingError, match="no font here is called 'no such font'"):
        typeset(b'#set document(title: "x", date: datetime(year: 2020, month: 1, day: 1))\n'
                b'#set text(font: "No Such Font")\nx')  # fmt: skip


def test_a_face_may_be_named() -> None:
    named = render(PHENOMENA, "pdf", {"font": "New Computer Modern"})
    assert b"NewCM" in named
    assert b"NewCM" not in rendered(PHENOMENA, "pdf")
    with pytest.raises(MissingError, match="no font here is called"):
        render(PHENOMENA, "pdf", {"font": 'No "Such" Font\\'})


def test_a_missing_engine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingError, match="not installed"):
        typeset(b"x")
