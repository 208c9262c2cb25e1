"""An edition is built alike by any number of processes, and what is done stays done."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
import typst
from lxml import html

from encoder import parallel, project, rendered
from encoder.build import Built, build
from encoder.errors import UsageError
from tests.corpora import held, text
from tests.running import tei

TEXTS = 6
EDITION = 'format = 1\n[edition]\ntitle = "Letters"\nlanguage = "en"\nencoded = "2026-02-03"\n'

SHEET = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    "{}</xsl:stylesheet>"
)


def silent(_line: str) -> None:
    """Say nothing of the steps."""


def made(folder: Path, texts: int = TEXTS) -> Path:
    """Make a project of some letters."""
    (folder / "sources/in").mkdir(parents=True)
    (folder / "edition.toml").write_text(EDITION)
    for number in range(texts):
        (folder / f"sources/in/{number}.txt").write_bytes(text(number, 8))
    return folder


def said(folder: Path) -> list[str]:
    """Build a project and return what is said of its files: what was done, and with which."""
    lines: list[str] = []
    build(project.load(folder), lines.append)
    pairs = (line.split(": ", 1) for line in lines)
    return [f"{what} {Path(file).name}" for what, file in pairs if what in ("rendered", "book")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that one process has built."""
    folder = made(tmp_path_factory.mktemp("built"))
    build(project.load(folder), silent)
    return folder


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "copied"))


@pytest.fixture(scope="module")
def expected(built: Path) -> Mapping[str, str]:
    return held(built)


def test_each_page_leads_to_the_files_of_its_text_and_to_nothing_else(built: Path) -> None:
    out = built / "build"
    for path in [out / "index.html", *(out / "in").glob("*.html")]:
        for address in map(unquote, html.parse(path).getroot().xpath("//@href")):
            name = address.partition("#")[0]
            assert address.startswith("data:") or (path.parent / name).exists(), address
    page = html.parse(out / "in/2.html").getroot()
    assert page.xpath("//*[@class='files']//a/text()") == ["TEI", "PDF", "EPUB", "TXT"]


def test_it_does_not_depend_on_the_number_of_workers(
    expected: Mapping[str, str], tmp_path: Path
) -> None:
    done = tei("build", str(made(tmp_path / "two")), "-j", "2")
    assert done.exit_code == 0
    with parallel.processes(3, batch=2) as crew:
        build(project.load(made(tmp_path / "three")), silent, crew)
    assert held(tmp_path / "two") == held(tmp_path / "three") == expected


def test_what_is_the_same_is_not_rendered_again(copied: Path, expected: Mapping[str, str]) -> None:
    assert said(copied) == []
    assert held(copied) == expected


def test_a_changed_text_is_rendered_and_the_book_of_all(copied: Path) -> None:
    (copied / "sources/in/3.txt").write_bytes(text(99, 8))
    done = said(copied)
    assert done == ["rendered 3.typ", "rendered 3.pdf", "rendered 3.epub", "rendered 3.txt",
                    "book book.pdf", "book book.epub"]  # fmt: skip
    assert said(copied) == []


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"other")])
def test_a_file_that_is_not_as_it_was_made_is_made_again(
    copied: Path, expected: Mapping[str, str], harm: Callable[[Path], object]
) -> None:
    harm(copied / "build/in/2.pdf")
    assert "rendered 2.pdf" in said(copied)
    assert held(copied) == expected


def test_other_styles_make_all_anew(copied: Path) -> None:
    (copied / "edition.toml").write_text(f"{EDITION}[print]\npage = 'A4'\n")
    assert len(said(copied)) == 4 * TEXTS + 2
    assert said(copied) == []


def test_other_templates_make_all_anew(copied: Path) -> None:
    (copied / "xslt").mkdir()
    module = copied / "xslt/one.xsl"
    module.write_text(SHEET.format(""))
    (copied / "xslt/custom.xsl").write_text(SHEET.format('<xsl:include href="one.xsl"/>'))
    assert len(said(copied)) == 4 * TEXTS + 2
    assert said(copied) == []
    before = rendered.terms(project.load(copied))
    module.write_text(SHEET.format('<xsl:template match="note"/>'))
    assert rendered.terms(project.load(copied)) != before


def test_a_text_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (made(tmp_path, 3) / "sources/in/1.txt").write_bytes(b"\x7fELF\0\1\2\0\0")
    done = tei("build", str(tmp_path), "-j", "2")
    assert done.exit_code == 3
    assert "in/1.txt error unreadable" in done.stderr
    assert [path.stem for path in sorted((tmp_path / "build/in").glob("*.pdf"))] == ["0", "2"]
    assert not (tmp_path / "build/in/1.html").exists()


def test_a_template_that_fails_is_told_as_the_projects_with_its_place(tmp_path: Path) -> None:
    (made(tmp_path, 1) / "xslt").mkdir()
    fails = """<xsl:template match="*:body" mode="m:typst" xmlns:m="urn:tei-encoder:mode">
        <xsl:value-of select="error()"/></xsl:template>"""
    (tmp_path / "xslt/custom.xsl").write_text(SHEET.format(fails))
    done = build(project.load(tmp_path), silent)
    assert done.exit_code == 2
    assert {one.code for one in done.findings if one.severity == "error"} == {"project-unusable"}
    assert all("custom.xsl:" in f.message for f in done.findings if f.code == "project-unusable")


def test_what_cannot_be_written_is_told_with_its_text(tmp_path: Path) -> None:
    (made(tmp_path, 2) / "build/in/1.pdf").mkdir(parents=True)
    done = build(project.load(tmp_path), silent)
    assert [one.file for one in done.findings if one.code == "not-written"] == ["in/1.txt"]
    assert done.exit_code == 5
    assert (tmp_path / "build/in/0.html").is_file()


@pytest.mark.parametrize("name", ["book", "report", "cmif"])
def test_the_name_of_what_is_made_of_all_is_taken(name: str, tmp_path: Path) -> None:
    (made(tmp_path, 1) / f"sources/{name}.txt").write_bytes(text(1, 3))
    with pytest.raises(UsageError, match="is taken"):
        build(project.load(tmp_path), silent)
    assert not (tmp_path / "build").exists()


def test_a_pdf_becomes_a_text_and_then_an_edition(tmp_path: Path) -> None:
    (made(tmp_path, 0) / "sources/in/one.pdf").write_bytes(typst.compile(b"Words of a letter."))
    (tmp_path / "sources/in/two.pdf").write_bytes(b"%PDF-1.7 broken")
    done = build(project.load(tmp_path), silent)
    assert [one.file for one in done.findings if one.code == "unreadable"] == ["in/two.pdf"]
    assert done.exit_code == 3
    assert (tmp_path / "sources/in/one.txt").read_text().strip() == "Words of a letter."
    assert (tmp_path / "build/in/one.html").is_file()


def test_a_project_without_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sources"):
        build(project.load(made(tmp_path, 0)), silent)


def test_a_killed_build_is_taken_up_where_it_ended(
    expected: Mapping[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "encoder", "build", str(made(tmp_path / "in")), "-j", "2"]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    while process.poll() is None and not list(tmp_path.rglob("*.pdf")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "in/build/report.html").exists()
    assert isinstance(build(project.load(tmp_path / "in"), silent), Built)
    assert held(tmp_path / "in") == expected
