"""Editing by hand: what a person changed stays, what is new in ours comes in, or nothing moves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from encoder import files
from encoder.merge import Merged, merge
from encoder.merge.align import hunks, regions
from encoder.merge.settle import keys
from encoder.merge.tokens import tokens, written
from tests import letter

BASE = letter.FILE.read_bytes()
TEXT = BASE.decode()
BODY = TEXT.index("<body")
NS = "{http://www.tei-c.org/ns/1.0}"


def edited(old: str, new: str, text: str = TEXT) -> str:
    """Return the letter with the first `old` of its body changed; there must be one."""
    body = text.index("<body")
    assert old in text[body:]
    return text[:body] + text[body:].replace(old, new, 1)


# What we would write now: another count in the header, another attribute in the body.
OURS = edited(
    '<lb break="no"/>', '<lb break="no" n="7"/>', TEXT.replace('occurs="136"', 'occurs="135"')
)


def run(theirs: str | bytes, ours: str = OURS) -> Merged:
    data = theirs if isinstance(theirs, bytes) else theirs.encode()
    return merge(BASE, data, ours.encode(), letter.FILE)


def canonical(data: bytes | str) -> bytes:
    """Return what an XML file says, however it is written; for comparing."""
    parser = etree.XMLParser(remove_comments=False)
    root = etree.fromstring(data.encode() if isinstance(data, str) else data, parser)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.text, element.tail = (
                " ".join((each or "").split()) or None for each in (element.text, element.tail)
            )
    return etree.tostring(root, method="c14n")


PARAGRAPH = re.search(r"<p>([^<]{30,60})", TEXT[BODY:])
assert PARAGRAPH
WORDS = PARAGRAPH[1]

MARKUP: dict[str, Callable[[str], str]] = {
    "attribute": lambda text: edited("<p>", '<p n="1">', text),
    "attribute-changed": lambda text: edited('cert="medium"', 'cert="high"', text),
    "attribute-removed": lambda text: edited(' cert="medium"', "", text),
    "beside-ours": lambda text: re.sub(
        '(<lb break="no"[^>]*)/>', r'\1 rend="x"/>', text, count=1
    ),
    "wrapped": lambda text: edited(WORDS, f'<hi rend="italic">{WORDS}</hi>', text),
    "comment": lambda text: edited("<p>", "<!-- see the archive --><p>", text),
    "instruction": lambda text: edited("<p>", "<?oxy_comment_start author='A'?><p>", text),
    "note": lambda text: edited('place="bottom" resp="#ed"', 'place="bottom" resp="#enc"', text),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKUP)
def test_an_edit_to_markup_stays_and_ours_comes_in(name: str) -> None:
    change = MARKUP[name]
    merged = run(change(TEXT))
    assert merged.data is not None, merged.findings
    assert merged.findings == ()
    assert canonical(merged.data) == canonical(change(OURS))


# Where the schema allows words, an editor that knows it adds no space.
MIXED = {
    f"{NS}{name}"
    for name in "p head docAuthor author byline supplied bibl persName note date title".split()
}


def indented(text: str) -> str:
    """Lay a file out anew as XML editors do: an element a line, long lines wrapped."""
    root = etree.fromstring(text.encode())
    _indent(root, 1)
    xml = etree.tostring(root, encoding="unicode")
    head = text[: text.index("<TEI")]
    return head + re.sub(r' xml:id="', '\n        xml:id="', xml) + "\n"


def _indent(element: etree._Element, depth: int) -> None:
    parts = [element.text, *(child.tail for child in element)]
    if len(element) and element.tag not in MIXED and not any((p or "").strip() for p in parts):
        element.text = "\n" + "    " * depth
        for child in element:
            child.tail = "\n" + "    " * depth
        element[-1].tail = "\n" + "    " * (depth - 1)
    else:
        wrap = "\n" + "    " * depth
        element.text = re.sub(r"(\S{9,})\s+", rf"\1{wrap}", element.text or "")
        for child in element:
            child.tail = re.sub(r"(\S{9,})\s+", rf"\1{wrap}", child.tail or "")
    for child in element:
        _indent(child, depth + 1)


def rewritten(text: str) -> str:
    """Turn the attributes of each tag round, and their quotes."""

    def turned(tag: re.Match[str]) -> str:
        said = re.findall(r'([^\s=]+)="([^"\']*)"', tag[2])[::-1]
        return tag[1] + "".join(f"\n {name} = '{value}'" for name, value in said) + tag[3]

    return re.sub(r"(<[\w:]+)((?:\s+[\w:]+=\"[^\"']*\")+)(\s*/?>)", turned, text)


SAME: dict[str, Callable[[str], str | bytes]] = {
    "formatted": indented,
    "attributes": rewritten,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "references": lambda text: text.replace("ö", "&#xF6;").replace("å", "&#229;"),
    "empty-elements": lambda text: re.sub(r"<lb( [^>]*)/>", r"<lb\1></lb>", text),
    "mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16": lambda text: text.replace("UTF-8", "UTF-16", 1).encode("utf-16"),
    "trailing": lambda text: re.sub(r"\n(?= *<)", "  \n\n", text),
}


@pytest.mark.parametrize("name", SAME)
def test_another_layout_is_no_edit(name: str) -> None:
    theirs = SAME[name](TEXT)
    data = theirs if isinstance(theirs, bytes) else theirs.encode()
    merged = run(data)
    assert merged.data is not None, merged.findings
    assert merged.findings == ()
    assert canonical(merged.data) == canonical(OURS)
    assert run(data, TEXT) == Merged(data)


def test_what_was_laid_out_anew_stays_so() -> None:
    made = run(indented(TEXT)).data or b""
    assert abs(made.count(b"\n") - indented(TEXT).count("\n")) <= 2
    ended = run(TEXT.replace("\n", "\r\n")).data or b""
    assert ended.count(b"\r\n") == OURS.count("\n")


# --- the text itself


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" och ", " samt "),
        (" och ", " "),
        (" och ", " och ständigt "),
        (" och ", ' o"c\\h '),
        ("</note>", " Tillagt.</note>"),
    ],
)
def test_an_edit_to_the_text_is_kept_and_told(old: str, new: str) -> None:
    merged = run(edited(old, new))
    assert canonical(merged.data or b"<a/>") == canonical(edited(old, new, OURS))
    (finding,) = merged.findings
    assert (finding.code, finding.severity) == ("text-edited", "warning")
    assert finding.where is not None
    (decision,) = tomllib.loads(finding.decision)["correct"]
    assert decision["reading"].split() != decision["exact"].split()
    new_words = set(re.sub("<.*?>", "", new).split()) - {"Tillagt."}
    assert new_words <= {*decision["reading"].split()}


def choice(was: str, now: str) -> str:
    return f'<choice><sic>{was}</sic><corr resp="#enc" cert="high">{now}</corr></choice>'


DECIDED = choice("och", "samt")


@pytest.mark.parametrize(("was", "now"), [(" och ", " samt "), (" absurt.", " absurdt.")])
def test_a_correction_by_hand_that_became_a_decision_is_at_rest(was: str, now: str) -> None:
    word, other = was.strip(" ."), now.strip(" .")
    ours = edited(was, was.replace(word, choice(word, other)), OURS)
    merged = run(edited(was, now), ours)
    assert canonical(merged.data or b"<a/>") == canonical(ours)
    assert merged.findings == ()


def test_a_conflict_with_what_was_deleted_says_so() -> None:
    (finding,) = run(edited(" absurt.", ""), edited(" absurt.", " orimligt.", OURS)).findings
    assert "the file has nothing, we have 'orimligt.'" in finding.message


def test_an_edit_is_placed_in_the_encoding_of_the_file() -> None:
    theirs = edited(" och ", " samt ")
    (plain,), (finding,) = run(theirs).findings, run(SAME["utf-16"](theirs)).findings
    assert finding.where == plain.where


def test_line_ends_that_are_not_touched_stay_as_they_are() -> None:
    theirs = edited("<p>", '<p n="1">').replace("\n", "\r\n", 3)
    assert (run(theirs).data or b"").count(b"\r\n") == 3


# --- conflicts


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (edited("<p>", '<p n="1">'), edited("<p>", '<p n="2">')),
        (edited("<p>", '<p n="1">'), edited("<p>", '<ab type="x">')),
        (edited(" och ", " samt "), edited(" och ", " eller ")),
        (edited(" och ", " <!-- a -->och "), edited(" och ", " <!-- b -->och ")),
        (edited(" och ", " <hi>samt</hi> "), edited(" och ", f" {DECIDED} ")),
        (edited(" och ", " <!-- why? -->samt "), edited(" och ", f" {DECIDED} ")),
        (edited("</p>", ""), OURS),
        (edited("<p>", '<p colour="red">'), OURS),
        (edited("<p>", '<p corresp="#nothing">'), OURS),
    ],
)  # fmt: skip
def test_a_conflict_is_told(theirs: str, ours: str) -> None:
    merged = run(theirs, ours)
    assert merged.data is None
    assert {finding.severity for finding in merged.findings} == {"error"}
    assert all(finding.message and len(finding.message) < 400 for finding in merged.findings)


def test_a_conflict_shows_both_versions_and_its_place() -> None:
    (finding,) = run(edited("<p>", '<p n="1">'), edited("<p>", '<p n="2">')).findings
    assert finding.code == "merge-conflict"
    assert '<p n="1">' in finding.message
    assert '<p n="2">' in finding.message
    assert finding.where is not None
    assert TEXT.splitlines()[finding.where.line - 1][finding.where.column - 1 :].startswith("<p>")


def test_an_edit_that_is_not_valid_is_told_where_it_is() -> None:
    (finding,) = run(edited("<p>", '<p colour="red">')).findings
    assert (
        "is not valid any more: rng-attribute-unknown <p> has no attribute colour"
        in finding.message
    )
    lines = edited("<p>", '<p colour="red">').splitlines()
    assert finding.where is not None
    assert lines[finding.where.line - 1][finding.where.column - 1 :].startswith("colour=")


def test_a_schema_that_is_not_here_is_told_with_the_command_that_gets_it() -> None:
    (finding,) = run(TEXT.replace("schema/edition.rng", "https://example.org/a.rng")).findings
    assert "tei schema get https://example.org/a.rng" in finding.message


@pytest.mark.parametrize("base", [b"", BASE[:5000], b"<<<<<<< HEAD\n" + BASE, b"\xff" + BASE])
def test_a_damaged_base_keeps_the_file(base: bytes) -> None:
    merged = merge(base, edited("<p>", '<p n="1">').encode(), OURS.encode(), letter.FILE)
    (finding,) = merged.findings
    assert (merged.data, finding.code) == (None, "edited-by-hand")
    assert ".tei/written/" in finding.message


# --- files


def test_a_merge_is_written_and_becomes_the_base(tmp_path: Path) -> None:
    path = _folder(tmp_path)
    path.write_bytes(edited("<p>", '<p n="1">').encode())
    assert files.write_tei(path, OURS.encode()) == []
    assert canonical(path.read_bytes()) == canonical(edited("<p>", '<p n="1">', OURS))
    assert (tmp_path / ".tei/written" / path.name).read_bytes() == OURS.encode()
    before = path.read_bytes()
    assert files.write_tei(path, OURS.encode()) == []
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.glob("*.xml")] == [path.name]


def test_a_conflict_leaves_the_file_and_is_over_when_ours_is_deleted(tmp_path: Path) -> None:
    path, ours = _folder(tmp_path), edited("<p>", '<p n="2">')
    theirs = edited("<p>", '<p n="1">').encode()
    path.write_bytes(theirs)
    for _ in range(2):
        (finding,) = files.write_tei(path, ours.encode())
        assert finding.code == "merge-conflict"
        assert path.read_bytes() == theirs
        beside = tmp_path / f"{path.stem}.new.xml"
        assert beside.read_bytes() == ours.encode()
        assert beside.name in finding.hint
    beside.unlink()
    assert files.write_tei(path, ours.encode()) == []
    assert path.read_bytes() == theirs
    later = ours.replace('occurs="136"', 'occurs="135"')
    assert files.write_tei(path, later.encode()) == []
    assert path.read_bytes() == later.replace('<p n="2">', '<p n="1">').encode()


def test_what_was_offered_goes_when_the_conflict_is_over(tmp_path: Path) -> None:
    path, ours = _folder(tmp_path), edited("<p>", '<p n="2">').encode()
    path.write_bytes(edited("<p>", '<p n="1">').encode())
    assert files.write_tei(path, ours)
    path.write_bytes(edited("<p>", '<p n="2">').replace("<body", "<!-- mine --><body").encode())
    assert files.write_tei(path, ours) == []
    assert {p.name for p in tmp_path.iterdir()} == {".tei", path.name, "schema"}
    assert not list((tmp_path / ".tei/offered").iterdir())


def _folder(folder: Path) -> Path:
    path = folder / letter.FILE.name
    files.write_tei(path, BASE)
    (folder / "schema").symlink_to(letter.ROOT / "schema")
    return path


# --- any edits


def test_a_comment_is_not_the_text_that_looks_like_it() -> None:
    escaped, comment = tokens("<p>&lt;!--x--&gt;</p>"), tokens("<p><!--x--></p>")
    assert keys(escaped) != keys(comment)


WORD = st.sampled_from(["a", "b", "c", " ", "<i>", "<x/>"])


@given(st.lists(WORD), st.lists(WORD), st.lists(WORD))
def test_hunks_say_what_was_changed(base: list[str], one: list[str], two: list[str]) -> None:
    for copy in (one, two):
        made, at = list[str](), 0
        for hunk in hunks(base, copy):
            made += base[at : hunk.start] + copy[hunk.left : hunk.right]
            at = hunk.end
        assert made + base[at:] == copy
    found = list(regions(base, one, two))
    assert [item for region in found for item in base[region.base]] == base
    assert [item for region in found for item in one[region.first]] == one
    assert [item for region in found for item in two[region.second]] == two
    assert all(one[r.first] == base[r.base] for r in found if not r.one)
    assert all(two[r.second] == base[r.base] for r in found if not r.two)


NODES = st.recursive(
    st.sampled_from(["two words", " ", "\n  ", "&amp;", "å", "<lb/>", "<lb ></lb>", "<!-- -->"]),
    lambda inner: st.builds(
        lambda name, said, parts: f"<{name}{said}>{''.join(parts)}</{name}>",
        st.sampled_from(["p", "hi", "div", "choice"]),
        st.sampled_from(["", ' n="1"', " n='1' rend=\"x\"", ' rend="x" n="1"']),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)  # fmt: skip
DOCUMENTS = NODES.map(lambda inner: f"<TEI>{inner}</TEI>")


@given(DOCUMENTS)
def test_tokens_give_the_file_back(text: str) -> None:
    made = written(tokens(text))
    assert canonical(made) == canonical(text)
    assert keys(tokens(made)) == keys(tokens(text))


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_edits_of_both_sides_stay_or_conflict(data: st.DataObject) -> None:
    """Each side marks paragraphs and words of the letter; both are in the result, or it says so."""
    count = len(re.findall("<p>", TEXT[BODY:]))
    mine = data.draw(st.sets(st.integers(0, count - 1), max_size=4))
    other = data.draw(st.sets(st.integers(0, count - 1), max_size=4))
    layout = data.draw(st.sampled_from([str, indented, rewritten]))
    theirs = layout(_marked(TEXT, mine, 'n="t"'))
    ours = _marked(TEXT, other, 'rend="italic"')
    merged = run(theirs, ours)
    assert merged.data is not None
    assert canonical(merged.data) == canonical(
        _marked(_marked(TEXT, mine, 'n="t"'), other, 'rend="italic"')
    )


def _marked(text: str, numbers: set[int], attribute: str) -> str:
    found = [m for m in re.finditer(r"<p(?= |>)", text) if m.start() > text.index("<body")]
    for number in sorted(numbers, reverse=True):
        at = found[number].end()
        text = f"{text[:at]} {attribute}{text[at:]}"
    return text


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 30_000),
    st.sampled_from(["", "x", "<", ">", "&", "<hi>", "</p>", "<lb/>", "\r\n"]),
    st.integers(0, 60),
)
def test_any_slip_of_the_keyboard_is_kept_or_told(at: int, new: str, size: int) -> None:
    theirs = TEXT[: BODY + at] + new + TEXT[BODY + at + size :]
    merged = run(theirs)
    if merged.data is None:
        assert merged.findings
    else:
        etree.fromstring(merged.data)
        assert b'occurs="135"' in merged.data
