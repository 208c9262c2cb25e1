"""The house stays as drawn: imports point one way, and only some rooms hold the heavy tools."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "encoder"
MODULES = sorted(PACKAGE.rglob("*.py"))
# What every part may know: the nouns, and views of them.
MODEL = {
    "edition", "model", "errors", "resources", "profile", "metadata", "registers", "flow", "blocks",
    "bonds", "lexicon", "forms", "keys", "cells", "addresses", "read", "cache", "vocabulary",
    "naming", "trees", "safe", "languages", "feeding",
}  # fmt: skip
PARTS = {
    "convert",
    "structure",
    "annotate",
    "write",
    "validate",
    "render",
    "decisions",
    "odd",
    "report",
}
# Rooms, and single modules of rooms that otherwise do without.
HEAVY = {
    "lxml": {
        "cmif",
        "fetch",
        "odd",
        "render.__init__",
        "render.members",
        "site",
        "trees",
        "validate",
        "write",
    },
    "saxonche": {"validate", "saxon", "odd"},
    "typst": {"render.typesetting"},
    "click": {"cli"},
    "babel": {"annotate", "write", "lexicon"},
    "tomlkit": {"decisions", "project.init"},
    "spylls": {"vocabulary"},
    "platformdirs": {"cache"},
    "urllib.request": {"fetch"},
    "xmlschema": {"validate"},
    "pdfplumber": {"convert"},
    "pdfminer": {"convert"},
    "docx": {"convert"},
    "spacy": {"naming"},
    "distributed": {"parallel"},
}


def name(path: Path) -> str:
    """Return the room a module is in: its folder, or its own name."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def module(path: Path) -> str:
    """Return the name of a module within the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported(path: Path) -> Iterator[str]:
    """Yield the modules that a module imports, those only for type checkers left out."""
    tree = ast.parse(path.read_text("utf-8"))
    typing = [
        n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)
    ]
    skipped = {id(inner) for node in typing for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    """Return the rooms of the package that a module imports from."""
    names = (module.split(".") for module in imported(path))
    return {parts[1] for parts in names if parts[0] == "encoder" and len(parts) > 1}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    room = name(path)
    if room in MODEL:
        assert ours(path) <= MODEL | {room}
    elif room in PARTS:
        assert not ours(path) & ((PARTS - {room}) | {"pipeline", "desk", "build", "cli"})
    elif room == "formats":
        assert ours(path) <= MODEL | {"__version__", "explain", "formats", "report"}
    elif room in ("pipeline", "project"):
        assert not ours(path) & {"cli", "build", "desk"}


@pytest.mark.parametrize("tool", HEAVY)
def test_only_some_rooms_hold_the_heavy_tools(tool: str) -> None:
    holders = {
        module(path)
        for path in MODULES
        if any(f"{m}.".startswith(f"{tool}.") for m in imported(path))
    }
    rooms = tuple(f"{room}." for room in HEAVY[tool])
    assert not [holder for holder in holders if not f"{holder}.".startswith(rooms)]


def test_each_room_is_drawn() -> None:
    drawing = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    rooms = re.search(r"^## The rooms\n(.*?)^## ", drawing, re.DOTALL | re.MULTILINE)
    drawn = set(re.findall(r"\w+", rooms[1] if rooms else ""))
    assert {name(path) for path in MODULES} - {"__init__", "__main__"} <= drawn


def test_modules_are_one_idea_long() -> None:
    long = {str(p): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert not long


def test_what_renders_starts_without_what_encodes() -> None:
    code = "import sys, encoder.cli.render; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert not {b"lxml", b"saxonche", b"encoder.pipeline", b"babel"} & set(loaded.split())
