"""The project folder: what `edition.toml` and `texts.csv` may say, and what happens otherwise."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.errors import UsageError
from encoder.keys import SHOWN, TABLES, nearest
from encoder.metadata import Metadata, parties, references
from encoder.profile import Profile
from encoder.project import Project, Settings, all_keys, find, load
from encoder.render.printing import Sheet


def project(folder: Path, toml: str = "format = 1\n", csv: str | None = None, *names: str) -> Path:
    """Write a project into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "edition.toml").write_text(toml, "utf-8")
    (folder / "sources").mkdir(exist_ok=True)
    for name in names:
        path = folder / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text\n")
    if csv is not None:
        (folder / "texts.csv").write_text(csv, "utf-8")
    return folder


def refused(folder: Path, toml: str, csv: str | None = None) -> str:
    """Return the message with which a project is refused."""
    with pytest.raises(UsageError) as caught:
        load(project(folder, toml, csv))
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_every_field_that_names_a_table_is_a_key_and_reaches_its_field(tmp_path: Path) -> None:
    assert {key.table for key in all_keys()} <= set(TABLES)
    for key in all_keys():
        value = {str: "1928", int: 7, float: 0.25, bool: True, tuple: ["a"]}[key.kind]
        value = key.choices[-1] if key.choices else value
        value = [value] if key.choices and key.kind is tuple else value
        value = "https://example.org/" if key.form == "address" else value
        value = "sv" if key.form == "language" else value
        value = "120 x 190" if key.form == "page" else value
        value = "name" if key.form in ("reference", "path") else value
        taken = tuple(value) if isinstance(value, list) else value
        shown = f'"{value}"' if isinstance(value, str) else str(value).lower()
        loaded = load(project(tmp_path, f"[{key.table}]\n{key.name} = {shown}\n"))
        holders = {
            Metadata: loaded.edition,
            Profile: loaded.profile,
            Settings: loaded.settings,
            Sheet: loaded.sheet,
        }
        for holder, name in key.fields:
            assert getattr(holders[holder], name) == taken


def test_no_field_is_left_out_of_the_keys() -> None:
    taken = {pair for key in all_keys() for pair in key.fields}
    for holder in (Metadata, Profile, Settings, Sheet):
        assert {(holder, item.name) for item in fields(holder)} <= taken


def test_language_is_said_once_and_read_twice(tmp_path: Path) -> None:
    loaded = load(project(tmp_path, '[edition]\nlanguage = "fi"\n'))
    assert (loaded.edition.language, loaded.profile.language) == ("fi", "fi")


def test_an_empty_file_is_a_project_with_the_defaults(tmp_path: Path) -> None:
    loaded = load(project(tmp_path, ""))
    assert (loaded.profile, loaded.edition) == (Profile(), Metadata())


def test_none_has_no_sources_and_no_registers() -> None:
    nothing = Project.none()
    assert not nothing.sources
    assert not nothing.registers
    assert nothing.decisions is None
    assert nothing.metadata("any.txt") == Metadata()
    assert list(nothing.findings()) == []


@pytest.mark.parametrize(
    ("toml", "line", "says"),
    [
        ('[edition]\n\ntitel = "x"\n', ":3: ", "did you mean 'title'?"),
        ('[edition]\nlines = "keep"\n', ":2: ", "it belongs under [editorial]"),
        ("[editon]\n", ":1: ", "did you mean 'edition'?"),
        ('\ntitle = "x"\n', ":2: ", "it belongs under [edition]"),
        ("edition.titel = 1\n", ":1: ", "did you mean 'title'?"),
        ("[edition]\nxyzzy = 1\n", ":2: ", "known are title"),
        ('[edition]\n"titel" = 1\n', ":2: ", "did you mean 'title'?"),
        ("[edition]\ntitle = 5\n", ":2: ", "expected text in quotation marks"),
        ("[edition]\ntitle = ['a']\n", ":2: ", "expected text in quotation marks"),
        ("[edition.title]\nx = 1\n", ":1: ", "expected text in quotation marks"),
        ('[reading]\npage_lines_min = "5"\n', ":2: ", "expected a whole number"),
        ("[reading]\nno_break_share = true\n", ":2: ", "expected a number"),
        ("[reading]\npage_lines_min = true\n", ":2: ", "expected a whole number"),
        ('[reading]\nno_break_share = "x"\n', ":2: ", "expected a number"),
        ('[editorial]\nlines = "kep"\n', ":2: ", 'expected "drop" or "keep"'),
        ('[edition]\ndate = "21 May"\n', ":2: ", "expected a date"),
        ('[edition]\ndate = "1928-02-30"\n', ":2: ", "expected a date"),
        ('[edition]\ndate = "1929/1928"\n', ":2: ", "expected a date"),
        ('[edition]\nlanguage = "Swedish language"\n', ":2: ", "expected a language tag"),
        ('[edition]\nauthor_ref = "#a b"\n', ":2: ", "expected an id"),
        ('[edition]\ntitle = "a\\u0008b"\n', ":2: ", "without control characters"),
        ('[site]\nurl = "not an address"\n', ":2: ", "expected an address"),
        ("format = 2\n", ":1: ", "format: expected 1"),
        ("format = true\n", ":1: ", "format: expected 1"),
        ("[[edition]]\ntitle = 'x'\n", ":1: ", "expected a table"),
        ("\nedition = 3\n", ":2: ", "expected a table"),
        ("[edition]\ntitle = \n", ":2:9: ", "Invalid value"),
        ("[edition]\ntitle = 'x", ":2:1: ", "Expected"),
        ("[edition]\ntitle='a'\ntitle='b'\n", ":3:", "overwrite"),
        ('[registers]\npersons = "../x.xml"\n', ":2: ", "leads out of the project"),
        ('[registers]\npersons = "/etc/passwd"\n', ":2: ", "leads out of the project"),
        (f"a = {'[' * 5000}\n", ": ", "too deeply nested"),
    ],
)
def test_what_is_not_right_is_refused_with_its_line(
    tmp_path: Path, toml: str, line: str, says: str
) -> None:
    message = refused(tmp_path, toml)
    assert f"edition.toml{line}" in message
    assert says in message


def test_bytes_that_are_no_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "edition.toml").write_bytes(b"[edition]\ntitle = '\xe5'\n")
    with pytest.raises(UsageError, match=r"edition\.toml:2: this is not UTF-8"):
        load(tmp_path)


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tei init"):
        load(tmp_path)


def test_a_path_through_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_text("<x/>")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "people.xml").symlink_to(outside)
    assert "leads out" in refused(inside, '[registers]\npersons = "people.xml"\n')


def test_an_absolute_path_is_refused_even_inside_the_project(tmp_path: Path) -> None:
    (tmp_path / "people.xml").write_text("<x/>")
    assert "leads out" in refused(tmp_path, f'[registers]\npersons = "{tmp_path}/people.xml"\n')


def test_a_register_that_is_named_and_missing_is_refused(tmp_path: Path) -> None:
    loaded = load(project(tmp_path, '[edition]\n\n[registers]\npersons = "people.xml"\n'))
    with pytest.raises(UsageError, match=r"edition\.toml:4: .*no file 'people\.xml'"):
        _ = loaded.registers


def test_registers_and_decisions_are_those_that_exist(tmp_path: Path) -> None:
    loaded = load(project(tmp_path))
    assert not loaded.registers
    (tmp_path / "persons.xml").write_text("<x/>")
    (tmp_path / "decisions.toml").write_text("")
    assert loaded.registers == {"persons": tmp_path / "persons.xml"}
    assert loaded.decisions == tmp_path / "decisions.toml"


def test_the_nearest_project_upward_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find(inner) is None
    project(tmp_path)
    project(tmp_path / "a", '[edition]\ntitle = "inner"\n')
    found = find(inner / "missing.txt")
    assert found is not None
    assert found.edition.title == "inner"


def test_sources_are_sorted_and_hidden_files_left_out(tmp_path: Path) -> None:
    loaded = load(project(tmp_path, "", None, "b.txt", "a/c.txt", "._b.txt", "notes.md"))
    assert loaded.names == ("a/c.txt", "b.txt")


# texts.csv


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("link.txt", "a link that leads out"),
        ("\x1b[1m.txt", "control"),
        ("two\nlines.txt", "control"),
    ],
)
def test_what_is_no_text_of_the_project_is_left_out_and_told(
    tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "outside.txt").write_text("hidden")
    loaded = load(project(tmp_path / "inside", "", None, "a.txt", name))
    path = tmp_path / "inside/sources" / name
    if name == "link.txt":
        path.unlink()
        path.symlink_to(tmp_path / "outside.txt")
    assert loaded.names == ("a.txt",)
    (finding,) = loaded.findings()
    assert (finding.code, finding.severity, finding.file) == ("unreadable", "error", name)
    assert says in finding.message


def test_a_row_stands_over_the_edition(tmp_path: Path) -> None:
    toml = '[edition]\ntitle = "All"\nauthor = "A"\nlanguage = "sv"\n'
    csv = 'file,title,language,place\na/b.txt,"One, and ""two""",de,\nc.txt,,,Åbo\n'
    loaded = load(project(tmp_path, toml, csv, "a/b.txt", "c.txt"))
    first, second = loaded.metadata("a/b.txt"), loaded.metadata("c.txt")
    assert (first.title, first.author, first.language) == ('One, and "two"', "A", "de")
    assert (second.title, second.place, second.language) == ("All", "Åbo", "sv")
    assert loaded.profile_of("a/b.txt").language == "de"
    assert loaded.profile_of("c.txt").language == "sv"
    assert loaded.metadata("b.txt") == first
    assert list(loaded.findings()) == []


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_a_byte_order_mark_are_read(tmp_path: Path, separator: str) -> None:
    csv = "\ufefffile,title\r\na.txt,One\r\n\r\n".replace(",", separator)
    loaded = load(project(tmp_path, "", csv, "a.txt"))
    assert loaded.metadata("a.txt").title == "One"


def test_rows_and_files_without_each_other_are_findings(tmp_path: Path) -> None:
    loaded = load(project(tmp_path, "", "file,title\na.txt,A\n\nb.txt,B\n", "a.txt", "c.txt"))
    found = {finding.code: finding for finding in loaded.findings()}
    assert set(found) == {"texts-row-without-file", "texts-file-without-row"}
    assert str(found["texts-row-without-file"].where) == "4:1"
    assert "c.txt" in found["texts-file-without-row"].message


def test_without_a_table_no_text_lacks_a_row(tmp_path: Path) -> None:
    assert list(load(project(tmp_path, "", None, "a.txt")).findings()) == []


def test_a_name_is_the_same_however_its_accents_are_coded(tmp_path: Path) -> None:
    whole, parted = "\u00c5land.txt", "A\u030aland.txt"
    for here, there in ((whole, parted), (parted, whole)):
        folder = tmp_path / str(len(here))
        folder.mkdir()
        loaded = load(project(folder, "", f"file,title\n{here},X\n", there))
        assert loaded.metadata(there).title == "X"
        assert list(loaded.findings()) == []


@pytest.mark.parametrize(
    ("csv", "says"),
    [
        ("file,titel\n", "texts.csv:1: no column is called 'titel'\n  hint: did you mean 'title'?"),
        ("file,lines\n", "no column is called 'lines'"),
        ("title\nx\n", "expected a column 'file'"),
        ("", "expected a column 'file'"),
        ("file,file\n", "two columns"),
        ("file,title\na.txt,b,c\n", "texts.csv:2: 3 cells under 2 columns"),
        ("file,title\n,b\n", "texts.csv:2: the column 'file' is empty"),
        ("file,title\n../a.txt,b\n", "leads out of sources/"),
        ("file,title\n/a.txt,b\n", "leads out of sources/"),
        ("file,title\na.txt,b\na.txt,c\n", "texts.csv:3: 'a.txt' has two rows"),
        ("file,date\na.txt,May 1\n", "texts.csv:2: date: expected a date"),
        ('file,title,date\na.txt,"x\ny",1928\nb.txt,,1\n', "texts.csv:4: date: expected a date"),
        ("file,availability\na.txt,maybe\n", 'expected "unknown" or "free" or "restricted"'),
        ('file,title\na.txt,"b\n', "texts.csv:2: no table of texts"),
        ("file,title\na.txt,b\x08\n", "without control characters"),
    ],
)
def test_a_table_that_is_not_right_is_refused(tmp_path: Path, csv: str, says: str) -> None:
    assert says in refused(tmp_path, "", csv)


def test_a_table_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "texts.csv").write_bytes(b"file,title\na.txt,\xe5\n")
    with pytest.raises(UsageError, match=r"texts\.csv:2: this is not UTF-8"):
        load(tmp_path)


@given(st.integers(0, 1), st.integers(0, 70), st.sampled_from("[]\"'=.,;#\n\0\\é1"), st.booleans())
def test_whatever_is_changed_in_a_project_it_loads_or_is_refused_clearly(
    tmp_path_factory: pytest.TempPathFactory, which: int, at: int, sign: str, instead: bool
) -> None:
    texts = [
        '[edition]\ntitle = "A"\ndate = "1928-10-21"\n[reading]\nno_break_share = 0.5\n',
        'file,title\na.txt,"A"\n',
    ]
    texts[which] = texts[which][:at] + sign + texts[which][at + instead :]
    folder = project(tmp_path_factory.mktemp("broken"), *texts, "a.txt")
    with suppress(UsageError):
        load(folder)


# Metadata


def test_several_names_keep_their_ids() -> None:
    assert list(parties("A; B ;", "a;")) == [("A", "a"), ("B", "")]
    assert list(parties("", "a")) == []


def test_references_are_the_ids_a_header_points_to() -> None:
    said = Metadata(author="A; B", author_ref="a; https://example.org/b", recipient_ref="nobody")
    assert references(said) == ("a",)


def test_a_hint_names_the_keys_of_a_table_and_but_some_of_a_long_register() -> None:
    assert nearest("qqq", ["title", "author"]) == "known are title, author"
    hint = nearest("qqq", (f"p{number}" for number in range(100_000)))
    assert hint.endswith(" and 99940 more")
    assert max(Counter(one.table for one in all_keys()).values()) <= SHOWN
