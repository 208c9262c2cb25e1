"""A project's own templates stand over ours, and like ours they make pages and do nothing else.

A stylesheet that runs opens no file. But XSLT has what is evaluated or opened when a stylesheet is
compiled, which needs files: there it could read any file of whoever builds the edition, and put it
into a page. So that is looked for before, and refused; our own stylesheets do without it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.errors import UsageError
from encoder.trees import tree

if TYPE_CHECKING:
    from lxml.etree import _Element

XSL = "{http://www.w3.org/1999/XSL/Transform}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
# XSLT 3.0, 9.5, 3.13.3 and 26.2. An attribute that begins with `_` is computed then, too (3.13.4).
EARLY = frozenset({"static", "use-when", "parameter-document", BASE})
# A name that stands for the same file to everyone: no scheme, nothing spelt otherwise.
HREF = re.compile(r"[\w.-]+(?:/[\w.-]+)*", re.ASCII)


def modules(path: Path) -> list[Path]:
    """Return a stylesheet and the modules it includes, which lie beside or below it.

    It reads no other file: one that would is refused.

    Raises:
        UsageError: it would, or is not well-formed, or a module of it is not there.
    """
    todo, seen = [path], set[Path]()
    while todo:
        module = todo.pop()
        if module not in seen:
            seen.add(module)
            todo += _included(module, path.resolve().parent)
    return sorted(seen)


def _included(path: Path, folder: Path) -> Iterator[Path]:
    for element in _root(path).iter("{*}*"):
        place = f"{path}:{element.sourceline}"
        if early := _early(element):
            message = f"@{early.rpartition('}')[2]} is evaluated before the stylesheet runs"
            raise UsageError(message, place=place, hint="choose when it runs: xsl:choose")
        if element.tag in (f"{XSL}include", f"{XSL}import"):
            yield _beside(path, element.get("href", ""), folder, place)


def _root(path: Path) -> _Element:
    root = tree(path.read_bytes())
    if root is None:
        raise UsageError("not well-formed", hint=f"tei validate {path}", place=str(path))
    if root.getroottree().docinfo.doctype:
        hint = "write out what it declares"
        raise UsageError("a project's stylesheet has no DOCTYPE", hint=hint, place=str(path))
    return root


def _early(element: _Element) -> str:
    """Return an attribute that is evaluated when the stylesheet is compiled; empty if none is."""
    names = list(map(str, element.attrib))
    if not str(element.tag).startswith(XSL):  # of what a stylesheet writes, only these are read
        return next((name for name in names if name in (BASE, f"{XSL}use-when")), "")
    return next((name for name in names if name in EARLY or name.startswith("_")), "")


def _beside(path: Path, href: str, folder: Path, place: str) -> Path:
    found = (path.parent / href).resolve()
    if HREF.fullmatch(href) and found.is_relative_to(folder) and found.is_file():
        return found
    message = f"{href!r} is no file beside or below the project's stylesheet"
    raise UsageError(message, place=place)
