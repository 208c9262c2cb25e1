"""A project's own stylesheet makes pages: nothing else of the machine gets into one."""

from __future__ import annotations

import re
import zipfile
from contextlib import nullcontext
from pathlib import Path

import pypdf
import pytest

from encoder.errors import UsageError
from encoder.render import Custom, render
from tests.running import tei

SHEET = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' xpath-default-namespace="http://www.tei-c.org/ns/1.0">{}</xsl:stylesheet>'
)
# A template that stands over all of ours, and what it would put into the page.
SHOWN = '<xsl:template match="body" mode="#all" priority="9"><p>{}</p></xsl:template>'
VALUE = SHOWN.format('<xsl:value-of select="{}"/>')
TEI = (
    b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>'
    b"</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
    b"</teiHeader><text><body><p>The text.</p></body></text></TEI>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("hidden")
    (tmp_path / "secret.xml").write_text("<x>hidden</x>")
    (tmp_path / "outside.xsl").write_text(SHEET.format(SHOWN.format("hidden")))
    (tmp_path / "xslt").mkdir()
    return tmp_path / "xslt"


def page(folder: Path, inner: str, head: str = "") -> str:
    path = folder / "custom.xsl"
    path.write_text(head + SHEET.format(inner.replace("FOLDER", folder.parent.as_uri())))
    return render(TEI, "html", custom=Custom(xslt=path)).decode()


@pytest.mark.parametrize(
    "inner",
    [
        # when it is compiled
        '<xsl:variable name="s" static="yes" select="unparsed-text(\'FOLDER/secret.txt\')"/>'
        + VALUE.format("$s"),
        '<xsl:param name="s" _static="{{true()}}" select="1"/>' + VALUE.format("$s"),
        SHOWN.format("<b xsl:use-when=\"doc-available('FOLDER/secret.xml')\">hidden</b>"),
        '<xsl:template match="p" use-when="doc-available(\'FOLDER/secret.xml\')"/>',
        SHOWN.format("<xsl:value-of _select=\"'{unparsed-text('FOLDER/secret.txt')}'\"/>"),
        '<xsl:output parameter-document="FOLDER/secret.xml"/>',
        '<xsl:include href="FOLDER/outside.xsl"/>',
        '<xsl:import href="../outside.xsl"/>',
        '<xsl:include href="%2E%2E/outside.xsl"/>',
        '<xsl:include href="custom.xsl?other"/>',
        '<xsl:include xml:base="FOLDER/" href="custom.xsl"/>',
        '<xsl:include href="linked.xsl"/>',
        '<xsl:use-package name="FOLDER/outside.xsl"/>',
        '<xsl:import-schema schema-location="FOLDER/secret.xml"/>',
        # when it runs
        VALUE.format("unparsed-text('FOLDER/secret.txt')"),
        VALUE.format("doc('FOLDER/secret.xml')"),
        VALUE.format("document('FOLDER/secret.xml')"),
        VALUE.format("collection('FOLDER?select=*.xml')"),
        VALUE.format("json-doc('FOLDER/secret.txt')"),
        VALUE.format("transform(map{{'stylesheet-location': 'FOLDER/outside.xsl'}})?output"),
        SHOWN.format("<xsl:evaluate xpath=\"&quot;doc('FOLDER/secret.xml')&quot;\"/>"),
        SHOWN.format('<xsl:source-document href="FOLDER/secret.xml"><xsl:copy-of select="."/>')
        .replace("</p></xsl:template>", "</xsl:source-document></p></xsl:template>"),
        SHOWN.format('<xsl:result-document href="FOLDER/made.xml"><x/></xsl:result-document>'),
    ],
)  # fmt: skip
def test_a_projects_stylesheet_neither_reads_nor_writes(folder: Path, inner: str) -> None:
    (folder / "linked.xsl").symlink_to(folder.parent / "outside.xsl")
    with pytest.raises(UsageError) as refused:
        page(folder, inner)
    assert "hidden" not in str(refused.value)
    assert "custom.xsl" in refused.value.place
    assert not (folder.parent / "made.xml").exists()


def test_a_projects_stylesheet_has_no_entities(folder: Path) -> None:
    doctype = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{folder.parent.as_uri()}/secret.txt">]>'
    with pytest.raises(UsageError, match="DOCTYPE"):
        page(folder, SHOWN.format("&e;"), doctype)


@pytest.mark.parametrize(
    "reading",
    ["environment-variable('TEI_SECRET')", "system-property('user.home')",
     "available-environment-variables()"],
)  # fmt: skip
def test_a_projects_stylesheet_sees_nothing_of_the_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    monkeypatch.setenv("TEI_SECRET", "hidden")
    assert "«»" in page(folder, SHOWN.format(f'«<xsl:value-of select="{reading}"/>»'))


def test_a_projects_stylesheet_has_modules_beside_it(folder: Path) -> None:
    (folder / "parts").mkdir()
    (folder / "parts/one.xsl").write_text(SHEET.format('<xsl:include href="two.xsl"/>'))
    (folder / "parts/two.xsl").write_text(SHEET.format(SHOWN.format("of the module")))
    assert "of the module" in page(folder, '<xsl:include href="parts/one.xsl"/>')


def test_a_module_is_looked_at_as_well(folder: Path) -> None:
    (folder / "one.xsl").write_text(SHEET.format('<xsl:include href="../outside.xsl"/>'))
    with pytest.raises(UsageError, match=r"one\.xsl:1: .*no file beside"):
        page(folder, '<xsl:include href="one.xsl"/>')


def test_what_is_not_well_formed_is_told(folder: Path) -> None:
    with pytest.raises(UsageError, match="not well-formed"):
        page(folder, "<xsl:template>")


GUIDE = Path(__file__).parent.parent / "docs/publish.md"


def test_the_example_of_the_guide_works(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    example = re.search(r"```xml\n(.*?)```", text, re.DOTALL)
    style = re.search(r"in `site\.css`: `(.*?)`", text)
    marked = re.search(r"with `(<.*?>)`", text)
    assert example
    assert style
    assert marked
    (tmp_path / "letter.txt").write_text(
        "The Anna sailed in the spring.\n\nShe has not returned.\n"
    )
    assert tei("init", str(tmp_path / "ours"), str(tmp_path / "letter.txt")).exit_code == 0
    assert tei("build", str(tmp_path / "ours")).exit_code == 0
    project = tmp_path / "ours/edition.toml"
    project.write_text(project.read_text().replace('css = ""', 'css = "site.css"'))
    (tmp_path / "ours/site.css").write_text(style[1])
    (tmp_path / "ours/xslt").mkdir()
    (tmp_path / "ours/xslt/custom.xsl").write_text(example[1])
    letter = tmp_path / "ours/letter.xml"
    letter.write_text(letter.read_text().replace("Anna", f"{marked[1]}Anna</name>"))
    done = tei("build", str(tmp_path / "ours"))
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "ours/build/letter.html").read_text()
    assert re.search(r'<span class="ship"><span[^>]*>Anna</span></span>', page)
    assert style[1] in page


def test_a_projects_templates_stand_in_books_and_e_books(tmp_path: Path) -> None:
    (tmp_path / "xslt").mkdir()
    own = SHOWN.format("of the project").replace("#all", "m:html")
    sheet = '<xsl:template match="body" mode="m:typst">[of the project]</xsl:template>'
    both = SHEET.replace(" xmlns:xs=", ' xmlns:m="urn:tei-encoder:mode" xmlns:xs=')
    (tmp_path / "xslt/custom.xsl").write_text(both.format(own + sheet))
    (tmp_path / "edition.toml").write_text("format = 1\n")
    (tmp_path / "one.xml").write_bytes(TEI)
    one, made = str(tmp_path / "one.xml"), tmp_path / "made"
    for form in ("epub", "pdf"):
        book = ("render", one, one, "--book", "Book", "--to", form, "-o", f"{made}.{form}")
        assert tei(*book).exit_code == 0
    with zipfile.ZipFile(f"{made}.epub") as archive:
        texts = [archive.read(name) for name in archive.namelist() if name.endswith("text.xhtml")]
    assert [b"of the project" in text for text in texts] == [True, True]
    pages = pypdf.PdfReader(f"{made}.pdf").pages
    assert "".join(page.extract_text() for page in pages).count("of the project") == 2


def test_a_projects_templates_stand_in_the_book_that_is_built(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("The harbour has frozen.\n\nNobody comes.\n")
    ours = tmp_path / "ours"
    sources = (str(tmp_path / "one.txt"), str(tmp_path / "two.txt"))
    assert tei("init", str(ours), *sources).exit_code == 0
    (ours / "xslt").mkdir()
    own = SHOWN.format("of the project").replace("#all", "m:html")
    named = SHEET.replace(" xmlns:xs=", ' xmlns:m="urn:tei-encoder:mode" xmlns:xs=')
    (ours / "xslt/custom.xsl").write_text(named.format(own))
    assert tei("build", str(ours)).exit_code == 0
    with zipfile.ZipFile(ours / "build/book.epub") as archive:
        texts = [archive.read(name) for name in archive.namelist() if name.endswith("text.xhtml")]
    assert [b"of the project" in text for text in texts] == [True, True]


TYPST = (
    '<xsl:template match="body" mode="m:typst" xmlns:m="urn:tei-encoder:mode">{}\n</xsl:template>'
)


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        (TYPST.format('par({"unclosed"'), "Typst refuses .*: unclosed delimiter"),
        (TYPST.format("unheard(1)"), "Typst refuses .*: unknown variable: unheard"),
        (TYPST.format('read("custom.xsl")'), "Typst refuses .*: .*not found"),
        (TYPST.format('\n<xsl:value-of select="$unheard"/>'), "XPST0008 Variable \\$unheard"),
        ('\n<xsl:template match="p["/>', "XTSE0340 Unexpected token"),
        (
            TYPST.format('\n<xsl:value-of select="xs:date(.)"/>'),
            "FORG0001 Invalid date [^\n]*\\)\n",
        ),
    ],
)
def test_a_template_that_fails_is_told_with_its_file(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    inner: str,
    message: str,
) -> None:
    monkeypatch.chdir(folder)  # where a template might hope to find something to read
    path = folder / "custom.xsl"
    path.write_text(SHEET.format(inner))
    with pytest.raises(UsageError, match=message) as refused:
        render(TEI, "pdf", custom=Custom(xslt=path))
    assert refused.value.place.startswith(str(path))
    assert refused.value.place.endswith(":2") == ("Typst" not in message)
    assert "Warning" not in refused.value.message
    assert not capfd.readouterr().err  # what Saxon says of its own running is not for editors


@pytest.mark.parametrize(("ending", "fails"), [("no", False), ("yes", True)])
def test_what_a_template_has_to_say_is_said(
    folder: Path, capfd: pytest.CaptureFixture[str], ending: str, fails: bool
) -> None:
    said = SHOWN.format(f'<xsl:message terminate="{ending}">Heed this.&#10;</xsl:message>')
    with pytest.raises(UsageError) if fails else nullcontext():
        page(folder, said)
    assert capfd.readouterr().err.strip() == "Heed this."
