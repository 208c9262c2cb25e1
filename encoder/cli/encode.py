"""`tei encode`: plain text into TEI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import click

from encoder import corpus, files, parallel, project
from encoder.cli.command import (
    Command,
    InputArgument,
    OutputArgument,
    PathArgument,
    emit,
    end,
    finish,
    say,
    show,
)
from encoder.cli.progress import watched
from encoder.corpus import index, plan
from encoder.corpus.work import Result
from encoder.desk import Desk
from encoder.errors import UsageError
from encoder.model import Finding
from encoder.project import Project
from encoder.vetting import vetted


@click.command(
    "encode", cls=Command, example="tei encode letter.txt -o letter.xml --persons persons.xml"
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=InputArgument)
@click.option(
    "-o", "--output", type=OutputArgument, help="File or folder; one text goes to stdout."
)
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
@click.option(
    "-j",
    "workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Texts at a time; with --cluster, workers to wait for.",
)
@click.option("--shard", "part", metavar="i/n", default="1/1", help="Only one of n parts.")
@click.option("--cluster", "address", metavar="ADDRESS", help="Let a Dask cluster do the work.")
def command(
    sources: tuple[Path, ...],
    output: Path | None,
    named: Path | None,
    no_project: bool,
    persons: tuple[Path, ...],
    lang: str,
    encoding: str,
    why: bool,
    workers: int | None,
    part: str,
    address: str | None,
) -> None:
    """Turn plain text into TEI.

    SOURCE may be a folder, for every text in it, or - for standard input. Several texts go to a
    folder, each under its own name, with index.jsonl, which says what came of each; those that have
    not changed since are not encoded again.

    The project is --project, else the nearest edition.toml upward from the source, or from here for
    standard input; none is needed.
    """
    owner = named and project.load(named)
    desk = partial(Desk.of, persons=persons, language=lang, encoding=encoding)
    if len(sources) == 1 and not sources[0].is_dir():
        source = sources[0]
        found = Project.none() if no_project else owner or project.find(source.parent)
        finish(_encode_one(desk(found or Project.none()), source, _target(source, output), why))
        return
    if output is None or output.suffix == ".xml":
        raise UsageError("several texts need -o DIR", hint="tei encode a.txt b.txt -o out")
    if why:
        raise UsageError("--why is about one text", hint="name one")
    file = owner.file.absolute() if owner and owner.file and not no_project else None
    shard = plan.shard(part)
    jobs = plan.plan(sources, output, file, shard, seek=not no_project)
    if shard == plan.WHOLE and not address:
        files.sweep(output)
    how = corpus.setting(output, persons, lang, encoding)
    show(vetted(corpus.registers(jobs, how)))
    with _crew(workers, len(jobs), address) as crew:
        results = index.written(corpus.encode(jobs, how, crew), index.path_of(output, shard))
        _conclude(watched(results, len(jobs), "texts"))


def _target(source: Path, output: Path | None) -> Path | None:
    """Return where one text goes; None is standard output."""
    if output is None or output.suffix == ".xml":
        return output
    return output / f"{source.stem}.xml"


def _crew(
    workers: int | None, jobs: int, address: str | None
) -> AbstractContextManager[parallel.Crew]:
    if address:
        return parallel.cluster(address, workers or 1)
    return parallel.processes(parallel.several(workers, jobs))


def _conclude(results: Iterable[Result]) -> None:
    """Say what came of all texts, and exit by the gravest."""
    summary = index.Summary()
    for result in results:
        summary.add(result)
    say(str(summary))
    show(summary.gravest)
    end(summary.severities, summary.exit_code)


def _encode_one(desk: Desk, path: Path, target: Path | None, why: bool) -> Sequence[Finding]:
    source, odd = desk.read(path), vetted(desk.registers)
    if why:
        for line in desk.why(source).splitlines():
            say(line, err=target is None)
    if target is not None:
        return [*odd, *desk.write(source, target)]
    encoded = desk.encode(source)
    emit(encoded.tei)
    return [*odd, *encoded.findings]
