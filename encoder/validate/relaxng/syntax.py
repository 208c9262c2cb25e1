"""How a schema is written: which parts each element of RELAX NG takes (RELAX NG 3 and 4.1).

What is written otherwise means nothing, and would be passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from encoder.validate.relaxng.files import RNG, children, kind

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

NAME = re.compile(r"\s*(?:[^\W\d][\w.·-]*:)?[^\W\d][\w.·-]*\s*")
NCNAME = re.compile(r"\s*[^\W\d][\w.·-]*\s*")
CLASSES = frozenset({"name", "anyName", "nsName"})
INHERITED = frozenset({"ns", "datatypeLibrary"})
# What an element may have besides.
ATTRIBUTES = {
    "element": {"name"},
    "attribute": {"name"},
    "data": {"type"},
    "value": {"type"},
    "param": {"name"},
    "ref": {"name"},
    "parentRef": {"name"},
    "externalRef": {"href"},
    "include": {"href"},
    "start": {"combine"},
    "define": {"name", "combine"},
}
# How many parts an element has at least and at most; a name class is one.
PARTS = {
    **dict.fromkeys(("empty", "text", "notAllowed", "ref", "parentRef", "value", "name"), (0, 0)),
    **dict.fromkeys(("param", "externalRef"), (0, 0)),
    **dict.fromkeys(("anyName", "nsName"), (0, 1)),
    "start": (1, 1),
}
WHOLE = ("choice", "group", "interleave", "optional", "zeroOrMore", "oneOrMore", "list", "mixed")
PARTS |= dict.fromkeys((*WHOLE, "define", "except"), (1, 1 << 30))
EXCEPTED = {"anyName": ("anyName",), "nsName": ("anyName", "nsName")}
IN_GRAMMAR = frozenset({"define", "start", "div", "include"})
WORDS = frozenset({"name", "param", "value"})


def faults(root: Node) -> Iterator[tuple[Node, str]]:
    """Yield what is written wrongly in a schema, with the element it is in."""
    for node in root.iter(f"{RNG}*"):
        for message in _of(node):
            yield node, message


def _of(node: Node) -> Iterator[str]:
    name, own = kind(node), children(node)
    known = INHERITED | ATTRIBUTES.get(name, set())
    for attribute in node.keys():  # noqa: SIM118  # a node is not a mapping
        if attribute[0] != "{" and attribute not in known:
            yield f"<{name}> has no attribute {attribute}"
    yield from _counted(node, name, own)
    yield from _named(node, name)
    yield from _excepted(node, name)
    if name in ("grammar", "div", "include") and _in_grammar(node):
        wrong = [kind(each) for each in own if kind(each) not in IN_GRAMMAR]
        yield from (f"<{each}> cannot stand in <{name}>" for each in wrong)
    if name not in WORDS and "".join((node.text or "", *(c.tail or "" for c in node))).strip():
        yield f"<{name}> holds text"


def _in_grammar(node: Node) -> bool:
    """Tell whether a `div` is one of a grammar; one in a pattern comes of what it replaced."""
    parent = node.getparent()
    return kind(node) != "div" or parent is None or kind(parent) in ("grammar", "div", "include")


def _counted(node: Node, name: str, own: list[Node]) -> Iterator[str]:
    least, most = PARTS.get(name, (0, 1 << 30))
    if name in ("element", "attribute"):
        classes = 0 if node.get("name") is not None else 1
        least, most = classes + (name == "element"), (1 << 30 if name == "element" else classes + 1)
    if len(own) < least:
        yield f"<{name}> lacks a pattern"
    elif len(own) > most:
        yield f"<{name}> holds too much: <{kind(own[most])}>"
    if name == "data":
        order = [kind(each) for each in own]
        if "except" in order[:-1]:
            yield "<except> is the last thing in <data>"


def _excepted(node: Node, name: str) -> Iterator[str]:
    """Yield what a name class excepts more than itself (4.16)."""
    for wrong in EXCEPTED.get(name, ()):
        if next(node.iterdescendants(f"{RNG}{wrong}"), None) is not None:
            yield f"<{wrong}> cannot be excepted from <{name}>"


def _named(node: Node, name: str) -> Iterator[str]:
    said = node.text if name == "name" else node.get("name")
    qualified = name in ("element", "attribute", "name")
    if name != "param" and said is not None and not (NAME if qualified else NCNAME).fullmatch(said):
        yield f'"{said}" is not a name'
    if name in ("define", "ref", "parentRef") and said is None:
        yield f"<{name}> has no name"
    if node.get("combine", "choice").strip() not in ("choice", "interleave"):
        yield f'combine="{node.get("combine")}" is neither choice nor interleave'
