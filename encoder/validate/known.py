"""What is known already: findings that an editor passes over with a reason, or that a baseline has.

An ignore is a table of `edition.toml`; a baseline is a file of what was wrong on some day, so
that only what is new is told.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from encoder.errors import InputError, UsageError
from encoder.formats import Checked
from encoder.model import Finding, Position, listed
from encoder.safe import as_json
from encoder.validate.ignores import Ignore

VERSION = 1
# Of a message, what other changes to the file make different: places, and numbers in paths.
SHIFTING = re.compile(r"\d+:\d+|\[\d+\]")
Key = tuple[str, str, str]


class Passed:
    """Takes out of what was checked the findings that a project passes over."""

    def __init__(self) -> None:
        self._projects: dict[Path, tuple[Path, tuple[Ignore, ...]]] = {}
        self._met: dict[tuple[Path, Ignore], bool] = {}

    def through(self, checked: Checked) -> Checked:
        """Return what was checked without what is passed over."""
        root, known = self._known(Path(checked.file).parent)
        path = os.path.relpath(Path(checked.file).resolve(), root) if known else ""
        mine = [one for one in known if one.covers(Path(path).as_posix())]
        if not mine:
            return checked
        kept = tuple(found for found in checked.findings if not self._passes(root, mine, found))
        return _keeping(checked, kept)

    def _passes(self, root: Path, mine: Iterable[Ignore], found: Finding) -> bool:
        passing = [one for one in mine if fnmatchcase(found.code, one.code)]
        for one in mine:
            self._met[root, one] = self._met.get((root, one), False) or one in passing
        return bool(passing)

    def _known(self, folder: Path) -> tuple[Path, tuple[Ignore, ...]]:
        if folder not in self._projects:
            self._projects[folder] = _project(folder)
        return self._projects[folder]

    def unused(self) -> Iterator[Checked]:
        """Yield each project file of which an ignore passes over nothing any more."""
        by_root: dict[Path, list[Ignore]] = {}
        for (root, one), used in self._met.items():
            if not used:
                by_root.setdefault(root, []).append(one)
        for root, ignored in by_root.items():
            name = os.path.relpath(root / "edition.toml")
            yield Checked(name, findings=tuple(_unused(name, one) for one in ignored))


def _project(folder: Path) -> tuple[Path, tuple[Ignore, ...]]:
    here = folder.resolve()
    if not any((each / "edition.toml").is_file() for each in (here, *here.parents)):
        return here, ()
    from encoder.project import find

    project = find(here)
    return (project.root, project.ignores) if project else (here, ())


def _unused(file: str, ignored: Ignore) -> Finding:
    message = f"No {ignored.code} is left in {ignored.files}: this ignore passes over nothing."
    where, hint = Position(ignored.line, 1), "Remove these lines."
    return Finding("ignore-unused", "warning", message, file, where, hint)


def _keeping(checked: Checked, kept: tuple[Finding, ...]) -> Checked:
    known = checked.known + len(checked.findings) - len(kept)
    return replace(checked, findings=kept, known=known)


# --- baselines


@dataclass
class Baseline:
    """The findings of some day; each that is met again is taken out, once."""

    folder: Path
    left: Counter[Key] = field(default_factory=Counter)

    def through(self, checked: Checked) -> Checked:
        """Return what was checked without what the baseline has."""
        kept = tuple(found for found in checked.findings if not self._has(found))
        return _keeping(checked, kept)

    def _has(self, finding: Finding) -> bool:
        key = _key(finding, self.folder)
        self.left[key] -= 1
        return self.left[key] >= 0

    @property
    def gone(self) -> int:
        """How many of its findings were not met again."""
        return sum(number for number in self.left.values() if number > 0)


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        InputError: it cannot be read.
        UsageError: it is none.
    """
    try:
        said = json.loads(path.read_bytes())
        entries = [(each["file"], each["code"], each["message"]) for each in said["findings"]]
    except OSError as error:
        raise InputError(f"cannot read the baseline: {error.strerror}", place=str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        hint = "make it with tei validate --write-baseline"
        raise UsageError("this is no baseline", place=str(path), hint=hint) from error
    return Baseline(path.parent.resolve(), Counter(entries))


def baseline_of(checked: Iterable[Checked], path: Path) -> bytes:
    """Return what a baseline at `path` says of findings: one a line, whatever line they are on."""
    folder = path.parent.resolve()
    keys = sorted(_key(found, folder) for one in checked for found in one.findings)
    found = [dict(zip(("file", "code", "message"), key, strict=True)) for key in keys]
    return (as_json({"version": VERSION, "findings": found}) + "\n").encode()


def _key(finding: Finding, folder: Path) -> Key:
    """Return what a finding is recognised by when other lines of its file have changed."""
    file = Path(os.path.relpath(Path(finding.file).resolve(), folder)).as_posix()
    message = finding.message
    for shown in (listed(finding.candidates), ", ".join(finding.candidates)):
        message = message.replace(shown, "…") if shown else message
    return file, finding.code, SHIFTING.sub("…", message)
