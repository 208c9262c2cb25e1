"""A new project: what is guessed, what is written, and that nothing is overwritten."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from encoder.errors import OutputError, UsageError
from encoder.metadata import Metadata
from encoder.project import all_keys, load
from encoder.project.guess import guesses
from encoder.project.init import init
from tests.editions import source

LETTER = (
    "Kerstin Ek:\nVad jag såg i hamnen\n\n(3 maj 1911)\n\nKära vänner.\n\n"
    "Jag skriver till er för att det är så mycket som inte har sagts om hamnen och om oss.\n\n"
    "(Översättning från finska: Per Ask.)\n"
)
TEXTS = {
    "letter": LETTER,
    "one line": "Hello",
    "no line end": "It was the day of the year and we sat in the garden until it was dark.",
    "right to left": "שלום עולם\n\nזה מכתב קצר מאוד.\n",
    "digits": "12345\n67890\n",
    "blank": "\n\n \n x\n",
    "signs": "<b>&amp;]]></b> \"\"\" ''' \\u0041 \\\n\ntext\n",
    "controls": "A \x08title\x7f\x1b with\x0ccontrols\n\ntext\n",
    "comment": "# format = 2\n[edition]\ntitle = 'x'\n",
}


def guessed(text: str) -> dict[str, str]:
    return {name: guess.value for name, guess in guesses(source(text)).items() if guess.value}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


# Guesses


def test_a_letter_tells_whose_it_is() -> None:
    assert guessed(LETTER) == {
        "title": "Vad jag såg i hamnen",
        "author": "Kerstin Ek",
        "translator": "Per Ask",
        "date": "1911-05-03",
        "language": "sv",
    }


def test_each_guess_says_where_it_was_read() -> None:
    why = {name: guess.why for name, guess in guesses(source(LETTER)).items()}
    assert "line 2" in why["title"]
    assert "line 1" in why["author"]
    assert "line 4" in why["date"]
    assert "line 10" in why["translator"]
    assert "Swedish function words" in why["language"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My Life\nby Ann Lee\n\nText.\n", {"title": "My Life", "author": "Ann Lee"}),
        ("My Life\nby the sea\n\nText.\n", {"title": "My Life"}),
        (
            "Mein Leben\nvon Hans von Au\n\nAus dem Englischen von Otto Weiß\n\n"
            "Es war die Zeit, in der man nicht mehr an das Ende der Welt glaubte.\n",
            {"title": "Mein Leben", "author": "Hans von Au", "translator": "Otto Weiß"},
        ),
        (
            "The Wood\n\nTranslated from the Danish by J. R. Roe.\n\nIt was the time of the end.\n",
            {"title": "The Wood", "translator": "J. R. Roe"},
        ),
        ("Dear Sir or Madam:\n\nA Title\n\nText.\n", {"title": "A Title"}),
        ("XLII.\n\nThe Storm\n\nText.\n", {"title": "The Storm"}),
        (
            "London, May 3, 1911\n\nA Title\n\nIt was the day of the storm.\n",
            {"title": "A Title", "date": "1911-05-03"},
        ),
        ("one\n" * 20, {"title": "text"}),
        ("It was dark\nand the wood\nwas so near\nthat we heard it.\n", {"title": "text"}),
        ("x" * 200, {"title": "text"}),
    ],
)
def test_what_stands_at_the_top_is_read(text: str, expected: dict[str, str]) -> None:
    found = guessed(text)
    found.pop("language", None)
    assert found == expected


def test_what_is_printed_on_every_page_is_no_title() -> None:
    head = "Letters 7                                  1"
    assert (
        guessed(f"{head}\n\nMy Life\n\nIt was a day of the year, and we sat.\n")["title"]
        == "My Life"
    )


def test_a_date_in_the_story_is_not_that_of_the_text() -> None:
    text = "A Title\n\nIt was on 3 May 1911, a day that nobody in the town would ever forget.\n"
    assert "date" not in guessed(text)


# The project


@pytest.mark.parametrize("name", TEXTS)
def test_a_new_project_loads_as_it_is(tmp_path: Path, name: str) -> None:
    text = write(tmp_path / "given" / "a.txt", TEXTS[name])
    said = init(tmp_path / "new", [text])
    project = load(tmp_path / "new")
    assert (tmp_path / "new/sources/a.txt").read_bytes() == text.read_bytes()
    assert project.names == ("a.txt",)
    assert list(project.findings()) == []
    assert project.edition.title
    assert said[-1] == f"next: tei build {tmp_path / 'new'}"


def test_every_key_is_written_with_its_meaning_and_its_reason(tmp_path: Path) -> None:
    init(tmp_path, [write(tmp_path / "given/a.txt", LETTER)])
    text = (tmp_path / "edition.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    assert {(key.table, key.name) for key in all_keys()} == {
        (table, name) for table, said in tables.items() if table != "format" for name in said
    }
    for key in all_keys():
        assert f"# {key.doc}" in text
    lines = [line for line in text.splitlines() if " = " in line and not line.startswith("#")]
    reasons = ("# guess: ", "# unknown: fill in", "# default", "format = 1")
    assert all(any(reason in line for reason in reasons) for line in lines)
    assert "# guess: the line before the title, line 1: Kerstin Ek:" in text


def test_what_is_not_known_is_left_to_fill_in(tmp_path: Path) -> None:
    init(tmp_path, [write(tmp_path / "given/a.txt", "Harbour")])
    project = load(tmp_path)
    assert project.edition == Metadata(title="Harbour")
    assert "too few are function words" in (tmp_path / "edition.toml").read_text("utf-8")


def test_several_texts_get_a_table(tmp_path: Path) -> None:
    given = tmp_path / "given"
    sources = [
        write(given / "b.txt", LETTER),
        write(given / "a.txt", LETTER.replace("3 maj", "4 maj")),
    ]
    init(tmp_path / "new", sources)
    project = load(tmp_path / "new")
    assert project.metadata("a.txt").date == "1911-05-04"
    assert project.metadata("b.txt").date == "1911-05-03"
    assert (project.edition.author, project.edition.date) == ("Kerstin Ek", "")
    assert list(project.findings()) == []


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    text = write(tmp_path / "given/a.txt", LETTER)
    for name in ("edition.toml", "decisions.toml", ".gitattributes"):
        write(tmp_path / "new" / name, "# mine\n")
    said = init(tmp_path / "new", [text])
    for name in ("edition.toml", "decisions.toml", ".gitattributes"):
        assert (tmp_path / "new" / name).read_text() == "# mine\n"
        assert f"kept {tmp_path / 'new' / name}" in said
    before = (tmp_path / "new/sources/a.txt").stat().st_mtime_ns
    assert all(not line.startswith("wrote") for line in init(tmp_path / "new", [text]))
    assert (tmp_path / "new/sources/a.txt").stat().st_mtime_ns == before


def test_sources_that_are_there_are_read(tmp_path: Path) -> None:
    write(tmp_path / "sources/deep/a.txt", LETTER)
    init(tmp_path)
    assert load(tmp_path).edition.author == "Kerstin Ek"


def test_a_project_without_texts_says_what_it_needs(tmp_path: Path) -> None:
    assert init(tmp_path / "new")[-1] == f"next: put texts into {tmp_path / 'new' / 'sources'}"
    assert load(tmp_path / "new").names == ()


def test_two_texts_of_one_name_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1/a.txt", "one"), write(tmp_path / "2/a.txt", "two")
    with pytest.raises(UsageError, match="same name"):
        init(tmp_path / "new", [one, two])
    assert not (tmp_path / "new").exists()


def test_a_text_with_another_suffix_becomes_a_source(tmp_path: Path) -> None:
    init(tmp_path / "new", [write(tmp_path / "README", "Hello")])
    assert load(tmp_path / "new").names == ("README.txt",)


def test_an_encoding_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Åke\n".encode("latin-1"))
    assert not (tmp_path / "new").exists()
    init(tmp_path / "new", [path], "latin-1")
    assert load(tmp_path / "new").profile.encoding == "latin-1"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    blocked = write(tmp_path / "file", "x")
    with pytest.raises(OutputError):
        init(blocked, [write(tmp_path / "a.txt", "Hello")])


def test_the_same_text_gives_the_same_project(tmp_path: Path) -> None:
    text = write(tmp_path / "a.txt", LETTER)
    for name in ("one", "two"):
        init(tmp_path / name, [text])
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in files}
        for name in ("one", "two")
        for files in [sorted(p for p in (tmp_path / name).rglob("*") if p.is_file())]
    )
    assert first == second
