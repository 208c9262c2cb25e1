"""`tei render`: TEI into pages and books."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

import click

from encoder import files, parallel, project
from encoder.cli.command import (
    Command,
    InputArgument,
    OutputArgument,
    bytes_of,
    complain,
    emit,
    say,
)
from encoder.cli.progress import watched
from encoder.errors import EncoderError, UsageError, told
from encoder.project import Project
from encoder.render import ENDINGS, Format, render, render_book, shown_plainly
from encoder.render.members import corpus

# A file to render, and where to; None is standard output.
Job = tuple[Path, Path | None]
# What a page shows for want of a rule; or what stopped a file.
Shown = Sequence[str] | EncoderError


@click.command("render", cls=Command, example="tei render letter.xml --to pdf -o letter.pdf")
@click.argument("documents", metavar="FILE...", nargs=-1, required=True, type=InputArgument)
@click.option(
    "--to", "form", type=click.Choice(list(ENDINGS)), required=True, help="What to make of it."
)
@click.option("-o", "--output", type=OutputArgument, help="File or folder; one goes to stdout.")
@click.option("--book", metavar="TITLE", help="Make one book of all files, with this title.")
@click.option("-j", "workers", metavar="N", type=click.IntRange(min=1), help="Files at a time.")
def command(
    documents: tuple[Path, ...],
    form: Format,
    output: Path | None,
    book: str | None,
    workers: int | None,
) -> None:
    """Turn TEI into a web page, a PDF, an e-book, plain text, Typst or TEI Simple Print.

    FILE may be - for standard input. A corpus of several texts is a book by itself. The page, the
    typeface and numbers of lines stand under [print] in the edition.toml of the first file's
    project. A file that cannot be rendered is told, and does not stop the others.
    """
    owner = project.find(documents[0].parent) or Project.none()
    params, fonts, custom = owner.sheet.params, owner.fonts, owner.custom
    looks: Mapping[str, Any] = {"params": params, "fonts": fonts, "custom": custom}
    if book is not None:
        data = render_book([corpus(path) for path in documents], form, book, **looks)
        _write(data, output / f"book{ENDINGS[form]}" if _is_folder(output) else output)
        return
    jobs = _jobs(documents, ENDINGS[form], output)
    number = parallel.several(workers, len(jobs), parallel.RENDERED)
    with parallel.processes(number, batch=1) as crew:
        made = crew.map(partial(_render, form=form, looks=looks), jobs, _failed)
        _conclude(documents, watched(made, len(jobs), "files"))


def _jobs(documents: Sequence[Path], ending: str, output: Path | None) -> Sequence[Job]:
    if output is None and len(documents) > 1:
        hint = "tei render *.xml --to html -o site, or one book of all: --book TITLE"
        raise UsageError("several files need -o DIR", hint=hint)
    if output is None or (len(documents) == 1 and not _is_folder(output)):
        return [(documents[0], output)]
    targets = [output / f"{path.stem}{ending}" for path in documents]
    for target, count in Counter(targets).items():
        if count > 1:
            hint = "render them one by one, each to a file of its own"
            raise UsageError(f"{count} files would become this one", hint=hint, place=str(target))
    return list(zip(documents, targets, strict=True))


def _is_folder(output: Path | None) -> TypeGuard[Path]:
    """Whether it is a folder, or one to be made: what is not there and has no ending."""
    return output is not None and (output.is_dir() or not (output.suffix or output.exists()))


def _render(job: Job, form: Format, looks: Mapping[str, Any]) -> Shown:
    path, target = job
    data = render(path if path.is_file() else bytes_of(path), form, **looks)
    _write(data, target)
    return shown_plainly(data) if form == "html" else []


def _failed(job: Job, error: Exception) -> Shown:
    stopped = told(error)
    stopped.place = stopped.place or str(job[0])
    return stopped


def _conclude(documents: Sequence[Path], made: Iterable[Shown]) -> None:
    """Say what is worth saying of each file, and exit by the gravest."""
    gravest = 0
    for path, shown in zip(documents, made, strict=True):
        if isinstance(shown, EncoderError):
            complain(str(shown))
            gravest = max(gravest, shown.exit_code)
        elif shown:
            say(f"{path}: shown plainly, for want of a rule: {', '.join(shown)}")
    if gravest:
        sys.exit(gravest)


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        emit(data)
    else:
        files.write(output, data)
