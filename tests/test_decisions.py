"""The editor's word holds over the machine's, and follows its words through every change."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.annotate import names
from encoder.decisions import Decision, apply, read_decisions
from encoder.decisions.anchor import Anchors, Quotation
from encoder.edition import Edition
from encoder.errors import UsageError
from encoder.model import Finding, Move, Span
from encoder.profile import Profile
from encoder.registers import Name, Person, Register
from tests.editions import bare

TWINS = Register(
    (Person("asa", (Name("Åke Lund"),)), Person("bror", (Name("Bror Lund"),))),
)


def edition(text: str, *found: Span | Move | Finding) -> Edition:
    return bare(text, register=TWINS).having(found)


def named(text: str) -> Edition:
    """Return an edition in which the names are marked."""
    whole = edition(text)
    return whole.having(names.find(whole, Profile(language="sv")))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "decisions.toml"
    path.write_text(text, "utf-8")
    return path


def words(whole: Edition, quotation: Quotation) -> list[str]:
    return [whole.source.text[p.start : p.end] for p in Anchors(whole).places(quotation)]


# Reading the file


def test_decisions_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """# why not
[[link]]
exact = "Lund"
prefix = "fru "
ref = "asa"

[[correct]]
exact = "hsu"
reading = "hus"
everywhere = true
by = "ae"
cert = "low"
why = "two letters changed places"

[[link]]
exact = "Lund"
ref = "bror"
"""
    path = written(tmp_path, text)
    first, second, third = read_decisions(path)
    assert (first.kind, first.prefix, first.ref, first.line) == ("link", "fru ", "asa", 2)
    assert (second.reading, second.by, second.cert, second.everywhere) == ("hus", "ae", "low", True)
    assert (third.by, third.cert, third.line, third.path) == ("enc", "high", 15, str(path))


def test_an_empty_file_decides_nothing(tmp_path: Path) -> None:
    assert read_decisions(written(tmp_path, "# nothing yet\n")) == ()


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('[[reject]]\nexact = "a"\n[[corect]]\n', 3, "no decision is called 'corect'", "'correct'"),
        ('[[reject]]\nexact = "a"\n[[accept]]\nexakt = "a"', 3, "no key 'exakt'", "'exact'"),
        ('[[correct]]\nexact = "a"', 1, "needs 'reading'", "reading ="),
        ('\n[[link]]\nexact = "a"\nref = " "', 2, "needs 'ref'", "ref ="),
        ('[[accept]]\nexact = ""', 1, "needs 'exact'", "exact ="),
        ("[[accept]]\nexact = 3", 1, "expected text", ""),
        ('[[accept]]\nexact = "a"\neverywhere = "yes"', 1, "expected true or false", ""),
        ('[[accept]]\nexact = "a"\ncert = "sure"', 1, "expected high or medium", ""),
        ('[accept]\nexact = "a"', 1, "list of tables", "two brackets"),
        ('[[accept]]\nexact = "a', 2, "no TOML", "exact"),
        ("[[accept]]\nexact = a", 2, "no TOML", "exact"),
    ],
)
def test_what_is_wrong_in_the_file_is_placed(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_decisions(written(tmp_path, text))
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.place.split(".toml:")[1].split(":")[0] == str(line)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_decisions(tmp_path / "decisions.toml")


# Quotations


def test_a_quotation_is_told_from_others_by_its_context() -> None:
    whole = edition("ett hus, två hus, tre  \nhus!")
    assert len(words(whole, Quotation("hus"))) == 3
    assert Anchors(whole).places(Quotation("hus", prefix="tre "))[0].start == 24
    assert Anchors(whole).places(Quotation("hus", suffix=", två"))[0].start == 4
    assert words(whole, Quotation("hus", prefix="fyra")) == []


def test_a_quotation_is_of_whole_words() -> None:
    assert words(edition("huset, båthus, hus"), Quotation("hus")) == ["hus"]


@pytest.mark.parametrize("exact", ["långtråkiga hus", "lång tråkiga hus", "långtråkiga\n hus"])
@pytest.mark.parametrize("joined", [True, False])
def test_a_word_broken_at_a_line_end_is_quoted_whole_or_in_halves(exact: str, joined: bool) -> None:
    text = "de lång\ntråkiga hus"
    found = [Span(7, 8, "lb", {"break": "no"})] if joined else []
    assert words(edition(text, *found), Quotation(exact)) == ["lång\ntråkiga hus"]


def test_white_space_differs_only_at_line_ends() -> None:
    assert words(edition("i land och iland"), Quotation("iland")) == ["iland"]


def test_a_quotation_is_found_in_a_note_and_across_one() -> None:
    text = "det ena [not: det tredje] andra"
    whole = edition(text, Span(8, 25, "note", {"place": "bottom"}), Move(8, 25, 4))
    assert words(whole, Quotation("det tredje")) == ["det tredje"]
    assert words(whole, Quotation("ena andra")) == ["ena [not: det tredje] andra"]


@given(st.lists(st.sampled_from(["en", "ett", "hus", "\n", " "]), min_size=1))
def test_every_place_found_has_the_words(row: list[str]) -> None:
    whole = edition("x " + " ".join(row))
    expected = " ".join(row).split().count("hus")
    assert words(whole, Quotation("hus")) == ["hus"] * expected


# What decisions do


def test_a_correction_keeps_the_sources_words_and_gives_the_reading() -> None:
    said = Decision("correct", "hsu", reading="hus", by="ae", cert="medium")
    after = apply(edition("ett hsu"), [said])
    assert after.spans == (Span(4, 7, "sic", reading="hus", by="ae", cert="medium"),)
    assert after.source.text == "ett hsu"


def test_a_correction_replaces_the_machines_and_settles_its_doubt() -> None:
    before = edition("ett hsu", Span(4, 7, "sic", reading="hst", by="tei-encoder"))
    doubt = before.finding("word-suspect", "warning", "?", 4)
    other = before.finding("word-suspect", "warning", "?", 0)
    after = apply(before.having([doubt, other]), [Decision("correct", "hsu", reading="hus")])
    assert [span.reading for span in after.spans] == ["hus"]
    assert after.findings == (other,)


def test_a_correction_leaves_doubts_about_the_person() -> None:
    before = edition("Lnud")
    doubt = before.finding("name-ambiguous", "warning", "?", 0)
    after = apply(before.having([doubt]), [Decision("correct", "Lnud", reading="Lund")])
    assert after.findings == (doubt,)


def test_a_statement_that_crosses_a_correction_is_dropped_and_what_nests_is_kept() -> None:
    text = "den 3 maj och Lund då"
    crossing = Span(6, 13, "date")
    around, within, block = Span(0, 18, "bibl"), Span(14, 18, "persName"), Span(0, 21, "p")
    after = apply(
        edition(text, crossing, around, within, block),
        [Decision("correct", "och Lund", reading="o. Lund")],
    )
    assert after.spans[:-1] == (around, within, block)


def test_a_link_decides_whom_a_mention_means() -> None:
    before = named("Så sade Lund.")
    assert [finding.code for finding in before.findings] == ["name-ambiguous"]
    after = apply(before, [Decision("link", "Lund", ref="bror", by="ae")])
    assert after.spans == (Span(8, 12, "persName", {"ref": "#bror"}, by="ae", cert="high"),)
    assert after.findings == ()


def test_a_link_marks_what_was_not_marked() -> None:
    after = apply(edition("hon och han"), [Decision("link", "hon", ref="#asa", tag="rs")])
    expected = Span(0, 3, "rs", {"type": "person", "ref": "#asa"}, by="enc", cert="high")
    assert after.spans == (expected,)


def test_a_link_to_more_words_takes_the_place_of_a_shorter_mention() -> None:
    after = apply(named("unge Lund"), [Decision("link", "unge Lund", ref="bror")])
    assert [(s.start, s.end, s.attrs["ref"]) for s in after.spans] == [(0, 9, "#bror")]


def test_a_link_may_mean_several() -> None:
    after = apply(edition("syskonen"), [Decision("link", "syskonen", ref="asa bror")])
    assert after.spans[0].attrs["ref"] == "#asa #bror"


def test_a_mention_that_is_accepted_is_certain() -> None:
    after = apply(named("Så sade Lund."), [Decision("accept", "Lund", by="ae")])
    assert after.spans == (Span(8, 12, "persName", {"ref": "#asa"}, by="ae", cert="high"),)
    assert after.findings == ()


def test_a_mention_that_is_rejected_is_gone_at_that_place_only() -> None:
    before = named("Åke Lund och staden Lund")
    after = apply(before, [Decision("reject", "Lund", prefix="staden")])
    assert [(s.start, s.end) for s in after.spans] == [(0, 8)]


def test_a_tag_limits_what_is_rejected() -> None:
    both = Span(0, 4, "persName", {"ref": "#asa"}), Span(0, 4, "hi")
    assert apply(edition("Lund", *both), [Decision("reject", "Lund", tag="hi")]).spans == both[:1]


def test_the_later_decision_holds() -> None:
    decisions = [
        Decision("link", "Lund", ref="asa", everywhere=True),
        Decision("link", "Lund", prefix="herr", ref="bror"),
        Decision("reject", "Lund", prefix="staden"),
    ]
    after = apply(named("Lund, herr Lund, staden Lund, lund"), decisions)
    linked = sorted((s.start, s.attrs["ref"]) for s in after.spans)
    assert linked == [(0, "#asa"), (6, "#bror")]
    after = apply(edition("a"), [Decision("correct", "a", reading=r) for r in "bc"])
    assert [span.reading for span in after.spans] == ["c"]
    assert [finding.code for finding in after.findings] == ["decision-overruled"]


def test_decisions_find_their_spans_where_notes_are_moved() -> None:
    text = "a b [not: Lund] c Lund d"
    note = [Span(4, 15, "note", {"place": "bottom"}), Move(4, 15, 2)]
    before = edition(text, *note)
    before = before.having(names.find(before, Profile()))
    decisions = [
        Decision("correct", "b", reading="B"),
        Decision("accept", "Lund", prefix="not:"),
        Decision("link", "Lund", prefix="c", ref="bror"),
    ]
    after = apply(before, decisions)
    mentions = {(s.start, s.attrs["ref"], s.by) for s in after.tagged("persName")}
    assert mentions == {(10, "#asa", "enc"), (18, "#bror", "enc")}
    assert not list(after.tagged("certainty"))
    assert after.findings == ()


def test_a_decision_about_another_file_is_left_alone() -> None:
    before = edition("Lund")
    assert apply(before, [Decision("link", "Lund", ref="asa", file="other.txt")]) == before
    assert apply(before, [Decision("link", "Lund", ref="asa", file="text.txt")]).spans


@pytest.mark.parametrize(
    ("decision", "code", "severity", "said"),
    [
        (Decision("reject", "borta"), "decision-lost", "warning", "'borta'"),
        (Decision("reject", "borta", everywhere=True), "decision-lost", "info", "'borta'"),
        (Decision("reject", "hus"), "decision-ambiguous", "warning", "lines 1, 2"),
        (Decision("link", "båt", ref="åsa"), "decision-unknown", "warning", "'åsa'"),
    ],
)
def test_a_decision_that_fails_changes_nothing_but_the_findings(
    decision: Decision, code: str, severity: str, said: str
) -> None:
    before = edition("hus\nhus\nbåt")
    after = apply(before, [decision])
    assert after.spans == before.spans
    (finding,) = after.findings
    assert (finding.code, finding.severity) == (code, severity)
    assert said in finding.message
    assert finding.hint


def test_a_failing_decision_is_placed_in_its_file() -> None:
    after = apply(edition("a"), [Decision("reject", "b", path="decisions.toml", line=7)])
    assert str(after.findings[0]).startswith("decisions.toml:7:1 warning decision-lost")


def test_decisions_follow_their_words_and_ask_nothing_twice() -> None:
    decisions = [Decision("link", "Lund", ref="bror"), Decision("correct", "hsu", reading="hus")]
    for text in ("Lund i ett hsu", "Först en annan rad.\n\nSedan Lund i\n ett hsu", "hsu Lund"):
        after = apply(named(text), decisions)
        said = {(text[s.start : s.end], s.reading or s.attrs["ref"]) for s in after.spans}
        assert said == {("Lund", "#bror"), ("hsu", "hus")}
        assert after.findings == ()


KINDS = st.sampled_from(
    [
        Decision("link", "Lund", ref="asa", everywhere=True),
        Decision("link", "unge Lund", ref="bror", everywhere=True),
        Decision("accept", "Lund", everywhere=True),
        Decision("reject", "Lund", everywhere=True),
        Decision("correct", "Lund sade", reading="Lund säger", everywhere=True),
    ]
)


@given(st.lists(KINDS, max_size=4), st.lists(st.sampled_from(["unge", "Lund", "sade"])))
def test_no_two_statements_cross_whatever_is_decided(said: list[Decision], row: list[str]) -> None:
    before = named("x " + " ".join(row))
    after = apply(before, said)
    assert after == apply(before, said)
    mentions = sorted((s.start, s.end) for s in after.tagged("persName"))
    assert all(a[1] <= b[0] for a, b in pairwise(mentions))
    for sic in after.tagged("sic"):
        assert not any(
            a < sic.start < b < sic.end or sic.start < a < sic.end < b for a, b in mentions
        )
