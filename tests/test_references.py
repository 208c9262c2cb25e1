"""Pointers: what is one, where it leads, and what is odd about that; each right and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.model import Finding
from encoder.validate import references
from encoder.validate.document import Document, read
from encoder.validate.mending import applied
from encoder.validate.references.resolve import _expression

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
OURS = '<application ident="tei-encoder"/>'
BOTH = {"tei-encoder", "b>c"}
PEOPLE = '<listPerson><person xml:id="anna"/><person xml:id="bo"/></listPerson>'
PLACES = '<listPlace><place xml:id="rome"/></listPlace>'


def found(body: str, name: str = "x.xml") -> list[Finding]:
    document = read(f"{TEI}{body}</TEI>".encode(), name)
    assert isinstance(document, Document), document
    return list(references.check(document))


def codes(body: str, name: str = "x.xml") -> list[str]:
    return [each.code for each in found(body, name)]


# --- each code, right and wrong


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("ref-dangling", '<p xml:id="a"/><ref target="#a"/>', '<p xml:id="a"/><ref target="#b"/>'),
        ("ref-dangling", '<arc from="2"/>' * 0 + '<date from="#x"/>', '<arc from="#x"/>'),
        ("ref-bare", PEOPLE + '<name ref="#anna"/>', PEOPLE + '<name ref="anna"/>'),
        ("ref-bare", PEOPLE + '<name ref="anna.xml"/>', PEOPLE + '<name ref="# bo"/>'),
        ("ref-dangling", '<num value="#x"/>', '<node value="#x"/>'),
        ("id-duplicate", '<p xml:id="a"/><p xml:id="b"/>', '<p xml:id="a"/><p xml:id="a"/>'),
        (
            "ref-kind",
            PLACES + '<placeName ref="#rome"/>',
            PLACES + '<persName ref="#rome"/>',
        ),
        ("ref-kind", PEOPLE + '<note resp="#anna"/>', PLACES + '<note resp="#rome"/>'),
        (
            "ref-kind",
            '<castItem xml:id="c"/><respStmt xml:id="r"/><sp who="#c #r"/>',
            '<surface xml:id="c"/><sp who="#c"/>',
        ),
        ("ref-kind", '<handNote xml:id="h"/><add hand="#h"/>', PEOPLE + '<add hand="#anna"/>'),
        (
            "ref-unanswered",
            '<l xml:id="a" next="#b"/><l xml:id="b" prev="#a"/><l xml:id="c" next="#d"/>'
            '<l xml:id="d"/>',
            '<l xml:id="a" next="#b"/><l xml:id="b" prev="#c"/><l xml:id="c"/>',
        ),
        (
            "ref-unused",
            PEOPLE,
            PEOPLE + '<persName ref="#anna"/>',
        ),
        (
            "ref-unused",
            PEOPLE + '<persName ref="#anna"/><rs ref="#bo"/>',
            '<listPerson><person xml:id="anna"/><person xml:id="bo" corresp="#bo"/></listPerson>'
            '<persName ref="#anna"/>',
        ),
        (
            "idno-duplicate",
            "<person><idno>1</idno></person><place><idno>1</idno></place>"
            '<person><idno type="x">1</idno><bibl><idno>1</idno></bibl></person>',
            "<person><idno>1</idno></person><person><idno> 1 </idno></person>",
        ),
        (
            "note-mark-twice",
            '<text><pb/><note n="1"/><pb/><note n="1"/><note n="1" place="margin"/></text>'
            "<text><note/><note/></text>",
            '<text><pb/><note n="1"/><note n="1"/></text>',
        ),
        (
            "ref-prefix",
            '<prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="#$1"/>'
            '<p xml:id="a"/><p ana="psn:a"/>',
            '<prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="#$1"/>'
            '<p ana="psn:A"/>',
        ),
    ],
)
def test_right_and_wrong(code: str, right: str, wrong: str) -> None:
    assert code not in codes(right)
    told = [each for each in found(wrong) if each.code == code]
    assert len(told) == 1
    assert told[0].message.endswith(".")
    assert told[0].hint
    assert len(told[0].message) <= 200


def test_foreign_files_are_warned_and_ours_are_faulted() -> None:
    wrong = f'{PLACES}<persName ref="#rome"/><ref target="#x"/>'
    assert {each.severity for each in found(wrong)} == {"warning"}
    assert {each.severity for each in found(OURS + wrong)} == {"error"}


def test_the_place_is_that_of_the_address() -> None:
    body = '<p xml:id="b"/><p xml:id="cc"/>\n<p n="#a #c"\n corresp="#b  #cc #c"/>'
    (told,) = found(body)
    assert told.where is not None
    assert (told.where.line, told.where.column) == (3, 19)


@pytest.mark.parametrize(
    "address",
    [
        "#",
        "#xpath(//p)",
        "https://example.org/#x",
        "mailto:a@b",
        "urn:x#y",
        "#range(left(a),right(b))",
        "image.jpg#x",
        "other.html#x",
        "http://[x#y",
        "none.xml",
    ],
)
def test_addresses_that_lead_out_of_sight(address: str) -> None:
    assert codes(f'<ref target="{address}"/>') == []


# --- other files


def test_a_name_alone_may_be_that_of_a_file(tmp_path: Path) -> None:
    body, path = f'{PEOPLE}<name ref="anna"/>', str(tmp_path / "x.xml")
    (told,) = found(body, path)
    assert told.hint == "Did you mean #anna?"
    text = f"{TEI}{body}</TEI>"
    assert told.fix
    assert '<name ref="#anna"/>' in applied(text, [told.fix])
    assert codes(f'{PEOPLE}<p xml:base="b/"><name ref="anna"/></p>', path) == []
    (tmp_path / "anna").mkdir()
    assert codes(body, path) == []


def test_what_is_wanted_reads_as_a_list() -> None:
    (told,) = found(PLACES + '<persName ref="#rome"/>')
    assert told.message.endswith("which is a place, not a person, a name or a role.")


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Return the path of a text in a project with a register."""
    project = tmp_path / "project"
    (project / "texts").mkdir(parents=True)
    (project / "edition.toml").write_text("")
    (project / "persons.xml").write_text(f"{TEI}{PEOPLE}{PLACES}</TEI>")
    (project / "texts" / "broken.xml").write_text("<a>")
    (tmp_path / "outside.xml").write_text(f"{TEI}{PEOPLE}</TEI>")
    return project / "texts" / "x.xml"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<persName ref="../persons.xml#anna"/>', []),
        ('<persName ref="../persons.xml#Anna"/>', ["ref-dangling"]),
        ('<persName ref="../persons.xml#rome"/>', ["ref-kind"]),
        ('<p xml:base="../"><persName ref="persons.xml#anna"/></p><p ana="x.xml"/>', []),
        ('<p xml:base="http://x.org/"><persName ref="persons.xml#anna"/></p>', []),
        ('<persName ref="persons.xml#a"/><persName ref="persons.xml#b"/>', ["ref-file-missing"]),
        ('<p corresp="broken.xml#a broken.xml#b"/>', ["ref-file-unread"]),
        ('<p corresp="../../outside.xml#anna"/>', ["ref-outside"]),
        ('<p corresp="/etc/passwd.xml#a"/>', ["ref-outside"]),
        ('<p xml:id="a" corresp="x.xml#a ./x.xml#b"/>', ["ref-dangling"]),
        (
            '<prefixDef ident="psn" matchPattern="([a-z]+)"'
            ' replacementPattern="../persons.xml#$1"/>'
            '<persName ref="psn:anna"/><persName ref="psn:rome"/><persName ref="psn:rom"/>',
            ["ref-kind", "ref-dangling"],
        ),
    ],
)
def test_other_files(edition: Path, body: str, expected: list[str]) -> None:
    assert codes(body, str(edition)) == expected


def test_links_that_lead_out_of_the_project_are_not_followed(edition: Path) -> None:
    (edition.parent / "linked.xml").symlink_to(edition.parent.parent.parent / "outside.xml")
    assert codes('<p corresp="linked.xml#anna"/>', str(edition)) == ["ref-outside"]


def test_without_a_project_only_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "persons.xml").write_text(f"{TEI}{PEOPLE}</TEI>")
    body = '<persName ref="../persons.xml#anna"/>'
    assert codes(body, str(tmp_path / "a" / "x.xml")) == ["ref-outside"]
    assert codes(body, str(tmp_path / "x.xml").replace("x.xml", "a/../x.xml")) == ["ref-outside"]
    assert codes('<persName ref="persons.xml#anna"/>', str(tmp_path / "x.xml")) == []


def test_a_file_is_read_once(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = '<persName ref="../persons.xml#anna"/>'
    assert codes(body, str(edition)) == []
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read again"))
    assert codes(body, str(edition.with_name("y.xml"))) == []


def test_without_a_name_no_file_is_read() -> None:
    assert codes('<persName ref="persons.xml#anna"/>', "") == []


# --- what would mend it: for a person to choose, never made unasked


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            '<p xml:id="holm"/><ref target="#a #holn"/>',
            '<p xml:id="holm"/><ref target="#a #holm"/>',
        ),
        ("<p xml:id='a'/><p xml:id='a'/>", "<p xml:id='a'/><p xml:id='a-2'/>"),
        ('<p xml:id="ä"/><ref n="ä" target="#äå"/>', '<p xml:id="ä"/><ref n="ä" target="#ä"/>'),
    ],
)
def test_a_fix(wrong: str, right: str) -> None:
    fixes = [each.fix for each in found(wrong) if each.fix]
    assert applied(f"{TEI}{wrong}</TEI>", fixes) == f"{TEI}{right}</TEI>"
    assert not any(fix.safe for fix in fixes)


@pytest.mark.parametrize(
    "body", ['<p xml:id="holm"/><ref target="#hol&#110;"/>', '<ref target="#a"/>']
)
def test_no_fix_where_nothing_is_near_or_a_reference_hides_it(body: str) -> None:
    assert [each.fix for each in found(body)] == [None]


@pytest.mark.parametrize(
    ("start", "body", "programs"),
    [
        ("", "<p>an application</p>", set()),
        ("", OURS, {"tei-encoder"}),
        ("", f"{OURS}<p>an application</p><application ident='b>c'><p/></application>", BOTH),
        ("", f"<p><![CDATA[{OURS}]]></p><!--{OURS}-->", set()),
        (f"<!DOCTYPE TEI [<!ENTITY e '{OURS}'>]>", "&e;", {"tei-encoder"}),
    ],
)
def test_the_programs_that_made_a_file(start: str, body: str, programs: set[str]) -> None:
    document = read(f"{start}{TEI}{body}</TEI>".encode(), "x.xml")
    assert isinstance(document, Document)
    assert document.applications == programs


# --- what means harm


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*b", "a*a*a*a*a*b", "(", "a{1,99999999999}"])
def test_patterns_that_would_take_for_ever_are_not_used(pattern: str) -> None:
    assert _expression(pattern) is None
    body = f'<prefixDef ident="p" matchPattern="{pattern}" replacementPattern="#$1"/>'
    assert codes(f'{body}<p ana="p:{"a" * 90}"/>') == []


def test_prefixes_that_stand_for_each_other() -> None:
    body = '<prefixDef ident="p" matchPattern="(.*)" replacementPattern="p:$1"/><p ana="p:x"/>'
    assert codes(body) == []


def test_thousands_of_pointers_to_nothing_take_no_time() -> None:
    named = "".join(f'<p xml:id="name{n}"/>' for n in range(3000))
    assert len(codes(named + "".join(f'<p ana="#nane{n}"/>' for n in range(3000)))) == 3000
