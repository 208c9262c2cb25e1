"""Whether the TEI of a deposit gives back the sources beside it, where it is ours to say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from encoder.errors import EncoderError
from encoder.model import Finding
from encoder.read.source import read
from encoder.write.unwrite import content, elements, parse
from encoder.write.verify import verify

PROGRAM = "tei-encoder"


def differences(payload: Path, documents: Sequence[Path]) -> list[Finding] | None:
    """Return where TEI of ours does not give its source back; None where none is ours."""
    ours = [(path, sha256) for path in documents for sha256 in _source(path)]
    if not ours:
        return None
    sums = {_sha256(path): path for path in sorted(payload.rglob("*")) if path.is_file()}
    return [finding for path, sha256 in ours for finding in _compared(path, sha256, sums)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _source(path: Path) -> Iterator[str]:
    """Yield the checksum of the source, where the file is one that we encoded."""
    try:
        root = parse(path.read_bytes())
    except EncoderError:
        return
    if any(one.attrs.get("ident") == PROGRAM for one in elements(root, "application")):
        sums = (one for one in elements(root, "idno") if one.attrs.get("type") == "sha256")
        yield from islice(map(content, sums), 1)  # a file that it was made from may follow


def _compared(path: Path, sha256: str, sums: Mapping[str, Path]) -> list[Finding]:
    if sha256 not in sums:
        message = f"its source (SHA-256 {sha256[:12]}…) is not in the deposit"
        return [Finding("deposit-no-source", "error", message, str(path))]
    return verify(path.read_bytes(), read(sums[sha256]), str(path))
