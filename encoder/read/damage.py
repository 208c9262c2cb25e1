"""Damage is what an earlier reading left in a text: letters of a wrong encoding, letters lost.

It is told and never mended: the text stays as received. Signs that look like others are told too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from encoder.model import Finding, Source

# A byte that begins a letter in UTF-8, and those that follow, as Windows-1252 reads them.
MOJIBAKE = re.compile("[\xc2-\xf4][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")
USUAL = re.compile("[ÃÂâÐÑÅÄ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# What a text in a language of Europe is likely to hold.
COMMON = re.compile("[\xa0-\u017f\u0400-\u04ff\u2010-\u203a€]")
# The share of what is beyond ASCII from which it is damage; lower takes odd pairs for it.
MOJIBAKE_SHARE = 0.2
UNCOMMON = {
    "ligatures (ﬁ)": re.compile("[\ufb00-\ufb06]"),
    "zero-width characters": re.compile("[\u200b-\u200d\u2060\ufeff]"),
    "signs a PDF does not name": re.compile(r"\(cid:\d+\)"),
    "characters of private use": re.compile("[\ue000-\uf8ff]"),
}


def report(source: Source) -> Iterator[Finding]:
    """Yield what someone who reads or searches the text should know of its characters."""
    yield from _mojibake(source)
    yield from _lost(source)
    yield from _uncommon(source)
    yield from _without_text(source)


def _mojibake(source: Source) -> Iterator[Finding]:
    """Yield where UTF-8 was once read as Windows-1252: it is told, and never mended."""
    if not USUAL.search(source.text):
        return
    found = [m for m in MOJIBAKE.finditer(source.text) if _meant(m[0])]
    beyond = len(source.text) - len(source.text.encode("ascii", "ignore"))
    if len(found) > 1 and MOJIBAKE_SHARE * beyond < sum(len(m[0]) for m in found):
        first = found[0]
        message = f"{len(found):,} letters such as {first[0]!r} were once read in a wrong encoding"
        hint = f"{first[0]!r} was probably {_meant(first[0])!r}; go back to an undamaged file"
        where = source.locate(first.start())
        yield Finding("encoding-damaged", "warning", message, source.name, where, hint)


def _meant(damaged: str) -> str:
    """Return the letter that was read in a wrong encoding, if it is one of common use."""
    try:
        letter = damaged.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return ""
    return letter if COMMON.fullmatch(letter) else ""


def _lost(source: Source) -> Iterator[Finding]:
    """Yield where a character was lost before the file came to us."""
    if "\ufffd" in source.text:
        times, where = source.text.count("\ufffd"), source.locate(source.text.index("\ufffd"))
        message = f"{times:,} characters were lost before: U+FFFD stands for them"
        hint = "go back to an undamaged file"
        yield Finding("encoding-damaged", "warning", message, source.name, where, hint)


def _uncommon(source: Source) -> Iterator[Finding]:
    """Yield which signs of typesetting are kept as they are, so that who searches knows."""
    if source.text.isascii() and "(cid:" not in source.text:
        return
    counts = {what: len(pattern.findall(source.text)) for what, pattern in UNCOMMON.items()}
    said = ", ".join(f"{n:,} {what}" for what, n in counts.items() if n)
    if said:
        yield Finding("characters-kept", "info", f"kept as they are: {said}", source.name)


def _without_text(source: Source) -> Iterator[Finding]:
    """Yield the pages, parted by form feeds, on which nothing is printed: pictures, or empty."""
    offset = 0
    for number, page in enumerate(source.text.split("\f"), 1):
        if not page.strip() and offset < len(source.text):
            message = f"page {number} has no text"
            hint = "if the page is a picture, recognise its text, for example with ocrmypdf"
            yield Finding(
                "page-without-text", "info", message, source.name, source.locate(offset), hint
            )
        offset += len(page) + 1
