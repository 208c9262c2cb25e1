"""A record is what was done with a text: from what, with what result, and what is open in it.

It lies beside what was written, a file a text, so that any number of processes and machines can
work at once, and a run that was stopped is taken up where it ended. A text whose record holds is
not encoded again: what it came from and what came of it are held to their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from encoder import __version__, files
from encoder.model import Finding, Position
from encoder.resources import PACKAGE, folder

FORMAT = 1
# What may change the TEI of a text that has not changed.
LIBRARIES = ("babel", "lxml", "pdfplumber", "pdfminer.six", "python-docx", "spylls")


@dataclass(frozen=True)
class Record:
    """What was done with one text.

    `key` is the digest of all that the TEI was made from; `companions` that of the texts beside
    it, where it was judged by them; `sha256` that of the text, `tei` that of the TEI.
    """

    key: str
    sha256: str
    tei: str
    companions: str = ""
    findings: tuple[Finding, ...] = ()


def read(path: Path) -> Record | None:
    """Return the record in a file, if there is one that we can read."""
    try:
        said = json.loads(path.read_bytes())
        if said.pop("format") != FORMAT:
            return None
        findings = tuple(_finding(one) for one in said.pop("findings"))
        return Record(**said, findings=findings)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _finding(said: dict[str, Any]) -> Finding:
    where = said.pop("where", None)
    return Finding(**said, where=where and Position(*where))


def write(path: Path, record: Record) -> None:
    """Write a record into a file.

    Raises:
        OutputError: it cannot be written there.
    """
    said = asdict(record) | {"format": FORMAT, "findings": [*map(_data, record.findings)]}
    files.write(path, (json.dumps(said, ensure_ascii=True) + "\n").encode())


def _data(finding: Finding) -> Mapping[str, Any]:
    """Return a finding without what is empty; of a text none has a fix or candidates."""
    where = finding.where and [finding.where.line, finding.where.column]
    said = {
        name: getattr(finding, name)
        for name in ("code", "severity", "message", "file", "hint", "evidence", "decision")
    }
    return {name: value for name, value in said.items() if value} | (
        {"where": where} if where else {}
    )


def digest(parts: Iterable[str]) -> str:
    """Return one SHA-256 for several words, in their order."""
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, '' where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def tool() -> str:
    """Return what identifies this program: version, code, schemas, and what it leans on."""
    ours = (path for place in (PACKAGE, folder("schemas")) for path in sorted(place.rglob("*")))
    code = (digest_of(path) for path in ours if path.is_file() and path.suffix != ".pyc")
    return digest((__version__, platform.python_version(), *map(version_of, LIBRARIES), *code))


def version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
