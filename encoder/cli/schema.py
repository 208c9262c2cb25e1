"""`tei schema`: schemas made and fetched."""

from __future__ import annotations

from pathlib import Path

import click

from encoder.cli.command import Command, PathArgument, address_or_path, say


@click.group("schema")
def command() -> None:
    """Make schemas, and fetch them."""


@command.command("compile", cls=Command, example="tei schema compile schemas/edition.odd -o out")
@click.argument("odd", metavar="ODD", type=PathArgument)
@click.option("-o", "--output", type=PathArgument, required=True, help="Folder for the schemas.")
@click.option(
    "--source",
    metavar="PATH",
    type=address_or_path,
    help="The TEI's definitions (p5subset.xml): a file, or an address that was fetched.",
)
def compile_(odd: Path, output: Path, source: Path | str | None) -> None:
    """Compile an ODD into RELAX NG, Schematron, XSD and an HTML manual."""
    from encoder.odd import compile_odd

    for path in compile_odd(odd, output, _source(source)):
        say(str(path), err=False)


def _source(said: Path | str | None) -> Path | None:
    """Return the file of a source; an address has to be in the cache."""
    if not isinstance(said, str):
        return said
    from encoder import cache
    from encoder.errors import MissingError

    entry = cache.find(said)
    if entry is None:
        message = f"{said} is not on this machine"
        raise MissingError(message, hint=f"Fetch it with `tei schema get {said}`.")
    return entry.path


@command.command("get", cls=Command, example="tei schema get https://example.org/edition.rng")
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.option("--sha256", default="", metavar="HEX", help="The checksum it must have, from now on.")
def get(addresses: tuple[str, ...], sha256: str) -> None:
    """Fetch schemas, and the files they include, into the cache.

    No other command uses the network. The cache is the folder TEI_CACHE, else that of the system
    for this user. What was fetched with --sha256 is renewed only by the same, or with another.
    """
    from encoder.errors import UsageError
    from encoder.fetch import get as fetch

    if sha256 and len(addresses) > 1:
        raise UsageError("--sha256 is of one schema", hint="Fetch the schemas one by one.")
    for address in addresses:
        for entry in fetch(address, sha256):
            say(f"{entry.sha256}  {entry.address}", err=False)
            say(f"  {entry.path}", err=False)
