"""The texts of a deposit: each source with its TEI as it stands, and what the checks say of it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from encoder import check
from encoder.deposit.bag import safe
from encoder.desk import Desk
from encoder.errors import UsageError
from encoder.formats import Checked
from encoder.model import Finding, Source, collapse

# Where a header and what precedes it name a schema: xml-model lines and schemaRef.
SCHEMA_PLACES = re.compile(rb'(<\?xml-model\b[^>]*?\bhref=|<schemaRef\b[^>]*?\burl=)(["\'])(.*?)\2')


@dataclass(frozen=True)
class Text:
    """A text of an edition, under the names it has in the deposit.

    `schemas` are the schema files that its TEI names and that lie in the project.
    """

    source: Source
    received: bytes
    tei: bytes
    checked: Checked
    differences: tuple[Finding, ...]
    schemas: tuple[Path, ...]

    @property
    def place(self) -> str:
        """The path of the TEI in the deposit."""
        return self.checked.file

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong with it."""
        return (*self.checked.all_findings, *self.differences)


def texts_of(desk: Desk, say: Callable[[str], None]) -> Iterator[Text]:
    """Yield the texts of a project, checked.

    Raises:
        InputError: a source cannot be read.
        UsageError: a text has no TEI.
    """
    sources = [desk.read(path) for path in desk.project.sources]
    targets = [_target(desk, source) for source in sources]
    results = check.check_files(targets)
    for path, source, target, checked in zip(
        desk.project.sources, sources, targets, results, strict=True
    ):
        say(f"checked: {target}")
        yield _text(source, path.read_bytes(), target, checked)


def _target(desk: Desk, source: Source) -> Path:
    target = desk.project.root / Path(source.name).with_suffix(".xml")
    if not target.is_file():
        raise UsageError("this text has no TEI yet", place=str(target), hint="run `tei build`")
    return target


def _text(source: Source, received: bytes, target: Path, checked: Checked) -> Text:
    from encoder.write.verify import verify

    place = safe(f"tei/{PurePosixPath(source.name).with_suffix('.xml')}")
    tei, schemas = _beside_its_schemas(target, place)
    broken = checked.error or any(found.code.startswith("xml-") for found in checked.findings)
    differences = () if broken else tuple(verify(tei, source, place))
    return Text(source, received, tei, _renamed(checked, place), differences, schemas)


def _renamed(checked: Checked, place: str) -> Checked:
    """Return what was found under the names that the files have in the deposit."""
    findings = tuple(replace(finding, file=place) for finding in checked.findings)
    schemas = tuple(f"schema/{re.split('[:/]', name)[-1]}" for name in checked.schemas)
    return replace(checked, file=place, findings=findings, schemas=schemas)


def _beside_its_schemas(target: Path, place: str) -> tuple[bytes, tuple[Path, ...]]:
    """Return the TEI with its schemas sought in `schema/` of the deposit, and those schemas.

    Nothing but the addresses of schemas that lie in the project is changed.
    """
    found: dict[Path, None] = {}

    def moved(match: re.Match[bytes]) -> bytes:
        schema = target.parent / match[3].decode("utf-8", "replace")
        if not schema.is_file():
            return match[0]
        found[schema] = None
        there = os.path.relpath(f"schema/{safe(schema.name)}", PurePosixPath(place).parent)
        return match[1] + match[2] + Path(there).as_posix().encode() + match[2]

    head, text, rest = target.read_bytes().partition(b"<text")
    return SCHEMA_PLACES.sub(moved, head) + text + rest, tuple(found)


def proof(texts: Sequence[Text]) -> bytes:
    """Return the proof that nothing was lost, as JSON: each text with both checksums."""
    said = [
        {
            "tei": text.place,
            "source": safe(f"source/{text.source.name}"),
            "tei_sha256": hashlib.sha256(text.tei).hexdigest(),
            "source_sha256": text.source.sha256,
            "characters": len(collapse(text.source.text)),
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
