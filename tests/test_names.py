"""Names are found under every form they bear, and only there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.annotate import names
from encoder.decisions import apply, read_decisions
from encoder.edition import Edition
from encoder.lexicon import table
from encoder.model import Finding, Move, Span
from encoder.naming.context import Voice, context
from encoder.naming.deciding import judge
from encoder.naming.forms import forms
from encoder.naming.index import Index
from encoder.naming.titles import SEXES, titles
from encoder.profile import Profile
from encoder.registers import Name, Person, Register
from tests.editions import bare

QUEEN = (("surname", "Queen Sophia"), ("forename", "Princess"))
STRUCTURED = (("forename", "Anna Maria"), ("surname", "Ek"))


def person(ident: str, *given: str | Name) -> Person:
    return Person(ident, tuple(n if isinstance(n, Name) else Name(n) for n in given))


EK = person("ek", Name("Anna Maria Ek", parts=STRUCTURED), Name("lillan", "role"))
OAK = person("oak", "Bo Ok-Stam", Name("Bosse Bus", "nickname"))
KING = person("king", "Karl I")
HEIR = person("heir", "Karl III")
PEOPLE = (EK, OAK, KING, HEIR)


def inverted(text: str) -> Name:
    surname, _, forenames = text.partition(", ")
    return Name(text, parts=(("surname", surname), ("forename", forenames)))


def edition(text: str, persons: Iterable[Person] = PEOPLE) -> Edition:
    return bare(text, register=Register(tuple(persons)))


def marked(text: str, persons: Iterable[Person] = PEOPLE, language: str = "sv") -> list[str]:
    """Return `words=id` for each mention."""
    found = names.find(edition(text, persons), Profile(language=language))
    return [
        f"{text[s.start : s.end]}={s.attrs['ref'].removeprefix('#')}"
        for s in found
        if isinstance(s, Span) and s.tag in ("persName", "rs")
    ]


@pytest.mark.parametrize(
    "form",
    ["Anna Maria Ek", "Anna Ek", "A Ek", "A. Ek", "A M Ek", "A.M. Ek", "AM Ek", "Ek, Anna Maria"],
)
def test_forms_made_of_a_name_are_found(form: str) -> None:
    assert marked(f"sade {form} igår") == [f"{form}=ek"]


def test_initials_given_as_a_name_are_found_with_and_without_points() -> None:
    persons = [person("ek", "Anna Ek", Name("A E", "variant"))]
    text = "A E, A. E. och A.E. och AE, inte a e, Ae eller A"
    assert marked(text, persons) == ["A E=ek", "A. E.=ek", "A.E.=ek", "AE=ek"]


def test_a_full_stop_is_no_part_of_initials_without_points() -> None:
    persons = [person("ek", "Anna Ek", Name("A E", "variant"))]
    assert marked("Det var A E. Sedan", persons) == ["A E=ek"]


def test_a_name_is_found_across_a_line_end() -> None:
    assert marked("brev av A\nEks hand och Bo \n Ok-Stam") == ["A\nEks=ek", "Bo \n Ok-Stam=oak"]


def test_a_name_is_found_across_a_block_of_notes() -> None:
    text = "sade Anna [note: om Karl III] Ek då"
    note = Span(10, 29, "note", {"place": "bottom"})
    whole = edition(text).having([note, Move(10, 29, 4)])
    found = [s for s in names.find(whole, Profile(language="sv")) if isinstance(s, Span)]
    assert {s.attrs["ref"]: (s.start, s.end) for s in found} == {
        "#ek": (5, 32),
        "#heir": (text.index("Karl"), text.index("]")),
    }


def test_no_name_goes_from_one_paragraph_into_the_next() -> None:
    text = "Maria\n\nEk"
    parted = edition(text).having([Span(0, 5, "p"), Span(7, 9, "p")])
    found = [s for s in names.find(parted, Profile()) if isinstance(s, Span)]
    assert [(s.start, s.end) for s in found] == [(7, 9)]


@pytest.mark.parametrize("spelt", ["Ok-Stam", "OkStam", "Ok Stam", "Ok‐Stam", "Ok\xadStam"])
def test_a_hyphen_may_be_kept_or_lost(spelt: str) -> None:
    assert marked(f"om {spelt}s brev") == [f"{spelt}s=oak"]


def test_accents_may_be_composed_or_not() -> None:
    persons = [person("a", "Åsa Lönn")]
    decomposed = normalize("NFD", "Åsa Lönn")
    assert marked(f"med {decomposed}.", persons) == [f"{decomposed}=a"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "Eks bok", "Eks=ek"),
        ("sv-SE", "Ek:s bok", "Ek:s=ek"),
        ("en", "Ek's book", "Ek's=ek"),
        ("en", "Ek’s book", "Ek’s=ek"),
        ("fr", "livre d’Ek", "Ek=ek"),
        ("tlh", "Ek’s", "Ek’s=ek"),
    ],
)
def test_a_genitive_is_inside_the_name(language: str, text: str, expected: str) -> None:
    assert marked(text, language=language) == [expected]


def test_an_apostrophe_makes_a_genitive_only_after_a_silent_letter() -> None:
    persons = [person("ros", "Ros"), person("ek", "Ek")]
    assert marked("Ros’ bok, Ek’ bok, ’Ros’ sade", persons) == ["Ros’=ros", "Ek=ek", "Ros=ros"]


@pytest.mark.parametrize(
    "text",
    ["Ekperioden", "Ek-perioden", "Ek- och Stamtiden", "antiEk", "ekar", "ek", "Eksist", "O’Ek"],
)
def test_compounds_and_common_words_are_no_names(text: str) -> None:
    assert marked(text) == []


def test_the_longest_form_wins() -> None:
    assert marked("Karl III och Karl I, inte Karl II") == ["Karl III=heir", "Karl I=king"]


def test_a_nickname_and_a_role_say_what_they_are() -> None:
    text = "Bosse Bus och Lillan, den lillan"
    found = names.find(edition(text), Profile(language="sv"))
    assert [(s.tag, s.attrs) for s in found if isinstance(s, Span)] == [
        ("persName", {"type": "nickname", "ref": "#oak"}),
        ("rs", {"type": "person", "ref": "#ek"}),
        ("rs", {"type": "person", "ref": "#ek"}),
    ]


def test_no_form_is_made_of_a_nickname_or_a_role() -> None:
    assert marked("Bus och Bosse") == []


@pytest.mark.parametrize(
    ("name", "no_surname"),
    [("Karl den store", "store"), ("Peter the Great", "Great"), ("L D", "D"), ("Karl X", "X")],
)
def test_an_epithet_is_no_surname(name: str, no_surname: str) -> None:
    assert marked(f"den {no_surname} dagen", [person("a", name)]) == []


def test_a_particle_may_be_left_out() -> None:
    persons = [person("linne", "Carl von Linné")]
    assert marked("Linné och von Linné och C v Linné", persons) == [
        "Linné=linne",
        "von Linné=linne",
        "C v Linné=linne",
    ]


def test_one_of_two_bearers_is_named_with_doubt() -> None:
    twins = [person("a", "Åke Lund"), person("b", "Bror Lund")]
    span, other, finding = names.find(edition("Så sade Lund.", twins), Profile())
    assert isinstance(span, Span)
    assert (span.attrs["ref"], span.cert, span.by) == ("#a", "low", "tei-encoder")
    assert isinstance(other, Span)
    assert (other.start, other.end, other.tag) == (8, 8, "certainty")
    assert other.attrs == {"locus": "value", "match": "../@ref", "assertedValue": "#b"}
    assert isinstance(finding, Finding)
    assert finding.code == "name-ambiguous"
    assert str(finding.where) == "1:9"


def test_a_doubt_comes_with_the_decision_that_settles_it(tmp_path: Path) -> None:
    twins = [person("a", "Åke Lund"), person("b", "Bror Lund")]
    text = 'En dag kom herr "Lund", en annan gick Lund sin väg.'
    found = edition(text, twins)
    found = found.having(names.find(found, Profile()))
    file = tmp_path / "decisions.toml"
    file.write_text("\n".join(finding.decision for finding in found.findings), "utf-8")
    after = apply(found, read_decisions(file))
    assert (len(found.findings), after.findings) == (2, ())
    assert [s.by for s in after.spans] == ["enc", "enc"]


def test_a_full_name_in_the_text_decides_between_two_bearers() -> None:
    twins = [person("a", "Åke Lund"), person("b", "Bror Lund")]
    found = list(names.find(edition("Lund, det vill säga Bror Lund.", twins), Profile()))
    assert [(s.attrs["ref"], s.cert) for s in found if isinstance(s, Span)] == [
        ("#b", "medium"),
        ("#b", "high"),
    ]
    assert not [f for f in found if isinstance(f, Finding)]


def test_what_the_register_gives_outdoes_what_is_made_of_it() -> None:
    persons = [person("a", "Åke Lund"), person("b", "Bror Lund", Name("Lund", "variant"))]
    assert marked("Lund", persons) == ["Lund=b"]


def test_nothing_is_marked_twice_or_in_a_distributors_words() -> None:
    text = "Anna Ek, Ek, Ek"
    spans = [Span(0, 7, "persName", {"ref": "#ek"}), Span(9, 11, "div", {"type": "licence"})]
    found = list(names.find(edition(text).having(spans), Profile()))
    assert [(s.start, s.end) for s in found if isinstance(s, Span)] == [(13, 15)]


WORDS = st.lists(
    st.sampled_from(
        ["Anna", "Maria", "Ek", "Eks", "Bo", "Ok-Stam", "Karl", "I", "III", "a", ".", ",", "’", "-"]
    )
)


@given(WORDS)
def test_mentions_are_whole_words_in_order_and_apart(row: list[str]) -> None:
    text = " ".join(row)
    here = 0
    for match in Index(PEOPLE, "sv").find(text):
        assert here <= match.start < match.end <= len(text)
        assert not text[match.start - 1 : match.start + 1].isalnum() or match.start == 0
        assert not text[match.end - 1 : match.end + 1].isalnum() or match.end == len(text)
        here = match.end


# What names of registers are made of, in any order.
SAID = st.sampled_from(
    "Anna|Karl-Otto|Ek|Ok-Stam|d’Ek|von|Balabanova|O'Neil|A.|B.|S.T.|III|Dr.|den gamle|Åsa|Łuk|"
    "(född Lind)|(Pseudonym: Vinter)|X|??|Иванова".split("|")
)
KINDS = st.sampled_from(["", "main", "nickname", "role"])


def said(row: list[str], kind: str) -> Name:
    return inverted(f"{row[0]}, {' '.join(row[1:])}") if not kind else Name(" ".join(row), kind)


@given(st.lists(st.tuples(st.lists(SAID, min_size=2, max_size=4), KINDS), min_size=1, max_size=4))
def test_an_entry_is_looked_up_wherever_a_text_has_a_form_of_it(
    told: list[tuple[list[str], str]],
) -> None:
    people = [Person(f"p{n}", (said(*name),), sex="f") for n, name in enumerate(told)]
    text = "\n".join(form.text for entry in people for form in forms(entry))
    known = Index(people, "sv")
    found = list(known.find(text))
    for line in {text[match.start : match.end] for match in found}:
        assert list(Index(people, "sv").find(line)) == list(known.find(line))


def test_of_several_the_first_of_the_register_stays_first_whatever_was_read_before() -> None:
    people = [person("a", "Anna Ek"), person("b", "Bo Ek-Ask"), person("c", "Cid Ek")]
    index = Index(people)
    assert list(index.find("Cid")) != list(index.find("Anna"))
    fresh = Index(people)
    assert list(index.find("Ek")) == list(fresh.find("Ek"))
    assert next(form.person.id for form in next(fresh.find("Ek")).forms) == "a"


@given(st.text(max_size=40), st.sampled_from(["Anna Ek", "Karl III", "Bo Ok-Stam", "lillan"]))
def test_a_given_form_standing_alone_is_always_found(noise: str, form: str) -> None:
    text = f"{noise}\n{form}\n{noise}"
    at = len(noise) + 1
    assert (at, at + len(form)) in [(m.start, m.end) for m in Index(PEOPLE).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jag såg fru Lund.", ["fru Lund=a"]),
        ("Jag såg Bror Lund. Hos Lund var fru Lund.", ["Bror Lund=b", "Lund=b", "fru Lund=a"]),
        ("Jag bor i Lund.", []),
        ("Jag såg Karin Lund.", []),
        ("Jag såg Br. Lund.", ["Br. Lund=b"]),
    ],
)
def test_what_stands_around_a_name_decides(text: str, expected: list[str]) -> None:
    asa = Person("a", (Name("Åsa Lund"),), sex="f")
    assert marked(text, [asa, person("b", "Bror Lund"), person("k", "Karin Ask")]) == expected


def test_the_unborn_are_not_meant() -> None:
    old, young = (
        Person(i, (Name(n),), birth=b)
        for i, n, b in (("o", "Karl Rehn", "1850"), ("y", "Nils Rehn", "1930"))
    )
    whole = edition("Stockholm 3 maj 1900. Jag såg Rehn.", [old, young])
    whole = whole.having([Span(0, 20, "dateline"), Span(10, 20, "date", {"when": "1900-05-03"})])
    (span,) = (s for s in names.find(whole, Profile(language="sv")) if isinstance(s, Span))
    assert (span.attrs["ref"], span.cert) == ("#o", "high")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "à Monsieur le Président N. Ek ici", "Monsieur le Président N. Ek"),
        ("de", "an Herrn Dr. Ek aus", "Herrn Dr. Ek"),
        ("de", "mein Freund Ek kam", "Ek"),
        ("sv", "om fru Ek och", "fru Ek"),
        ("sv", "om general Ek och", "Ek"),
        ("en", "dear Miss Ek said", "Miss Ek"),
        ("en", "Dr. Bo Ek said", "Ek"),
    ],
)
def test_a_title_is_part_of_the_name_it_stands_before(
    language: str, text: str, expected: str
) -> None:
    people = [Person("ek", (Name("Ek"), Name("Nanne Ek"))), person("bo", "Berit Asp")]
    assert marked(text, people, language) == [f"{expected}=ek"]


AUSTEN = Person("jane", (Name("Jane Austen"),), sex="f")
FELIX = Person("felix", (Name("Felix Wassermann"),), sex="m")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I met Miss Austen; Miss A. said no.", ["Miss Austen=jane", "Miss A.=jane"]),
        ("I met Jane Austen. J. A. said no.", ["Jane Austen=jane", "J. A.=jane"]),
        ("I met Miss A. and J. A. there.", []),
        ("The Wasserm. reading, by Austen. Yes.", ["Wasserm=felix", "Austen=jane"]),
        ("The Wassermen. Then", []),
    ],
)
def test_a_name_may_be_cut_short(text: str, expected: list[str]) -> None:
    assert marked(text, [AUSTEN, FELIX], "en") == expected


@pytest.mark.parametrize("closed", ["Wasserm.", "Miss A.", "Miss", "Felix Wassermann"])
def test_where_no_name_is_sought_none_is_found_cut_short_or_titled(closed: str) -> None:
    text = "The Wasserm. reading by Jane Austen. Then Miss A. and Felix Wassermann came."
    at = text.index(closed)
    whole = edition(text, [AUSTEN, FELIX]).having([Span(at, at + len(closed), "placeName")])
    spans = [s for s in names.find(whole, Profile(language="en")) if isinstance(s, Span)]
    assert "Jane Austen" in {text[s.start : s.end] for s in spans}
    assert all(span.end <= at or at + len(closed) <= span.start for span in spans)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("George III", "George the Third"),
        ("Carl von Linné", "v. Linné"),
        ("Mikhail Golovin", "Golovine"),
        ("Modest Mussorgsky", "Moussorgsky"),
        ("Nikolai Rimsky-Korsakov", "Rimsky-Korsakhoff"),
        ("Karl Otto Ek", "Karl Otto"),
        ("Louis XVI", "Louis"),
    ],
)
def test_forms_are_made_by_rule(name: str, form: str) -> None:
    assert marked(f"and {form} said", [person("a", name)], "en") == [f"{form}=a"]


def test_two_forenames_before_another_surname_are_another() -> None:
    assert marked("and Karl Otto Asp said", [person("a", "Karl Otto Ek")], "en") == []


def test_a_forename_alone_is_one_of_a_family_the_text_names() -> None:
    persons = [person("a", "Arthur Ek"), person("o", "Olga Ek"), person("p", "Olga Rehn")]
    assert marked("Arthur Ek came, and Olga too.", persons, "en") == ["Arthur Ek=a", "Olga=o"]


def test_a_surname_without_title_is_not_the_lady_whom_the_text_gives_one() -> None:
    oda = Person("oda", (Name("Oda Krohg"),), sex="f")
    chris = Person("chris", (Name("Christian Krohg"),), sex="m")
    found = marked("Fru Oda Krohg kom. Krohg själv kom.", [oda, chris])
    assert found == ["Fru Oda Krohg=oda", "Krohg=chris"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "and Willie Lund said", "Willie Lund=w"),
        ("en", "and E. Lund said", "E. Lund=e"),
        ("en", "and Lund said", "Lund=w"),
        ("en", "and Mrs. Lund said", "Mrs. Lund=p"),
        ("en", "in Lund Street then", ""),
        ("fr", "dans la rue Lund alors", ""),
    ],
)
def test_forenames_and_streets_decide(language: str, text: str, expected: str) -> None:
    lunds = [person("p", "Paula Lund"), person("w", "William Lund"), person("e", "Éamonn Lund")]
    lunds = lunds if "E." in text else lunds[:2]
    assert marked(text, lunds, language) == list(filter(None, [expected]))


BO = Person("bo", (Name("Bo Rehn", parts=(("forename", "Bo"), ("surname", "Rehn"))),), sex="m")
IDA = Person(
    "ida",
    (
        Name("Ida Ask", parts=(("forename", "Ida"), ("surname", "Ask"))),
        Name("Fjäll", "maiden", parts=(("surname", "Fjäll"),)),
        Name("Lotta", "rufname", parts=(("forename", "Lotta"),)),
        Name("Anna", "variant"),
    ),
    sex="f",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hos Ida Fjäll och hos Fjäll", ["Ida Fjäll=ida", "Fjäll=ida"]),
        ("hos Lotta Ask och hos Lotta", ["Lotta Ask=ida", "Lotta=ida"]),
        ("hos Anna Ask och hos Anna", ["Anna Ask=ida", "Anna=ida"]),
        ("hos Anna och hos Anna Berg", ["Anna=ida"]),
    ],
)
def test_a_part_of_a_name_goes_with_the_other_parts(text: str, expected: list[str]) -> None:
    assert marked(text, [IDA, BO]) == expected


def test_a_forename_that_a_register_gives_is_not_surely_its_bearer() -> None:
    other = person("o", "Anna Rehn")
    assert marked("hos Anna", [IDA, other]) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "with Mrs. Salmond there", "Mrs. Salmond=f"),
        ("en", "with Ebba Ek-Salmond there", "Ebba Ek-Salmond=f"),
        ("en", "with Salmond and Ebba Ek-Salmond", "Salmond=f Ebba Ek-Salmond=f"),
        ("en", "the Ek there", ""),
        ("fr", "chez Angelica Balabanoff", "Angelica Balabanoff=a"),
        ("en", "with Mme Balabanov", "Mme Balabanov=a"),
        ("en", "with Mr Balabanov", ""),
    ],
)
def test_halves_of_a_surname_and_what_other_languages_make_of_it(
    language: str, text: str, expected: str
) -> None:
    people = [
        Person("f", (Name("Ebba Ek-Salmond"),), sex="f"),
        Person("a", (Name("Angelica Balabanova"),), sex="f"),
    ]
    assert marked(text, people, language) == list(
        filter(None, expected.replace("=f ", "=f|").split("|"))
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Я видел Плеханова.", "Плеханова=p"),
        ("С Троцким и о Троцком.", "Троцким=t Троцком=t"),
        ("Письмо Веры Засулич и Засулич.", "Веры Засулич=z Засулич=z"),
        ("О Л. Д. Троцком писали.", "Л. Д. Троцком=t"),
        ("Вера в победу.", ""),
    ],
)
def test_russian_names_are_inflected_and_may_stand_in_another_alphabet(
    text: str, expected: str
) -> None:
    people = [
        person("p", "Георгий Плеханов"),
        person("t", "Лев Давидович Троцкий"),
        person("z", "Вера Ивановна Засулич"),
    ]
    found = marked(text, people, "ru")
    assert "|".join(found) == expected.replace("=t ", "=t|").replace("=z ", "=z|")
    latin = [
        person("p", "Georgij Plechanov"),
        person("t", "Lev Davidovitj Trotskij"),
        person("z", "Vera Zasulitsch"),
    ]
    assert [f.partition("=")[2] for f in marked(text, latin, "ru")] == [
        f.partition("=")[2] for f in found
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Han reste i går till Berg, och ångaren Berg låg där."),
        ("no", "Vi reiste til Berg. Vi bodde i hotellet Berg."),
        ("de", "Ich fahre morgen nach Berg. Das Schiff Berg liegt da."),
        ("en", "We sailed at once to Berg in the steamer Berg."),
        ("fr", "Je pars demain pour Berg; le paquebot Berg attend."),
    ],
)
def test_where_somebody_travels_and_a_ship_are_no_persons(language: str, text: str) -> None:
    assert marked(text, [person("b", "Axel Berg")], language) == []


def test_whom_somebody_writes_to_is_a_person() -> None:
    assert marked("Han skrev till Berg.", [person("b", "Axel Berg")]) == ["Berg=b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ich sah Frl. Sandrock. Die Sandrock spielt.", "Frl. Sandrock=s|Sandrock=s"),
        ("Die Sandrock-Reinert spielt.", ""),
        ("Die Sandrock spielt, eine Sandrock!", "Sandrock=s"),
        ("Wie Brahm und Hauptmann. Der Hauptmann kam, Hauptmann Rehn kam.", "Brahm=b|Hauptmann=h"),
        (
            "Da war Otto Brahm. Von Brahm höre ich, der Brahm sei krank.",
            "Otto Brahm=b|Brahm=b|Brahm=b",
        ),
        ("Da war Otto Brahm. Ein Brahm ist das. Der Brahm.", "Otto Brahm=b"),
    ],
)
def test_an_article_may_stand_before_a_german_name_that_the_text_knows(
    text: str, expected: str
) -> None:
    people = [Person("s", (Name("Adele Sandrock"),), sex="f"), person("b", "Otto Brahm")]
    people.append(person("h", "Gerhart Hauptmann"))
    assert "|".join(marked(text, people, "de")) == expected


def test_a_ladys_name_without_her_title_is_her_husbands_also_after_another_title() -> None:
    people = [
        Person("m", (Name("Marie Holt"),), sex="f"),
        Person("x", (Name("Max Holt"),), sex="m"),
    ]
    assert marked("Hos Dr Holt. Fru Holt sov.", people, "no") == ["Dr Holt=x", "Fru Holt=m"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Så sade Hegel. Rehn kom.", ["Rehn=r"]),
        ("Så sade Fredr. Rehn.", ["Fredr. Rehn=r"]),
        ("Så sade A. Rehn.", []),
    ],
)
def test_the_end_of_a_sentence_is_no_forename_cut_short(text: str, expected: list[str]) -> None:
    assert marked(text, [person("r", "Fredrik Rehn")]) == expected


def test_nobody_is_called_as_a_month_inside_a_date() -> None:
    may = [person("m", "Henry May")]
    text = "London, May 4, 1871. Dear Sir, it was May."
    dated = edition(text, may).having([Span(8, 19, "date", {"when": "1871-05-04"})])
    assert [s for s in names.find(dated, Profile(language="en")) if isinstance(s, Span)] == []


def test_a_text_whose_language_is_not_known_inflects_as_any() -> None:
    assert marked("om Eks bok, d’Ek", [EK], "") == ["Eks=ek", "Ek=ek"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "Hos Berg & Falk och hos firman Ask & Berg.", ""),
        ("en", "near Berg Abbey, and Berg & Sons", ""),
        ("en", "I met John May. May has come; may I come? Next May I will.", "John May=m|May=m"),
        ("en", "I met May. They may. May I?", ""),
        (
            "de",
            "Da war Otto Brahm. Brahm schlief, aber der alte Brahm!",
            "Otto Brahm=b|Brahm=b|Brahm=b",
        ),
        ("de", "Der dicke Brahm!", ""),
        ("en", "said S. T. C. to B. S. there", "S. T. C.=c"),
    ],
)
def test_firms_houses_and_what_a_person_does_decide(
    language: str, text: str, expected: str
) -> None:
    people = [
        person("b", "Otto Brahm"),
        person("axel", "Axel Berg"),
        Person("m", (Name("John May"),), sex="m"),
        person("c", "Samuel Taylor Coleridge"),
        person("s", "Bo Stål"),
    ]
    assert "|".join(marked(text, people, language)) == expected


def test_an_old_danish_text_has_capitals_for_its_nouns() -> None:
    text = "Det er en Skov, og den Strand er vor Lyst, med en Sten. Her er baade Lund og Strand."
    people = [person("l", "Otto Lund"), person("s", "Otto Strand")]
    assert marked(text, people, "da") == ["Lund=l"]
    assert marked(text.lower().replace("lund og strand", "Lund og Strand"), people, "da") == [
        "Lund=l",
        "Strand=s",
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # What is left of a word by all rules of spelling must be enough to tell it by.
        ("de", "von Gottes Gnaden, von Göthe und Goethes Werk", "Göthe=g|Goethes=g"),
        ("de", "Da war Gras, und Graetz.", "Graetz=z"),
        # A surname that is a forename, too, needs a title or a forename.
        ("fr", "chez Simon", ""),
        ("fr", "chez M. Simon, chez Simon", "M. Simon=s|Simon=s"),
        ("fr", "Simon est là, et Jean Simon", "Simon=s|Jean Simon=s"),
        # M. is Monsieur, and no initial of a lady.
        ("fr", "Voici M. Aubert.", "M. Aubert=p"),
        # Cut short in the register itself.
        ("de", "Fr. Witte kam, und Emma Fr.", "Emma Fr=e"),
        # A title is no part of a name by itself.
        ("en", "the Queen and Queen Sophia there", "Queen Sophia=q"),
        # Among capitals a capital says nothing.
        ("fr", "ET SON RUE, mais son bois. SONNIER LE DIT.", "SONNIER=n"),
        ("de", "unter einem so anderen Stern, mit dem ganz kleinen Stern, für Stern", "Stern=t"),
        ("de", "mit Stern", "Stern=t"),
    ],
)
def test_what_real_registers_and_texts_showed(language: str, text: str, expected: str) -> None:
    people = [
        person("g", "Johann Wolfgang Goethe"),
        person("z", "Heinrich Graetz"),
        person("s", "Jean Simon"),
        person("o", "Simon Caron"),
        Person("a", (Name("Marie Aubert"),), sex="f"),
        Person("p", (Name("Paul Aubert"),), sex="m"),
        Person("e", (Name("Emma Fr.", parts=(("forename", "Emma"), ("surname", "Fr."))),)),
        Person(
            "q",
            (
                Name(
                    "Queen Sophia, Princess",
                    parts=(("surname", "Queen Sophia"), ("forename", "Princess")),
                ),
            ),
        ),
        person("so", "Karl Son"),
        person("n", "Karl Sonnier"),
        person("t", "Julius Stern"),
    ]
    assert "|".join(marked(text, people, language)) == expected


def test_a_full_name_made_is_as_good_as_one_given() -> None:
    people = [
        Person("a", (Name("Holt, Paul", parts=(("surname", "Holt"), ("forename", "Paul"))),)),
        Person("b", (Name("Paul Holt"),)),
    ]
    found = list(names.find(edition("om Paul Holt här", people), Profile(language="sv")))
    assert [s.tag for s in found if isinstance(s, Span)] == ["persName", "certainty"]


def test_an_entry_of_a_forename_only_is_not_surely_meant() -> None:
    people = [person("f", "Fanny"), person("l", "Fanny Lewald"), person("h", "Sofokles")]
    assert marked("om Fanny och Sofokles", people) == ["Sofokles=h"]
    assert marked("om Fanny och Sofokles", people[::2]) == ["Fanny=f", "Sofokles=h"]


def test_one_word_for_a_name_has_no_better_claim_than_a_namesake() -> None:
    people = [Person("s", (Name("Holt"),)), Person("f", (Name("Felix Holt"),), birth="1850")]
    found = list(names.find(edition("om Holt här", people), Profile(language="sv")))
    assert [s.tag for s in found if isinstance(s, Span)] == ["persName", "certainty"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "signé d'Aubray de Rehn, et de Rehn", "Rehn=r"),
        ("de", "Otto von Rehn und ein Brief von Rehn", "Rehn=r"),
        ("fr", "un an après", ""),
        ("fr", "mes amis de Vienne", ""),
    ],
)
def test_what_goes_on_another_name_or_has_no_capital_is_nobody(
    language: str, text: str, expected: str
) -> None:
    people = [person("r", "Bo Rehn"), person("an", "an"), person("v", "Robert Wiene")]
    assert "|".join(marked(text, people, language)) == expected


MALM = Person("malm", (Name("Malmby"),), kind="place")
MR_MALM = person("ove", "Ove Malmby")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I saw Mr. Malmby in Malmby.", ["Mr. Malmby=ove", "Malmby=malm"]),
        ("Ove Malmby was in Malmby.", ["Ove Malmby=ove", "Malmby=malm"]),
        ("Malmby, 3 June 1864.\nMr. Malmby", ["Malmby=malm", "Mr. Malmby=ove"]),
    ],
)
def test_a_person_and_a_place_are_told_apart_by_what_stands_around(
    text: str, found: list[str]
) -> None:
    spans = names.find(edition(text, [MALM, MR_MALM]), Profile(language="en"))
    assert [
        f"{text[s.start : s.end]}={s.attrs['ref'].removeprefix('#')}"
        for s in spans
        if isinstance(s, Span) and s.tag in ("persName", "placeName")
    ] == found


def test_whether_a_person_or_a_place_does_something_is_asked() -> None:
    text = "Ove Malmby came. Then Malmby was silent."
    *_, best, other, asked = names.find(edition(text, [MALM, MR_MALM]), Profile(language="en"))
    assert isinstance(best, Span)
    assert (best.tag, best.attrs["ref"], best.cert) == ("persName", "#ove", "low")
    assert isinstance(other, Span)
    assert other.attrs["assertedValue"] == "#malm"
    assert isinstance(asked, Finding)


@pytest.mark.parametrize("text", ["i Lund", "vid Lund", "Lund den 3 maj 1890", "Lund, 3/5 1890"])
def test_a_place_of_the_register_needs_no_evidence_but_its_name(text: str) -> None:
    town = Person("lund", (Name("Lund"),), kind="place")
    spans = names.find(edition(text, [town]), Profile(language="sv"))
    assert [s.tag for s in spans if isinstance(s, Span)] == ["placeName"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Rehnby, 3 June 1864.\nDear friend"),
        ("fr", "Rehnby, le 1er mai 1909\nCher ami"),
        ("sv", "Rehnby den 3 maj 1890.\nBäste vän"),
        ("de", "Rehnby, 2. XI. 97.\nLieber"),
        ("en", "She is in Kent now"),
        ("de", "Er geht nach Wien"),
        ("sv", "vi kom från Göteborg"),
    ],
)
def test_where_a_letter_was_written_and_a_town_are_no_persons(language: str, text: str) -> None:
    persons = [
        person("r", "Ove Rehnby"),
        person("k", "Arthur Kent"),
        person("w", "Oscar Wien"),
        person("g", "Nils Göteborg"),
    ]
    assert marked(text, persons, language) == []


def test_a_title_ends_with_its_sentence() -> None:
    persons = [person("o", "Ove Rehn"), person("h", "Marie Herzog")]
    text = "Gestern sang Marie Herzog. Rehns Stimme ist heiser."
    assert marked(text, persons, "de") == ["Marie Herzog=h", "Rehns=o"]


def test_what_a_common_noun_names_is_no_person_though_one_is_called_so() -> None:
    persons = [person("s", "Friedrich Stein")]
    text = "Friedrich Stein kam. Der Stein liegt am Weg, und in Stein schlief er. Stein sang."
    assert marked(text, persons, "de") == ["Friedrich Stein=s", "Stein=s"]


@pytest.mark.parametrize("name", ["Karl III, King", "Karl III, roi de Malmby", "Karl III."])
def test_what_stands_after_a_rulers_numeral_is_no_forename(name: str) -> None:
    persons = [person("k", name)]
    assert marked("in the days of Karl the Third, of King Karl III", persons, "en") == [
        "Karl the Third=k",
        "King Karl III=k",
    ]


def test_who_is_called_just_so_comes_before_who_has_more_forenames() -> None:
    persons = [person("b", inverted("Krok, Vilhelm Lars")), person("a", inverted("Krok, Vilhelm"))]
    assert marked("Vilhelm Krok sjöng, och Krok drack.", persons) == ["Vilhelm Krok=a", "Krok=a"]


def test_a_full_name_that_a_date_settles_binds_the_surname() -> None:
    old = Person("old", (inverted("Krok, Vilhelm"),), birth="1700", death="1750")
    new = Person("new", (inverted("Krok, Vilhelm"),), birth="1850", death="1910")
    anna = Person("anna", (inverted("Krok, Anna"),), birth="1855", death="1912", sex="f")
    text = "Malmby 3 maj 1890.\nVilhelm Krok hälsar, fru Krok likaså. Krok är sjuk."
    judged = judge([text], [old, anna, new], "sv", year=1890)
    assert [j.forms[0].person.id for j in judged] == ["new", "anna", "new"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tsjajkovskij", "Tschaikowsky"),
        ("Turgenjef", "Tourguéneff"),
        ("Turgenjeff", "Tourgueniev"),
        ("Chrusjtsjov", "Khrouchtchev"),
        ("Pouchkine", "Pusjkin"),
        ("Dostoïevski", "Dostojevskij"),
    ],
)
def test_languages_that_transcribe_otherwise_mean_one_name(one: str, other: str) -> None:
    assert marked(f"hos {other}", [person("a", one)]) == [f"{other}=a"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Frau Hofrat Rehn und Herr Hofrat Rehn", "Herr Hofrat Rehn=o"),
        ("de", "Otto Rehn kam. Herzog Otto kam, dann König Otto und Otto.", "Otto Rehn=o|Otto=o"),
        ("en", "Otto Rehn of Saint Otto, with Otto III", "Otto Rehn=o"),
        ("sv", "Otto Rehn och Anna Ask, född Rehn", "Otto Rehn=o"),
        ("sv", "Anna Ask f. Rehn, Anna Ask geb. Rehn", ""),
        ("de", "Herr Rehn, Otto und Karl kamen", "Herr Rehn=o|Otto=o"),
        ("de", "mit Rehn, Otto Rehns Bruder", "Rehn=o|Otto Rehns=o"),
        ("de", "Rehn, Otto: Briefe", "Rehn, Otto=o"),
        ("fr", "chez J.-J. Marest ou Jacques Marest", "J.-J. Marest=j|Jacques Marest=j"),
    ],
)
def test_what_stands_around_a_name_tells_whether_it_is_anothers(
    language: str, text: str, expected: str
) -> None:
    people = [person("o", inverted("Rehn, Otto")), person("j", inverted("Marest, Jean-Jacques"))]
    assert "|".join(marked(text, people, language)) == expected


def test_a_ruler_without_a_surname_may_have_the_title() -> None:
    assert marked("then King Karl came", [KING], "en") == ["King Karl=king"]


def test_a_lady_is_found_by_the_name_she_was_born_with() -> None:
    born = Name("Rehn", "birth", parts=(("surname", "Rehn"),))
    people = [Person("a", (inverted("Ask, Anna"), born)), person("o", inverted("Holt, Otto"))]
    assert marked("Anna Ask, geb. Rehn, kam.", people, "de") == ["Anna Ask=a", "Rehn=a"]


@pytest.mark.parametrize("text", ["hos Carl Rehn", "hos Karl Rehn", "hos Carl Gustav Rehn"])
def test_a_short_forename_may_be_spelt_with_c_or_k(text: str) -> None:
    assert marked(text, [person("k", "Karl Gustaf Rehn")]) == [f"{text.removeprefix('hos ')}=k"]


@pytest.mark.parametrize(
    "name",
    [
        "Ask, Ebba, f. Rehn",
        "Ask, Ebba (f. Rehn)",
        "Ask, Ebba, geb. Rehn",
        "Ask, Ebba [née Rehn]",
        "Ask, Ebba, geborene Rehn",
    ],
)
def test_a_maiden_name_in_a_string_makes_a_full_name_and_no_surname(name: str) -> None:
    people = [person("e", inverted(name)), person("o", "Otto Rehn")]
    assert marked("Ebba Rehn, Ebba Ask och Rehn", people) == ["Ebba Rehn=e", "Ebba Ask=e", "Rehn=o"]


@pytest.mark.parametrize(
    "said", ["(Pseudonym: Vinter)", "[pseud. Vinter]", "(egentligen Vinter)", "(dit Vinter)"]
)
def test_what_else_one_is_called_may_stand_in_brackets(said: str) -> None:
    people = [person("r", inverted(f"Rehn, Otto {said}"))]
    assert marked("Vinter och Otto Rehn", people) == ["Vinter=r", "Otto Rehn=r"]


def test_a_forename_alone_may_be_one_of_the_house_of_the_sender() -> None:
    people = [person("o", "Otto Rehn"), person("i", "Inger Rehn"), person("j", "Inger Holt")]
    judged = judge(["Hos Inger i dag."], people, "sv", concerned=["o"])
    assert [j.forms[0].person.id for j in judged] == ["i"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nous attendons les Rehn ; une lettre des Rehn"),
        ("sv", "Syskonen Rehn och familjen Rehn"),
        ("de", "die Familie Rehn, das Ehepaar Rehn"),
    ],
)
def test_a_family_is_not_one_of_it(language: str, text: str) -> None:
    assert marked(text, [person("r", "Otto Rehn")], language) == []


PEER = inverted("Marsh, David, 3rd Earl of Holt")
ROLES = (("forename", "David"), ("surname", "Marsh"), ("roleName", "2nd Earl of Holt"))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (Name("David Marsh, 2nd Earl of Holt", parts=ROLES), "Lord Holt, Lady Holt", "Lord Holt"),
        (PEER, "the Earl of Holt", "Earl of Holt"),
        (PEER, "Mr. Marsh", "Mr. Marsh"),
        (inverted("Holt, David Marsh, Duke of"), "the Duke of Holt", "Duke of Holt"),
        (inverted("Marsh, David, Lord Holt"), "Lord Holt", "Lord Holt"),
        (inverted("Marsh, David, Lord Holt"), "David Marsh", "David Marsh"),
        (inverted("Marest, Jean, duc d’Holt"), "the duc d’Holt", "duc d’Holt"),
        (Name("David, Duke of Holt"), "the Duke of Holt", "Duke of Holt"),
        (inverted("Marsh, David, Esq."), "Lord Holt", ""),
    ],
)
def test_a_peer_is_called_by_a_title(name: Name, text: str, found: str) -> None:
    assert marked(text, [person("p", name)], "en") == ([f"{found}=p"] if found else [])


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "M. des Rehn est venu hier", "M. des Rehn=r"),
        ("fr", "le marquis des Rehn est venu hier", "des Rehn=r"),
        ("fr", "l'oncle des Rehn est venu hier", ""),
        ("pl", "Anna i Rehn", "Rehn=r"),
    ],
)
def test_a_particle_after_a_title_and_a_word_of_another_language_make_no_family(
    language: str, text: str, expected: str
) -> None:
    assert "|".join(marked(text, [person("r", "Paul Rehn")], language)) == expected


def test_a_pseudonym_of_one_word_has_no_better_claim_than_a_namesakes_surname() -> None:
    people = [person("b", inverted("Berg, Ida (Pseudonym: Vinter)")), person("o", "Otto Vinter")]
    text = "Otto Vinter kom; herr Vinter sjöng för Ida Vinter."
    assert marked(text, people) == ["Otto Vinter=o", "herr Vinter=o", "Ida Vinter=b"]


@pytest.mark.parametrize("title", sorted(titles("")))
def test_every_title_of_the_tables_is_seen_before_a_name(title: str) -> None:
    text = f"och {title} Rehn"
    start = text.index("Rehn")
    assert context(text, start, len(text), Voice("", (text,))).title


def test_a_title_of_another_language_is_no_forename() -> None:
    assert marked("hos Sig.ra Rehn igår", [person("a", "Anna Rehn")]) == ["Rehn=a"]


def test_a_saint_is_nobody_of_the_register_however_the_word_is_cut() -> None:
    people = [person("a", "Anna Rehn")]
    assert marked("Anna Rehn bor vid S:ta Anna och S:t Anna", people) == ["Anna Rehn=a"]


@pytest.mark.parametrize("language", sorted(set(table("titles")) - {"und"}))
def test_a_title_is_given_to_men_or_to_women_or_to_either(language: str) -> None:
    given_to = [word for key in SEXES for word in table("titles")[language].get(key, ())]
    assert sorted(set(given_to)) == sorted(given_to)


@pytest.mark.parametrize("said", ["Karl Ier", "Karl I", "Karl 1er"])
def test_the_first_of_a_name_has_an_ending_in_french(said: str) -> None:
    assert marked(f"{said} est mort", [KING, HEIR], "fr") == [f"{said}=king"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I told Miss Bishop so", "Miss Bishop=b"),
        ("de", "Da kam Frau König herein", "Frau König=k"),
        ("de", "Da kam Herr König herein", ""),
        ("de", "Da kam Frau König Rehn herein", ""),
    ],
)
def test_a_ladys_title_before_a_mans_makes_a_name_of_it(
    language: str, text: str, expected: str
) -> None:
    people = [person("b", "Ida Bishop"), person("k", "Anna König")]
    assert "|".join(marked(text, people, language)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "I Rehns butik var det tyst.", ["Rehns=i"]),
        ("fr", "A Rehn, nous avons dormi.", ["Rehn=i"]),
        ("en", "I Rehn, and A. Rehn too, A Rehn.", ["Rehn=i", "A. Rehn=i", "Rehn=i"]),
    ],
)
def test_a_word_of_one_letter_is_no_initial(language: str, text: str, expected: list[str]) -> None:
    assert marked(text, [person("i", "Ivar A. Rehn")], language)[:1] == expected[:1]


def test_a_forename_cut_short_makes_a_name_of_a_common_word() -> None:
    text = "Spaziergang mit Edm. Lang; es war ein lang erwarteter Tag."
    assert marked(text, [person("e", "Edmund Lang")], "de") == ["Edm. Lang=e"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I met Mr. King; the King slept.", ["Mr. King=k"]),
        ("en", "He saw the King.", []),
        ("de", "Ich war bei Herrn König. Der König schlief.", ["Herrn König=o"]),
    ],
)
def test_a_rulers_title_after_another_title_is_a_surname(
    language: str, text: str, expected: list[str]
) -> None:
    people = [person("k", "Thomas King"), person("o", "Josef König")]
    assert marked(text, people, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Abends mit Klein im Theater.", ["Klein=k"]),
        ("de", "Er malt ein kleines Bild. Klein ist es.", []),
        ("de", "Es war das Klein der Hühner.", []),
        ("en", "He joined the Young Men’s Institute.", []),
        ("en", "We spoke of Young yesterday.", ["Young=y"]),
        ("en", "Arthur Young came; Young Men’s Club.", ["Arthur Young=y", "Young=y"]),
        ("no", "Han bor i Rehns gate.", []),
        ("no", "Han bor hos Rehn.", ["Rehn=r"]),
        ("en", "The Victoria lay in the harbour.", []),
        ("en", "I wrote to Victoria.", ["Victoria=v"]),
    ],
)
def test_a_word_that_is_a_name_too_is_one_where_no_other_word_would_stand_so(
    language: str, text: str, expected: list[str]
) -> None:
    people = [person("k", "Max Klein"), person("y", "Arthur Young"), person("r", "Otto Rehn")]
    assert marked(text, [*people, person("v", "Victoria Holt")], language) == expected


def test_half_a_surname_keeps_its_particle() -> None:
    people = [
        Person("m", (Name("Maria von Ek-Rehnholm"),), sex="f"),
        Person("o", (Name("Otto von Ek-Rehnholm"),), sex="m"),
    ]
    assert marked("Frau von Rehnholm kam.", people, "de") == ["Frau von Rehnholm=m"]


def test_a_ruler_of_two_forenames_is_called_by_them() -> None:
    people = [person("f", "Franz Joseph I., Kaiser von Österreich"), person("b", "Bo Ek")]
    assert marked("Der Kaiser Franz Joseph kam.", people, "de") == ["Kaiser Franz Joseph=f"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Leo Rehnskij", "Rehnskij, Lew Nikolajewitsch"),
        ("Alexandre Rehnkine", "Rehnkin, Alexander"),
        ("Susanna Rehn", "Rehn, Suzannah"),
        ("Feodor Rehn", "Rehn, Fjodor"),
    ],
)
def test_a_forename_may_be_that_of_another_language(said: str, name: str) -> None:
    assert marked(f"kom {said} hit", [person("a", inverted(name))]) == [f"{said}=a"]
    ours = person("b", inverted(f"{said.split()[1]}, {said.split()[0]}"))
    assert marked(f"kom {said} hit", [person("a", inverted(name)), ours]) == [f"{said}=b"]


def test_another_forename_of_one_language_is_anothers() -> None:
    assert marked("kom Lars Rehn hit", [person("a", "Leo Rehn")]) == []


def test_a_forename_and_an_initial_mean_the_only_one_whom_they_fit() -> None:
    people = [person("h", "Hulda Ek"), person("a", "Anna Bo"), person("b", "Anna Berg")]
    assert marked("Då kom Hulda E. med Anna B. och gick.", people) == ["Hulda E.=h"]


def test_of_very_many_bearers_the_likeliest_are_asked_about() -> None:
    people = [person(f"n{n}", f"{name} Rehn") for n, name in enumerate(["Bo", "Ulf"] * 8)]
    *spans, found = names.find(edition("Då kom Rehn.", people), Profile(language="sv"))
    assert isinstance(found, Finding)
    assert found.message.count(" or ") == 8
    assert "; 7 more are called so" in found.message
    assert len(spans) == 9


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Der Freiherr vom Rehn lebt.", ["Freiherr vom Rehn=o"]),
        ("de", "Dann kam Frau von Rehn.", ["Frau von Rehn=a"]),
        ("fr", "la maison de Rehn", ["Rehn=o"]),
        ("sv", "Då kom fru af Rehn.", ["fru af Rehn=a"]),
    ],
)
def test_a_title_may_stand_before_a_particle_that_the_register_lacks(
    language: str, text: str, expected: list[str]
) -> None:
    people = [
        Person("o", (inverted("Rehn, Otto"),), sex="m"),
        Person("a", (inverted("Rehn, Anna"),), sex="f"),
    ]
    assert marked(text, people, language) == expected


def test_what_looks_like_a_title_may_be_a_forename_cut_short() -> None:
    people = [person("a", inverted("Rehn, August")), person("f", inverted("Rehn, Friedrich"))]
    assert marked("Fr. Rehn und A. Rehn.", people, "de") == ["Fr. Rehn=f", "A. Rehn=a"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "Hans Rehn kom. Hans bok var ny.", ["Hans Rehn=h"]),
        ("sv", "Hans Rehn kom. Då sade Hans nej.", ["Hans Rehn=h", "Hans=h"]),
        ("en", "Will Holt came. Will you go?", ["Will Holt=w"]),
        ("en", "Will Holt came. Will said no.", ["Will Holt=w", "Will=w"]),
    ],
)
def test_a_forename_that_opens_a_sentence_as_a_word_does_is_none(
    language: str, text: str, expected: list[str]
) -> None:
    assert marked(text, [person("h", "Hans Rehn"), person("w", "Will Holt")], language) == expected


def test_half_a_surname_that_two_bear_means_the_man_where_no_title_is() -> None:
    people = [
        Person("a", (inverted("Rehn von Ask, Anna"),), sex="f"),
        Person("o", (inverted("Rehn von Ask, Otto"),), sex="m"),
    ]
    text = "Rehn reist morgen; Frau Rehn bleibt."
    assert [found.split("=")[1] for found in marked(text, people, "de")] == ["o", "a"]


@pytest.mark.parametrize("said", ["Rehnquist", "Rehnqvist", "Rehnkvist"])
def test_a_branch_is_spelt_in_three_ways(said: str) -> None:
    assert marked(f"kom {said}s bror", [person("r", "Bo Rehnqvist")]) == [f"{said}s=r"]
