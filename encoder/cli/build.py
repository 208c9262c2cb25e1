"""`tei build`: a whole edition."""

from __future__ import annotations

from pathlib import Path

import click

from encoder import project
from encoder.build import build
from encoder.cli.command import Command, PathArgument, finish
from encoder.errors import UsageError
from encoder.site.serve import serve


@click.command("build", cls=Command, example="tei build letters")
@click.argument("folder", metavar="[PROJECT]", default=".", type=PathArgument)
@click.option("--serve", "look", is_flag=True, help="Then show it to a browser on this machine.")
def command(folder: Path, look: bool) -> None:
    """Build a whole edition: encode, validate, verify, render, report."""
    owner = project.load(folder)
    if not owner.sources:
        raise UsageError("the project has no sources", place=str(owner.root / "sources"))
    found = build(owner, lambda line: click.echo(line, err=True))
    try:
        finish(found)
    finally:
        if look:
            serve(owner.root / "build", lambda line: click.echo(line, err=True))
