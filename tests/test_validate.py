"""Validation: each rule fires and keeps quiet, places are exact, and bad input is told plainly."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from encoder import resources
from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.model import Finding, Position
from encoder.validate import relaxng, schematron, validate, validate_file
from encoder.validate.document import Document, read
from encoder.validate.position import Places

HERE = Path(__file__).parent
EVERYTHING = HERE / "fixtures" / "everything.xml"
FIXTURES = [HERE / "fixtures" / f"{name}.xml" for name in ("everything", "corpus", "code")]
RNG, SCH = resources.schema("edition.rng"), resources.schema("edition.sch")
RULES = sorted(path.name for path in (HERE / "rules").iterdir())
WARNINGS = {"note-mark-once", "page-once"}
PATTERNS = etree.parse(SCH).iterfind("{*}pattern")
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'


def document(data: str | bytes) -> Document:
    made = read(data.encode() if isinstance(data, str) else data, "x.xml")
    assert isinstance(made, Document)
    return made


def fault(data: bytes) -> Finding:
    made = read(data, "x.xml")
    assert isinstance(made, Finding)
    return made


# --- our schema


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixtures_are_valid(path: Path) -> None:
    assert validate_file(path) == []


def test_fixtures_have_every_element() -> None:
    specified = etree.parse(resources.schema("edition.odd")).iterfind(".//{*}elementSpec")
    elements = (element for path in FIXTURES for element in etree.parse(path).iter("*"))
    used = {etree.QName(element).localname for element in elements}
    assert used == {spec.get("ident") for spec in specified}


def test_each_rule_has_its_fixtures() -> None:
    assert {pattern.get("id") for pattern in PATTERNS} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_rule_fires_on_what_is_wrong(rule: str) -> None:
    path = HERE / "rules" / rule / "invalid.xml"
    (found,) = schematron.check(document(path.read_bytes()), SCH)
    assert found.code == f"sch-{rule}"
    assert found.severity == ("warning" if rule in WARNINGS else "error")
    assert found.message.endswith(".")
    assert found.hint.endswith(".")
    assert found.where is not None
    assert found.where != Position(1, 1)


@pytest.mark.parametrize("rule", RULES)
def test_rule_keeps_quiet_on_what_is_right(rule: str) -> None:
    path = HERE / "rules" / rule / "valid.xml"
    assert validate_file(path, [RNG, SCH]) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_grammar_alone_does_not_see_it(rule: str) -> None:
    path = HERE / "rules" / rule / "invalid.xml"
    assert list(relaxng.check(document(path.read_bytes()), RNG)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("<argument><p>In", '<argument><p colour="red">In', "attribute-unknown", 'colour="red"'),
        ("<argument><p>In", "<argument><p><div/>In", "element-misplaced", "<div/>In"),
        ('cert="low"/></persName>', 'cert="sure"/></persName>', "attribute-value", 'sure"'),
        ("<back>", "<back><l/>", "element-misplaced", "<l/>"),
    ],
)
def test_grammar_faults_are_placed(old: str, new: str, code: str, at: str) -> None:
    text = EVERYTHING.read_text(encoding="utf-8").replace(old, new, 1)
    (found,) = validate(text.encode(), [RNG], name="x.xml")
    assert found.code == f"rng-{code}"
    assert found.where == place(text, at)


def place(text: str, mark: str) -> Position:
    before = text[: text.index(mark)]
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


# --- pointers and names


def test_a_pointer_to_nothing_names_the_nearest() -> None:
    data = f'{TEI}<p xml:id="north"/><p>åäö 𝔘 <ref target="#nort"/></p></TEI>'
    (found,) = validate(data.encode(), [SCH], name="x.xml")
    assert (found.code, found.severity) == ("ref-dangling", "error")  # our schema has it so
    assert found.hint == "Did you mean #north?"
    assert found.where == place(data, "#nort")


@pytest.mark.parametrize(
    ("element", "dangling"),
    [
        ('<p corresp="#a #b #c"/>', 2),
        ('<p corresp="#a other.xml#b https://example.org/#c"/>', 0),
        ('<ref target="#"/>', 0),
        ('<ref target="#xpath(//p)"/>', 0),
        ('<p n="#b"/>', 0),
        ('<x:p xmlns:x="urn:x" ref="#b"/>', 0),
        ('<certainty assertedValue="#b"/>', 1),
    ],
)
def test_what_counts_as_a_pointer(element: str, dangling: int) -> None:
    data = f'{TEI}<p xml:id="a"/>{element}</TEI>'
    found = [finding.code for finding in validate(data.encode(), [SCH])]
    assert found.count("ref-dangling") == dangling


def test_a_name_twice() -> None:
    data = f'{TEI}\n<p xml:id="a"/>\n  <p xml:id="a"/></TEI>'
    (found,) = validate(data.encode(), [SCH], name="x.xml")
    assert (found.code, found.where) == ("id-duplicate", Position(3, 6))
    assert "2:1" in found.message


# --- places


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_places_in_any_encoding(encoding: str, end: str) -> None:
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?>{end}<a>åäö{end}ö<b/><!--ß--> <b\n/></a>'
    found = document(text.encode(encoding))
    assert found.places.at("/Q{}a[1]/Q{}b[1]") == Position(3, 2)
    assert found.places.at("/Q{}a[1]/Q{}b[2]") == Position(3, 15)


def test_places_count_code_points() -> None:
    found = document("<a>𝔘𝔘<b/></a>")
    assert found.places.at("/Q{}a[1]/Q{}b[1]") == Position(1, 6)


def test_a_place_inside_an_element_is_the_element() -> None:
    found = document('<a xmlns="http://x/y">\n<b c="1">text</b></a>')
    step = "/Q{http://x/y}a[1]/Q{http://x/y}b[1]"
    for path in (step, f"{step}/text()[1]", f"{step}/@Q{{http://x/z}}c"):
        assert found.places.at(path) == Position(2, 1)
    assert found.places.at("/") == Position(1, 1)


def test_the_place_of_an_attribute() -> None:
    found = document('<a>\n<b c="1" xml:id="b" /></a>')
    assert found.places.at("/Q{}a[1]/Q{}b[1]/@c") == Position(2, 4)
    xml = "http://www.w3.org/XML/1998/namespace"
    assert found.places.at(f"/Q{{}}a[1]/Q{{}}b[1]/@Q{{{xml}}}id") == Position(2, 10)


def test_trees_and_places_agree() -> None:
    found = document(EVERYTHING.read_bytes())
    for element in found.root.iter("*"):
        line = [element, *element.iterancestors()]
        assert found.places.at("".join(map(step, reversed(line)))).line == element.sourceline


def step(element: etree._Element) -> str:
    name = etree.QName(element)
    number = 1 + sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
    return f"/Q{{{name.namespace}}}{name.localname}[{number}]"


def test_places_of_nothing() -> None:
    assert Places(b"").at("/Q{}a[1]") == Position(1, 1)


# --- bad input


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "xml-not-well-formed", Position(1, 1)),
        (b"plain text", "xml-not-well-formed", Position(1, 1)),
        ("<a>\n<b>å</a>".encode(), "xml-not-well-formed", Position(2, 5)),
        (b"<a>&nbsp;</a>", "xml-not-well-formed", Position(1, 4)),
        (b"<x:a/>", "xml-not-well-formed", Position(1, 2)),
        (b"<a>\n\xff</a>", "xml-not-well-formed", Position(2, 1)),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "xml-not-well-formed", Position(1, 21)),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&e;</a>', "xml-entity", Position(1, 44)),
    ],
)
def test_what_cannot_be_read_is_one_finding(data: bytes, code: str, where: Position | None) -> None:
    found = fault(data)
    assert found.code == code
    assert where is None or found.where == where
    assert found.hint
    assert validate(data, [RNG], name="x.xml") == [found]


def test_a_tag_that_is_not_closed_is_named() -> None:
    assert "<b> of 2:2 is still open" in fault("<a>\n <b>å</a>".encode()).message


def test_depth_and_attributes_are_not_limited_by_saxon() -> None:
    deep = "<hi>" * 200 + "</hi>" * 200
    wide = " ".join(f'a{n}="1"' for n in range(300))
    assert list(schematron.check(document(f"{TEI}{deep}<p {wide}/></TEI>"), SCH)) == []


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputError):
        validate_file(Path("none.xml"))


# --- which schema


def modelled(href: str, rest: str = "", body: str = "") -> bytes:
    return f'<?xml-model href="{href}" {rest}?>{TEI}{body}</TEI>'.encode()


OURS = '<application ident="tei-encoder" version="1"/>'


def test_xml_model_is_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "my schema.rng").write_bytes(RNG.read_bytes())
    path = tmp_path / "x.xml"
    path.write_bytes(modelled("my%20schema.rng"))
    assert [finding.code for finding in validate_file(path)] == ["rng-element-missing"]


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (modelled("none.rng"), MissingError, "none.rng"),
        (modelled("https://example.org/x.rng"), MissingError, "not on this machine"),
        (modelled("x.dtd"), MissingError, "x.dtd"),
        (b"<a/>", UsageError, "names no schema"),
    ],
)
def test_no_schema(tmp_path: Path, data: bytes, error: type[EncoderError], message: str) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(data)
    with pytest.raises(error, match=message) as caught:
        validate_file(path)
    assert caught.value.hint


def test_an_explicit_schema_that_is_missing() -> None:
    with pytest.raises(MissingError, match=r"none\.rng") as caught:
        validate(b"<a/>", [Path("none.rng")])
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("href", ["lost/edition.rng", "lost/edition.sch"])
def test_our_own_files_fall_back_to_our_schema(href: str) -> None:
    note = "<text><note/></text>"
    found = {finding.code[:4] for finding in validate(modelled(href, body=OURS + note))}
    assert found == ({"rng-"} if href.endswith("rng") else {"sch-"})


def test_our_own_files_without_xml_model_have_both() -> None:
    found = validate(f"{TEI}{OURS}<text><note/></text></TEI>".encode())
    assert {finding.code[:4] for finding in found} == {"rng-", "sch-"}


def test_schematypens_tells_the_language(tmp_path: Path) -> None:
    (tmp_path / "rules.xml").write_bytes(SCH.read_bytes())
    path = tmp_path / "x.xml"
    types = 'schematypens="http://purl.oclc.org/dsdl/schematron"'
    path.write_bytes(modelled("rules.xml", types, "<text><note/></text>"))
    assert [finding.code for finding in validate_file(path)] == ["sch-note-voice"]


# --- other people's schemas


def test_a_grammar_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.rng"
    path.write_text("<a/>")
    with pytest.raises(UsageError, match="not a RELAX NG schema"):
        list(relaxng.check(document("<a/>"), path))
