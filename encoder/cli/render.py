"""`tei render`: TEI into pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from encoder import files, project
from encoder.build import ENDINGS
from encoder.cli.command import Command, PathArgument
from encoder.errors import UsageError
from encoder.render import Format, render, shown_plainly


@click.command("render", cls=Command, example="tei render letter.xml --to pdf -o letter.pdf")
@click.argument("documents", metavar="FILE...", nargs=-1, required=True, type=PathArgument)
@click.option(
    "--to", "form", type=click.Choice(list(ENDINGS)), required=True, help="What to make of it."
)
@click.option("-o", "--output", type=PathArgument, help="File or folder; one goes to stdout.")
def command(documents: tuple[Path, ...], form: Format, output: Path | None) -> None:
    """Turn TEI into a web page, a PDF, or the Typst markup the PDF is set from."""
    if output is None and len(documents) > 1:
        raise UsageError("several files need -o DIR", hint="tei render *.xml --to html -o site")
    for path in documents:
        owner = project.find(path) or project.Project.none()
        data = render(path, form, custom=owner.custom)
        if form == "html" and (names := shown_plainly(data)):
            click.echo(f"{path}: shown plainly, for want of a rule: {', '.join(names)}", err=True)
        if output is None:
            sys.stdout.buffer.write(data)
        else:
            single = len(documents) == 1 and not output.is_dir() and bool(output.suffix)
            files.write(output if single else output / f"{path.stem}{ENDINGS[form]}", data)
