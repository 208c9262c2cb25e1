"""Decisions are made from the command line, kept in their file, and never asked for twice."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from encoder.build import build
from encoder.cli import tei
from encoder.decisions import Decision, apply, read_decisions, record
from encoder.decisions.anchor import Anchors, Quotation
from encoder.desk import Desk, Encoded
from encoder.errors import UsageError
from encoder.model import Finding, Span
from encoder.project import load
from encoder.review.rulings import pieces
from tests.test_decisions import TWINS, edition, named

TEXT = """Ett brev

Så talade Lund med Lund om Lund. Det var
en teh morgon, och Lund gick med Arne och
Bror hem.
"""
REGISTER = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>
  <person xml:id="asa"><persName>Arne Lund</persName></person>
  <person xml:id="bror"><persName>Bror Lund</persName></person>
</listPerson></standOff></TEI>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "edition.toml").write_text('format = 1\n[edition]\nlanguage = "sv"\n')
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(TEXT)
    (tmp_path / "persons.xml").write_text(REGISTER)
    return tmp_path


def run(*words: str | Path, status: int = 0) -> Result:
    result = CliRunner().invoke(tei, list(map(str, words)))
    if status:
        assert type(result.exception).__name__ == "UsageError", result.output
    else:
        assert result.exit_code == 0, (result.output, result.exception)
    return result


def decided(folder: Path) -> list[Decision]:
    return list(read_decisions(folder / "decisions.toml"))


def encoded(folder: Path) -> Encoded:
    desk = Desk.of(load(folder))
    return desk.encode(desk.read(folder / "sources" / "a.txt"))


def findings(folder: Path) -> list[str]:
    return [finding.code for finding in encoded(folder).findings]


def built(folder: Path) -> list[str]:
    """Return what is found about decisions when all texts are built."""
    found = build(load(folder), lambda _: None).findings
    return [finding.code for finding in found if finding.code.startswith("decision")]


# The file


def test_a_decision_is_added_and_every_byte_before_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    old = "# mine\r\n[[reject]] # why not\r\nexact = 'a'\r\n# the end"
    path.write_bytes(old.encode())
    written = record(path, Decision("link", 'the "b"\\', ref="asa", why="a\nb"))
    assert path.read_bytes().startswith(old.encode() + b"\r\n\r\n[[link]]\r\n")
    assert decided(tmp_path)[1].exact == 'the "b"\\'
    assert decided(tmp_path)[1].why == "a\nb"
    assert (written.new, written.line) == (True, decided(tmp_path)[1].line)


def test_what_is_decided_is_not_written_twice(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    first = record(path, Decision("link", "a", ref="asa"))
    before = path.read_bytes()
    assert record(path, Decision("link", "a", ref="asa")) == (first.line, False, ())
    assert path.read_bytes() == before


@pytest.mark.parametrize("sign", ["\u2028", "\x85"])
def test_what_is_quoted_above_an_older_answer_does_not_keep_it(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "decisions.toml"
    record(path, Decision("link", f"b{sign}c", ref="bror"))
    record(path, Decision("link", "a", ref="asa"))
    written = record(path, Decision("reject", "a"), lambda older: older.exact == "a")
    assert [older.ref for older in written.replaced] == ["asa"]
    assert [d.kind for d in decided(tmp_path)] == ["link", "reject"]


def test_an_answer_takes_the_place_of_an_older_one_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(
        '# all\n\n[[link]]\nexact = "a"\nref = "asa"\n# about b\n[[link]]\nexact = "b"\nref = "x"\n'
    )
    written = record(path, Decision("reject", "a"), lambda older: older.exact == "a")
    assert [older.ref for older in written.replaced] == ["asa"]
    assert path.read_text().startswith('# all\n\n# about b\n[[link]]\nexact = "b"')
    assert [(d.kind, d.exact) for d in decided(tmp_path)] == [("link", "b"), ("reject", "a")]


def test_a_table_that_cannot_be_cut_out_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    old = '[[link]]\nexact = "a"\nwhy = """\n[[link]]\n"""\nref = "asa"\n'
    path.write_text(old)
    record(path, Decision("reject", "a"), lambda _: True)
    assert path.read_text().startswith(old)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1)


@given(TEXTS.filter(str.strip), TEXTS, st.booleans())
def test_whatever_is_written_is_read_again(exact: str, why: str, everywhere: bool) -> None:
    from encoder.decisions.writing import entry

    said = tomllib.loads(entry(Decision("reject", exact, why=why, everywhere=everywhere)))
    (table,) = said["reject"]
    assert (table["exact"], table.get("why", "")) == (exact, why)
    assert table.get("everywhere", False) is everywhere


# Quoting a place


@given(st.lists(st.sampled_from(["Lund", "gick", "hem,", "\n", "  ", "(Lund)"]), min_size=3))
def test_a_place_that_is_quoted_is_found_again(row: list[str]) -> None:
    whole = edition("Då " + " ".join(row) + " slut")
    anchors = Anchors(whole)
    for place in anchors.places(Quotation("Lund")):
        quotation = anchors.quotation(place.start, place.end)
        assert quotation is None or anchors.follow(quotation) == [place]


def test_a_quotation_follows_its_words_when_one_side_changes() -> None:
    old = edition("ett två tre Lund fyra fem sex, och Lund igen")
    quotation = Anchors(old).quotation(12, 16)
    assert quotation == ("Lund", "ett två tre", "fyra fem sex,")
    for text, count in (
        ("ett två TRE Lund fyra fem sex, och Lund igen", 1),
        ("ett två tre Lund FYRA fem sex, och Lund igen", 1),
        ("ett två TRE Lund FYRA fem sex, och Lund igen", 0),
        ("ett två tre Lund FYRA, ett två tre Lund", 2),
        ("ett två tre Lund A; B Lund fyra fem sex,", 2),
    ):
        assert len(Anchors(edition(text)).follow(quotation)) == count


# Splitting and merging, and whose word holds


def marks(text: str, *said: Decision) -> list[tuple[str, str]]:
    after = apply(named(text), said)
    assert after.findings == ()
    found = sorted((s.start, s.end, s.attrs.get("ref", "")) for s in after.tagged("persName"))
    return [(text[a:b], ref) for a, b, ref in found]


def test_one_mark_is_split_into_several() -> None:
    text = "med Arne Bror Lund hem"
    one = Decision("split", "Arne Bror Lund", parts=("Arne", "Bror Lund"), refs=("asa", "bror"))
    assert marks(text, one) == [("Arne", "#asa"), ("Bror Lund", "#bror")]
    none = Decision("split", "Arne Bror Lund", parts=("Arne", "Bror Lund"))
    assert marks(text, none) == [("Arne", ""), ("Bror Lund", "")]


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        # The first name within the words says whom they mean, unless the decision does.
        ("med Bror Lund Arne hem", {}, ("Bror Lund Arne", "#bror")),
        ("med Bror Lund Arne hem", {"ref": "asa"}, ("Bror Lund Arne", "#asa")),
        # Over a line end; and where nothing was marked.
        (
            "med Bror Lund\noch Åke Lund hem",
            {"ref": "bror asa"},
            ("Bror Lund\noch Åke Lund", "#bror #asa"),
        ),
        ("med den gamle mannen hem", {"ref": "asa"}, ("den gamle mannen", "#asa")),
    ],
)
def test_several_marks_are_merged_into_one(
    text: str, said: dict[str, str], expected: tuple[str, str]
) -> None:
    decision = Decision("merge", expected[0].replace("\n", " "), **said)
    assert marks(text, decision) == [expected]


def test_what_is_merged_keeps_no_doubt_of_its_parts() -> None:
    whole = named("Där stod Lund Bror Lund nu.")
    after = apply(whole, [Decision("merge", "Lund Bror Lund", ref="bror")])
    assert [(s.tag, s.attrs.get("ref")) for s in after.spans] == [("persName", "#bror")]
    assert not after.findings


def test_an_acceptance_keeps_whom_the_words_meant() -> None:
    assert marks("Så sade Lund.", Decision("accept", "Lund", ref="bror")) == [("Lund", "#bror")]


def test_the_narrower_decision_holds_whatever_the_order() -> None:
    said = [
        Decision("link", "Lund", prefix="herr", ref="bror", file="text.txt"),
        Decision("link", "Lund", everywhere=True, file="text.txt", ref="asa"),
        Decision("reject", "Lund", everywhere=True),
    ]
    assert marks("Lund, herr Lund", *said) == [("Lund", "#asa"), ("Lund", "#bror")]


def test_a_split_that_does_not_fit_its_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    for parts, message in (
        ('["a", "c"]', "'c' does not stand"),
        ('["a"]', "two 'parts'"),
        ('["a", "b"]\nrefs = ["x"]', "not as many"),
        ('["a", 2]', "texts in brackets"),
    ):
        path.write_text(f'[[split]]\nexact = "a b"\nparts = {parts}\n')
        with pytest.raises(UsageError, match=message):
            read_decisions(path)


def test_names_are_parted_where_they_seem_to_be() -> None:
    assert pieces("Karl von Linné och Bo Ek", "sv") == ["Karl von Linné", "Bo Ek"]
    assert pieces("Adler, Bauer & Co", "de") == ["Adler", "Bauer", "Co"]
    assert pieces("Adler Bauer", "de") == ["Adler", "Bauer"]


# `tei decide`


def test_each_kind_of_decision_is_written_and_applied(folder: Path) -> None:
    text = folder / "sources" / "a.txt"
    assert findings(folder).count("name-ambiguous") == 4
    said = run("decide", f"{text}:3:11", "Lund", "link", "bror").stdout
    assert "decisions.toml:1: link “Lund” → bror, at a.txt:3:11" in said
    run("decide", f"{text}:3:20", "Lund", "accept", "--why", "so it is")
    run("decide", f"{text}:3:28", "Lund", "reject", "--by", "ae")
    run("decide", f"{text}:4", "teh", "correct", "the")
    run("decide", f"{text}:4", "Arne och Bror", "split")
    run("decide", f"{text}:4", "Lund gick", "merge", "bror")
    assert findings(folder) == []
    xml = encoded(folder).tei.decode()
    assert '<persName ref="#bror" resp="#enc" cert="high">Lund</persName> med' in xml
    assert '<persName ref="#bror" resp="#enc" cert="high">Lund gick</persName>' in xml
    assert "om Lund. Det" in xml
    assert "<sic>teh</sic><corr" in xml
    assert '<persName ref="#asa" resp="#enc" cert="high">Arne</persName> och' in xml
    assert [d.kind for d in decided(folder)] == "link accept reject correct split merge".split()
    assert decided(folder)[1].ref == "asa"
    assert (decided(folder)[1].why, decided(folder)[2].by) == ("so it is", "ae")


def test_the_same_again_is_not_written_and_another_takes_its_place(folder: Path) -> None:
    place = f"{folder / 'sources' / 'a.txt'}:3:11"
    run("decide", place, "Lund", "link", "bror")
    assert "already there" in run("decide", place, "Lund", "link", "bror").stdout
    assert "in place of link on line 1" in run("decide", place, "Lund", "reject").stdout
    assert [d.kind for d in decided(folder)] == ["reject"]


def test_a_text_or_the_project_is_decided_on_at_once(folder: Path) -> None:
    place = f"{folder / 'sources' / 'a.txt'}:4"
    run("decide", place, "Lund", "link", "asa", "--everywhere")
    run("decide", place, "teh", "correct", "the", "--project")
    assert [(d.everywhere, d.file) for d in decided(folder)] == [(True, "a.txt"), (True, "")]


def test_words_that_are_decided_on_everywhere_may_stand_on_the_line_twice(folder: Path) -> None:
    run("decide", f"{folder}/sources/a.txt:3", "Lund", "link", "asa", "--everywhere")
    assert [(d.exact, d.everywhere) for d in decided(folder)] == [("Lund", True)]


def test_a_source_may_be_named_as_findings_name_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    run("decide", "a.txt:3:11", "Lund", "link", "bror")
    assert [d.ref for d in decided(folder)] == ["bror"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("a.txt", "Lund", "accept"), "expected FILE:LINE"),
        (("a.txt:3", "Lund", "accept"), "stands there 3 times"),
        (("a.txt:1", "Lund", "accept"), "does not stand there"),
        (("a.txt:3", "talade", "accept"), "nothing is marked"),
        (("a.txt:4", "Lund", "link"), "0 values"),
        (("a.txt:4", "Lund", "link", "bro"), "no 'bro'"),
        (("a.txt:4", "Lund", "reject", "bror"), "1 values"),
        (("a.txt:4", "Lund gick", "split", "Ek", "Lund"), "'Ek' does not stand"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_written(
    folder: Path, words: tuple[str, ...], message: str
) -> None:
    place, *rest = words
    result = run("decide", f"{folder}/sources/{place}", *rest, status=2)
    assert message in str(result.exception)
    assert not (folder / "decisions.toml").exists()


def test_where_words_stand_instead_is_said_once_for_a_line(folder: Path) -> None:
    result = run("decide", f"{folder}/sources/a.txt:1", "Lund", "reject", status=2)
    assert isinstance(result.exception, UsageError)
    assert result.exception.hint == "it stands on line 3, 4"


def test_a_text_of_no_project_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lund")
    result = run("decide", f"{tmp_path / 'a.txt'}:1", "Lund", "reject", status=2)
    assert "belongs to no project" in str(result.exception)


def test_every_mark_says_what_decided_it(folder: Path) -> None:
    text = folder / "sources" / "a.txt"
    run("decide", f"{text}:3:11", "Lund", "link", "bror")
    said = run("encode", text, "--why", "-o", folder / "a.xml").stdout
    assert "    3:11  Lund  #bror (enc decided so)" in said
    assert "    3:20  Lund  #asa (low: the first in the register; else bror)" in said
    assert "Arne  #asa (medium: the only one of that forename" in said


# Over time, and over several texts


def test_ten_that_are_accepted_are_applied_again_and_none_is_asked_twice(folder: Path) -> None:
    text = folder / "sources" / "a.txt"
    rows = [f"Rad {n} talade om Lund, som {n} gånger." for n in range(10)]
    text.write_text("\n\n".join(rows) + "\n\nSlutet.\n")
    assert findings(folder).count("name-ambiguous") == 10
    for number in range(10):
        run("decide", f"{text}:{2 * number + 1}", "Lund", "accept")
    assert findings(folder) == []
    accepted = '<persName ref="#asa" resp="#enc" cert="high">Lund</persName>'
    assert encoded(folder).tei.decode().count(accepted) == 10
    before = (folder / "decisions.toml").read_bytes()
    text.write_text("En ny rad.\n\n" + "\n\n".join(rows) + "\n\nEtt annat slut.\n")
    assert findings(folder) == []
    assert encoded(folder).tei.decode().count(accepted) == 10
    assert (folder / "decisions.toml").read_bytes() == before


def test_words_that_are_gone_or_stand_twice_now_are_told(folder: Path) -> None:
    text = folder / "sources" / "a.txt"
    run("decide", f"{text}:4", "teh", "correct", "the")
    text.write_text(TEXT.replace("teh", "fin"))
    assert "decision-lost" in findings(folder)
    text.write_text(TEXT + "\n" + TEXT)
    assert "decision-ambiguous" in findings(folder)


def test_a_decision_for_any_text_is_lost_only_if_it_is_in_all(folder: Path) -> None:
    sources, decisions = folder / "sources", folder / "decisions.toml"
    (sources / "b.txt").write_text("Här är text b.\n")
    (sources / "c.txt").write_text("Här är text c.\n")
    decisions.write_text("""
[[correct]]
exact = "teh"
reading = "the"

[[reject]]
exact = "ingenstans"

[[reject]]
exact = "text"

[[reject]]
exact = "brev"
file = "d.txt"
""")
    assert sorted(built(folder)) == ["decision-ambiguous", "decision-lost", "decision-lost"]


def test_a_place_or_an_organisation_is_marked_as_such() -> None:
    from encoder.registers import Name, Person, Register

    entries = (*TWINS.entries, Person("lund", (Name("Lund"),), kind="place"))
    before = named("staden Lund")
    whole = type(before)(
        before.source, before.layout, before.metadata, Register(entries), before.spans
    )
    after = apply(whole, [Decision("link", "Lund", ref="lund")])
    assert [(s.tag, s.attrs) for s in after.spans] == [("placeName", {"ref": "#lund"})]


def test_a_finding_about_a_decision_says_what_it_is_about() -> None:
    after = apply(edition("a", Span(0, 1, "p")), [Decision("merge", "b", line=3, path="d.toml")])
    (finding,) = after.findings
    assert isinstance(finding, Finding)
    assert finding.evidence == "merge 'b'"
