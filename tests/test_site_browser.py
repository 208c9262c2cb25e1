"""The web edition in a browser: for everybody, at every size, in light and dark, by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browsing import opened
from tests.site import published

pytestmark = pytest.mark.browser

KINDS = {
    "start": "index.html",
    "dates": "collection/dates.html",
    "titles": "collection/titles.html",
    "persons": "collection/persons.html",
    "entry": "collection/persons/ek.html",
    "works": "collection/works.html",
    "search": "collection/search.html",
    "letter": "brev 2.html",
    "text": "allt.html",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("edition"))


def faults(page: Any) -> list[str]:
    """Return what axe has against a page, with the first place of each."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe").Axe()
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_has_nothing_against_it(browser: Any, site: Path, kind: str, scheme: str) -> None:
    address = (site / KINDS[kind]).as_uri()
    page, _ = opened(browser, address, scripts=True, color_scheme=scheme)
    assert not faults(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_what_is_opened(browser: Any, site: Path, scheme: str) -> None:
    page, _ = opened(browser, (site / "allt.html").as_uri(), scripts=True, color_scheme=scheme)
    for switch in (".show-doubts", ".show-source", "summary >> nth=-1", "a.callout >> nth=1"):
        page.locator(switch).click()
    assert page.locator("dialog").is_visible()
    assert not faults(page)


@pytest.mark.parametrize("kind", KINDS)
def test_at_400_percent_nothing_is_cut_off(browser: Any, site: Path, kind: str) -> None:
    # WCAG 1.4.10: 1280 pixels at 400 % are 320.
    # With scripts: axe answers by a promise, which a page without them never keeps.
    view = {"width": 320, "height": 256}
    page, _ = opened(browser, (site / KINDS[kind]).as_uri(), scripts=True, viewport=view)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not faults(page)


def test_a_note_opens_by_the_keyboard_and_escape_leads_back(browser: Any, site: Path) -> None:
    page, _ = opened(browser, (site / "allt.html").as_uri(), scripts=True)
    callout = page.locator("a.callout").nth(2)
    callout.focus()
    page.keyboard.press("Enter")
    box = page.locator("dialog.by-translator")
    assert "Sedan Per Ålm" in box.inner_text()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert box.count() == 0
    assert callout.evaluate("node => node === document.activeElement")


def test_one_walks_through_a_page_by_tabs_and_sees_where_one_is(browser: Any, site: Path) -> None:
    page, _ = opened(browser, (site / "brev 2.html").as_uri(), scripts=True)
    steps = page.locator("a[href], input, summary, pre[tabindex]").count()
    seen = []
    for _ in range(steps + 2):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("""() => { const one = document.activeElement;
            return [one.tagName, getComputedStyle(one).outlineStyle]; }""")
        )
    focused = [style for tag, style in seen if tag != "BODY"]
    assert len(focused) >= steps - page.locator("details:not([open]) pre").count()
    assert set(focused) <= {"solid", "auto"}


def test_source_and_reading_change_places_without_a_script(browser: Any, site: Path) -> None:
    page, _ = opened(browser, (site / "allt.html").as_uri())
    reading, source = page.locator(".choice > .reading"), page.locator(".choice > .source")
    assert (reading.first.is_visible(), source.first.is_visible()) == (True, False)
    page.locator(".show-source").check()
    assert (reading.first.is_visible(), source.first.is_visible()) == (False, True)


def test_the_search_works_from_a_disk(browser: Any, site: Path) -> None:
    address = (site / "collection" / "search.html").as_uri()
    page, asked = opened(browser, f"{address}?q=roda%20bok", scripts=True)
    page.wait_for_selector("#results li")
    assert page.locator("#told").inner_text() == "Funna texter: 5"
    assert page.locator("#results mark").first.inner_text() == "Röda"
    assert all(url.startswith(("file:", "data:")) for url in asked)
    page.locator("#results a").first.click()
    assert "Röda boken" in page.locator(":target").inner_text()


def test_a_word_with_another_ending_is_found(browser: Any, site: Path) -> None:
    address = (site / "collection" / "search.html").as_uri()
    page, _ = opened(browser, f"{address}?q=ångbåtarna", scripts=True)
    page.wait_for_selector("#results li")
    assert page.locator("#results mark").first.inner_text() == "ångbåten"


def test_without_scripts_the_search_says_what_it_needs(browser: Any, site: Path) -> None:
    page, _ = opened(browser, (site / "collection" / "search.html").as_uri())
    assert "kräver JavaScript" in page.locator("noscript").inner_text()
