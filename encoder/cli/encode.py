"""`tei encode`: plain text into TEI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from encoder import project
from encoder.cli.command import Command, PathArgument, complain, emit, finish
from encoder.desk import Desk
from encoder.errors import InputError, UsageError
from encoder.formats.safe import printable
from encoder.model import Finding
from encoder.project import Project


@click.command(
    "encode", cls=Command, example="tei encode letter.txt -o letter.xml --persons persons.xml"
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=PathArgument)
@click.option("-o", "--output", type=PathArgument, help="File or folder; one text goes to stdout.")
@click.option("--project", "named", type=PathArgument, help="Folder with an edition.toml.")
@click.option("--no-project", is_flag=True, help="Take no edition.toml into account.")
@click.option("--persons", multiple=True, type=PathArgument, help="A register; repeatable.")
@click.option("--lang", default="", metavar="TAG", help="Language of the texts, such as sv.")
@click.option(
    "--encoding", default="", metavar="NAME", help="Encoding of the texts, if it is seen wrongly."
)
@click.option(
    "--why", is_flag=True, help="Say what was seen and why: on stdout with -o, else stderr."
)
def command(
    sources: tuple[Path, ...],
    output: Path | None,
    named: Path | None,
    no_project: bool,
    persons: tuple[Path, ...],
    lang: str,
    encoding: str,
    why: bool,
) -> None:
    """Turn plain text into TEI.

    The project is --project, else the nearest edition.toml upward from the source; none is needed.
    """
    targets = _targets(sources, output)
    found: list[Finding] = []
    unreadable = 0
    desks: dict[Path | None, Desk] = {}  # registers are read once a project, not once a text
    for source, target in zip(sources, targets, strict=True):
        owner = _project(source, named, no_project)
        if owner.file not in desks:
            desks[owner.file] = Desk.of(owner, persons, lang, encoding)
        try:
            found += _encode_one(desks[owner.file], source, target, why)
        except InputError as error:  # one bad text is told, and the rest go on
            complain(str(error))
            unreadable = error.exit_code
    finish(found, unreadable)


def _targets(sources: Sequence[Path], output: Path | None) -> list[Path | None]:
    """Return where each text goes, before anything is written; None is standard output."""
    if output is None:
        if len(sources) > 1:
            raise UsageError("several sources need -o DIR", hint="tei encode a.txt b.txt -o out")
        return [None]
    if len(sources) == 1 and output.suffix == ".xml":
        return [output]
    targets = [output / f"{source.stem}.xml" for source in sources]
    doubled = {target.name for target in targets if targets.count(target) > 1}
    if doubled:
        raise UsageError(f"two sources would be written to {sorted(doubled)[0]}")
    return list(targets)


def _project(source: Path, named: Path | None, no_project: bool) -> Project:
    if no_project:
        return Project.none()
    if named is not None:
        return project.load(named)
    return project.find(source.parent) or Project.none()


def _encode_one(desk: Desk, path: Path, target: Path | None, why: bool) -> Iterable[Finding]:
    source = desk.read(path)
    if why:
        for line in desk.why(source).splitlines():
            click.echo(printable(line), err=target is None)
    if target is not None:
        return desk.write(source, target)
    encoded = desk.encode(source)
    emit(encoded.tei)
    return encoded.findings
