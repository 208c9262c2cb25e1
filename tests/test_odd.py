"""The ODD: what we compile from it is current, and what we do not support is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder import resources
from encoder.errors import InputError, OutputError, UsageError
from encoder.odd import compile_odd
from encoder.validate import validate

MADE = ("edition.rng", "edition.sch", "edition.xsd", "edition-xml.xsd", "edition.html")
ODD = resources.schema("edition.odd")
HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n'
SCHEMA = """<schemaSpec ident="small" start="p">
<moduleRef key="core" include="p hi"/>
<classSpec ident="model.inline" type="model" mode="add"/>
<classSpec ident="att.all" type="atts" mode="add"/>
<dataSpec ident="data.word"><content><dataRef name="token" restriction="\\S+"/></content></dataSpec>
<elementSpec ident="p" module="core" mode="replace">
  <gloss>paragraph</gloss><desc>A paragraph.</desc>
  <classes mode="replace"><memberOf key="att.all"/></classes>
  <content>{content}</content>
  <attList>{attributes}</attList>
</elementSpec>
<elementSpec ident="hi" module="core" mode="replace"><content><empty/></content></elementSpec>
</schemaSpec></TEI>
"""


def small(content: str = "<textNode/>", attributes: str = "") -> str:
    return HEAD + SCHEMA.format(content=content, attributes=attributes)


def compiled(tmp_path: Path, odd: str) -> str:
    """Return the RELAX NG schema of an ODD, with the white space between its tags left out."""
    path = tmp_path / "small.odd"
    path.write_text(odd, encoding="utf-8")
    rng, *_ = compile_odd(path, tmp_path)
    return "".join(line.strip() for line in rng.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what our ODD is compiled into."""
    folder = tmp_path_factory.mktemp("made")
    compile_odd(ODD, folder)
    return folder


@pytest.mark.parametrize("name", MADE)
def test_generated_schemas_are_current(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == resources.schema(name).read_bytes()


def test_names_the_schemas_after_the_odd(tmp_path: Path) -> None:
    names = [path.name for path in compile_odd(ODD, tmp_path / "new")]
    assert sorted(names) == sorted(MADE)
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(names)


def test_its_namespace_is_that_of_its_elements_and_of_their_rules(tmp_path: Path) -> None:
    path, space = tmp_path / "x.odd", "https://example.org/n"
    path.write_text(
        f'{HEAD}<schemaSpec ident="x" start="p" ns="{space}"><elementSpec ident="p">'
        "<altIdent>q</altIdent><content><textNode/></content><constraintList>"
        '<constraintSpec ident="long" scheme="schematron">'
        '<constraint xmlns:sch="http://purl.oclc.org/dsdl/schematron"><sch:assert test="string()">'
        "Write.</sch:assert></constraint></constraintSpec></constraintList></elementSpec>"
        "</schemaSpec></TEI>",
        encoding="utf-8",
    )
    made = compile_odd(path, tmp_path)[:3]
    assert validate(f'<q xmlns="{space}">x</q>'.encode(), made) == []
    assert [each.code for each in validate(f'<q xmlns="{space}"/>'.encode(), made)] == ["sch-long"]
    assert validate(b'<q xmlns="http://www.tei-c.org/ns/1.0">x</q>', made[:1]) != []


def test_an_odd_without_rules_gives_no_schematron(tmp_path: Path) -> None:
    path = tmp_path / "x.odd"
    path.write_text(small(), encoding="utf-8")
    made = compile_odd(path, tmp_path / "new")
    assert [each.name for each in made] == ["small.rng", "small.xsd", "small.html"]
    assert validate(b'<p xmlns="http://www.tei-c.org/ns/1.0">x</p>', made[:2]) == []


@pytest.mark.parametrize(
    ("content", "pattern"),
    [
        ("<textNode/>", "<text/>"),
        ("<empty/>", "<empty/>"),
        ("", "<empty/>"),
        ('<elementRef key="hi"/>', '<ref name="hi"/>'),
        (
            '<elementRef key="hi" minOccurs="0"/>',
            '<optional><ref name="hi"/></optional>',
        ),
        (
            '<elementRef key="hi" maxOccurs="unbounded"/>',
            '<oneOrMore><ref name="hi"/></oneOrMore>',
        ),
        (
            '<elementRef key="hi" minOccurs="0" maxOccurs="unbounded"/>',
            '<zeroOrMore><ref name="hi"/></zeroOrMore>',
        ),
        (
            '<elementRef key="hi" minOccurs="2" maxOccurs="unbounded"/>',
            '<ref name="hi"/><oneOrMore><ref name="hi"/></oneOrMore>',
        ),
        (
            '<elementRef key="hi" minOccurs="1" maxOccurs="3"/>',
            '<ref name="hi"/><optional><ref name="hi"/>'
            '<optional><ref name="hi"/></optional></optional>',
        ),
        (
            '<alternate minOccurs="0" maxOccurs="unbounded">'
            '<textNode/><elementRef key="hi"/></alternate>',
            '<zeroOrMore><choice><text/><ref name="hi"/></choice></zeroOrMore>',
        ),
        (
            '<sequence><elementRef key="hi"/><classRef key="model.inline"/></sequence>',
            '<group><ref name="hi"/><ref name="model.inline"/></group>',
        ),
    ],
)
def test_content_becomes_a_pattern(tmp_path: Path, content: str, pattern: str) -> None:
    documentation = "<a:documentation>(paragraph) A paragraph.</a:documentation>"
    start = f'<define name="p"><element name="p">{documentation}<ref name="att.all"/>'
    assert f"{start}{pattern}</element>" in compiled(tmp_path, small(content))


@pytest.mark.parametrize(
    ("attribute", "pattern"),
    [
        ('<attDef ident="a" usage="req"/>', '<attribute name="a" ns=""><text/></attribute>'),
        (
            '<attDef ident="a"/>',
            '<optional><attribute name="a" ns=""><text/></attribute></optional>',
        ),
        ('<attDef ident="xml:id" usage="req"/>', '<attribute name="xml:id"><text/></attribute>'),
        (
            '<attDef ident="a" usage="req"><datatype><dataRef name="date"/></datatype></attDef>',
            '<attribute name="a" ns=""><data type="date"/></attribute>',
        ),
        (
            '<attDef ident="a" usage="req"><datatype maxOccurs="unbounded">'
            '<dataRef key="data.word"/></datatype></attDef>',
            '<list><oneOrMore><ref name="data.word"/></oneOrMore></list>',
        ),
        (
            '<attDef ident="a" usage="req"><datatype><dataRef key="data.word"/></datatype>'
            '<valList type="closed"><valItem ident="x"/><valItem ident="y"/></valList></attDef>',
            "<choice><value>x</value><value>y</value></choice>",
        ),
        (
            '<attDef ident="a" usage="req"><datatype><dataRef key="data.word"/></datatype>'
            '<valList type="semi"><valItem ident="x"/></valList></attDef>',
            '<attribute name="a" ns=""><ref name="data.word"/></attribute>',
        ),
    ],
)
def test_attribute_becomes_a_pattern(tmp_path: Path, attribute: str, pattern: str) -> None:
    assert pattern in compiled(tmp_path, small(attributes=attribute))


def test_a_class_without_members_lets_nothing_stand(tmp_path: Path) -> None:
    expected = '<define name="model.inline"><notAllowed/></define>'
    assert expected in compiled(tmp_path, small())


@pytest.mark.parametrize(
    ("odd", "line", "message"),
    [
        ("<TEI", 1, "not well-formed"),
        (HEAD + "<p/></TEI>", None, "no schemaSpec"),
        (small('<elementRef key="lb"/>'), 10, "there is no such elementSpec"),
        (small('<classRef key="model.none"/>'), 10, "there is no such classSpec"),
        (small('<macroRef key="macro.x"/>'), 10, "there is no such macroSpec"),
        (small('<classRef key="model.inline" include="hi"/>'), 10, "is not supported"),
        (small(attributes='<attDef usage="req"/>'), 11, "<attDef> has no ident"),
        (small().replace('ident="hi" module="core"', 'ident="hi" module="gaiji"'), 13, "include"),
        (small().replace('ident="hi"', 'ident="p"'), 7, "specified twice"),
        (small().replace('mode="add"/>\n<classSpec', 'mode="change"/>\n<classSpec'), 4, "mode="),
        (small().replace('start="p"', 'start="q"'), 2, "start names q"),
        (small().replace('ident="hi"', 'ident="hi" ns="]]&gt;"'), 13, "cannot be a namespace"),
    ],
)
def test_refuses_with_the_place(tmp_path: Path, odd: str, line: int | None, message: str) -> None:
    path = tmp_path / "bad.odd"
    path.write_text(odd, encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        compile_odd(path, tmp_path / "out")
    place = str(path) if line is None else f"{path}:{line}"
    assert caught.value.place.startswith(place)
    assert caught.value.hint
    assert not (tmp_path / "out").exists()


def test_a_missing_odd_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        compile_odd(tmp_path / "none.odd", tmp_path)


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        compile_odd(ODD, tmp_path / "file")
    assert (tmp_path / "file").read_text() == ""
