"""The payload of a deposit: sources, TEI, schemas, editions, metadata, reports, provenance."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from encoder import __version__, files, resources
from encoder.cmif import cmif
from encoder.corpus.record import version_of
from encoder.deposit import bag, crate, describe
from encoder.deposit.bag import Sums
from encoder.deposit.editions import Editions
from encoder.deposit.facts import Facts
from encoder.deposit.readme import licence, readme
from encoder.deposit.texts import Text, beside_its_schemas, proof
from encoder.errors import UsageError
from encoder.formats import WRITERS
from encoder.model import Finding
from encoder.project import Project

LIBRARIES = (
    "lxml", "saxonche", "typst", "babel", "elementpath", "xmlschema", "pdfplumber", "pdfminer.six",
    "python-docx", "spylls", "spacy",
)  # fmt: skip
REPORTS = {"json": "validation.json", "sarif": "validation.sarif", "html": "validation.html"}
PROVENANCE = ("edition.toml", "texts.csv")
SCHEMAS = ("edition.rng", "edition.sch")


@dataclass
class Payload:
    """The files of a deposit in their folder, and the names they had before those were made safe.

    Of each file only its checksums are kept in mind.
    """

    folder: Path
    files: dict[str, Sums] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def add(self, name: str, data: bytes) -> None:
        """Add a file under a name that archives keep.

        Raises:
            UsageError: another file would have the same name.
            OutputError: it cannot be written.
        """
        kept, said = name if name in bag.EXCEPTIONS else bag.safe(name), bag.sums(data)
        if kept in self.files and self.files[kept] == said:
            return
        # Some systems take names for the same that differ in their capitals.
        if kept.lower() in self._taken:
            message = f"{name!r} and another file would both be called {kept!r}"
            raise UsageError(message, hint="rename one of the two")
        self._taken.add(kept.lower())
        files.write(self.folder / kept, data)
        self.files[kept] = said
        if kept != name:
            self.originals[kept] = PurePosixPath(name).name


def payload(
    folder: Path,
    project: Project,
    facts: Facts,
    texts: Sequence[Text],
    made_by: Callable[[Sequence[Text], Path], Iterable[Editions]],
) -> Payload:
    """Write everything that a deposit of these texts holds.

    Args:
        folder: where to.
        project: the project.
        facts: what is known of the edition.
        texts: the texts, checked.
        made_by: makes the editions of texts whose TEI lies in the folder.

    Raises:
        UsageError: two files would have the same name.
        OutputError: something cannot be written.
    """
    made = Payload(folder)
    for text in texts:
        _text(made, text)
    for place, data in (file for edition in made_by(texts, folder) for file in edition):
        made.add(place, data)
    _metadata(made, project, facts, texts)
    _reports(made, texts)
    _provenance(made, project)
    made.add("LICENSE", licence(facts))
    made.add("CITATION.cff", describe.citation(facts, facts.date))
    made.add(".zenodo.json", describe.zenodo(facts))
    sound = not any(text.has_errors for text in texts)
    made.add("README.md", readme(facts, sorted(made.files), len(texts), sound=sound))
    made.add(crate.NAME, crate.crate(facts, made.files, made.originals))
    return made


def _text(made: Payload, text: Text) -> None:
    """Add a text as it was received, its TEI, and the schemas that names.

    Our schemas come with the ODD and whatever else is made of it.
    """
    tei, schemas = beside_its_schemas(text)
    for path in text.received:
        made.add(f"source/{PurePosixPath(text.source).with_name(path.name)}", path.read_bytes())
    made.add(text.place, tei)
    named = {schema.name: schema.read_bytes() for schema in schemas}
    for name, data in named.items():
        made.add(f"schema/{name}", data)
    ours = resources.folder("schemas")
    if all(named.get(name) == (ours / name).read_bytes() for name in SCHEMAS):
        for path in sorted(ours.iterdir()):
            made.add(f"schema/{path.name}", path.read_bytes())


def _metadata(made: Payload, project: Project, facts: Facts, texts: Sequence[Text]) -> None:
    made.add("metadata/datacite.xml", describe.datacite(facts))
    made.add("metadata/dublin-core.xml", describe.dublin_core(facts))
    tei = ((text.place, (made.folder / text.place).read_bytes()) for text in texts)
    letters = cmif(project.edition, tei)
    made.findings.extend(letters.findings)
    if letters.tei:
        made.add("metadata/cmif.xml", letters.tei)


def _reports(made: Payload, texts: Sequence[Text]) -> None:
    checked = [text.checked for text in texts]
    for form, name in REPORTS.items():
        made.add(f"reports/{name}", WRITERS[form](checked).encode())
    made.add("reports/lossless.json", proof(texts, made.files))


def _provenance(made: Payload, project: Project) -> None:
    for path in _decided(project):
        made.add(f"provenance/{path.name}", path.read_bytes())
    said = {"tei-encoder": __version__, "python": platform.python_version()}
    said |= {name: found for name in LIBRARIES if (found := version_of(name))}
    made.add("provenance/versions.json", (json.dumps(said, indent=1) + "\n").encode())


def _decided(project: Project) -> Iterator[Path]:
    """Yield the files of a project that its TEI was made by, besides the sources."""
    candidates = [project.root / name for name in PROVENANCE]
    if project.settings.css:
        candidates.append(project.root / project.settings.css)
    yield from (path for path in candidates if path.is_file())
    if project.custom.xslt:
        yield project.custom.xslt
    yield from project.registers.values()
    if project.decisions:
        yield project.decisions
