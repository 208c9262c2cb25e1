"""`tei explain`: what a code means."""

from __future__ import annotations

import click

from encoder.cli.command import Command
from encoder.explain import explain, listing


@click.command("explain", cls=Command, example="tei explain sch-corr-voice")
@click.argument("code", metavar="[CODE]", default="")
def command(code: str) -> None:
    """Say what a finding means: what is checked, why, what is wrong and what is right.

    Without a code, all codes are listed.
    """
    click.echo(explain(code) if code else listing(), nl=False)
