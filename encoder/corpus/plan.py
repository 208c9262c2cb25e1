"""What is to be done with a corpus: which texts, under which names, and where each TEI goes.

A text is called by its path below the folder that was given, and its TEI lies at the same path
below the folder of the results. All is decided before anything is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from encoder import project
from encoder.convert import ENDINGS, is_converted
from encoder.errors import UsageError

PLAIN = ".txt"
DONE = Path(".tei") / "done"


class Job(NamedTuple):
    """A text to encode: its name in the corpus, and its files by absolute paths.

    `project` is the `edition.toml` it belongs to; `record` keeps what was done.
    """

    name: str
    path: Path
    target: Path
    project: Path | None
    record: Path

    @property
    def tei(self) -> str:
        """The name of its TEI, below the folder of the results."""
        return tei_name(self.name)


class Shard(NamedTuple):
    """One of the parts, counted from 1, that a corpus is divided into."""

    number: int = 1
    of: int = 1

    def has(self, name: str) -> bool:
        """Whether a text is in this part. Its name alone decides: other texts may come and go."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1


WHOLE = Shard()


def shard(said: str) -> Shard:
    """Return the part that `i/n` names.

    Raises:
        UsageError: it names none.
    """
    number, _, of = said.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return Shard(int(number), int(of))
    raise UsageError(f"--shard {said}: expected i/n, i from 1 to n", hint="--shard 3/8")


def tei_name(name: str) -> str:
    """Return the name of the TEI of a text."""
    return PurePosixPath(name).with_suffix(".xml").as_posix()


def plan(
    sources: Sequence[Path], out: Path, owner: Path | None, part: Shard = WHOLE, *, seek: bool
) -> list[Job]:
    """Return what is to be done with texts and folders of texts, in the order of their names.

    Args:
        sources: texts, or folders: all texts in them at any depth, or below `sources/` where a
            folder is a project.
        out: the folder that the results go to.
        owner: the `edition.toml` of all of them.
        part: which of them are to be done.
        seek: whether each belongs to the nearest `edition.toml` upward where no owner is named.

    Raises:
        UsageError: a folder holds no text, a source is a pipe, or two texts would be written to one
            file.
    """
    out = out.absolute()
    named = _without_clashes(one for source in sources for one in _within(source, out))
    mine = sorted(name for name in named if part.has(name))
    belongs = cache(project.nearest_file) if seek and not owner else lambda _: owner
    return [job(name, named[name], out, belongs(named[name].parent)) for name in mine]


def job(name: str, path: Path, out: Path, owner: Path | None, records: Path = DONE) -> Job:
    """Return the job of one text; `records` is a folder, or its path below that of each TEI."""
    target = out / tei_name(name)
    record = target.parent / records / f"{target.name}.json"
    return Job(name, path, target, owner, record)


def _within(source: Path, out: Path) -> Iterator[tuple[str, Path]]:
    """Yield the texts that a path stands for, by their names."""
    source = source.absolute()
    if source.exists() and not (source.is_dir() or source.is_file()):
        hint = "give it alone, or write it into a file first"
        raise UsageError("can be read only once", place=str(source), hint=hint)
    if not source.is_dir():
        yield source.name, source
        return
    folder = source / "sources" if (source / project.FILE).is_file() else source
    found = list(filter(partial(_is_text, folder=folder, out=out), folder.rglob("*")))
    if not found:
        hint = f"texts end in {', '.join((PLAIN, *ENDINGS))}"
        raise UsageError("no text is in this folder", place=str(folder), hint=hint)
    yield from ((path.relative_to(folder).as_posix(), path) for path in found)


def _is_text(path: Path, folder: Path, out: Path) -> bool:
    """Whether a file is a text of a folder: not hidden, no result, no original of another."""
    if path.suffix.lower() not in (PLAIN, *ENDINGS):
        return False
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    result = out != folder and path.is_relative_to(out)
    original = is_converted(path) and path.with_suffix(PLAIN).is_file()
    return not (hidden or result or original) and path.is_file()


def _without_clashes(named: Iterable[tuple[str, Path]]) -> Mapping[str, Path]:
    """Return the texts by name.

    Raises:
        UsageError: two of them would be written to one file.
    """
    found: dict[str, Path] = {}
    targets: dict[str, Path] = {}
    for name, path in named:
        if targets.setdefault(tei_name(name), path) != path:
            message = f"two sources would be written to {tei_name(name)!r}"
            raise UsageError(
                message, place=str(path), hint=f"the other is {targets[tei_name(name)]}"
            )
        found[name] = path
    return found
