"""Runs `tei` without a process of its own, as `main` would be run."""

from __future__ import annotations

import io
import sys
from typing import NamedTuple
from unittest.mock import patch

from encoder.cli import main


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    exit_code: int
    stdout: str
    stderr: str


def tei(*arguments: str, stdin: bytes = b"") -> Ran:
    """Run a command with its arguments."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "12")
    given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    with patch.multiple(sys, argv=["tei", *arguments], stdout=out, stderr=err, stdin=given):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    said, told = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return Ran(status, said, told)
