"""The manual made from an ODD: whole, linked within itself, and leaning on nothing else."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from encoder import resources
from encoder.odd import compile_odd
from tests.test_odd import HEAD, small

MANUAL = resources.schema("edition.html").read_text("utf-8")
ODD = resources.schema("edition.odd").read_text("utf-8")


def manual(folder: Path, odd: str) -> html.HtmlElement:
    path = folder / "small.odd"
    path.write_text(odd, "utf-8")
    compile_odd(path, folder)
    return html.fromstring((folder / "small.html").read_text("utf-8"))


def test_everything_that_is_specified_has_its_place() -> None:
    places = set(re.findall(r' id="([^"]+)"', MANUAL))
    for kind, place in (
        ("elementSpec", "element"),
        ("classSpec", "class"),
        ("dataSpec", "datatype"),
    ):
        names = re.findall(rf'<{kind} ident="([^"]+)"', ODD)
        assert names
        assert {f"{place}-{name}" for name in names} <= places


def test_links_within_lead_somewhere() -> None:
    places = re.findall(r' id="([^"]+)"', MANUAL)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', MANUAL)) <= set(places)


def test_nothing_is_fetched() -> None:
    assert not re.search(r"<(link|script|img|iframe|object)\b|\bsrc=|@import|url\(", MANUAL)


def test_headings_go_down_one_by_one() -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", MANUAL)]
    assert levels[0] == 1
    assert all(then - now <= 1 for now, then in pairwise(levels))


def test_every_rule_is_told() -> None:
    rules = re.findall(r'<sch:pattern id="([^"]+)"', resources.schema("edition.sch").read_text())
    assert {f"sch-{rule}" for rule in rules} <= set(re.findall(r"sch-[\w-]+", MANUAL))


def test_examples_are_shown_as_they_are_written(tmp_path: Path) -> None:
    example = (
        '<exemplum><egXML xmlns="http://www.tei-c.org/ns/Examples"><p n="1 &amp; &quot;2">A &lt; B'
        "<hi/></p></egXML></exemplum>"
    )
    page = manual(tmp_path, small().replace("<attList>", f"{example}<attList>"))
    (code,) = page.xpath("//pre")
    assert "".join(code.itertext()) == '<p n="1 &amp; &quot;2">A &lt; B<hi/></p>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<elementRef key="hi" minOccurs="0"/>', "hi?"),
        (
            '<sequence><textNode/><elementRef key="hi" maxOccurs="unbounded"/></sequence>',
            "(text, hi+)",
        ),
        (
            '<alternate maxOccurs="3"><elementRef key="hi"/><empty/></alternate>',
            "(hi | nothing){1,3}",
        ),
    ],
)
def test_content_is_told_in_short(tmp_path: Path, content: str, said: str) -> None:
    (model,) = manual(tmp_path, small(content)).xpath("//*[@id='element-p']//*[@class='model']")
    assert "".join(model.itertext()).split(maxsplit=1)[1] == said


def test_values_are_told(tmp_path: Path) -> None:
    values = '<valList type="closed"><valItem ident="x"><desc>the one</desc></valItem></valList>'
    attribute = f'<attDef ident="a" usage="req"><desc>What.</desc>{values}</attDef>'
    (row,) = manual(tmp_path, small(attributes=attribute)).xpath("//tbody/tr")
    assert " ".join("".join(row.itertext()).split()) == "@a requiredWhat.xthe one"


def test_the_language_is_that_of_the_odd(tmp_path: Path) -> None:
    page = manual(tmp_path, small().replace(HEAD, HEAD.replace(">", ' xml:lang="sv">', 1)))
    assert page.get("lang") == "sv"
