"""`tei verify` misses nothing: every lost, added or changed character and word boundary."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.errors import InputError
from encoder.model import RUN_OF_WHITE, collapse
from encoder.write.unwrite import parse, unwrite
from encoder.write.verify import collapsed, sought, verify
from tests import letter
from tests.editions import source

EDITS = 1000
# All that must give the source back: words, the marks of notes, signs.
EDITABLE = re.compile(
    r"<(?P<tag>\w+)(?: [^<>]*)?>(?P<first>[^<>]+)(?=<)|(?<=>)(?P<words>[^<>]+)(?=<)"
    r'|<note[^>]* n="(?P<mark>[^"]+)"|(?:pre|post)\((?P<sign>[^\s"]+)\)(?=[ "])'
)


def test_no_edit_of_the_letter_is_missed() -> None:
    tei = letter.FILE.read_text("utf-8")
    edits = list(_edits(tei))
    assert len(edits) == EDITS
    missed = [shown for shown, data in edits if not verify(data, letter.source(), "x")]
    assert missed == []


def _edits(tei: str) -> Iterator[tuple[str, bytes]]:
    """Yield edits that change the text: a character changed, lost, doubled, or moved."""
    rng = random.Random(1)
    slots = [
        (m.start(g), m[g]) for m in EDITABLE.finditer(tei, tei.index("<body")) for g in _slots(m)
    ]
    weights = [len(words) for _, words in slots]
    made = 0
    while made < EDITS:
        ((at, words),) = rng.choices(slots, weights)
        edited = _edit(rng, words)
        # Only the length of a run of white space: no edit of the text.
        if RUN_OF_WHITE.sub(" ", edited) != RUN_OF_WHITE.sub(" ", words):
            made += 1
            shown = f"{tei[at - 20 : at]}{words!r} -> {edited!r}"
            yield shown, (tei[:at] + edited + tei[at + len(words) :]).encode()


def _slots(match: re.Match[str]) -> Iterator[str]:
    """Yield the groups that hold something of the source: not layout, not a reading."""
    for group in ("first", "words", "mark", "sign"):
        said = match[group]
        if said and not said.isspace() and match["tag"] != "corr" and "&" not in said:
            yield group


def _edit(rng: random.Random, words: str) -> str:
    at = rng.randrange(len(words))
    kind = rng.choice(("changed", "lost", "doubled", "moved", "parted"))
    before, char, after = words[:at], words[at], words[at + 1 :]
    return {
        "changed": before + ("x" if char != "x" else "y") + after,
        "lost": before + after,
        "doubled": before + char + char + after,
        "moved": before + after[:1] + char + after[1:],
        "parted": f"{before} {char}{after}" if before else char + char + after,
    }[kind]


@given(st.text("ab \n\xa0\t.", max_size=60))
def test_collapsing_keeps_the_way_back(text: str) -> None:
    kept = collapsed(text)
    assert kept.text == collapse(text)
    for offset, char in enumerate(kept.text):
        assert char == " " or text[kept.origin(offset)] == char


def test_a_difference_is_shown_in_both_files() -> None:
    tei = b"<TEI><text><body><p>one two\nthre four five six seven</p></body></text></TEI>"
    (finding,) = verify(tei, source("one two\nthree\nfour five six seven"), "a.xml")
    assert (finding.code, finding.file, str(finding.where)) == ("verify-differs", "a.xml", "2:5")
    assert finding.message == "'e' is missing (source text.txt:2:5)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_place_counts_characters_in_any_encoding(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    tei = f"{head}\n<TEI><text><p>för två år sen</p></text></TEI>"
    (found,) = verify(tei.encode(encoding), source("för tre år sen"), "x.xml")
    assert str(found.where) == "2:20"


def test_each_difference_is_found() -> None:
    words = [f"word{i}" for i in range(400)]
    text = " ".join(words)
    broken = [w if i % 100 else w.upper() for i, w in enumerate(words)]
    tei = f"<text><p>{' '.join(broken)}</p></text>".encode()
    assert len(verify(tei, source(text), "a.xml")) == 4


@pytest.mark.parametrize(("given", "what"), [("onetwo", "missing"), ("one t wo", "not in")])
def test_word_boundaries_count(given: str, what: str) -> None:
    (finding,) = verify(f"<p>{given}</p>".encode(), source("one two"), "a.xml")
    assert what in finding.message
    assert "word boundary" in finding.message


@pytest.mark.parametrize(
    ("tei", "text"),
    [
        ("<p>a<choice><sic>b</sic><corr>c</corr></choice></p>", "ab"),
        ("<p>a<choice><abbr>b</abbr><expan>c</expan></choice></p>", "ab"),
        ('<p>ab<lb break="no"/>cd</p>', "ab\ncd"),
        ('<p>ab<pb break="no"/>cd</p>', "ab\ncd"),
        ('<p>ab<pb n="2"/>cd</p>', "abcd"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ('<note rend="pre([) post(])"><p>a</p></note>', "\n[\na\n]\n".replace("\n", "")),
        ('<milestone rend="pre(*) pre(*)"/>', "* *"),
        (
            '<p>a<note xml:id="n1" n="1">b</note></p><milestone unit="notes" corresp="#n1"/>',
            "a1 1 b",
        ),
        ('<p>a<ptr type="noteref" n="1" target="#n1"/></p>', "a1"),
        ('<p>a<g ref="#u0008"/>b</p>', "a\bb"),
        ("<list><item rend='label(1.)'>a</item></list>", "1. a"),
        ("<teiHeader>x</teiHeader><standOff>y</standOff><text>z</text>", "z"),
    ],
)  # fmt: skip
def test_what_each_element_gives_back(tei: str, text: str) -> None:
    assert collapse(
        "".join(t for t, _ in unwrite(parse(f"<TEI>{tei}</TEI>".encode())))
    ) == collapse(text)


def test_tei_that_is_not_well_formed_is_said_to_be_so() -> None:
    with pytest.raises(InputError, match="not well-formed"):
        verify(b"<p>one", source("one"), "a.xml")


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="nested"):
        parse(b"<p>" * 100_000)


def test_the_source_is_sought_beside_the_tei() -> None:
    assert sought(letter.FILE.read_bytes(), letter.FILE).name == f"{letter.NAME}.txt"


def test_another_file_of_that_name_is_not_the_source(tmp_path: letter.Path) -> None:
    (tmp_path / f"{letter.NAME}.txt").write_text("something else")
    with pytest.raises(InputError, match="not the file that was encoded"):
        sought(letter.FILE.read_bytes(), tmp_path / "a.xml")


def test_a_source_below_sources_is_sought_by_its_path(tmp_path: letter.Path) -> None:
    (tmp_path / "sources/1928").mkdir(parents=True)
    (tmp_path / "sources/1928/a.txt").write_text("one")
    tei = b'<TEI><idno type="filename">1928/a.txt</idno></TEI>'
    assert sought(tei, tmp_path / "1928/a.xml") == tmp_path / "sources/1928/a.txt"


@pytest.mark.parametrize("name", ["../a.txt", "/etc/hostname"])
def test_a_source_is_not_sought_elsewhere(name: str, tmp_path: letter.Path) -> None:
    tei = f'<TEI><idno type="filename">{name}</idno></TEI>'.encode()
    with pytest.raises(InputError, match="leads elsewhere"):
        sought(tei, tmp_path / "a.xml")


NOTE = '<p>a<note xml:id="n1" n="1">b</note> c'
STOOD = '<milestone unit="notes" corresp="#n1"/>'


@pytest.mark.parametrize(
    ("tei", "text"),
    [
        (f"{NOTE} {STOOD}d</p>", "a1 c\n\n1 b\n\nd"),
        (f"{NOTE} <hi>{STOOD}d</hi></p>", "a1 c\n\n1 b\n\nd"),
        (f'{NOTE}<lb break="no"/>{STOOD[:-2]} break="no"/>d</p>', "a1 c\n\n1 b\n\nd"),
    ],
)
def test_a_block_of_notes_within_a_paragraph(tei: str, text: str) -> None:
    assert verify(tei.encode(), source(text), "a.xml") == []


@pytest.mark.parametrize(
    "tei",
    [
        f"{NOTE}{STOOD}d</p>",  # a word boundary before the block is lost
        f"{NOTE} <hi>x</hi>{STOOD}d</p>",
        f"{NOTE} {STOOD[:-2]}>x</milestone>d</p>",
        f"{NOTE} {STOOD}<lb>x</lb>d</p>",
        f'{NOTE} {STOOD}<g ref="#u0064">x</g></p>',
        f'{NOTE} <note xml:id="n1" n="1">x</note>{STOOD}d</p>',
        "<_init__>a1 c 1 b d</_init__><p>x</p>",
        f'{NOTE} {STOOD}d<note xml:id="n2">x</note></p>',
    ],
)
def test_what_could_hide_is_seen(tei: str) -> None:
    header = '<teiHeader><milestone unit="notes" corresp="#n2"/></teiHeader>'
    whole = f"<TEI>{header}<text>{tei}</text></TEI>".encode()
    assert verify(whole, source("a1 c\n\n1 b\n\nd"), "a.xml") != []


def test_a_note_that_says_it_stands_in_itself_ends() -> None:
    tei = f'<p><note xml:id="n1" n="1">x{STOOD}</note></p>{STOOD}'
    assert unwrite(parse(f"<TEI>{tei}</TEI>".encode()))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE p SYSTEM "https://example.org/a.dtd">',
    ],
)
def test_an_entity_from_elsewhere_is_refused(doctype: str) -> None:
    with pytest.raises(InputError, match="outside of the file"):
        parse(f"{doctype}<p>a&e;b</p>".encode())
