"""The header: what is known is said, what is not is unknown, and all of it is valid TEI."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from lxml import etree

from encoder.edition import Edition
from encoder.errors import UsageError
from encoder.keys import keys
from encoder.metadata import Metadata
from encoder.model import Span
from encoder.pipeline import encode
from encoder.profile import Profile
from encoder.registers import Name as PersonName
from encoder.registers import Person, Register
from encoder.validate import validate_file
from encoder.write.elements import dating, spoken
from encoder.write.header import header
from tests.editions import bare, source

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
XML = "{http://www.w3.org/XML/1998/namespace}"
HERE = Path(__file__).parent.parent
OURS = HERE / "schemas" / "edition.rng"
HOSTILE = "]]><script xml:id='x'>&amp; \"quoted\" \x08 — שלום; <![CDATA["
REAL = {"date": "1911-05-03", "language": "grc-Latn", "reference": "n-ek", "address": "urn:x:y"}


def edition(said: Metadata | None = None, *spans: Span, text: str = "Ett brev.\n") -> Edition:
    """Return an edition of a short text."""
    return replace(bare(text), metadata=said or Metadata(), spans=spans)


def made(said: Metadata | None = None, *spans: Span, **more: Any) -> etree._Element:
    """Return the header of a short text."""
    return header(edition(said, *spans), more.pop("profile", Profile()), **more)


def full(real: bool = True) -> Metadata:
    """Return metadata with every field filled, with likely or with hostile values."""
    known = {
        name: key.choices[-1]
        if key.choices
        else REAL.get(key.form, f"{name} {HOSTILE}")
        if real
        else HOSTILE
        for key in keys(Metadata)
        for _, name in key.fields
    }
    return Metadata(**known)


def texts(root: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(found.itertext()).split()) for found in all_of(root, path)]


def all_of(root: etree._Element, path: str) -> list[Any]:
    found = root.xpath(path, namespaces=TEI)
    assert isinstance(found, list)
    return found


def ids(root: etree._Element) -> list[str]:
    return [str(found) for found in all_of(root, "//@xml:id")]


# What is known


def test_everything_that_is_known_is_said() -> None:
    plain = {
        name: f"{name} said"
        for key in keys(Metadata)
        for _, name in key.fields
        if key.form == "text" and not key.choices
    }
    root = made(Metadata(**plain, date="1911"))
    shown = etree.tostring(root, encoding="unicode")
    silent = [name for name, value in plain.items() if value not in shown]
    assert silent == []


def test_whatever_field_is_filled_the_header_changes() -> None:
    whole = full()
    before = etree.tostring(made(whole))
    for item in fields(Metadata):
        empty = replace(whole, **{item.name: item.default})
        assert etree.tostring(made(empty)) != before, item.name


def test_whatever_rule_is_changed_the_header_changes() -> None:
    before = etree.tostring(made())
    hints = get_type_hints(Profile)
    for item in fields(Profile):
        choices = get_args(hints[item.name])
        now: Any = choices[-1] if choices else item.default
        now = now * 2 if isinstance(now, int | float) else now or "fi"
        if item.name == "encoding":
            continue  # the encoding a source was really read in is said instead
        after = etree.tostring(made(profile=Profile(**{item.name: now})))
        assert after != before, item.name


def test_names_point_to_the_register() -> None:
    said = Metadata(author="A; B", author_ref="a; https://example.org/b", translator="C")
    root = made(said)
    assert texts(root, "//t:author") == ["A; B"]
    assert all_of(root, "//t:author/t:persName/@ref") == ["#a", "https://example.org/b"]
    translator = all_of(root, "//t:editor[@role='translator']")[0]
    assert translator.get(f"{XML}id") == "tr"
    assert all_of(root, "//t:editor/t:persName/@ref") == []


def test_what_is_unknown_is_not_filled_in() -> None:
    root = made()
    assert texts(root, "//t:publisher") == ["unknown"]
    assert texts(root, "//t:publicationStmt/t:date") == ["unknown"]
    assert all_of(root, "//t:availability/@status") == ["unknown"]
    for absent in ("author", "editor", "respStmt", "creation", "correspDesc", "relatedItem"):
        assert all_of(root, f"//t:{absent}") == []
    assert all_of(root, "//t:language/@ident") == ["und"]
    assert texts(root, "//t:titleStmt/t:title") == ["text.txt"]


def test_the_received_file_is_named_with_its_hash() -> None:
    here = edition(text="One\r\nTwo\nThree\rFour")
    root = header(here, Profile())
    assert texts(root, "//t:bibl[@type='file']/t:idno") == ["text.txt", here.source.sha256]
    assert "lines end in CR LF, LF and CR" in texts(root, "//t:bibl[@type='file']/t:note")[0]


def test_the_three_layers_of_the_source_stand_apart() -> None:
    said = Metadata(title="Brev", source_title="Skrifter", original_language="en")
    root = made(said)
    assert all_of(root, "//t:sourceDesc/t:bibl/@type") == ["file", "published"]
    assert texts(root, "//t:bibl[@type='published']/t:title") == ["Skrifter"]
    assert texts(root, "//t:relatedItem[@type='translatedFrom']") == ["English"]
    assert all_of(root, "//t:textLang/@mainLang") == ["en"]


def test_each_layer_has_its_own_licence() -> None:
    said = Metadata(
        availability="free",
        licence_text="In the public domain",
        licence_encoding="https://creativecommons.org/publicdomain/zero/1.0/",
    )
    root = made(said)
    assert all_of(root, "//t:licence/@n") == ["text", "encoding"]
    assert all_of(root, "//t:licence/@target") == [said.licence_encoding]
    assert "translation and metadata" in texts(root, "//t:availability/t:p")[0]


# Dates and letters


@pytest.mark.parametrize(
    ("time", "attributes", "words"),
    [
        ("1911-05-03", {"when": "1911-05-03"}, "3 May 1911"),
        ("1911-05", {"when": "1911-05"}, "May 1911"),
        ("1911", {"when": "1911"}, "1911"),
        ("-0044", {"when": "-0044"}, "-0044"),
        (
            "1911/1912-02",
            {"notBefore": "1911", "notAfter": "1912-02"},
            "between 1911 and February 1912",
        ),
        ("1911-02-30", {}, "1911-02-30"),
        ("soon", {}, "soon"),
        ("", {}, ""),
    ],
)
def test_a_date_is_written_for_machines_and_for_people(
    time: str, attributes: dict[str, str], words: str
) -> None:
    assert dating(time) == attributes
    assert spoken(time) == words


def test_a_letter_says_who_wrote_to_whom() -> None:
    said = Metadata(
        author="Kerstin Ek", author_ref="ek", recipient="Per Ask; Eva Roo", date="1911-05-03"
    )
    root = made(said)
    assert all_of(root, "//t:correspDesc/@type") == ["letter"]
    sent, received = all_of(root, "//t:correspAction")
    assert texts(sent, "t:persName") == ["Kerstin Ek"]
    assert all_of(sent, "t:persName/@ref") == ["#ek"]
    assert all_of(sent, "t:date/@when") == ["1911-05-03"]
    assert texts(received, "t:persName") == ["Per Ask", "Eva Roo"]


def test_a_circular_goes_to_a_group() -> None:
    root = made(Metadata(sender="Kerstin Ek", circular_to="Fackföreningen"))
    assert all_of(root, "//t:correspDesc/@type") == ["circular"]
    assert texts(root, "//t:correspAction[@type='received']/*") == ["Fackföreningen"]


def test_a_letter_of_which_nothing_is_known_says_so() -> None:
    root = made(None, Span(0, 9, "div", {"type": "letter"}))
    assert texts(root, "//t:correspAction") == ["unknown", "unknown"]
    assert all_of(made(profile=Profile(kind="letter")), "//t:correspDesc")


def test_the_languages_of_the_text_are_named() -> None:
    spans = [Span(0, 3, "foreign", {"xml:lang": tag}) for tag in ("en", "en", "grc", "tlh-x-made")]
    root = made(Metadata(language="sv-FI"), *spans)
    assert all_of(root, "//t:language/@ident") == ["sv-FI", "en", "grc", "tlh-x-made"]
    assert texts(root, "//t:language")[:3] == ["Swedish", "English", "Ancient Greek"]


# Voices


def test_every_voice_is_declared_once() -> None:
    voices = ("ed", "tr", "au", "enc", "tei-encoder", "someone", "ed", "someone")
    root = made(None, *(Span(0, 3, "note", by=voice) for voice in voices))
    declared = ids(root)
    assert sorted(set(declared) & set(voices)) == sorted(set(voices))
    assert len(declared) == len(set(declared))
    assert texts(root, "//t:respStmt[@xml:id='ed']") == [
        "notes and bracketed insertions in the source unknown"
    ]
    assert texts(root, "//t:respStmt[@xml:id='someone']/t:name") == ["unknown"]
    assert texts(root, "//t:editor[@xml:id='tr'] | //t:author[@xml:id='au']") == ["unknown"] * 2


def test_an_editor_who_is_known_is_no_unknown_voice() -> None:
    root = made(Metadata(editor="Eva Roo", editor_ref="roo"), Span(0, 3, "note", by="ed"))
    assert texts(root, "//*[@xml:id='ed']") == ["Eva Roo"]
    assert all_of(root, "//t:respStmt") == []


def test_a_voice_of_the_register_is_declared_there() -> None:
    register = Register((Person("roo", (PersonName("Eva Roo"),)),))
    here = replace(edition(None, Span(0, 3, "note", by="roo")), register=register)
    assert "roo" not in ids(header(here, Profile()))


def test_what_cannot_be_an_id_is_not_declared() -> None:
    root = made(None, Span(0, 3, "note", by="1 <x>"))
    assert all_of(root, "//t:respStmt") == []


# What was done


def test_the_joined_words_are_counted() -> None:
    joined = [Span(4, 4, "lb", {"break": "no"}), Span(5, 5, "lb", {"break": "no"})]
    hyphen = Span(3, 4, "pc", {"force": "weak"})
    root = made(None, *joined)
    assert all_of(root, "//t:hyphenation/@eol") == ["none"]
    assert texts(root, "//t:hyphenation")[0].startswith("2 words broken")
    assert all_of(made(None, *joined, hyphen), "//t:hyphenation/@eol") == ["some"]
    assert all_of(made(None, joined[0], hyphen), "//t:hyphenation/@eol") == ["all"]
    assert all_of(made(), "//t:hyphenation/@eol") == ["all"]


def test_words_are_counted_whole() -> None:
    text = "ett två\ntre fy\nra\n"
    broken = Span(14, 15, "lb", {"break": "no"})
    root = header(edition(None, broken, text=text), Profile())
    assert all_of(root, "//t:measure/@quantity") == ["4"]


def test_line_ends_are_declared_as_they_are_treated() -> None:
    drop, keep = made(), made(profile=Profile(lines="keep"))
    assert texts(drop, "//t:tagUsage[@gi='lb']") != texts(keep, "//t:tagUsage[@gi='lb']")


def test_the_elements_are_counted_as_written() -> None:
    root = made(None, Span(0, 3, "sign"), Span(0, 9, "p"), used={"p": 7, "choice": 2, "sign": 1})
    counts = dict(zip(all_of(root, "//@gi"), all_of(root, "//@occurs"), strict=True))
    assert counts == {"choice": "2", "lb": "0", "p": "7"}
    root = made(None, Span(0, 3, "sign"), Span(0, 9, "p"))
    assert all_of(root, "//@gi") == ["lb", "p"]


def test_no_break_spaces_are_declared_where_they_were_dropped() -> None:
    plain, bound = "a b c d\n", "a\xa0b\xa0c\xa0d\n"
    said = [
        "no-break" in texts(header(edition(text=text), Profile()), "//t:normalization")[0]
        for text in (plain, bound)
    ]
    assert said == [False, True]


def test_characters_xml_cannot_hold_are_declared_once() -> None:
    spans = [Span(at, at + 1, "g", {"ref": "#u0008"}) for at in (1, 3)]
    root = header(edition(None, *spans, text="a\x08b\x08c"), Profile())
    assert all_of(root, "//t:char/@xml:id") == ["u0008"]
    assert texts(root, "//t:mapping") == ["U+0008"]


def test_the_program_and_the_schema_are_named() -> None:
    root = made(schema="../schema/edition.rng")
    assert all_of(root, "//t:application/@xml:id") == ["tei-encoder"]
    assert all_of(root, "//t:schemaRef/@url") == ["../schema/edition.rng"]
    targets = {str(found) for found in all_of(root, "//@target | //@who")}
    assert targets == {"#source-file", "#tei-encoder"}
    assert {target[1:] for target in targets} <= set(ids(root))


# The day


def test_the_day_is_the_projects_or_the_environments_never_the_clocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def day(said: Metadata | None = None) -> list[Any]:
        return all_of(made(said), "//t:change/@when")

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert day() == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert day() == ["1970-01-02"]
    assert day(Metadata(encoded="1999-12-31")) == ["1999-12-31"]
    assert all_of(made(when="2001-01-01"), "//t:change/@when") == ["2001-01-01"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        made()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 30)
    with pytest.raises(UsageError):
        made()


def test_the_same_input_gives_the_same_bytes() -> None:
    assert etree.tostring(made(full())) == etree.tostring(made(full()))


# Valid, whatever is said


def test_hostile_values_are_text_and_nothing_else() -> None:
    hostile = made(full(real=False))
    plain = made(Metadata(**{f.name: "x" for f in fields(Metadata) if f.name != "availability"}))
    assert {el.tag for el in hostile.iter()} <= {el.tag for el in plain.iter()}
    again = etree.fromstring(etree.tostring(hostile))
    assert texts(again, "//t:titleStmt/t:title") == [
        " ".join(HOSTILE.replace("\x08", "\ufffd").split())
    ]


def cases() -> Iterator[etree._Element]:
    """Yield headers of all kinds."""
    voices = [Span(0, 3, "note", by=voice) for voice in ("ed", "tr", "au", "enc", "someone")]
    control = Span(1, 2, "g", {"ref": "#u0008"})
    yield made()
    yield made(full())
    yield made(None, *voices)
    yield made(full(), *voices, profile=Profile(lines="keep", kind="letter"))
    yield header(edition(None, control, text="a\x08b"), Profile(), when="2001-01-01")
    for item in fields(Metadata):
        yield made(replace(Metadata(), **{item.name: getattr(full(), item.name)}))
    yield made(
        Metadata(circular_to="A; B", recipient="C; D", date="1911/1912", encoded="1911/1912")
    )
    yield made(Metadata(archive="A", shelfmark="1", original_title="T", original_date="1911-05"))


def documents(folder: Path) -> list[Path]:
    """Write each header into a small document, and return their paths."""
    paths = []
    for number, head in enumerate(cases()):
        root = etree.Element(f"{{{TEI['t']}}}TEI", nsmap={None: TEI["t"]})
        body = etree.fromstring(f'<text xmlns="{TEI["t"]}"><body><p>Text</p></body></text>')
        root.extend([head, body])
        paths.append(folder / f"{number}.xml")
        paths[-1].write_bytes(etree.tostring(root, encoding="utf-8"))
    return paths


def test_every_header_is_valid(tmp_path: Path) -> None:
    """By our schema; that it is a part of the TEI's is proved by `make conformance`."""
    for path in documents(tmp_path):
        found = validate_file(path, [OURS])
        # The pointers of these headers lead to registers that are not there.
        assert [str(fault) for fault in found if not fault.code.startswith(("ref-", "sch-"))] == []


def test_what_is_no_header_is_not_valid(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text(f'<TEI xmlns="{TEI["t"]}"/>')
    assert validate_file(tmp_path / "bad.xml", [OURS])


# What only the text says


SELF_SAID = """Anna Holm:

On the state of the harbour

(4 March 1911)

Dear friends,

The harbour has frozen since Monday.

Yours,
Anna
"""


def own_words(text: str, said: Metadata | None = None) -> etree._Element:
    """Return the header of a text that is encoded without a project."""
    profile = Profile(language="en")
    return header(encode(source(text), profile, said), profile)


def test_a_text_that_names_itself_is_named_in_the_programs_voice() -> None:
    root = own_words(SELF_SAID)
    assert texts(root, "//t:titleStmt/t:title") == ["On the state of the harbour"]
    assert texts(root, "//t:titleStmt/t:author") == ["Anna Holm"]
    assert all_of(root, "//t:creation/t:date/@when") == ["1911-03-04"]
    dated = all_of(root, "//t:titleStmt/t:title|//t:titleStmt/t:author|//t:creation/t:date")
    assert {(one.get("resp"), one.get("cert")) for one in dated} == {("#tei-encoder", "medium")}


def test_what_is_known_of_a_text_is_not_taken_from_its_words() -> None:
    root = own_words(SELF_SAID, Metadata(title="Letter 12", author="A. H.", date="1911"))
    assert texts(root, "//t:titleStmt/*") == ["Letter 12", "A. H."]
    assert all_of(root, "//t:creation/t:date/@when") == ["1911"]
    assert not all_of(root, "//t:titleStmt/*[@resp]|//t:creation/t:date[@resp]")


def test_the_sign_of_a_heading_is_no_part_of_a_title() -> None:
    root = own_words("# The Last Fight\n\nHe came, and nobody had seen him come.\n")
    assert texts(root, "//t:titleStmt/t:title") == ["The Last Fight"]


def test_a_number_names_no_text_and_a_day_without_a_year_dates_none() -> None:
    said = "He came, and nobody had seen him come.\n"
    assert texts(own_words(f"# 3.\n\n{said}"), "//t:titleStmt/t:title") == ["text.txt"]
    titled = own_words(f"# 3.\n\n# The Last Fight\n\n{said}")
    assert texts(titled, "//t:titleStmt/t:title") == ["The Last Fight"]
    within = own_words(f"# 3.\n\n## Morning\n\n{said}\n## Evening\n\n{said}")
    assert texts(within, "//t:titleStmt/t:title") == ["text.txt"]
    letter = own_words("Lund, 12 December\n\nDear Anna,\n\nIt rained.\n\nYours,\nBo\n")
    assert all_of(letter, "//t:creation/t:date") == []


def test_the_first_of_several_chapters_names_no_text() -> None:
    root = own_words("Chapter 1\n\nHe came.\n\nChapter 2\n\nHe went.\n")
    assert texts(root, "//t:titleStmt/t:title") == ["text.txt"]
