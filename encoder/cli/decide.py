"""`tei decide`: one decision, written into the project's file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

import click

from encoder import project
from encoder.cli.command import Command, say
from encoder.decisions import Decision, Kind, Written
from encoder.desk import Desk
from encoder.errors import UsageError
from encoder.review import rulings
from encoder.review.rulings import Bench, Scope, Words

PLACE = re.compile(r"(?P<file>.+?):(?P<line>[1-9]\d*)(?::(?P<column>[1-9]\d*))?")
SCOPES: tuple[Scope, ...] = get_args(Scope)


EXAMPLE = "tei decide letters/sources/letter-1.txt:3 'of Anna' correct 'by Anna'"


@click.command("decide", cls=Command, example=EXAMPLE)
@click.argument("place", metavar="FILE:LINE[:COLUMN]")
@click.argument("words")
@click.argument("kind", type=click.Choice(get_args(Kind)))
@click.argument("values", metavar="[VALUE]...", nargs=-1)
@click.option("--everywhere", is_flag=True, help="Wherever the words stand in this text.")
@click.option("--project", "overall", is_flag=True, help="Wherever they stand in the project.")
@click.option("--by", default="enc", metavar="ID", help="Who decides, as the header calls them.")
@click.option("--why", default="", metavar="TEXT", help="The reason.")
def command(
    place: str,
    words: str,
    kind: str,
    values: tuple[str, ...],
    everywhere: bool,
    overall: bool,
    by: str,
    why: str,
) -> None:
    """Decide on some WORDS of a source: a line in decisions.toml, applied at every run.

    \b
    link ID...             they mean this entry of a register, or these
    accept                 what is marked or doubted there is right
    reject                 what is marked or doubted there is nothing
    correct 'words'        the source errs; this is what it should say
    split [PART[=ID]...]   they are several names
    merge [ID]             they are one name
    """
    found = PLACE.fullmatch(place)
    if not found:
        raise UsageError(f"{place}: expected FILE:LINE", hint="tei decide sources/a.txt:3 …")
    bench = _bench(Path(found["file"]))
    scope = SCOPES[2 if overall else int(everywhere)]
    there = bench.at(words, int(found["line"]), int(found["column"] or 0), scope)
    decision = rulings.filled(
        bench, bench.decision(cast("Kind", kind), there, scope), there, values
    )
    decision = replace(decision, by=by, why=why)
    _say(bench, decision, bench.write(decision), there)


def _bench(path: Path) -> Bench:
    owner = project.find(path.parent)
    if owner is None:
        hint = "decisions live in a project: make one with tei init"
        raise UsageError("belongs to no project", place=str(path), hint=hint)
    desk = Desk.of(owner)
    named = path if path.is_file() else owner.source_dir / path  # as findings call it
    return Bench(desk, desk.edition(desk.read(named)))


def _say(bench: Bench, decision: Decision, written: Written, words: Words) -> None:
    file = bench.desk.project.decisions_file
    said = rulings.told(bench, decision, words)
    for older in written.replaced:
        say(f"{file}: in place of {older.kind} on line {older.line}", err=False)
    state = "" if written.new else "already there: "
    say(f"{file}:{written.line}: {state}{said}", err=False)
