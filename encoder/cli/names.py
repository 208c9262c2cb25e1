"""`tei names`: who is mentioned, by the register and without one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

import click

from encoder import files, project, survey
from encoder.annotate.names import shown
from encoder.cli.command import Command, PathArgument, emit, say, show
from encoder.desk import Desk, registers_of
from encoder.errors import UsageError
from encoder.naming import sheets
from encoder.naming.witnesses import Found
from encoder.project import Project
from encoder.registers import Kind, read_register
from encoder.vetting import vetted


@click.command("names", cls=Command, example="tei names letter.txt --why")
@click.argument("sources", metavar="[SOURCE...]", nargs=-1, type=PathArgument)
@click.option("--persons", multiple=True, type=PathArgument, help="A register; repeatable.")
@click.option("--write", is_flag=True, help="Add who is new to the register; mark a TEI file.")
@click.option("--why", is_flag=True, help="Show each mention, and what decided it.")
@click.option("--lang", default="", metavar="TAG", help="Language of the texts, such as sv.")
@click.option("--project", "named", type=PathArgument, help="Folder with an edition.toml.")
@click.option("--pipeline", default="", metavar="NAME", help="A spaCy pipeline as a witness.")
@click.option("--import", "sheet", type=PathArgument, help="A CSV file to make entries of.")
@click.option("--map", "columns", multiple=True, metavar="OURS=THEIRS", help="A column's name.")
@click.option("--export", "out", type=PathArgument, help="A CSV file to write the registers to.")
@click.option("--kind", type=click.Choice(get_args(Kind)), default="person", help="Of entries.")
def command(
    sources: tuple[Path, ...],
    persons: tuple[Path, ...],
    write: bool,
    why: bool,
    lang: str,
    named: Path | None,
    pipeline: str,
    sheet: Path | None,
    columns: tuple[str, ...],
    out: Path | None,
    kind: str,
) -> None:
    """Say who is mentioned: those of the registers, and those that only the texts know.

    With --write, who is new is added to the register; a SOURCE that is TEI has its names marked.
    With --import, the rows of a spreadsheet become entries; with --export, entries become rows.
    """
    owner = _project(sources, named)
    target = persons[0] if persons else owner.registers.get("persons", _home(owner, sources))
    # What is to be written need not be there.
    persons = tuple(path for path in persons if not write or path != target or path.is_file())
    registers = registers_of(owner, persons)
    if sheet:
        _import(sheet, columns, cast("Kind", kind), target if write else None)
    if out:
        _export(registers, out, cast("Kind", kind))
    if not sources:
        if not (sheet or out):
            raise UsageError("there is no SOURCE", hint="tei names letter.txt")
        return
    desk = Desk.of(owner, persons, lang)
    show(vetted(desk.registers))
    texts = [path for path in sources if path.suffix.lower() != ".xml"]
    for path in (path for path in sources if path not in texts):
        _mark(path, desk, registers, write=write, why=why)
    if texts:
        _survey(desk, texts, pipeline, target if write else None, why=why)


def _project(sources: Sequence[Path], named: Path | None) -> Project:
    if named is not None:
        return project.load(named)
    start = sources[0].parent if sources else Path()
    return project.find(start) or Project.none()


def _home(owner: Project, sources: Sequence[Path]) -> Path:
    """Return where a register goes that is not there yet."""
    return (owner.root if owner.file or not sources else sources[0].parent) / "persons.xml"


def _survey(
    desk: Desk, texts: Sequence[Path], pipeline: str, target: Path | None, *, why: bool
) -> None:
    found = survey.survey(desk, texts, pipeline)
    for person, count in found.known():
        say(f"known     {count:5}  {person.id}  {person.name}", err=False)
        if why:
            _show_known(found, person.id)
    for one in found.proposals:
        names = "; ".join(one.names)
        say(f"proposed  {len(one.mentions):5}  {one.cert}  {names}", err=False)
        for mention in one.mentions if why else ():
            _show(found, mention.text, mention.start, mention.end, _witnesses(mention))
    if target and (entries := survey.draft(found.proposals, desk.register)):
        survey.write(target, entries)
        say(f"{target}: {len(entries)} entries added")


def _show_known(found: survey.Survey, ident: str) -> None:
    for number, reading in enumerate(found.readings):
        for judgement in reading.judged:
            if judgement.forms[0].person.id == ident:
                mention = judgement.mention
                _show(found, number, mention.start, mention.end, shown(judgement))


def _witnesses(mention: Found) -> str:
    return ", ".join(dict.fromkeys(mention.witnesses)) or "like the others of that name"


def _show(found: survey.Survey, number: int, start: int, end: int, reason: str) -> None:
    name, position = found.place(number, start)
    context = found.context(number, start, end)
    say(f"  {name}:{position} {context} ({reason})", err=False)


def _mark(path: Path, desk: Desk, registers: Sequence[Path], *, write: bool, why: bool) -> None:
    """Mark the names in a TEI file, or say which there are."""
    marked = survey.mark(path, desk.register, registers, desk.language)
    for judgement in marked.judged if why else ():
        form = judgement.forms[0]
        words = judgement.mention.words
        say(f"  {words}: {form.person.id} ({shown(judgement)})", err=False)
    if write and marked.judged:
        files.write(path, marked.tei)
    done = "marked" if write else "to mark with --write"
    count = len(marked.judged) - marked.left
    left = f", {marked.left} cross the edge of an element" if marked.left else ""
    say(f"{path}: {count} names {done}{left}")


def _import(sheet: Path, columns: Sequence[str], kind: Kind, target: Path | None) -> None:
    pairs = [column.partition("=")[::2] for column in columns]
    if bad := next((ours for ours, theirs in pairs if not theirs), ""):
        raise UsageError(f"--map {bad}: expected OURS=THEIRS", hint="--map name=Namn")
    rows, unread = survey.imported(sheet, dict(pairs), kind)
    if unread:
        say(f"{sheet}: columns not read: {', '.join(unread)}")
    if target is None:
        emit(survey.register_of([entry for _, entry in rows], kind))
        return
    known = read_register(target).by_id if target.is_file() else {}
    fresh = [entry for ident, entry in rows if ident not in known]
    if fresh:
        survey.write(target, fresh, kind)
    kept = len(rows) - len(fresh)
    say(f"{target}: {len(fresh)} entries added, {kept} were there")


def _export(registers: Sequence[Path], out: Path, kind: Kind) -> None:
    if not registers:
        raise UsageError("there is no register to export", hint="give one: --persons FILE")
    entries = [e for path in registers for e in read_register(path).entries if e.kind == kind]
    data = sheets.sheet(entries)
    if str(out) == "-":
        emit(data)
    else:
        files.write(out, data)
