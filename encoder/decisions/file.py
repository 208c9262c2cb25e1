"""How decisions are written down: one table each in `decisions.toml` (TOML 1.0)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from encoder.decisions.anchor import Quotation
from encoder.errors import UsageError
from encoder.forms import NOT_XML
from encoder.keys import nearest
from encoder.model import Cert, Finding, Position, Severity, collapse

Kind = Literal["correct", "link", "accept", "reject", "split", "merge"]
# Whether a decision answers questions about names, about the rest of the text, or both.
SETTLES: Mapping[Kind, tuple[str, ...]] = {
    "correct": ("text",),
    "link": ("name",),
    "accept": ("name", "text"),
    "reject": ("name", "text"),
    "split": ("name",),
    "merge": ("name",),
}

COMMON = {"exact": str, "prefix": str, "suffix": str, "everywhere": bool, "file": str}
VOICE = {"by": str, "cert": str, "why": str}
KEYS: Mapping[str, Mapping[str, type]] = {
    "correct": {**COMMON, "reading": str, **VOICE},
    "link": {**COMMON, "ref": str, "tag": str, **VOICE},
    "accept": {**COMMON, "ref": str, "tag": str, **VOICE},
    "reject": {**COMMON, "tag": str, **VOICE},
    "split": {**COMMON, "parts": list, "refs": list, "tag": str, **VOICE},
    "merge": {**COMMON, "ref": str, "tag": str, **VOICE},
}
FEWEST = 2  # parts of a split
NEEDED = {"correct": ("exact", "reading"), "link": ("exact", "ref")}
EXPECTED: Mapping[type, str] = {
    bool: "true or false",
    list: 'texts in brackets, such as ["one", "two"]',
    str: "text in quotation marks",
}
TABLE = re.compile(r"\s*\[\[\s*[\"']?([\w-]+)[\"']?\s*\]\]")


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided about the words `exact`.

    `path` and `line` say where it is written.
    """

    kind: Kind
    exact: str
    prefix: str = ""
    suffix: str = ""
    everywhere: bool = False
    file: str = ""
    reading: str = ""
    ref: str = ""
    parts: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    tag: str = ""
    by: str = "enc"
    cert: Cert = "high"
    why: str = ""
    path: str = ""
    line: int = 0

    @property
    def quotation(self) -> Quotation:
        """The words it is anchored by."""
        return Quotation(self.exact, self.prefix, self.suffix)

    def finding(self, code: str, message: str, hint: str, source: str) -> Finding:
        """Return a finding about the decision itself; `source` names the text it is about."""
        where = Position(self.line, 1) if self.line else None
        severity: Severity = "info" if self.everywhere else "warning"
        words = f"{self.kind} {self.exact!r}"
        return Finding(code, severity, message, self.path or source, where, hint, words)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read `decisions.toml`.

    Raises:
        UsageError: the file is missing or no TOML, or a table or key in it is unknown, missing
            or of the wrong kind.
    """
    return parse_decisions(_read(path), path)


def parse_decisions(text: str, path: Path) -> tuple[Decision, ...]:
    """Return the decisions in the text of a file.

    Raises:
        UsageError: it is no TOML, or says something that no decision does.
    """
    lines = _table_lines(text)
    found = [
        _decision(kind, table, path, _line(lines.get(kind, ()), index))
        for kind, tables in _parsed(text, path).items()
        for index, table in enumerate(_tables(kind, tables, path, lines))
    ]
    return tuple(sorted(found, key=lambda decision: decision.line))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        message = f"the decisions cannot be read ({error.strerror})"
        raise UsageError(message, place=str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("the decisions are not in UTF-8", place=str(path)) from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, at = str(error).partition(" (at ")
        place = ":".join(re.findall(r"\d+", at)) or str(text.count("\n") + 1)
        hint = 'a decision is a table: [[correct]], then lines such as exact = "…"'
        raise UsageError(f"no TOML: {message}", hint=hint, place=f"{path}:{place}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError("a value is too long or too deeply nested", place=str(path)) from error


def _table_lines(text: str) -> dict[str, list[int]]:
    """Return the lines on which the tables of each kind begin."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := TABLE.match(line):
            lines.setdefault(found[1], []).append(number)
    return lines


def _line(lines: Iterable[int], index: int) -> int:
    return next((line for n, line in enumerate(lines) if n == index), 0)


def _tables(
    kind: str, tables: object, path: Path, lines: Mapping[str, list[int]]
) -> list[dict[str, Any]]:
    place = f"{path}:{_line(lines.get(kind, ()), 0) or 1}"
    if kind not in KEYS:
        raise UsageError(f"no decision is called {kind!r}", hint=nearest(kind, KEYS), place=place)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        hint = f"write [[{kind}]] with two brackets on each side"
        raise UsageError(f"{kind!r} is to be a list of tables", hint=hint, place=place)
    return tables


def _decision(kind: str, table: dict[str, Any], path: Path, line: int) -> Decision:
    place = f"{path}:{line}" if line else str(path)
    for key, value in table.items():
        _check(kind, key, value, place)
    for key in NEEDED.get(kind, ("exact",)):
        if not table.get(key, "").strip():
            hint = f'write {key} = "…" under [[{kind}]]'
            raise UsageError(f"a {kind} decision needs {key!r}", hint=hint, place=place)
    said = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
    values: dict[str, Any] = {"kind": kind, "path": str(path), "line": line, **said}
    decision = Decision(**values)
    if kind == "split":
        _check_parts(decision, place)
    return decision


def _check_parts(said: Decision, place: str) -> None:
    """Refuse a split whose parts do not stand in its words, in their order."""
    rest = collapse(said.exact)
    for part in map(collapse, said.parts):
        before, found, rest = rest.partition(part) if part else ("", "", rest)
        if not found:
            message = f"the part {part!r} does not stand in {said.exact!r} after the others"
            hint = f"what is left there is {before!r}" if before else "parts do not overlap"
            raise UsageError(message, hint=hint, place=place)
    if len(said.parts) < FEWEST:
        hint = 'write parts = ["one", "two"] under [[split]]'
        raise UsageError("a split decision needs two 'parts' or more", hint=hint, place=place)
    if said.refs and len(said.refs) != len(said.parts):
        hint = 'one for each part; "" for nobody the register has'
        raise UsageError("'refs' are not as many as 'parts'", hint=hint, place=place)


def _check(kind: str, key: str, value: object, place: str) -> None:
    known = KEYS[kind]
    if key not in known:
        message = f"a {kind} decision has no key {key!r}"
        raise UsageError(message, hint=nearest(key, known), place=place)
    texts = value if isinstance(value, list) else []
    if not isinstance(value, known[key]) or not all(isinstance(text, str) for text in texts):
        expected = EXPECTED[known[key]]
        raise UsageError(f"{key} = {value!r}: expected {expected}", place=place)
    if strange := NOT_XML.search("".join([*texts, value if isinstance(value, str) else ""])):
        raise UsageError(f"{key}: {strange[0]!r} cannot stand in XML", place=place)
    if key == "cert" and value not in get_args(Cert):
        choices = " or ".join(get_args(Cert))
        raise UsageError(f"cert = {value!r}: expected {choices}", place=place)
