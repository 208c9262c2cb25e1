"""What `docs/security.md` promises has a test, row by row."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs" / "security.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)` \|$")


@cache
def functions(file: str) -> set[str]:
    """Return the names of the tests of a file."""
    tree = ast.parse((HERE / file).read_text("utf-8"))
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    return {node.name for node in found}


@pytest.mark.parametrize("row", [row for row in ROWS if not row.endswith("| test |")])
def test_each_row_names_a_test_that_there_is(row: str) -> None:
    named = NAMED.search(row)
    assert named, f"no test: {row}"
    assert named[2] in functions(named[1])


def test_no_row_is_told_twice() -> None:
    named = [match.groups() for row in ROWS if (match := NAMED.search(row))]
    assert len(named) == len(set(named)) > 40
