"""A key is one line of `edition.toml`: what it is called, what it means, what it may say.

The keys are the fields of the dataclasses that take their values; nothing else lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from encoder.forms import FORMS

TABLES = ("edition", "reading", "editorial", "notes", "registers", "site", "print", "validate")
Value = str | int | float | bool | tuple[str, ...]
SHOWN = 60  # choices that a hint names: the keys of any table, but not all entries of a register
# Forms whose values may be a table of texts as well as a text.
TABLED = frozenset({"copies"})
KINDS: Mapping[type, str] = {
    str: "text in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    tuple: 'a list of texts, such as ["one", "two"]',
}


def key(
    doc: str, form: str = "text", *, table: str = "edition", name: str = "", default: Value = ""
) -> Any:
    """Return a dataclass field that takes the value of a key.

    Args:
        doc: what the key means, for the reader of `edition.toml`.
        form: one of `FORMS`.
        name: the key's name, where it is not the field's.
    """
    return field(default=default, metadata={"table": table, "name": name, "doc": doc, "form": form})


@dataclass(frozen=True, slots=True)
class Key:
    """One key of `edition.toml`, and the fields that take its value."""

    table: str
    name: str
    doc: str
    form: str
    default: Value
    choices: tuple[str, ...]
    fields: tuple[tuple[type, str], ...]

    @property
    def kind(self) -> type:
        """The type of its values."""
        return type(self.default)


@cache
def keys(*holders: type) -> tuple[Key, ...]:
    """Return the keys of some dataclasses, in the order in which `edition.toml` has them.

    Where two dataclasses have the same key, it is one key and both take its value.
    """
    found: dict[tuple[str, str], Key] = {}
    for one in (one for holder in holders for one in _of(holder)):
        first = found.setdefault((one.table, one.name), one)
        if first is not one:
            found[one.table, one.name] = replace(first, fields=first.fields + one.fields)
    return tuple(sorted(found.values(), key=lambda one: TABLES.index(one.table)))


def _of(holder: type) -> Iterator[Key]:
    hints, blank = get_type_hints(holder), holder()
    for item in fields(holder):
        said = item.metadata
        if "table" in said:
            name, form = said.get("name") or item.name, said.get("form", "text")
            taken = ((holder, item.name),)
            hint, default = hints[item.name], getattr(blank, item.name)
            choices = _choices(hint)
            yield Key(said["table"], name, said["doc"], form, default, choices, taken)


def _choices(hint: Any) -> tuple[str, ...]:
    """Return what a value may be, or each of a list; nothing where it may be anything."""
    one = get_args(hint)[0] if get_origin(hint) is tuple else hint
    return get_args(one) if get_origin(one) is Literal else ()


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return a hint that names the choice most like a word, or what there is where none is."""
    known = list(choices)
    if close := get_close_matches(word.lower(), known, 1, 0.5):
        return f"did you mean {close[0]!r}?"
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"known are {', '.join(known[:SHOWN]) or 'none'}{more}"


def problem(one: Key, value: object) -> str:
    """Return what is expected where `value` is not what a key takes; else nothing."""
    if one.form in TABLED and isinstance(value, dict):
        right = all(isinstance(file, str) and file for file in value.values())
        return "" if right else 'expected {"address" = "file", …}'
    if not _is_a(one.kind, value):
        return f"expected {KINDS[one.kind]}"
    if one.kind is tuple and one.choices and isinstance(value, list):
        unknown = [item for item in value if item not in one.choices]
        return f"{unknown[0]!r}: {nearest(unknown[0], one.choices)}" if unknown else ""
    if one.choices:
        either = " or ".join(f'"{choice}"' for choice in one.choices)
        return "" if value in one.choices else f"expected {either}"
    fits, expected = FORMS[one.form]
    return f"expected {expected}" if value and isinstance(value, str) and not fits(value) else ""


def _is_a(kind: type, value: object) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is tuple:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) is kind
