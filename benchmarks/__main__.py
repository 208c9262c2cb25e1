"""`make bench`, or `python -m benchmarks`: measure, and print one table."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import tools
from benchmarks.measure import counter, run
from benchmarks.rows import Row, encoding, rows
from benchmarks.table import table
from benchmarks.texts import project
from benchmarks.tools import tei
from benchmarks.wholes import TEXTS, wholes

ENCODER = Path(__file__).parent.parent / "encoder"
ROUNDS = 5
COUNTERS = {
    "perf": "instructions by perf",
    "callgrind": "instructions of short processes by callgrind: the processor tells perf none",
    "": "no instructions: neither perf nor valgrind is here (linux-perf, valgrind)",
}
LIBRARIES = ("tei-encoder", "lxml", "saxonche", "typst")


def main() -> None:
    """Print the circumstances, then the table, row by row as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="runs that count, of each")
    parser.add_argument("--texts", type=int, default=TEXTS, help="of the largest corpus")
    parser.add_argument("--encoding", action="store_true", help="only the rows about encoding")
    said = parser.parse_args()
    # As what is installed is: else each start would compile what was changed since.
    compileall.compile_dir(ENCODER, quiet=1)
    for line in (*_circumstances(said.rounds), ""):
        print(line, flush=True)
    with tempfile.TemporaryDirectory(prefix="tei-bench-") as folder:
        measured = (
            encoding(Path(folder), said.rounds)
            if said.encoding
            else _rows(Path(folder), said.rounds, said.texts)
        )
        for line in table(measured):
            print(line, flush=True)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}.")


def _rows(folder: Path, rounds: int, texts: int) -> Iterator[Row]:
    yield from rows(folder, rounds)
    letter = project(folder / "whole", decisions=True)
    run(tei("encode", letter.source, "-o", letter.tei))
    yield from wholes(letter, folder, rounds, texts)


def _circumstances(rounds: int) -> Iterator[str]:
    ours = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"- {platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores"
    yield f"- Python {platform.python_version()}, {ours}"
    yield f"- {', '.join(_others())}"
    yield f"- {COUNTERS[counter()]}"
    yield f"- medians of {rounds} runs, in turn; load at the start {os.getloadavg()[0]:.1f}"


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
    fop = shutil.which("fop")
    yield tools.version(fop, "-version") if fop else tools.FOP
    yield tools.REQUIREMENTS.read_text("utf-8").strip().replace("==", " ")


if __name__ == "__main__":
    main()
