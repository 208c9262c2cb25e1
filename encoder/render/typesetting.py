"""A sheet is set by Typst from the markup that the stylesheets wrote; it may open nothing.

A compiler keeps its fonts, and what it has laid out, for the next sheet: a process has one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.resources import stylesheet

if TYPE_CHECKING:
    from typst import Compiler


def typeset(markup: bytes, fonts: Path | None = None, templates: Path | None = None) -> bytes:
    """Return the PDF that Typst sets from its markup. A warning of Typst is an error.

    Args:
        markup: what is set.
        fonts: a folder of further fonts.
        templates: the project's own stylesheet, if it had a part in the markup.

    Raises:
        MissingError: Typst, a font or a character in the fonts is not here.
        InputError: the text is nested too deeply.
        UsageError: Typst refuses what the project's stylesheet wrote.
    """
    try:
        from typst import TypstError
    except ImportError:
        raise MissingError("the typesetter is not installed", hint="pip install typst") from None
    try:
        pdf, warnings = _compiler(fonts).compile_with_warnings(
            markup, format="pdf", pdf_standards=["a-2a", "ua-1"]
        )
    except TypstError as error:
        raise _refused(error.message, error.hints, templates) from None
    if warnings:
        raise _refused(warnings[0].message, warnings[0].hints, templates)
    return cast("bytes", pdf)  # of a whole document it is one


@cache
def _compiler(fonts: Path | None) -> Compiler:
    """Return what sets all sheets with these fonts. It sees the folder of our own house alone."""
    from typst import Compiler, Fonts

    found = Fonts(False, True, [str(fonts)] if fonts else [])
    return Compiler(root=str(stylesheet("typst")), font_paths=found)


def _refused(message: str, hints: list[str], templates: Path | None) -> EncoderError:
    if missing := re.search(r"the text `\"(.+?)\"` could not be displayed", message):
        return MissingError(
            f"no font here has the character {_named(missing[1])}",
            hint="put a font that has it (Noto has one for each script) into a folder of the"
            ' project, and name that in edition.toml: [print] fonts = "fonts"',
        )
    if unknown := re.search(r"unknown font family: (.*)", message):
        return MissingError(
            f"no font here is called {unknown[1]!r}",
            hint="give the folder with it, [print] fonts, or leave [print] font out",
        )
    if "depth exceeded" in message:
        return InputError("elements are nested too deeply to be typeset")
    if templates:  # ours are tested
        return UsageError(
            f"Typst refuses what its templates for m:typst write: {message}",
            hint="; ".join(hints) or "`tei render FILE --to typst` shows the markup",
            place=str(templates),
        )
    return EncoderError(f"the typesetter failed: {message}", hint="; ".join(hints))


def _named(characters: str) -> str:
    codes = (f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for char in characters)
    return f"“{characters}” ({', '.join(codes)})"
