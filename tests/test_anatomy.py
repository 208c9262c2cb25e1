"""Registers write names in many shapes; of all is made what a text may call somebody."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.naming.forms import Strength, forms
from encoder.registers import read_register


def made(tmp_path: Path, inner: str) -> dict[str, Strength]:
    path = tmp_path / "register.xml"
    path.write_text(f'<listPerson><person xml:id="a">{inner}</person></listPerson>', "utf-8")
    (entry,) = read_register(path).entries
    return {form.text: form.strength for form in forms(entry)}


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        ("Ek, Anna (1862-1931)", "Anna Ek", "1862"),
        ("Ek, Anna, 1862-1931", "Anna Ek", "1862"),
        ("Ek, Dr. Anna", "Anna Ek", "Dr. Ek"),
        ("Ek, Anna, geb. Rehn", "Anna Ek", "geb."),
        ("Ek, Anna, geb. Rehn", "Anna Rehn", "Ek, Rehn"),
        ("EK-LUND, Anna", "Anna EK-LUND", ""),
        ("Karl XII, kung av Sverige", "Karl XII", "kung"),
        ("Ludvig Asp, prins", "Ludvig Asp", "prins"),
        ("Rehn Johan August", "August Rehn", "August, Rehn"),
        ("Johan August Rehn", "August Rehn", "Johan, August"),
        ("van Holt, Vincent", "Vincent van Holt", ""),
        ("d'Aubray, Claire", "Claire d'Aubray", ""),
        ("Holt, j. s.", "j. s. Holt", ""),
        ("Fru Rehn", "Rehn", ""),
    ],
)
def test_a_name_in_one_string(tmp_path: Path, name: str, has: str, has_not: str) -> None:
    found = made(tmp_path, f"<persName>{name}</persName>")
    assert has in found
    assert not has_not or not [form for form in found if has_not in form.split(" ")]
    assert not has_not or has_not not in found


@pytest.mark.parametrize("name", ["?", "Unbekannt", "N.N.", "??", "(okänd)"])
def test_what_stands_for_an_unknown_name_is_no_name(tmp_path: Path, name: str) -> None:
    assert made(tmp_path, f"<persName>{name}</persName>") == {}


def test_an_unknown_forename_is_none(tmp_path: Path) -> None:
    xml = "<persName><forename>N.N.</forename> <surname>Holt</surname></persName>"
    assert made(tmp_path, xml) == {"N.N. Holt": Strength.GIVEN, "Holt": Strength.SURNAME}


def test_a_ruler_is_called_by_number_and_by_name(tmp_path: Path) -> None:
    xml = "<forename>Katharina</forename> <genName>II.</genName> <addName>die Große</addName>"
    found = made(tmp_path, f"<persName>{xml}</persName>")
    assert {"Katharina II", "Katharina die Große"} < set(found)


def test_a_lady_has_the_surname_of_her_birth_and_that_of_her_marriage(tmp_path: Path) -> None:
    xml = '<surname type="birth">Elm</surname> <forename>Eva</forename> '
    found = made(tmp_path, f'<persName>{xml}<surname type="married">Holt</surname></persName>')
    assert {"Eva Elm", "Eva Holt"} < set(found)
    assert (found["Elm"], found["Holt"]) == (Strength.SURNAME, Strength.SURNAME)


def test_two_surnames_are_one_and_each_a_part(tmp_path: Path) -> None:
    xml = "<forename>Eva</forename> <surname>Elm</surname> <surname>Holt</surname>"
    found = made(tmp_path, f"<persName>{xml}</persName>")
    assert (found["Elm Holt"], found["Holt"]) == (Strength.SURNAME, Strength.PART)
    assert found["E E Holt"] == found["Eva E Holt"] == Strength.FULL


def test_an_entry_without_a_name_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "register.xml"
    path.write_text(
        '<listPerson><person xml:id="a"><persName> </persName><note>who?</note></person>'
        "<person><note>?</note></person>"
        '<person xml:id="b"><persName>Ek</persName></person></listPerson>'
    )
    assert list(read_register(path).by_id) == ["b"]
