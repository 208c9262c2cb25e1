"""A desk is what lies ready when a text is encoded: the project, its registers and decisions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from encoder import files, pipeline
from encoder.decisions import Decision, read_decisions
from encoder.model import Finding, Source
from encoder.profile import Profile
from encoder.project import Project
from encoder.read.source import read
from encoder.registers import Register, read_register
from encoder.resources import schema
from encoder.write.document import document

SCHEMAS = ("edition.rng", "edition.sch")


@dataclass(frozen=True)
class Desk:
    """A project with its registers and decisions read; `language` is over what it says."""

    project: Project
    register: Register
    decisions: tuple[Decision, ...] = ()
    language: str = ""

    @staticmethod
    def of(project: Project, persons: Iterable[Path] = (), language: str = "") -> Desk:
        """Return the desk of a project, with further registers.

        Raises:
            UsageError: a register or the decisions cannot be read.
        """
        registers = map(read_register, (*project.registers.values(), *persons))
        entries = tuple(entry for one in registers for entry in one.entries)
        decisions = read_decisions(project.decisions) if project.decisions else ()
        return Desk(project, Register(entries), decisions, language)

    def read(self, path: Path) -> Source:
        """Read a source; it is called as the project calls it: by its path below `sources/`.

        Raises:
            InputError: it cannot be read.
        """
        name = self.project.name_of(path)
        return replace(read(path, self.project.profile_of(name).encoding or None), name=name)

    def profile_of(self, source: Source) -> Profile:
        """Return the policy for a source, its language settled."""
        profile = self.project.profile_of(source.name)
        profile = replace(profile, language=self.language) if self.language else profile
        return pipeline.settled(profile, source)

    def encode(self, source: Source, schema_path: str = "schema/edition") -> Encoded:
        """Return the TEI of a source, and what a person should look at.

        Args:
            source: a text, as `read` names it.
            schema_path: path of our schema from where the TEI will lie, without its ending.
        """
        profile = self.profile_of(source)
        metadata = self.project.metadata(source.name)
        edition = pipeline.encode(source, profile, metadata, self.register, self.decisions)
        return Encoded(document(edition, profile, schema_path), edition.findings)

    def write(self, source: Source, target: Path) -> list[Finding]:
        """Encode a source into a file, the schemas beside it.

        Raises:
            OutputError: it cannot be written there.
        """
        folder = self.project.schema_dir if self.project.file else target.parent / "schema"
        path = os.path.relpath(folder / "edition", target.parent)
        encoded = self.encode(source, Path(path).as_posix())
        _write_schemas(folder)
        return [*encoded.findings, *files.write_tei(target, encoded.tei)]


@dataclass(frozen=True)
class Encoded:
    """The bytes of a TEI file, and what is open in it."""

    tei: bytes
    findings: tuple[Finding, ...]


def _write_schemas(folder: Path) -> None:
    """Lay our schemas beside the texts, so that XML editors validate on opening."""
    for name in SCHEMAS:
        data, path = schema(name).read_bytes(), folder / name
        if not path.is_file() or path.read_bytes() != data:
            files.write(path, data)
