"""Typography: what looks damaged is asked about, and mended only where there is a witness."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.annotate import typography
from encoder.edition import Edition
from encoder.metadata import Metadata
from encoder.model import Finding, Span
from encoder.profile import Profile
from encoder.read.layout import layout
from encoder.read.source import decode
from encoder.registers import Name, Person, Register

LANGUAGES = ["sv", "no", "da", "de", "en", "fr", "nl", "it", "es", "ru", "la"]
KNOWN = Register((Person("ek", (Name("Berg-Ekman, Karin"),)),))


def find(text: str, language: str = "", register: Register = KNOWN) -> list[Span | Finding]:
    source = decode(text.encode(), "text.txt")
    metadata = Metadata(language=language)
    return list(
        typography.find(Edition(source, layout(source, Profile()), metadata, register), Profile())
    )


def suspects(text: str, language: str = "") -> list[tuple[str, str]]:
    """Return each word asked about, with the reading that is suggested."""
    found = [f for f in find(text, language) if isinstance(f, Finding) and f.decision]
    decisions = [tomllib.loads(finding.decision)["correct"][0] for finding in found]
    return [(entry["exact"], entry["reading"]) for entry in decisions]


@pytest.mark.parametrize(
    ("text", "word", "reading"),
    [
        ("Den vänster”flygeln” föll.", "vänster”flygeln”", "vänster-”flygeln”"),
        ("En ”frihets”kamp, sa de.", "”frihets”kamp", "”frihets”-kamp"),
        ("Det (”Skogs”delen) var så.", "”Skogs”delen", "”Skogs”-delen"),
        ("Die „Frei“stadt fiel.", "„Frei“stadt", "„Frei“-stadt"),
        ("Nådde NovaZembla igen.", "NovaZembla", "Nova-Zembla"),
        ("Видел РимскийКорсаков там.", "РимскийКорсаков", "Римский-Корсаков"),
        ("Det var 1924hade sagts.", "1924hade", "1924 hade"),
        ("De vill spela7 Sedan.", "spela7", "spela 7"),
    ],
)
def test_signs_inside_a_word_are_suspect(text: str, word: str, reading: str) -> None:
    assert suspects(text) == [(word, reading)]


@pytest.mark.parametrize(
    ("language", "text", "number", "reading"),
    [
        ("sv", "bd 33, s 18788.", "18788", "187-88"),
        ("en", "see pp. 99101", "99101", "99-101"),
        ("en", "see pp. 187188", "187188", "187-188"),
        ("de", "Bd. 3, S. 12334", "12334", "123-34"),
        ("ru", "т. 3, с. 12334", "12334", "123-34"),
        ("en", "see p. 54321", "54321", "54-321"),
        ("en", "see p. 50000", "50000", "50000"),
    ],
)
def test_no_book_has_so_many_pages(language: str, text: str, number: str, reading: str) -> None:
    assert suspects(text, language) == [(number, reading)]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("En glasklar och vattentät sak. En glasklar–vattentät sak.", ""),
        ("Den rödaktig och blåaktig var rödaktigblåaktig.", "rödaktig-blåaktig"),
        ("Den rödaktig och blåaktig de rödaktigablåaktiga.", "rödaktiga-blåaktiga"),
        ("Industri och arbetare: industriarbetare, industri.", ""),
    ],
)
def test_two_adjectives_may_have_lost_their_hyphen(text: str, reading: str) -> None:
    assert [found for _, found in suspects(text)] == [reading][: bool(reading)]


@pytest.mark.parametrize(
    "text",
    [
        "McAdam, MacLeod, DiCaprio, LaSalle och iPhone.",
        "GmbH, PhD, kHz, SUKP, NATO.",
        "Die LehrerInnen der LehrerIn.",
        "Tidningen ”Gnistan”s redaktion.",
        "”Så”, sa hon, ”är det.” (”Klim”)",
        "He said “so” and left; don’t.",
        "The 21st of 1920s, H2O, T34, 4th, A4.",
        "See file1924.txt and x@hotell7.se and http://example.org/sida7",
        "Det kostade 18788 kronor, s 187 och s 1024.",
        "Alma-Ata och röd-grön.",
    ],
)
def test_what_is_written_so_is_no_suspect(text: str) -> None:
    assert find(text, "sv") == []


@pytest.mark.parametrize(
    ("text", "word", "reading", "witness"),
    [
        ("Till NovaZembla, ja Nova-Zembla.", "NovaZembla", "Nova-Zembla", "the text"),
        ("Där BergEkman stod.", "BergEkman", "Berg-Ekman", "the register"),
        ("Se BergEkmans hus.", "BergEkmans", "Berg-Ekmans", "the register"),
        (
            "Den rödaktig och blåaktig rödaktigblåaktig är rödaktig-blåaktig.",
            "rödaktigblåaktig",
            "rödaktig-blåaktig",
            "the text",
        ),
    ],
)
def test_a_witness_elsewhere_mends_a_word(text: str, word: str, reading: str, witness: str) -> None:
    span, finding = find(text)
    assert isinstance(span, Span)
    assert isinstance(finding, Finding)
    assert (text[span.start : span.end], span.tag, span.reading) == (word, "sic", reading)
    assert (span.by, span.cert) == ("tei-encoder", "medium")
    assert (finding.code, finding.severity) == ("word-corrected", "info")
    assert witness in finding.message


def test_a_suspect_is_shown_where_it_stands_with_what_would_settle_it() -> None:
    (finding,) = find('Först en rad.\nSedan når hon NovaZembla, sa "han".')
    assert isinstance(finding, Finding)
    assert (finding.code, finding.severity) == ("word-suspect", "warning")
    assert str(finding.where) == "2:15"
    assert "NovaZembla" in finding.evidence
    assert tomllib.loads(finding.decision)["correct"] == [
        {
            "exact": "NovaZembla",
            "prefix": "t en rad. Sedan når hon ",
            "suffix": ', sa "han".',
            "reading": "Nova-Zembla",
        }
    ]


PIECES = [
    "ab",
    "abC",
    "De",
    "”",
    "“",
    "(",
    ")",
    " ",
    "1",
    "77",
    "s ",
    "-",
    "\n",
    "\x08",
    "bergig",
    ",",
]


@given(
    st.one_of(st.text(min_size=1), st.lists(st.sampled_from(PIECES), min_size=1).map("".join)),
    st.sampled_from(["", *LANGUAGES]),
)
def test_any_text_is_read(text: str, language: str) -> None:
    printable = "x" + text.encode("utf-8", "ignore").decode().replace("\0", "")
    for thing in find(printable, language):
        if isinstance(thing, Span):
            assert 0 <= thing.start < thing.end <= len(printable)
        elif thing.decision:
            (entry,) = tomllib.loads(thing.decision)["correct"]
            assert list(entry) == ["exact", "prefix", "suffix", "reading"]
            assert entry["exact"]


@pytest.mark.parametrize("piece", ["a", "abCde", "ab”cd ", "a-", "1 ", "s 99999 ", "abcdefgh"])
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(find(text, "sv")) < len(text)
