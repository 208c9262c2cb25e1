"""A specification and a change of it, as one: TEI P5 23.3.1.

What the change says of content, description and the like stands in the place of what was there.
Classes, attributes, values and rules are changed one by one, each as its `mode` says.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEI = "http://www.tei-c.org/ns/1.0"
ALL_SPECS = ("elementSpec", "classSpec", "macroSpec", "dataSpec")


def tag(name: str) -> str:
    """Return the name of an element of the TEI as lxml has it."""
    return f"{{{TEI}}}{name}"


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def merged(spec: Element, change: Element) -> Element:
    """Return what a specification becomes by a change."""
    made, cleared = deepcopy(spec), set[str]()
    for name, value in change.attrib.items():
        if name not in ("mode", "ident"):
            made.set(name, value)
    for part in change.iterchildren("*"):
        join = PARTS.get(local(part))
        if join:
            join(made, part)
        else:
            _instead(made, part, cleared)
    return made


def _instead(made: Element, part: Element, cleared: set[str]) -> None:
    """Put a part in the place of those of its kind."""
    kind = str(part.tag)
    if kind not in cleared:
        cleared.add(kind)
        _without(made, kind)
    made.append(deepcopy(part))


def _without(made: Element, kind: str) -> None:
    for old in list(made.iterchildren(kind)):
        made.remove(old)


def _classes(made: Element, part: Element) -> None:
    old = made.find(tag("classes"))
    if old is None or part.get("mode", "replace") == "replace":
        _instead(made, part, set())
        return
    for member in part.iterchildren(tag("memberOf")):
        for same in [each for each in old if each.get("key") == member.get("key")]:
            old.remove(same)
        if member.get("mode", "add") != "delete":
            old.append(deepcopy(member))


def _each(made: Element, part: Element) -> None:
    """Apply a list of attributes or values to that which is there."""
    old = made.find(str(part.tag))
    if part.get("mode") == "delete":
        _without(made, str(part.tag))
        return
    if old is None or part.get("mode") == "replace" or _is_new_list(part):
        _instead(made, part, set())
        return
    for name in ("type", "org"):
        if part.get(name):
            old.set(name, part.get(name, ""))
    for item in part.iterchildren("*"):
        if local(item) == local(part):
            _grouped(old, item)
        else:
            _named(old, item)


def _grouped(old: Element, group: Element) -> None:
    """Apply a list in a list, which groups attributes; those of a choice stay one."""
    if group.get("org") != "choice":
        for each in group.iterchildren("*"):
            _named(old, each)
        return
    names = {each.get("ident") for each in group.iterchildren("*")}
    for each in list(old.iterdescendants(tag("attDef"))):
        parent = each.getparent()
        if each.get("ident") in names and parent is not None:
            parent.remove(each)
    old.append(deepcopy(group))


def _is_new_list(part: Element) -> bool:
    """Tell whether a list of values is said anew, as it is unless its mode is `change`."""
    return local(part) == "valList" and part.get("mode", "replace") in ("add", "replace")


def _named(holder: Element, item: Element) -> None:
    """Add, replace, change or delete what has the same ident."""
    ident, mode = item.get("ident"), item.get("mode", "add")
    found = (each for each in holder.iter(str(item.tag)) if each.get("ident") == ident)
    old = next(found, None) if ident else None
    parent = old.getparent() if old is not None else None
    if old is None or parent is None:
        if mode != "delete":
            holder.append(deepcopy(item))
    elif mode == "delete":
        parent.remove(old)
    else:
        parent.replace(old, merged(old, item) if mode == "change" else deepcopy(item))


PARTS: dict[str, Callable[[Element, Element], None]] = {
    "classes": _classes,
    "attList": _each,
    "valList": _each,
    "constraintSpec": _named,
}
