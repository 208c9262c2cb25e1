"""`tei build`: a whole edition."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from encoder import parallel, project
from encoder.build import build
from encoder.cli.command import Command, PathArgument, finish, say
from encoder.cli.progress import watched
from encoder.site.serve import serve


@click.command("build", cls=Command, example="tei build letters")
@click.argument("folder", metavar="[PROJECT]", default=".", type=PathArgument)
@click.option("--serve", "look", is_flag=True, help="Then show it to a browser on this machine.")
@click.option("-j", "workers", metavar="N", type=click.IntRange(min=1), help="Texts at a time.")
def command(folder: Path, look: bool, workers: int | None) -> None:
    """Build a whole edition: encode, validate, verify, render, report.

    Texts are made several at a time. What was rendered before of the same TEI is not rendered
    again: remove build/ to have all made anew.
    """
    owner = project.load(folder)
    number = parallel.several(workers, len(owner.sources), parallel.RENDERED)
    with parallel.processes(number, batch=1) as crew:
        built = build(owner, say, crew, partial(watched, noun="texts"))
    try:
        finish(built.findings, built.exit_code)
    finally:
        if look:
            serve(owner.root / "build", say)
