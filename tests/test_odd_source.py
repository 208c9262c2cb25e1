"""Customizations: what an ODD takes from the TEI's definitions, and what it makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.errors import InputError, UsageError
from encoder.odd import compile_odd
from encoder.validate import relaxng, schematron, xsd
from encoder.validate.document import Document, read

SOURCE = Path(__file__).parent / "fixtures" / "source.xml"
MODULES = '<moduleRef key="tei"/><moduleRef key="core"/><moduleRef key="textstructure"/>'
HI = '<elementSpec ident="hi" mode="change">{}</elementSpec>'
ATTRIBUTES = HI.format("<attList>{}</attList>")


def odd(body: str, groups: str = "") -> str:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{groups}\n'
        f'<schemaSpec ident="my" start="text">\n{body}\n</schemaSpec></body></text></TEI>'
    )


def compiled(folder: Path, text: str) -> Path:
    path = folder / "my.odd"
    path.write_text(text, "utf-8")
    compile_odd(path, folder, SOURCE)
    return folder


def document(body: str) -> Document:
    text = f'<text xmlns="http://www.tei-c.org/ns/1.0"><body>{body}</body></text>'
    made = read(text.encode(), "x.xml")
    assert isinstance(made, Document)
    return made


def accepts(folder: Path, body: str) -> bool:
    """Tell whether the RELAX NG takes a body; what it takes the XSD has to take too."""
    made = document(body)
    found = list(relaxng.check(made, folder / "my.rng"))
    if not found:
        assert list(xsd.check(made, folder / "my.xsd")) == []
    return not found


@pytest.mark.parametrize(
    ("body", "right", "wrong"),
    [
        (MODULES, ["<p/>", '<head/><p xml:id="a" type="b">x<hi rend="bold"/></p>'], ["<head/>"]),
        (MODULES, ['<p><hi weight="0.5"/></p>'], ['<p><hi weight="2"/></p>', "<p><persName/></p>"]),
        (MODULES, ['<p><ref target="x"/></p>'], ['<p><ref target="x" cRef="y"/></p>']),
        # only what is listed, and all but that
        ('<moduleRef key="tei"/><moduleRef key="core" include="p"/>'
         '<moduleRef key="textstructure" except="front"/>',
         ["<p/>"], ["<p><hi/></p>", "<head/><p/>"]),
        (MODULES.replace('"core"', '"core" except="hi head"'), ["<p/>"], ["<p><hi/></p>"]),
        (f'{MODULES}<elementRef key="persName"/>', ["<p><persName/></p>"], ["<parts/>"]),
        # attributes of a class come with its module
        (MODULES, [], ['<p corresp="#a"/>']),
        (f'{MODULES}<moduleRef key="linking"/>', ['<p corresp="#a #b"/>'], []),
        (f'{MODULES}<classRef key="att.global.linking"/>', ['<p corresp="#a"/>'], []),
        (f'{MODULES}<moduleRef key="namesdates"/>', ['<p><persName corresp="#a"/></p>'], []),
        (f'{MODULES}<moduleRef key="namesdates"/>',
         ["<parts/>", "<parts><one/><two/></parts>", "<parts><two/></parts>",
          '<parts><two><x xmlns="" y=""><z/></x></two></parts>'],
         ["<parts><two/><one/></parts>", "<parts><two><p/></two></parts>"]),
        # delete
        (f'{MODULES}<elementSpec ident="hi" mode="delete"/>', ["<p/>"], ["<p><hi/></p>"]),
        (f'{MODULES}<classSpec ident="att.typed" type="atts" mode="delete"/>',
         ['<p n="1"/>'], ['<p type="a"/>']),
        # change
        (MODULES + HI.format("<content><empty/></content>"),
         ["<p><hi/></p>"], ["<p><hi>x</hi></p>"]),
        (MODULES + HI.format("<altIdent>em</altIdent>"), ["<p><em/></p>"], ["<p><hi/></p>"]),
        (MODULES + HI.format('<classes mode="change"><memberOf key="model.phrase" mode="delete"/>'
                             '<memberOf key="model.block"/></classes>'),
         ["<hi/>"], ["<p><hi/></p>"]),
        (MODULES + ATTRIBUTES.format('<attDef ident="rend" mode="delete"/>'),
         ['<p><hi n="1"/></p>'], ['<p><hi rend="bold"/></p>']),
        (MODULES + ATTRIBUTES.format('<attDef ident="rend" mode="change" usage="req"/>'),
         ['<p><hi rend="bold"/></p>'], ["<p><hi/></p>"]),
        (MODULES + ATTRIBUTES.format(
            '<attDef ident="rend" mode="change"><valList mode="change"><valItem ident="bold" '
            'mode="delete"/><valItem ident="red" mode="add"/></valList></attDef>'),
         ['<p><hi rend="red"/><hi rend="italic"/></p>'], ['<p><hi rend="bold"/></p>']),
        (MODULES + ATTRIBUTES.format('<attDef ident="key" mode="add"><datatype>'
                                     '<dataRef name="integer"/></datatype></attDef>'),
         ['<p><hi key="1"/></p>'], ['<p><hi key="x"/></p>']),
        # an attribute that comes from a class, changed in one element alone
        (MODULES + ATTRIBUTES.format('<attDef ident="type" mode="delete"/>'),
         ['<p type="a"><hi subtype="b" n="1"/></p>'], ['<p><hi type="a"/></p>']),
        (MODULES + ATTRIBUTES.format(
            '<attDef ident="type" mode="change"><valList type="closed" mode="add">'
            '<valItem ident="a"/></valList></attDef>'),
         ['<p type="b"><hi type="a"/></p>'], ['<p><hi type="b"/></p>']),
        (MODULES + '<classSpec ident="att.typed" type="atts" mode="change"><attList>'
         '<attDef ident="subtype" mode="delete"/></attList></classSpec>',
         ['<p type="a"/>'], ['<p subtype="a"/>']),
        (MODULES + ATTRIBUTES.format(
            '<attDef ident="rend" mode="change"><valList mode="delete"/></attDef>'),
         ['<p><hi rend="any"/></p>'], []),
        (MODULES + HI.format(
            '<attList><attList org="choice"><attDef ident="one" usage="req"><datatype><dataRef '
            'name="token"/></datatype></attDef><attDef ident="two" usage="req"><datatype><dataRef '
            'name="token"/></datatype></attDef></attList></attList>'),
         ['<p><hi one="a"/><hi two="a" rend="bold"/></p>'],
         ["<p><hi/></p>", '<p><hi one="a" two="b"/></p>']),
        # what is not there need not be deleted
        (MODULES.replace('"core"', '"core" except="hi"')
         + '<elementSpec ident="hi" mode="delete"/>', ["<p/>"], ["<p><hi/></p>"]),
        # new elements
        (MODULES + '<elementSpec ident="x" ns="https://example.org/x" mode="add"><classes>'
         '<memberOf key="model.block"/></classes><content><empty/></content></elementSpec>',
         ['<x xmlns="https://example.org/x"/>'], ["<x/>"]),
        (f'{MODULES}<specGrpRef target="#g"/>', ["<p/>"], ["<p><hi/></p>"]),
    ],
)  # fmt: skip
def test_customization(tmp_path: Path, body: str, right: list[str], wrong: list[str]) -> None:
    groups = '<specGrp xml:id="g"><elementSpec ident="hi" mode="delete"/></specGrp>'
    folder = compiled(tmp_path, odd(body, groups))
    assert [each for each in right if not accepts(folder, each)] == []
    assert [each for each in wrong if accepts(folder, each)] == []


def test_rules_of_the_source_come_along(tmp_path: Path) -> None:
    folder = compiled(tmp_path, odd(MODULES))
    found = schematron.check(document("<p><hi><p/></hi></p>"), folder / "my.sch")
    assert [one.code for one in found] == ["sch-no-p"]


def test_the_manual_speaks_one_language(tmp_path: Path) -> None:
    page = (compiled(tmp_path, odd(MODULES)) / "my.html").read_text("utf-8")
    assert "names the element" in page
    assert "identifie" not in page


def test_each_schema_of_an_odd_is_compiled_by_itself(tmp_path: Path) -> None:
    less = MODULES.replace('"core"', '"core" include="p"')
    other = f'</schemaSpec><schemaSpec ident="{{}}" start="text">{less}'
    folder = compiled(tmp_path, odd(MODULES + other.format("less")))
    assert accepts(folder, "<p><hi/></p>")
    made = document("<p><hi/></p>")
    assert [each.code for each in relaxng.check(made, folder / "less.rng")] != []
    assert (folder / "less.html").is_file()
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError, match="two schemaSpecs have the ident my"):
        compiled(tmp_path / "b", odd(MODULES + other.format("my")))
    assert not (tmp_path / "b" / "my.rng").exists()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<moduleRef key="gaiji"/>', "no module gaiji"),
        ('<moduleRef key="core" include="p q"/>', "core of the source has no q"),
        ('<elementRef key="q"/>', "no elementSpec q"),
        (f'{MODULES}<elementSpec ident="q" mode="change"/>', "which no moduleRef brings"),
        (f'{MODULES}<elementSpec ident="q" mode="delete"/>', "which no moduleRef brings"),
        (MODULES + ATTRIBUTES.format('<attDef ident="q" mode="delete"/>'), "hi has no @q"),
        (
            MODULES
            + HI.format(
                '<content><sequence preserveOrder="false"><elementRef key="p"/>'
                "</sequence></content>"
            ),
            "preserveOrder",
        ),
        ('<specGrpRef target="#q"/>', "no specGrp q"),
        ('<moduleRef url="https://example.org/math.rng"/>', "no module https://example.org"),
        ('<moduleRef key="tei"/>', "start names text"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        compiled(tmp_path, odd(body))
    assert caught.value.place.startswith(f"{tmp_path / 'my.odd'}:")
    assert caught.value.hint


@pytest.mark.parametrize(
    "body", [MODULES, HI, '<elementRef key="p"/>', '<specGrpRef target="#g"/>']
)
def test_without_a_source_it_is_asked_for(tmp_path: Path, body: str) -> None:
    (tmp_path / "my.odd").write_text(odd(body))
    with pytest.raises(UsageError, match="needs the TEI's own definitions") as caught:
        compile_odd(tmp_path / "my.odd", tmp_path)
    assert "--source" in caught.value.hint
    assert "tei schema get" in caught.value.hint


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "my.odd").write_text(odd(MODULES))
    with pytest.raises(InputError):
        compile_odd(tmp_path / "my.odd", tmp_path, tmp_path / "none.xml")
