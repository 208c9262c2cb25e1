"""A decision is put at the end of `decisions.toml`; all that stood there, comments too, stays.

One that says nothing new is not written. One that answers anew what an older one about the same
place had answered takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from encoder import files
from encoder.decisions.file import KEYS, Decision, Kind, parse_decisions, read_decisions
from encoder.errors import UsageError

NAMES: tuple[Kind, ...] = ("link", "accept", "reject", "split", "merge")
# What a decision answers anew, so that older ones about the same place are idle.
ANSWERS: Mapping[Kind, tuple[Kind, ...]] = {
    "correct": ("correct",),
    "reject": ("correct", *NAMES),
    **dict.fromkeys(NAMES[:2] + NAMES[3:], NAMES),
}
DEFAULTS = {field.name: field.default for field in fields(Decision)}
HEADING = re.compile(r"\s*\[")
SAID = re.compile(r"\s*[^#\s]")
Same = Callable[[Decision], bool]


class Written(NamedTuple):
    """What was done: the decision stands on `line`; it is new, or was there; it replaced some."""

    line: int
    new: bool
    replaced: tuple[Decision, ...] = ()


def record(path: Path, decision: Decision, same: Same = lambda _: False) -> Written:
    """Write a decision into a file, which is made if it is not there.

    Args:
        same: whether an older decision is about the very same words.

    Raises:
        UsageError: the file is no list of decisions, or this is none.
        OutputError: it cannot be written.
    """
    there = read_decisions(path) if path.is_file() else ()
    known = next((older for older in there if _words(older) == _words(decision)), None)
    if known:
        return Written(known.line, new=False)
    idle = [older for older in there if _is_idle(older, decision, same)]
    text = path.read_bytes().decode() if there or path.is_file() else ""
    shorter = _without(text, [older.line for older in idle])
    if not _has(shorter, path, [older for older in there if older not in idle]):
        shorter, idle = text, []  # a table that cannot be cut out by its lines stays
    begun = _ended(shorter)
    newline = "\r\n" if "\r\n" in text else "\n"
    longer = begun + entry(decision).replace("\n", newline)
    parse_decisions(longer, path)
    files.write(path, longer.encode())
    return Written(begun.count("\n") + 1, new=True, replaced=tuple(idle))


def _has(text: str, path: Path, decisions: Iterable[Decision]) -> bool:
    """Whether a file has these decisions and no others."""
    try:
        return list(map(_words, parse_decisions(text, path))) == list(map(_words, decisions))
    except UsageError:
        return False


def entry(decision: Decision) -> str:
    """Return a decision as a table of TOML."""
    import tomlkit

    table = tomlkit.table()
    for key in KEYS[decision.kind]:
        value = getattr(decision, key)
        if value != DEFAULTS[key]:
            table.add(key, list(value) if isinstance(value, tuple) else value)
    tables = tomlkit.aot()
    tables.append(table)
    document = tomlkit.document()
    document.add(decision.kind, tables)
    return tomlkit.dumps(document)


def _words(decision: Decision) -> tuple[object, ...]:
    """Return what a decision says, wherever it is written."""
    return decision.kind, *(getattr(decision, key) for key in KEYS[decision.kind])


def _is_idle(older: Decision, decision: Decision, same: Same) -> bool:
    scope = older.everywhere, older.file
    if older.kind not in ANSWERS[decision.kind] or older.tag != decision.tag:
        return False
    if decision.everywhere:
        return scope == (True, decision.file) and older.quotation == decision.quotation
    return not older.everywhere and older.file in ("", decision.file) and same(older)


def _without(text: str, lines: Sequence[int]) -> str:
    """Return a file without the tables that begin on some lines; comments after them stay."""
    rows = list(StringIO(text, newline="\n"))  # no other sign ends a line of TOML
    for line in sorted(lines, reverse=True):
        after = (n for n, row in enumerate(rows[line:], line) if HEADING.match(row))
        end = next(after, len(rows))
        while end > line and not SAID.match(rows[end - 1]):
            end -= 1
        gap = end < len(rows) and not rows[end].strip()
        del rows[line - 1 : end + gap]
    return "".join(rows)


def _ended(text: str) -> str:
    """Return a file ready to be added to: its last line ended, and an empty one."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text:
        return ""
    ended = text if text.endswith("\n") else text + newline
    return ended if ended.endswith(newline * 2) else ended + newline
