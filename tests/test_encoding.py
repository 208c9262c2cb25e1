"""The encoding of a text, seen from its bytes; what an earlier reading damaged, told."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.errors import InputError
from encoder.read.encoding import detect
from encoder.read.source import decode, report

TEXTS = {
    "sv": "Det var en gång en gubbe som inte kunde sova, och han gick ut för att se på sjön, ända.",
    "no": "Det var en gang en mann som ikke kunne sove, og han gikk for å se på den røde sjøen.",
    "da": "Der var engang en mand, som ikke kunne sove, og han gik for at se søen blæse så smukt.",
    "de": "Es war einmal ein Mann, der ging für die Nächte über die große Brücke, und war schön.",
    "en": "There was once a naïve man who could not sleep, and he went to the café “Noir” for £5.",
    "fr": "Il était une fois un homme qui ne dormait pas, et il est allé où ça bruissait, à côté.",
    "nl": "Er was eens een man, hij ging naar zee in België, en het beïnvloedde één ander.",
    "it": "C'era una volta un uomo che non dormiva, perché così è la città, e più là andò.",
    "es": "Había una vez un hombre; ¿qué pasó? Mañana volverá con su corazón más español.",
    "la": "Erat olim vir qui non dormiebat, et ad lunæ lucem ibat, ut cœlum videret æternum.",
    "fi": "Oli kerran mies, joka ei nukkunut, ja hän meni metsään, koska siellä oli myös hyvä yö.",
    "pl": "Był sobie człowiek, który nie mógł spać, więc wyszedł na łąkę, żeby zobaczyć księżyc.",
    "cs": "Byl jednou jeden člověk, který nemohl spát, a šel ven, aby viděl měsíc nad řekou.",
    "ru": "Жил был человек, который не спал, и он вышел в лес, чтобы там её увидеть, и рассказать.",
    "el": "Το λιμάνι πάγωσε τον χειμώνα, και κανείς δεν ήξερε πότε θα έρθει η άνοιξη στην πόλη.",
    "tr": "Liman kışın dondu ve gemiler kıyıda kaldı; kimse şehre gitmedi, çünkü yol güçtü, uzağı.",
}
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le")
WESTERN = ("windows-1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp850", "cp437")
EASTERN = ("windows-1250", "iso-8859-2")
CYRILLIC = ("windows-1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic")
GREEK = ("windows-1253", "iso-8859-7", "cp737")
TURKISH = ("windows-1254",)
PLAUSIBLE = {"pl": EASTERN, "cs": EASTERN, "ru": CYRILLIC, "el": GREEK, "tr": TURKISH}


def written() -> list[tuple[str, str, int]]:
    """Return each text in each encoding that can hold it, once and thirty times."""
    return [
        (tag, encoding, times)
        for tag in TEXTS
        for encoding in (*WIDE, *PLAUSIBLE.get(tag, WESTERN))
        for times in (1, 30)
        if can_hold(encoding, TEXTS[tag])
    ]


def can_hold(encoding: str, text: str) -> bool:
    try:
        return bool(text.encode(encoding))
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize(("tag", "encoding", "times"), written())
def test_a_text_is_read_in_the_encoding_it_was_written_in(
    tag: str, encoding: str, times: int
) -> None:
    text = "\r\n".join([TEXTS[tag]] * times)
    assert decode(text.encode(encoding), "text.txt").text == text


def test_what_was_assumed_is_told_with_its_evidence() -> None:
    (finding,) = report(decode(("Han går på sjön.\n" * 9).encode("mac-roman"), "a.txt"))
    assert (finding.code, finding.severity) == ("encoding-assumed", "info")
    assert finding.message == "read as mac-roman: its å ö are as in Swedish (high confidence)"


def test_letters_that_fit_no_language_make_no_reading_sure() -> None:
    (finding,) = report(decode("港は冬に凍った。船は岸に残った。".encode("euc-jp") * 9, "a.txt"))
    assert "fit no language well (low confidence)" in finding.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_the_file_says_is_no_assumption(encoding: str) -> None:
    assert not list(report(decode(TEXTS["sv"].encode(encoding), "a.txt")))


def test_strays_in_utf_8_are_read_and_told() -> None:
    data = ("Å, ä och ö i UTF-8. " * 3).encode() + "och på Windows “så”".encode("cp1252")
    source = decode(data + b" \x81", "a.txt")
    assert source.text.endswith("och på Windows “så” \x81")
    (finding,) = report(source)
    assert "utf-8-mixed: 9 characters are UTF-8, 5 bytes are not" in finding.message


@pytest.mark.parametrize("once", ["windows-1252", "iso-8859-1"])
def test_letters_read_wrongly_before_are_told_and_kept(once: str) -> None:
    text = "Han åt gröt för tröttheten, såsom många.\n"
    damaged = text.encode().decode(once)
    source = decode(damaged.encode(), "a.txt")
    (finding,) = report(source)
    assert source.text == damaged
    assert (finding.code, str(finding.where)) == ("encoding-damaged", "1:5")
    assert "probably 'å'" in finding.hint


def test_lost_letters_and_ligatures_are_told() -> None:
    codes = [f.code for f in report(decode("l\ufffdst o\ufb03ce\n".encode(), "a.txt"))]
    assert codes == ["encoding-damaged", "characters-kept"]


@pytest.mark.parametrize("text", ["CAFÉ» und »Ä« und »Ö«", "«À la», dit-il «Ça»"])
def test_rare_pairs_are_no_damage(text: str) -> None:
    assert not list(report(decode(text.encode(), "a.txt")))


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_the_same_twice_or_refused(data: bytes) -> None:
    assert detect(data) == detect(data)
    with suppress(InputError):
        assert decode(data, "a.txt").text.strip()
