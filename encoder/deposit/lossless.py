"""Whether the TEI of a deposit gives back the sources beside it, where it is ours to say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from encoder.errors import EncoderError
from encoder.model import Finding
from encoder.read.source import read
from encoder.write.unwrite import content, elements, parse
from encoder.write.verify import verify

PROGRAM = "tei-encoder"


def differences(payload: Path, documents: Sequence[Path]) -> list[Finding] | None:
    """Return where TEI of ours does not give its source back; None where none is ours."""
    ours = [(path, sums) for path in documents if (sums := _sources(path))]
    if not ours:
        return None
    held = {_sha256(path): path for path in sorted(payload.rglob("*")) if path.is_file()}
    return [finding for path, sums in ours for finding in _judged(path, sums, held)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sources(path: Path) -> list[str]:
    """Return the checksums of the text, and of a file this was made from, where we encoded it."""
    try:
        root = parse(path.read_bytes())
    except EncoderError:
        return []
    if not any(one.attrs.get("ident") == PROGRAM for one in elements(root, "application")):
        return []
    sums = (one for one in elements(root, "idno") if one.attrs.get("type") == "sha256")
    return list(map(content, sums))


def _judged(path: Path, sums: Sequence[str], held: Mapping[str, Path]) -> Iterator[Finding]:
    text, *originals = sums
    if text in held:
        yield from verify(path.read_bytes(), read(held[text]), str(path))
    else:
        message = f"its source ({_short(text)}) is not in the deposit"
        yield Finding("deposit-no-source", "error", message, str(path))
    for original in originals:
        if original not in held:
            message = f"the file its source was made of ({_short(original)}) is not in the deposit"
            yield Finding("deposit-no-original", "warning", message, str(path))


def _short(sha256: str) -> str:
    return f"SHA-256 {sha256[:12]}…"
