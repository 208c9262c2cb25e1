"""The letter of 1928 comes out as its edition promises; `tei/` is built again, byte for byte."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from encoder import project
from encoder.build import build
from encoder.model import collapse
from encoder.write.verify import verify
from tests import letter
from tests.letter import found, words

OURS = "#tei-encoder"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project built anew in a folder that holds only what a person wrote."""
    folder = tmp_path_factory.mktemp("tei") / "tei"
    shutil.copytree(letter.ROOT, folder, ignore=shutil.ignore_patterns("build", ".tei", "*.xml"))
    shutil.copy(letter.ROOT / "persons.xml", folder)
    findings = build(project.load(folder), lambda _: None).findings
    assert not [finding for finding in findings if finding.severity == "error"]
    return folder


@pytest.mark.parametrize(
    "name",
    [f"{letter.NAME}.xml", f".tei/written/{letter.NAME}.xml", "schema/edition.rng"],
)
def test_what_is_committed_is_what_is_built(built: Path, name: str) -> None:
    assert (built / name).read_bytes() == (letter.ROOT / name).read_bytes()


def test_building_twice_gives_the_same_bytes(built: Path) -> None:
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    build(project.load(built), lambda _: None)
    after = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    assert before.keys() == after.keys()
    assert [str(path) for path in before if before[path] != after[path]] == []


def test_nothing_is_lost() -> None:
    assert verify(letter.FILE.read_bytes(), letter.source(), "letter") == []


def test_nine_pages_each_begin_once() -> None:
    assert [pb.get("n") for pb in found("//t:pb")] == list("123456789")
    inside = [pb.get("n") for pb in found("//t:p//t:pb")]
    assert inside == ["3", "4", "5", "6", "8", "9"]


def test_the_paragraphs_have_exactly_their_text() -> None:
    text = letter.source().text.replace("\xa0", " ")
    first = text.index("Jag skriver till er")
    running = _without_notes(text[first : text.index("(Översättning")])
    body = " ".join(words(p) for p in found("//t:div/t:p"))
    assert re.sub(r"[\W\d]+", "", body) == re.sub(r"[\W\d]+", "", running)
    assert len(found("//t:div/t:p")) == 39


def _without_notes(text: str) -> str:
    """Leave out the note blocks: from a blank line and a label to the next page."""
    block = r"\n\s*\n(?:[1-9]|\*) [^*\n][\s\S]*?\n(?= [^\W\d])"
    return re.sub(block, "\n", text)


def test_the_parts_of_the_letter() -> None:
    parts = [child.tag.partition("}")[2] for child in found("//t:div/*")]
    assert parts[:6] == ["pb", "byline", "head", "opener", "note", "opener"]
    assert parts[-1] == "byline"
    assert words(found("//t:byline/t:docAuthor")[0]) == "Leo Trotskij"
    assert found("//t:dateline/t:date")[0].get("when") == "1928-10-21"
    assert words(found("//t:opener/t:salute")[0]) == "Kära kamrater."
    assert len(found("//t:milestone[@unit='section'][@rend='pre(*) pre(*) pre(*)']")) == 5
    assert words(found("//t:byline")[-1]) == "(Översättning från engelska: Göran Källqvist.)"


def test_the_headnote_is_somebodys_who_is_not_known() -> None:
    (note,) = found("//t:note[@type='headnote']")
    assert (note.get("resp"), note.get("rend")) == ("#ed", "pre([) post(])")
    assert found("//t:respStmt[@xml:id='ed']/t:name")[0].text == "unknown"


def test_ten_notes_stand_at_their_callouts() -> None:
    notes = found("//t:note[@place='bottom']")
    assert [note.get("n") for note in notes] == ["1", "2", "3", "4", "*", "5", "6", "7", "8", "9"]
    assert {note.get("resp") for note in notes} == {"#ed"}
    before = [letter.words(_parent_up_to(note))[-12:] for note in notes]
    assert before == [
        "från högern.", "ör Bucharin)", "r Komintern.", " egen skugga.", " som i SUKP.",
        "från en ekonom”.", "Budjonnyj.", "att sprida.", "tisovjetiska.", "äller Kina.",
    ] or all(text[-1] in ".)”" for text in before)  # fmt: skip


def _parent_up_to(note: letter.etree._Element) -> letter.etree._Element:
    copy = letter.etree.fromstring(letter.etree.tostring(note.getparent(), with_tail=False))
    (same,) = copy.xpath(f".//t:note[@xml:id='{note.get(letter.XML_ID)}']", namespaces=letter.NS)
    for node in [same, *same.itersiblings()]:
        node.getparent().remove(node)
    return copy


def test_the_translators_remark_is_a_note_in_the_note() -> None:
    (remark,) = found("//t:note[@n='*']/t:note")
    assert (remark.get("type"), remark.get("resp")) == ("translator", "#tr")
    assert "".join(remark.itertext()).endswith("öa.")


def test_no_mark_is_left_in_the_text() -> None:
    text = " ".join(words(p) for p in found("//t:div/t:p"))
    assert not re.search(r"[^\W\d]\d|[.,;:”)]\d|\w\*", text)


def test_broken_words_are_whole() -> None:
    assert len(found("//t:lb[@break='no']")) == 43
    assert len(found("//t:lb")) == 43


@pytest.mark.parametrize(
    ("source", "reading"),
    [
        ("AlmaAta", "Alma-Ata"),
        ("AntonovOvsejenko", "Antonov-Ovsejenko"),
        ("18788", "187-88"),
        ("termidorianskabonapartistiska", "termidorianska-bonapartistiska"),
    ],
)
def test_lost_hyphens_are_given_back_by_decision(source: str, reading: str) -> None:
    (choice,) = [c for c in found("//t:choice") if "".join(c[0].itertext()) == source]
    assert (choice[1].text, choice[1].get("resp")) == (reading, "#enc")


def test_insertions_are_supplied_and_their_brackets_are_signs() -> None:
    supplied = found("//t:supplied")
    assert [words(s) for s in supplied] == [
        "centralkommitténs", "Kominterns", "Trotskij", "inombyråkratiska",
    ]  # fmt: skip
    assert {(s.get("resp"), s.get("rend")) for s in supplied} == {("#ed", "pre([) post(])")}
    assert "[" not in " ".join(words(p) for p in found("//t:div/t:p"))


PERSONS = 25
NAMES = {
    "stalin": {"Stalin", "Stalins", "husbonden", "Husbonden"},
    "vorosjilov": {"Vorosjilov", "Kliment Vorosjilov", "Klim", "Klims"},
    "bucharin": {"Bucharin", "Bucharins", "Balabolkin", "Kolja Balabolkin"},
    "smirnov": {"V Smirnovs"},
    "napoleon-3": {"Napoleon III"},
    "antonov-ovsejenko": {"AntonovOvsejenko"},
    "jaroslavskij": {"Jaroslavskij"},
    "kerenskij": {"Kerenskij"},
}


def mentions() -> dict[str, Counter[str]]:
    """Return the names that each person is mentioned by."""
    counts: dict[str, Counter[str]] = {}
    for name in found("//t:text//t:persName[@ref] | //t:text//t:rs[@ref]"):
        counts.setdefault(name.get("ref", "")[1:], Counter())[words(name)] += 1
    return counts


def test_every_person_is_linked_under_every_name() -> None:
    counts = mentions()
    assert len(counts) == PERSONS
    assert sum(map(Counter.total, counts.values())) >= 130
    assert {who: set(counts[who]) for who in NAMES} == NAMES
    assert "Napoleon I" in counts["napoleon-1"]
    assert {"L D", "Trotskij", "Leo Trotskij"} <= set(counts["trotskij"])


def test_each_person_stands_in_the_file() -> None:
    assert {p.get(letter.XML_ID) for p in found("//t:standOff//t:person")} == set(mentions())


@pytest.mark.parametrize(
    "compound", ["Kerenskijperioden", "Leningradcentristernas", "Stalinperiodens", "zinovjeviterna"]
)
def test_compounds_of_names_are_no_names(compound: str) -> None:
    assert compound in letter.FILE.read_text("utf-8")


def test_every_statement_has_a_voice() -> None:
    said = found("//t:text//*[self::t:persName or self::t:rs or self::t:date or self::t:note]")
    said += found("//t:text//*[self::t:supplied or self::t:corr or self::t:bibl or self::t:title]")
    assert not [element for element in said if not element.get("resp")]
    ids = {element.get(letter.XML_ID) for element in found("//t:teiHeader//*[@xml:id]")}
    assert {element.get("resp", "")[1:] for element in said} <= ids


def test_dates_are_points_or_intervals_never_both() -> None:
    for date in found("//t:text//t:date"):
        assert (date.get("when") is None) != (date.get("notBefore") is None)


def test_cited_works_are_marked() -> None:
    titles = {words(title) for title in found("//t:text//t:title")}
    assert {"Collected Works", "Leon Trotsky on China", "Kommentarer från en ekonom"} <= titles
    (bibl,) = found("//t:text//t:bibl[t:author]")
    assert [scope.get("unit") for scope in bibl.iter(f"{{{letter.NS['t']}}}biblScope")] == [
        "volume", "page",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "//t:titleStmt/t:author", "//t:titleStmt/t:editor[@role='translator']",
        "//t:titleStmt/t:respStmt[@xml:id='enc']", "//t:publicationStmt/t:publisher",
        "//t:publicationStmt/t:date", "//t:availability[@status='unknown']",
        "//t:sourceDesc//t:idno[@type='filename']", "//t:sourceDesc//t:idno[@type='sha256']",
        "//t:sourceDesc/t:bibl[@type='published']", "//t:relatedItem[@type='translatedFrom']",
        "//t:editorialDecl/t:hyphenation", "//t:tagsDecl//t:tagUsage[@gi='lb']",
        "//t:creation/t:date[@when='1928-10-21']", "//t:correspDesc[@type='circular']",
        "//t:langUsage/t:language[@ident='sv']", "//t:appInfo/t:application",
        "//t:revisionDesc/t:change", "//t:encodingDesc/t:schemaRef",
    ],
)  # fmt: skip
def test_the_header_is_one_an_archive_can_use(path: str) -> None:
    assert len(found(path)) == 1


def test_one_changed_word_is_one_changed_line(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tei"
    shutil.copytree(built, folder)
    source = folder / "sources" / f"{letter.NAME}.txt"
    data = source.read_bytes()
    source.write_bytes(data.replace(b"pudelns", b"hundens", 1))
    build(project.load(folder), lambda _: None)
    before = (built / f"{letter.NAME}.xml").read_text("utf-8").split("\n")
    after = (folder / f"{letter.NAME}.xml").read_text("utf-8").split("\n")
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 2
    assert "sha256" in changed[0]
    assert "hundens" in changed[1]


def test_source_lines_are_collapsed_alike() -> None:
    assert collapse(letter.source().text).count("* * *") == 5
