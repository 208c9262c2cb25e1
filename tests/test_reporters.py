"""The formats of findings: each says everything, and none can be made to say more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree
from lxml import html as lxml_html
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.formats import WRITERS, Checked, text
from encoder.formats.excerpt import AFTER, BEFORE, excerpt
from encoder.model import Edit, Finding, Fix, Position

HOSTILE = (
    "</p><script>alert(1)</script>]]>&\"'\x1b[31m\x9b2J\r\n::error::x\t##[error]%0A\u202e\udce5"
)
COMMANDING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
FINDINGS = (
    Finding("xml-odd", "error", "It is wrong.", "a b.xml", Position(2, 4), "Mend it."),
    Finding("sch-x", "warning", "It is odd.", "a b.xml", Position(3, 1)),
    Finding("ref-x", "info", "It is.", "a b.xml"),
)
CHECKED = (
    Checked("a b.xml", ("tei.rng", "x.sch"), FINDINGS, {Position(2, 4): excerpt("abcdef", 4)}),
    Checked("clean.xml", ("tei.rng",)),
    Checked("gone.xml", error=InputError("cannot read", hint="look", place="gone.xml")),
)
DREAD = Finding(HOSTILE, "error", HOSTILE, HOSTILE, Position(1, 1), HOSTILE)
HOSTILES = (Checked(HOSTILE, (HOSTILE,), (DREAD,), {Position(1, 1): excerpt(HOSTILE, 9)}),)
# --- all


@pytest.mark.parametrize("form", WRITERS)
def test_everything_is_said(form: str) -> None:
    written = WRITERS[form](CHECKED)
    for finding in FINDINGS:
        assert finding.code in written
        assert finding.message in written
    for said in ("Mend it.", "tei.rng", "x.sch", "clean.xml"):
        assert said in written


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_findings_give_the_same_text(form: str) -> None:
    assert WRITERS[form](CHECKED) == WRITERS[form](list(CHECKED))


@pytest.mark.parametrize("form", sorted(set(WRITERS) - {"html"}))
def test_no_character_commands_a_terminal(form: str) -> None:
    assert not COMMANDING.search(WRITERS[form](HOSTILES))


@pytest.mark.parametrize("form", WRITERS)
def test_hostile_text_can_be_written_as_utf_8(form: str) -> None:
    assert WRITERS[form](HOSTILES).encode()


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_checked_is_no_fault(form: str) -> None:
    assert isinstance(WRITERS[form]([]), str)


# --- text


def test_text_points_at_the_place() -> None:
    assert text.one(CHECKED[0]).splitlines() == [
        "a b.xml:2:4 error xml-odd It is wrong.",
        "    abcdef",
        "       ^",
        "  hint: Mend it.",
        "a b.xml:3:1 warning sch-x It is odd.",
        "a b.xml info ref-x It is.",
        "a b.xml: 1 error, 1 warning, 1 note (tei.rng, x.sch)",
    ]


def test_text_leaves_errors_to_standard_error() -> None:
    assert text.one(CHECKED[2]) == ""
    assert text.total(CHECKED) == "3 files: 2 errors, 1 warning, 1 note\n"
    assert text.total(CHECKED[1:2]) == ""


def test_colour_changes_nothing_else() -> None:
    coloured = text.write(CHECKED, colour=True)
    assert "\x1b[31merror\x1b[0m" in coloured
    assert re.sub("\x1b\\[\\d+m", "", coloured) == text.write(CHECKED)


def test_hostile_text_stays_on_its_line() -> None:
    assert len(text.one(HOSTILES[0]).splitlines()) == 5


@pytest.mark.parametrize(
    ("line", "column", "shown", "indent"),
    [
        ("abc", 1, "abc", 0),
        ("abc", 4, "abc", 3),
        ("abc", 99, "abc", 3),
        ("", 1, "", 0),
        ("\tab", 2, "    ab", 4),
        ("漢字<p>", 3, "漢字<p>", 4),
        ("e\u0301<p>", 3, "e\u0301<p>", 1),
        ("𝔘𝔘<p>", 3, "𝔘𝔘<p>", 2),
        ("\x1b<p>", 2, "\\x1b<p>", 4),
    ],
)
def test_an_excerpt_knows_how_wide_signs_are(
    line: str, column: int, shown: str, indent: int
) -> None:
    found = excerpt(line, column)
    assert (found.text, found.indent) == (shown, indent)


@pytest.mark.parametrize(("sign", "width"), [("x", 1), ("漢", 2), ("\t", 4)])
@pytest.mark.parametrize("column", [1, 40, 500, 970, 1000])
def test_a_long_line_is_cut_around_the_caret(sign: str, width: int, column: int) -> None:
    found = excerpt(sign * (column - 1) + "<" + sign * (1000 - column), column)
    cells = found.text.replace("漢", "漢漢")
    assert cells[found.indent] == "<"
    assert len(cells) <= BEFORE + AFTER + 2
    assert found.text.startswith("…") == ((column - 1) * width > BEFORE)
    assert found.text.endswith("…") == ((1000 - column) * width + 1 > AFTER)


# --- json


def test_json_has_the_promised_shape() -> None:
    data = json.loads(WRITERS["json"](CHECKED))
    assert list(data) == ["version", "files", "summary"]
    assert data["summary"] == {"files": 3, "error": 2, "warning": 1, "info": 1}
    first = data["files"][0]
    assert (first["file"], first["schemas"]) == ("a b.xml", ["tei.rng", "x.sch"])
    assert first["findings"][0] == {
        "code": "xml-odd",
        "severity": "error",
        "line": 2,
        "column": 4,
        "message": "It is wrong.",
        "hint": "Mend it.",
        "engine": "well-formed",
    }
    engines = [finding["engine"] for finding in first["findings"]]
    assert engines == ["well-formed", "schematron", "references"]
    assert first["findings"][2]["line"] is None
    assert [one["code"] for one in data["files"][2]["findings"]] == ["unreadable"]


def test_json_gives_hostile_text_back() -> None:
    shown = HOSTILE.replace("\udce5", "\ufffd")  # no character, and so none in JSON
    (file,) = json.loads(WRITERS["json"](HOSTILES))["files"]
    assert file["file"] == file["schemas"][0] == file["findings"][0]["message"] == shown


def test_json_keeps_letters_readable() -> None:
    assert "Åsa 漢" in WRITERS["json"]([Checked("Åsa 漢.xml")])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("x"), "unreadable"),
        (MissingError("x"), "schema-missing"),
        (UsageError("x"), "schema-unusable"),
    ],
)
def test_an_error_is_a_finding_for_programs(error: EncoderError, code: str) -> None:
    (found,) = Checked("a.xml", error=error).all_findings
    assert (found.code, found.severity, found.file) == (code, "error", "a.xml")


# --- sarif


@pytest.mark.parametrize("checked", [CHECKED, HOSTILES, ()])
def test_sarif_is_sarif(checked: tuple[Checked, ...]) -> None:
    written = WRITERS["sarif"](checked)
    Sarif.model_validate_json(written)
    (run,) = json.loads(written)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9/._~-]|%[0-9A-F]{2})*", uri.removeprefix("file://"))


@pytest.mark.parametrize("change", [{"colour": "red"}, {"runs": [{}]}, {"version": "2.0.0"}])
def test_the_schema_of_sarif_refuses_what_is_none(change: dict[str, Any]) -> None:
    log = json.loads(WRITERS["sarif"](CHECKED)) | change
    with pytest.raises(ValueError, match=next(iter(change))):
        Sarif.model_validate(log)


def test_sarif_has_the_fix_and_the_rule() -> None:
    fix = Fix(
        (Edit(Position(1, 2), Position(1, 5), "p"), Edit(Position(2, 1), Position(2, 1), "<"))
    )
    found = Finding("rng-element-unknown", "error", "x", "a.xml", Position(1, 1), "Do.", fix=fix)
    run = json.loads(WRITERS["sarif"]([Checked("a.xml", findings=(found,))]))["runs"][0]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"].startswith("Each element is one")
    assert "Wrong:" in rule["help"]["text"]
    (told,) = run["results"][0]["fixes"]
    assert told["description"] == {"text": "Do."}
    (change,) = told["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a.xml"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 5},
            "insertedContent": {"text": "p"},
        },
        {
            "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 1},
            "insertedContent": {"text": "<"},
        },
    ]


def test_sarif_names_files_below_the_folder_relatively() -> None:
    file = str(Path.cwd() / "in" / "a.xml")
    checked = [Checked(file, (), (Finding("x", "error", "m", file),))]
    result = json.loads(WRITERS["sarif"](checked))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "in/a.xml"


def test_sarif_places_and_names() -> None:
    run = json.loads(WRITERS["sarif"](CHECKED))["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "a b.xml"
    assert place["region"] == {"startLine": 2, "startColumn": 4}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]
    assert run["properties"]["schemas"]["a b.xml"] == ["tei.rng", "x.sch"]
    assert run["invocations"] == [{"executionSuccessful": False}]


@pytest.mark.parametrize(
    ("file", "uri"),
    [("/a/b.xml", "file:///a/b.xml"), ("a/å.xml", "a/%C3%A5.xml"), ("a:b.xml", "a%3Ab.xml")],
)
def test_sarif_names_files_by_address(file: str, uri: str) -> None:
    checked = [Checked(file, (), (Finding("x", "error", "m", file),))]
    result = json.loads(WRITERS["sarif"](checked))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


# --- junit


@pytest.mark.parametrize("checked", [CHECKED, HOSTILES, ()])
def test_junit_counts_what_it_holds(checked: tuple[Checked, ...]) -> None:
    root = etree.fromstring(WRITERS["junit"](checked).encode())
    suites = root.findall("testsuite")
    assert [suite.tag for suite in root] == ["testsuite"] * len(checked)
    for holder in (root, *suites):
        assert int(holder.get("tests", "")) == len(list(holder.iter("testcase")))
        assert int(holder.get("failures", "")) == len(list(holder.iter("failure")))
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "system-out"
    }  # fmt: skip


def test_junit_fails_on_errors_only() -> None:
    root = etree.fromstring(WRITERS["junit"](CHECKED).encode())
    assert [case.get("name") for case in root.iter("testcase")] == [
        "xml-odd 2:4", "sch-x 3:1", "ref-x", "valid", "unreadable"
    ]  # fmt: skip
    assert [failure.get("message") for failure in root.iter("failure")] == [
        "It is wrong.", "cannot read"
    ]  # fmt: skip


# --- github


def test_github_commands() -> None:
    lines = WRITERS["github"](CHECKED).splitlines()
    assert lines[:4] == [
        "::error file=a b.xml,line=2,col=4,title=xml-odd::It is wrong.%0AMend it.",
        "::warning file=a b.xml,line=3,col=1,title=sch-x::It is odd.",
        "::notice file=a b.xml,title=ref-x::It is.",
        "::error file=gone.xml,title=unreadable::cannot read%0Alook",
    ]
    assert lines[5] == "- a b.xml: 1 error, 1 warning, 1 note (tei.rng, x.sch)"


def test_github_takes_no_command_from_a_file() -> None:
    lines = WRITERS["github"](HOSTILES).splitlines()
    assert [line[:8] for line in lines] == ["::error ", "::group:", "- </p><s", "::endgro"]
    properties = lines[0].removeprefix("::error ").split("::")[0]
    assert [pair.split("=")[0] for pair in properties.split(",")] == [
        "file", "line", "col", "title"
    ]  # fmt: skip
    assert "%0A" not in lines[0].replace("%250A", "").replace("%0A</p>", "")
    assert not any("##[" in line for line in lines if not line.startswith("::"))


# --- html


def test_the_page_has_files_schemas_and_lines() -> None:
    page = WRITERS["html"](CHECKED)
    root = lxml_html.fromstring(page)
    shown = ["".join(cell.itertext()) for cell in root.iter("td", "th")]
    for said in ("a b.xml", "valid", "tei.rng, x.sch", "a b.xml:2:4", "abcdef"):
        assert said in shown
    assert not root.xpath("//script | //link | //img | //@src")


def test_the_page_holds_hostile_text_as_text() -> None:
    page = WRITERS["html"](HOSTILES)
    assert "<script>" not in page
    assert "\x1b" not in page
    assert not lxml_html.fromstring(page).xpath("//script")
