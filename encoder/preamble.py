"""A preamble is what a text says of itself to programs: the front matter of Markdown.

It stands between two rules before the first words: `key: value` (YAML) or `key = value` (TOML). Of
the two languages only is read what people write there: values in a line or several, quoted or not,
and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from encoder.forms import FORMS

END = r"(?:\r\n|\r|\n)"
WHOLE = re.compile(
    rf"(---|\+\+\+)[ \t]*{END}(?=[^\W\d])([^\f]{{1,20000}}?){END}"
    rf"(?:\1|\.\.\.)[ \t]*(?={END}|\Z)"
)
KEY = re.compile(r"(?:\A|(?<=[\r\n]))([^\W\d][\w-]{0,40})[ \t]*[:=](?=[ \t\r\n]|\Z)")
ASIDE = re.compile(rf"{END}(?=[^\s#\-\]}}])")  # a line that goes on with nothing
ITEM = re.compile(rf"(?:\A|{END})[ \t]*-[ \t]+([^\r\n]*)")
FOLDED = re.compile(rf"[|>][+-]?\d?[ \t]*{END}")
# What a header calls what programs call by these names, and what it must look like.
NAMES = {
    **{"title": "title", "author": "author", "authors": "author", "creator": "author"},
    **{"date": "date", "translator": "translator", "editor": "editor", "place": "place"},
    **{"lang": "language", "language": "language"},
}
FORM = {name: FORMS[name if name in ("date", "language") else "text"] for name in NAMES.values()}


class Entry(NamedTuple):
    """One statement: its key, what it says of it, and where it stands."""

    key: str
    value: str
    start: int
    end: int


class Preamble(NamedTuple):
    """The statements of a text, the rules around them, and where they end."""

    entries: tuple[Entry, ...]
    opened: tuple[int, int]
    closed: tuple[int, int]

    @property
    def stated(self) -> Mapping[str, str]:
        """What of it a header can say, by the names of metadata."""
        known = ((NAMES.get(entry.key.casefold()), entry.value) for entry in reversed(self.entries))
        return {name: value for name, value in known if name and FORM[name][0](value)}


def preamble(text: str) -> Preamble | None:
    """Return the preamble that a text begins with, if it has one."""
    whole = WHOLE.match(text)
    entries = tuple(_entries(whole[2], whole.start(2))) if whole else ()
    if whole is None or not entries:
        return None
    said = whole.group().rstrip()
    return Preamble(entries, whole.span(1), (len(said) - 3, len(said)))


def _entries(said: str, at: int) -> Iterator[Entry]:
    """Yield the statements; none where a line is no part of one."""
    keys = list(KEY.finditer(said))
    begun = {key.start() for key in keys}
    if 0 not in begun or any(line.end() not in begun for line in ASIDE.finditer(said)):
        return
    for key, end in zip(keys, [*(k.start() for k in keys[1:]), len(said)], strict=True):
        value = said[key.end() : end].rstrip()
        yield Entry(key[1], _value(value.strip()), at + key.start(), at + key.end() + len(value))


def _value(said: str) -> str:
    """Return what a value says, several of a list parted by semicolons."""
    folded = FOLDED.match(said)
    if folded:
        return " ".join(said[folded.end() :].split())
    several = [item[1] for item in ITEM.finditer(said)]
    if said.startswith("[") and said.endswith("]"):
        several = said[1:-1].split(",")
    return "; ".join(map(_bare, several)) if several else _bare(said)


def _bare(said: str) -> str:
    said = " ".join(said.split())
    return said[1:-1] if said[:1] in ("'", '"') and said[-1:] == said[:1] != said else said
