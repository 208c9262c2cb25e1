"""A measurement is what whole processes used: time by the clock and of processors, memory, work.

Time of processors is told of a process and its children. Instructions are counted by `perf` where
the processor tells them, else, of short processes, by `callgrind`: they hardly depend on what else
the machine does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter

Command = Sequence[str]
ELF = b"\x7fELF"
COLLECTED = re.compile(r"Collected : (\d+)")
# Seconds of the processor that a process may take to be run again and counted, fifty times slower.
COUNTED = 0.75
LOOKS = 0.2  # seconds between two looks at the memory of a process's children


@dataclass(frozen=True)
class Usage:
    """What a process used, or what it used for each of something.

    `stopped`: it was ended before it was ready, so it would have used more.
    """

    seconds: float
    mebibytes: float
    processor: float = 0.0
    instructions: float = 0.0
    stopped: bool = False

    def __sub__(self, other: Usage) -> Usage:
        return Usage(*(a - b for a, b in zip(self.figures, other.figures, strict=True)))

    def __truediv__(self, count: float) -> Usage:
        return Usage(*(figure / count for figure in self.figures))

    @property
    def figures(self) -> tuple[float, ...]:
        """The numbers, in the order of the fields."""
        return astuple(self)[:-1]


def alternate(rounds: int, **commands: Command) -> Mapping[str, Usage]:
    """Return the medians of commands that are run in turn: A B A B.

    What disturbs one disturbs the other. A first round, which reads files into memory, is not
    counted.
    """
    taken = [{name: run(command) for name, command in commands.items()} for _ in range(rounds + 1)]
    medians = {name: _median([one[name] for one in taken[1:]]) for name in commands}
    if counter() != "callgrind" or max(one.processor for one in medians.values()) > COUNTED:
        return medians
    counted = {name: instructions(command) for name, command in commands.items()}
    return {name: replace(one, instructions=counted[name]) for name, one in medians.items()}


def run(command: Command, limit: float | None = None) -> Usage:
    """Run a command to its end and return what it used.

    The memory of whoever starts a process is the least that its peak can be: we stay small.

    Args:
        command: what is run.
        limit: seconds after which it is stopped.

    Raises:
        CalledProcessError: the command failed, so its time would say nothing.
    """
    with _counting() as (counted, instructions):
        start = perf_counter()
        process = subprocess.Popen(
            (*counted, *command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with _stopping(process, limit) as stopped, watching(process.pid) as peak:
            _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and not stopped.is_set():
            raise subprocess.CalledProcessError(process.returncode, command)
        memory = max(used.ru_maxrss / 1024, *peak)
        processor = used.ru_utime + used.ru_stime
        return Usage(seconds, memory, processor, instructions(), stopped.is_set())


@contextmanager
def _stopping(process: subprocess.Popen[bytes], limit: float | None) -> Iterator[Event]:
    """Stop a process after so many seconds; the event says whether that was needed."""
    over, stopped = Event(), Event()

    def stop() -> None:
        if not over.wait(limit):
            stopped.set()
            process.terminate()

    watch = Thread(target=stop, daemon=True)
    if limit:
        watch.start()
    yield stopped
    over.set()


@contextmanager
def watching(pid: int) -> Iterator[list[float]]:
    """Keep the most memory that a process or one of its children ever had, while it runs."""
    peak, over = [0.0], Event()

    def watch() -> None:
        while not over.wait(LOOKS):
            peak[0] = max(peak[0], *map(_peak, [str(pid), *_children(str(pid))]))

    thread = Thread(target=watch, daemon=True)
    thread.start()
    yield peak
    over.set()
    thread.join()


def _children(pid: str) -> list[str]:
    """Return the children of a process and theirs, where the system tells."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [one for child in found for one in (child, *_children(child))]


def _peak(pid: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@cache
def counter() -> str:
    """Return what can count instructions here: `perf`, `callgrind` or nothing."""
    if perf := shutil.which("perf"):
        command = (perf, "stat", "-x,", "-e", "instructions:u", "true")
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stderr[:1].isdigit():
            return "perf"
    return "callgrind" if shutil.which("valgrind") else ""


def instructions(command: Command) -> float:
    """Return how many instructions a command takes by `callgrind`; 0 if it cannot be run there.

    A script, such as the one that starts Java, lets others do the work: it is not counted.
    """
    program = shutil.which(command[0])
    if not program or Path(program).read_bytes()[:4] != ELF:
        return 0.0
    valgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    told = subprocess.run((*valgrind, *command), capture_output=True, text=True, check=False)
    collected = COLLECTED.search(told.stderr)
    return float(collected[1]) if collected and not told.returncode else 0.0


@contextmanager
def _counting() -> Iterator[tuple[Command, Callable[[], float]]]:
    """Give what stands before a command so that its instructions are counted, and their number."""
    if counter() != "perf":
        yield (), lambda: 0.0
        return
    with tempfile.NamedTemporaryFile("r") as file:
        told = ("perf", "stat", "-x,", "-e", "instructions:u", "-o", file.name, "--")
        yield told, lambda: _first_number(file.read())


def _first_number(text: str) -> float:
    lines = (line.split(",")[0] for line in text.splitlines())
    return next((float(first) for first in lines if first.isdigit()), 0.0)


def _median(taken: Sequence[Usage]) -> Usage:
    return Usage(*map(median, zip(*(usage.figures for usage in taken), strict=True)))
