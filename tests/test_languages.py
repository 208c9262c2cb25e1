"""The language of a text, seen from its function words."""

from __future__ import annotations

import pytest

from encoder import lexicon
from encoder.languages import detect
from tests.short_texts import SHORT

SAMPLES = {
    "sv": "Det var en gång en gubbe som inte kunde sova, och han gick ut för att se på månen.",
    "no": "Det var en gang en mann som ikke kunne sove, og han gikk ut for å se hvor hun var nå.",
    "da": "Der var engang en mand, som ikke kunne sove, og han gik ud for at se noget af det nu.",
    "de": "Es war einmal ein Mann, der nicht schlafen konnte, und er ging in den Wald bei Nacht.",
    "en": "There was once a man who could not sleep, and he went out into the wood by night.",
    "fr": "Il était une fois un homme qui ne dormait pas, et il est sorti dans la forêt pour voir.",
    "nl": "Er was eens een man die niet kon slapen, en hij ging naar het bos om de maan te zien.",
    "it": "C'era una volta un uomo che non dormiva, e una notte è andato nel bosco con la luna.",
    "es": "Había una vez un hombre que no dormía, y una noche fue al bosque para ver la luna.",
    "ru": "Жил был человек, который не спал, и он вышел в лес, чтобы там её увидеть.",
    "la": "Erat olim vir qui non dormiebat, et in silvam ad lunam cum suis ibat ut eam videret.",
    "fi": "Oli kerran mies, joka ei nukkunut, ja hän meni metsään, koska siellä oli myös kuu.",
}


@pytest.mark.parametrize("tag", SAMPLES)
def test_a_sentence_tells_its_language(tag: str) -> None:
    assert detect(SAMPLES[tag])[0] == tag


def test_every_language_of_the_data_has_a_sample_and_its_words() -> None:
    languages = lexicon.table("languages")
    assert set(languages) == set(SAMPLES)
    for said in languages.values():
        assert len(set(said["function"].split())) >= 38
        assert said["name"]


@pytest.mark.parametrize(
    "text",
    [
        "O porto gelou no inverno, e os navios ficaram na praia. Ninguém viu a estação, e as "
        "pessoas não sabiam se a primavera chegaria. Não havia pão nem luz na povoação, e o "
        "capitão não saiu da prisão até à manhã em que os irmãos o levaram para a estação.",
        "A kikötő befagyott a télen, és a hajók a parton maradtak. Senki sem látta, és az emberek "
        "nem tudták, mikor jön a tavasz. A kapitány egy szobában ült, és a levelet írta, de nem "
        "volt, aki elvigye a városba, mert az út tele volt hóval, és a ló is elpusztult már.",
    ],
)
def test_a_neighbour_that_is_not_known_is_no_other_language(text: str) -> None:
    assert detect(f"{text} {text}") == ("", detect(f"{text} {text}")[1])


def test_the_evidence_counts_words() -> None:
    text = "The cat and the dog. " * 300
    assert detect(text) == ("en", "900 of 1,500 words are English function words")


@pytest.mark.parametrize("text", ["", "1928", "Åke", "Anna Beata Carl David and Eva", "שלום עולם"])
def test_too_little_tells_nothing(text: str) -> None:
    tag, evidence = detect(text)
    assert tag == ""
    assert evidence


def test_what_two_languages_share_tells_neither() -> None:
    tag, evidence = detect("og i det som er")
    assert tag == ""
    assert "as much" in evidence


def test_capitals_and_length_do_not_matter() -> None:
    assert detect(SAMPLES["en"].upper())[0] == "en"
    assert detect(SAMPLES["fr"] * 5000)[0] == "fr"


def test_short_texts_tell_their_language_mostly_and_seldom_another() -> None:
    found = [(tag, detect(text)[0]) for tag, texts in SHORT.items() for text in texts]
    right = sum(tag == seen for tag, seen in found)
    wrong = sum(tag != seen and seen != "" for tag, seen in found)
    assert right >= 0.85 * len(found)
    assert wrong <= 0.07 * len(found)
