"""The reference of the commands, `docs/commands.md`, as the commands tell it themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from encoder.cli import tei
from encoder.cli.command import Command

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """\
# Commands

Made from the commands' own help by `make accept`; change the words there. `tei COMMAND --help`
shows the same in a terminal, and `python -m encoder` is another name for `tei`."""
VERBATIM = "\b\n"  # click's mark of a paragraph that keeps its lines


def page() -> str:
    """Return the whole reference."""
    parts = [HEAD, *(part for context in contexts() for part in _section(context))]
    return "\n\n".join(part for part in parts if part) + "\n"


def contexts() -> Iterator[click.Context]:
    """Yield `tei` and each of its commands, those of a group after it."""
    yield from _within(click.Context(tei, info_name="tei", **tei.context_settings))


def _within(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            yield from _within(click.Context(command, info_name=name, parent=context))


def examples() -> Iterator[str]:
    """Yield the example of each command."""
    yield from filter(None, (example(context) for context in contexts()))


def example(context: click.Context) -> str:
    """Return the line of a command that its help shows as an example."""
    if not isinstance(context.command, Command):
        return ""
    return (context.command.epilog or "").rpartition("\n")[2].strip()


def _section(context: click.Context) -> Iterator[str]:
    command = context.command
    yield f"## {context.command_path}"
    yield from _paragraphs(command.help or "")
    yield _fenced(" ".join([context.command_path, *command.collect_usage_pieces(context)]))
    yield _table(context)
    if line := example(context):
        yield f"Example:\n\n{_fenced(line)}"


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        kept = paragraph.startswith(VERBATIM)
        yield _fenced(paragraph.removeprefix(VERBATIM)) if kept else paragraph


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


def _table(context: click.Context) -> str:
    """Return the options as a table, without `--help`, which every command has."""
    options = [one for one in context.command.params if isinstance(one, click.Option)]
    records = [record for one in options if (record := one.get_help_record(context))]
    rows = [f"| `{_cell(names)}` | {_cell(says)} |" for names, says in records]
    return "\n".join(["| option | meaning |", "| --- | --- |", *rows]) if rows else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
