"""Mending: only what leaves no doubt, every other byte kept, and never a file made worse."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.model import Edit, Finding, Fix, Position, Source
from encoder.validate import mending
from tests import running
from tests.running import Ran

GRAMMAR = """<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><optional><attribute name="when">
<data type="date"/></attribute></optional><zeroOrMore><element name="persName">
<optional><attribute name="rend"><choice><value>bold</value><value>italic</value></choice>
</attribute></optional><text/></element></zeroOrMore></element>"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.rng").write_text(GRAMMAR)
    return tmp_path


def tei(*arguments: str, stdin: bytes = b"") -> Ran:
    return running.tei("validate", "--schema", "a.rng", *arguments, stdin=stdin)


MISSPELT = (
    '<?xml version="1.0" encoding="{}"?>{}<a\twhen=\'2020-1-1\' >{}<persNmae>å</persNmae ></a >{}'
)
MENDED = (
    '<?xml version="1.0" encoding="{}"?>{}<a\twhen=\'2020-01-01\' >{}<persName>å</persName ></a >{}'
)


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1"])
def test_every_other_byte_is_kept(folder: Path, encoding: str, end: str) -> None:
    if encoding == "utf-16-be":
        head, codec, said = b"\xfe\xff", encoding, "utf-16"
    else:
        head, codec, said = b"", encoding, encoding.removesuffix("-sig")
    path = folder / "a.xml"
    path.write_bytes(head + MISSPELT.format(said, end, end, end).encode(codec))
    done = tei("--fix", "a.xml")
    assert done.exit_code == 0, done.stdout
    assert "a.xml: 2 mended, valid (a.rng)" in done.stdout
    assert path.read_bytes() == head + MENDED.format(said, end, end, end).encode(codec)


def test_the_difference_is_shown_and_nothing_written(folder: Path) -> None:
    text = "<a>\n<persName/>\n<persNmae/>\n</a>\n"
    Path("a.xml").write_text(text)
    done = tei("--diff", "a.xml")
    assert done.exit_code == 1
    assert done.stdout.startswith("--- a/a.xml\n+++ b/a.xml\n@@ ")
    assert "\n-<persNmae/>\n+<persName/>\n" in done.stdout
    assert (folder / "a.xml").read_text() == text


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\r", "\r\n", "\n", ""])
def test_the_difference_can_be_applied(folder: Path, sign: str) -> None:
    path, diff = folder / "a.xml", folder / "a.diff"
    path.write_bytes(f"<a><persNmae>A{sign}B</persNmae>\n<persName/></a>\n".encode())
    diff.write_bytes(tei("--diff", "a.xml").stdout.partition("\na.xml:")[0].encode() + b"\n")
    subprocess.run(["git", "apply", "-p1", diff], check=True)
    assert path.read_bytes() == f"<a><persName>A{sign}B</persName>\n<persName/></a>\n".encode()


def test_standard_input_can_be_shown_but_not_mended() -> None:
    assert "+<a><persName/></a>" in tei("--diff", "-", stdin=b"<a><persNmae/></a>").stdout
    done = tei("--fix", "-", stdin=b"<a><persNmae/></a>")
    assert done.exit_code == 2


@pytest.mark.parametrize(
    "text",
    [
        "<a>stray</a>",
        "<a><persName><b>text</b></persName></a>",
        '<a><persName rend="x"/></a>',
        '<a><persName x="y"/></a>',
        "<a><xyz>text</xyz></a>",
        "<a><persNmae></a>",
    ],
)
def test_what_leaves_a_doubt_is_left_alone(folder: Path, text: str) -> None:
    Path("a.xml").write_text(text)
    done = tei("--fix", "a.xml")
    assert (done.exit_code, "mended" in done.stdout) == (1, False)
    assert (folder / "a.xml").read_text() == text


def test_what_remains_decides_how_it_ends(folder: Path) -> None:
    Path("a.xml").write_text("<a><persNmae/>stray</a>")
    done = tei("--fix", "a.xml")
    assert done.exit_code == 1
    assert "1 mended, 1 error" in done.stdout
    assert (folder / "a.xml").read_text() == "<a><persName/>stray</a>"
    assert tei("--fix", "a.xml").stdout == tei("a.xml").stdout


def test_what_can_be_read_again_is_written_though_more_is_then_wrong(folder: Path) -> None:
    Path("a.xml").write_text("<a>\nB & C\n<d/>\n<e/></a>")
    assert "\n-B & C\n+B &amp; C\n" in tei("--diff", "a.xml").stdout
    done = tei("--fix", "a.xml")
    assert done.exit_code == 1
    assert "a.xml: 1 mended, 3 errors" in done.stdout
    assert (folder / "a.xml").read_text() == "<a>\nB &amp; C\n<d/>\n<e/></a>"


def test_mode_and_links_are_kept(folder: Path) -> None:
    (folder / "real.xml").write_text("<a><persNmae/></a>")
    (folder / "real.xml").chmod(0o640)
    Path("a.xml").symlink_to("real.xml")
    assert tei("--fix", "a.xml").exit_code == 0
    assert Path("a.xml").is_symlink()
    assert (folder / "real.xml").stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_written_is_told(folder: Path) -> None:
    Path("a.xml").write_text("<a><persNmae/></a>")
    folder.chmod(0o500)
    arguments = ("validate", "--schema", "a.rng", "--fix", "a.xml")
    done = running.process(*arguments, cwd=folder, limit=running.bound_by_modes)
    assert done.returncode == 5, done.stderr
    assert Path("a.xml").read_text() == "<a><persNmae/></a>"


# --- without files


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix(tuple(Edit(Position(1, a + 1), Position(1, b + 1), t) for a, b, t in edits), True)


def finding(code: str, one: Fix | None = None) -> Finding:
    return Finding(code, "error", code, "a.xml", Position(1, 1), fix=one)


def test_of_two_fixes_that_touch_the_first_is_made() -> None:
    one, two, three = fix((0, 2, "x")), fix((1, 3, "y")), fix((3, 4, "z"), (4, 4, "!"))
    assert mending.compatible([one, two, three]) == [one, three]
    assert mending.applied("abcdef", [one, three]) == "xcz!ef"
    assert mending.compatible([fix((1, 1, "x")), fix((1, 1, "y"))]) == [fix((1, 1, "x"))]


def test_a_fix_that_makes_it_worse_is_taken_back() -> None:
    bad, good = finding("x", fix((0, 1, "B"))), finding("y", fix((1, 2, "C")))

    def check(data: bytes) -> list[Finding]:
        return [finding("xml-not-well-formed")] if b"B" in data else [finding("x")]

    done = mending.mend(b"abc", [bad, good], "abc", check)
    assert (done.data, done.mended) == (b"aCc", 1)


def test_what_the_encoding_cannot_hold_is_not_written() -> None:
    done = mending.mend(b"\xe5", [finding("x", fix((0, 1, "漢")))], "å", lambda _: [])
    assert done.data == b"\xe5"


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("xy", max_size=3)))


@given(st.text("ab\r\n漢", min_size=35, max_size=60), spans)
def test_all_but_the_edits_stays(text: str, changes: list[tuple[int, int, str]]) -> None:
    at = Source("", text, "").locate
    found = [Fix((Edit(at(a), at(a + n), new),)) for a, n, new in changes]
    kept = mending.compatible(found)
    edits = [(a, n, new) for (a, n, new), each in zip(changes, found, strict=True) if each in kept]
    assert len(mending.applied(text, kept)) == len(text) + sum(
        len(new) - n for a, n, new in dict.fromkeys(edits)
    )
