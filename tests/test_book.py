"""Several texts as one book: title, contents, running heads, one true index, a colophon."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pikepdf
import pypdf
import pytest
from lxml import html

from encoder.errors import InputError
from encoder.render import Format, render, render_book
from encoder.render.members import corpus
from encoder.render.printing import Sheet
from tests.running import tei as run

HEAD = """<teiHeader><fileDesc><titleStmt><title>{title}</title>
<author>Ada North</author></titleStmt>
<publicationStmt><p>x</p><availability><licence>CC BY</licence></availability></publicationStmt>
<sourceDesc><bibl><idno type="sha256">{sum}</idno></bibl></sourceDesc></fileDesc></teiHeader>"""
PERSONS = """<standOff><listPerson>{}</listPerson></standOff>"""
PERSON = '<person xml:id="{}"><persName>{}</persName></person>'
FILLER = "Once there was a long day and a longer way over the hills to the sea. " * 7
TITLE = 'Letters <#eval("x")> "] $ \\ of a year'


def letter(number: int, persons: dict[str, str], stands: dict[int, str]) -> str:
    """Return a letter of sixty paragraphs; `stands` says in which of them who is named."""
    said = "".join(
        f'<p><persName ref="#{stands[n]}">{persons[stands[n]]}</persName>. {FILLER}</p>'
        if n in stands
        else f"<p>{FILLER}</p>"
        for n in range(60)
    )
    register = PERSONS.format("".join(PERSON.format(*pair) for pair in persons.items()))
    head = HEAD.format(title=f"Letter {number}", sum=f"{number}f" * 4)
    note = f'<p>End<note n="1">Note of letter {number}.</note></p>'
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{head}{register}'
        f"<text><body>{said}{note}</body></text></TEI>"
    )


LETTERS = (
    letter(1, {"a": "Almond", "b": "Birch"}, {0: "a", 6: "a", 12: "a", 20: "b", 50: "a"}),
    letter(2, {"a": "Almond", "b": "Beech"}, {3: "b", 30: "a"}),
    letter(3, {"b": "Birch"}, {10: "b"}),
)


@cache
def made(to: Format, line_numbers: bool = False) -> bytes:
    texts = [corpus(text.encode()) for text in LETTERS]
    return render_book(texts, to, TITLE, {"line-numbers": line_numbers})


@cache
def pages() -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made("pdf"))).pages]


@pytest.mark.parametrize("name", ["persName", "orgName", "name"])
def test_several_names_in_one_statement_are_as_many_authors(name: str) -> None:
    authors = "; ".join(f"<{name}>{words}</{name}>" for words in ("Ida Ek", "Ove Al"))
    statement = f"<titleStmt><title>x</title><author>{authors}</author></titleStmt>"
    header = f"<teiHeader><fileDesc>{statement}</fileDesc></teiHeader>"
    read = corpus(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}</TEI>'.encode())
    assert read.authors == ("Ida Ek", "Ove Al")


def test_a_book_opens_with_its_title_and_the_contents() -> None:
    assert TITLE in " ".join(pages()[0].split())
    assert "Ada North" in pages()[0]
    assert "1970" not in pages()[0], "no text says of which year it is"
    contents = pages()[1]
    for number in (1, 2, 3):
        told = re.search(rf"Letter {number}[ .]*(\d+)", contents)
        assert told
        assert f"Letter {number}" in pages()[int(told[1]) - 1]


def test_the_running_head_is_that_of_the_text() -> None:
    first = [n for n, page in enumerate(pages()) if page.startswith("Letter 2")]
    assert len(first) >= 2
    assert any(page.startswith("Letters <#eval") for page in pages()[3:])


def test_the_index_has_each_person_once_with_the_pages_where_they_are() -> None:
    place = next(n for n, page in enumerate(pages()) if page.startswith("Persons"))
    index = pages()[place]
    for name in ("Almond", "Beech", "Birch"):
        told = re.findall(rf"^{name}\s+([\d, –]+)$", index, re.MULTILINE)
        assert len(told) == 1, index
        found = [n for n, page in enumerate(pages()[:place], 1) if re.search(rf"\b{name}\b", page)]
        assert numbers(told[0]) == found
    assert "–" in index


def numbers(said: str) -> list[int]:
    """Return the pages that an index tells, with runs written out."""
    runs = [tuple(map(int, part.split("–"))) for part in said.strip().split(", ")]
    return [page for run in runs for page in range(run[0], run[-1] + 1)]


def test_the_colophon_says_once_what_is_true_of_all_texts() -> None:
    colophon = "".join(pages()[-2:])
    assert colophon.count("CC BY") == 1
    assert all(f"{n}f" * 4 in colophon for n in (1, 2, 3))


def test_the_book_meets_both_standards_and_is_told_who_wrote_it() -> None:
    document = pikepdf.open(io.BytesIO(made("pdf")))
    with document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert str(metadata["dc:title"]) == TITLE
    with document.open_outline() as outline:
        assert [f"Letter {n}" in [i.title for i in outline.root] for n in (1, 2, 3)] == [True] * 3


def test_the_same_bytes_twice() -> None:
    for to in ("pdf", "epub", "text"):
        before = made(to)
        made.cache_clear()
        assert made(to) == before


def test_every_fifth_line_is_numbered_where_asked_for() -> None:
    page = pypdf.PdfReader(io.BytesIO(made("pdf", line_numbers=True))).pages[3].extract_text()
    assert {"5", "10", "15"} <= set(re.findall(r"\d+", page))
    assert not {"5", "10", "15"} <= set(re.findall(r"\d+", pages()[3]))


def test_an_e_book_has_all_texts_and_their_notes() -> None:
    archive = zipfile.ZipFile(io.BytesIO(made("epub")))
    texts = [n for n in archive.namelist() if n.endswith("text.xhtml")]
    assert texts == [f"EPUB/000{n}-text.xhtml" for n in (1, 2, 3)]
    for number, name in enumerate(texts, 1):
        assert f"Note of letter {number}." in archive.read(name).decode()
    assert "HOSTILE" not in archive.read("EPUB/nav.xhtml").decode()
    assert "&lt;#eval" in archive.read("EPUB/package.opf").decode()


def test_the_page_is_as_large_as_the_project_says() -> None:
    sheet = Sheet(page="120 x 190", font_size=9.5)
    document = pikepdf.open(io.BytesIO(render(LETTERS[2].encode(), "pdf", sheet.params)))
    width, height = (float(x) / 72 * 25.4 for x in list(document.pages[0].MediaBox)[2:])
    assert (round(width), round(height)) == (120, 190)
    assert Sheet(page="a4").params["page-width"] == "210"


def test_a_corpus_is_a_book() -> None:
    whole = (
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:lang="sv"><teiHeader><fileDesc>'
        "<titleStmt><title>Alla brev</title></titleStmt></fileDesc></teiHeader>"
        + LETTERS[0] + f"<teiCorpus>{LETTERS[1]}</teiCorpus></teiCorpus>"
    )  # fmt: skip
    reader = pypdf.PdfReader(io.BytesIO(render(whole.encode(), "pdf")))
    assert "Alla brev" in reader.pages[0].extract_text()
    assert render(whole.encode(), "text").decode().count("Note of letter") == 2
    with pytest.raises(InputError, match="holds no text"):
        render(b'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"/>', "pdf")


def test_a_book_is_made_on_the_command_line(tmp_path: Path) -> None:
    for number, text in enumerate(LETTERS, 1):
        (tmp_path / f"{number}.xml").write_text(text, "utf-8")
    files = [str(tmp_path / f"{n}.xml") for n in (1, 2, 3)]
    out = tmp_path / "out" / "all.pdf"
    assert run("render", *files, "--to", "pdf", "--book", TITLE, "-o", str(out)).exit_code == 0
    assert out.read_bytes() == made("pdf")
    folder = tmp_path / "books"
    assert run("render", *files, "--to", "pdf", "--book", TITLE, "-o", str(folder)).exit_code == 0
    assert (folder / "book.pdf").read_bytes() == made("pdf")


def test_a_project_of_several_texts_builds_a_book(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "edition.toml").write_text(
        'format = 1\n[edition]\nlanguage = "en"\n[print]\nbook_title = "All"\npage = "A4"\n',
        "utf-8",
    )
    for name in ("a", "b"):
        text = f"A title\n\n{FILLER}{name}\n\n{FILLER}\n"
        (tmp_path / "sources" / f"{name}.txt").write_text(text, "utf-8")
    assert run("build", str(tmp_path)).exit_code == 0
    reader = pypdf.PdfReader(tmp_path / "build" / "book.pdf")
    assert "All" in reader.pages[0].extract_text()
    assert round(float(reader.pages[0].mediabox.width) / 72 * 25.4) == 210
    assert (tmp_path / "build" / "book.epub").is_file()
    start = html.fromstring((tmp_path / "build" / "index.html").read_bytes())
    assert start.xpath("//p[@class='book']/a/@href") == ["book.pdf", "book.epub"]


def test_a_book_in_several_languages_speaks_of_itself_in_that_of_most() -> None:
    def text(language: str, title: str) -> str:
        head = HEAD.format(title=title, sum=title * 4)
        words = f'<text xml:lang="{language}"><body><p>x</p></body></text>'
        return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}{words}</TEI>'

    named = [("de", "aa"), ("sv", "bb"), ("sv", "cc")]
    texts = [corpus(text(*one).encode()) for one in named]
    reader = pypdf.PdfReader(io.BytesIO(render_book(texts, "pdf", "Bok")))
    last = reader.pages[-1].extract_text()
    assert "Om utgåvan" in last
    assert last.count("CC BY") == last.count("Ada North") == 1
    assert re.findall(r"SHA-256: (\w+)", last) == ["aa" * 4, "bb" * 4, "cc" * 4]
    assert b"<dc:language>de" in zipfile.ZipFile(
        io.BytesIO(render_book(texts, "epub", "Bok"))
    ).read("EPUB/package.opf")
