"""A policy says what an archive accepts: schemas, licences, tests, and how grave a finding is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from encoder.errors import UsageError
from encoder.keys import nearest
from encoder.model import Severity

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
KEYS = ("format", "schemas", "licences", "severity", "test")
TEST_KEYS = ("xpath", "message", "severity")


@dataclass(frozen=True, slots=True)
class Test:
    """An XPath 3.1 expression that must be true of each document; `tei:` is the TEI's prefix."""

    xpath: str
    message: str
    severity: Severity = "error"


@dataclass(frozen=True)
class Policy:
    """What is accepted. Without a policy: what is valid by the schemas it names itself."""

    schemas: tuple[Path, ...] = ()
    licences: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    tests: tuple[Test, ...] = ()


def read_policy(path: Path | None) -> Policy:
    """Read a policy; None is the default one.

    Raises:
        UsageError: the file is missing or not right; it says which key.
    """
    if path is None:
        return Policy()
    said = _parsed(path)
    for key in said:
        if key not in KEYS:
            raise UsageError(f"no key is called {key!r}", hint=nearest(key, KEYS), place=str(path))
    schemas = tuple(path.parent / name for name in _texts(said, "schemas", path))
    for schema in schemas:
        if not schema.is_file():
            raise UsageError(f"there is no schema {schema}", place=str(path))
    severity = said.get("severity", {})
    if not isinstance(severity, dict) or any(one not in SEVERITIES for one in severity.values()):
        raise UsageError(
            _expected("severity", "codes with error, warning or info"), place=str(path)
        )
    tests = tuple(_test(one, path) for one in _tables(said, path))
    return Policy(schemas, _texts(said, "licences", path), severity, tests)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", place=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this is not TOML: {error}", place=str(path)) from error


def _expected(key: str, what: str) -> str:
    return f"{key}: expected {what}"


def _texts(said: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    value = said.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(_expected(key, 'a list, such as ["one", "two"]'), place=str(path))
    return tuple(value)


def _tables(said: Mapping[str, Any], path: Path) -> list[Mapping[str, Any]]:
    value = said.get("test", [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UsageError(_expected("test", "a table for each, under [[test]]"), place=str(path))
    return value


def _test(said: Mapping[str, Any], path: Path) -> Test:
    for key in said:
        if key not in TEST_KEYS:
            hint = nearest(key, TEST_KEYS)
            raise UsageError(f"[[test]] has no key {key!r}", hint=hint, place=str(path))
    if not all(isinstance(said.get(key), str) and said[key] for key in ("xpath", "message")):
        raise UsageError(_expected("[[test]]", "an xpath and a message"), place=str(path))
    if said.get("severity", "error") not in SEVERITIES:
        raise UsageError(_expected("severity", "error, warning or info"), place=str(path))
    return Test(**said)
