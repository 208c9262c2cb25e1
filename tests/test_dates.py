"""Dates: what the words say, and nothing that they do not say (TEI P5 3.6.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.annotate import dates
from encoder.edition import Edition
from encoder.metadata import Metadata
from encoder.model import Finding, Span
from encoder.profile import Profile
from encoder.read.layout import layout
from encoder.read.source import decode
from encoder.registers import Register

LANGUAGES = ["sv", "no", "da", "de", "en", "fr", "nl", "it", "es", "ru", "la"]


def edition(text: str, language: str = "", date: str = "") -> Edition:
    source = decode(text.encode(), "text.txt")
    metadata = Metadata(language=language, date=date)
    return Edition(source, layout(source, Profile()), metadata, Register())


def found(text: str, language: str = "", date: str = "") -> list[tuple[str, dict[str, str]]]:
    """Return the dates in a text: the words of each and its attributes."""
    things = dates.find(edition(text, language, date), Profile())
    return [(text[s.start : s.end], dict(s.attrs)) for s in things if isinstance(s, Span)]


@pytest.mark.parametrize(
    ("language", "text", "words", "when"),
    [
        ("sv", "Den 21 oktober 1928 kom brevet.", "21 oktober 1928", "1928-10-21"),
        ("sv", "Den 1:a okt. 1928 kom brevet.", "1:a okt. 1928", "1928-10-01"),
        ("sv", "Det kom 21/10 1928.", "21/10 1928", "1928-10-21"),
        ("no", "Den 3. desember 1905 kom brevet.", "3. desember 1905", "1905-12-03"),
        ("da", "Den 5. marts 1849 kom brevet.", "5. marts 1849", "1849-03-05"),
        ("de", "Am 21. Oktober 1928 kam der Brief.", "21. Oktober 1928", "1928-10-21"),
        ("de", "Wien, 7. Jänner 1901", "7. Jänner 1901", "1901-01-07"),
        ("de", "Am 21.10.1928 kam der Brief.", "21.10.1928", "1928-10-21"),
        ("en", "On October 21, 1928, it came.", "October 21, 1928", "1928-10-21"),
        ("en", "On Oct. 21st, 1928 it came.", "Oct. 21st, 1928", "1928-10-21"),
        ("en", "On the 21st of October, 1928, it came.", "21st of October, 1928", "1928-10-21"),
        ("en", "It came on 4 May 1928.", "4 May 1928", "1928-05-04"),
        ("fr", "Le 1er mai 1886 elle arriva.", "1er mai 1886", "1886-05-01"),
        ("fr", "Le 14 févr. 1848 elle arriva.", "14 févr. 1848", "1848-02-14"),
        ("nl", "Op 3 maart 1672 kwam de brief.", "3 maart 1672", "1672-03-03"),
        ("it", "Il 1º maggio 1886 arrivò.", "1º maggio 1886", "1886-05-01"),
        ("es", "El 12 de octubre de 1492 llegó.", "12 de octubre de 1492", "1492-10-12"),
        ("ru", "Письмо от 21 октября 1928 г.", "21 октября 1928", "1928-10-21"),
        ("la", "Data die 5 mensis Martii anno 1550.", "5 mensis Martii anno 1550", "1550-03-05"),
        ("", "Brev, 21 oktober 1928.", "21 oktober 1928", "1928-10-21"),
        ("", "Seen 1928-10-21 again.", "1928-10-21", "1928-10-21"),
        ("sv", "Det var oktober 1928.", "oktober 1928", "1928-10"),
        ("ru", "Это было в октябре 1928 года.", "октябре 1928", "1928-10"),
        ("sv", "DEN 21 OKTOBER 1928", "21 OKTOBER 1928", "1928-10-21"),
        ("sv", "Upsala den 6 Febr. 1843.", "6 Febr. 1843", "1843-02-06"),
        ("da", "Den 2den Octbr. 1814 kom brevet.", "2den Octbr. 1814", "1814-10-02"),
        ("no", "Den 3die Januar 1891 kom brevet.", "3die Januar 1891", "1891-01-03"),
        ("de", "Iselsberg, 18. VIII. 1893.", "18. VIII. 1893", "1893-08-18"),
        ("fr", "Le 3 8bre 1790 elle arriva.", "3 8bre 1790", "1790-10-03"),
        ("en", "It was May 2nd.", "May 2nd", "--05-02"),
    ],
)
def test_a_date_in_words(language: str, text: str, words: str, when: str) -> None:
    assert found(text, language) == [(words, {"when": when})]


@pytest.mark.parametrize(
    ("language", "text", "words", "first", "last"),
    [
        ("sv", "Mötet 3–5 maj 1928 hölls.", "3–5 maj 1928", "1928-05-03", "1928-05-05"),
        ("de", "Tagung 3.–5. Mai 1928.", "3.–5. Mai 1928", "1928-05-03", "1928-05-05"),
        ("en", "May 3-5, 1928, in Rome.", "May 3-5, 1928", "1928-05-03", "1928-05-05"),
        ("en", "From May–June 1928 on.", "May–June 1928", "1928-05", "1928-06"),
        ("sv", "Han levde (1883–1924) länge.", "1883–1924", "1883", "1924"),
        ("en", "The war (1914–18) ended.", "1914–18", "1914", "1918"),
        ("en", "The decade, in 1920–1929.", "1920–1929", "1920", "1929"),
    ],
)
def test_a_stretch_runs_from_and_to(
    language: str, text: str, words: str, first: str, last: str
) -> None:
    assert found(text, language) == [(words, {"from": first, "to": last})]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "1920-talet"),
        ("no", "1920-årene"),
        ("da", "1920'erne"),
        ("de", "1920er Jahren"),
        ("en", "1920s"),
        ("ru", "1920-е годы"),
    ],
)
def test_a_date_in_a_decade_lies_somewhere_in_it(language: str, words: str) -> None:
    decade = {"notBefore": "1920", "notAfter": "1929"}
    assert found(f"x {words} x", language) == [(words, decade)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "1924 hade han rest."),
        ("sv", "Någon sa oss 1924 att det var så."),
        ("sv", "Hösten 1924 regnade det."),
        ("en", "They left in 1924 and stayed."),
        ("en", "A book (1924) on birds."),
        ("de", "Er war 1924 in Berlin."),
        ("fr", "Elle arriva en 1924 avec lui."),
        ("nl", "Zij stierf in 1924 te Delft."),
        ("it", "Nel 1924 partì."),
        ("es", "En 1924 se fue."),
        ("ru", "Это было в 1924 году."),
        ("da", "Han døde 1924 i Ribe."),
        ("no", "Han døde 1924 i Bergen."),
        ("la", "Scripsit anno 1924 Romae."),
    ],
)
def test_four_digits_are_a_year_where_the_words_say_so(language: str, text: str) -> None:
    assert found(text, language) == [("1924", {"when": "1924"})]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Det kostade 1924 kronor."),
        ("sv", "Se s. 1924."),
        ("sv", "Det var 1500 arbetare."),
        ("sv", "Han gav från 1500 arbetare till 2000 soldater."),
        ("sv", "Det var i början 9999."),
        ("en", "See pp. 1024–1928."),
        ("en", "They met in 1200 BC there."),
        ("en", "Call 08-1924, or A-1924."),
        ("en", "It cost $1924."),
        ("en", "It weighs 1,924, or 1924.5 in all."),
        ("en", "Room 1924."),
        ("en", "3/5/1928 may be March or May."),
        ("en", "In May she came, may be in March."),
        ("en", "They march 1500 miles."),
        ("sv", "Typ 45.67.1928 finns."),
    ],
)
def test_other_numbers_and_words_are_no_dates(language: str, text: str) -> None:
    assert found(text, language, "1928-04-02") == []


@pytest.mark.parametrize("text", ["Den 31 februari 1928.", "Den 45 maj 1928.", "Den 29.2.1927."])
def test_a_day_that_the_calendar_lacks_is_a_finding(text: str) -> None:
    things = list(dates.find(edition(text, "sv"), Profile()))
    assert [(t.code, t.severity) for t in things if isinstance(t, Finding)] == [
        ("date-impossible", "warning")
    ]
    assert not [t for t in things if isinstance(t, Span)]


def test_a_leap_day_is_checked_against_its_year() -> None:
    assert found("Den 29 februari 1928.", "sv") == [("29 februari 1928", {"when": "1928-02-29"})]
    assert found("Den 29 februari.", "sv") == [("29 februari", {"when": "--02-29"})]


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("juli", "1928-07-01", "1928-07-31"),
        ("november", "1928-11-01", "1928-11-30"),
        ("mars", "1929-03-01", "1929-03-31"),
    ],
)
def test_a_month_alone_is_that_nearest_to_the_text(month: str, first: str, last: str) -> None:
    inferred = {"notBefore": first, "notAfter": last, "evidence": "internal"}
    assert found(f"Han kom i {month}.", "sv", "1928-10-21") == [(month, inferred)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Han kom i juli.", ""),  # nothing is known of the text
        ("Han kom i juli.", "1928"),  # too little is
        ("Han kom i april.", "1928-10-21"),  # half a year away: which one?
        ("Året 1917 var långt; i juli kom han.", "1928-10-21"),  # then it may be July 1917
        ("Han talade om Oktober.", "1928-10-21"),  # a name
        ("Han tyckte om juli.", "1928-10-21"),
    ],
)
def test_a_month_is_not_guessed_where_the_year_is_open(text: str, date: str) -> None:
    assert [date for date in found(text, "sv", date) if date[0] != "1917"] == []


def test_a_day_counted_back_from_the_kalends_is_in_no_month() -> None:
    assert found("Datum III Kal. Martii 1550.", "la") == [("1550", {"when": "1550"})]


def test_a_day_without_its_year_says_so_or_takes_the_texts() -> None:
    assert found("Den 3 maj kom han.", "sv") == [("3 maj", {"when": "--05-03"})]
    inferred = {"when": "1928-05-03", "evidence": "internal"}
    assert found("Den 3 maj kom han.", "sv", "1928-06-01") == [("3 maj", inferred)]


def test_how_sure_a_date_is() -> None:
    text = "Den 3 maj 1928 kom han. Han kom i maj. Sedan Paris, 1924."
    spans = list(dates.find(edition(text, "sv", "1928-06-01"), Profile()))
    assert [s.cert for s in spans if isinstance(s, Span)] == ["high", "medium", "medium"]
    assert {s.by for s in spans if isinstance(s, Span)} == {"tei-encoder"}


def test_the_profile_names_the_language_before_the_metadata_does() -> None:
    things = dates.find(edition("It was mai 1928.", "en"), Profile(language="fr"))
    assert [dict(s.attrs) for s in things if isinstance(s, Span)] == [{"when": "1928-05"}]


PIECES = ["1924", "3", "–", "-", " ", "/", ".", "maj", "May", "oktober", "(", ")", "\n", "i ", "31"]


@given(
    st.one_of(st.text(min_size=1), st.lists(st.sampled_from(PIECES), min_size=1).map("".join)),
    st.sampled_from(["", *LANGUAGES]),
    st.sampled_from(["", "1928-10-21", "1924"]),
)
def test_any_text_is_read(text: str, language: str, date: str) -> None:
    printable = "x" + text.encode("utf-8", "ignore").decode().replace("\0", "")
    done = 0
    for thing in dates.find(edition(printable, language, date), Profile()):
        if isinstance(thing, Span):
            assert done <= thing.start < thing.end <= len(printable)
            done = thing.end
            kinds = {frozenset(thing.attrs) - {"evidence"}}
            assert kinds <= {
                frozenset({"when"}),
                frozenset({"from", "to"}),
                frozenset({"notBefore", "notAfter"}),
            }


@pytest.mark.parametrize("piece", ["1", "1 ", "1924-", "1. ", "May ", "3–", "1\n"])
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(found("x " + text, "en", "1928-10-21")) < len(text)
