"""Spans to a tree and back: whatever is said of a text, the text itself comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from encoder.edition import Edition
from encoder.errors import StructureError
from encoder.model import Move, Span, collapse
from encoder.profile import Profile
from encoder.structure import divisions, prose
from encoder.write.tree import write_text
from encoder.write.unwrite import parse, unwrite
from tests.editions import bare, found, tei

WORDS = st.text("abcåß -[]()*1.\n\t\xa0\u2009'&<>\"é😀", min_size=1, max_size=120).filter(str.strip)
TAGS = st.sampled_from(["hi", "foreign", "persName", "sic", "supplied", "title", "rs"])


def given_back(edition: Edition, profile: Profile | None = None) -> str:
    """Return the source's text as the TEI of an edition tells it."""
    data = etree.tostring(write_text(edition, profile or Profile()))
    return "".join(text for text, _ in unwrite(parse(data)))


def body(edition: Edition) -> str:
    """Return what stands inside the division of a text of one."""
    return tei(edition).split("<div>\n", 1)[1].rsplit("\n</div>", 1)[0]


def paragraphs(text: str, *spans: Span) -> Edition:
    """Return an edition of paragraphs with some spans in them."""
    return found(text, divisions.find, prose.find).having(spans)


@given(WORDS, st.lists(st.tuples(st.integers(0, 120), st.integers(1, 40), TAGS), max_size=12))
def test_phrases_that_cross_lose_nothing(text: str, drawn: list[tuple[int, int, str]]) -> None:
    edition = paragraphs(text)
    length = len(edition.source.text)
    spans = [
        Span(start, min(start + size, length), tag, reading="x" if tag == "sic" else None)
        for start, size, tag in drawn
        if start < length
    ]
    assert collapse(given_back(edition.having(spans))) == collapse(text)


@given(WORDS, st.sampled_from(["keep", "drop"]))
def test_line_ends_kept_or_dropped_lose_nothing(text: str, lines: str) -> None:
    profile = Profile(lines=lines)  # ty: a drawn literal
    assert collapse(given_back(paragraphs(text), profile)) == collapse(text)


def test_a_crossing_phrase_is_cut_and_linked() -> None:
    edition = paragraphs("one two three", Span(0, 7, "hi"), Span(4, 13, "foreign"))
    assert body(edition) == (
        '<p><hi>one <foreign xml:id="part1-1" next="#part1-2">two</foreign></hi>'
        '<foreign xml:id="part1-2" prev="#part1-1"> three</foreign></p>'
    )


def test_a_phrase_over_two_paragraphs_is_cut_between_them() -> None:
    text = "one.\n\ntwo."
    edition = paragraphs(text, Span(0, len(text), "hi"))
    assert collapse(given_back(edition)) == "one. two."
    assert body(edition).count("<hi ") == 2


def test_blocks_that_cross_are_our_mistake() -> None:
    edition = bare("one two three").having([Span(0, 7, "p"), Span(4, 13, "p")])
    with pytest.raises(StructureError, match="<p> crosses <p>"):
        write_text(edition, Profile())


def test_signs_are_said_by_the_element_they_belong_to() -> None:
    spans = [
        Span(4, 9, "supplied", by="ed"),
        Span(4, 5, "sign", {"kind": "pre"}),
        Span(8, 9, "sign", {"kind": "post"}),
    ]
    assert body(paragraphs("one [two] three", *spans)) == (
        '<p>one <supplied resp="#ed" rend="pre([) post(])">two</supplied> three</p>'
    )


def test_a_reading_stands_beside_what_it_corrects() -> None:
    span = Span(0, 3, "sic", reading="two", by="enc", cert="high")
    assert body(paragraphs("tow.", span)) == (
        '<p><choice><sic>tow</sic><corr resp="#enc" cert="high">two</corr></choice>.</p>'
    )


def test_a_broken_word_is_whole_and_its_line_end_comes_later() -> None:
    edition = paragraphs("one bro\nken word", Span(7, 8, "lb", {"break": "no"}))
    assert body(edition) == '<p>one bro<lb break="no"/>ken\nword</p>'


def test_a_page_begins_inside_a_broken_word() -> None:
    spans = [Span(3, 5, "lb", {"break": "no"}), Span(4, 4, "pb", {"n": "2"})]
    edition = paragraphs("bro\n ken", *spans)
    assert body(edition) == '<p>bro<lb break="no"/><pb n="2" break="no"/>ken</p>'
    assert collapse(given_back(edition)) == "bro ken"


def test_a_note_is_read_at_its_callout_and_returns_to_its_place() -> None:
    text = "one1 two\n\n1 note\n\nthree"
    spans = [
        Span(0, 8, "p"),
        Span(18, 23, "p"),
        Span(10, 4, "note", {"xml:id": "n1", "n": "1", "place": "bottom"}),
        Span(10, 11, "sign", {"kind": "label"}),
        Span(3, 4, "sign", {"kind": "callout"}),
        Span(9, 9, "milestone", {"unit": "notes", "corresp": "#n1"}),
    ]
    edition = bare(text).having([Move(10, 18, 3), Span(0, 23, "div"), *spans])
    assert body(edition) == (
        '<p>one<note xml:id="n1" n="1" place="bottom">note</note> two</p>\n'
        '<milestone unit="notes" corresp="#n1"/>\n<p>three</p>'
    )
    assert collapse(given_back(edition)) == collapse(text)


@pytest.mark.parametrize("callout", ["1", "[1]", "(1)", "¹"])
@pytest.mark.parametrize("label", ["1", "1.", "[1]", "*)"])
def test_every_form_of_callout_and_label_comes_back(callout: str, label: str) -> None:
    text = f"one{callout} two\n\n{label} note\n\nthree"
    at = text.index(f"{label} note", 4 + len(callout))
    spans = [
        Span(at, 3 + len(callout), "note", {"xml:id": "n1", "n": "1", "place": "bottom"}),
        Span(at, at + len(label), "sign", {"kind": "label"}),
        Span(3, 3 + len(callout), "sign", {"kind": "callout"}),
        Span(at - 1, at - 1, "milestone", {"unit": "notes", "corresp": "#n1"}),
        Span(0, at - 2, "p"),
        Span(len(text) - 5, len(text), "p"),
        Span(0, len(text), "div"),
        Move(at, len(text) - 5, 3),
    ]
    assert collapse(given_back(bare(text).having(spans))) == collapse(text)


def test_indenting_the_file_changes_nothing() -> None:
    text = "[one two]\n\n* * *\n\nthree"
    spans = [
        Span(0, 9, "note", {"place": "inline"}),
        Span(0, 1, "sign", {"kind": "pre"}),
        Span(1, 8, "p"),
        Span(8, 9, "sign", {"kind": "post"}),
        Span(11, 16, "milestone", {"unit": "section"}),
        *(Span(i, i + 1, "sign", {"kind": "pre"}) for i in (11, 13, 15)),
        Span(18, 23, "p"),
        Span(0, len(text), "div"),
    ]
    root = write_text(bare(text).having(spans), Profile())
    etree.indent(root, "    ")
    assert collapse("".join(t for t, _ in unwrite(parse(etree.tostring(root))))) == collapse(text)
