"""A browser for tests: Debian's Chromium, which may ask nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    # Only tests need a browser: who builds an edition, or tests without root's rights, has none and
    # need not have one. `.ci/run` installs it and sets TEI_STRICT=1, where this skip is a failure.
    if not CHROMIUM.exists():
        pytest.skip(f"needs {CHROMIUM} (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield running
        running.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """The browser of a module; each test closes what it opened."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def opened(
    browser: Any, address: str, *, scripts: bool = False, **how: Any
) -> tuple[Any, list[str]]:
    """Open a page, without scripts unless told; return it and what it asked for."""
    page = browser.new_context(java_script_enabled=scripts, **how).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, asked
