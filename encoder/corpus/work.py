"""The work on one text of a corpus, wherever it is done: it is encoded, unless it was before.

What is wrong with a text is told with it, and does not stop the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from encoder import convert, files, project
from encoder.corpus import record
from encoder.corpus.faults import fault
from encoder.corpus.plan import PLAIN, Job
from encoder.corpus.record import Record, digest, digest_of
from encoder.desk import Desk
from encoder.model import Finding
from encoder.project import Project
from encoder.read.source import read_bytes

Status = Literal["encoded", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class Setting:
    """How all texts of a run are encoded, besides what their projects say.

    `schemas` is where those lie of texts without a project. `run` names the run: what a process
    reads for one run, it does not keep for the next.
    """

    schemas: Path
    persons: tuple[Path, ...] = ()
    language: str = ""
    encoding: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a text.

    `kept`: a person had edited its TEI, which stays. `sha256` is that of the text, empty where it
    was not read. `fresh`: it was encoded now, and not before. `exit_code` is that of an error.
    """

    name: str
    status: Status
    sha256: str = ""
    findings: tuple[Finding, ...] = ()
    fresh: bool = True
    exit_code: int = 0


def failed(job: Job, error: Exception) -> Result:
    """Return what is told of a text that an error ended."""
    finding, exit_code = fault(error, job.name)
    return Result(job.name, "failed", findings=(finding,), exit_code=exit_code)


def text(job: Job, setting: Setting) -> Result:
    """Encode one text, unless it was encoded before."""
    desk = desk_of(job.project, setting)
    key = _key(job, desk, setting)
    known = record.read(job.record)
    if known and known.key == key and _holds(known, job, setting):
        return Result(job.name, "encoded", known.sha256, known.findings, fresh=False)
    desk = replace(desk, vocabulary=desk.vocabulary.unasked())
    source = desk.read(job.path)
    if convert.is_converted(job.path):  # a project now has the text, which is read from now on
        key = _key(job, desk, setting)
    findings = tuple(_named(desk.write(source, job.target, setting.schemas), source.name, job))
    if files.is_edited(job.target):
        return Result(job.name, "kept", source.sha256, findings)
    beside = _companions(job.project, setting) if desk.vocabulary.asked else ""
    done = Record(key, source.sha256, digest_of(job.target), beside, findings)
    record.write(job.record, done)
    return Result(job.name, "encoded", source.sha256, findings)


def _holds(known: Record, job: Job, setting: Setting) -> bool:
    """Whether the result of a text is there, and the texts it was judged by are what they were."""
    beside = not known.companions or known.companions == _companions(job.project, setting)
    return beside and known.tei == digest_of(job.target)


def _named(findings: Iterable[Finding], source: str, job: Job) -> Iterator[Finding]:
    """Yield findings about a text and its TEI by the names these have in the corpus."""
    names = {source: job.name, job.target.name: job.tei}
    yield from (replace(one, file=names.get(one.file, one.file)) for one in findings)


@lru_cache(maxsize=4)
def project_of(file: Path | None, setting: Setting) -> Project:
    del setting  # but another run reads it anew
    return project.load(file) if file else Project.none()


@lru_cache(maxsize=4)
def desk_of(file: Path | None, setting: Setting) -> Desk:
    """Return what lies ready: read once in each process."""
    return Desk.of(project_of(file, setting), setting.persons, setting.language, setting.encoding)


@lru_cache(maxsize=4)
def _terms(file: Path | None, setting: Setting) -> str:
    """Return the digest of what all texts of a project are encoded by."""
    owner = project_of(file, setting)
    lists = (
        list_.with_name(f"{list_.name}.{end}")
        for list_ in owner.word_lists
        for end in ("aff", "dic")
    )
    read = (*([file] if file else []), *owner.registers.values(), *setting.persons, *lists)
    said = (setting.language, setting.encoding)
    return digest((record.tool(), *said, *map(digest_of, read)))


@lru_cache(maxsize=4)
def _companions(file: Path | None, setting: Setting) -> str:
    """Return the digest of all texts of a project."""
    owner = project_of(file, setting)
    return digest((*owner.names, *map(digest_of, owner.sources)))


def _key(job: Job, desk: Desk, setting: Setting) -> str:
    """Return the digest of all that the TEI of a text is made from.

    Raises:
        InputError: the text cannot be read.
    """
    text = hashlib.sha256(read_bytes(job.path)).hexdigest()
    name = desk.project.name_of(job.path)
    decisions = (one for one in desk.decisions if one.file in ("", name))
    said = (name, desk.project.metadata(name), *decisions)
    terms = _terms(job.project, setting)
    return digest((terms, text, *map(repr, said), *map(digest_of, _beside(job, desk))))


def _beside(job: Job, desk: Desk) -> Iterator[Path]:
    """Yield where the original of a text may lie, or the text of an original."""
    yield from (job.path.with_suffix(ending) for ending in (PLAIN, *convert.ENDINGS))
    if desk.project.file and convert.is_converted(job.path):
        yield desk.project.source_dir / f"{job.path.stem}{PLAIN}"
