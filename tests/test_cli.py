"""The command line as a person meets it: exit codes, messages, nothing lost, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "A heading\n\nThe first paragraph.\n\nThe second.\n"


def tei(
    *args: str | Path, cwd: Path, stdin: bytes = b"", **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a folder."""
    command = [sys.executable, "-m", "encoder", *map(str, args)]
    done = subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, env={**os.environ, **env}, check=False
    )
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one text."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_encode_to_standard_output(folder: Path) -> None:
    done = tei("encode", "a.txt", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model ')
    assert b"<p>The second.</p>" in done.stdout


def test_encode_validate_verify_render(folder: Path) -> None:
    assert tei("encode", "a.txt", "-o", "out/a.xml", cwd=folder).returncode == 0
    assert tei("validate", "out/a.xml", cwd=folder).returncode == 0
    proof = tei("verify", "out/a.xml", "--source", "a.txt", cwd=folder)
    assert (proof.returncode, b"nothing lost" in proof.stdout) == (0, True)
    for form, start in (("html", b"<!DOCTYPE HTML>"), ("pdf", b"%PDF-"), ("typst", b"")):
        done = tei("render", "out/a.xml", "--to", form, cwd=folder)
        assert done.returncode == 0
        assert done.stdout.startswith(start)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_files_are_rendered_though_one_of_them_cannot_be(folder: Path, workers: str) -> None:
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    whole = (folder / "a.xml").read_bytes()
    for name in ("b", "c"):
        (folder / f"{name}.xml").write_bytes(whole)
    (folder / "broken.xml").write_bytes(whole[:-9])
    names = ["a.xml", "broken.xml", "b.xml", "c.xml"]
    done = tei("render", *names, "--to", "text", "-o", "out", "-j", workers, cwd=folder)
    assert done.returncode == 3
    assert done.stderr.startswith(b"tei: broken.xml")
    assert b"not well-formed" in done.stderr
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.txt", "b.txt", "c.txt"]


def test_no_two_files_are_rendered_to_one(folder: Path) -> None:
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    tei("encode", "a.txt", "-o", "in/a.xml", cwd=folder)
    done = tei("render", "a.xml", "in/a.xml", "--to", "text", "-o", "out", cwd=folder)
    assert (done.returncode, (folder / "out").exists()) == (2, False)
    assert b"2 files would become this one" in done.stderr


def test_encoding_again_changes_nothing(folder: Path) -> None:
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    first = (folder / "a.xml").read_bytes()
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder, PYTHONHASHSEED="7", LC_ALL="C")
    assert (folder / "a.xml").read_bytes() == first


def test_a_hand_edit_is_kept(folder: Path) -> None:
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    edited = (folder / "a.xml").read_bytes().replace(b"<p>The second", b"<p n='2'>The second")
    (folder / "a.xml").write_bytes(edited)
    done = tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    assert done.returncode == 0
    assert (folder / "a.xml").read_bytes() == edited
    assert not (folder / "a.new.xml").exists()


def test_a_hand_edit_of_the_text_is_kept_and_shown_with_its_decision(folder: Path) -> None:
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    edited = (folder / "a.xml").read_bytes().replace(b"The second", b"A second")
    (folder / "a.xml").write_bytes(edited)
    done = tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    assert (done.returncode, b"text-edited" in done.stderr) == (0, True)
    assert b'[[correct]]\n    exact = "The"\n    reading = "A"\n' in done.stderr
    assert (folder / "a.xml").read_bytes() == edited


def test_a_hand_edit_where_the_text_changed_is_a_conflict(folder: Path) -> None:
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    edited = (folder / "a.xml").read_bytes().replace(b"The second", b"A second")
    (folder / "a.xml").write_bytes(edited)
    text = (folder / "a.txt").read_bytes().replace(b"The second", b"Our second")
    (folder / "a.txt").write_bytes(text)
    done = tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    assert (done.returncode, b"a.new.xml" in done.stderr) == (1, True)
    assert (folder / "a.xml").read_bytes() == edited
    assert b"Our second" in (folder / "a.new.xml").read_bytes()


def test_a_changed_text_is_shown(folder: Path) -> None:
    tei("encode", "a.txt", "-o", "a.xml", cwd=folder)
    changed = (folder / "a.xml").read_bytes().replace(b"second", b"secomd")
    (folder / "a.xml").write_bytes(changed)
    done = tei("verify", "a.xml", cwd=folder)
    assert done.returncode == 1
    assert b"became" in done.stdout
    assert b"source a.txt:5:9" in done.stdout


def test_init_then_build_needs_no_edit(folder: Path) -> None:
    made = tei("init", "project", "a.txt", cwd=folder)
    assert (made.returncode, b"tei build project" in made.stdout) == (0, True)
    built = tei("build", "project", cwd=folder)
    assert built.returncode == 0, built.stderr.decode()
    names = {p.name for p in (folder / "project/build").iterdir()}
    assert {"a.html", "a.pdf", "a.typ", "report.html", "report.json"} <= names


def test_a_character_xml_cannot_hold(folder: Path) -> None:
    (folder / "a.txt").write_text("One\x08two \x01 three.\n")
    assert tei("encode", "a.txt", "-o", "a.xml", cwd=folder).returncode == 0
    assert b'<g ref="#u0008"/>' in (folder / "a.xml").read_bytes()
    assert tei("verify", "a.xml", cwd=folder).returncode == 0
    assert tei("validate", "a.xml", cwd=folder).returncode == 0


BAD = {
    "missing.txt": (None, "there is no such file"),
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n\n", "no text"),
    "scan.txt": (b"%PDF-1.7\n...", "a PDF file"),
    "binary.txt": (b"\x7fELF\0\1\2\0\0\0\xfe\xff", "binary"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_clearly(name: str, tmp_path: Path) -> None:
    data, said = BAD[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = tei("encode", name, "-o", "out.xml", cwd=tmp_path)
    assert done.returncode == 3
    assert name in done.stderr.decode()
    assert said in done.stderr.decode()
    assert not (tmp_path / "out.xml").exists()


def test_the_encoding_is_seen_and_may_be_said(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Vi gick på café i går.\n".encode("cp1252"))
    seen = tei("encode", "old.txt", cwd=tmp_path)
    assert (seen.returncode, "på café".encode() in seen.stdout) == (0, True)
    assert b"read as windows-1252" in seen.stderr
    said = tei("encode", "old.txt", "--encoding", "koi8-r", cwd=tmp_path)
    assert (said.returncode, "pЕ".encode() in said.stdout) == (0, True)
    wrong = tei("encode", "old.txt", "--encoding", "utf-8", cwd=tmp_path)
    assert (wrong.returncode, b"line 1" in wrong.stderr) == (3, True)
    for name in ("klingon", "zlib", "idna"):
        assert tei("encode", "old.txt", "--encoding", name, cwd=tmp_path).returncode == 3


def test_why_says_what_was_seen_and_what_is_over_it(tmp_path: Path) -> None:
    page = "A BOOK {}\n" + "".join(f"the {n}th line of the page, and the com-\n" for n in range(24))
    (tmp_path / "book.txt").write_text("\f".join(page.format(n) for n in (1, 2, 3)))
    done = tei("encode", "book.txt", "--why", cwd=tmp_path)
    said = done.stderr.decode()
    assert done.stdout.startswith(b"<?xml ")
    for words in (
        "utf-8: the bytes say so",
        "English function words",
        "3, by a form feed",
        "lines end in one, 0 stay short before a long word: the printer's",
        'over it: [edition] language = ""',
        "over it: [reading] hyphen_share = 0.2",
        "fw header",
    ):
        assert words in said
    written = tei("encode", "book.txt", "--why", "--lang", "sv", "-o", "book.xml", cwd=tmp_path)
    assert b"sv: the project says so, or --lang" in written.stdout


def test_a_folder_needs_another(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = tei("encode", "in", cwd=tmp_path)
    assert (done.returncode, b"-o DIR" in done.stderr) == (2, True)
    empty = tei("encode", "in", "-o", "out", cwd=tmp_path)
    assert (empty.returncode, b"no text is in this folder" in empty.stderr) == (2, True)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[edition]\ntitel = 'x'", "edition.toml:2"),
        ("[edition\n", "edition.toml:1"),
        ("[reading]\nkind = 'poem'", "edition.toml:2"),
    ],
)
def test_a_broken_project_says_where(folder: Path, toml: str, said: str) -> None:
    (folder / "edition.toml").write_text(toml)
    done = tei("encode", "a.txt", cwd=folder)
    assert (done.returncode, said in done.stderr.decode()) == (2, True)


@pytest.mark.parametrize(
    "register",
    [
        "<TEI>",
        "<listPerson xmlns='http://www.tei-c.org/ns/1.0'><person><persName>A</persName></person>"
        "</listPerson>",
    ],
)
def test_a_broken_register_says_where(folder: Path, register: str) -> None:
    (folder / "persons.xml").write_text(register)
    done = tei("encode", "a.txt", "--persons", "persons.xml", cwd=folder)
    assert (done.returncode, "persons.xml:1" in done.stderr.decode()) == (2, True)


def test_an_output_that_cannot_be_written(folder: Path) -> None:
    (folder / "file").write_text("in the way")
    done = tei("encode", "a.txt", "-o", "file/a.xml", cwd=folder)
    assert (done.returncode, b"cannot be written" in done.stderr) == (5, True)


def test_two_sources_with_one_name_are_refused_before_writing(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b/a.txt").write_text(TEXT)
    done = tei("encode", "a.txt", "b/a.txt", "-o", "out", cwd=folder)
    assert (done.returncode, (folder / "out").exists()) == (2, False)


def test_not_well_formed_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<TEI>\n<p></TEI>")
    done = tei("validate", "a.xml", cwd=tmp_path)
    assert (done.returncode, b"a.xml:2" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    "command", [[], ["encode"], ["nonsense"], ["render", "a.xml", "--to", "doc"]]
)
def test_wrong_usage_is_exit_2(command: list[str], tmp_path: Path) -> None:
    assert tei(*command, cwd=tmp_path).returncode == 2


def test_a_message_cannot_command_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text("")
    done = tei("encode", "a\x1b[31m.txt", cwd=tmp_path)
    assert (done.returncode, b"\x1b" in done.stderr) == (3, False)


def test_a_project_keeps_its_folders(folder: Path) -> None:
    tei("init", "project", "a.txt", cwd=folder)
    nested = folder / "project/sources/1911"
    nested.mkdir()
    (nested / "b.txt").write_text(TEXT)
    assert tei("build", "project", cwd=folder).returncode == 0
    assert tei("verify", "project/1911/b.xml", cwd=folder).returncode == 0
    assert (folder / "project/build/1911/b.html").is_file()


def test_one_bad_text_does_not_stop_the_rest(folder: Path) -> None:
    tei("init", "project", "a.txt", cwd=folder)
    (folder / "project/sources/0.txt").write_bytes(b"\xff\xfe\xff")
    done = tei("build", "project", cwd=folder)
    assert (done.returncode, b"0.txt" in done.stderr) == (3, True)
    assert (folder / "project/build/a.pdf").is_file()


# --- validate

RULES = Path(__file__).parent / "rules"
SCH = Path(__file__).parent.parent / "schemas" / "edition.sch"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with a file that is right, one with an error, one with a warning, and rules."""
    for name, rule, kind in (
        ("right.xml", "corr-voice", "valid"),
        ("wrong.xml", "corr-voice", "invalid"),
        ("odd.xml", "page-once", "invalid"),
    ):
        (tmp_path / name).write_bytes((RULES / rule / f"{kind}.xml").read_bytes())
    (tmp_path / "rules.sch").write_bytes(SCH.read_bytes())
    return tmp_path


def test_a_dash_is_standard_input_and_output(tmp_path: Path) -> None:
    words = b"Dear Anna,\n\nThe harbour has frozen.\n"
    (tmp_path / "letter.txt").write_bytes(words)
    made = tei("encode", "-", "-o", "-", cwd=tmp_path, stdin=words)
    assert b"The harbour has frozen." in made.stdout
    proved = tei("verify", "-", "--source", "letter.txt", cwd=tmp_path, stdin=made.stdout)
    assert proved.returncode == 0
    shown = tei("render", "-", "--to", "text", "-o", "-", cwd=tmp_path, stdin=made.stdout)
    assert b"The harbour has frozen." in shown.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_standard_input_belongs_to_the_project_we_are_in(folder: Path) -> None:
    tei("init", "project", "a.txt", cwd=folder)
    toml = folder / "project/edition.toml"
    said = toml.read_text().replace('title = "', 'title = "Frost, or ').replace('"A5"', '"A4"')
    toml.write_text(said)
    for cwd, ours in ((toml.parent / "sources", True), (folder, False)):
        made = tei("encode", "-", cwd=cwd, stdin=TEXT.encode()).stdout
        assert (b"<title>Frost, or " in made) is ours
        sheet = tei("render", "-", "--to", "typst", cwd=cwd, stdin=made).stdout
        assert (b"width: 210mm" in sheet) is ours


def test_standard_input_is_encoded_alone(folder: Path) -> None:
    done = tei("encode", "-", "a.txt", "-o", "out", cwd=folder, stdin=TEXT.encode())
    assert (done.returncode, b"read only once" in done.stderr) == (2, True)
    assert not (folder / "out").exists()


def validated(*args: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Validate by the rules of the folder."""
    return tei("validate", *args, "--schema", "rules.sch", cwd=cwd, stdin=stdin)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["right.xml"], 0),
        (["odd.xml"], 0),
        (["odd.xml", "--fail-on", "warning"], 1),
        (["wrong.xml"], 1),
        (["right.xml", "gone.xml"], 3),
        (["wrong.xml", "gone.xml", "right.xml"], 3),
        (["right.xml", "--schema", "gone.sch"], 4),
        (["right.xml", "--schema", "right.xml"], 2),
        (["right.xml", "--format", "doc"], 2),
        (["right.xml", "-j", "0"], 2),
    ],
)
def test_validate_exits_by_the_gravest(rules: Path, args: list[str], code: int) -> None:
    assert validated(*args, cwd=rules).returncode == code


def test_validate_says_which_schema_and_where(rules: Path) -> None:
    done = validated("wrong.xml", "right.xml", cwd=rules)
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("wrong.xml:8:26 error")
    assert lines[1].strip().startswith("<p><choice>")
    assert lines[2].strip() == "^"
    assert lines[4:] == [
        "wrong.xml: 1 error (rules.sch)",
        "right.xml: valid (rules.sch)",
        "2 files: 1 error",
    ]


def test_the_order_is_that_of_the_arguments_whatever_runs_beside(rules: Path) -> None:
    names = [f"{number}.xml" for number in range(12, 0, -1)]
    for number, name in enumerate(names):
        made = "wrong.xml" if number % 3 else "right.xml"
        (rules / name).write_bytes((rules / made).read_bytes())
    alone, beside = (
        validated(*names, "-j", n, "--format", "json", cwd=rules).stdout for n in ("1", "2")
    )
    assert alone == beside
    assert [file["file"] for file in json.loads(alone)["files"]] == names


def test_validate_looks_into_folders(rules: Path) -> None:
    (rules / ".tei").mkdir()
    (rules / ".tei/hidden.xml").write_text("<")
    (rules / "deep/er").mkdir(parents=True)
    (rules / "deep/er/a.xml").write_bytes((rules / "right.xml").read_bytes())
    done = validated(".", "right.xml", "--format", "json", cwd=rules)
    files = [file["file"] for file in json.loads(done.stdout)["files"]]
    assert files == ["deep/er/a.xml", "odd.xml", "right.xml", "wrong.xml"]


def test_a_folder_without_xml_is_said(tmp_path: Path) -> None:
    done = tei("validate", ".", cwd=tmp_path)
    assert (done.returncode, b"no .xml file" in done.stderr) == (2, True)


def test_validate_reads_standard_input(rules: Path) -> None:
    done = validated("-", cwd=rules, stdin=(rules / "wrong.xml").read_bytes())
    assert (done.returncode, done.stdout.startswith(b"stdin:8:26 ")) == (1, True)


def test_an_error_is_said_once_and_the_rest_goes_on(rules: Path) -> None:
    done = tei("validate", "right.xml", "odd.xml", "--schema", "gone.sch", cwd=rules)
    assert done.stderr.count(b"there is no schema gone.sch") == 1
    done = validated("gone.xml", "right.xml", cwd=rules)
    assert b"right.xml: valid" in done.stdout
    assert b"gone.xml" in done.stderr


def test_no_colour_and_no_progress_in_a_pipe(rules: Path) -> None:
    done = validated("wrong.xml", "odd.xml", "right.xml", cwd=rules)
    assert b"\x1b" not in done.stdout + done.stderr
    assert done.stderr == b""


# --- explain


def test_explain() -> None:
    done = tei("explain", "sch-corr-voice", cwd=SCH.parent)
    assert (done.returncode, b"Right:" in done.stdout) == (0, True)
    assert b"ref-dangling" in tei("explain", cwd=SCH.parent).stdout
    unknown = tei("explain", "ref-danglin", cwd=SCH.parent)
    assert (unknown.returncode, b"ref-dangling" in unknown.stderr) == (2, True)


def test_a_batch_goes_on_and_ends_with_the_gravest(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\xff\xfe\xff")
    done = tei("encode", "bad.txt", "a.txt", "-o", "out", cwd=folder)
    assert (done.returncode, b"bad.txt" in done.stderr) == (3, True)
    assert [path.name for path in (folder / "out").glob("*.xml")] == ["a.xml"]
