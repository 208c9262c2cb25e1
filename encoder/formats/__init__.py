"""How findings are written down: for a terminal, for a program, for a page.

Each format is a module with one function, from what was checked to text; the same findings give
the same text, and nothing that a file says can be taken for markup or a command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from encoder.formats import github, html, json, junit, sarif, text
from encoder.formats.checked import Checked, Excerpt

__all__ = ["WRITERS", "Checked", "Excerpt"]

WRITERS: Mapping[str, Callable[[Sequence[Checked]], str]] = MappingProxyType(
    {
        "text": text.write,
        "json": json.write,
        "sarif": sarif.write,
        "junit": junit.write,
        "github": github.write,
        "html": html.write,
    }
)
