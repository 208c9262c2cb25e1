"""The command line: each command is a module of this package, loaded when it is asked for."""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module

import click

from encoder import __version__
from encoder.cli.command import STOPPED, complain
from encoder.errors import OutputError, told

# In the order of the help; `schema` is a group of its own.
COMMANDS = (
    "init", "encode", "names", "decide", "review", "validate", "verify", "render", "build",
    "deposit", "explain", "schema",
)  # fmt: skip


class Lazy(click.Group):
    """A group whose commands are the `command` of the module of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order a reader meets them."""
        del ctx  # every context has the same
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"encoder.cli.{cmd_name}").command
        return found if isinstance(found, click.Command) else None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tei")
@click.option("-v", "--verbose", is_flag=True, help="Say what is being done.")
def tei(verbose: bool) -> None:
    """Plain text in, a TEI P5 edition out: encoded, validated, verified, rendered.

    \b
    Exit status: 0 clean, 1 findings, 2 usage or project file, 3 unreadable input,
    4 missing engine or schema, 5 cannot write, 70 our bug, 130 interrupted.
    """
    logging.basicConfig(format="%(message)s", level=logging.INFO if verbose else logging.WARNING)


def _run() -> int:
    try:
        return tei.main(prog_name="tei", standalone_mode=False) or 0
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()  # what cannot be written is told now, not at the end of the process


def _unsaid(error: Exception) -> int:
    """Tell that standard output is full or gone; nothing more is written there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    complain(f"standard output cannot be written ({getattr(error, 'strerror', '') or error})")
    return OutputError.exit_code


def _listened() -> None:
    """Let what is said where standard error is closed go nowhere, and into no file opened later."""
    if sys.stderr is None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stderr = os.fdopen(2, "w")


def _stopped(error: Exception) -> int:
    ours = told(error, hint="run again with -v and report what it says")
    complain(str(ours))
    return ours.exit_code


def main() -> None:
    """Run `tei`; whatever goes wrong ends in one clear message and its exit code."""
    _listened()
    try:
        sys.exit(_run())
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        complain("interrupted")
        sys.exit(STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    # This is where the program ends: what comes this far would reach the user as a traceback, and
    # what is a mistake of ours is by its nature none that a list of errors could foresee. It is
    # told as ours, with exit code 70 and its traceback for -v.
    except Exception as error:
        # Only what is written to an open stream fails without the name of a file.
        is_stream = isinstance(error, OSError) and error.filename is None
        sys.exit(_unsaid(error) if is_stream else _stopped(error))
