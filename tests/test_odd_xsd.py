"""The XSD made from an ODD: whatever the RELAX NG accepts, it accepts."""

from __future__ import annotations

import random
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from encoder import resources
from encoder.odd import compile_odd
from encoder.validate import relaxng, xsd
from encoder.validate.document import Document, read
from tests import letter
from tests.test_odd import small

HERE = Path(__file__).parent
RNG, XSD = resources.schema("edition.rng"), resources.schema("edition.xsd")
VALID = [
    *(HERE / "fixtures" / f"{name}.xml" for name in ("everything", "corpus")),
    *sorted((HERE / "rules").glob("*/valid.xml")),
    letter.FILE,
]
ID = "{http://www.w3.org/XML/1998/namespace}id"
MUTANTS = 120


def document(data: bytes) -> Document:
    made = read(data, "x.xml")
    assert isinstance(made, Document)
    return made


@pytest.mark.parametrize("path", VALID, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_valid_is_valid_by_xsd(path: Path) -> None:
    assert list(xsd.check(document(path.read_bytes()), XSD)) == []


def test_so_is_what_is_made_by_chance() -> None:
    """Move, double and drop elements and attributes: what RELAX NG still takes, XSD takes."""
    chance = random.Random(7)
    trees = [etree.parse(path).getroot() for path in VALID[:2]]
    kept = 0
    for _ in range(MUTANTS):
        tree = deepcopy(chance.choice(trees))
        mutate(tree, chance)
        made = document(etree.tostring(tree))
        if not list(relaxng.check(made, RNG)):
            kept += 1
            assert list(xsd.check(made, XSD)) == [], etree.tostring(tree).decode()
    assert kept > MUTANTS / 20


def mutate(tree: etree._Element, chance: random.Random) -> None:
    """Change one thing in a tree."""
    nodes = list(tree.iter("*"))[1:]
    node, other = chance.sample(nodes, 2)
    chance.choice([drop, double, forget, borrow, move])(node, other)


def drop(node: etree._Element, _other: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def double(node: etree._Element, _other: etree._Element) -> None:
    clone = deepcopy(node)
    for each in clone.iter("*"):
        each.attrib.pop(ID, None)
    node.addnext(clone)


def forget(node: etree._Element, _other: etree._Element) -> None:
    for name in list(node.attrib)[:1]:
        del node.attrib[name]


def borrow(node: etree._Element, other: etree._Element) -> None:
    for name, value in other.attrib.items():
        if name != ID:
            node.set(name, value)


def move(node: etree._Element, other: etree._Element) -> None:
    if node not in other.iterancestors():
        other.append(node)


@pytest.mark.parametrize(
    ("content", "right"),
    [
        # ambiguous in XSD, and so its elements in any order and number
        (
            '<sequence><elementRef key="hi" minOccurs="0"/><elementRef key="hi"/></sequence>',
            ["<hi/>", "<hi/><hi/>"],
        ),
        ('<elementRef key="hi" minOccurs="2" maxOccurs="3"/>', ["<hi/><hi/>", "<hi/><hi/><hi/>"]),
        (
            '<alternate><elementRef key="hi"/><sequence><elementRef key="hi"/>'
            '<elementRef key="p"/></sequence></alternate>',
            ["<hi/>", "<hi/><p><hi/></p>"],
        ),
        # text may stand anywhere
        ('<sequence><textNode/><elementRef key="hi"/></sequence>', ["a<hi/>", "<hi/>"]),
        ('<classRef key="model.inline"/>', []),
        ("<empty/>", [""]),
    ],
)
def test_what_xsd_cannot_say_is_widened(tmp_path: Path, content: str, right: list[str]) -> None:
    path = tmp_path / "small.odd"
    path.write_text(small(content), "utf-8")
    compile_odd(path, tmp_path)
    for inside in right:
        made = document(f'<p xmlns="http://www.tei-c.org/ns/1.0">{inside}</p>'.encode())
        assert list(relaxng.check(made, tmp_path / "small.rng")) == []
        assert list(xsd.check(made, tmp_path / "small.xsd")) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<fileDesc>", "<fileDec/><fileDesc>", "element-unknown"),
        (' cert="', ' crt="', "attribute-unknown"),
        ('cert="', 'cert="x', "attribute-value"),
        ("<titleStmt>", "<titleStmt><l/>", "element-misplaced"),
    ],
)
def test_it_is_no_wider_than_it_must_be(old: str, new: str, code: str) -> None:
    text = VALID[0].read_text("utf-8").replace(old, new, 1)
    assert f"xsd-{code}" in {found.code for found in xsd.check(document(text.encode()), XSD)}
