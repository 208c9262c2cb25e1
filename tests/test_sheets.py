"""A register goes through a spreadsheet and back, and comes out the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.errors import UsageError
from encoder.model import collapse
from encoder.naming.drafts import added, empty
from encoder.naming.sheets import BETWEEN, COLUMNS, entries, rows, sheet, unread
from encoder.registers import read_register

TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    max_size=12,
).map(collapse)
NAMES = TEXT.filter(bool)
ROW = st.fixed_dictionaries(
    {
        "name": NAMES,
        "surname": TEXT,
        "forename": TEXT,
        "variants": st.lists(st.sampled_from(["Åsa", "=A1", "Ek, A.", "'x"]), max_size=2).map(
            BETWEEN.join
        ),
        "birth": st.sampled_from(["", "1852", "-0356-07-20", "um 1800"]),
        "death": st.sampled_from(["", "1924-05-15"]),
        "gnd": TEXT,
        "viaf": st.just(""),
        "wikidata": st.sampled_from(["", "Q1"]),
        "geonames": st.just(""),
    }
)


def register_of(data: bytes, folder: Path, **columns: str) -> Path:
    made = [entry for _, entry in entries(rows(data, columns, "a.csv"), "person", "a.csv")]
    path = folder / "persons.xml"
    path.write_bytes(added(empty("person", "0"), made, "person", "persons.xml"))
    return path


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@given(st.lists(ROW, min_size=1, max_size=4))
def test_a_sheet_that_becomes_tei_becomes_the_same_sheet(
    tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, str]]
) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({"id": f"p{number}", **one} for number, one in enumerate(found))
    folder = tmp_path_factory.mktemp("sheet")
    first = sheet(read_register(register_of(out.getvalue().encode(), folder)).entries)
    again = sheet(read_register(register_of(first, folder)).entries)
    assert again == first


def test_every_cell_comes_back(tmp_path: Path) -> None:
    cells = ["ek", "Ek, Anna", "Ek", "Anna", "A E | Lillan", "1852-11", "", "1-2", "", "Q5", ""]
    data = f"{','.join(COLUMNS)}\n".encode() + ",".join(f'"{c}"' for c in cells).encode()
    (row,) = table(sheet(read_register(register_of(data, tmp_path)).entries))
    assert row == dict(zip(COLUMNS, cells, strict=True))


def test_a_formula_is_defused_and_comes_back(tmp_path: Path) -> None:
    formula = "=cmd|' /C calc'!A0"
    path = register_of(f'id,name\na,"\'{formula}"\n'.encode(), tmp_path)
    (entry,) = read_register(path).entries
    assert entry.name == formula
    (row,) = table(sheet([entry]))
    assert row["name"] == f"'{formula}"


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffid;Namn\r\nek;Åsa Ek\r\n".encode(),
        "id\tNamn\nek\tÅsa Ek\n".encode("utf-16"),
        "sep=;\nid;Namn\nek;Åsa Ek\n".encode("cp1252"),
        'id;Namn\r\nek;"Åsa\nEk";;\r\n;;\r\n'.encode("utf-16-le"),
    ],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, data: bytes) -> None:
    (entry,) = read_register(register_of(data, tmp_path, name="Namn")).entries
    assert (entry.id, entry.name) == ("ek", "Åsa Ek")


def test_an_id_is_made_where_none_is_given(tmp_path: Path) -> None:
    found = read_register(register_of("name\nÅsa Ek\nÅsa Ek\n".encode(), tmp_path))
    assert [entry.id for entry in found.entries] == ["asa-ek", "asa-ek-2"]


@pytest.mark.parametrize(
    ("data", "columns", "message", "place"),
    [
        (b"id,namn\na,b\n", {}, "no column 'name'", "a.csv:1"),
        (b"id,name\na,b\na,c\n", {}, "already that of line 2", "a.csv:3"),
        (b"id,name\n1a,b\n", {}, "cannot be an xml:id", "a.csv:2"),
        (b"id,name\na,\n", {}, "has no name", "a.csv:2"),
        (b"id,name\na,b\x01\n", {}, "cannot stand in XML", "a.csv:2"),
        (b"id,name\na,b\n", {"name": "Nam"}, "no column 'Nam'", "a.csv:1"),
        (b"name,birth\nEk, Anna,1862\n", {}, "more cells than columns", "a.csv:2"),
        (b'id,name\na,"b\nc,d\n', {}, "no table", "a.csv:3"),
        (b"name,Name\na,b\n", {}, "two columns are called 'name'", "a.csv:1"),
        (b"name\na\x81\xff\n", {}, "neither UTF-8", "a.csv"),
    ],
)
def test_a_bad_table_is_refused(
    tmp_path: Path, data: bytes, columns: dict[str, str], message: str, place: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        register_of(data, tmp_path, **columns)
    assert caught.value.place == place


def test_columns_that_are_not_read_are_known() -> None:
    data = b"id,Namn,Yrke,,birth\nek,Anna Ek,smed,,1862\n"
    assert unread(data, {"name": "Namn"}, "a.csv") == ["Yrke"]
