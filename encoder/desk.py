"""A desk is what lies ready when a text is encoded: the project, its registers and decisions."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from encoder import convert, files, languages, pipeline
from encoder.decisions import Decision, read_decisions
from encoder.edition import Edition
from encoder.errors import InputError, OutputError
from encoder.model import Finding, Source
from encoder.profile import Profile
from encoder.project import Project
from encoder.read.source import read_bytes
from encoder.registers import Register, read_register
from encoder.resources import schema
from encoder.vocabulary import Vocabulary, counting
from encoder.why import told
from encoder.write.document import document

SCHEMAS = ("edition.rng", "edition.sch")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put garbage collection off.

    All that is known of a text is kept to its end, and little of it holds itself: the collector
    would go through it again and again, for nothing.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@dataclass(frozen=True)
class Desk:
    """A project with its registers and decisions read.

    `language` and `encoding` are over what the project says; `registers` are what `register` is
    made of, each with its file.
    """

    project: Project
    register: Register
    decisions: tuple[Decision, ...] = ()
    language: str = ""
    encoding: str = ""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    registers: tuple[Register, ...] = ()

    @staticmethod
    def of(
        project: Project, persons: Iterable[Path] = (), language: str = "", encoding: str = ""
    ) -> Desk:
        """Return the desk of a project, with further registers.

        Raises:
            UsageError: a register or the decisions cannot be read.
        """
        registers = tuple(map(read_register, registers_of(project, persons)))
        entries = tuple(entry for one in registers for entry in one.entries)
        decisions = read_decisions(project.decisions) if project.decisions else ()
        texts = partial(_texts, project)
        vocabulary = Vocabulary(counting(texts), project.word_lists, texts)
        register = Register(entries)
        return Desk(project, register, decisions, language, encoding, vocabulary, registers)

    def read(self, path: Path) -> Source:
        """Read a source; it is called as the project calls it: by its path below `sources/`.

        Of a PDF or DOCX file the text is the source. A project keeps it in `sources/`; if it is
        there, it may have been mended, and is read.

        Raises:
            InputError: it cannot be read.
            MissingError: the extra for its format is not installed.
        """
        if convert.is_converted(path) and self.project.file:
            return self._kept(path)
        name = self.project.name_of(
            path.with_suffix(".txt") if convert.is_converted(path) else path
        )
        encoding = self.encoding or self.project.profile_of(name).encoding
        source = replace(convert.received(path, encoding or None), name=name)
        within = self.project.file and path.resolve().is_relative_to(self.project.source_dir)
        return convert.with_original(source, path) if within else source

    def _kept(self, path: Path) -> Source:
        """Return the text of a PDF or DOCX file as the project keeps it, the file beside it."""
        folder = self.project.source_dir
        text = path.resolve().with_suffix(".txt")
        if not text.is_relative_to(folder):
            text = folder / f"{path.stem}.txt"
            _keep(text.with_suffix(path.suffix.lower()), read_bytes(path))
        if not text.is_file():
            files.write(text, convert.received(path).text.encode())
        return self.read(text)

    def profile_of(self, source: Source) -> Profile:
        """Return the policy for a source, its language settled."""
        return pipeline.settled(self._profile(source), source)

    def edition(self, source: Source) -> Edition:
        """Return everything the finders and the editor know about a source, as `read` names it."""
        return self._edition(source, self.profile_of(source))

    @_uncollected()
    def encode(self, source: Source, schema_path: str = "schema/edition") -> Encoded:
        """Return the TEI of a source, and what a person should look at.

        Args:
            source: a text, as `read` names it.
            schema_path: path of our schema from where the TEI will lie, without its ending.
        """
        profile = self.profile_of(source)
        edition = self._edition(source, profile)
        return Encoded(document(edition, profile, schema_path), edition.findings)

    def why(self, source: Source) -> str:
        """Return what is seen in a source and on what evidence, as lines to read."""
        said = self._profile(source)
        given = (said.language, "the project says so, or --lang") if said.language else None
        language = given or languages.detect(source.text)
        edition = self._edition(source, pipeline.settled(said, source))
        return told(edition, said, language)

    def _profile(self, source: Source) -> Profile:
        profile = self.project.profile_of(source.name)
        return replace(profile, language=self.language) if self.language else profile

    def _edition(self, source: Source, profile: Profile) -> Edition:
        metadata = self.project.metadata(source.name)
        return pipeline.encode(
            source, profile, metadata, self.register, self.decisions, self._vocabulary(source)
        )

    def _vocabulary(self, source: Source) -> Vocabulary:
        """Return the words beside a source: the only text of a project has no companions."""
        alone = self.project.names in ((), (source.name,))
        return Vocabulary(lists=self.vocabulary.lists) if alone else self.vocabulary

    def write(self, source: Source, target: Path, schemas: Path | None = None) -> list[Finding]:
        """Encode a source into a file, the schemas beside it.

        Args:
            source: a text, as `read` names it.
            target: the file.
            schemas: the folder of the schemas where no project names one.

        Raises:
            OutputError: it cannot be written there.
        """
        if source.origin and not self.project.file:
            # The text is kept beside the TEI, which is proved against it.
            _keep(target.with_name(source.name), source.text.encode())
        folder = (
            self.project.schema_dir if self.project.file else schemas or target.parent / "schema"
        )
        path = os.path.relpath(folder / "edition", target.parent)
        encoded = self.encode(source, Path(path).as_posix())
        _write_schemas(folder)
        return [*encoded.findings, *files.write_tei(target, encoded.tei)]


def registers_of(project: Project, persons: Iterable[Path]) -> list[Path]:
    """Return the registers of a project and further ones, each file once."""
    paths = (*project.registers.values(), *persons)
    return list({path.resolve(): path for path in reversed(paths)}.values())[::-1]


@dataclass(frozen=True)
class Encoded:
    """The bytes of a TEI file, and what is open in it."""

    tei: bytes
    findings: tuple[Finding, ...]


def _keep(path: Path, data: bytes) -> None:
    """Write a file, unless another one is there."""
    if path.is_file() and path.read_bytes() != data:
        hint = "move it away, or give it another name"
        raise OutputError("another file is here already", place=str(path), hint=hint)
    files.write(path, data)


def _texts(project: Project) -> Iterator[str]:
    """Yield the texts of a project; one that cannot be read is told where it is encoded."""
    for path in project.sources:
        with suppress(InputError):
            yield convert.received(path, project.profile.encoding or None).text


def _write_schemas(folder: Path) -> None:
    """Lay our schemas beside the texts, so that XML editors validate on opening."""
    for name in SCHEMAS:
        data, path = schema(name).read_bytes(), folder / name
        if not path.is_file() or path.read_bytes() != data:
            files.write(path, data)
