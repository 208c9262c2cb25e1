"""Runs `tei`: without a process of its own, as `main` would be run, or in one with fewer rights."""

from __future__ import annotations

import ctypes
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
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
    written = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(raw, "utf-8", write_through=True) for raw in written)
    given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    with patch.multiple(sys, argv=["tei", *arguments], stdout=out, stderr=err, stdin=given):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    said, told = (raw.getvalue().decode() for raw in written)
    return Ran(status, said, told)


# prctl(2) and capabilities(7): what a program started by root may not have, and root's right to
# write where nobody may. A program of root's without it is refused by modes as anyone is.
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def bound_by_modes() -> None:
    """Give up writing where the mode forbids it; for `preexec_fn`. Only root has more to give."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE):
        raise OSError("root's rights cannot be given up here")


def process(
    *arguments: str, cwd: Path, limit: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own.

    Args:
        arguments: those of `tei`.
        cwd: where it is run.
        limit: called in the new process before it becomes `tei`.
        environment: what is added to ours.
    """
    return subprocess.run(
        [sys.executable, "-m", "encoder", *arguments],
        cwd=cwd, env={**os.environ, **environment}, capture_output=True, check=False,
        preexec_fn=limit,
    )  # fmt: skip
