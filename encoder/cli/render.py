"""`tei render`: TEI into pages and books."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from encoder import files, project
from encoder.cli.command import Command, InputArgument, OutputArgument, emit, say
from encoder.errors import UsageError
from encoder.members import corpus
from encoder.project import Project
from encoder.render import ENDINGS, Format, render, render_book, shown_plainly


@click.command("render", cls=Command, example="tei render letter.xml --to pdf -o letter.pdf")
@click.argument("documents", metavar="FILE...", nargs=-1, required=True, type=InputArgument)
@click.option(
    "--to", "form", type=click.Choice(list(ENDINGS)), required=True, help="What to make of it."
)
@click.option("-o", "--output", type=OutputArgument, help="File or folder; one goes to stdout.")
@click.option("--book", metavar="TITLE", help="Make one book of all files, with this title.")
def command(
    documents: tuple[Path, ...], form: Format, output: Path | None, book: str | None
) -> None:
    """Turn TEI into a web page, a PDF, an e-book, plain text, Typst or TEI Simple Print.

    FILE may be - for standard input. A corpus of several texts is a book by itself. The page, the
    typeface and numbers of lines stand under [print] in the edition.toml of the first file's
    project.
    """
    owner = project.find(documents[0].parent) or Project.none()
    if book is not None:
        data = _book(documents, form, book, owner)
        _write(data, output / f"book{ENDINGS[form]}" if output and output.is_dir() else output)
        return
    if output is None and len(documents) > 1:
        hint = "tei render *.xml --to html -o site, or one book of all: --book TITLE"
        raise UsageError("several files need -o DIR", hint=hint)
    for path in documents:
        single = len(documents) == 1 and output and not output.is_dir() and bool(output.suffix)
        data = render(path, form, owner.sheet.params, fonts=owner.fonts, custom=owner.custom)
        if form == "html" and (names := shown_plainly(data)):
            say(f"{path}: shown plainly, for want of a rule: {', '.join(names)}")
        _write(data, output / f"{path.stem}{ENDINGS[form]}" if output and not single else output)


def _book(documents: Sequence[Path], form: Format, title: str, owner: Project) -> bytes:
    texts = [corpus(path) for path in documents]
    params, fonts, custom = owner.sheet.params, owner.fonts, owner.custom
    return render_book(texts, form, title, params, fonts=fonts, custom=custom)


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        emit(data)
    else:
        files.write(output, data)
