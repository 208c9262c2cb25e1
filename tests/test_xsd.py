"""XSD: what is wrong is said where it is, and nothing is read but schemas of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.errors import EncoderError, MissingError, UsageError
from encoder.model import Finding, Position
from encoder.validate import validate
from tests.test_validate import place

LETTER = Path(__file__).parent / "fixtures" / "letter.xsd"
RIGHT = (
    '<letter xmlns="https://example.org/letter" type="sent">\n'
    '  <date cal="x">1901-<!-- a comment -->02-03</date>\n'
    "  <p>Föreningen 𝔘 <date>1901-02-03</date> word</p>\n"
    '  <p id="a" n="2">x</p>\n'
    "</letter>"
)


def found(text: str, schema: Path = LETTER) -> list[Finding]:
    return validate(text.encode(), [schema], name="x.xml")


def test_what_is_right_is_right() -> None:
    assert found(RIGHT) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "message", "hint"),
    [
        ("sent", "snt", "attribute-value", 'snt"', "Allowed: sent, draft.", 'Write "sent".'),
        ("<date>1901-02", "<date>1901-13", "value", "1901-13", "Month must", "There is no such"),
        ("<date>", "<dat/><date>", "element-unknown", "<dat/>", "<date>", "Did you mean <date>?"),
        ("<p>Fö", "<p><p/>Fö", "element-misplaced", "<p/>", "in <p>, at letter/p/p.", "Move <p>"),
        (' type="sent"', "", "attribute-missing", "<letter", "lacks @type", "Add @type."),
        ('n="2"', 'nn="2"', "attribute-unknown", "nn=", "It may have @", "Did you mean @n?"),
        ("</p>\n</", "</p>\n loose</", "text-misplaced", "loose", '"loose"', "Remove it"),
        ("<p>Fö", '<p ref="b">Fö', "idref-dangling", 'b">', '"b", which no', "Correct"),
        ("<p>Fö", '<p id="a">Fö', "id-duplicate", 'a" n', '@id="a" is already', "Give one"),
    ],
)
def test_what_is_wrong(old: str, new: str, code: str, at: str, message: str, hint: str) -> None:
    text = RIGHT.replace(old, new, 1)
    (one,) = found(text)
    assert one.code == f"xsd-{code}"
    assert one.where == place(text, at)
    assert message in one.message
    assert one.hint.startswith(hint)
    assert one.message.endswith(".")


def test_what_is_missing_is_named() -> None:
    (one,) = found('<letter xmlns="https://example.org/letter" type="sent"/>')
    assert (one.code, one.hint) == ("xsd-element-missing", "Add <date> in <letter>.")


def test_another_document_element_is_unknown() -> None:
    assert [one.code for one in found("<other/>")] == ["xsd-invalid"]
    (told,) = found("<other>text</other>")
    assert (told.code, told.where) == ("xsd-invalid", Position(1, 1))


HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'


@pytest.mark.parametrize(
    ("schema", "error", "message"),
    [
        ("<xs:schema", UsageError, "not well-formed"),
        ("<schema/>", UsageError, "not an XSD"),
        (f"{HEAD}<xs:element/></xs:schema>", UsageError, "cannot be used"),
        (f'{HEAD}<xs:element name="a" type="b"/></xs:schema>', UsageError, "cannot be used"),
        ("/etc/hostname", UsageError, "not read"),
        ("../../etc/hostname", UsageError, "not read"),
        ("file:///etc/x.xsd", UsageError, "not read"),
        ("https://example.org/x.xsd", MissingError, "not on this machine"),
        ("none.xsd", MissingError, "no such file"),
    ],
)
def test_a_schema_that_cannot_be_used(
    tmp_path: Path, schema: str, error: type[EncoderError], message: str
) -> None:
    path = tmp_path / "x.xsd"
    include = f'{HEAD}<xs:include schemaLocation="{schema}"/></xs:schema>'
    path.write_text(schema if schema.startswith("<") else include)
    with pytest.raises(error, match=message) as caught:
        found("<a/>", path)
    assert caught.value.hint
    assert caught.value.place.startswith(str(path))


def test_a_schema_of_1_1_that_does_not_say_so_is_told_how(tmp_path: Path) -> None:
    path = tmp_path / "x.xsd"
    path.write_text(
        f'{HEAD}<xs:element name="a"><xs:complexType><xs:assert test="true()"/></xs:complexType>'
        "</xs:element></xs:schema>"
    )
    with pytest.raises(UsageError, match="cannot be used") as caught:
        found("<a/>", path)
    assert 'vc:minVersion="1.1"' in caught.value.hint


def test_an_included_file_that_changed_is_read_again(tmp_path: Path) -> None:
    part, whole = tmp_path / "b.xsd", tmp_path / "a.xsd"
    whole.write_text(f'{HEAD}<xs:include schemaLocation="b.xsd"/></xs:schema>')
    part.write_text(f'{HEAD}<xs:element name="a"/></xs:schema>')
    assert found("<a/>", whole) == []
    part.write_text(f'{HEAD}<xs:element name="bb"/></xs:schema>')
    assert [one.code for one in found("<a/>", whole)] == ["xsd-invalid"]
