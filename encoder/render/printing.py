"""How an edition is printed: the size of the page, the face, numbers beside the lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from encoder.forms import NAMED_PAGES, PAGE
from encoder.keys import key


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table `[print]` of `edition.toml`."""

    book_title: str = key(
        "title of the book of all texts; empty: that of the edition", table="print"
    )
    page: str = key("page: A4, A5, B5, letter, or width x height in mm", "page", table="print",
                    default="A5")  # fmt: skip
    font: str = key("typeface; empty: Libertinus Serif", table="print")
    font_size: float = key("size of the text in points", table="print", default=10.0)
    fonts: str = key("folder of font files, which are embedded", "path", table="print")
    line_numbers: bool = key("whether every fifth line is numbered", table="print", default=False)
    book: bool = key("whether several texts also make one book", table="print", default=True)

    @property
    def params(self) -> Mapping[str, str | bool]:
        """The parameters of the stylesheets that say the same."""
        said: dict[str, str | bool] = {"line-numbers": self.line_numbers, "font": self.font}
        size = NAMED_PAGES.get(self.page.lower(), self.page)
        if found := re.fullmatch(PAGE, size):
            said |= {"page-width": found[1], "page-height": found[2]}
        return said | {"font-size": f"{self.font_size:g}"}
