"""An XSD schema, and the files it includes, all of this machine.

What a schema names is looked up before xmlschema reads it: beside the schema, in a catalog or in
the cache. So what is not there is said, where xmlschema would go on without it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from encoder import addresses
from encoder.errors import MissingError, UsageError
from encoder.validate.catalog import Catalogs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from xmlschema import XMLSchemaBase

XS = "{http://www.w3.org/2001/XMLSchema}"
NAMING = tuple(f"{XS}{name}" for name in ("include", "import", "redefine", "override"))
VERSION = "{http://www.w3.org/2007/XMLSchema-versioning}minVersion"
# What xmlschema brings along: the schemas of xml:, xlink: and the like.
BUNDLED = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/1999/xlink")
LOCAL = "Put the file beside the schema, and name it by a relative path that ends in .xsd."
XSD = "Give an XSD schema (.xsd)."
HINT = "Correct the schema; `xmlschema-validate --schema` checks one by itself."
# XML Schema 1.1, Part 1, G.1: the elements that are new in it.
IN_1_1 = ("assert", "assertion", "alternative", "openContent", "defaultOpenContent", "override")
LATER = 'It uses XSD 1.1: say so in its first tag, by vc:minVersion="1.1" with the prefix declared.'

Others = tuple[tuple[str, Path], ...]


def built(path: Path, catalogs: Catalogs, others: Others) -> XMLSchemaBase:
    """Return the validator that a schema makes, kept while none of its files changes.

    Raises:
        MissingError: a file that it names is not there.
        UsageError: it is not XSD, or contradicts itself.
    """
    sources, changed = Sources(catalogs), 0
    for each in (path, *(other for _, other in others)):
        sources.read(each)
    changed = hash(tuple((each, each.stat().st_mtime_ns) for each in sources.roots))
    return _built(path, catalogs, others, changed)


class Sources:
    """The files that schemas are made of, and where what they name on the web lies."""

    def __init__(self, catalogs: Catalogs) -> None:
        self._catalogs = catalogs
        self.roots: dict[Path, Element] = {}
        self.copies: dict[str, str] = {}

    def read(self, path: Path) -> None:
        """Read a schema and what it names, at any depth."""
        waiting = [path.resolve()]
        while waiting:
            here = waiting.pop()
            if here not in self.roots:
                self.roots[here] = _parsed(here)
                waiting += self._named(here)

    def _named(self, here: Path) -> Iterator[Path]:
        for node in self.roots[here].iterchildren(*NAMING):
            said = node.get("schemaLocation")
            if said is None or node.get("namespace") in BUNDLED:
                continue
            copy = self._catalogs.beside(here, said.strip())
            path = (copy or _beside(here, said.strip(), node)).resolve()
            if copy:
                for address in (said.strip(), addresses.join(here.as_uri(), said.strip())):
                    self.copies[address] = path.as_uri()
            yield path


@lru_cache(maxsize=8)
def _built(path: Path, catalogs: Catalogs, others: Others, _changed: int) -> XMLSchemaBase:
    import xmlschema

    sources = Sources(catalogs)
    for each in (path, *(other for _, other in others)):
        sources.read(each)
    root = sources.roots[path.resolve()]
    make = xmlschema.XMLSchema11 if root.get(VERSION) == "1.1" else xmlschema.XMLSchema10
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of imports that were looked up already
            return make(
                path.resolve().as_uri(),
                allow="local",
                defuse="always",
                uri_mapper=lambda uri: sources.copies.get(uri, uri),
                locations=[(namespace, other.resolve().as_uri()) for namespace, other in others],
            )
    except (xmlschema.XMLSchemaException, SyntaxError, RecursionError) as error:
        later = make is xmlschema.XMLSchema10 and any(map(_is_later, sources.roots.values()))
        raise _fault(path, error, LATER if later else HINT) from error


def _is_later(root: Element) -> bool:
    """Tell whether a schema uses what XSD 1.0 does not have."""
    return next(root.iter(*(f"{XS}{name}" for name in IN_1_1)), None) is not None


def _fault(path: Path, error: Exception, hint: str) -> UsageError:
    node = getattr(error, "elem", None)
    line = getattr(node, "sourceline", None) or getattr(error, "lineno", None)
    said = str(getattr(error, "message", "") or error).partition("\n")[0].rstrip(".:")
    return UsageError(
        f"the schema cannot be used: {said or 'it is nested too deeply'}",
        hint=hint,
        place=f"{path}:{line}" if line else str(path),
    )


def _parsed(path: Path) -> Element:
    from encoder import trees

    root = trees.root(path, "the schema", XSD)
    if root.tag != f"{XS}schema":
        raise UsageError("not an XSD schema", hint=XSD, place=str(path))
    return root


def _beside(here: Path, said: str, node: Element) -> Path:
    """Return the file of this machine that a schema names."""
    parts, place = addresses.split(said), f"{here}:{node.sourceline}"
    path = Path(unquote(parts.path))
    if parts.scheme or parts.netloc or path.is_absolute() or path.suffix.lower() != ".xsd":
        raise UsageError(f"the schema names {said}, which is not read", hint=LOCAL, place=place)
    if not (here.parent / path).is_file():
        message = f"the schema names {said}, and there is no such file"
        raise MissingError(message, hint=LOCAL, place=place)
    return here.parent / path
