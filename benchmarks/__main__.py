"""`make bench`, or `python -m benchmarks`: measure, and print one table."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import tools, wholes
from benchmarks.measure import counter
from benchmarks.record import DOCUMENT, recorded
from benchmarks.rows import FAILED, Row, encoding, groups, kept
from benchmarks.table import table
from benchmarks.texts import project
from benchmarks.wholes import TEXTS

ENCODER = Path(__file__).parent.parent / "encoder"
ROUNDS = 5
COUNTERS = {
    "perf": "instructions by perf",
    "callgrind": "instructions of short processes by callgrind: the processor tells perf none",
    "": "no instructions: neither perf nor valgrind is here (linux-perf, valgrind)",
}
LIBRARIES = ("tei-encoder", "lxml", "saxonche", "typst")


def main() -> int:
    """Print the circumstances, then the table, row by row as it is measured; 1 if one failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="runs that count, of each")
    parser.add_argument("--texts", type=int, default=TEXTS, help="of the largest corpus")
    parser.add_argument("--encoding", action="store_true", help="only the rows about encoding")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md as well")
    said = parser.parse_args()
    if said.write and said.encoding:
        parser.error("--write is about the whole table")
    # As what is installed is: else each start would compile what was changed since.
    compileall.compile_dir(ENCODER, quiet=1)
    lines = list[str]()
    for line in _lines(said):
        print(line, flush=True)
        lines.append(line)
    if said.write:
        DOCUMENT.write_text(recorded(DOCUMENT.read_text("utf-8"), lines), "utf-8")
    return int(any(FAILED in line for line in lines))


def _lines(said: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the document as they are measured."""
    start = os.getloadavg()[0]
    yield from _circumstances(said.rounds)
    yield ""
    with tempfile.TemporaryDirectory(prefix="tei-bench-") as name:
        folder = Path(name)
        rows = encoding(folder, said.rounds) if said.encoding else _rows(folder, said)
        yield from table(rows)
    yield ""
    yield f"Load: {start:.1f} at the start, {os.getloadavg()[0]:.1f} at the end."


def _rows(folder: Path, said: argparse.Namespace) -> Iterator[Row]:
    for group in groups(folder, said.rounds):
        yield from kept(group)
    whole = project(folder / "whole", decisions=True)
    for group in wholes.groups(whole, folder, said.rounds, said.texts):
        yield from kept(group)


def _circumstances(rounds: int) -> Iterator[str]:
    ours = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"Measured on {datetime.now(UTC):%d %B %Y} by `python -m benchmarks --rounds {rounds}`."
    yield ""
    yield f"- {platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores"
    yield f"- Python {platform.python_version()}, {ours}"
    yield f"- {', '.join(_others())}"
    yield f"- {COUNTERS[counter()]}"


def _processor() -> str:
    """Return what the processor calls itself, where the system tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "processor unknown")


def _others() -> Iterator[str]:
    for name, absent in (("pandoc", tools.PANDOC), ("rg", tools.RIPGREP)):
        program = shutil.which(name)
        yield tools.version(program, "--version") if program else absent
    jing = shutil.which("jing")
    yield tools.version(jing, says="Jing version") if jing else tools.JING
    fop = shutil.which("fop")
    yield tools.version(fop, "-version") if fop else tools.FOP
    yield tools.REQUIREMENTS.read_text("utf-8").strip().replace("==", " ")


if __name__ == "__main__":
    sys.exit(main())
