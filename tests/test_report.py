"""The report of a build: every finding, its line, its evidence and its decision."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree, html

from encoder.errors import OutputError
from encoder.model import Finding, Position
from encoder.report import (
    count,
    gravest,
    html_report,
    json_report,
    summary_line,
    write_report,
)
from tests.editions import source

HOSTILE = "</td><script>alert('x')</script>&amp;\"\x08]]>"
FINDINGS = [
    Finding("note-lost", "warning", "no callout", "b.txt", Position(3, 1), "look", "1 A note."),
    Finding("word-suspect", "info", "a capital", "a.txt", Position(9, 4), "", "AlphaBeta", "[[x]]"),
    Finding("edited-by-hand", "error", "was edited", "a.xml"),
    Finding("note-lost", "warning", "no callout", "a.txt", Position(12, 1)),
    Finding("note-lost", "warning", "no callout", "a.txt", Position(2, 7)),
]


def cells(page: str) -> list[str]:
    root = html.fromstring(page)
    return ["".join(cell.itertext()) for cell in root.iter("td", "th")]


def test_the_gravest_come_first_then_file_and_place() -> None:
    order = [(f.severity, f.file, str(f.where or "")) for f in gravest(FINDINGS)]
    assert order == [
        ("error", "a.xml", ""),
        ("warning", "a.txt", "2:7"),
        ("warning", "a.txt", "12:1"),
        ("warning", "b.txt", "3:1"),
        ("info", "a.txt", "9:4"),
    ]
    assert len(gravest(FINDINGS * 5)) == 10
    assert len(gravest(FINDINGS * 5, None)) == 25
    assert [f.severity for f in gravest(FINDINGS, 1)] == ["error"]


def test_counts_are_said_in_words() -> None:
    assert summary_line(count(FINDINGS)) == "1 error, 3 warnings, 1 note"
    assert summary_line(count([])) == "no open questions"
    assert summary_line(count(FINDINGS * 1000)) == "1,000 errors, 3,000 warnings, 1,000 notes"


def test_the_json_holds_every_finding_whole() -> None:
    data = json.loads(json_report(FINDINGS))
    assert data["version"] == 1
    assert data["summary"] == {"error": 1, "warning": 3, "info": 1}
    assert len(data["findings"]) == len(FINDINGS)
    assert data["findings"][-1] == {
        "code": "word-suspect",
        "severity": "info",
        "message": "a capital",
        "file": "a.txt",
        "line": 9,
        "column": 4,
        "source_line": "",
        "hint": "",
        "evidence": "AlphaBeta",
        "decision": "[[x]]",
    }
    assert (data["findings"][0]["line"], data["findings"][0]["column"]) == (None, None)


def test_the_page_holds_every_finding_whole() -> None:
    page = html_report(FINDINGS)
    shown = cells(page)
    for finding in FINDINGS:
        place = f"{finding.file}:{finding.where}" if finding.where else finding.file
        assert place in shown
        assert finding.message + finding.hint in shown
        assert " ".join(finding.evidence.split()) in shown
        assert finding.decision in shown
    assert page.rindex("1 error<") < page.rindex("3 warnings<") < page.rindex("1 note<")


def test_the_page_is_well_formed_and_needs_nothing_else() -> None:
    page = html_report(FINDINGS)
    root = html.fromstring(page)
    assert root.get("lang") == "en"
    assert not root.xpath("//script | //link | //img | //@src")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in root.xpath("//a/@href")} <= set(ids)
    assert len(root.xpath("//a")) == 3
    assert all(head.get("scope") for head in root.iter("th"))
    body = page[page.index("<body>") : page.index("</html>")]
    etree.fromstring(body)


def test_hostile_text_stays_text() -> None:
    finding = Finding(HOSTILE, "error", HOSTILE, HOSTILE, None, HOSTILE, HOSTILE, HOSTILE)
    page = html_report([finding], HOSTILE)
    assert "<script>" not in page
    assert "\x08" not in page
    assert HOSTILE.replace("\x08", "\ufffd") in cells(page)
    assert json.loads(json_report([finding]))["findings"][0]["evidence"] == HOSTILE


def test_the_line_of_the_source_is_quoted_with_the_evidence() -> None:
    text = "One line.\n An AlphaBeta \xa0stands\there.\n"
    found = [
        Finding("w", "info", "m", "a.txt", Position(2, 5), "", "AlphaBeta"),
        Finding("w", "info", "m", "a.txt", Position(1, 1), "", "One line."),
        Finding("w", "info", "m", "a.txt"),
        Finding("w", "info", "m", "b.txt", Position(2, 5)),
    ]
    sources = {"a.txt": source(text, "a.txt")}
    lines = [one["source_line"] for one in json.loads(json_report(found, sources))["findings"]]
    assert lines == ["", "One line.", "An AlphaBeta stands here.", ""]
    quotes = [q.text for q in html.fromstring(html_report(found, sources=sources)).iter("q")]
    assert quotes == ["One line.", "An AlphaBeta stands here.", "AlphaBeta"]


def test_text_in_any_direction_is_set_apart() -> None:
    page = html_report([Finding("x", "info", "m", "a", None, "", "שלום")])
    assert '<q dir="auto" translate="no">שלום</q>' in page


def test_the_order_of_findings_does_not_change_the_bytes() -> None:
    assert html_report(FINDINGS) == html_report(FINDINGS[::-1])
    assert json_report(FINDINGS) == json_report(FINDINGS[::-1])


def test_both_files_are_written(tmp_path: Path) -> None:
    page, data = write_report(tmp_path / "build", FINDINGS)
    assert page.read_text("utf-8") == html_report(FINDINGS)
    assert data.read_text("utf-8") == json_report(FINDINGS)


def test_an_empty_report_says_so(tmp_path: Path) -> None:
    page, _ = write_report(tmp_path, [])
    assert "no open questions" in page.read_text("utf-8")


def test_a_name_that_is_no_unicode_is_still_reported(tmp_path: Path) -> None:
    page, data = write_report(tmp_path, [Finding("x", "info", "m", "a\udce5.txt")])
    assert "a?.txt" in data.read_text("utf-8")
    assert "a\ufffd.txt" in page.read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file")
    with pytest.raises(OutputError):
        write_report(tmp_path / "build", FINDINGS)
