"""How a schema is written: which parts each element of RELAX NG takes (RELAX NG 3 and 4.1).

What is written otherwise means nothing, and would be passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from encoder.validate.relaxng.files import RNG, kind

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
    parts: dict[Node, list[Node]] = {node: [] for node in root.iter(f"{RNG}*")}
    for node in parts:
        parent = node.getparent()
        if parent in parts:
            parts[parent].append(node)
    wordy = set(_wordy(root))
    for node, own in parts.items():
        for message in _of(node, own, wordy=node in wordy):
            yield node, message


def _wordy(root: Node) -> Iterator[Node | None]:
    """Yield the elements that hold text."""
    for node in root.iter():
        if (node.text or "").strip():
            yield node
        if (node.tail or "").strip():
            yield node.getparent()


def _of(node: Node, own: list[Node], *, wordy: bool) -> Iterator[str]:
    name = kind(node)
    for attribute in _unknown(name, tuple(node.keys())):
        yield f"<{name}> has no attribute {attribute}"
    yield from _counted(node, name, own)
    yield from _named(node, name)
    if name in EXCEPTED:
        yield from _excepted(node, name)
    if name in ("grammar", "div", "include") and _in_grammar(node):
        wrong = [kind(each) for each in own if kind(each) not in IN_GRAMMAR]
        yield from (f"<{each}> cannot stand in <{name}>" for each in wrong)
    if name not in WORDS and wordy:
        yield f"<{name}> holds text"


@lru_cache(maxsize=1 << 12)
def _unknown(name: str, attributes: tuple[str, ...]) -> list[str]:
    known = INHERITED | ATTRIBUTES.get(name, set())
    return [each for each in attributes if each[0] != "{" and each not in known]


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
    form = NAME if name in ("element", "attribute", "name") else NCNAME
    if name != "param" and said is not None and not _is_a(form, said):
        yield f'"{said}" is not a name'
    if name in ("define", "ref", "parentRef") and said is None:
        yield f"<{name}> has no name"
    if node.get("combine", "choice").strip() not in ("choice", "interleave"):
        yield f'combine="{node.get("combine")}" is neither choice nor interleave'


@lru_cache(maxsize=1 << 12)
def _is_a(form: re.Pattern[str], name: str) -> bool:
    return form.fullmatch(name) is not None
