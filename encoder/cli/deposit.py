"""`tei deposit`: an edition for an archive, made or judged."""

from __future__ import annotations

from pathlib import Path

import click

from encoder import parallel, project
from encoder.cli.command import Command, PathArgument, finish, say
from encoder.errors import UsageError


@click.command("deposit", cls=Command, example="tei deposit letters -o letters-bag --zip")
@click.argument("place", metavar="[PROJECT]", default=".", type=PathArgument)
@click.option("-o", "--output", metavar="DIR", type=PathArgument, help="Folder of the new bag.")
@click.option("--zip", "zipped", is_flag=True, help="Write one zip file: DIR.zip.")
@click.option("--allow-invalid", is_flag=True, help="Record invalid TEI instead of refusing it.")
@click.option("--check", "checked", is_flag=True, help="Judge a bag or zip from anyone.")
@click.option("--policy", type=PathArgument, help="With --check: what is accepted, in TOML.")
@click.option("-j", "workers", metavar="N", type=click.IntRange(min=1), help="Texts at a time.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Of the report."
)
def command(
    place: Path,
    output: Path | None,
    zipped: bool,
    allow_invalid: bool,
    checked: bool,
    policy: Path | None,
    workers: int | None,
    form: str,
) -> None:
    """Make the package that an archive keeps, or judge one: tei deposit --check BAG.

    The package is an RO-Crate in a BagIt bag: sources, TEI, schemas, editions, metadata, reports,
    provenance. It is refused where the TEI is invalid or loses anything of its source. With
    --check the exit status is 0 for accepted, 1 for refused.
    """
    if checked:
        _judge(place, policy, form)
    elif output is None:
        raise UsageError("a deposit needs a place", hint="tei deposit PROJECT -o DIR")
    else:
        from encoder.deposit import deposit

        said = {"zipped": zipped, "allow_invalid": allow_invalid}
        owner = project.load(place)
        number = parallel.several(workers, len(owner.sources), parallel.RENDERED)
        with parallel.processes(number, batch=1) as crew:
            found = deposit(owner, output, **said, say=say, crew=crew)
        finish(found)


def _judge(place: Path, policy: Path | None, form: str) -> None:
    from encoder.deposit.check import judge
    from encoder.deposit.policy import read_policy

    judgement = judge(place, read_policy(policy))
    click.echo(judgement.json() if form == "json" else judgement.text(), nl=False)
    raise SystemExit(0 if judgement.accepted else 1)
