"""What xmlschema found, as Findings: each with its place, its reason and one remedy.

xmlschema speaks of components of the schema. What a person needs is the name that is wrong, what
may stand there instead, and the character it stands at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from encoder.model import Finding, listed
from encoder.validate import position
from encoder.validate.document import Document
from encoder.validate.relaxng import ranking
from encoder.validate.relaxng.names import local, shown
from encoder.validate.relaxng.ranking import Ranking
from encoder.validate.relaxng.spelling import form
from encoder.validate.relaxng.wording import ID, STEPS, cut

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from xmlschema import (
        XMLSchemaBase,
        XMLSchemaChildrenValidationError,
        XMLSchemaValidationError,
    )
    from xmlschema.validators import XsdAttributeGroup, XsdGroup

XSI = "http://www.w3.org/2001/XMLSchema-instance"
DANGLING = re.compile(r"IDREF '([^']*)' not found")
VALUED = re.compile(r"attribute ([^\s=]+)='")


class Report:
    """The Findings about one document."""

    def __init__(self, document: Document, schema: XMLSchemaBase) -> None:
        self._document, self._places, self._schema = document, document.places, schema
        self._told: set[Element] = set()
        self._new: list[Finding] = []
        self._said: set[Finding] = set()

    @cached_property
    def _elements(self) -> Ranking:
        return Ranking(self._places.data, ranking.TAG_NAME, "elements")

    @cached_property
    def _attributes(self) -> Ranking:
        return Ranking(self._places.data, ranking.ATTRIBUTE_NAME, "attributes")

    @cached_property
    def _values(self) -> Ranking:
        return Ranking(self._places.data, ranking.VALUE, None)

    @cached_property
    def _known(self) -> set[str]:
        found = self._schema.maps.iter_components()
        return {_name(c.name) for c in found if type(c).__name__.endswith("Element") and c.name}

    def told(self, error: XMLSchemaValidationError) -> list[Finding]:
        """Return the Findings for one error of xmlschema, but those that were told before."""
        self._new = []
        self._tell(error)
        return self._new

    def _tell(self, error: XMLSchemaValidationError) -> None:
        from xmlschema.validators import XsdAttributeGroup
        from xmlschema.validators.exceptions import XMLSchemaChildrenValidationError

        node = cast("Element | None", error.elem)  # the tree is one of lxml
        if node is None:
            self._add("invalid", 0, _sentence(error.reason or ""), "Correct what it speaks of.")
        elif isinstance(error, XMLSchemaChildrenValidationError):
            self._children(error, node)
        elif isinstance(error.validator, XsdAttributeGroup):
            self._attribute_names(error.validator, node)
        elif dangling := DANGLING.match(error.reason or ""):
            self._dangling(node, dangling[1])
        elif named := VALUED.match(error.reason or ""):
            self._attribute_value(error, node, named[1])
        else:
            self._content(error, node)

    def _add(self, code: str, byte: int, message: str, hint: str) -> None:
        where = self._places.position(byte)
        finding = Finding(f"xsd-{code}", "error", message, self._document.name, where, hint)
        if finding not in self._said:
            self._said.add(finding)
            self._new.append(finding)

    def _byte(self, node: Element) -> int:
        return self._places.element(_path(node))

    # --- elements

    def _children(self, error: XMLSchemaChildrenValidationError, node: Element) -> None:
        wrong = cast("Element | None", error.invalid_child)
        here = {_name(each) for each in error.expected_tags if each[:1] != "<"}
        group = cast("XsdGroup", error.validator)  # what is said of children, a group says
        inside = {_name(each.name) for each in group.iter_elements() if each.name}
        if wrong is None:
            self._lacking(node, here)
        elif _name(str(wrong.tag)) not in self._known:
            self._unknown(wrong, here, inside)
        else:
            self._misplaced(wrong, node, here, inside)

    def _lacking(self, node: Element, allowed: Iterable[str]) -> None:
        names = self._tags(allowed, "")
        which = names[0] if len(names) == 1 else f"one of {listed(names)}"
        name = _shown(node)
        message = f"<{name}> lacks {which if names else 'an element'}{_at(node)}."
        hint = f"Add {names[0] if names else 'an element'} in <{name}>."
        self._add("element-missing", self._byte(node), message, hint)

    def _unknown(self, wrong: Element, here: set[str], inside: set[str]) -> None:
        name = _name(str(wrong.tag))
        near = self._elements.nearest(here or inside, name)
        hint = f"Did you mean <{local(near)}>?" if near else f"Remove <{local(name)}>."
        message = f"<{local(name)}> is not in the schema{_at(wrong)}."
        message += self._there(here, inside, name)
        self._add("element-unknown", self._byte(wrong), message, hint)

    def _misplaced(self, wrong: Element, node: Element, here: set[str], inside: set[str]) -> None:
        name = _shown(wrong)
        message = f"<{name}> cannot stand here in <{_shown(node)}>{_at(wrong)}."
        hint = f"Move <{name}> to where it may stand, or remove its tags."
        there = self._there(here, inside, "")
        self._add("element-misplaced", self._byte(wrong), message + there, hint)

    def _there(self, here: set[str], inside: set[str], wrong: str) -> str:
        """Return what may stand here; where xmlschema does not know, what may in its element."""
        names = self._tags(here or inside, wrong)
        where = "here" if here else "in its element, in their order"
        return f" Allowed {where}: {listed(names)}." if names else " No element is allowed here."

    def _tags(self, names: Iterable[str], wrong: str) -> list[str]:
        return [f"<{local(name)}>" for name in self._elements.ranked(names, wrong)]

    # --- attributes

    def _attribute_names(self, group: XsdAttributeGroup, node: Element) -> None:
        """Report at once what is wrong with the names of an element's attributes."""
        if node in self._told:
            return
        self._told.add(node)
        allowed = {_name(name): group[name].use for name in group if name}
        own = {_name(str(name)) for name in node.attrib}
        for name in allowed:
            if allowed[name] == "required" and name not in own:
                self._attribute_missing(node, name)
        if None not in group:
            for name in sorted(own - allowed.keys()):
                if not name.startswith(XSI):
                    self._attribute_unknown(node, name, allowed.keys(), own)

    def _attribute_missing(self, node: Element, name: str) -> None:
        message = f"<{_shown(node)}> lacks @{shown(name)}{_at(node)}."
        self._add("attribute-missing", self._byte(node), message, f"Add @{shown(name)}.")

    def _attribute_unknown(
        self, node: Element, name: str, allowed: Iterable[str], own: set[str]
    ) -> None:
        near = self._attributes.nearest(set(allowed) - own, name)
        hint = f"Did you mean @{shown(near)}?" if near else f"Remove @{shown(name)}."
        others = [f"@{shown(each)}" for each in self._attributes.ranked(allowed, name)]
        may = f" It may have {listed(others)}." if others else " It may have none."
        message = f"<{_shown(node)}> has no attribute {shown(name)}{_at(node)}.{may}"
        at = position.attribute(self._places.data, self._byte(node), name)
        self._add("attribute-unknown", at, message, hint)

    def _attribute_value(
        self, error: XMLSchemaValidationError, node: Element, prefixed: str
    ) -> None:
        fitting = [n for n in map(str, node.attrib) if local(_name(n)) == local_part(prefixed)]
        name = _name(fitting[0]) if fitting else prefixed
        value = str(node.get(fitting[0], "")) if fitting else str(error.obj)
        at = position.attribute(self._places.data, self._byte(node), name, value=True)
        if "duplicated xs:ID" in (error.reason or ""):
            message = f'@{shown(name)}="{cut(value)}" is already the ID of another element.'
            code = "xml-id-duplicate" if name == ID else "id-duplicate"
            self._add(code, at, message, "Give one of the two another ID.")
            return
        wrong = f'@{shown(name)}="{cut(value)}" on <{_shown(node)}>'
        self._value("attribute-value", at, wrong, value, error, node)

    def _dangling(self, root: Element, word: str) -> None:
        """Report a reference to an ID that no element has, at the first attribute with it."""
        named = (
            (each, _name(str(name)))
            for each in root.iter()
            for name, value in each.attrib.items()
            if word in str(value).split()
        )
        node, name = next(named, (root, ""))
        at = position.attribute(self._places.data, self._byte(node), name, value=True)
        message = f'@{shown(name)} refers to the ID "{cut(word)}", which no element has.'
        self._add("idref-dangling", at, message, "Correct the reference, or give it a target.")

    # --- text and values

    def _content(self, error: XMLSchemaValidationError, node: Element) -> None:
        text = str(node.text or "").strip()
        at = position.text_after(self._places.data, self._byte(node))
        if "character data" in (error.reason or ""):
            self._text(node, text, at)
        elif error.validator is not self._schema and (isinstance(error.obj, str) or text):
            wrong = f'"{cut(text)}" in <{_shown(node)}>'
            self._value("value", at, wrong, text, error, node)
        else:
            message = f"{_sentence(error.reason or '')[:-1]}{_at(node)}."
            self._add("invalid", self._byte(node), message, "Correct what it speaks of.")

    def _text(self, node: Element, text: str, at: int) -> None:
        """Report the first text in an element that may have none."""
        after = next((each for each in node if str(each.tail or "").strip()), None)
        if not text and after is not None:
            text = str(after.tail).strip()
            at = position.text_after(self._places.data, self._end(after))
        message = f'Text cannot stand in <{_shown(node)}>: "{cut(text)}"{_at(node)}.'
        self._add("text-misplaced", at, message, "Remove it, or put it in an element.")

    def _end(self, node: Element) -> int:
        """Return the byte of the tag that ends an element."""
        return position.end(self._places.data, self._byte(node))

    def _value(
        self,
        code: str,
        at: int,
        wrong: str,
        value: str,
        error: XMLSchemaValidationError,
        node: Element,
    ) -> None:
        known = [str(each) for each in getattr(error.validator, "enumeration", None) or ()]
        near = self._values.ranked(known, value.strip())
        kind = local_part(str(getattr(error.validator, "name", "") or "").rpartition("}")[2])
        why = f" Allowed: {listed([cut(each) for each in near])}." if near else ""
        if not near:
            why = f" {_sentence(VALUED_REASON.sub('', error.reason or ''))}"
        hint = f'Write "{near[0]}".' if near else form([kind], value)
        self._add(code, at, f"{wrong} is not a value it may have{_at(node)}.{why}", hint)


VALUED_REASON = re.compile(r"^attribute [^\s=]+='(?:[^'\\]|\\.)*': ")


def local_part(prefixed: str) -> str:
    """Return a prefixed name without its prefix."""
    return prefixed.rpartition(":")[2]


def _name(tag: str) -> str:
    """Return a name as `URI local` where it is written as `{URI}local`."""
    return tag.lstrip("{").replace("}", " ")


def _shown(node: Element) -> str:
    return local(_name(str(node.tag)))


def _sentence(reason: str) -> str:
    plain = cut(reason, 160)
    return f"{plain[:1].upper()}{plain[1:].rstrip('.')}."


def _at(node: Element) -> str:
    """Return where an element is, as `, at TEI/text/body/div[@n="3"]/p[2]`."""
    line: Sequence[Element] = [node, *node.iterancestors()]
    steps = [_step(each) for each in reversed(line[:STEPS])]
    return f", at {'…/' if len(line) > STEPS else ''}{'/'.join(steps)}"


def _step(node: Element) -> str:
    for name, shown_as in ((f"{{{ID.replace(' ', '}')}", "xml:id"), ("n", "n")):
        if node.get(name) is not None:
            return f'{_shown(node)}[@{shown_as}="{cut(str(node.get(name)))}"]'
    place = 1 + sum(1 for _ in node.itersiblings(str(node.tag), preceding=True))
    return f"{_shown(node)}[{place}]" if place > 1 else _shown(node)


def _path(element: Element) -> str:
    """Return the path to an element as XPath's `path()` writes it."""
    line = [element, *element.iterancestors()]
    return "".join(map(_path_step, reversed(line)))


def _path_step(element: Element) -> str:
    uri, _, local = str(element.tag).lstrip("{").rpartition("}")
    number = 1 + sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
    return f"/Q{{{uri}}}{local}[{number}]"
