"""Citations: a work is named where it can be found, not where a phrase is quoted (TEI P5 3.12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.annotate import citations
from encoder.edition import Edition
from encoder.metadata import Metadata
from encoder.model import Span
from encoder.profile import Profile
from encoder.read.layout import layout
from encoder.read.source import decode
from encoder.registers import Register

LANGUAGES = ["sv", "no", "da", "de", "en", "fr", "nl", "it", "es", "ru", "la"]


def edition(text: str, language: str = "", *, note: bool = False) -> Edition:
    """Return a text without structure, or one that is all one note at the page foot."""
    source = decode(text.encode(), "text.txt")
    plain = Edition(source, layout(source, Profile()), Metadata(language=language), Register())
    whole = Span(0, len(text), "note", {"place": "bottom"})
    return plain.having([whole]) if note else plain


def found(text: str, language: str = "", *, note: bool = False) -> list[str]:
    """Return what is cited, each span as its tag, its one attribute and its words."""
    spans = citations.find(edition(text, language, note=note), Profile())
    return [
        " ".join([span.tag, *span.attrs.values()]) + f": {text[span.start : span.end]}"
        for span in spans
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Se ”Om träd”, i Ek, Samlade verk, bd 3, s 12."),
        ("no", "Se «Om trær», i Ek, Samlede verker, bd. 3, s. 12."),
        ("da", "Se »Om træer«, i Ek, Samlede værker, bd. 3, s. 12."),
        ("de", "Siehe „Über Bäume“, in Ek, Gesammelte Werke, Bd. 3, S. 12."),
        ("en", "See “On trees,” in Ek, Collected Works, vol. 3, p. 12."),
        ("fr", "Voir « Les arbres », dans Ek, Œuvres choisies, t. 3, p. 12."),
        ("nl", "Zie ”Over bomen”, in Ek, Verzamelde werken, dl. 3, blz. 12."),
        ("it", "Vedi «Gli alberi», in Ek, Opere scelte, vol. 3, p. 12."),
        ("es", "Véase «Los árboles», en Ek, Obras escogidas, t. 3, pág. 12."),
        ("ru", "См. «О деревьях», в Эк, Собрание сочинений, т. 3, с. 12."),
        ("la", "Vide «De arboribus», in Ek, Opera omnia, tom. 3, pag. 12."),
        ("", "See “On trees”, in Ek, Collected Works, vol. 3, p. 12."),
    ],
)
def test_a_part_of_a_book_is_cited(language: str, text: str) -> None:
    bibl, article, author, book, volume, page = found(text, language)
    assert bibl.startswith("bibl: ")
    assert bibl.endswith(page.removeprefix("biblScope page: "))
    assert bibl[6] in "”“„«»", "the marks stay inside the reference"
    assert article.startswith("title a: ")
    assert article[9:].strip(" ,”“„«»") == article[9:], "and outside the title"
    assert author in ("author: Ek", "author: Эк")
    assert book.startswith("title m: ")
    assert volume.startswith("biblScope volume: ")
    assert volume.endswith("3")
    assert page.startswith("biblScope page: ")
    assert page.endswith("12")


def test_the_whole_of_a_note() -> None:
    note = "8 Se ”Om träd och skog”, i Ek, Samlade verk, bd 33, s \n187-88."
    assert found(note, "sv", note=True) == [
        "bibl: ”Om träd och skog”, i Ek, Samlade verk, bd 33, s \n187-88",
        "title a: Om träd och skog",
        "author: Ek",
        "title m: Samlade verk",
        "biblScope volume: bd 33",
        "biblScope page: s \n187-88",
    ]


def test_a_book_needs_no_volume_in_a_note_that_cites_it() -> None:
    text = "”Om träd”, i Karin Ek on Trees."
    cited = [
        "bibl: ”Om träd”, i Karin Ek on Trees",
        "title a: Om träd",
        "title m: Karin Ek on Trees",
    ]
    assert found(text, "sv", note=True) == cited
    assert found(text, "sv") == [], "in running text it may be a place"
    assert found("Se " + text, "sv") == cited


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "as V. K. Ek, On Trees, vol. 2, p. 40–41, says",
            [
                "bibl: V. K. Ek, On Trees, vol. 2, p. 40–41",
                "author: V. K. Ek",
                "title m: On Trees",
                "biblScope volume: vol. 2",
                "biblScope page: p. 40–41",
            ],
        ),
        (
            "de",
            "(vgl. Ek, Bäume, S. 9)",
            ["bibl: Ek, Bäume, S. 9", "author: Ek", "title m: Bäume", "biblScope page: S. 9"],
        ),
        (
            "sv",
            "Se Träden, bd 2.",
            ["bibl: Träden, bd 2", "title m: Träden", "biblScope volume: bd 2"],
        ),
        (
            "en",
            "Ek wrote in The Trees, vol. 1.",
            ["bibl: The Trees, vol. 1", "title m: The Trees", "biblScope volume: vol. 1"],
        ),
        (
            "en",
            "See “On trees”, in The Gardener, no. 12, p. 3.",
            [
                "bibl: “On trees”, in The Gardener, no. 12, p. 3",
                "title a: On trees",
                "title j: The Gardener",
                "biblScope issue: no. 12",
                "biblScope page: p. 3",
            ],
        ),
        (
            "fr",
            "cf. Jean de la Forêt, Les Arbres, t. II, p. 5",
            [
                "bibl: Jean de la Forêt, Les Arbres, t. II, p. 5",
                "author: Jean de la Forêt",
                "title m: Les Arbres",
                "biblScope volume: t. II",
                "biblScope page: p. 5",
            ],
        ),
    ],
)
def test_a_title_is_known_by_its_volume_or_page(
    language: str, text: str, expected: list[str]
) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "Hans artikel, ”Råd från en gärdsmyg”, lästes.", "title a: Råd från en gärdsmyg"),
        ("no", "Artikkelen «Om trær» ble lest.", "title a: Om trær"),
        ("da", "Bogen »Træer« blev læst.", "title m: Træer"),
        ("de", "Der Aufsatz „Über Bäume“ erschien.", "title a: Über Bäume"),
        ("en", "Her novel “The Oak” sold well.", "title m: The Oak"),
        ("en", 'Her article "The Oak" was read.', "title a: The Oak"),
        ("fr", "L’article « Les arbres » parut.", "title a: Les arbres"),
        ("nl", "Het tijdschrift “De Boom” verscheen.", "title j: De Boom"),
        ("it", "Il libro «Gli alberi» uscì.", "title m: Gli alberi"),
        ("es", "La revista «El Árbol» salió.", "title j: El Árbol"),
        ("ru", "В статье «О деревьях» сказано.", "title a: О деревьях"),
    ],
)
def test_the_word_before_a_title_says_what_it_is(language: str, text: str, expected: str) -> None:
    assert found(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Han sa: ”Träden växer.”"),
        ("sv", "Som ”ledare” var han svag."),
        ("sv", "Artikeln säger: ”Träden växer”."),
        ("sv", "Hans artikel ”växte” länge."),
        ("sv", "”Frihet”, i New York sagt."),
        ("en", "The article “Trees grow.” He left."),
        ("en", "On Monday, p. 12 was torn."),
        ("en", "They said so, vol. or no vol."),
        ("en", "He came, he saw, part 3 began."),
    ],
)
def test_a_quotation_is_no_title(language: str, text: str) -> None:
    assert found(text, language) == []


PIECES = [
    "”",
    "“",
    "«",
    "»",
    '"',
    "Ab",
    "c",
    ", ",
    "i ",
    "in ",
    "vol. 3",
    "s 12",
    "see ",
    "\n",
    "(",
]


@given(
    st.one_of(st.text(min_size=1), st.lists(st.sampled_from(PIECES), min_size=1).map("".join)),
    st.sampled_from(["", *LANGUAGES]),
    st.booleans(),
)
def test_any_text_is_read(text: str, language: str, note: bool) -> None:
    printable = "x" + text.encode("utf-8", "ignore").decode().replace("\0", "")
    whole = Span(0, 0, "")
    for span in citations.find(edition(printable, language, note=note), Profile()):
        assert 0 <= span.start < span.end <= len(printable)
        if span.start >= whole.end:
            whole = span
        assert span.end <= whole.end, "parts lie in their reference, and references apart"


@pytest.mark.parametrize("piece", ['"a', "«a“b", "A, ", ", vol. 3", "”Ab”, in A, B, p. 3 "])
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(found(text, "en")) < len(text)
