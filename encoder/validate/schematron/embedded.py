"""Schematron written inside a RELAX NG schema, wherever it stands, and in the files it includes.

A rule outside a pattern makes one of its own; an assertion outside a rule speaks of the element
or attribute whose definition it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.validate.catalog import Catalogs
from encoder.validate.relaxng.files import beside
from encoder.validate.schematron.files import RNG, SCH, Node, children, opened
from encoder.validate.schematron.rules import DECLARATIONS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MARK = SCH.strip("{}").encode()
ELSEWHERE = (b"include", b"externalRef")


def parts(root: Node, catalogs: Catalogs) -> list[Node]:
    """Return the patterns, variables and declarations of a grammar and of those it includes.

    Raises:
        MissingError: a file that it includes is not there.
        UsageError: one is not to be read.
    """
    grammars = list(_grammars(root, catalogs, set()))
    namespaces: dict[str, str] = {}
    for grammar in grammars:
        namespaces |= grammar.file.namespaces
    return [part for grammar in grammars for part in _parts(grammar, namespaces)]


def has_rules(path: Path, catalogs: Catalogs) -> bool:
    """Return whether a grammar, or one that it includes, may hold any Schematron."""
    return _has_rules(path, path.stat().st_mtime_ns, catalogs)


@lru_cache(maxsize=8)
def _has_rules(path: Path, _changed: int, catalogs: Catalogs) -> bool:
    data = path.read_bytes()
    return MARK in data or (
        any(word in data for word in ELSEWHERE)
        and any(map(_has_any, _grammars(opened(path), catalogs, set())))
    )


def _has_any(grammar: Node) -> bool:
    return next(grammar.element.iter(f"{SCH}*"), None) is not None


def _grammars(node: Node, catalogs: Catalogs, seen: set[Path]) -> Iterator[Node]:
    here = node.file.path.resolve()
    if here in seen:
        return
    seen.add(here)
    yield node
    for naming in node.element.iter(f"{RNG}include", f"{RNG}externalRef"):
        yield from _grammars(opened(beside(here, naming, catalogs)), catalogs, seen)


def _parts(grammar: Node, namespaces: dict[str, str]) -> Iterator[Node]:
    for element in list(grammar.element.iter(f"{SCH}*", *DECLARATIONS)):
        parent = element.getparent()
        if parent is None or str(parent.tag).startswith(RNG):
            scope = {**namespaces, **grammar.file.namespaces}
            yield from _part(Node(element, grammar.file, scope))


def _part(node: Node) -> Iterator[Node]:
    if node.kind == "schema":
        yield from children(node)
    elif node.kind == "rule":
        yield _wrapped(node)
    elif node.kind in ("assert", "report"):
        yield _wrapped(_ruled(node))
    else:
        yield node


def _wrapped(rule: Node) -> Node:
    """Return a pattern that holds a rule, with all its abstract fellows."""
    pattern = _new(rule, "pattern")
    fellows = [x for x in rule.file.root.iter(f"{SCH}rule") if x.get("abstract") == "true"]
    for fellow in fellows if rule.get("abstract") != "true" else []:
        pattern.element.append(_copied(fellow))
    pattern.element.append(_copied(rule.element))
    return pattern


def _ruled(node: Node) -> Node:
    """Return a rule whose context is what the assertion is written in."""
    rule = _new(node, "rule")
    rule.element.set("context", _context(node.element))
    rule.element.append(_copied(node.element))
    return rule


def _new(like: Node, kind: str) -> Node:
    element = like.element.makeelement(f"{SCH}{kind}", nsmap=dict(like.element.nsmap))
    return Node(element, like.file, like.namespaces)


def _copied(element: Element) -> Element:
    from copy import deepcopy

    return deepcopy(element)


def _context(element: Element) -> str:
    """Return an XPath pattern for the definition that an element stands in."""
    steps: list[str] = []
    for holder in element.iterancestors(f"{RNG}element", f"{RNG}attribute"):
        is_attribute = holder.tag == f"{RNG}attribute"
        steps.insert(0, ("@" if is_attribute else "") + _name(holder, is_attribute))
        if not is_attribute:
            break
    return "/".join(steps) or "/*"


def _name(holder: Element, is_attribute: bool) -> str:
    """Return the name a definition gives, as an XPath name; `*` where it gives several."""
    child = holder.find(f"{RNG}name")
    name = (holder.get("name") or (child.text if child is not None else None) or "*").strip()
    prefix, _, local = name.rpartition(":")
    if prefix:
        return f"Q{{{holder.nsmap.get(prefix, '')}}}{local}"
    return name if name == "*" or is_attribute else f"Q{{{_inherited(holder)}}}{name}"


def _inherited(holder: Element) -> str:
    line = (holder, *holder.iterancestors())
    return next((x.get("ns", "") for x in line if x.get("ns") is not None), "")
