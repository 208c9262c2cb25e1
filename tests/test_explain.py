"""Explanations: every code that the program can give has one, and nothing else has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from encoder import resources
from encoder.corpus import faults
from encoder.errors import UsageError
from encoder.explain import entries, explain, listing
from encoder.formats.checked import CODES

PACKAGE = Path(__file__).parent.parent / "encoder"
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
# In validate/ codes may also come from tables; they tell themselves by their first part.
TABLED = re.compile(r"(?:rng|xsd|ref|id|sch)-[a-z]+(?:-[a-z]+)*")
MAKERS = {"finding", "Finding", "_finding", "_stop"}
KEYS = {"checks", "why", "wrong", "right", "chapter"}


def from_calls(tree: ast.AST, makers: set[str]) -> Iterator[str]:
    """Yield the codes that stand in the first argument of what makes a finding."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in makers:
                yield from strings(node.args[0])


def assigned(tree: ast.AST) -> Iterator[str]:
    """Yield what a variable called `code` is set to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            yield from strings(node.value)


def strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*strings(node.body), *strings(node.orelse))
    elif isinstance(node, ast.Constant) and CODE.fullmatch(str(node.value)):
        yield str(node.value)


def tabled(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and TABLED.fullmatch(str(node.value)):
            yield str(node.value)


def given() -> set[str]:
    """Return the codes that the program can give."""
    found = {*CODES.values(), *faults.CODES.values(), faults.OURS}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        found.update(from_calls(tree, MAKERS))
        if "validate" in path.parts:
            found.update(tabled(tree))
        for room, prefix in (("relaxng", "rng"), ("xsd", "xsd")):
            if room in path.parts:  # whose codes are put together in one place
                found.update(f"{prefix}-{code}" for code in from_calls(tree, {"_add", "_value"}))
                found.update(f"{prefix}-{code}" for code in assigned(tree))
    rules = re.findall(r'<sch:pattern id="([^"]+)"', resources.schema("edition.sch").read_text())
    return found | {f"sch-{rule}" for rule in rules}


def test_the_codes_are_found_in_the_code() -> None:
    known = {"date-impossible", "word-corrected", "word-suspect", "xml-entity", "name-ambiguous"}
    assert known | {"id-duplicate", "unreadable", "sch-corr-voice"} <= given()


def test_every_code_is_explained() -> None:
    assert given() - set(entries()) == set()


def test_nothing_else_is_explained() -> None:
    assert set(entries()) - given() == set()


@pytest.mark.parametrize("code", sorted(entries()))
def test_an_explanation_is_whole(code: str) -> None:
    entry = entries()[code]
    assert set(entry) >= KEYS
    assert set(entry) <= KEYS | {"fix"}
    assert all(value.strip() == value and value for value in entry.values())
    assert entry["checks"].endswith(".")
    assert entry["wrong"] != entry["right"]
    page = explain(code)
    assert page.startswith(f"{code}\n\n")
    assert entry["chapter"] in page


def test_a_rule_of_the_schema_speaks_for_itself() -> None:
    page = explain("sch-corr-voice")
    assert "An intervention has a voice." in page
    assert "Add @resp with whoever decided it." in page


def test_all_codes_are_listed_in_order() -> None:
    listed = [line.split()[0] for line in listing().splitlines()]
    assert listed == sorted(entries())


@pytest.mark.parametrize("code", ["sch-cor-voice", "CORR-VOICE", "", "\x1b[31m"])
def test_an_unknown_code_names_the_nearest(code: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean [a-z]") as caught:
        explain(code)
    assert caught.value.exit_code == 2
    assert "\x1b" not in str(caught.value)


def test_a_slip_leads_to_the_code_meant() -> None:
    with pytest.raises(UsageError, match="did you mean sch-corr-voice"):
        explain("sch-cor-voice")
