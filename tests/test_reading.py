"""What a project may say of how its texts are laid out, over what is seen."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any, get_args

import pytest
from lxml import etree

from encoder import project
from encoder.errors import UsageError
from encoder.pipeline import ANNOTATE, STRUCTURE, construct, encode
from encoder.profile import Construct, Profile
from encoder.resources import schema
from encoder.validate import validate
from encoder.why import told
from encoder.write.document import document
from encoder.write.tree import write_text
from encoder.write.verify import verify
from tests.editions import source

LAYOUTS = (Path(__file__).parent.parent / "docs" / "layouts.md").read_text("utf-8")
# What no text can be read without: its pages, its paragraphs, its words, its characters.
ALWAYS = {"pages", "prose", "words", "characters"}


def body(text: str, **said: Any) -> str:
    """Return what stands in `<body>` when a text is read under a policy, as one line."""
    profile = Profile(language="en", **said)
    written = etree.tostring(write_text(encode(source(text), profile), profile), encoding="unicode")
    inside = written.split("<body>")[1].split("</body>")[0]
    return " ".join(inside.replace(' resp="#ed"', "").split())


def test_a_line_is_what_the_project_says_it_is() -> None:
    text = "One line here.\nAnother one there.\n"
    assert body(text) == "<div> <p>One line here. Another one there.</p> </div>"
    assert body(text, wrapping="paragraphs").count("<p>") == 2
    long = f"{'One long line. ' * 20}\n" * 3
    assert body(long).count("<p>") == 3
    assert body(long, wrapping="lines").count("<p>") == 1


def test_a_paragraph_begins_where_the_project_says() -> None:
    text = "It rained all day,\n  And the ice came,\nNobody went out.\n  They slept.\n"
    assert body(text).count("<p>") == 0
    assert body(text, paragraphs="indent").count("<p>") == 3
    set_in = "It rained.\n  They slept until\nthe ice came.\n  They left in the\nmorning.\n"
    assert body(set_in).count("<p>") == 3
    assert body(set_in, paragraphs="blank").count("<p>") == 1


def test_spaces_at_line_ends_mean_what_the_project_says() -> None:
    text = "It was over- \nall. The win\nter came. \nIt went.\n"
    assert "over" in body(text, open_lines="no")
    assert 'win<lb break="no"/>' in body(text, open_lines="yes")
    assert "<lb" not in body("The win\nter came.\n", open_lines="no")


@pytest.mark.parametrize(("pages", "breaks"), [("auto", 2), ("form feed", 2), ("none", 0)])
def test_pages_begin_where_the_project_says(pages: str, breaks: int) -> None:
    assert body("One.\n\fTwo.\n", pages=pages).count("<pb") == breaks


def test_few_leading_spaces_may_begin_pages() -> None:
    text = "It rained.\n They slept.\nThey woke.\n"
    assert "<pb" not in body(text)
    assert body(text, pages="leading space").count("<pb") == 2


def test_what_recurs_on_pages_may_be_text() -> None:
    pages = [f"THE ICE\n\nIt rained all day.\nNobody {did}.\n" for did in ("came", "saw", "stayed")]
    text = "\f".join(pages)
    assert body(text).count("<fw") == 3
    assert "<fw" not in body(text, running_heads="none")


def book(between: str) -> str:
    """Return pages of a book: its title stands over every other one, over the rest a chapter's."""
    who = "she he nobody somebody everybody they".split()
    did = "saw heard sold mended forgot wanted kept".split()
    what = "nets boats ice lamps geese ropes fish bread coats songs stones".split()
    said = (f"{who[n % 6]} {did[n % 7]} the {what[n % 11]} and" for n in range(460))
    lines = textwrap.wrap(" ".join(said), 54)
    pages = ["\n".join(lines[n : n + 24]) for n in range(0, len(lines), 24)]
    chapters = iter(("The Ice", "A Bargain", "The Thaw", "Home Again"))
    title = "THE WINTER HARBOUR"
    heads = [f"{n} {title}" if n % 2 else f"{next(chapters)} {n}" for n in range(21, 29)]
    whole = (f"{head}\n\n{page}" for head, page in zip(heads, pages[1:9], strict=True))
    return between.join((pages[0], *whole)) + "\n"


@pytest.mark.parametrize("between", ["\n\n", "\n\f"])
def test_heads_of_chapters_are_told_by_the_pages_between_which_they_stand(between: str) -> None:
    read = body(book(between))
    assert read.count("<fw") == 8
    assert '<fw type="header" place="top">A Bargain 24</fw>' in read
    assert read.count("<pb") == 9


def test_a_number_beside_words_is_no_page_where_it_fits_none() -> None:
    text = book("\n\n").replace("A Bargain 24", "A Bargain 29")
    assert "A Bargain 29</fw>" not in body(text)


def test_notes_stand_where_the_project_says() -> None:
    text = "The ice[1] came.\n\f[1] In November.\n\nIt went.\n"
    assert "<note" not in body(text)
    assert "<note" in body(text, notes_at="text")
    foot = "The ice1 came.\n\nIt went.\n1 In November.\n"
    assert 'place="bottom"' in body(foot, notes_at="pages")


def test_a_hyphen_is_whose_the_project_says() -> None:
    text = "The harbour mas-\nter came, and nobody else was there to see him.\n"
    assert 'force="weak"' in body(text, hyphens="printer")
    assert 'force="inter"' in body(text, hyphens="own")


def test_what_is_left_stays_text() -> None:
    text = "a | b\nc | d\n\n- one\n- two\n"
    assert "<table" in body(text)
    assert "<list" in body(text)
    assert "<table" not in body(text, leave=("tables",))
    assert "<list" not in body(text, leave=("tables", "lists"))


def valid(text: str, **said: Any) -> bool:
    """Return whether a text becomes a valid edition that gives it back."""
    profile = Profile(language="en", **said)
    tei = document(encode(source(text), profile), profile)
    found = validate(tei, [schema("edition.rng"), schema("edition.sch")])
    return not [f for f in (*found, *verify(tei, source(text), "a.xml")) if f.severity == "error"]


def test_what_other_constructs_stand_in_is_there_where_it_is_left() -> None:
    assert valid("[Page 3]\n \n____\nruns on\n", kind="letter", leave=("breaks",))
    letter = (
        "Lund, 3 May 1911\n\nDear Anna,\n\nIt rained.\n\nYours,\nBo Holm\n\n* * *\n\nIt went.\n"
    )
    assert valid(letter, leave=("divisions",))
    titled = (
        "A BOOK\n\nby Anna Holm\n\nLONDON\nHARPER AND SONS\n1887\n\nCHAPTER ONE\n\nIt rained.\n"
    )
    assert valid(titled, leave=("divisions",))
    assert body("CHAPTER ONE\n\nIt rained.\n", leave=("divisions",)).count("<head") == 0


def test_a_bracket_glued_to_a_speaker_is_no_direction() -> None:
    speech = "ANNA. It rained.\n\nBO. It went.\n\n"
    for glued in ("THE OWNER(S) ARE AWAY.", "ANNA.(aside) It came.", "ANNA (aside). It came."):
        assert valid(speech * 3 + f"{glued}\n\n" + speech)


def test_every_construct_but_the_paragraph_can_be_left() -> None:
    finders = {construct(find) for find in (*STRUCTURE, *ANNOTATE)}
    assert set(get_args(Construct)) == finders - ALWAYS


def test_the_documentation_names_every_construct_that_can_be_left() -> None:
    row = next(line for line in LAYOUTS.splitlines() if line.startswith("| `leave` |"))
    assert re.findall(r"`([a-z_]+)`", row)[1:-1] == list(get_args(Construct))


def test_an_unknown_construct_is_told_with_the_nearest(tmp_path: Path) -> None:
    toml = tmp_path / "edition.toml"
    toml.write_text('format = 1\n[reading]\nleave = ["table"]\n')
    with pytest.raises(UsageError, match="did you mean 'tables'"):
        project.load(tmp_path)
    toml.write_text('format = 1\n[reading]\nleave = ["tables"]\npages = "none"\n')
    assert project.load(tmp_path).profile.leave == ("tables",)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("# One\n\nIt rained.\n\n# Two\n\nIt went.\n", "Markdown or like it"),
        ("It rained.\n\fIt went.\n", "pages of print, parted by a form feed"),
        (f"{'It rained. ' * 30}\n" * 3, "one paragraph a line"),
        ("It rained,\nand it went.\n", "plain text in lines"),
        (
            "The ice[1] came.\n\n[Footnote 1: Late.]\n\nNo[2] one.\n\n[Footnote 2: So.]\n",
            "brackets",
        ),
    ],
)
def test_why_names_the_layout(text: str, layout: str) -> None:
    profile = Profile(language="en")
    assert layout in told(encode(source(text), profile), profile, ("en", "said so"))


def test_why_shows_every_key_that_decides_otherwise() -> None:
    profile = Profile(language="en")
    said = told(encode(source("It rained.\n"), profile), profile, ("en", "said so"))
    table = LAYOUTS.split("\n## Deciding otherwise\n")[1].split("\n## ")[0]
    for key in re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE):
        assert f"[reading] {key} = " in said


@pytest.mark.parametrize(("hyphens", "whose"), [("printer", "the printer's"), ("own", "the words")])
def test_why_says_whose_hyphens_are_as_the_project_does(hyphens: Any, whose: str) -> None:
    profile = Profile(language="en", hyphens=hyphens)
    read = source("The harbour mas-\nter came, and nobody else was there to see him.\n")
    assert whose in told(encode(read, profile), profile, ("en", "said so"))


def test_why_says_where_notes_stand_and_how_many_letters_there_are() -> None:
    profile = Profile(language="en")
    text = "Lund, 3 May 1911\n\nDear Anna,\n\nIt[1] rained.\n\nYours,\nBo Holm\n\n[1] In May.\n"
    said = told(encode(source(text), profile), profile, ("en", "said so"))
    assert "notes       1 at the end" in said
    assert "letters     1 seen" in said
