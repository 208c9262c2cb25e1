"""The editions of a deposit are what is made of its TEI to be read: web pages, PDF, e-books."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from encoder.build import BUILT
from encoder.deposit.bag import safe
from encoder.deposit.texts import Text
from encoder.errors import EncoderError, told
from encoder.parallel import Crew
from encoder.project import Project
from encoder.render import ENDINGS, Custom, render
from encoder.saxon import Params

# What a page is set from is no edition: it can be made again.
READ = {form: ENDINGS[form] for form in BUILT if form != "typst"}
# The files of a text, by their paths in the deposit.
Editions = Sequence[tuple[str, bytes]]


class Style(NamedTuple):
    """How a project has its texts rendered."""

    params: Params
    fonts: Path | None
    custom: Custom


class Job(NamedTuple):
    """A text to make editions of: its TEI, and their path without its ending."""

    tei: Path
    place: PurePosixPath


def editions(
    project: Project, texts: Sequence[Text], folder: Path, crew: Crew, say: Callable[[str], None]
) -> Iterator[Editions]:
    """Yield the editions of texts whose TEI lies in a folder; of what is no XML there are none.

    Raises:
        MissingError: an engine or a font is not here.
    """
    style = Style(dict(project.sheet.params), project.fonts, project.custom)
    places = [text for text in texts if text.is_xml]
    jobs = [Job(folder / one.place, PurePosixPath("editions", one.source)) for one in places]
    for made in crew.map(partial(_made, style=style), jobs, _failed):
        if isinstance(made, EncoderError):
            raise made
        yield made
        for name, _data in made:
            say(f"rendered: {safe(name)}")


def _made(job: Job, style: Style) -> Editions | EncoderError:
    params, fonts, custom = style
    return [
        (
            str(job.place.with_suffix(ending)),
            render(job.tei, form, params, fonts=fonts, custom=custom),
        )
        for form, ending in READ.items()
    ]


def _failed(job: Job, error: Exception) -> Editions | EncoderError:
    """Return what stopped a text: a deposit is whole or none, so it stops them all."""
    stopped = told(error)
    stopped.place = stopped.place or str(job.place)
    return stopped
