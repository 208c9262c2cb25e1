"""`make pictures`: the letter as a web page and as set pages, for the README.

Needs a Chromium on the path; the pages are drawn by Typst itself.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import typst
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "tei" / "build" / "trotskij-1928-10-21"
OUT = Path(__file__).parent / "pictures"
VIEWS = {
    "page": (1100, 900, "light"),
    "page-dark": (1100, 900, "dark"),
    "page-phone": (390, 800, "light"),
}


def main() -> None:
    """Draw every picture."""
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.exit("needs chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (width, height, scheme) in VIEWS.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto(BUILT.with_suffix(".html").as_uri())
            page.screenshot(path=OUT / f"{name}.png")
        browser.close()
    _draw_pages()


def _draw_pages() -> None:
    """Draw the second page of the PDF: notes, running head, a page number in the margin."""
    pages = typst.compile(
        BUILT.with_suffix(".typ").read_bytes(), format="png", ppi=80, ignore_system_fonts=True
    )
    OUT.joinpath("sheet.png").write_bytes(pages[1])


if __name__ == "__main__":
    main()
