"""Words of the trade by language, kept as data in `encoder/data/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from encoder.resources import PACKAGE


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return the data file `name` as a mapping from language tags to its entries."""
    return tomllib.loads((PACKAGE / "data" / f"{name}.toml").read_text("utf-8"))


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
    ordered = sorted(choice, key=lambda word: (-len(word), word))
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)
