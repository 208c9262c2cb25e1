"""The command line: parse options, call one function, print, exit."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from encoder import __version__, check, files, project, report
from encoder.build import ENDINGS, build
from encoder.desk import Desk
from encoder.errors import EncoderError, InputError, UsageError
from encoder.formats import WRITERS, Checked, text
from encoder.formats.safe import printable
from encoder.model import Finding, Severity
from encoder.project import Project
from encoder.read.source import read
from encoder.render import Format
from encoder.render import render as made

FOUND, OURS, STOPPED = 1, 70, 130
SHOWN = 10
COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
CLEAR = "\r\x1b[K"
PathArgument = click.Path(path_type=Path)


class Command(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.epilog = f"\b\nExample:\n  {example}"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tei")
@click.option("-v", "--verbose", is_flag=True, help="Say what is being done.")
def tei(verbose: bool) -> None:
    """Plain text in, a TEI P5 edition out: encoded, validated, verified, rendered.

    \b
    Exit status: 0 clean, 1 findings, 2 usage or project file, 3 unreadable input,
    4 missing engine or schema, 5 cannot write, 70 our bug, 130 interrupted.
    """
    logging.basicConfig(format="%(message)s", level=logging.INFO if verbose else logging.WARNING)


@tei.command(cls=Command, example="tei init letters letter-1.txt letter-2.txt")
@click.argument("folder", metavar="DIR", type=PathArgument)
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=PathArgument)
def init(folder: Path, sources: tuple[Path, ...]) -> None:
    """Make a project of plain texts: asks nothing, overwrites nothing.

    Every key is written to edition.toml with its guess and where the guess is from.
    """
    from encoder.init import init as make

    for line in make(folder, sources):
        click.echo(line)


@tei.command(cls=Command, example="tei encode letter.txt -o letter.xml --persons persons.xml")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=PathArgument)
@click.option("-o", "--output", type=PathArgument, help="File or folder; one text goes to stdout.")
@click.option("--project", "named", type=PathArgument, help="Folder with an edition.toml.")
@click.option("--no-project", is_flag=True, help="Take no edition.toml into account.")
@click.option("--persons", multiple=True, type=PathArgument, help="A register; repeatable.")
@click.option("--lang", default="", metavar="TAG", help="Language of the texts, such as sv.")
def encode(
    sources: tuple[Path, ...],
    output: Path | None,
    named: Path | None,
    no_project: bool,
    persons: tuple[Path, ...],
    lang: str,
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
            desks[owner.file] = Desk.of(owner, persons, lang)
        try:
            found += _encode_one(desks[owner.file], source, target)
        except InputError as error:  # one bad text is told, and the rest go on
            _complain(str(error))
            unreadable = error.exit_code
    _finish(found, unreadable)


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


def _encode_one(desk: Desk, path: Path, target: Path | None) -> Iterable[Finding]:
    source = desk.read(path)
    if target is not None:
        return desk.write(source, target)
    encoded = desk.encode(source)
    sys.stdout.buffer.write(encoded.tei)
    return encoded.findings


@tei.command(cls=Command, example="tei validate tei/*.xml --schema tei_all.rng")
@click.argument("documents", metavar="FILE...", nargs=-1, required=True, type=PathArgument)
@click.option(
    "--schema", "schemas", multiple=True, type=PathArgument, help="RELAX NG or Schematron."
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
def validate(
    documents: tuple[Path, ...],
    schemas: tuple[Path, ...],
    form: str,
    fail_on: Severity,
    workers: int | None,
) -> None:
    """Check TEI files against their schemas, and every pointer in them.

    FILE may be a folder, for every .xml file in it, or - for standard input. Without --schema, a
    file is checked by the schemas it names, and one of ours by our own.
    """
    listed = check.targets(documents)
    results = _watched(check.check_files(listed, schemas, workers), len(listed))
    checked = list(_shown(results) if form == "text" else results)
    written = text.total(checked) if form == "text" else WRITERS[form](checked)
    sys.stdout.flush()
    sys.stdout.buffer.write(written.encode())
    for error in dict.fromkeys(str(one.error) for one in checked if one.error):
        _complain(error)
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


@tei.command("explain", cls=Command, example="tei explain sch-corr-voice")
@click.argument("code", metavar="[CODE]", default="")
def explain_(code: str) -> None:
    """Say what a finding means: what is checked, why, what is wrong and what is right.

    Without a code, all codes are listed.
    """
    from encoder.explain import explain, listing

    click.echo(explain(code) if code else listing(), nl=False)


@tei.command(cls=Command, example="tei verify tei/letter.xml --source letter.txt")
@click.argument("document", metavar="FILE", type=PathArgument)
@click.option("--source", type=PathArgument, help="The text it was made from.")
def verify(document: Path, source: Path | None) -> None:
    """Prove that a TEI file gives its source back, or show the first differences.

    Without --source, the file named in sourceDesc is sought beside the TEI and in sources/, and its
    checksum compared.
    """
    from encoder.write.verify import sought
    from encoder.write.verify import verify as prove

    data = _bytes(document)
    origin = source or sought(data, document)
    text = read(origin)
    found = prove(data, text, str(document))
    if not found:
        click.echo(f"{document}: nothing lost, nothing changed ({len(text.text)} characters)")
    _finish(found, all_=True)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path)) from error


@tei.command(cls=Command, example="tei render letter.xml --to pdf -o letter.pdf")
@click.argument("documents", metavar="FILE...", nargs=-1, required=True, type=PathArgument)
@click.option(
    "--to", "form", type=click.Choice(list(ENDINGS)), required=True, help="What to make of it."
)
@click.option("-o", "--output", type=PathArgument, help="File or folder; one goes to stdout.")
def render(documents: tuple[Path, ...], form: Format, output: Path | None) -> None:
    """Turn TEI into a web page, a PDF, or the Typst markup the PDF is set from."""
    if output is None and len(documents) > 1:
        raise UsageError("several files need -o DIR", hint="tei render *.xml --to html -o site")
    for path in documents:
        data = made(path, form)
        if output is None:
            sys.stdout.buffer.write(data)
        else:
            single = len(documents) == 1 and not output.is_dir() and bool(output.suffix)
            files.write(output if single else output / f"{path.stem}{ENDINGS[form]}", data)


@tei.command("build", cls=Command, example="tei build letters")
@click.argument("folder", metavar="[PROJECT]", default=".", type=PathArgument)
def build_(folder: Path) -> None:
    """Build a whole edition: encode, validate, verify, render, report."""
    owner = project.load(folder)
    if not owner.sources:
        raise UsageError("the project has no sources", place=str(owner.root / "sources"))
    found = build(owner, lambda line: click.echo(line, err=True))
    _finish(found)


@tei.group()
def schema() -> None:
    """Make schemas."""


@schema.command("compile", cls=Command, example="tei schema compile schemas/edition.odd -o out")
@click.argument("odd", metavar="ODD", type=PathArgument)
@click.option("-o", "--output", type=PathArgument, required=True, help="Folder for the schemas.")
def compile_(odd: Path, output: Path) -> None:
    """Compile an ODD into RELAX NG and Schematron."""
    from encoder.odd import compile_odd

    for path in compile_odd(odd, output):
        click.echo(path)


def _finish(found: Sequence[Finding], status: int = 0, *, all_: bool = False) -> None:
    """Show what was found, the gravest first, and exit by the gravest, or by a graver `status`."""
    for finding in found if all_ else report.gravest(found, SHOWN):
        click.secho(printable(str(finding)), fg=COLOURS[finding.severity], err=not all_)
        if finding.hint:
            click.echo(f"  hint: {printable(finding.hint)}", err=not all_)
    if found:
        click.echo(report.summary_line(report.count(found)), err=True)
    faulty = any(finding.severity == "error" for finding in found)
    if status or faulty:
        sys.exit(max(status, FOUND))


def _complain(error: str) -> None:
    click.echo("tei: " + "\n".join(map(printable, error.split("\n"))), err=True)


def main() -> None:
    """Run `tei`; whatever goes wrong ends in one clear message and its exit code."""
    try:
        sys.exit(tei.main(prog_name="tei", standalone_mode=False) or 0)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("tei: interrupted", err=True)
        sys.exit(STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except EncoderError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    # The outermost frame: a fault of ours is said as such, exit 70; its traceback is kept for -v.
    except Exception as error:
        logging.getLogger("encoder").info("traceback", exc_info=True)
        click.echo(f"tei: our mistake: {type(error).__name__}: {error}", err=True)
        click.echo("  hint: run again with -v and report what it says", err=True)
        sys.exit(OURS)
