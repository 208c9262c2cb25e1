"""Words of the trade by language, kept as data in `encoder/data/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from encoder.resources import PACKAGE


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return what the data file `name` says; what differs by language, by language tags."""
    return tomllib.loads((PACKAGE / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str, language: str) -> tuple[str, ...]:
    """Return the words a data file has under `key` for a language, for all where none is known."""
    data = table(name)
    primary = language.split("-")[0]
    chosen = [data[primary]] if primary in data else list(data.values())
    return tuple(dict.fromkeys(word for entry in chosen for word in entry.get(key, ())))


@cache
def pattern(name: str, key: str, language: str) -> re.Pattern[str]:
    """Return a pattern that matches any of the words `words` returns, as whole words."""
    return any_of(words(name, key, language))


def any_of(choice: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of the words, the longest first, white space as in running text."""
    inner = alternation(choice) or "(?!)"  # no word: nothing matches
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w|['’][^\W\d_])", re.IGNORECASE)


def alternation(choice: Iterable[str]) -> str:
    """Return the words as an alternation, the longest first, white space as in running text."""
    ordered = sorted(choice, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@cache
def language_name(tag: str) -> str:
    """Return what a language is called in English."""
    from babel import Locale

    return Locale.parse(tag).get_language_name("en") or tag


@cache
def months() -> str:
    """Return an alternation of the names of the months in every language of `dates.toml`.

    A letter may be dated in another language than it is written in.
    """
    names = {name for tag in table("dates") for name in _named(tag, "months")}
    return alternation(names | {form for tag in table("dates") for form in _forms(tag)})


@cache
def roman_days() -> str:
    """Return an alternation of the words of the Roman calendar from which days are counted."""
    return alternation(words("dates", "roman", "la"))


@cache
def weekdays() -> re.Pattern[str]:
    """Return a pattern for the name of a day of the week in every language of `dates.toml`."""
    return any_of(name for tag in table("dates") for name in _named(tag, "days") if len(name) > 3)


def _forms(tag: str) -> Iterator[str]:
    for spellings in table("dates")[tag].get("forms", {}).values():
        yield from spellings


def _named(tag: str, what: str) -> Iterator[str]:
    """Yield the names CLDR has for the months or days of a language, in full and short."""
    from babel import Locale, UnknownLocaleError

    try:
        contexts = getattr(Locale.parse(tag), what)
    except UnknownLocaleError:
        return
    for context in contexts.values():
        for width in ("wide", "abbreviated"):
            names = (name.rstrip(".") for name in context.get(width, {}).values())
            yield from (name for name in names if len(name) > 2 and name.isalpha())
