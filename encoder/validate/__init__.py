"""Whether a file keeps to its schemas, and whether its pointers hold.

What is wrong with a file is a Finding with line and column; what keeps us from checking it is an
error. The text of the file is the only thing that is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from encoder.errors import InputError
from encoder.model import Finding, Position
from encoder.validate import catalog, references, relaxng, schematron
from encoder.validate.document import Document, read

__all__ = ["validate", "validate_file"]

CHECKS = {"rng": relaxng.check, "sch": schematron.check}
# Our schema has this rule for editors that know only Schematron; `references` says more.
COVERED = frozenset({"sch-pointer-resolves"})


def validate_file(path: Path, schemas: Sequence[Path] = ()) -> list[Finding]:
    """Return what is wrong with a TEI file, in the order of its text.

    Args:
        path: the file.
        schemas: RELAX NG (.rng) and Schematron (.sch) files; where none is given, those that the
            file's `<?xml-model?>` lines name, relative to the file.

    Raises:
        InputError: the file cannot be read.
        MissingError: a schema is not there.
        UsageError: no schema is given or named, or one cannot be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", place=str(path)) from error
    return validate(data, schemas, name=str(path))


def validate(data: bytes, schemas: Sequence[Path] = (), *, name: str = "") -> list[Finding]:
    """Return what is wrong with the TEI in `data`; `name` stands for it in the Findings.

    Raises:
        MissingError: a schema is not there.
        UsageError: no schema is given or named, or one cannot be used.
    """
    document = read(data, name)
    if isinstance(document, Finding):
        return [document]
    chosen = catalog.schemas(document, Path(name).parent, schemas)
    findings = [found for found in _all(document, chosen) if found.code not in COVERED]
    return sorted(findings, key=_order)


def _all(document: Document, chosen: Sequence[catalog.Schema]) -> Iterator[Finding]:
    yield from references.check(document)
    for schema in chosen:
        yield from CHECKS[schema.kind](document, schema.path)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    where = finding.where or Position(0, 0)
    return where.line, where.column, finding.code, finding.message
