"""The texts of a deposit: each source with its TEI as it stands, and what the checks say of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from encoder import check
from encoder.deposit.bag import Sums, safe
from encoder.desk import Desk
from encoder.errors import UsageError
from encoder.formats import Checked
from encoder.making import tei_of
from encoder.model import Finding, Source, collapse

# Where a header and what precedes it name a schema: xml-model lines and schemaRef.
SCHEMA_PLACES = re.compile(rb'(<\?xml-model\b[^>]*?\bhref=|<schemaRef\b[^>]*?\burl=)(["\'])(.*?)\2')


@dataclass(frozen=True)
class Text:
    """A text of an edition, under the names it has in the deposit.

    `received` are the files it came as: the text, and the PDF or DOCX file that this was made of.
    `target` is its TEI in the project. `characters` are those of the text, white space collapsed.
    """

    source: str
    sha256: str
    characters: int
    received: tuple[Path, ...]
    target: Path
    checked: Checked
    differences: tuple[Finding, ...]

    @property
    def place(self) -> str:
        """The path of the TEI in the deposit."""
        return self.checked.file

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong with it."""
        return (*self.checked.all_findings, *self.differences)

    @property
    def has_errors(self) -> bool:
        """Whether it is invalid, or does not give its source back."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def is_xml(self) -> bool:
        """Whether anything can be made of its TEI."""
        return _is_xml(self.checked)


def texts_of(desk: Desk, workers: int | None, say: Callable[[str], None]) -> Iterator[Text]:
    """Yield the texts of a project, checked, so many at a time.

    Raises:
        InputError: a source cannot be read.
        UsageError: a text has no TEI.
    """
    names = [desk.project.name_of(path) for path in desk.project.sources]
    targets = [_target(desk, name) for name in names]
    results = check.check_files(targets, workers=workers)
    for path, target, checked in zip(desk.project.sources, targets, results, strict=True):
        say(f"checked: {target}")
        yield _text(desk.read(path), path, target, checked)


def _target(desk: Desk, name: str) -> Path:
    target = tei_of(desk.project, name)
    if not target.is_file():
        raise UsageError("this text has no TEI yet", place=str(target), hint="run `tei build`")
    return target


def _text(source: Source, path: Path, target: Path, checked: Checked) -> Text:
    from encoder.write.verify import verify

    place = safe(f"tei/{PurePosixPath(source.name).with_suffix('.xml')}")
    differences = tuple(verify(target.read_bytes(), source, place)) if _is_xml(checked) else ()
    received = (path, *([path.with_name(source.origin.name)] if source.origin else ()))
    characters = len(collapse(source.text))
    checked = _renamed(checked, place)
    return Text(source.name, source.sha256, characters, received, target, checked, differences)


def _is_xml(checked: Checked) -> bool:
    return not checked.error and not any(one.code.startswith("xml-") for one in checked.findings)


def _renamed(checked: Checked, place: str) -> Checked:
    """Return what was found under the names that the files have in the deposit."""
    findings = tuple(replace(finding, file=place) for finding in checked.findings)
    schemas = tuple(f"schema/{re.split('[:/]', name)[-1]}" for name in checked.schemas)
    return replace(checked, file=place, findings=findings, schemas=schemas)


def beside_its_schemas(text: Text) -> tuple[bytes, tuple[Path, ...]]:
    """Return the TEI with its schemas sought in `schema/` of the deposit, and those schemas.

    Nothing but the addresses of schemas that lie in the project is changed.
    """
    found: dict[Path, None] = {}

    def moved(match: re.Match[bytes]) -> bytes:
        schema = text.target.parent / match[3].decode("utf-8", "replace")
        if not schema.is_file():
            return match[0]
        found[schema] = None
        there = os.path.relpath(f"schema/{safe(schema.name)}", PurePosixPath(text.place).parent)
        return match[1] + match[2] + Path(there).as_posix().encode() + match[2]

    head, tag, rest = text.target.read_bytes().partition(b"<text")
    return SCHEMA_PLACES.sub(moved, head) + tag + rest, tuple(found)


def proof(texts: Sequence[Text], kept: Mapping[str, Sums]) -> bytes:
    """Return the proof that nothing was lost, as JSON: each text with both checksums.

    Args:
        texts: the texts.
        kept: the checksums of their TEI in the deposit, by its path.
    """
    said = [
        {
            "tei": text.place,
            "source": safe(f"source/{text.source}"),
            "tei_sha256": kept[text.place].sha256,
            "source_sha256": text.sha256,
            "characters": text.characters,
            "lossless": not text.differences and not text.checked.error,
            "differences": [str(finding) for finding in text.differences],
        }
        for text in texts
    ]
    claim = (
        "collapse(unwrite(TEI)) == collapse(source); `tei verify TEI --source SOURCE` repeats it"
    )
    data = {"version": 1, "claim": claim, "texts": said}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
