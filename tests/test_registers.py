"""A register is read as it is written, and says where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from encoder.copies import copied
from encoder.errors import UsageError
from encoder.registers import Person, Register, read_register
from encoder.resources import schema
from encoder.survey import register_of
from encoder.validate import validate_file

TEI = "http://www.tei-c.org/ns/1.0"
ANNA = """<person xml:id="anna">
  <persName type="main" xml:lang="sv"><forename>Anna</forename><surname>Ek</surname></persName>
  <persName>Ek, Anna  Maria</persName>
  <persName type="role">doktorn</persName>
  <birth when="1801-02-03"/> <death>about 1880</death>
  <idno type="local">17</idno>
</person>"""


def register(tmp_path: Path, entries: str, namespace: str = TEI) -> Register:
    path = tmp_path / "people.xml"
    path.write_text(f'<listPerson xmlns="{namespace}">\n{entries}\n</listPerson>', "utf-8")
    return read_register(path)


def copied_of(entry: Person) -> str:
    assert entry.element is not None
    return copied(entry.element)


def refusal(tmp_path: Path, entries: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        register(tmp_path, entries)
    assert caught.value.exit_code == 2
    return caught.value


def test_an_empty_register_knows_nobody() -> None:
    assert Register().persons == ()
    assert dict(Register().by_id) == {}


def test_an_entry_is_read_with_all_it_says(tmp_path: Path) -> None:
    anna = register(tmp_path, ANNA).by_id["anna"]
    assert [(n.text, n.type, n.lang) for n in anna.names] == [
        ("Anna Ek", "main", "sv"),
        ("Ek, Anna Maria", "variant", ""),
        ("doktorn", "role", ""),
    ]
    assert anna.names[1].parts == (("surname", "Ek"), ("forename", "Anna Maria"))
    assert (anna.birth, anna.death) == ("1801-02-03", "about 1880")
    assert anna.idnos == (("local", "17"),)
    assert (anna.name, anna.line) == ("Anna Ek", 2)


def test_numbers_and_remarks_inside_a_name_are_no_part_of_it(tmp_path: Path) -> None:
    xml = '<person xml:id="a"><persName type="reg"><idno type="gnd">1X</idno>'
    xml += "<forename>Bo</forename><surname>Ask</surname><note>a poet</note></persName></person>"
    person = register(tmp_path, xml).by_id["a"]
    assert (person.name, person.idnos) == ("Bo Ask", (("gnd", "1X"),))
    copied = etree.fromstring(copied_of(person))
    assert [child.tag for child in copied] == [f"{{{TEI}}}persName", f"{{{TEI}}}idno"]


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("person_geburtsname_nachname", "surname"),
        ("maiden", "surname"),
        ("person_rufname-vorname", "forename"),
        ("pseudonym", ""),
    ],
)
def test_the_type_of_a_name_may_say_it_is_a_part(tmp_path: Path, kind: str, part: str) -> None:
    xml = '<person xml:id="a"><persName>Ida Ask</persName><persName type="{}">Rehn</persName>'
    person = register(tmp_path, f"{xml.format(kind)}</person>").by_id["a"]
    assert person.names[1].parts == (((part, "Rehn"),) if part else ())


def test_parts_of_a_name_keep_their_order_and_signs(tmp_path: Path) -> None:
    xml = '<person xml:id="a"><persName><forename>Luc</forename> <nameLink>d’</nameLink>'
    person = register(tmp_path, xml + "<surname>Or</surname></persName></person>").by_id["a"]
    assert person.names[0].part("nameLink", "surname") == "d’ Or"
    assert person.names[0].part("forename") == "Luc"


def test_a_register_without_namespace_is_read_alike(tmp_path: Path) -> None:
    assert register(tmp_path, ANNA, "").persons == register(tmp_path, ANNA).persons


def test_an_entry_is_copied_in_the_namespace_of_tei_alone(tmp_path: Path) -> None:
    anna = register(tmp_path, ANNA).by_id["anna"]
    copy = etree.fromstring(copied_of(anna))
    assert {element.nsmap[None] for element in copy.iter()} == {TEI}
    assert "ns0" not in copied_of(anna)
    assert "\n" not in copied_of(anna)
    assert copy.find(f"{{{TEI}}}death").text == "about 1880"


def test_the_copy_of_an_entry_does_not_depend_on_its_indentation(tmp_path: Path) -> None:
    wide = ANNA.replace("\n  ", "\n\n\t\t")
    assert copied_of(register(tmp_path, wide).persons[0]) == copied_of(
        register(tmp_path, ANNA).persons[0]
    )


def test_the_copy_keeps_marked_up_text(tmp_path: Path) -> None:
    note = "<note>of <title>A &amp; B</title> only</note>"
    xml = f'<person xml:id="a"><persName>A</persName>{note}</person>'
    assert copied_of(register(tmp_path, xml).persons[0]).endswith(note + "</person>")


def test_a_tei_document_may_hold_the_list(tmp_path: Path) -> None:
    path = tmp_path / "tei.xml"
    path.write_text(
        f'<TEI xmlns="{TEI}"><standOff><listPerson>{ANNA}</listPerson></standOff></TEI>'
    )
    assert list(read_register(path).by_id) == ["anna"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file") as caught:
        read_register(tmp_path / "nobody.xml")
    assert caught.value.place.endswith("nobody.xml")


def test_what_is_not_well_formed_is_placed(tmp_path: Path) -> None:
    error = refusal(tmp_path, "<person>\n  </persons>")
    assert error.place.endswith("people.xml:3:5")
    assert "mismatched tag" in error.message


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("<person><persName>A</persName></person>", "no xml:id"),
        ('<person xml:id=""><persName>A</persName></person>', "no xml:id"),
        ('<person xml:id="a b"><persName>A</persName></person>', "cannot be an xml:id"),
    ],
)
def test_an_entry_that_cannot_be_used_is_placed(tmp_path: Path, entry: str, message: str) -> None:
    error = refusal(tmp_path, ANNA + "\n" + entry)
    assert message in error.message
    assert error.place.endswith("people.xml:9")
    assert error.hint


def test_an_id_is_given_once(tmp_path: Path) -> None:
    error = refusal(tmp_path, ANNA + "\n" + ANNA)
    assert "line 2" in error.message
    assert error.place.endswith("people.xml:9")


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.xml"
    path.write_text("<listEvent/>")
    with pytest.raises(UsageError, match="this is a <listEvent>"):
        read_register(path)


@pytest.mark.parametrize(
    ("xml", "kind", "name"),
    [
        ('<listPlace><place xml:id="p"><name>Rom</name></place></listPlace>', "place", "Rom"),
        ('<listOrg><org xml:id="o"><orgName>Duman</orgName></org></listOrg>', "org", "Duman"),
        ('<listBibl><bibl xml:id="b"><title>Sult</title></bibl></listBibl>', "work", "Sult"),
    ],
)  # fmt: skip
def test_places_organisations_and_works_are_read_alike(
    tmp_path: Path, xml: str, kind: str, name: str
) -> None:
    path = tmp_path / "register.xml"
    path.write_text(f'<TEI xmlns="{TEI}"><standOff>{xml}</standOff></TEI>')
    (entry,) = read_register(path).entries
    assert (entry.kind, entry.name) == (kind, name)


@pytest.mark.parametrize(
    ("inside", "sex", "birth"),
    [
        ('<sex value="2"/><birth><date when="1857-03"/></birth>', "f", "1857-03"),
        ("<sex>male</sex><birth notBefore='1850'/>", "m", "1850"),
        ("<birth>um 1800</birth>", "", "um 1800"),
    ],
)
def test_lives_are_told_in_many_shapes(tmp_path: Path, inside: str, sex: str, birth: str) -> None:
    entry = register(tmp_path, f'<person xml:id="a"><persName>A</persName>{inside}</person>')
    assert (entry.persons[0].sex, entry.persons[0].birth) == (sex, birth)


def test_a_key_serves_for_an_id(tmp_path: Path) -> None:
    entry = register(tmp_path, '<person><persName key="ek">Anna Ek</persName></person>')
    assert entry.persons[0].id == "ek"
    assert 'xml:id="ek"' in copied_of(entry.persons[0])


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            "<place><settlement>Umeå</settlement><note>inland</note><location><geo>63.8 20.2</geo>"
            "<country>Sverige</country></location><location>near</location></place>",
            "<place><placeName>Umeå</placeName><location><geo>63.8 20.2</geo></location>"
            "<note>inland</note></place>",
        ),
        (
            "<place><placeName type='role'><settlement>Ume</settlement>, <country>S</country>"
            "</placeName></place>",
            '<place><placeName type="main">Ume, S</placeName></place>',
        ),
        (
            "<person><persName>Bo <seg>K. <surname>Ek</surname></seg> d.ä.<idno>7</idno></persName>"
            "<birth when='1801'/><persName/><persName>Bo</persName></person>",
            "<person><persName>Bo K. <surname>Ek</surname> d.ä.</persName><persName>Bo</persName>"
            '<idno>7</idno><birth when="1801"/></person>',
        ),
        (
            "<org><note>a firm</note><name>Ek &amp; Co</name><idno>8</idno></org>",
            "<org><orgName>Ek &amp; Co</orgName><idno>8</idno><note>a firm</note></org>",
        ),
    ],
)
def test_an_entry_of_any_shape_is_copied_as_our_schema_has_it(
    tmp_path: Path, entry: str, expected: str
) -> None:
    kind = etree.fromstring(entry).tag
    named = entry.replace(f"<{kind}>", f'<{kind} xml:id="a">', 1)
    path = tmp_path / "register.xml"
    path.write_text(f"<list{kind.capitalize()}>{named}</list{kind.capitalize()}>", "utf-8")
    (one,) = read_register(path).entries
    own = expected.replace(f"<{kind}>", f'<{kind} xmlns="{TEI}" xml:id="a">', 1)
    assert etree.canonicalize(copied_of(one)) == etree.canonicalize(own)
    path.write_bytes(register_of([copied_of(one)], one.kind))
    assert not validate_file(path, [schema("edition.rng")])
