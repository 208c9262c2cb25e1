"""`tei schema`: schemas made and fetched."""

from __future__ import annotations

from pathlib import Path

import click

from encoder.cli.command import Command, PathArgument


@click.group("schema")
def command() -> None:
    """Make schemas."""


@command.command("compile", cls=Command, example="tei schema compile schemas/edition.odd -o out")
@click.argument("odd", metavar="ODD", type=PathArgument)
@click.option("-o", "--output", type=PathArgument, required=True, help="Folder for the schemas.")
def compile_(odd: Path, output: Path) -> None:
    """Compile an ODD into RELAX NG and Schematron."""
    from encoder.odd import compile_odd

    for path in compile_odd(odd, output):
        click.echo(path)
