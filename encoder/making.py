"""A text of an edition is made: encoded, validated, verified and rendered, wherever that is done.

What was rendered before of the same TEI is not rendered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from encoder import rendered
from encoder.corpus.faults import fault
from encoder.corpus.record import digest, digest_of
from encoder.corpus.work import Setting, desk_of
from encoder.model import Finding, Source
from encoder.project import Project
from encoder.render import ENDINGS, Format, render

# What is made of each text by itself: pages of the web are made when all texts are known.
ALONE: tuple[Format, ...] = ("typst", "pdf", "epub", "text")


class Job(NamedTuple):
    """A text to make: its name in the project, its file, and the project's file."""

    name: str
    path: Path
    project: Path


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a text.

    `source` is there where something is to be said of it. `said` is a line for each step. `whole`:
    its TEI has no error, and was rendered. `exit_code` is that of an error.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    source: Source | None = None
    said: tuple[str, ...] = ()
    whole: bool = False
    exit_code: int = 0


def failed(job: Job, error: Exception) -> Made:
    """Return what is told of a text that an error ended."""
    finding, exit_code = fault(error, job.name)
    return Made(job.name, (finding,), exit_code=exit_code)


def text(job: Job, setting: Setting) -> Made:
    """Make one text."""
    desk = desk_of(job.project, setting)
    source = desk.read(job.path)
    target = tei_of(desk.project, source.name)
    found = (*desk.write(source, target), *check(target, source))
    whole = not any(finding.severity == "error" for finding in found)
    said = (f"encoded: {target}", *(_rendered(desk.project, target, job, setting) if whole else ()))
    return Made(source.name, found, source if found else None, said, whole)


def tei_of(project: Project, name: str) -> Path:
    """Return where the TEI of a source lies."""
    return project.root / Path(name).with_suffix(".xml")


def check(target: Path, source: Source) -> Iterator[Finding]:
    """Validate a TEI file of ours, and prove that it loses nothing of its source."""
    from encoder.validate import validate_file
    from encoder.write.verify import verify

    yield from validate_file(target)
    yield from verify(target.read_bytes(), source, target.name)


@lru_cache(maxsize=1)
def _terms(project: Path, setting: Setting) -> str:
    return rendered.terms(desk_of(project, setting).project)


def _rendered(project: Project, target: Path, job: Job, setting: Setting) -> Iterator[str]:
    """Render a text in every format of its own, and yield a line for each file."""
    out = project.root / "build"
    makers = dict(_makers(project, target, out / job.name))
    key = digest((_terms(job.project, setting), digest_of(target)))
    fresh = rendered.once(out / rendered.RECORDS / f"{job.name}.json", key, makers)
    yield from (f"{'rendered' if fresh else 'unchanged'}: {file}" for file in makers)


def _makers(
    project: Project, target: Path, out: Path
) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    params, fonts, custom = project.sheet.params, project.fonts, project.custom
    for form in ALONE:
        make = partial(render, target, form, params, fonts=fonts, custom=custom)
        yield out.with_suffix(ENDINGS[form]), make
