"""`tei init`: a project of plain texts."""

from __future__ import annotations

from pathlib import Path

import click

from encoder.cli.command import Command, PathArgument, say
from encoder.project.init import init


@click.command("init", cls=Command, example="tei init letters letter-1.txt letter-2.txt")
@click.argument("folder", metavar="DIR", type=PathArgument)
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=PathArgument)
def command(folder: Path, sources: tuple[Path, ...]) -> None:
    """Make a project of plain texts: asks nothing, overwrites nothing.

    Every key is written to edition.toml with its guess and where the guess is from.
    """
    for line in init(folder, sources):
        say(line, err=False)
