"""`tei validate`: TEI files against their schemas."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import click

from encoder import check, files, git
from encoder.cli.command import Command, PathArgument, address_or_path, complain, emit, say
from encoder.cli.progress import watched
from encoder.errors import UsageError
from encoder.formats import WRITERS, Checked, text
from encoder.model import Severity
from encoder.validate.known import Baseline, Passed, baseline_of, read_baseline


@click.command("validate", cls=Command, example="tei validate tei/*.xml --schema tei_all.rng")
@click.argument("documents", metavar="[FILE]...", nargs=-1, type=PathArgument)
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
@click.option("--full", is_flag=True, help="List every candidate in a message, not eight.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    help="The least finding that makes the exit status 1.",
)
@click.option("--fix", "mend", flag_value="make", help="Make the fixes that leave no doubt.")
@click.option(
    "--diff", "mend", flag_value="show", help="Show what --fix would change, and change nothing."
)
@click.option("--baseline", type=PathArgument, help="Report only what this file does not have.")
@click.option(
    "--write-baseline", "written", type=PathArgument, help="Write what is found to this file."
)
@click.option(
    "--changed",
    metavar="[REF]",
    is_flag=False,
    flag_value=git.HEAD,
    help="Check only what differs from a commit, HEAD unless you name one.",
)
@click.option("-j", "workers", metavar="N", type=click.IntRange(min=1), help="Files at a time.")
def command(
    documents: tuple[Path, ...],
    schemas: tuple[Path | str, ...],
    catalogs: tuple[Path, ...],
    phase: str,
    form: str,
    full: bool,
    fail_on: Severity,
    mend: Literal["show", "make"] | None,
    baseline: Path | None,
    written: Path | None,
    changed: str | None,
    workers: int | None,
) -> None:
    """Check TEI files against their schemas, and every pointer in them.

    FILE may be a folder, for every .xml file in it, or - for standard input. Without --schema, a
    file is checked by the schemas it names, and one of ours by our own.
    """
    listed = _listed(documents, changed)
    if mend == "make" and check.STDIN in listed:
        hint = "use --diff, or name a file"
        raise UsageError("--fix cannot change standard input", hint=hint)
    wishes = check.Wishes(catalogs, phase, full, mend or "")
    results = watched(check.check_files(listed, schemas, workers, wishes), len(listed), "files")
    known = read_baseline(baseline) if baseline else None
    told = _new(results, known)
    checked = list(_shown(told) if form == "text" else told)
    if written:
        _write_baseline(checked, written)
    _tell(checked, form)
    if known and known.gone:
        say(f"{known.gone:,} of the baseline are gone: write it anew")
    failing = [] if written else checked
    sys.exit(check.exit_code([*failing, *(one for one in checked if one.error)], fail_on))


def _listed(documents: tuple[Path, ...], changed: str | None) -> list[Path]:
    """Return the files to check."""
    if changed is None:
        if not documents:
            hint = "name a file, a folder, or - for standard input"
            raise UsageError("there is nothing to check", hint=hint)
        return check.targets(documents)
    # What follows --changed may be its commit or the first file: git knows.
    if not git.is_commit(changed) and Path(changed).exists():
        documents, changed = (Path(changed), *documents), git.HEAD
    listed = git.changed(check.targets(documents or (Path(),)), changed)
    if not listed:
        say("nothing has changed")
    return listed


def _new(results: Iterator[Checked], known: Baseline | None) -> Iterator[Checked]:
    """Yield the results without what is known: passed over in a project, or in a baseline."""
    passed = Passed()
    for checked in results:
        kept = passed.through(checked)
        yield known.through(kept) if known else kept
    yield from passed.unused()


def _write_baseline(checked: Sequence[Checked], path: Path) -> None:
    files.write(path, baseline_of(checked, path))
    say(f"{path}: {sum(len(one.findings) for one in checked):,} findings")


def _tell(checked: Sequence[Checked], form: str) -> None:
    written = text.total(checked) if form == "text" else WRITERS[form](checked)
    emit(written.encode())
    for error in dict.fromkeys(str(one.error) for one in checked if one.error):
        complain(error)


def _shown(results: Iterable[Checked]) -> Iterator[Checked]:
    colour = bool(sys.stdout and sys.stdout.isatty()) and not os.environ.get("NO_COLOR")
    for checked in results:
        click.echo(text.one(checked, colour), nl=False, color=colour)
        yield checked
