"""`python -m benchmarks.corpus`: ten thousand texts, with one process and two, whole and killed.

The machine may be busy with other things, so processor time stands beside that of the clock.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import watching
from benchmarks.tools import tei
from tests.corpora import corpus, held

SMALLER = 10  # how much smaller the corpus is that tells whether memory grows
COUNT = 200_000_000  # a few seconds of a processor
LOOKS = 0.5  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """What a run took: seconds by the clock, of processors, and the most memory of one process."""

    wall: float
    processor: float
    mebibytes: float
    said: str


def main() -> None:
    """Print what was measured, a line each, as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--broken", type=int, default=50)
    asked = parser.parse_args()
    print(f"load at the start {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="tei-corpus-") as folder:
        for line in _measured(Path(folder), asked.texts, asked.broken):
            print(line, flush=True)
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def _measured(folder: Path, texts: int, broken: int) -> Iterator[str]:
    small, large = folder / "small", folder / "large"
    corpus(small, texts // SMALLER, broken // SMALLER)
    corpus(large, texts, broken)
    size = sum(path.stat().st_size for path in large.rglob("*.txt"))
    yield f"{texts:,} texts, {broken} of them broken, {size / 1e6:.1f} MB"
    yield _told("a tenth of them, two processes", _run(small, folder / "a", "-j", "2"))
    one = _run(large, folder / "one", "-j", "1")
    yield _told("all, one process", one)
    two = _run(large, folder / "two", "-j", "2")
    yield _told("all, two processes", two)
    wall, processor = one.wall / two.wall, 2 * one.processor / two.processor
    yield f"two over one: {wall:.2f} by the clock, {processor:.2f} if both processors were ours"
    yield f"two over one, of a loop that counts, in the same minute: {_control():.2f}"
    yield f"the same bytes: {held(folder / 'one') == held(folder / 'two')}"
    yield _told("all again, nothing changed", _run(large, folder / "two", "-j", "2"))
    yield f"killed at {_killed(large, folder / 'killed', texts // 2):,} texts"
    yield _told("and run again", _run(large, folder / "killed", "-j", "2"))
    yield f"the same bytes: {held(folder / 'one') == held(folder / 'killed')}"


def _control() -> float:
    """Return how much faster two processes are than one at what has nothing to wait for."""
    return 2 * _counting(1) / _counting(2)


def _counting(processes: int) -> float:
    command = [sys.executable, "-c", f"for _ in range({COUNT}): pass"]
    start = time.perf_counter()
    for process in [subprocess.Popen(command) for _ in range(processes)]:
        process.wait()
    return time.perf_counter() - start


def _told(what: str, run: Run) -> str:
    used = f"{run.wall:.1f} s, processor {run.processor:.1f} s, {run.mebibytes:.0f} MiB"
    return f"{what}: {used}; {run.said}"


def _command(source: Path, out: Path, *options: str) -> Sequence[str]:
    return tei("encode", source, "-o", out, *options)


def _run(source: Path, out: Path, *options: str) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(_command(source, out, *options), stderr=subprocess.PIPE)
    before = os.times()
    with watching(process.pid) as peak:
        said = process.communicate()[1].decode().splitlines()
    after = os.times()
    processor = sum(after[2:4]) - sum(before[2:4])
    return Run(time.perf_counter() - start, processor, peak[0], said[0])


def _killed(source: Path, out: Path, texts: int) -> int:
    """Kill a run, and all its processes, when so many texts are there; return how many were."""
    command = _command(source, out, "-j", "2")
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    while (done := _count(out)) < texts and process.poll() is None:
        time.sleep(LOOKS)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return done


def _count(out: Path) -> int:
    return sum(1 for _ in out.glob("*/*.xml"))


if __name__ == "__main__":
    main()
