"""Without a register, persons are told from places and things, and their names are gathered."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from encoder.errors import MissingError
from encoder.naming.discover import discover
from encoder.naming.spacy_pipeline import persons


def found(text: str, language: str = "sv") -> dict[str, int]:
    return {"; ".join(one.names): len(one.mentions) for one in discover([text], language)}


def test_a_surname_joins_the_full_name() -> None:
    text = "Här talade Märta Kvarnström länge. Sedan gick Kvarnström. Alla hörde Kvarnströms ord."
    assert found(text) == {"Märta Kvarnström; Kvarnström": 3}


def test_forenames_that_differ_are_two_persons() -> None:
    text = "Både Karl Rehn och Greta Rehn kom."
    assert found(text) == {"Greta Rehn": 1, "Karl Rehn": 1}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Vi for till Härnösand. Huset i Härnösand är rött."),
        ("sv", "Vintern kom. Alla frös."),
        ("en", "We met in Cardigan. Monday was wet."),
        ("de", "Wir hatten das Haus und die Sorge, aber der Garten war schön."),
        ("en", "She is engaged, I'll answer for it, and I’ve seen it, and I'm glad."),
        ("fr", "Nous allons à Bordeaux. Le Sénat vote."),
        ("en", "P.S. Give my love to the harbour."),
    ],
)
def test_places_and_things_are_no_persons(language: str, text: str) -> None:
    assert found(text, language) == {}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("sv", "brev från fru Tibell", "Tibell"),
        ("de", "gestern war Herr Zinsler da", "Zinsler"),
        ("fr", "j'ai vu Mme Perrachon hier", "Perrachon"),
        ("en", "a letter from J. R. Oglethwaite", "J. R. Oglethwaite"),
        ("no", "et brev til frøken Tveiten", "Tveiten"),
        ("en", "as Charles IV said", "Charles IV"),
        ("fr", "j'ai vu Mme D'Aubray hier", "D'Aubray"),
    ],
)
def test_titles_initials_and_numerals_tell_a_person(language: str, text: str, name: str) -> None:
    assert list(found(text, language)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Ingen såg Viktor Sandgren (”Putte”). Men Putte såg dem.",
        'Ingen såg Viktor Sandgren ("Putte"). Putte såg dem. Putte sjöng.',
        "Alla skrattade åt Putte. ”Putte” var ett öknamn för Viktor Sandgren.",
    ],
)
def test_a_note_that_explains_a_name_joins_two(text: str) -> None:
    assert list(found(text)) == ["Viktor Sandgren; Putte"]


def test_a_compound_is_no_name() -> None:
    assert found("Så sade Brandelius. Den tidens Brandeliusanhängare teg.") == {"Brandelius": 1}


def test_a_pipeline_is_one_more_witness(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Nelke"}])
    nlp.to_disk(tmp_path / "rules")
    text = "Dort blühte die Nelke."
    assert found(text, "de") == {}
    said = persons(str(tmp_path / "rules"), [text])
    assert said == [(0, 16, 21)]
    assert [one.names for one in discover([text], "de", said)] == [("Nelke",)]


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingError, match="no_such_pipeline"):
        persons("no_such_pipeline", ["text"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MY DEAR NELLY,\nI saw Nelly Marsh. Nelly came with Nelly.", "Nelly Marsh; Nelly"),
        ("I did not see her. But it was NOT Nelly. I saw Nelly.", "Nelly"),
        ("Yours, OTTO MARSTON.\nI saw Mr. Marston.", "Otto Marston; Marston"),
        ("It is even so. She said: 'Even Nelly came.' I saw Nelly.", "Nelly"),
        ("We met Mr. Rehn Monday, and Mr. Rehn left.", "Rehn"),
    ],
)
def test_the_main_name_is_one_that_an_editor_would_write(text: str, name: str) -> None:
    assert list(found(text, "en")) == [name]


def test_a_forename_in_full_is_the_main_name_before_initials() -> None:
    text = "It was signed F. C. Marsh Holt. Frank Holt came. Holt sat."
    assert list(found(text, "en")) == ["Frank Holt; F. C. Marsh Holt; Holt"]


def test_a_family_is_nobody_of_it() -> None:
    text = "Mr. Rehn and the Rehns came to the Miss Rehns. Eliza Marshs saw Mr. Marsh."
    assert set(found(text, "en")) == {"Rehn", "Eliza Marshs", "Marsh"}


def test_what_people_only_travel_to_is_a_place() -> None:
    text = "He went to Rehnby, and from Rehnby to Holt. Of Holt and of Anna Holt she spoke."
    assert list(found(text, "en")) == ["Anna Holt; Holt"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "He saw Mr. May in May.", "May"),
        ("de", "Gestern kam Frl. Herzog zu uns.", "Herzog"),
        ("sv", "Han mötte häradshövding Rehn.", "Rehn"),
        ("en", "They thanked the Lord God.", ""),
    ],
)
def test_a_title_makes_a_name_of_a_month_or_another_title(
    language: str, text: str, name: str
) -> None:
    assert "; ".join(found(text, language)) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Då kom herr Kvarn och fru Kvarn. Herr Kvarn teg.", {"Kvarn": [2, 1]}),
        ("Då kom Otto Kvarn. Här satt fru Kvarn. Då teg Kvarn.", {"Otto Kvarn": [2], "Kvarn": [1]}),
        ("Då kom Anna Kvarn. Här satt fru Kvarn.", {"Anna Kvarn": [2]}),
        ("Då kom herr och fru Kvarn. Här satt herr Kvarn.", {"Kvarn": [2]}),
    ],
)
def test_a_ladys_title_makes_another_of_the_same_surname(
    text: str, expected: dict[str, list[int]]
) -> None:
    met = defaultdict[str, list[int]](list)
    for one in discover([text], "sv"):
        met[one.names[0]].append(len(one.mentions))
    assert met == expected
