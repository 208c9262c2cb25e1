"""Whether a file keeps to its schemas, and whether its pointers hold.

What is wrong with a file is a Finding with line and column; what keeps us from checking it is an
error. The text of the file is the only thing that is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from encoder import cache, resources
from encoder.errors import InputError
from encoder.model import Finding, Position
from encoder.validate import association, references, relaxng, schematron, xsd
from encoder.validate.association import Schema
from encoder.validate.catalog import NONE, Catalogs
from encoder.validate.document import Document, read
from encoder.validate.encoding import decode

__all__ = ["Catalogs", "checked", "text", "validate", "validate_file"]

# So many findings of pointers, of rules or by XSD are told of one file.
MOST = 10_000
# What `references` says too, and says more: a rule of our schema, and the grammar of an ID.
COVERED = {
    "sch-pointer-resolves": "ref-dangling",
    "rng-xml-id-duplicate": "id-duplicate",
    "xsd-xml-id-duplicate": "id-duplicate",
}


def validate_file(path: Path, schemas: Sequence[Path] = (), *, phase: str = "") -> list[Finding]:
    """Return what is wrong with a TEI file, in the order of its text.

    Args:
        path: the file.
        schemas: RELAX NG (.rng), Schematron (.sch) and XSD (.xsd) files; where none is given,
            those that the file names, relative to the file.
        phase: the phase of Schematron schemas to run, `#ALL`, or `#DEFAULT` as none means.

    Raises:
        InputError: the file cannot be read.
        MissingError: a schema is not there.
        UsageError: no schema is given or named, or one cannot be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", place=str(path)) from error
    return validate(data, schemas, name=str(path), phase=phase)


def validate(
    data: bytes, schemas: Sequence[Path] = (), *, name: str = "", phase: str = ""
) -> list[Finding]:
    """Return what is wrong with the TEI in `data`; `name` stands for it in the Findings.

    Raises:
        MissingError: a schema is not there.
        UsageError: no schema is given or named, or one cannot be used.
    """
    return checked(data, schemas, name=name, phase=phase)[0]


def checked(
    data: bytes,
    schemas: Sequence[Path | str] = (),
    *,
    name: str = "",
    catalogs: Catalogs = NONE,
    phase: str = "",
) -> tuple[list[Finding], list[str]]:
    """Return what is wrong with the TEI in `data`, and the schemas it was held to.

    A file that is not well-formed is held to none. One of our own schemas is `tei-encoder:` and
    its name, one of the cache its address, any other its path.

    Args:
        schemas: files, and addresses of the web; where none is given, those that the file names.
        catalogs: where copies of what is on the web lie.

    Raises:
        MissingError: a schema is not there.
        UsageError: no schema is given or named, or one cannot be used.
    """
    document = read(data, name)
    if isinstance(document, Finding):
        return [document], []
    chosen = association.schemas(document, Path(name).parent, schemas, catalogs)
    findings = _settled(list(_all(document, chosen, catalogs, phase)))
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
    return (
        f"tei-encoder:{schema.name}" if ours else cache.location(schema) or os.path.normpath(schema)
    )


def _all(
    document: Document, chosen: Sequence[Schema], catalogs: Catalogs, phase: str
) -> Iterator[Finding]:
    yield from document.warnings
    yield from _to_be_read(references.check(document), "ref-too-many")
    for schema in chosen:
        if schema.kind == "rng":
            yield from relaxng.check(document, schema.path, catalogs)
        elif schema.kind == "xsd":
            found = xsd.check(document, schema.path, catalogs, schema.others)
            yield from _to_be_read(found, "xsd-too-many")
    # A grammar may hold rules, and is often named a second time for them.
    phases = {schema.path: phase or schema.phase for schema in chosen if schema.kind != "xsd"}
    for path, asked in phases.items():
        found = schematron.check(document, path, asked, catalogs)
        yield from _to_be_read(found, "sch-too-many")


def _to_be_read(findings: Iterator[Finding], code: str) -> Iterator[Finding]:
    """Yield as many findings of a check as anyone may read, then one that says there are more."""
    yield from islice(findings, MOST)
    if more := next(findings, None):
        message = f"There are more than {MOST:,} findings of this kind; the others are not told."
        hint = "Mend what they have in common, or ignore it in edition.toml."
        yield replace(more, code=code, message=message, hint=hint, fix=None)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    where = finding.where or Position(0, 0)
    return where.line, where.column, finding.code, finding.message
