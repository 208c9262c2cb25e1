"""A measurement is what whole processes used: wall-clock time, and memory at its peak."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Command = Sequence[str]


@dataclass(frozen=True)
class Usage:
    """What a process used, or what it used for each of something."""

    seconds: float
    mebibytes: float

    def __sub__(self, other: Usage) -> Usage:
        return Usage(self.seconds - other.seconds, self.mebibytes - other.mebibytes)

    def __truediv__(self, count: float) -> Usage:
        return Usage(self.seconds / count, self.mebibytes / count)


def alternate(rounds: int, **commands: Command) -> Mapping[str, Usage]:
    """Return the medians of commands that are run in turn: A B A B.

    What disturbs one disturbs the other. A first round, which reads files into memory, is not
    counted.
    """
    taken = [{name: run(command) for name, command in commands.items()} for _ in range(rounds + 1)]
    return {name: _median([one[name] for one in taken[1:]]) for name in commands}


def run(command: Command) -> Usage:
    """Run a command to its end and return what it used.

    The memory of whoever starts a process is the least that its peak can be: we stay small.

    Raises:
        CalledProcessError: the command failed, so its time would say nothing.
    """
    start = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Usage(seconds, used.ru_maxrss / 1024)


def _median(taken: Sequence[Usage]) -> Usage:
    return Usage(median(u.seconds for u in taken), median(u.mebibytes for u in taken))
