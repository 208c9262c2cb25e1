"""An ODD that leans on the TEI's own definitions, made complete: TEI P5 23.3, Customization.

A customization chooses modules, elements and classes of a source (`p5subset.xml`), and adds,
replaces, changes or deletes specifications. What comes out specifies everything in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.errors import UsageError
from encoder.odd.merge import ALL_SPECS, TEI, local, merged, tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ID = "{http://www.w3.org/XML/1998/namespace}id"
# What a reference in a content model, or among classes, points at.
KINDS = {
    "elementRef": "elementSpec",
    "classRef": "classSpec",
    "memberOf": "classSpec",
    "macroRef": "macroSpec",
    "dataRef": "dataSpec",
}
# Choosing a module brings these whole; elements can be chosen one by one.
WHOLE = ("classSpec", "macroSpec", "dataSpec")
# What a reference to nothing is taken out of, and what goes with it when nothing is left.
HOLDERS = ("sequence", "alternate")


def completed(odd: Element, source: Element, place: Path) -> Element:
    """Return an ODD with everything in it that it takes from its source.

    Raises:
        UsageError: it names what neither it nor its source has.
    """
    odd = deepcopy(odd)
    schema = next(odd.iter(tag("schemaSpec")), None)
    if schema is not None:
        chosen = _Customization(odd, schema, source, place).specs()
        for child in list(schema.iterchildren("*")):
            if local(child) not in ("gloss", "desc", "altIdent", "constraintSpec"):
                schema.remove(child)
        schema.extend(chosen)
    return odd


class _Customization:
    """One `schemaSpec`, and the source it chooses from."""

    def __init__(self, odd: Element, schema: Element, source: Element, place: Path) -> None:
        self._odd, self._schema, self._place = odd, schema, place
        specs = [s for s in source.iter(*map(tag, ALL_SPECS)) if s.get("ident")]
        self._source = {_name(spec): spec for spec in specs}
        self._chosen: dict[tuple[str, str], Element] = {}

    def _fault(self, node: Element, message: str, hint: str) -> UsageError:
        return UsageError(message, hint=hint, place=f"{self._place}:{node.sourceline}")

    def specs(self) -> list[Element]:
        """Return the specifications of the schema, each in full."""
        self._group(self._schema, ())
        for node in self._top("moduleRef"):
            self._module(node)
        for kind in ("elementRef", "classRef", "macroRef", "dataRef"):
            for node in self._top(kind):
                self._single(node)
        for spec in self._top(*ALL_SPECS):
            self._apply(spec)
        self._needed()
        for spec in self._chosen.values():
            self._attributes(spec)
        for spec in self._chosen.values():
            self._prune(spec)
        return list(self._chosen.values())

    def _top(self, *kinds: str) -> list[Element]:
        """Return what the schema itself says, not what is said in a specification."""
        inner = {tag(kind) for kind in ALL_SPECS}
        found = self._schema.iter(*map(tag, kinds))
        return [each for each in found if not any(a.tag in inner for a in each.iterancestors())]

    def _group(self, holder: Element, within: tuple[str, ...]) -> None:
        """Put the groups of specifications where they are referred to."""
        for reference in list(holder.iter(tag("specGrpRef"))):
            name = reference.get("target", "").removeprefix("#")
            found = next((g for g in self._odd.iter(tag("specGrp")) if g.get(ID) == name), None)
            parent = reference.getparent()
            if found is None or parent is None or name in within:
                hint = "Point at the xml:id of a specGrp of this file, and make no circle."
                raise self._fault(reference, f"there is no specGrp {name} to put here", hint)
            copy = deepcopy(found)
            copy.tail = None
            parent.replace(reference, copy)
            self._group(copy, (*within, name))

    # --- choosing

    def _module(self, node: Element) -> None:
        key = node.get("key", "")
        of_module = {n: s for n, s in self._source.items() if s.get("module") == key}
        if not of_module:
            hint = "Correct the key; modules of other vocabularies (url) are not supported."
            raise self._fault(node, f"the source has no module {key or node.get('url')}", hint)
        elements = [ident for kind, ident in of_module if kind == "elementSpec"]
        wanted = self._listed(node, elements)
        for (kind, ident), spec in of_module.items():
            if kind in WHOLE or ident in wanted:
                self._chosen[kind, ident] = deepcopy(spec)

    def _listed(self, node: Element, known: list[str]) -> set[str]:
        """Return the names that `include` and `except` leave."""
        said = {name: node.get(name, "").split() for name in ("include", "except")}
        own = {spec.get("ident") for spec in self._top("elementSpec")}
        for name in (*said["include"], *said["except"]):
            if name not in known and name not in own:
                message = f"{node.get('key')} of the source has no {name}"
                raise self._fault(node, message, "Correct include or except.")
        chosen = said["include"] if node.get("include") is not None else known
        return set(chosen) - set(said["except"])

    def _single(self, node: Element) -> None:
        name = KINDS[local(node)], node.get("key", "")
        if name not in self._source:
            hint = "Correct the key, or specify it."
            raise self._fault(node, f"the source has no {name[0]} {name[1]}", hint)
        spec = self._chosen.setdefault(name, deepcopy(self._source[name]))
        attributes = [each.get("ident", "") for each in spec.iter(tag("attDef"))]
        if node.get("include") is not None or node.get("except") is not None:
            kept = self._listed(node, attributes)
            _drop(spec, "attDef", lambda each: each.get("ident") not in kept)

    def _apply(self, spec: Element) -> None:
        name, mode = _name(spec), spec.get("mode", "add")
        if mode == "delete":
            if self._chosen.pop(name, None) is None and name not in self._source:
                raise self._absent(spec)
        elif mode == "change":
            if name not in self._chosen:
                raise self._absent(spec)
            self._unroll(spec, self._chosen[name])
            self._chosen[name] = merged(self._chosen[name], spec)
        else:
            self._chosen[name] = deepcopy(spec)

    def _absent(self, spec: Element) -> UsageError:
        message = f'mode="{spec.get("mode")}" of {spec.get("ident")}, which no moduleRef brings'
        return self._fault(spec, message, "Include it, or correct the ident.")

    def _needed(self) -> None:
        """Bring the datatypes and macros that are used, from whatever module they are."""
        waiting = list(self._chosen.values())
        while waiting:
            for node in waiting.pop().iter(tag("macroRef"), tag("dataRef")):
                name = KINDS[local(node)], node.get("key", "")
                if name in self._source and name not in self._chosen:
                    self._chosen[name] = deepcopy(self._source[name])
                    waiting.append(self._chosen[name])

    # --- attributes

    def _unroll(self, change: Element, spec: Element) -> None:
        """Give a specification the inherited attributes that are changed or deleted in it alone."""
        for attribute in change.iter(tag("attDef")):
            own = {each.get("ident") for each in spec.iter(tag("attDef"))}
            if attribute.get("mode") in ("change", "delete"):
                ident = attribute.get("ident", "")
                if ident not in own and not self._own(ident, spec):
                    hint = "Correct the ident; only an attribute it has can be changed or deleted."
                    raise self._fault(attribute, f"{spec.get('ident')} has no @{ident}", hint)

    def _own(self, ident: str, spec: Element) -> bool:
        """Put in the place of the class that has an attribute all that it brings."""
        for member in list(spec.iterfind(f"{tag('classes')}/{tag('memberOf')}")):
            holder = self._class(member.get("key", ""))
            if holder is None or not self._has(ident, holder):
                continue
            for each in holder.iterfind(f"{tag('classes')}/{tag('memberOf')}"):
                member.addprevious(deepcopy(each))
            parent = member.getparent()
            if parent is not None:
                parent.remove(member)
            attributes = _list(spec)
            for inherited in holder.iterfind(f"{tag('attList')}//{tag('attDef')}"):
                attributes.append(deepcopy(inherited))
            return any(a.get("ident") == ident for a in attributes) or self._own(ident, spec)
        return False

    def _class(self, key: str) -> Element | None:
        found = self._chosen.get(("classSpec", key))
        return found if found is not None and found.get("type") == "atts" else None

    def _has(self, ident: str, holder: Element) -> bool:
        if any(each.get("ident") == ident for each in holder.iter(tag("attDef"))):
            return True
        above = (self._class(each.get("key", "")) for each in holder.iter(tag("memberOf")))
        return any(self._has(ident, each) for each in above if each is not None)

    def _attributes(self, spec: Element) -> None:
        """Put an attribute of a class where it is referred to."""
        for reference in list(spec.iter(tag("attRef"))):
            key = reference.get("key", "").partition(".attribute.")
            holder = self._source.get(("classSpec", reference.get("class") or key[0]))
            name, parent = reference.get("name") or key[2], reference.getparent()
            found = [] if holder is None else holder.iter(tag("attDef"))
            copy = next((deepcopy(each) for each in found if each.get("ident") == name), None)
            if parent is not None:
                parent.remove(reference) if copy is None else parent.replace(reference, copy)

    # --- what is left over

    def _prune(self, spec: Element) -> None:
        """Take out references to what the schema does not have."""
        for node in list(spec.iter(*map(tag, KINDS))):
            key = node.get("key")
            if key is not None and (KINDS[local(node)], key) not in self._chosen:
                _remove(node)


def _remove(node: Element) -> None:
    """Remove a reference, and what holds nothing without it."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
        if local(parent) in HOLDERS and not len(parent):
            _remove(parent)


def _drop(holder: Element, kind: str, out: Callable[[Element], bool]) -> None:
    for each in list(holder.iter(tag(kind))):
        parent = each.getparent()
        if out(each) and parent is not None:
            parent.remove(each)


def _list(spec: Element) -> Element:
    """Return the list of a specification's attributes, made where it has none."""
    from lxml import etree

    found = spec.find(tag("attList"))
    return etree.SubElement(spec, tag("attList")) if found is None else found


def _name(spec: Element) -> tuple[str, str]:
    return local(spec), spec.get("ident", "")


def leaning(schema: Element) -> Iterator[Element]:
    """Yield what a schema takes from a source: modes, modules, single elements and classes."""
    specified = {spec.get("ident") for spec in schema.iter(*map(tag, ALL_SPECS))}
    for spec in schema.iter(*map(tag, ALL_SPECS)):
        if spec.get("mode") in ("change", "delete"):
            yield spec
    for module in schema.iter(tag("moduleRef")):
        named = module.get("include")
        tei = module.get("key") == "tei"
        if (named is None and not tei) or set((named or "").split()) - specified:
            yield module
    for kind in ("elementRef", "classRef", "macroRef", "specGrpRef"):
        yield from schema.iterchildren(tag(kind))


__all__ = ["TEI", "completed", "leaning"]
