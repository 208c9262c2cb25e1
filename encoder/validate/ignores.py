"""An ignore is what an editor passes over in validation, and why: a table of `edition.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from encoder.errors import UsageError

PARTS = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
GLOB = re.compile(r"\*\*/|\*\*|\*|\?")


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings an editor passes over: of a code, in the files of a glob, for a reason."""

    code: str
    reason: str
    files: str = "**"
    line: int = 1

    def covers(self, file: str) -> bool:
        """Tell whether a file, as a path from the project's folder, is one of those meant."""
        return bool(_glob(self.files).fullmatch(file))


def ignores(said: object, file: Path, lines: Iterable[int]) -> tuple[Ignore, ...]:
    """Return the ignores that the tables `[[validate.ignore]]` of a project file say.

    Args:
        lines: where each of the tables begins.

    Raises:
        UsageError: one of them is not right, or gives no reason.
    """
    if not isinstance(said, list):
        hint = "write [[validate.ignore]] on a line of its own"
        raise UsageError("[validate] ignore: expected tables", place=str(file), hint=hint)
    starts = [*lines, *[1] * len(said)]
    return tuple(_ignore(one, file, line) for one, line in zip(said, starts, strict=False))


def _ignore(said: Mapping[str, Any], file: Path, line: int) -> Ignore:
    place = f"{file}:{line}"
    for name, value in said.items():
        if name not in ("code", "files", "reason") or not isinstance(value, str):
            hint = "code, files and reason are known, each a text in quotation marks"
            raise UsageError(f"[[validate.ignore]] {name}: not expected", place=place, hint=hint)
    for name in ("code", "reason"):
        if not said.get(name, "").strip():
            hint = "say what is passed over, and why: code, files (a glob), reason"
            raise UsageError(f"[[validate.ignore]] has no {name}", place=place, hint=hint)
    return Ignore(**said, line=line)


def _glob(pattern: str) -> re.Pattern[str]:
    words = GLOB.split(pattern)
    signs = [PARTS[sign] for sign in GLOB.findall(pattern)]
    return re.compile(
        "".join(a + b for a, b in zip(map(re.escape, words), [*signs, ""], strict=True))
    )
