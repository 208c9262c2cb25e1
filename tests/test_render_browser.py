"""The page in a browser that runs no script and may ask nobody for anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from encoder.render import render
from tests.browsing import opened
from tests.rendering import AWKWARD, EDITIONS, PHENOMENA, rendered

pytestmark = pytest.mark.browser


@pytest.fixture(params=[PHENOMENA, AWKWARD, *EDITIONS], ids=lambda path: path.stem)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    file = tmp_path / "page.html"
    file.write_bytes(rendered(request.param, "html"))
    return file.as_uri()


def ground(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_it_asks_for_nothing_but_itself(browser: Any, address: str) -> None:
    _, asked = opened(browser, address)
    assert [url for url in asked if not url.startswith("data:")] == [address]


def test_it_is_dark_in_the_dark(browser: Any, address: str) -> None:
    light, _ = opened(browser, address, color_scheme="light")
    dark, _ = opened(browser, address, color_scheme="dark")
    assert ground(light) == "rgb(253, 252, 249)"
    assert ground(dark) == "rgb(24, 23, 21)"


def test_doubts_are_shown_on_demand_by_the_keyboard(browser: Any, address: str) -> None:
    page, _ = opened(browser, address)
    flag = page.locator(".flag").first
    assert not flag.is_visible()
    page.locator(".show-doubts").focus()
    page.keyboard.press("Space")
    assert flag.is_visible()


def test_a_callout_leads_to_its_note_and_the_note_back(browser: Any, address: str) -> None:
    page, _ = opened(browser, address)
    callout = page.locator("article a[role=doc-noteref]").first
    callout.click()
    note = page.locator(":target")
    assert note.get_attribute("role") == "doc-footnote"
    note.locator("a[role=doc-backlink]").first.click()
    assert page.locator(":target").get_attribute("id") == callout.get_attribute("id")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(browser: Any, address: str, width: int) -> None:
    page, _ = opened(browser, address, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_read_from_the_right_begins_in_the_window(browser: Any, tmp_path: Path) -> None:
    body = "<text><body><head>שלום</head><p>היום היה יום יפה</p></body></text>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="he">{body}</TEI>'
    file = tmp_path / "page.html"
    file.write_bytes(render(tei.encode(), "html"))
    page, _ = opened(browser, file.as_uri(), viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.locator("article p").first.bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360


def test_a_page_number_does_not_break_its_word(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(rendered(PHENOMENA, "html"))
    page, _ = opened(browser, file.as_uri(), viewport={"width": 320, "height": 800})
    lefts = page.evaluate(
        """() => { const pb = document.getElementById('pb2');
        const range = document.createRange(), next = pb.nextSibling;
        range.setStart(next, 0); range.setEnd(next, 1);
        const before = document.createRange(), last = pb.previousSibling;
        before.setStart(last, last.length - 1); before.setEnd(last, last.length);
        return range.getBoundingClientRect().left - before.getBoundingClientRect().right; }"""
    )
    assert abs(lefts) < 1


@pytest.mark.parametrize("width", [320, 1280])
def test_a_note_opens_in_the_window_and_leaves_the_text_where_it_is(
    browser: Any, address: str, width: int
) -> None:
    page, _ = opened(browser, address, scripts=True, viewport={"width": width, "height": 700})
    for callout in page.locator("a[role=doc-noteref]").all()[:4]:
        callout.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        callout.click()
        note = page.locator("dialog").bounding_box()
        assert note["x"] >= 0
        assert note["x"] + note["width"] <= width
        assert -1 <= note["y"] <= 700 - min(note["height"], 420) + 1
        assert abs(page.evaluate("scrollY") - before) <= note["height"] + 30
        page.keyboard.press("Escape")


def test_a_note_called_in_a_note_leads_back_to_the_text(browser: Any, tmp_path: Path) -> None:
    inner = '<note n="2">Deeper down.</note>'
    body = f'<p>{"Words. " * 400}Here<note n="1">In a note{inner}.</note></p>'
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    file = tmp_path / "page.html"
    file.write_bytes(render(tei.encode(), "html"))
    page, _ = opened(browser, file.as_uri(), scripts=True, viewport={"width": 800, "height": 600})
    callout = page.locator("article a[role=doc-noteref]")
    callout.click()
    outer = page.locator("dialog").bounding_box()
    page.locator("dialog a[role=doc-noteref]").click()
    assert "Deeper down" in page.locator("dialog").inner_text()
    assert abs(page.locator("dialog").bounding_box()["y"] - outer["y"]) <= outer["height"]
    page.keyboard.press("Escape")
    assert callout.evaluate("node => node === document.activeElement")
