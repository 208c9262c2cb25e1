"""A review in a real browser: by the keyboard alone, and as a screen reader meets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from encoder.decisions import read_decisions
from encoder.project import load
from encoder.review.server import Server
from encoder.review.session import Session
from tests.test_review import folder_of

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(Session(load(folder_of(tmp_path)))) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(server.address)
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(server.address)] == []
    assert [said for said in wrong if "422" not in said] == []


def pressed(page: Any, key: str) -> str:
    """Press a key that leads to another page, and return its heading."""
    with page.expect_navigation():
        page.keyboard.press(key)
    return str(page.locator("h1").inner_text())


def decided(server: Server) -> list[str]:
    found = read_decisions(server.session.project.decisions_file)
    return [f"{d.kind} {d.exact} {d.ref or d.reading}".strip() for d in found]


def test_everything_is_answered_by_single_keys(page: Any, server: Server) -> None:
    assert page.title() == "1 of 5: Whom does “Lund” mean? – Review"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert pressed(page, "a") == "Whom does “Lund” mean?"
    assert page.locator("[role=status]").inner_text().startswith("accept “Lund” → asa")
    assert page.locator("progress").get_attribute("value") == "1"
    assert pressed(page, "2") == "What should “”monopol”ställning” say?"
    assert pressed(page, "n") == "Who is “Märta Kvarnström”?"
    assert pressed(page, "a") == "Who is “Hanna Quist”?"
    assert pressed(page, "n") == "Nothing is open"
    assert decided(server) == [
        "accept Lund asa",
        "link Lund bror",
        "reject ”monopol”ställning",
        "reject Hanna Quist",
    ]
    assert pressed(page, "u") == "Who is “Hanna Quist”?"
    assert len(decided(server)) == 3


def test_another_person_is_searched_for_by_the_keyboard(page: Any, server: Server) -> None:
    page.keyboard.press("o")
    page.keyboard.type("bror")
    assert pressed(page, "Enter") == "Whom does “Lund” mean?"
    button = page.get_by_role("button", name="Bror Lund, bror").last
    button.focus()
    assert pressed(page, "Enter") == "Whom does “Lund” mean?"
    assert decided(server) == ["link Lund bror"]


def test_someone_new_is_added_by_the_keyboard(page: Any, server: Server) -> None:
    page.keyboard.press("p")
    page.keyboard.type("Anna Ask")  # letters of a name are no answers
    pressed(page, "Enter")
    assert decided(server) == ["link Lund anna-ask"]


def test_unmarked_words_are_found_and_changed(page: Any, server: Server) -> None:
    page.keyboard.press("w")
    page.keyboard.type("någon")
    assert pressed(page, "Enter") == "Where “någon” stands"
    page.get_by_role("link", name="Whom does").focus()
    assert pressed(page, "Enter") == "Whom does “någon” mean?"
    assert page.locator("mark").inner_text() == "någon"
    page.keyboard.press("o")
    page.keyboard.type("asa")
    pressed(page, "Enter")
    page.get_by_role("button", name="Arne Lund, asa").focus()
    pressed(page, "Enter")
    assert decided(server) == ["link någon asa"]


def test_single_keys_can_be_turned_off(page: Any, server: Server) -> None:
    page.get_by_label("single keys answer").uncheck()
    page.locator("h1").focus()
    page.keyboard.press("n")
    page.reload()
    page.keyboard.press("n")
    assert decided(server) == []
    page.get_by_role("button", name="Not a name").focus()
    pressed(page, "Enter")
    assert decided(server) == ["reject Lund"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Any, server: Server, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page.emulate_media(color_scheme=scheme)
    found = {}
    for name in ("0", "0?find=lund", "0?find=nobody", "2", "3", "list", "words?q=Lund", "done"):
        page.goto(server.address + name)
        found[name] = axe().run(page).response["violations"]
    assert {name: [v["id"] for v in faults] for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(page: Any, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(server.address + "0?find=lund")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
