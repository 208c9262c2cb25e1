"""`tei validate`: TEI files against their schemas."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from encoder import check
from encoder.cli.command import Command, PathArgument, address_or_path, complain
from encoder.formats import WRITERS, Checked, text
from encoder.model import Severity

CLEAR = "\r\x1b[K"


@click.command("validate", cls=Command, example="tei validate tei/*.xml --schema tei_all.rng")
@click.argument("documents", metavar="FILE...", nargs=-1, required=True, type=PathArgument)
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    metavar="PATH",
    type=address_or_path,
    help="RELAX NG, Schematron or XSD: a file, or an address that is in a catalog or the cache.",
)
@click.option(
    "--catalog",
    "catalogs",
    multiple=True,
    type=PathArgument,
    help="OASIS XML catalog: where copies of schemas lie.",
)
@click.option(
    "--phase", metavar="NAME", default="", help="Phase of the Schematron, #ALL or #DEFAULT."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(WRITERS)),
    default="text",
    help="How to write the findings down.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    help="The least finding that makes the exit status 1.",
)
@click.option("-j", "workers", metavar="N", type=click.IntRange(min=1), help="Files at a time.")
def command(
    documents: tuple[Path, ...],
    schemas: tuple[Path | str, ...],
    catalogs: tuple[Path, ...],
    phase: str,
    form: str,
    fail_on: Severity,
    workers: int | None,
) -> None:
    """Check TEI files against their schemas, and every pointer in them.

    FILE may be a folder, for every .xml file in it, or - for standard input. Without --schema, a
    file is checked by the schemas it names, and one of ours by our own.
    """
    listed = check.targets(documents)
    wishes = check.Wishes(catalogs, phase)
    results = _watched(check.check_files(listed, schemas, workers, wishes), len(listed))
    checked = list(_shown(results) if form == "text" else results)
    written = text.total(checked) if form == "text" else WRITERS[form](checked)
    sys.stdout.flush()
    sys.stdout.buffer.write(written.encode())
    for error in dict.fromkeys(str(one.error) for one in checked if one.error):
        complain(error)
    sys.exit(check.exit_code(checked, fail_on))


def _watched(results: Iterator[Checked], total: int) -> Iterator[Checked]:
    """Yield the results, and count them for whoever sits at a terminal."""
    watched = total > 1 and sys.stderr.isatty()
    for number, checked in enumerate(results, 1):
        if watched:
            click.echo(CLEAR, nl=False, err=True)
        yield checked
        if watched and number < total:
            click.echo(f"{number:,} of {total:,} files", nl=False, err=True)


def _shown(results: Iterable[Checked]) -> Iterator[Checked]:
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for checked in results:
        click.echo(text.one(checked, colour), nl=False, color=colour)
        yield checked
