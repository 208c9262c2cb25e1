"""Which schemas a file is checked by: those given, else those its `<?xml-model?>` lines name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from encoder import resources
from encoder.errors import MissingError, UsageError
from encoder.validate.document import Document

Kind = Literal["rng", "sch"]

# W3C Associating Schemas with XML documents 1.0, 3: what schematypens says of the language.
LANGUAGES: dict[str, Kind] = {
    "http://relaxng.org/ns/structure/1.0": "rng",
    "http://purl.oclc.org/dsdl/schematron": "sch",
}
SUFFIXES: dict[str, Kind] = {".rng": "rng", ".sch": "sch"}
APPLICATION = "tei-encoder"
PSEUDO_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
EXAMPLE = "for example: tei validate --schema edition.rng --schema edition.sch FILE"


class Schema(NamedTuple):
    """A schema file and its language."""

    path: Path
    kind: Kind


def schemas(document: Document, folder: Path, given: Sequence[Path] = ()) -> list[Schema]:
    """Return the schemas for `document`, which lies in `folder`.

    Raises:
        MissingError: a schema that is named is not there.
        UsageError: none is named, or one in a language we do not read.
    """
    if given:
        return [_existing(Schema(path, _kind(path))) for path in given]
    named = [_named(model, document, folder) for model in _models(document)]
    if named:
        return named
    if _is_ours(document):
        return [Schema(resources.schema(f"edition.{kind}"), kind) for kind in SUFFIXES.values()]
    raise UsageError(
        "the file names no schema, and none is given", hint=EXAMPLE, place=document.name
    )


def _kind(path: Path) -> Kind:
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        hint = "Give RELAX NG in XML syntax (.rng) or Schematron (.sch)."
        raise UsageError(f"cannot tell the language of {path}", hint=hint, place=str(path))
    return kind


def _existing(schema: Schema) -> Schema:
    if not schema.path.is_file():
        hint = "Correct the path, or fetch the schema."
        raise MissingError(f"there is no schema {schema.path}", hint=hint, place=str(schema.path))
    return schema


def _models(document: Document) -> Iterator[dict[str, str]]:
    """Yield the pseudo-attributes of each `<?xml-model?>` before the document element."""
    for model in document.prologue.models:
        pairs = PSEUDO_ATTRIBUTE.findall(model)
        yield {name: value[1:-1] for name, value in pairs}


def _named(model: dict[str, str], document: Document, folder: Path) -> Schema:
    href = model.get("href", "")
    path = _local(href, folder, document.name)
    kind = LANGUAGES.get(model.get("schematypens", "")) or _kind(path)
    if not path.is_file() and _is_ours(document):
        return Schema(resources.schema(f"edition.{kind}"), kind)
    return _existing(Schema(path, kind))


def _local(href: str, folder: Path, place: str) -> Path:
    parts = urlsplit(href)
    if parts.scheme not in ("", "file"):
        hint = "Keep a copy beside the file and name that, or give one with --schema."
        raise MissingError(f"the schema {href} is not on this machine", hint=hint, place=place)
    return folder / unquote(parts.path)


def _is_ours(document: Document) -> bool:
    return APPLICATION in document.applications
