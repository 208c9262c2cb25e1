"""`tei review`: the open questions of a project, answered on a page."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from encoder import project
from encoder.cli.command import Command, PathArgument, say
from encoder.errors import UsageError
from encoder.review.server import Server
from encoder.review.session import Session


@click.command("review", cls=Command, example="tei review letters --list")
@click.argument("folder", metavar="[PROJECT]", default=".", type=PathArgument)
@click.option("--all", "every", is_flag=True, help="Ask about every name, certain or not.")
@click.option("--list", "listed", is_flag=True, help="Say what is open, and open no page.")
@click.option("--port", default=0, metavar="N", help="Port of the page; else any that is free.")
@click.option("--no-browser", is_flag=True, help="Say where the page is, and open no browser.")
def command(folder: Path, every: bool, listed: bool, port: int, no_browser: bool) -> None:
    """Answer what is open in a project, question by question, in a browser on this machine.

    Each answer is written into decisions.toml at once, and who is new into the register.
    """
    owner = project.load(folder)
    if not owner.sources:
        raise UsageError("the project has no sources", place=str(owner.root / "sources"))
    session = Session(owner, every)
    for asked in session.questions if listed else ():
        say(f"{asked.first.place} {asked.title}", err=False)
    say(f"{len(session.questions)} open questions")
    if not listed:
        _serve(session, port, browse=not no_browser)


def _serve(session: Session, port: int, *, browse: bool) -> None:
    server = Server(session, port)
    say(server.address, err=False)
    say("Ctrl+C ends the review; every answer is written already")
    if browse:
        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say(f"{len(session.answers)} answered")
    finally:
        server.server_close()
