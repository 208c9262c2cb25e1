"""PDF and DOCX files become plain text, which is the source from then on."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
import typst
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from encoder import project
from encoder.convert import converted
from encoder.convert.columns import blocks
from encoder.convert.docx import UNPACKED_MAX
from encoder.desk import Desk
from encoder.errors import InputError, OutputError
from encoder.project.init import init
from encoder.write.verify import sought, verify

BOOK = """
#set page(width: 12cm, height: 9cm, margin: 1.5cm,
  header: [A Book #h(1fr) #context counter(page).display()])
#set par(justify: true, first-line-indent: 1em)
#set text(size: 10pt, lang: "en")
#set super(typographic: false)
= One
The commission came to the town in the evening#footnote[On foot.] and found that nobody could
understand what it wanted, for the inhabitants were philosophers.

They sat down to a meal of bread and olives, and did not get up until the morning, when the mayor
of the town brought in the coffee and the newspapers.
#pagebreak()
#pagebreak()
The end came later.
"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return bytes(typst.compile(BOOK.encode()))


def document() -> docx.document.Document:
    """Return a document with one of each."""
    made = docx.Document()
    made.add_heading("The Book", 0)
    made.add_heading("One", 2)
    words = made.add_paragraph("Some ")
    words.add_run("slanted").italic = True
    words.add_run(" and ")
    words.add_run("fat ").bold = True
    words.add_run("words.")
    made.add_paragraph("first", "List Bullet")
    made.add_paragraph("second", "List Number")
    made.add_paragraph("third", "List Number")
    made.add_paragraph("said another", "Quote")
    made.styles.add_style("Block Text", WD_STYLE_TYPE.PARAGRAPH)
    made.add_paragraph("said a third", "Block Text")
    table = made.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "ab|d", strict=True):
        cell.text = text
    made.add_page_break()
    made.add_paragraph("The end.")
    return made


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_pdf_keeps_lines_pages_indents_and_callouts(pdf: bytes) -> None:
    pages = converted(Path("book.pdf"), pdf).split("\f")
    lines = pages[0].splitlines()
    assert lines[0].startswith("A Book     ")
    assert lines[2] == "One"
    assert "in the evening¹ and" in " ".join(lines)
    assert any(line.startswith("  They sat") for line in lines)
    assert lines[-1].strip() == "¹On foot."
    assert len(pages) == 3
    assert "The end came later." in pages[2]


def set_in(words: str) -> list[str]:
    """Return the lines of a PDF of one page."""
    page = "#set page(width: 12cm, height: auto)\n#set text(size: 10pt)\n"
    made = typst.compile((page + words).encode())
    return converted(Path("a.pdf"), bytes(made)).splitlines()


def test_paragraphs_parted_by_half_a_line_are_parted() -> None:
    said = "#lorem(40)\n\n#lorem(40)"
    assert set_in(said).count("") == 1
    assert set_in(f"#set par(spacing: 0.65em)\n{said}").count("") == 0


def test_a_bold_line_is_a_heading_however_tight_it_is_set() -> None:
    said = "#set par(spacing: 0.65em)\n*Its name*\n\nNobody knew it.\n\nNot *even* he."
    assert set_in(said) == ["Its name", "", "Nobody knew it.", "Not even he."]


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    assert set_in("#place(dx: 0.3pt, dy: 0.1pt)[Full speed]Full speed") == ["Full speed"]


def test_a_soft_hyphen_printed_in_a_line_is_a_hyphen() -> None:
    # Typst's font has one sign for both, and the file says for all what it said for the first.
    words = '#set text(hyphenate: true, lang: "en")\n#set par(justify: true)\n'
    lines = set_in(words + "the internationalization " * 20 + "of looking-glasses")
    assert any(line.endswith("\xad") for line in lines)
    assert any("looking-glasses" in line for line in lines)
    assert not any("\xad" in line[:-1] for line in lines)


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COLUMNS = """
#set page(width: 16cm, height: 21cm, margin: 1.5cm, columns: {},
  header: [A Review #h(1fr) 1911], numbering: "1")
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#set text(size: 9pt)
#place(top + center, scope: "parent", float: true,
  text(16pt)[A Winter of Snow and of much Ice])
"""


def counted(column: int) -> str:
    """Return a column of words that are counted, in paragraphs, with a note in the second."""
    words = [f"w{column}{n:03}" + "s" * (n * n % 7) for n in range(90)]
    words[60] += f"#footnote[The note of {column}.]"
    return "\n\n".join(" ".join(words[n : n + 30]) for n in range(0, 90, 30))


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(columns: int) -> None:
    said = COLUMNS.format(columns) + "\n#colbreak()\n".join(map(counted, range(columns)))
    text = converted(Path("a.pdf"), bytes(typst.compile(said.encode())))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = re.findall(r"w\d{4}", text)
    assert len(words) == columns * 90
    assert words == sorted(words)
    assert lines[0].split("  ")[0] == "A Review"
    assert lines[1] == "A Winter of Snow and of much Ice"
    assert lines[-columns - 1 :] == [*(f"{n + 1}The note of {n}." for n in range(columns)), "1"]


def test_columns_may_begin_below_what_goes_across() -> None:
    across = " ".join(f"w0{n:03}" for n in range(200))
    beside = "\n#colbreak()\n".join(map(counted, (1, 2)))
    lines = set_in(f"{across}\n\n#block(height: 26em, columns(2, gutter: 2em)[{beside}])")
    words = re.findall(r"w\d{4}", " ".join(lines))
    assert words == sorted(words)
    assert len(words) == 200 + 2 * 90


def test_the_rows_of_a_table_stand_together_however_far_apart() -> None:
    rows = "[*Year*], [*Snow*], [*Ice*], [1901], [12], [thick], [1902], [14], [thin]"
    lines = set_in(f"#lorem(50)\n#table(columns: (1fr,) * 3, inset: 1em, stroke: none, {rows})")
    assert [line.split() for line in lines[-4:]] == [
        [],
        ["Year", "Snow", "Ice"],
        ["1901", "12", "thick"],
        ["1902", "14", "thin"],
    ]


@st.composite
def placed(draw: st.DrawFn) -> list[Mapping[str, Any]]:
    """Return characters that stand anywhere on a page, in columns or not."""
    columns = draw(st.integers(1, 3))
    chars = []
    for row in range(draw(st.integers(0, 30))):
        for column in draw(st.sets(st.integers(0, columns - 1))):
            left, top = column * 150 + draw(st.integers(0, 30)), row * 12 + draw(st.integers(-9, 9))
            for n in range(draw(st.integers(1, 25))):
                place = {
                    "x0": left + n * 5.0,
                    "x1": left + n * 5.0 + 5,
                    "top": top,
                    "bottom": top + 9,
                }
                chars.append({**place, "size": 9.0, "text": draw(st.sampled_from("ab "))})
    return chars


def test_columns_set_solid_may_stand_half_a_line_apart() -> None:
    left, right = (
        [
            {"x0": x, "x1": x + 5, "top": y, "bottom": y + 12, "size": 12.0, "text": "a"}
            for y in range(top, 240, 12)
            for x in range(edge, edge + 150, 5)
        ]
        for edge, top in ((0, 0), (180, 6))
    )
    assert blocks([*left, *right]) == [left, right]


@given(placed())
@settings(max_examples=60, deadline=None)
def test_nothing_on_a_page_is_lost_or_read_twice(chars: list[Mapping[str, Any]]) -> None:
    read = [id(char) for block in blocks(chars) for char in block]
    assert sorted(read) == sorted(map(id, chars))


GROWN = f"1{'0' * 200} 0 0 1{'0' * 200} 0 0 cm " * 2  # beyond what a number can say


@pytest.mark.parametrize(
    "more",
    [
        "BT /F1 12 Tf 1000000000 0 Td (more) Tj ET",
        "BT /F1 12 Tf 0 1000000000 Td (more) Tj ET",
        "BT /F1 0 Tf 0 0 Td (more) Tj ET",
        "BT /F1 100000 Tf 5 5 Td (more) Tj ET",
        f"{GROWN} BT /F1 12 Tf 5 5 Td (more) Tj ET",
    ],
)
def test_what_stands_far_off_a_page_or_has_no_size_makes_no_work(more: str) -> None:
    rows = " ".join(f"BT /F1 12 Tf 10 {y} Td (a few words) Tj ET" for y in range(10, 300, 14))
    page = f"{rows} {more}"
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(300, 400))
        made.pages[0].Contents = made.make_stream(page.encode())
        helvetica = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=helvetica))
        out = io.BytesIO()
        made.save(out)
    text = converted(Path("a.pdf"), out.getvalue())
    assert text.count("a few words") == 21
    assert len(text) < 10_000


def test_the_cells_of_a_table_are_no_columns_and_stand_below_each_other() -> None:
    rows = ["Snow", "Much more snow", "Ice", "Thaw", "Rain", "A good deal of rain"] * 2
    cells = "".join(f"[{row}], [Day {number + 1}]," for number, row in enumerate(rows))
    lines = set_in(f"#table(columns: (1fr, 1fr), stroke: none, {cells})")
    parts = [line.rpartition("  ") for line in lines if line]
    assert [last for _, _, last in parts] == [f"Day {number + 1}" for number in range(12)]
    assert len({len(first) for first, _, _ in parts}) == 1


def test_a_docx_says_what_its_styles_say() -> None:
    assert converted(Path("book.docx"), saved(document())).split("\n\n") == [
        "# The Book",
        "## One",
        "Some *slanted* and **fat** words.",
        "- first",
        "1. second",
        "2. third",
        "> said another",
        "> said a third",
        "| a | b |\n|---|---|\n| \\| | d |",
        "\f",
        "The end.\n",
    ]


def test_struck_out_words_are_out_and_inserted_ones_in() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("kept ")._p
    for kind, text in (("del", "gone "), ("ins", "new")):
        change, run = OxmlElement(f"w:{kind}"), OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph.append(change)
    assert converted(Path("a.docx"), saved(made)) == "kept new\n"


def test_runs_of_one_look_are_one_emphasis() -> None:
    made = docx.Document()
    title = made.add_paragraph("in ")
    for part in ("Vit", "er og", " aand"):
        title.add_run(part).italic = True
    title.add_run("s, not half").italic = None
    title.add_run("way").italic = True
    both = made.add_paragraph().add_run("loud")
    both.italic = both.bold = True
    assert (
        converted(Path("a.docx"), saved(made)) == "in _Viter og aand_s, not halfway\n\n***loud***\n"
    )


def test_words_of_two_paragraphs_are_never_glued() -> None:
    made = docx.Document()
    table = made.add_table(2, 2)
    table.cell(0, 0).text = "one"
    table.cell(0, 0).add_paragraph("two")
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "three", "four"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "wide"
    host = made.add_paragraph("the host ")
    box = parse_xml(
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>in</w:t></w:r></w:p><w:p><w:r>"
        "<w:t>a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    host._p.append(box)
    host.add_run("goes on")
    assert converted(Path("a.docx"), saved(made)).split("\n\n") == [
        "| one two | three four |\n|---|---|\n| wide |  |",
        "the host goes on",
        "in",
        "a box\n",
    ]


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a DOCX file whose document says something else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            made.writestr(name, part.replace(old, new) if name == "word/document.xml" else part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("space", "said"),
    [
        (b"http://purl.oclc.org/ooxml/wordprocessingml/main", "strict Open XML"),
        (b"urn:x", "damaged"),
    ],
)
def test_a_docx_of_another_kind_is_told(space: bytes, said: str) -> None:
    ours = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with pytest.raises(InputError, match=said) as caught:
        converted(Path("a.docx"), rewritten(saved(document()), ours, space))
    assert caught.value.hint


def test_a_cell_spans_no_more_than_a_table_has() -> None:
    made = docx.Document()
    table = made.add_table(1, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table._tbl.tr_lst[0].tc_lst[0].tcPr.gridSpan.val = 10**9
    assert converted(Path("a.docx"), saved(made)).count("|") < 200


@pytest.mark.parametrize("code", ["", "0000", "D800", "zz", "F" * 20])
def test_a_symbol_that_is_none_is_passed_over(code: str) -> None:
    made = docx.Document()
    symbol = parse_xml(f'<w:sym {nsdecls("w")} w:font="Symbol" w:char="{code}"/>')
    made.add_paragraph("so ").add_run()._r.append(symbol)
    assert converted(Path("a.docx"), saved(made)) == "so\n"


def test_signs_and_formulae_of_a_docx_are_kept() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("so ")
    symbol = parse_xml(f'<w:sym {nsdecls("w")} w:font="Symbol" w:char="2192"/>')
    paragraph.add_run()._r.append(symbol)
    paragraph._p.append(parse_xml(f"<m:oMath {nsdecls('m')}><m:r><m:t>e=mc</m:t></m:r></m:oMath>"))
    assert converted(Path("a.docx"), saved(made)) == "so →e=mc\n"


def annotated(made: docx.document.Document, kind: str, said: str) -> None:
    """Add a footnote or a comment to a new paragraph of a document."""
    run = made.add_paragraph("called").add_run()._r
    reference = OxmlElement(f"w:{kind}Reference")
    reference.set(qn("w:id"), "7")
    run.append(reference)
    space = etree.QName(run).namespace
    paragraph = f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"
    author = ' w:author="Ida Ek"' if kind == "comment" else ""
    note = f'<w:{kind} w:id="7"{author}>{paragraph}</w:{kind}>'
    blob = f'<w:{kind}s xmlns:w="{space}">{note}</w:{kind}s>'.encode()
    name = docx.opc.packuri.PackURI(f"/word/{kind}s.xml")
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = docx.opc.part.Part(name, media, blob, made.part.package)
    made.part.relate_to(part, f"{RELATIONS}/{kind}s")


def test_notes_and_comments_of_a_docx_come_at_the_end() -> None:
    made = docx.Document()
    annotated(made, "comment", "Is this so?")
    annotated(made, "footnote", "A note.")
    assert converted(Path("a.docx"), saved(made)).split("\n\n") == [
        "called[^c1]",
        "called[^1]",
        "[^c1]: Ida Ek: Is this so?",
        "[^1]: A note.\n",
    ]


def test_a_comment_on_a_note_comes_behind_the_note() -> None:
    made = docx.Document()
    annotated(made, "footnote", 'A note.</w:t><w:commentReference w:id="7"/><w:t>')
    annotated(made, "comment", "Is this so?")
    made.element.body.remove(made.paragraphs[-1]._p)
    assert converted(Path("a.docx"), saved(made)).split("\n\n") == [
        "called[^1]",
        "[^1]: A note.[^c1]",
        "[^c1]: Ida Ek: Is this so?\n",
    ]


def bomb() -> bytes:
    """Return a small archive that unpacks to a great deal."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(UNPACKED_MAX // 10_000_000 + 1):
            file.write(b" " * 10_000_000)
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        file.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


def test_what_cannot_be_converted_is_said_clearly(pdf: bytes) -> None:
    blank = bytes(typst.compile(b"#rect()"))
    cases = {
        "encrypted": ("a.pdf", encrypted(pdf)),
        "damaged": ("a.pdf", b"%PDF-1.7\nnothing"),
        "no page of it has text": ("a.pdf", blank),
        "DOCX file is damaged": ("a.docx", b"PK\3\4 nothing"),
        "DOCX file is encrypted": ("a.docx", b"\xd0\xcf\x11\xe0 nothing"),
        "unpacks to": ("a.docx", bomb()),
    }
    for said, (name, data) in cases.items():
        with pytest.raises(InputError, match=said) as caught:
            converted(Path(name), data)
        assert caught.value.hint or said == "unpacks to"


@pytest.mark.parametrize("ending", ["odt", "rtf", "epub", "html", "doc"])
def test_other_formats_name_a_command(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"my book.{ending}"
    path.write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        Desk.of(project.Project.none()).read(path)
    assert ("soffice" if ending == "doc" else "pandoc --to markdown") in caught.value.hint
    assert f"'{path}'" in caught.value.hint


def test_without_a_project_the_text_is_kept_beside_the_tei(tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "book.pdf").write_bytes(pdf)
    desk = Desk.of(project.Project.none())
    source = desk.read(tmp_path / "book.pdf")
    found = desk.write(source, tmp_path / "out.xml")
    tei = (tmp_path / "out.xml").read_bytes()
    assert sought(tei, tmp_path / "out.xml") == tmp_path / "book.txt"
    assert not verify(tei, source, "out.xml")
    assert b'<relatedItem type="convertedFrom">' in tei
    assert "page-without-text" not in [finding.code for finding in found]
    (tmp_path / "book.txt").write_text("mended by hand")
    with pytest.raises(OutputError, match="another file"):
        desk.write(source, tmp_path / "out.xml")


def test_a_project_keeps_the_text_and_what_it_was_made_from(tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "book.pdf").write_bytes(pdf)
    init(tmp_path / "new", [tmp_path / "book.pdf"])
    kept = tmp_path / "new" / "sources" / "book.txt"
    kept.write_text(kept.read_text().replace("olives", "cheese"))
    desk = Desk.of(project.load(tmp_path / "new"))
    for path in (kept, kept.with_suffix(".pdf")):
        source = desk.read(path)
        assert "cheese" in source.text  # what was mended is read
        assert source.origin is not None
        assert (source.name, source.origin.name) == ("book.txt", "book.pdf")
