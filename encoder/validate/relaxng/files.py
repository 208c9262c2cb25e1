"""A schema as one tree: what it includes and refers to put in its place (RELAX NG 4.5 to 4.7).

Only files of RELAX NG on this machine are read, by a path relative to the file that names them,
and copies of what is on the web, from a catalog or the cache: a schema cannot be made to show what
else is on the disk, or to call the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from encoder import addresses
from encoder.errors import UsageError
from encoder.validate.catalog import Catalogs

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

RNG = "{http://relaxng.org/ns/structure/1.0}"
COMPACT = "Turn it into XML syntax, for example with `trang schema.rnc schema.rng`."
XML_SYNTAX = "Give a RELAX NG schema in XML syntax (.rng)."
LOCAL = "Put the file beside the schema, and name it by a relative path that ends in .rng."


def read(path: Path, times: dict[Path, int], catalogs: Catalogs, *chain: Path) -> Node:
    """Return the root of a schema, with the files it needs spliced in.

    `times` takes when each of the files last changed; `chain` is the files that are being read,
    by each of which the next is named.

    Raises:
        MissingError: a file that it names is not there.
        UsageError: it is not RELAX NG in XML syntax, or names what we do not read.
    """
    here = path.resolve()
    if here in chain:
        raise UsageError("the schema includes itself", hint="Break the circle.", place=str(path))
    root = _parsed(path)
    times[path] = changed(path)
    # Before splicing, for a datatype library is not passed on from file to file (4.3, 4.6).
    root.set("datatypeLibrary", root.get("datatypeLibrary", ""))
    for node in list(root.iter(f"{RNG}externalRef", f"{RNG}include")):
        target = read(beside(here, node, catalogs), times, catalogs, *chain, here)
        (_include if node.tag == f"{RNG}include" else _replace)(node, target)
    return root


def changed(path: Path) -> int:
    """Return when a file last changed, 0 where there is none."""
    return path.stat().st_mtime_ns if path.is_file() else 0


def children(node: Node) -> list[Node]:
    """Return the elements of RELAX NG in another; annotations are passed over (4.1)."""
    return list(node.iterchildren(f"{RNG}*"))


def components(grammar: Node) -> Iterator[Node]:
    """Yield the `define`s and `start`s of a grammar, those in its `div`s among them (4.11)."""
    for child in children(grammar):
        if kind(child) == "div":
            yield from components(child)
        elif kind(child) in ("define", "start"):
            yield child


def kind(node: Node) -> str:
    """Return the local name of an element of RELAX NG."""
    return str(node.tag).rpartition("}")[2]


def _parsed(path: Path) -> Node:
    from encoder import trees

    if path.suffix.lower() == ".rnc":
        message = "RELAX NG in compact syntax is not read"
        raise UsageError(message, hint=COMPACT, place=str(path))
    root = trees.root(
        path, "the schema", XML_SYNTAX, resolve_entities="internal", remove_comments=True
    )
    if not str(root.tag).startswith(RNG):
        raise UsageError("not a RELAX NG schema", hint=XML_SYNTAX, place=str(path))
    return root


def beside(here: Path, node: Node, catalogs: Catalogs) -> Path:
    """Return the file that an `include` or `externalRef` names."""
    href = node.get("href", "")
    if copy := catalogs.beside(here, href):
        return copy
    parts, place = addresses.split(href), f"{here}:{node.sourceline}"
    path = Path(unquote(parts.path))
    if path.suffix.lower() == ".rnc":
        message = f"the schema names {href}, in compact syntax, which is not read"
        raise UsageError(message, hint=COMPACT, place=place)
    if parts.scheme or parts.netloc or path.is_absolute():
        raise UsageError(f"the schema names {href}, which is not read", hint=LOCAL, place=place)
    if path.suffix.lower() != ".rng":
        raise UsageError(f"the schema names {href}, not a .rng file", hint=LOCAL, place=place)
    return here.parent / path


def _replace(node: Node, target: Node) -> None:
    """Put the root of another file where an `externalRef` stands (4.6)."""
    inherited = node.get("ns")
    if inherited is not None and target.get("ns") is None:
        target.set("ns", inherited)
    target.tail = None
    parent = node.getparent()
    if parent is None:
        raise UsageError("the schema is nothing but a reference", hint=XML_SYNTAX)
    parent.replace(node, target)


def _include(node: Node, target: Node) -> None:
    """Make an `include` a `div` of its own components and those it does not override (4.7)."""
    if kind(target) != "grammar":
        raise UsageError("what is included is no grammar", hint=LOCAL, place=node.get("href", ""))
    overridden = {_title(each) for each in components(node)}
    for each in list(components(target)):
        parent = each.getparent()
        if _title(each) in overridden and parent is not None:
            parent.remove(each)
    target.tag, node.tag = f"{RNG}div", f"{RNG}div"
    del node.attrib["href"]
    node.insert(0, target)


def _title(component: Node) -> tuple[str, str]:
    return kind(component), (component.get("name") or "").strip()
