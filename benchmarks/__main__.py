"""`make bench`, or `python -m benchmarks`: measure, and print one table."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import tools
from benchmarks.rows import rows
from benchmarks.table import table

ROUNDS = 5
LIBRARIES = ("tei-encoder", "lxml", "saxonche", "typst")


def main() -> None:
    """Print the circumstances, then the table, row by row as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="runs that count, of each")
    rounds = parser.parse_args().rounds
    for line in (*_circumstances(rounds), ""):
        print(line, flush=True)
    with tempfile.TemporaryDirectory(prefix="tei-bench-") as folder:
        for line in table(rows(Path(folder), rounds)):
            print(line, flush=True)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}.")


def _circumstances(rounds: int) -> Iterator[str]:
    ours = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"- {platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores"
    yield f"- Python {platform.python_version()}, {ours}"
    yield f"- {', '.join(_others())}"
    yield f"- medians of {rounds} runs, in turn; load at the start {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    """Return what the processor calls itself, where the system tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "processor unknown")


def _others() -> Iterator[str]:
    pandoc = shutil.which("pandoc")
    yield tools.version(pandoc, "--version") if pandoc else tools.PANDOC
    yield tools.REQUIREMENTS.read_text("utf-8").strip().replace("==", " ")


if __name__ == "__main__":
    main()
