"""Typography shows where an extraction did damage: signs stand where no compositor puts them.

A hyphen that was lost leaves a capital or a quotation mark inside a word, or a page number no book
has. What the text or the register writes correctly elsewhere is evidence for the reading, which is
then encoded (TEI P5 3.5.1); all else is a question for the editor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from encoder.edition import Edition
from encoder.flow import Flow, bearing, flows, printed
from encoder.lexicon import table, words
from encoder.model import Finding, Span
from encoder.profile import Profile

BY = "tei-encoder"
REACH = 60  # longest half of a suspect word, in characters
CONTEXT = 24  # characters quoted before and after a word, enough to find it again
PAGE_DIGITS = 4  # of a page number; longer ones are two that lost the dash between them
INFLECTION = 2  # most letters of an ending behind a closing mark, as in ”Iskra”s
HALF = 8  # fewest letters of each adjective in a pair; lower takes ordinary compounds for damage

LETTERS = [chr(code) for code in range(0x530) if chr(code).isalpha()]
UPPER, LOWER = ("".join(filter(kind, LETTERS)) for kind in (str.isupper, str.islower))
HYPHENS = "-‐‑"
QUOTE_IN_WORD = re.compile(r"[”“„«»\"](?<=[^\W\d_].)(?=[^\W\d_])")
CAPITAL_IN_WORD = re.compile(f"[{UPPER}](?<=[{LOWER}]{{2}}.)(?=[{LOWER}]{{2}})")
LONG_NUMBER = re.compile(rf"\d(?<!\w\d)\d{{{PAGE_DIGITS},{2 * PAGE_DIGITS - 1}}}(?!\w)")
NO_WORD = re.compile(r"[@/\\_.]")
DIGITS_IN_WORD = re.compile(rf"\d(?<=[{LOWER}]{{4}}.)\d{{0,2}}(?!\w)|\d(?=[{LOWER}]{{4}})")
ODD = (QUOTE_IN_WORD, CAPITAL_IN_WORD, LONG_NUMBER, DIGITS_IN_WORD)
HYPHENATED = re.compile(rf"(?<!\w)[^\W\d_]{{1,60}}(?:[{HYPHENS}][^\W\d_]{{1,60}})+(?!\w)")
WORD = re.compile(r"[^\W\d_]+")
MARKS = tuple('”“„«»"')
Places = Sequence[tuple[int, int]]


class Suspect(NamedTuple):
    """A word that looks damaged, in a flow; `reading` is what it may have been, if known."""

    start: int
    end: int
    what: str
    reading: str
    witness: str = ""


def find(edition: Edition, profile: Profile) -> Iterator[Span | Finding]:
    """Yield what may be damage in each flow, corrected where there is evidence."""
    witnesses = _witnesses(edition)
    pairs = _pairs(set(WORD.findall(printed(edition))))
    language = profile.language or edition.metadata.language
    odd = frozenset().union(*(bearing(edition, pattern) for pattern in (*ODD, _all(pairs))))
    for flow in flows(edition):
        places = list(flow.places(odd))
        for suspect in _suspects(flow.text, places, language, witnesses, pairs):
            yield from _reported(edition, flow, suspect)


def _all(pairs: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for all words that fall into two."""
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(pairs) or '(?!)'})(?![^\W\d_])")


def _suspects(
    text: str,
    places: Places,
    language: str,
    witnesses: Mapping[str, str],
    pairs: Mapping[str, str],
) -> Iterator[Suspect]:
    yield from _quotes(text, places)
    yield from _capitals(text, places, witnesses)
    yield from _pages(text, places, language)
    yield from _digits(text, places)
    yield from _paired(text, places, witnesses, pairs)


def _found(pattern: re.Pattern[str], text: str, places: Places) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds in some printed words."""
    return (match for start, end in places for match in pattern.finditer(text, start, end))


# Words.


def _quotes(text: str, places: Places) -> Iterator[Suspect]:
    """Yield words with a quotation mark inside: `end”piece”`, `”end”piece`."""
    here = 0
    for match in _found(QUOTE_IN_WORD, text, places):
        start, end = _word(text, match.start())
        closes = text[start : match.start()].startswith(MARKS)
        if start < here or (closes and end - match.end() <= INFLECTION):
            continue
        here, at = end, match.end() if closes else match.start()
        reading = f"{text[start:at]}-{text[at:end]}"
        yield Suspect(start, end, "a quotation mark stands inside a word", reading)


def _word(text: str, at: int) -> tuple[int, int]:
    """Return where the printed word around `at` begins and ends, without brackets and stops."""
    low, high = max(at - REACH, 0), min(at + REACH, len(text))
    start = max(low, text.rfind(" ", low, at) + 1, text.rfind("\n", low, at) + 1)
    word = text[start:high].split(maxsplit=1)[0]
    printed = word.rstrip(",.;:!?)]…")
    return start + len(printed) - len(printed.lstrip("([")), start + len(printed)


def _capitals(text: str, places: Places, witnesses: Mapping[str, str]) -> Iterator[Suspect]:
    """Yield words with a capital inside, but for those that are written so."""
    here = 0
    for match in _found(CAPITAL_IN_WORD, text, places):
        if match.start() < here:
            continue
        start, here = _letters(text, match.start())
        left, right = text[start : match.start()], text[match.start() : here]
        if not _written_so(left, right):
            reading = f"{left}-{right}"
            witness = _witness(reading, witnesses)
            yield Suspect(start, here, "a capital stands inside a word", reading, witness)


def _letters(text: str, at: int) -> tuple[int, int]:
    start, end = at, at
    while start > max(at - REACH, 0) and text[start - 1].isalpha():
        start -= 1
    while end < min(at + REACH, len(text)) and text[end].isalpha():
        end += 1
    return start, end


def _written_so(left: str, right: str) -> bool:
    known = _known()
    return (
        left in known["prefixes"]
        or right in known["endings"]
        or left + right in known["words"]
        or left.startswith("Mc")
    )


@cache
def _known() -> Mapping[str, frozenset[str]]:
    """Return what looks like damage and is none, from `typography.toml`."""
    data = table("typography")
    return {key: frozenset(value) for key, value in data.items()}


def _digits(text: str, places: Places) -> Iterator[Suspect]:
    """Yield words that digits are glued to, but for addresses and names of files."""
    here = 0
    for match in _found(DIGITS_IN_WORD, text, places):
        if match.start() < here:
            continue
        start, end = _word(text, match.start())
        here = end
        if not NO_WORD.search(text, start, end):
            at = match.start() if text[match.start() - 1].isalpha() else match.end()
            reading = f"{text[start:at]} {text[at:end]}"
            yield Suspect(start, end, "digits are glued to a word", reading)


def _paired(
    text: str, places: Places, witnesses: Mapping[str, str], pairs: Mapping[str, str]
) -> Iterator[Suspect]:
    """Yield words made of two adjectives that the text also has alone."""
    for match in _found(WORD, text, places if pairs else ()):
        if reading := pairs.get(match.group()):
            witness = _witness(reading, witnesses)
            yield Suspect(
                *match.span(), "two words may have lost the hyphen between them", reading, witness
            )


def _pairs(vocabulary: Iterable[str]) -> Mapping[str, str]:
    """Return words that fall into two of the vocabulary with one ending, and where they part.

    Words that agree in their ending are coordinate ("red-green"), which compounds are not. One
    letter of the ending may be inflection that the words do not have when alone.
    """
    known = {word for word in vocabulary if HALF <= len(word) <= REACH and word[1:].islower()}
    return {
        word: f"{word[:at]}-{word[at:]}"
        for word in known
        for at in range(HALF, len(word) - HALF + 1)
        if word[at - 2 : at] == word[-2:] and _all_known((word[:at], word[at:]), known)
    }


def _all_known(parts: tuple[str, str], known: set[str]) -> bool:
    return all(part in known for part in parts) or all(part[:-1] in known for part in parts)


# Page numbers.


def _pages(text: str, places: Places, language: str) -> Iterator[Suspect]:
    """Yield page numbers that no book has: `18788` after a word for page is 187-88."""
    for match in _found(LONG_NUMBER, text, places):
        if _page_word(language).search(text[max(match.start() - 12, 0) : match.start()]):
            reading = _parted(match.group()) or match.group()
            yield Suspect(*match.span(), "no book has a page of this number", reading)


@cache
def _page_word(language: str) -> re.Pattern[str]:
    known = sorted(words("citations", "page", language), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})\.? ?$", re.IGNORECASE)


def _parted(digits: str) -> str:
    """Return the two page numbers that digits are made of.

    If several are, the nearest two of at most three digits, since few books have 1,000 pages.
    """
    ranges = [
        (at > 3, last - int(digits[:at]), at)
        for at in range(1, len(digits))
        if (last := _last_page(digits[:at], digits[at:])) > int(digits[:at])
    ]
    at = min(ranges)[2] if ranges else 0
    return f"{digits[:at]}-{digits[at:]}" if at else ""


def _last_page(first: str, last: str) -> int:
    """Return the number of a last page, written whole or without the digits it shares."""
    if len(last) <= len(first):
        return int(first[: len(first) - len(last)] + last)
    return int(last) if len(last) == len(first) + 1 and last[0] != "0" else 0


# Evidence.


def _witnesses(edition: Edition) -> Mapping[str, str]:
    """Return the hyphenated forms that the register and the text have, and which of them does."""
    text = dict.fromkeys(HYPHENATED.findall(printed(edition)), "the text")
    named = " ".join(name.text for person in edition.register.persons for name in person.names)
    return text | dict.fromkeys(HYPHENATED.findall(named), "the register")


def _witness(reading: str, witnesses: Mapping[str, str]) -> str:
    """Say who else has a reading; its genitive counts."""
    form = reading if reading in witnesses else reading.removesuffix("s")
    return f"{witnesses[form]} has {form!r}" if form in witnesses else ""


def _reported(edition: Edition, flow: Flow, suspect: Suspect) -> Iterator[Span | Finding]:
    start, end = flow.span(suspect.start, suspect.end)
    word = flow.text[suspect.start : suspect.end]
    if suspect.witness:
        yield Span(start, end, "sic", reading=suspect.reading, by=BY, cert="medium")
    yield edition.finding(
        "word-corrected" if suspect.witness else "word-suspect",
        "info" if suspect.witness else "warning",
        f"{word!r}: {suspect.witness or suspect.what}",
        start,
        evidence=_context(flow.text, suspect),
        hint=f"if it should be {suspect.reading!r}, or something else, decide so",
        decision=_decision(flow.text, suspect),
    )


def _context(text: str, suspect: Suspect) -> str:
    return "".join(
        (_before(text, suspect), text[suspect.start : suspect.end], _after(text, suspect))
    )


def _decision(text: str, suspect: Suspect) -> str:
    """Return the entry of `decisions.toml` that takes the suggested reading."""
    fields = {
        "exact": text[suspect.start : suspect.end],
        "prefix": _before(text, suspect),
        "suffix": _after(text, suspect),
        "reading": suspect.reading,
    }
    lines = (f"{key} = {_quoted(value)}" for key, value in fields.items())
    return "\n".join(("[[correct]]", *lines))


def _before(text: str, suspect: Suspect) -> str:
    return text[max(suspect.start - CONTEXT, 0) : suspect.start].rpartition("\n")[2]


def _after(text: str, suspect: Suspect) -> str:
    return text[suspect.end : suspect.end + CONTEXT].partition("\n")[0]


def _quoted(value: str) -> str:
    """Return a TOML basic string: a JSON string, but that DEL is escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
