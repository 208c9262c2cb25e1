"""Many files checked: each on its own, several at a time, told in the order they were given."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from encoder import files, parallel
from encoder.errors import InputError, OutputError, UsageError, told
from encoder.formats import Checked, Excerpt
from encoder.formats.excerpt import excerpt
from encoder.model import Finding, Position, Severity, Source

if TYPE_CHECKING:
    from encoder.validate import Catalogs

STDIN = Path("-")
STDIN_NAME = "stdin"
FOUND = 1
# How many bytes of files make it worth while to start one more process, which takes half a second.
A_PROCESS = 2_000_000


class Job(NamedTuple):
    """A file to check; the bytes come along where they cannot be read again."""

    path: Path
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to be checked, and what else is to be done with each.

    `catalogs` are OASIS catalogs; where none is given, what the `edition.toml` above a file says.
    `phase` is one of Schematron schemas, `#ALL`, or none for `#DEFAULT`. `full`: messages list
    every candidate. `mend`: show what the safe fixes would change, or make them.
    """

    catalogs: tuple[Path, ...] = ()
    phase: str = ""
    full: bool = False
    mend: Literal["", "show", "make"] = ""


PLAIN = Wishes()


def targets(paths: Sequence[Path]) -> list[Path]:
    """Return the files that paths stand for: a folder for each `.xml` file in it, at any depth.

    What is hidden is left out, and what is named twice is there once.

    Raises:
        UsageError: a folder holds no such file.
    """
    return list(dict.fromkeys(file for path in paths for file in _within(path)))


def _within(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*.xml") if not _is_hidden(file, path))
    if not found:
        raise UsageError("no .xml file is in this folder", place=str(path))
    return found


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def check_files(
    paths: Sequence[Path],
    schemas: Sequence[Path | str] = (),
    workers: int | None = None,
    wishes: Wishes = PLAIN,
) -> Iterator[Checked]:
    """Yield what is wrong with each file, in the order of the paths.

    An error with one file is told with it and does not stop the others.

    Args:
        paths: files, folders, or `-` for standard input.
        schemas: as for `encoder.validate.checked`.
        workers: how many files at a time; by default as many as there are processors, if the files
            are large or many enough for it.
        wishes: how else they are to be checked.

    Raises:
        UsageError: a folder holds no `.xml` file.
    """
    files = targets(paths)
    jobs = [Job(path, _stdin() if path == STDIN else None) for path in files]
    one = partial(_checked, schemas=tuple(schemas), wishes=wishes)
    return _in_parallel(one, jobs, max(1, min(workers or _worth(files), len(files))))


def _worth(files: Sequence[Path]) -> int:
    """Return how many processes are worth while to check some files."""
    size = sum(path.stat().st_size for path in files if path.is_file())
    return min(os.cpu_count() or 1, 1 + size // A_PROCESS)


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def _in_parallel(one: partial[Checked], jobs: Iterable[Job], workers: int) -> Iterator[Checked]:
    with parallel.processes(workers) as crew:
        yield from crew.map(one, jobs, _failed)


def _failed(job: Job, error: Exception) -> Checked:
    stopped = told(error)
    stopped.place = stopped.place or _name(job)
    return Checked(_name(job), error=stopped)


def _name(job: Job) -> str:
    return STDIN_NAME if job.path == STDIN else str(job.path)


def _bytes(job: Job) -> bytes:
    try:
        return job.path.read_bytes() if job.data is None else job.data
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", place=str(job.path)) from error


def _checked(job: Job, schemas: tuple[Path | str, ...], wishes: Wishes) -> Checked:
    """Return what is wrong with one file."""
    from encoder.validate import Catalogs, checked

    name, data = _name(job), _bytes(job)
    catalogs = Catalogs(wishes.catalogs) if wishes.catalogs else _settings(Path(name).parent)
    held = partial(checked, schemas=schemas, name=name, phase=wishes.phase, catalogs=catalogs)
    findings, used = held(data)
    found = Checked(name, tuple(used), tuple(findings))
    if wishes.mend and findings:
        make = wishes.mend == "make"
        found, data = _mended(found, data, lambda changed: held(changed)[0], make=make)
    if wishes.full:
        full = tuple(replace(each, message=each.in_full) for each in found.findings)
        found = replace(found, findings=full)
    return replace(found, excerpts=_excerpts(data, found.findings))


def _mended(
    found: Checked, data: bytes, check: Callable[[bytes], list[Finding]], *, make: bool
) -> tuple[Checked, bytes]:
    """Return what is left to say of a file once its safe fixes are made, and what it then holds."""
    from encoder.validate import mending, text

    after = mending.mend(data, found.findings, text(data), check)
    diff = mending.difference(found.file, text(data), text(after.data)) if after.mended else ""
    if not make or not after.mended:
        return replace(found, diff=diff), data
    _replace(Path(found.file), data, after.data)
    findings = tuple(after.findings)
    return replace(found, findings=findings, diff=diff, mended=after.mended), after.data


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """Write a mended file, unless somebody has written it since it was read."""
    if path.read_bytes() != before:
        hint = "run it again"
        raise OutputError("was changed while it was checked", place=str(path), hint=hint)
    files.write(path.resolve(), after)


@cache
def _settings(folder: Path) -> Catalogs:
    """Return the catalogs that the `edition.toml` above a file names."""
    from encoder.validate import Catalogs

    if not any((each / "edition.toml").is_file() for each in (folder, *folder.resolve().parents)):
        return Catalogs()
    from encoder.project import find

    project = find(folder)
    return Catalogs(*project.catalogs) if project else Catalogs()


def _excerpts(data: bytes, findings: Sequence[Finding]) -> dict[Position, Excerpt]:
    """Return the lines that the findings are about."""
    from encoder.validate import text

    source = Source("", text(data), "") if findings else Source("", "", "")
    places = {finding.where for finding in findings if finding.where}
    lines = {place.line: source.line(place.line) for place in places if _has(source, place)}
    return {
        place: excerpt(lines[place.line], place.column) for place in places if place.line in lines
    }


def _has(source: Source, place: Position) -> bool:
    return place.line <= source.locate(len(source.text)).line


def exit_code(checked: Iterable[Checked], fail_on: Severity = "error") -> int:
    """Return the gravest exit code of all files: 0 clean, 1 findings, else that of an error."""
    return max((_code(one, fail_on) for one in checked), default=0)


def _code(checked: Checked, fail_on: Severity) -> int:
    if checked.error is not None:
        return checked.error.exit_code
    counted = {"error", fail_on}
    return FOUND if any(finding.severity in counted for finding in checked.findings) else 0
