"""What every command shares: its help, how it reads a file, how it ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from encoder import report
from encoder.errors import InputError, OutputError
from encoder.model import Finding
from encoder.safe import printable

FOUND, STOPPED = 1, 130
WEB = re.compile("https?://", re.IGNORECASE)
SHOWN = 10
COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
PathArgument = click.Path(path_type=Path)


class _Input(click.Path):
    """A file to read; `-` is standard input."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert("/dev/stdin" if value == "-" else value, param, ctx)


class _Output(click.Path):
    """A file or folder to write; `-` is standard output, as is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return None if value == "-" else super().convert(value, param, ctx)


InputArgument, OutputArgument = _Input(path_type=Path), _Output(path_type=Path)


class Command(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.epilog = f"\b\nExample:\n  {example}"


def address_or_path(value: str) -> Path | str:
    """Return an address of the web as it is, and anything else as a path."""
    return value if WEB.match(value) else Path(value)


def bytes_of(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path)) from error


def emit(data: bytes) -> None:
    """Write bytes to standard output.

    Raises:
        OutputError: it is closed.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint="name a file with -o")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say(line: str, *, err: bool = True) -> None:
    """Say a line, to a person or with `err` false on standard output; it commands no terminal."""
    click.echo(printable(line), err=err)


def finish(found: Sequence[Finding], status: int = 0, *, all_: bool = False) -> None:
    """Show what was found, the gravest first, and exit by the gravest, or by a graver `status`."""
    show(found if all_ else report.gravest(found, SHOWN), err=not all_)
    end(report.count(found), status)


def show(findings: Iterable[Finding], *, err: bool = True) -> None:
    """Show findings, each with its hint, and the decision that would settle it."""
    for finding in findings:
        click.secho(printable(str(finding)), fg=COLOURS[finding.severity], err=err)
        if finding.hint:
            say(f"  hint: {finding.hint}", err=err)
        for line in finding.decision.splitlines():
            say(f"    {line}", err=err)


def end(counts: Mapping[str, int], status: int = 0) -> None:
    """Say how much was found, and exit by the gravest, or by a graver `status`."""
    if any(counts.values()):
        say(report.summary_line(counts))
    if status or counts.get("error"):
        sys.exit(max(status, FOUND))


def complain(error: str) -> None:
    """Say what stops us, and the hint on a line of its own."""
    for line in f"tei: {error}".split("\n"):
        say(line)
