"""Whether a file keeps to its schemas, and whether its pointers hold.

What is wrong with a file is a Finding with line and column; what keeps us from checking it is an
error. The text of the file is the only thing that is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from encoder import resources
from encoder.errors import InputError
from encoder.model import Finding, Position
from encoder.validate import catalog, references, relaxng, schematron
from encoder.validate.document import Document, read
from encoder.validate.encoding import decode

__all__ = ["checked", "text", "validate", "validate_file"]

CHECKS = {"rng": relaxng.check, "sch": schematron.check}
# What `references` says too, and says more: a rule of our schema, and the grammar of an ID.
COVERED = {"sch-pointer-resolves": "ref-dangling", "rng-xml-id-duplicate": "id-duplicate"}


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
    return checked(data, schemas, name=name)[0]


def checked(
    data: bytes, schemas: Sequence[Path] = (), *, name: str = ""
) -> tuple[list[Finding], list[str]]:
    """Return what is wrong with the TEI in `data`, and the schemas it was held to.

    A file that is not well-formed is held to none. One of our own schemas is `tei-encoder:` and
    its name, any other its path.

    Raises:
        MissingError: a schema is not there.
        UsageError: no schema is given or named, or one cannot be used.
    """
    document = read(data, name)
    if isinstance(document, Finding):
        return [document], []
    chosen = catalog.schemas(document, Path(name).parent, schemas)
    findings = _settled(list(_all(document, chosen)))
    return sorted(findings, key=_order), [_named(schema.path) for schema in chosen]


def _settled(findings: list[Finding]) -> list[Finding]:
    """Return findings of which none says the same as another: what a schema forbids is an error."""
    strict = {COVERED[found.code] for found in findings if found.code in COVERED}
    return [
        replace(found, severity="error") if found.code in strict else found
        for found in findings
        if found.code not in COVERED
    ]


def text(data: bytes) -> str:
    """Return the text of an XML file; what its encoding does not explain becomes U+FFFD."""
    return decode(data)


def _named(schema: Path) -> str:
    ours = schema.parent == resources.folder("schemas")
    return f"tei-encoder:{schema.name}" if ours else os.path.normpath(schema)


def _all(document: Document, chosen: Sequence[catalog.Schema]) -> Iterator[Finding]:
    yield from document.warnings
    yield from references.check(document)
    for schema in chosen:
        yield from CHECKS[schema.kind](document, schema.path)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    where = finding.where or Position(0, 0)
    return where.line, where.column, finding.code, finding.message
