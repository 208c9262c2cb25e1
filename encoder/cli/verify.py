"""`tei verify`: the proof that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import click

from encoder.cli.command import Command, InputArgument, PathArgument, bytes_of, finish, say
from encoder.read.source import read
from encoder.write.verify import sought, verify


@click.command("verify", cls=Command, example="tei verify tei/letter.xml --source letter.txt")
@click.argument("document", metavar="FILE", type=InputArgument)
@click.option("--source", type=PathArgument, help="The text it was made from.")
def command(document: Path, source: Path | None) -> None:
    """Prove that a TEI file gives its source back, or show the first differences.

    Without --source, the file named in sourceDesc is sought beside the TEI and in sources/, and its
    checksum compared.
    """
    data = bytes_of(document)
    origin = source or sought(data, document)
    text = read(origin)
    found = verify(data, text, str(document))
    if not found:
        say(f"{document}: nothing lost, nothing changed ({len(text.text)} characters)", err=False)
    finish(found, all_=True)
