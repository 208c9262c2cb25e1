"""A cell is text; a spreadsheet takes some of it for a formula, which may fetch and send.

Such a cell is written with an apostrophe before it, and that is taken off again when it is read: a
table that is written, saved by a spreadsheet and read is the same.
"""

from __future__ import annotations

import re

# What begins a formula in some spreadsheet, behind apostrophes or not.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """Return what a cell says, without the apostrophe that `defused` put before it."""
    return cell[1:] if DEFUSED.match(cell) else cell
