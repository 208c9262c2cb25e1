"""The payload of a deposit: sources, TEI, schemas, editions, metadata, reports, provenance."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from encoder import __version__, resources
from encoder.build import BUILT
from encoder.cmif import cmif
from encoder.deposit import bag, crate, describe
from encoder.deposit.facts import Facts
from encoder.deposit.readme import licence, readme
from encoder.deposit.texts import Text, proof
from encoder.errors import UsageError
from encoder.formats import WRITERS
from encoder.making import ENDINGS
from encoder.model import Finding
from encoder.project import Project
from encoder.render import render

LIBRARIES = ("lxml", "saxonche", "typst", "babel", "elementpath")
REPORTS = {"json": "validation.json", "sarif": "validation.sarif", "html": "validation.html"}
PROVENANCE = ("edition.toml", "texts.csv")
# What a page is set from is no edition: it can be made again.
READ = {form: ENDINGS[form] for form in BUILT if form != "typst"}


@dataclass
class Payload:
    """The files of a deposit, and the names they had before those were made safe for archives."""

    files: dict[str, bytes] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, name: str, data: bytes) -> None:
        """Add a file under a name that archives keep.

        Raises:
            UsageError: another file would have the same name.
        """
        kept = name if name in bag.EXCEPTIONS else bag.safe(name)
        if self.files.get(kept, data) != data:
            message = f"{name!r} and another file would both be called {kept!r}"
            raise UsageError(message, hint="rename one of the two")
        self.files[kept] = data
        if kept != name:
            self.originals[kept] = PurePosixPath(name).name


def payload(
    project: Project, facts: Facts, texts: Sequence[Text], say: Callable[[str], None]
) -> Payload:
    """Return everything that a deposit of these texts holds."""
    made = Payload()
    for text in texts:
        made.add(f"source/{text.source.name}", text.received)
        made.add(text.place, text.tei)
        _schemas(made, text)
        _editions(made, project, text, say)
    _metadata(made, project, facts, texts)
    _reports(made, texts)
    _provenance(made, project)
    made.add("LICENSE", licence(facts))
    made.add("CITATION.cff", describe.citation(facts, facts.date))
    made.add(".zenodo.json", describe.zenodo(facts))
    made.add("README.md", readme(facts, sorted(made.files), len(texts)))
    made.add(crate.NAME, crate.crate(facts, made.files, made.originals))
    return made


def _schemas(made: Payload, text: Text) -> None:
    """Add the schemas a text names; ours come with the ODD and whatever else it makes."""
    for schema in text.schemas:
        made.add(f"schema/{schema.name}", schema.read_bytes())
    ours = resources.folder("schemas")
    named = {schema.name: schema.read_bytes() for schema in text.schemas}
    if all(
        named.get(name) == (ours / name).read_bytes() for name in ("edition.rng", "edition.sch")
    ):
        for path in sorted(ours.iterdir()):
            made.add(f"schema/{path.name}", path.read_bytes())


def _editions(made: Payload, project: Project, text: Text, say: Callable[[str], None]) -> None:
    """Add what is made to be read; of TEI that is no XML there is nothing to make."""
    if text.checked.error or any(found.code.startswith("xml-") for found in text.checked.findings):
        return
    for form, ending in READ.items():
        name = PurePosixPath(text.source.name).with_suffix(ending)
        data = render(text.tei, form, project.sheet.params, fonts=project.fonts)
        made.add(f"editions/{name}", data)
    say(f"rendered: {text.place}")


def _metadata(made: Payload, project: Project, facts: Facts, texts: Sequence[Text]) -> None:
    made.add("metadata/datacite.xml", describe.datacite(facts))
    made.add("metadata/dublin-core.xml", describe.dublin_core(facts))
    letters = cmif(project.edition, ((text.place, text.tei) for text in texts))
    made.findings.extend(letters.findings)
    if letters.tei:
        made.add("metadata/cmif.xml", letters.tei)


def _reports(made: Payload, texts: Sequence[Text]) -> None:
    checked = [text.checked for text in texts]
    for form, name in REPORTS.items():
        made.add(f"reports/{name}", WRITERS[form](checked).encode())
    made.add("reports/lossless.json", proof(texts))


def _provenance(made: Payload, project: Project) -> None:
    for path in _decided(project):
        made.add(f"provenance/{path.name}", path.read_bytes())
    said = {"tei-encoder": __version__, "python": platform.python_version()}
    said |= {name: version(name) for name in LIBRARIES}
    made.add("provenance/versions.json", (json.dumps(said, indent=1) + "\n").encode())


def _decided(project: Project) -> Iterator[Path]:
    """Yield the files of a project that its TEI was made by, besides the sources."""
    candidates = [project.root / name for name in PROVENANCE]
    yield from (path for path in candidates if path.is_file())
    yield from project.registers.values()
    if project.decisions:
        yield project.decisions
