"""Which schemas a file is checked by: those given, else those that the file itself names.

A file names them in `<?xml-model?>` lines (W3C, Associating Schemas with XML Documents 1.0) and in
the `xsi:schemaLocation` of its document element. What is on the web is looked for in catalogs and
in the cache; another schema is never taken instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from encoder import addresses, cache, resources
from encoder.errors import MissingError, UsageError
from encoder.validate.catalog import NONE, Catalogs
from encoder.validate.document import Document

Kind = Literal["rng", "sch", "xsd"]

# Associating Schemas 1.0, 3: what schematypens, else type, says of the language.
LANGUAGES: dict[str, Kind] = {
    "http://relaxng.org/ns/structure/1.0": "rng",
    "http://purl.oclc.org/dsdl/schematron": "sch",
    "http://www.w3.org/2001/XMLSchema": "xsd",
}
TYPES: dict[str, Kind] = {"application/relax-ng-compact-syntax": "rng"}
SUFFIXES: dict[str, Kind] = {".rng": "rng", ".rnc": "rng", ".sch": "sch", ".xsd": "xsd"}
APPLICATION = "tei-encoder"
OURS: tuple[Kind, ...] = ("rng", "sch")
PSEUDO_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
XSI = "http://www.w3.org/2001/XMLSchema-instance"
EXAMPLE = "for example: tei validate --schema edition.rng --schema edition.sch FILE"
READ = "Give RELAX NG in XML syntax (.rng), Schematron (.sch) or XSD (.xsd)."


class Schema(NamedTuple):
    """A schema file and its language; `phase` is one of Schematron, '' for that it defaults to.

    `others` is where schemas for other namespaces of the same document lie.
    """

    path: Path
    kind: Kind
    phase: str = ""
    others: tuple[tuple[str, Path], ...] = ()


def schemas(
    document: Document,
    folder: Path,
    given: Sequence[Path | str] = (),
    catalogs: Catalogs = NONE,
) -> list[Schema]:
    """Return the schemas for `document`, which lies in `folder`.

    Args:
        given: paths and addresses of the web, instead of what the file names.
        catalogs: where copies of what is on the web lie, beside the cache.

    Raises:
        MissingError: a schema that is named is not on this machine.
        UsageError: none is named, or one in a language we do not read.
    """
    if given:
        found = [_given(each, catalogs, document.name) for each in given]
        return [Schema(path, kind_of(path)) for path in found]
    head = Head(document.places.data)
    named = [_modelled(model, document, folder, catalogs) for model in head.models]
    named += _located(head, document, folder, catalogs)
    if named:
        return named
    if _is_ours(document):
        return [Schema(resources.schema(f"edition.{kind}"), kind) for kind in OURS]
    raise UsageError(
        "the file names no schema, and none is given", hint=EXAMPLE, place=document.name
    )


def kind_of(path: Path) -> Kind:
    """Return the language of a schema file, by its name or else by its document element.

    Raises:
        UsageError: it cannot be told.
    """
    kind = SUFFIXES.get(path.suffix.lower()) or _namespace(path)
    if kind is None:
        raise UsageError(f"cannot tell the language of {path}", hint=READ, place=str(path))
    return kind


def _namespace(path: Path) -> Kind | None:
    try:
        head = Head(path.read_bytes())
    except (OSError, expat.ExpatError):
        return None
    return LANGUAGES.get(head.namespace)


class Head:
    """What stands before the content of an XML file: the lines to programs and the first tag."""

    def __init__(self, data: bytes) -> None:
        self.models: list[dict[str, str]] = []
        self.namespace, self.attributes = "", dict[str, str]()
        self._begun = False
        self._parser = expat.ParserCreate("utf-8", " ")  # whatever the declaration says
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        size = 4096
        for start in range(0, len(data), size):
            if self._begun:
                break
            self._parser.Parse(data[start : start + size])

    def _instruction(self, target: str, text: str) -> None:
        if target == "xml-model" and not self._begun:
            pairs = PSEUDO_ATTRIBUTE.findall(text)
            self.models.append({name: unescape(value[1:-1]) for name, value in pairs})

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._begun:
            self._begun = True
            self.namespace, self.attributes = name.rpartition(" ")[0], dict(attributes)

    @property
    def locations(self) -> list[tuple[str, str]]:
        """The namespaces and the XSD schemas that the first tag names for them."""
        words = self.attributes.get(f"{XSI} schemaLocation", "").split()
        without = self.attributes.get(f"{XSI} noNamespaceSchemaLocation", "").strip()
        return [*zip(words[::2], words[1::2], strict=False), *([("", without)] if without else [])]


def _modelled(
    model: Mapping[str, str], document: Document, folder: Path, catalogs: Catalogs
) -> Schema:
    href = model.get("href", "")
    kind = LANGUAGES.get(model.get("schematypens", "")) or TYPES.get(model.get("type", ""))
    ours = _our_own(href, document, folder, kind)
    path = ours or _found(href, folder, catalogs, document.name)
    return Schema(path, kind or kind_of(path), model.get("phase", ""))


def _our_own(href: str, document: Document, folder: Path, kind: Kind | None) -> Path | None:
    """Return our own schema where a file of ours has lost the copy beside it."""
    name = unquote(addresses.split(href).path).rpartition("/")[2]
    beside = not addresses.split(href).scheme and not (folder / unquote(href)).is_file()
    known = name in {f"edition.{each}" for each in OURS} and kind in (None, name[-3:])
    return resources.schema(name) if beside and known and _is_ours(document) else None


def _located(head: Head, document: Document, folder: Path, catalogs: Catalogs) -> Iterator[Schema]:
    """Yield the XSD schema of a document, where its first tag names one for its namespace."""
    locations = dict(reversed(head.locations))
    if head.namespace in locations:
        found = {
            namespace: _found(href, folder, catalogs, document.name)
            for namespace, href in locations.items()
        }
        main = found.pop(head.namespace)
        yield Schema(main, "xsd", others=tuple(sorted(found.items())))


def _given(schema: Path | str, catalogs: Catalogs, place: str) -> Path:
    """Return the file of a schema given as a path, or as an address."""
    if isinstance(schema, str) and _is_address(schema):
        return _copy(schema, catalogs, place)
    return _there(Path(schema))


def _found(href: str, folder: Path, catalogs: Catalogs, place: str) -> Path:
    """Return the file that a reference in a document stands for."""
    if _is_address(href):
        return _copy(href, catalogs, place)
    return _there(folder / unquote(addresses.split(href).path))


def _is_address(href: str) -> bool:
    return addresses.split(href).scheme.lower() in (*cache.WEB, "urn")


def _there(path: Path) -> Path:
    if not path.is_file():
        hint = "Correct the path, or name a copy of the schema."
        raise MissingError(f"there is no schema {path}", hint=hint, place=str(path))
    return path


def _copy(address: str, catalogs: Catalogs, place: str) -> Path:
    path = catalogs.find(address)
    if path is None:
        message = f"the schema {address} is not on this machine"
        raise MissingError(message, hint=cache.command(address), place=place)
    return path


def _is_ours(document: Document) -> bool:
    return APPLICATION in document.applications
