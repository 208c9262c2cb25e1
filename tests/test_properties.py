"""The promises, for any text at all: nothing lost, valid, the same twice, no finder raises."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from encoder.keys import keys
from encoder.metadata import Metadata
from encoder.pipeline import encode, settled
from encoder.profile import Construct, Profile
from encoder.registers import Name, Person, Register
from encoder.resources import schema
from encoder.structure import letters, lists, notes, tables, titlepage
from encoder.validate import validate
from encoder.write.document import document
from encoder.write.verify import verify
from tests import letter, literate
from tests.editions import Finder, found, source

HOLM = '<person xml:id="holm"><persName>Anna Holm</persName></person>'
REGISTER = Register(
    (
        Person(
            "holm",
            (Name("Anna Holm", "main"), Name("Holm", "variant")),
            element=ET.fromstring(HOLM),  # noqa: S314  our own words
        ),
    )
)
# What layouts are made of, in any order.
PIECES = st.sampled_from(
    [
        "\n", "\n\n", " \n", "\xa0\n", "\f", "\n ",
        "see p. 2", "compare note 1", "\n[Page 1]", "[Page 2] x", "[Page 3]\n",
        "* * *", "1 ", "\n1 A note.\n", "word1", "*",
        "\n* Starred.\n", "[sic]", "[…]", "[", "]", "Dear Anna Holm,", "Holm", "Anna\nHolm",
        "Hol-\nm", "A long line of words.1\n\n1 A note that has no room at the foot of it and\n\f",
        "It went on.\n\nruns on below it-\n", "\n2 Two.\n", "\n____\nruns on\n", "\nNOTES\n\n",
        "\n[^1]: Noted.\n\n    More.\n", "[^1]", "PERSONS\n\nANNA, a girl\nBERG\n\n",
        "\x1f", "\ufffe", "\ufeff",
        "4 March 1911", "31 February 1900", "Anna Holm:", "”in”side", "AlmaAta", "\x08", "\r\n",
        "\u2009", "<p>&amp;", "p. 12", "see ”A Title”, in Holm, Works, vol. 3, p. 7",
        "A heading", "https://", "<http://%zz>", "[x](ftp://#)", "http://a.b/", "[y]", "[y]: http://[",
        "\n[Illustration: A boat]\n", "\n[Illustration]\n", "[Sidenote:x\ny]",
        "\n*** START OF THE BOOK ***\n", "\n*** END OF THE BOOK ***\n",
        "\n\nANNA. Words.\n\nBERG. On [aside] go [x], [y]z.\n\nANNA.\nIn\nTwo\n\nBERG: Yes.\n\n",
        "\n- one", "\n- two\n", "\n  - in it", "\n1. one", "\n2. two", "\n   a) deep\n   b) er",
        "\n| a | b |\n|---|---|\n", "\n|c||d", "a|b\n", "\n+---+\n", "\none  two  three",
        "\na\tb", "\n> quoted", "\n>\n", "\n>> | deep", "\n    Set in\n    Lines of it\n",
        "\n— Aside.", "_so_", "*so*", "**so", "=so=", "s p a c e d",
        "The end of a sentence.", "(Translation: Holm)", "Yours sincerely", "[so tr.]", "👍🏽",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=40).map(" ".join),
    st.lists(PIECES, min_size=1, max_size=40).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
).filter(lambda text: bool(text.strip("\ufeff").strip()) and "\0" not in text)


def tei(text: str, profile: Profile) -> tuple[bytes, object]:
    """Encode a text as the command line does."""
    read = source(text)
    profile = settled(profile, read)
    edition = encode(read, profile, Metadata(date="1911-03-04"), REGISTER)
    return document(edition, profile), read


# Whatever a project says of how its texts are laid out, right or wrong.
CHOICES = {
    key.name: st.sampled_from(key.choices)
    for key in keys(Profile)
    if key.choices and key.kind is str
}
PROFILES = st.builds(
    Profile,
    language=st.sampled_from(["", "en", "sv"]),
    leave=st.lists(st.sampled_from(get_args(Construct)), max_size=4, unique=True).map(tuple),
    **CHOICES,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("http://\ufffe", Profile())  # XML holds it in no address
@example("One.\n\n*\x1d*\n\nTwo.", Profile())  # U+001D is a space to Python alone
@example("A\xa0\xa0\xa0\xa0\xa0\xa0\xa0\x1cR\n\n(4 March 1911)\n\nDear friends,\n\nx", Profile())
@example(
    "A\n\nTwo [notes, one\n1911\n\nof them. Here]\n\n1. x\n\ny", Profile()
)  # over a title page
@example("PERSONS\n\nANNA, a girl\nBERG\n\nsee p. 2\nhttp://a.b/", Profile())  # over role and colon
@example("~~~\na\xadb\n~~~", Profile())  # a soft hyphen is kept as it is
@example("see\n[Illustration: A boat]\n[y]: http://x", Profile())  # begins no paragraph
@example("\n*** START OF THE BOOK ***\n \n[Page 1]", Profile())  # a body of furniture
@given(TEXTS, PROFILES)
def test_any_text_becomes_a_valid_edition_that_gives_it_back(text: str, profile: Profile) -> None:
    data, _ = tei(text, profile)
    assert verify(data, source(text), "a.xml") == []
    found = validate(data, [schema("edition.rng"), schema("edition.sch")])
    assert [str(finding) for finding in found if finding.severity == "error"] == []
    assert tei(text, profile)[0] == data


# The texts of all cases, in paragraphs and lines, to be glued in any order.
PAGES = [
    case.text for path in sorted(literate.FOLDER.glob("*.md")) for case in literate.cases(path)
]
SCRAPS = st.sampled_from(
    [f"{scrap}\n\n" for page in PAGES for scrap in page.split("\n\n")]
    + [line for page in PAGES for line in page.splitlines(keepends=True)]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(["PERSONS\n\nANNA\nBERG\n\n", "see “A Title”, in Holm, Works, vol. 3, p. 7"], Profile())
@given(st.lists(st.one_of(SCRAPS, SCRAPS, PIECES), min_size=2, max_size=25), PROFILES)
def test_cases_cut_and_shuffled_lose_nothing(scraps: list[str], profile: Profile) -> None:
    text = "".join(scraps)
    assume(text.strip("\ufeff").strip())
    data, _ = tei(text, profile)
    assert verify(data, source(text), "a.xml") == []
    found = validate(data, [schema("edition.rng"), schema("edition.sch")])
    assert [str(finding) for finding in found if finding.severity == "error"] == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30_000), st.integers(200, 3_000), st.integers(0, 30_000))
def test_a_letter_cut_and_glued_loses_nothing(start: int, size: int, other: int) -> None:
    whole = letter.source().text
    text = whole[start : start + size] + whole[other : other + size]
    data, _ = tei(text, Profile())
    assert verify(data, source(text), "a.xml") == []
    found = validate(data, [schema("edition.rng"), schema("edition.sch")])
    assert [str(finding) for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize(
    "text",
    [
        *("x", "*", "1", "[", "\f\fx", "1 x\n\nx1", "x1\n\n1 x1\n\n1 y", "[1]\n[1] x", "[?]"),
        *("[2]\n[2] x\n[2] x", "\n[Illustration: x", ".\n\nTHE END\n\n1 \n\nx", ".\nSir,\n\nx"),
        *("1\nA\nIbid.\f.1\nA\n1 Ibid.\fS\n.\n2", "[Illustration:\n**END OF**\nm]"),
    ],
)
def test_the_smallest_texts(text: str) -> None:
    assert verify(tei(text, Profile())[0], source(text), "a.xml") == []


@pytest.mark.parametrize(
    ("find", "text"),
    [
        (titlepage.find, "a" * 400_000),
        (letters.find, f"4 March 1911\n\nDear Anna,\n\nx\n\nYours,\n{'a' * 400_000}"),
        (tables.find, "|a|b|\n" * 100_000),
        (lists.find, "1. a\n" * 100_000),
        (notes.find, "1. a\n" * 100_000),
    ],
)
def test_time_is_linear_in_hostile_text(find: Finder, text: str) -> None:
    assert found(text, find).source.text == text
