"""An edition is built text by text: encoded, validated, verified and rendered.

What is open goes into `build/report.html`; what a person edited stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from encoder import files, pipeline, report
from encoder.decisions import Decision, read_decisions
from encoder.errors import EncoderError
from encoder.model import Edition, Finding
from encoder.profile import Profile
from encoder.project import Project
from encoder.read.source import read
from encoder.registers import Register, read_register
from encoder.render import Format, render
from encoder.resources import schema
from encoder.write.document import document

ENDINGS: Mapping[Format, str] = {"html": ".html", "typst": ".typ", "pdf": ".pdf"}
SCHEMAS = ("edition.rng", "edition.sch")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Desk:
    """What lies ready when a text is encoded: the project, its registers and decisions."""

    project: Project
    register: Register
    decisions: tuple[Decision, ...] = ()

    @staticmethod
    def of(project: Project, persons: Iterable[Path] = ()) -> Desk:
        """Return the desk of a project, with further registers of persons.

        Raises:
            UsageError: a register or the decisions cannot be read.
        """
        own = project.registers.get("persons")
        registers = [read_register(path) for path in ([own] if own else []) + list(persons)]
        people = tuple(person for one in registers for person in one.persons)
        decisions = read_decisions(project.decisions) if project.decisions else ()
        return Desk(project, Register(people), decisions)

    def encode(self, source: Path, name: str, language: str = "") -> tuple[Edition, Profile]:
        """Return all that is known of a source, and the policy it was encoded by.

        Raises:
            InputError: the source cannot be read.
        """
        profile = self.project.profile_of(name)
        profile = replace(profile, language=language) if language else profile
        text = read(source, profile.encoding or None)
        profile = pipeline.settled(profile, text)
        metadata = self.project.metadata(name)
        return pipeline.encode(text, profile, metadata, self.register, self.decisions), profile

    def document(
        self, source: Path, name: str, language: str = "", schema_path: str = "schema/edition"
    ) -> tuple[bytes, list[Finding]]:
        """Return the TEI of a source, and what a person should look at."""
        edition, profile = self.encode(source, name, language)
        return document(edition, profile, schema_path), list(edition.findings)

    def write(self, source: Path, name: str, target: Path, language: str = "") -> list[Finding]:
        """Encode a source into a file, the schemas beside it."""
        folder = self.project.schema_dir if self.project.file else target.parent / "schema"
        path = os.path.relpath(folder / "edition", target.parent)
        data, found = self.document(source, name, language, Path(path).as_posix())
        _write_schemas(folder)
        return [*found, *files.write_tei(target, data)]


def _write_schemas(folder: Path) -> None:
    """Lay our schemas beside the texts, so that XML editors validate on opening."""
    for name in SCHEMAS:
        data, path = schema(name).read_bytes(), folder / name
        if not path.is_file() or path.read_bytes() != data:
            files.write(path, data)


def build(project: Project, say: Say) -> list[Finding]:
    """Build a whole project and return every finding, in the order of the texts.

    Args:
        project: the project; it must have a folder.
        say: called with a line for each step, for whoever watches.

    Raises:
        UsageError: a register or the decisions cannot be read.
        OutputError: something cannot be written.
    """
    desk = Desk.of(project)
    found = list(project.findings())
    for source, name in zip(project.sources, project.names, strict=True):
        found.extend(_text(desk, source, name, say))
    page, _data = report.write_report(project.root / "build", found, _title(project))
    say(f"report: {page}")
    return found


def _title(project: Project) -> str:
    return ": ".join(filter(None, ("Open questions", project.edition.title)))


def _text(desk: Desk, source: Path, name: str, say: Say) -> Iterator[Finding]:
    """Encode, check and render one text; what stops it is a finding, and the rest go on."""
    target = desk.project.root / Path(name).with_suffix(".xml")
    try:
        yield from desk.write(source, name, target)
        say(f"encoded: {target}")
        checked = list(check(target, source))
        yield from checked
        if not any(finding.severity == "error" for finding in checked):
            _render(desk.project, target, name, say)
    except EncoderError as error:
        if error.exit_code != 3:
            raise
        yield Finding("unreadable", "error", error.message, name, hint=error.hint)


def check(target: Path, source: Path) -> Iterator[Finding]:
    """Validate a TEI file of ours, and prove that it loses nothing of its source."""
    from encoder.validate import validate_file
    from encoder.write.verify import verify

    yield from validate_file(target)
    yield from verify(target.read_bytes(), read(source), target.name)


def _render(project: Project, target: Path, name: str, say: Say) -> None:
    for form, ending in ENDINGS.items():
        out = (project.root / "build" / name).with_suffix(ending)
        files.write(out, render(target, form))
        say(f"rendered: {out}")
