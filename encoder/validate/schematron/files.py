"""The files a Schematron schema is written in: what `include` and `extends` bring in, and whence.

Only files on this machine are read, by a path relative to the file that names them, and only for
the Schematron in them: a schema cannot be made to show what else is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from encoder import addresses
from encoder.errors import UsageError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SCH = "{http://purl.oclc.org/dsdl/schematron}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SUFFIXES = frozenset({".sch", ".xml", ".rng", ".isosch"})
NO_SCHEMA = "Give an ISO Schematron schema (.sch)."
LOCAL = "Put the file beside the schema, and name it by a relative path that ends in .sch."


@dataclass(frozen=True)
class File:
    """A schema file; `within` are the files that brought it in, each with its fragment."""

    path: Path
    root: Element
    within: tuple[tuple[Path, str], ...] = ()

    @cached_property
    def namespaces(self) -> dict[str, str]:
        """The prefixes that the `ns` elements of this very file declare."""
        declared = self.root.iter(f"{SCH}ns")
        return {ns.get("prefix", ""): ns.get("uri", "") for ns in declared}


@dataclass(frozen=True, eq=False)
class Node:
    """An element of a schema and the file it stands in."""

    element: Element
    file: File
    namespaces: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The local name of an element of Schematron, else its full name."""
        return str(self.element.tag).removeprefix(SCH)

    @property
    def local(self) -> str:
        """The local name."""
        return str(self.element.tag).rpartition("}")[2]

    @property
    def line(self) -> int:
        return self.element.sourceline or 1

    @property
    def place(self) -> str:
        return f"{self.file.path}:{self.line}"

    @property
    def language(self) -> str:
        """The value of the nearest `xml:lang`."""
        lines = (self.element, *self.element.iterancestors())
        return next((x.get(f"{XML}lang", "") for x in lines if x.get(f"{XML}lang")), "")

    def get(self, name: str, default: str = "") -> str:
        return self.element.get(name, default)

    def of(self, element: Element) -> Node:
        """Return another element of the same file."""
        return Node(element, self.file, self.namespaces)


def opened(path: Path) -> Node:
    """Return the document element of a schema file.

    Raises:
        MissingError: it cannot be read.
        UsageError: it is not well-formed.
    """
    file = File(path, _parsed(path))
    return Node(file.root, file, file.namespaces)


def _parsed(path: Path) -> Element:
    from encoder import trees

    said = {"resolve_entities": "internal", "remove_comments": True, "remove_pis": True}
    return trees.root(path, "the schema", NO_SCHEMA, **said)


def children(node: Node) -> Iterator[Node]:
    """Yield the elements in another, with what `include` and `extends/@href` stand for.

    Raises:
        MissingError: a file that is named is not there.
        UsageError: it is not Schematron, includes itself, or is named in a way we do not follow.
    """
    for child in map(node.of, node.element.iterchildren("*")):
        if child.kind == "include":
            target = _target(child)
            yield from children(target) if target.kind in ("schema", "library") else [target]
        elif child.kind == "extends" and child.element.get("href") is not None:
            yield from children(_target(child))
        else:
            yield child


def _target(node: Node) -> Node:
    """Return the element that an `include` or `extends` names (ISO 19757-3:2020, 5.4.4)."""
    path, fragment = _beside(node)
    here = (path.resolve(), fragment)
    if here in node.file.within:
        raise UsageError("the schema includes itself", hint="Break the circle.", place=node.place)
    file = File(path, _parsed(path), (*node.file.within, here))
    found = _identified(file.root, fragment) if fragment else file.root
    if found is None or not str(found.tag).startswith(SCH):
        what = f'no element of Schematron with xml:id="{fragment}"' if fragment else "no Schematron"
        raise UsageError(f"in {path} is {what}", hint=LOCAL, place=node.place)
    return Node(found, file, {**node.namespaces, **file.namespaces})


def _beside(node: Node) -> tuple[Path, str]:
    href = node.get("href")
    parts = addresses.split(href)
    path = Path(unquote(parts.path))
    if parts.scheme or parts.netloc or path.is_absolute():
        raise UsageError(
            f"the schema names {href}, which is not read", hint=LOCAL, place=node.place
        )
    if parts.path and path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"the schema names {href}, not a .sch file", hint=LOCAL, place=node.place)
    own = node.file.path
    return (own.parent / path if parts.path else own), parts.fragment


def _identified(root: Element, name: str) -> Element | None:
    for key in (f"{XML}id", "id"):
        found = next((each for each in root.iter("*") if each.get(key) == name), None)
        if found is not None:
            return found
    return None
