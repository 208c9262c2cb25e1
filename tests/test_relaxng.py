"""RELAX NG: each kind of pattern, each recovery, exact places, and schemas that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.errors import EncoderError, MissingError, UsageError
from encoder.model import Finding, Position
from encoder.validate import mending, relaxng, validate
from encoder.validate.document import Document, read
from encoder.validate.position import Places
from encoder.validate.relaxng import datatypes
from encoder.validate.relaxng.expressions import expression
from encoder.validate.relaxng.matcher import Matcher
from encoder.validate.relaxng.messages import Report
from encoder.validate.relaxng.schema import Schema

HEAD = (
    'xmlns="http://relaxng.org/ns/structure/1.0"'
    ' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def wrote(folder: Path, content: str, name: str = "x.rng") -> Path:
    """Write a schema whose outermost element gets the namespace and the datatype library."""
    path = folder / name
    end = min(at for at in (content.find(" "), content.find(">"), content.find("/")) if at > 0)
    path.write_text(f"{content[:end]} {HEAD}{content[end:]}", encoding="utf-8")
    return path


def found(path: Path, xml: str) -> list[Finding]:
    document = read(xml.encode(), "x.xml")
    assert isinstance(document, Document)
    return list(relaxng.check(document, path))


def codes(path: Path, xml: str) -> list[str]:
    return [each.code.removeprefix("rng-") for each in found(path, xml)]


def mended(xml: str, told: Finding) -> str:
    return mending.applied(xml, [told.fix] if told.fix else [])


# --- each kind of pattern: a content model, what it allows and what not

B, C = '<element name="b"><empty/></element>', '<element name="c"><empty/></element>'
B_TEXT = '<element name="b"><text/></element>'
MODELS = {
    "empty": ("<empty/>", ["", " \n", "<!-- -->"], ["x", "<b/>"]),
    "text": ("<text/>", ["", "x", "<![CDATA[x]]>"], ["<b/>"]),
    "notAllowed": (f"<choice><notAllowed/>{B}</choice>", ["<b/>"], ["", "x"]),
    "group": (f"<group>{B}{C}</group>", ["<b/><c/>", " <b/> <c/> "], ["<b/>", "<c/><b/>", "x"]),
    "choice": (f"<choice>{B}{C}</choice>", ["<b/>", "<c/>"], ["", "<b/><c/>"]),
    "interleave": (
        f"<interleave><group>{B}{B}</group>{C}</interleave>",
        ["<b/><c/><b/>", "<c/><b/><b/>"],
        ["<b/><c/>", "<c/><b/><c/><b/>"],
    ),
    "optional": (f"<optional>{B}</optional>", ["", "<b/>"], ["<b/><b/>"]),
    "zeroOrMore": (f"<zeroOrMore>{B}</zeroOrMore>", ["", "<b/><b/>"], ["<b/><c/>"]),
    "oneOrMore": (f"<oneOrMore>{B}</oneOrMore>", ["<b/>", "<b/><b/>"], [""]),
    "mixed": (f"<mixed>{B}{C}</mixed>", ["x<b/>y<c/>z", "<b/><c/>"], ["x<c/><b/>"]),
    "value": ('<value type="token">x y</value>', ["x y", " x \n y "], ["", "xy", "<b/>"]),
    "value string": ('<value type="string">x</value>', ["x"], [" x", "x "]),
    "data": ('<data type="integer"/>', ["12", " 12 "], ["", "1.5", "x"]),
    "param": (
        '<data type="integer"><param name="maxExclusive">9</param></data>',
        ["8"],
        ["9"],
    ),
    "except": (
        '<data type="token"><except><value>x</value></except></data>',
        ["y", ""],
        ["x", " x "],
    ),
    "list": (
        '<list><oneOrMore><data type="integer"/></oneOrMore><value>cm</value></list>',
        ["1 cm", " 1 2\n3 cm "],
        ["", "cm", "1 2", "1\xa0cm"],
    ),
    "nullable data": ('<data type="string"/>', ["", "x", " "], ["<b/>"]),
    "anyName": (
        "<element><anyName><except><name>b</name></except></anyName><empty/></element>",
        ["<c/>", '<x:b xmlns:x="urn:x"/>'],
        ["<b/>"],
    ),
    "nsName": (
        '<element><nsName ns="urn:x"/><empty/></element>',
        ['<c xmlns="urn:x"/>'],
        ["<c/>", '<c xmlns="urn:y"/>'],
    ),
    "name choice": (
        "<element><choice><name>b</name><name>c</name></choice><empty/></element>",
        ["<b/>", "<c/>"],
        ["<d/>"],
    ),
    "two elements of one name": (
        f'<choice><element name="b">{C}</element>{B_TEXT}</choice>',
        ["<b>x</b>", "<b><c/></b>", "<b/>"],
        ["<b>x<c/></b>", "<b><c/><c/></b>", "<b/><b/>"],
    ),
    "deep choice": (
        f'<choice><element name="b"><element name="b">{C}</element></element>'
        f'<group><element name="b"><zeroOrMore>{B}</zeroOrMore></element>{C}</group></choice>',
        ["<b><b><c/></b></b>", "<b><b/><b/></b><c/>", "<b/><c/>"],
        ["<b><b/></b>", "<b><b><c/></b></b><c/>"],
    ),
}
ALLOWED = [(kind, xml) for kind, (_, right, _) in MODELS.items() for xml in right]
REFUSED = [(kind, xml) for kind, (_, _, wrong) in MODELS.items() for xml in wrong]


@pytest.mark.parametrize(("kind", "xml"), ALLOWED)
def test_what_a_pattern_allows(folder: Path, kind: str, xml: str) -> None:
    schema = wrote(folder, f'<element name="a">{MODELS[kind][0]}</element>')
    assert found(schema, f"<a>{xml}</a>") == []


@pytest.mark.parametrize(("kind", "xml"), REFUSED)
def test_what_a_pattern_refuses(folder: Path, kind: str, xml: str) -> None:
    schema = wrote(folder, f'<element name="a">{MODELS[kind][0]}</element>')
    (first, *_) = found(schema, f"<a>{xml}</a>")
    assert first.code.startswith("rng-")
    assert first.hint


ATTRIBUTES = """<element name="a"><choice><attribute name="b"/><group><attribute name="c">
<data type="integer"/></attribute><optional><attribute name="d"><value>x</value></attribute>
</optional></group></choice><zeroOrMore><attribute><nsName ns="urn:x"/></attribute></zeroOrMore>
</element>"""


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("b=''", None),
        ("c='1'", None),
        ("d='x' c='1'", None),
        ("b='' x:any='' x:other='' xmlns:x='urn:x'", None),
        ("", "attribute-missing"),
        ("d='x'", "attribute-missing"),
        ("c='x'", "attribute-value"),
        ("c='1' d='y'", "attribute-value"),
        ("b='' d='x'", "attribute-misplaced"),
        ("b='' e=''", "attribute-unknown"),
        ("b='' y:any='' xmlns:y='urn:y'", "attribute-unknown"),
    ],
)
def test_attributes(folder: Path, tag: str, code: str | None) -> None:
    assert codes(wrote(folder, ATTRIBUTES), f"<a {tag}/>") == ([code] if code else [])


def test_an_attribute_of_one_of_several_names(folder: Path) -> None:
    names = (
        '<choice><name>b</name><choice><name ns="urn:x">c</name><name>d</name></choice></choice>'
    )
    schema = wrote(
        folder, f'<element name="a"><attribute>{names}<value>1</value></attribute></element>'
    )
    for tag in ("b='1'", "d='1'", "x:c='1' xmlns:x='urn:x'"):
        assert codes(schema, f"<a {tag}/>") == []
    assert codes(schema, "<a b='2'/>") == ["attribute-value"]
    assert codes(schema, "<a/>") == ["attribute-missing"]


def wild(names: str) -> str:
    return f"<oneOrMore><attribute>{names}</attribute></oneOrMore>"


U = '<nsName ns="u"/>'
NOTHING = "<attribute name='z'><element name='a'><empty/></element></attribute><notAllowed/>"
WOVEN = '<define name="x" combine="interleave"><element name="b"><empty/></element></define>'


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (wild('<nsName ns=""/>') + '<attribute name="b"/>', "the attribute b can come twice"),
        (wild('<nsName ns="u"/>') + wild("<anyName/>"), "any attribute can come twice"),
        (wild('<nsName ns="u"/>') + wild('<nsName ns="v"/>'), None),
        (wild('<nsName ns="u"/>') + wild(f"<anyName><except>{U}</except></anyName>"), None),
        ('<ref name="x"/>', "the element b stands on both sides"),
        (f"<optional><group>{NOTHING}</group></optional>", None),
        (f"<optional>{NOTHING[:-13]}</optional>", "<element> cannot stand in <attribute>"),
        ('<grammar><start><ref name="y"/></start></grammar>', '"y" is not defined'),
        ('<grammar><start><parentRef name="x"/></start></grammar>', "the element b stands on both"),
        ('<grammar><start><parentRef name="y"/></start></grammar>', '"y" is not defined'),
        ("<optional><element><nsName><except><anyName/></except></nsName><empty/></element>"
         "</optional>", "<anyName> cannot be excepted"),
    ],
)  # fmt: skip
def test_what_no_schema_may_ask_for(folder: Path, inside: str, message: str | None) -> None:
    inner = f'<element name="a">{inside}<empty/></element>'
    schema = wrote(folder, f"<grammar><start>{inner}</start>{WOVEN}{WOVEN}</grammar>")
    if message is None:
        found(schema, "<a/>")
        return
    with pytest.raises(UsageError, match=message):
        found(schema, "<a/>")


# --- grammars


def test_combined_definitions_and_nested_grammars(folder: Path) -> None:
    schema = wrote(
        folder,
        f"""<grammar ns="urn:x"><start combine="choice"><ref name="a"/></start>
        <start combine="choice"><element name="z"><empty/></element></start>
        <div><define name="a"><element name="a"><ref name="in"/></element></define></div>
        <define name="in" combine="interleave">{B}</define>
        <define name="in" combine="interleave"><grammar><start><element name="c">
        <parentRef name="out"/><ref name="out"/></element></start>
        <define name="out"><element name="e"><empty/></element></define></grammar></define>
        <define name="out"><element name="d"><empty/></element></define></grammar>""",
    )
    assert found(schema, '<a xmlns="urn:x"><c><d/><e/></c><b/></a>') == []
    assert found(schema, '<z xmlns="urn:x"/>') == []
    assert codes(schema, '<a xmlns="urn:x"><b/></a>') == ["element-missing"]
    assert codes(schema, '<z xmlns="urn:y"/>') == ["element-unknown"]


def test_included_files_are_overridden_and_keep_their_own_library(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "base.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="a"/></start>'
        '<define name="a"><element name="a"><ref name="b"/><externalRef href="../c.rng"/></element>'
        '</define><define name="b"><notAllowed/></define></grammar>'
    )
    wrote(folder, '<element name="c"><data type="integer"/></element>', "c.rng")
    schema = wrote(
        folder,
        '<grammar ns="urn:x"><include href="in/base.rng"><define name="b">'
        '<element name="b"><data type="date"/></element></define></include></grammar>',
    )
    assert found(schema, '<a xmlns="urn:x"><b>2020-02-29</b><c>1</c></a>') == []
    assert codes(schema, '<a xmlns="urn:x"><b>2021-02-29</b><c>x</c></a>') == ["value", "value"]


def test_prefixes_in_names_and_values(folder: Path) -> None:
    schema = wrote(
        folder,
        '<element name="p:a" xmlns:p="urn:p"><attribute name="q"><value type="QName">p:v</value>'
        '</attribute><attribute name="xml:id"><data type="ID"/></attribute></element>',
    )
    assert found(schema, '<a xmlns="urn:p" xmlns:x="urn:p" q="x:v" xml:id="i"/>') == []
    assert codes(schema, '<a xmlns="urn:p" q="x:v" xml:id="1"/>') == ["attribute-value"] * 2


def test_ids(folder: Path) -> None:
    schema = wrote(
        folder,
        '<element name="a"><oneOrMore><element name="b"><optional><attribute name="id">'
        '<data type="ID"/></attribute></optional><optional><attribute name="to">'
        '<data type="IDREFS"/></attribute></optional></element></oneOrMore></element>',
    )
    assert found(schema, '<a><b to="i j"/><b id="i"/><b id=" j "/></a>') == []
    twice, lost = found(schema, '<a><b id="i"/>\n<b id="i"/>\n<b to="i k"/></a>')
    assert (twice.code, twice.where) == ("rng-id-duplicate", Position(2, 8))
    assert "1:4" in twice.message
    assert (lost.code, lost.where) == ("rng-idref-dangling", Position(3, 8))


def test_an_id_twice_is_told_once(folder: Path) -> None:
    schema = wrote(
        folder,
        '<element name="a"><oneOrMore><element name="b"><attribute name="xml:id">'
        '<data type="ID"/></attribute></element></oneOrMore></element>',
    )
    data = b'<a><b xml:id="i"/>\n<b xml:id="i"/></a>'
    assert [each.code for each in validate(data, [schema])] == ["id-duplicate"]


# --- recovery: one cause, one finding, one remedy

LETTER = """<grammar><start><element name="letter"><ref name="head"/><ref name="body"/>
<zeroOrMore><ref name="sign"/></zeroOrMore></element></start>
<define name="head"><element name="head"><element name="title"><text/></element>
<element name="date"><attribute name="when"><data type="date"/></attribute><text/></element>
</element></define>
<define name="body"><element name="body"><optional><element name="salute"><text/></element>
</optional><oneOrMore><ref name="para"/></oneOrMore></element></define>
<define name="para"><element name="para"><optional><attribute name="rend"><choice>
<value>bold</value><value>italic</value></choice></attribute></optional><mixed><zeroOrMore>
<element name="persName"><text/></element></zeroOrMore></mixed></element></define>
<define name="sign"><element name="sign"><text/></element></define></grammar>"""
RIGHT = """<letter><head><title>T</title><date when="2020-01-01"/></head>
<body><salute>Dear</salute><para rend="bold">A <persName>B</persName></para>
<para/></body><sign/></letter>"""
FAULTS = [
    ("persName>", "persNmae>", "element-unknown", "<persNmae", "Did you mean <persName>?"),
    ("<title>T</title>", "", "element-missing", "<head", "Add <title> before <date>."),
    ("<title>T</title>", "<x>T</x>", "element-unknown", "<x", "Write <title> instead of <x>."),
    ('<date when="2020-01-01"/>', "", "element-missing", "<head", "Add <date> in <head>."),
    (
        '<title>T</title><date when="2020-01-01"/>',
        '<date when="2020-01-01"/><title>T</title>',
        "element-misplaced",
        "<title",
        "Move <title> before <date>.",
    ),
    (
        "<para/></body>",
        "<para/><salute/></body>",
        "element-misplaced",
        "<salute/",
        "Remove this <salute>: <body> already has one.",
    ),
    (
        "<body><salute>Dear</salute>",
        "<body><para/><salute>Dear</salute>",
        "element-misplaced",
        "<salute",
        "Move <salute> before <para>.",
    ),
    (
        "<para/></body>",
        "<para><para>x</para></para></body>",
        "element-misplaced",
        "<para>x",
        "Remove the tags of <para>, and keep what is in it.",
    ),
    ("<head>", "", "element-misplaced", "<title", "Put <title> in <head>."),
    ("<para/>", "stray<para/>", "text-misplaced", "stray", "Put it in <para>."),
    (' rend="bold"', ' rned="bold"', "attribute-unknown", "rned", "Did you mean @rend?"),
    (' rend="bold"', ' x="bold"', "attribute-unknown", 'x="', "Remove @x."),
    (' rend="bold"', ' rend="bald"', "attribute-value", "bald", 'Write "bold".'),
    (' when="2020-01-01"', "", "attribute-missing", "<date", "Add @when."),
    (
        ' when="2020-01-01"',
        ' when="1.1.20"',
        "attribute-value",
        "1.1.20",
        "Write a date as 1867-03-09, 1867-03 or 1867.",
    ),
    (
        "<salute>Dear</salute>",
        '<sign rend="x"><persName/>x</sign>',
        "element-misplaced",
        "<sign r",
        "Move <sign> behind <body>.",
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "at", "hint"), FAULTS)
def test_one_fault_is_one_finding(
    folder: Path, old: str, new: str, code: str, at: str, hint: str
) -> None:
    schema = wrote(folder, LETTER)
    assert found(schema, RIGHT) == []
    text = RIGHT.replace(old, new)
    if old == "<head>":
        text = text.replace("</head>", "")
    (told,) = found(schema, text)
    assert (told.code, told.hint) == (f"rng-{code}", hint)
    assert told.where == place(text, at)
    assert len(told.message) <= 300


def place(text: str, mark: str) -> Position:
    before = text[: text.index(mark)]
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


MENDED = [
    *((old, new) for old, new, *_ in FAULTS if "when" not in f"{old} {new}" and 'd="x"' not in new),
    (' rend="bold"', ' rend=" Bold"'),
    ('"2020-01-01"', '"2020-1-1"'),
    ('"2020-01-01"', "'1.1.2020'"),
    ("<para/></body>", "stray <persName/> text<para/></body>"),
    ("<para/></body>", "<para>a<para>b</para>c</para></body>"),
    ("<salute>Dear</salute>", "<x><salute>Dear</salute></x>"),
    ("<salute>Dear</salute>", "<salute>Dear</salute><sign>S</sign><para/>"),
    ("<sign/>", "<sign/>stray"),
    ("<letter>", '<letter xmlns:x="urn:x" x:y="1">'),
    ('<para rend="bold">A <persName>B</persName></para>\n<para/>', ""),
]


@pytest.mark.parametrize(("old", "new"), MENDED)
def test_what_is_suggested_makes_it_right(folder: Path, old: str, new: str) -> None:
    schema, text = wrote(folder, LETTER), RIGHT.replace(old, new)
    if old == "<head>":
        text = text.replace("</head>", "")
    told = found(schema, text)
    assert told
    assert all(each.fix for each in told)
    mended = mending.applied(text, mending.fixes(told, safe=False))
    assert found(schema, mended) == []


@pytest.mark.parametrize(
    ("old", "new", "safe"),
    [
        ("persName>", "persNmae>", True),
        (' rend="bold"', ' rned="bold"', True),
        (' rend="bold"', ' rend="bolt"', True),
        (' rend="bold"', ' rend="x"', False),
        ('"2020-01-01"', '"2020-1-1"', True),
        ("<sign/>", "<sing/>", True),
        (' rend="bold"', ' x="bold"', False),
        ("<title>T</title>", "", False),
        ("<para/>", "stray<para/>", False),
    ],
)
def test_only_what_leaves_no_doubt_is_safe(folder: Path, old: str, new: str, safe: bool) -> None:
    (told,) = found(wrote(folder, LETTER), RIGHT.replace(old, new))
    assert told.fix is not None
    assert told.fix.safe == safe


def named(name: str, inside: str = "<text/>") -> str:
    return f'<element name="{name}">{inside}</element>'


CULPRITS = f"""<choice><oneOrMore>{named("p")}</oneOrMore><group><optional>{named("head")}
</optional><oneOrMore>{named("l")}</oneOrMore><optional>{named("closer")}</optional></group></choice>"""
SPOKEN = f"""<zeroOrMore><choice>{named("p")}{named("sp", named("speaker") + named("l"))}
{named("persName")}{named("z", named("person"))}</choice></zeroOrMore>"""


@pytest.mark.parametrize(
    ("inside", "xml", "hint"),
    [
        # What stood before is what is wrong.
        (CULPRITS, "<closer/><head/><l/><l/>", "Move <closer> behind <l>."),
        (CULPRITS, "<p/><head/><l/>", "Remove <p> before <head>: they cannot stand together."),
        # What few elements hold belongs in one of them, though it could be called otherwise.
        (SPOKEN, "<speaker>A</speaker><l/>", "Put <speaker> in <sp>."),
        # By custom, one name is taken for the other.
        (SPOKEN, "<person>A</person>", "Write <persName> instead of <person>."),
    ],
)
def test_what_is_meant_is_mended(folder: Path, inside: str, xml: str, hint: str) -> None:
    schema, text = wrote(folder, named("a", inside)), f"<a>{xml}</a>"
    (one,) = found(schema, text)
    assert one.hint == hint
    assert found(schema, mended(text, one)) == []


def test_text_in_a_section_is_wrapped_with_it(folder: Path) -> None:
    schema = wrote(folder, named("a", f"<zeroOrMore>{named('p')}</zeroOrMore>"))
    text = "<a><p/><![CDATA[b & c]]></a>"
    (one,) = found(schema, text)
    assert one.where == Position(1, 17)
    assert mended(text, one) == "<a><p/><p><![CDATA[b & c]]></p></a>"


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("1850-06-31", "There is no such date: look at the month and the day."),
        ("1850-1855", "A span of time has @from and @to"),
        ("1850–1855", "A span of time has @from and @to"),
        ("c. 1850", "An uncertain date has @notBefore"),
        ("25/04/1850", 'Perhaps "1850-04-25".'),
        ("04/25/1850", 'Perhaps "1850-04-25".'),
        ("04/05/1850", "Write a date as 1867-03-09"),
    ],
)
def test_a_date_that_is_none_is_explained(folder: Path, value: str, hint: str) -> None:
    schema = wrote(folder, named("a", '<attribute name="when"><data type="date"/></attribute>'))
    (one,) = found(schema, f'<a when="{value}"/>')
    assert hint in one.hint


def test_two_faults_are_two_findings(folder: Path) -> None:
    text = RIGHT.replace("persName>", "persnaem>").replace("bold", "bald")
    told = found(wrote(folder, LETTER), text)
    assert [each.code for each in told] == ["rng-attribute-value", "rng-element-unknown"]


def test_a_message_says_where_and_what_may_stand_there(folder: Path) -> None:
    text = RIGHT.replace("<para/>", '<para xml:id="p2"><date/></para>')
    told = [each.message for each in found(wrote(folder, LETTER), text)]
    assert any('at letter/body/para[@xml:id="p2"]/date' in each for each in told)
    assert any("Allowed here: <persName>." in each for each in told)


def test_a_name_without_its_namespace(folder: Path) -> None:
    schema = wrote(folder, f'<element name="a" ns="urn:x">{B}</element>')
    (told,) = found(schema, '<a xmlns="urn:x"><b xmlns=""/></a>')
    assert told.hint == "Put it in the namespace urn:x."


def test_a_file_of_another_kind_asks_for_its_schema(folder: Path) -> None:
    path = wrote(folder, '<element name="a" ns="urn:x"><text/></element>')
    (told,) = found(path, '<package xmlns="urn:y">text</package>')
    assert told.message.endswith("at package. Allowed here: <a>.")
    assert told.hint == "Is it the right schema?"


HI = '<element name="hi"><text/></element>'


def test_a_name_of_another_vocabulary_is_no_misspelling(folder: Path) -> None:
    inner = f'<element name="seg"><zeroOrMore>{HI}</zeroOrMore></element>'
    path = wrote(folder, f'<element name="a" ns="urn:x">{inner}</element>')
    (svg,) = found(path, '<a xmlns="urn:x"><seg><hi/><svg xmlns="urn:y"/></seg></a>')
    assert svg.message.startswith("<svg> of the namespace urn:y is not in the schema")
    assert svg.hint == "Remove this <svg>: <seg> cannot have it here."
    (bold,) = found(path, '<a xmlns="urn:x"><seg><b xmlns="urn:html"/></seg></a>')
    assert bold.hint == "Did you mean <hi>?"


def test_a_namespace_is_told_once_for_all_that_has_it_from_one_tag(folder: Path) -> None:
    c = '<zeroOrMore><element name="c"><text/></element></zeroOrMore>'
    b = f'<zeroOrMore><element name="b">{c}</element></zeroOrMore>'
    schema = wrote(folder, f'<element name="a" ns="urn:x">{b}</element>')
    (whole,) = found(schema, "<a><b><c>x</c><c/></b><b/></a>")
    assert whole.hint == "Put it in the namespace urn:x, with all it holds."
    assert mended("<a><b><c>x</c><c/></b><b/></a>", whole) == (
        '<a xmlns="urn:x"><b><c>x</c><c/></b><b/></a>'
    )
    inside = '<x:a xmlns:x="urn:x"><b><c/></b><x:b/><b xmlns="urn:y"/></x:a>'
    assert [told.where for told in found(schema, inside)] == [Position(1, 22), Position(1, 39)]
    again = '<a><b xmlns="urn:x"><c xmlns=""/></b><b xmlns="urn:y"/><b/></a>'
    assert [told.where.column for told in found(schema, again) if told.where] == [1, 21, 38]
    other = '<a xmlns="urn:y"><b><d/></b></a>'
    assert [told.code for told in found(schema, other)] == ["rng-element-unknown"] * 2


def test_a_prefix_is_mended_where_it_is_declared(folder: Path) -> None:
    schema = wrote(folder, '<element name="a" ns="urn:x"><text/></element>')
    wrong = '<x:a xmlns:x="urn:X">b</x:a>'
    (told,) = found(schema, wrong)
    assert mended(wrong, told) == '<x:a xmlns:x="urn:x">b</x:a>'


NAMED = """
<element name="text"><zeroOrMore><choice>
  <element name="hi"><optional><attribute name="rend"/></optional><text/></element>
  <element name="cb"><empty/></element>
  <element name="lb"><empty/></element>
  <element name="list"><oneOrMore><element name="item"><text/></element></oneOrMore></element>
  <element name="ref"><optional><attribute name="target"/></optional>
    <optional><attribute name="cRef"/></optional><text/></element>
  <element name="watermark"><empty/></element>
</choice></zeroOrMore></element>
"""


@pytest.mark.parametrize(
    ("written", "hints"),
    [
        ("<b>x</b>", ["Did you mean <hi>?"]),
        ("<i>x</i>", ["Did you mean <hi>?"]),
        ("<br/>", ["Did you mean <lb>?"]),
        ("<bl/>", ["Did you mean <lb>?"]),
        ("<ul><li>x</li></ul>", ["Did you mean <list>?", "Did you mean <item>?"]),
        ('<a href="#x">x</a>', ["Did you mean <ref>?", "Did you mean @target?"]),
        ('<ref href="#x">x</ref>', ["Did you mean @target?"]),
        ("<watermrk>x</watermrk>", ["Did you mean <watermark>?", "Remove it, or move it."]),
        ("<weather>x</weather>", ["Write <hi> instead of <weather>."]),
    ],
)
def test_names_of_other_vocabularies_and_of_none(
    folder: Path, written: str, hints: list[str]
) -> None:
    told = found(wrote(folder, NAMED), f"<text>{written}</text>")
    assert [each.hint for each in told] == hints


def test_one_of_several_that_lacks_before_a_child_is_named(folder: Path) -> None:
    either = "".join(f'<element name="{name}"><text/></element>' for name in ("who", "what"))
    schema = wrote(
        folder,
        f'<element name="a"><choice><oneOrMore><group><choice>{either}</choice><optional>'
        '<element name="date"><text/></element></optional></group></oneOrMore>'
        '<oneOrMore><element name="p"><text/></element></oneOrMore></choice></element>',
    )
    (told,) = found(schema, "<a><date>1867</date></a>")
    assert told.message.startswith("<a> lacks one of <what>, <who> before <date>")


def test_what_lacks_is_not_what_is_there(folder: Path) -> None:
    pair = "".join(f'<element name="{name}"><text/></element>' for name in ("orig", "reg"))
    schema = wrote(
        folder,
        f'<element name="choice"><choice>{pair}</choice><oneOrMore><choice>{pair}</choice>'
        "</oneOrMore></element>",
    )
    (told,) = found(schema, "<choice><reg>x</reg></choice>")
    assert told.hint == "Add <orig> in <choice>."


# --- places


@pytest.mark.parametrize(
    ("xml", "where"),
    [
        ("<a>\n  𝔘𝔘<b/></a>", Position(2, 3)),
        ("<a><!-- > -->\n<?p >?> <![CDATA[x]]><b/></a>", Position(2, 18)),
        ('<a\n  n="a>b"\n >\n x<b/></a>', Position(4, 2)),
        ("<a><b/><!-- -->x</a>", Position(1, 16)),
        ("<a><b></b >\n\nx</a>", Position(3, 1)),
    ],
)
def test_text_is_placed_at_its_first_character(folder: Path, xml: str, where: Position) -> None:
    model = f'<element name="a"><optional><attribute name="n"/></optional>{B}</element>'
    (told,) = found(wrote(folder, model), xml)
    assert (told.code, told.where) == ("rng-text-misplaced", where)


def test_attributes_are_placed_at_name_and_value(folder: Path) -> None:
    schema = wrote(
        folder,
        '<element name="a"><attribute name="n"><data type="integer"/></attribute></element>',
    )
    xml = "<a\n  é='>'\n\tn = 'x' xmlns:y='urn:y' y:n=\"1\"/>"
    assert [each.where for each in found(schema, xml)] == [
        Position(2, 3),
        Position(3, 7),
        Position(3, 26),
    ]


def test_an_attribute_that_is_declared_is_placed_at_its_tag(folder: Path) -> None:
    schema = wrote(folder, '<element name="a"><empty/></element>')
    (told,) = found(schema, '<!DOCTYPE a [<!ATTLIST a n CDATA "x">]>\n<a/>')
    assert told.where == Position(2, 1)


# --- datatypes


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("anyURI", ["", "#a", "a b", "http://[::1]/", "urn:x", "%20"], ["a#b#c", "%", ":a", "["]),
        ("date", ["2020-02-29", "-0044-03-15", "2020-01-01Z"], ["2021-02-29", "20-1-1", ""]),
        (
            "dateTime",
            ["2020-01-01T23:59:59", "2016-12-31T23:59:60Z"],
            ["2020-01-01T24:00:00", "2020-01-01T10:00"],
        ),
        ("time", ["00:00:00", "23:59:60.5", "10:00:00.Z"], ["24:00:00", "10:00:61", "10:00.0"]),
        ("gYear", ["1867", "0800"], ["867", "1867-03"]),
        ("NCName", ["a", "_1", "ä.b", "中", "e\u0301"], ["1", "a:b", "", "１", "\u0301e"]),
        ("NCName", ["x·", "ж"], ["ª", "𝔘", "x/y", "\U0001f600"]),
        ("NMTOKEN", ["·", "٣", "\u0301"], ["１", "𝔘"]),
        ("Name", ["a:b"], ["-a"]),
        ("language", ["de", "grc-Latn"], ["de_DE", ""]),
        ("boolean", ["true", "0"], ["yes"]),
        ("nonNegativeInteger", ["0", "12"], ["-1", "1.0"]),
        ("double", ["1e3", "INF", "-.5"], ["x", "1e"]),
        ("duration", ["P1Y2M", "-PT3.5S", "PT.5S", "PT5.S"], ["P", "1Y", "PT.S", "PT5.5"]),
        ("hexBinary", ["0aF0"], ["0"]),
        ("base64Binary", ["QUI="], ["Q"]),
        ("NMTOKENS", ["a -b"], ["", "a,b"]),
    ],
)
def test_datatypes(name: str, right: list[str], wrong: list[str]) -> None:
    datatype = datatypes.find(datatypes.XSD, name)
    assert [each for each in right if not datatype.allows(each, ())] == []
    assert [each for each in wrong if datatype.allows(each, ())] == []


@pytest.mark.parametrize(
    ("name", "facet", "right", "wrong"),
    [
        ("token", ("pattern", r"[^\p{C}\p{Z}]+"), "a-b", "a b"),
        ("token", ("pattern", "a|b"), "b", "ab"),
        ("token", ("pattern", r"\S+"), "a\xa0b", "a b"),
        ("string", ("pattern", r"[a-z-[aeiou]]{2,}"), "xyz", "xaz"),
        ("string", ("pattern", r"\i\c*"), "é·1", "€"),
        ("string", ("pattern", r"\P{IsGreek}|[-+]?\d+"), "-1٣", "α"),
        ("string", ("pattern", r"(a?){3}b{0}(|c)"), "aac", "ab"),
        ("token", ("pattern", r"[^\s\]]+\s\w"), "a b", "a\xa0b"),
        ("string", ("length", "2"), "𝔘𝔘", "𝔘"),
        ("IDREFS", ("minLength", "2"), "a b", "a"),
        ("hexBinary", ("maxLength", "1"), "00", "0000"),
        ("decimal", ("totalDigits", "2"), "0.50", "1.25"),
        ("decimal", ("fractionDigits", "1"), "1.50", "1.25"),
        ("double", ("minInclusive", "0"), "0", "-0.1"),
        ("date", ("maxInclusive", "2020-01-01"), "2020-01-01", "2020-01-02"),
        ("integer", ("minExclusive", "1"), "2", "1"),
    ],
)
def test_facets(name: str, facet: tuple[str, str], right: str, wrong: str) -> None:
    datatype = datatypes.find(datatypes.XSD, name, [facet])
    assert datatype.allows(right, ())
    assert not datatype.allows(wrong, ())


def test_values_are_the_same_by_their_type() -> None:
    decimal = datatypes.find(datatypes.XSD, "decimal")
    assert decimal.same("1.50", (), "1.5", ())
    assert not datatypes.find("", "string").same("1.50", (), "1.5", ())


# --- schemas that cannot be used


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ('<grammar><start><ref name="a"/></start></grammar>', "not defined"),
        ("<grammar/>", "no start"),
        ('<element name="a"><ref name="x"/></element>', "not defined"),
        (
            '<grammar><start><ref name="a"/></start><define name="a"><choice><ref name="a"/>'
            "<empty/></choice></define></grammar>",
            "defined by itself",
        ),
        (
            '<grammar><start><ref name="a"/></start><define name="a"><empty/></define>'
            '<define name="a"><empty/></define></grammar>',
            "defined twice",
        ),
        ('<element name="a"><data type="klingon"/></element>', "no datatype klingon"),
        ('<element name="a"><data type="date" datatypeLibrary="urn:x"/></element>', "urn:x"),
        (
            '<element name="a"><data type="token"><param name="pattern">((</param></data>'
            "</element>",
            "regular expression",
        ),
        ('<element name="x:a"><empty/></element>', "prefix x"),
        ('<element name="a"><parentRef name="x"/></element>', "no grammar around"),
        ('<element name="a"><klingon/></element>', "klingon"),
        ('<grammar><include href="x.rng"/></grammar>', "includes itself"),
        ('<element name="a"><externalRef href="none.rng"/></element>', "cannot read"),
        ('<element name="a"><externalRef href="/etc/passwd"/></element>', "not read"),
        ('<element name="a"><externalRef href="../../etc/passwd"/></element>', "not a .rng"),
        ('<element name="a"><externalRef href="file:///x.rng"/></element>', "not read"),
        ('<element name="a"><externalRef href="http://localhost/x.rng"/></element>', "not on this"),
        ('<element name="a"><externalRef href="//host/x.rng"/></element>', "not read"),
        ('<element name="a"><externalRef href="ftp://host/x.rng"/></element>', "not read"),
    ],
)
def test_a_schema_that_cannot_be_used(folder: Path, schema: str, message: str) -> None:
    with pytest.raises(EncoderError, match=message) as caught:
        found(wrote(folder, schema), "<a/>")
    assert isinstance(caught.value, UsageError | MissingError)
    assert caught.value.place.startswith(str(folder))
    assert caught.value.hint


@pytest.mark.parametrize(
    "pattern",
    "[ [] [a [^] [a-[b] [a[b]] [b-a] [a-b-c] a{ a{1 a{2,1} a{,2} ( a) a** * } ] \\ \\q \\p{} "
    "\\p{Foo} \\p{IsFoo}".split(),
)
def test_patterns_that_are_none(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"regular expression|of Unicode"):
        expression(pattern)


def test_compact_syntax_is_refused_plainly(folder: Path) -> None:
    path = folder / "x.rnc"
    path.write_text("element a { empty }")
    including = wrote(folder, '<grammar><include href="x.rnc"/></grammar>')
    for schema in (path, including):
        with pytest.raises(UsageError, match="compact syntax") as caught:
            found(schema, "<a/>")
        assert "trang" in caught.value.hint


def test_entities_of_a_schema_reach_no_file(folder: Path) -> None:
    (folder / "secret").write_text("secret")
    path = folder / "x.rng"
    path.write_text(
        f'<!DOCTYPE element [<!ENTITY e SYSTEM "secret">]><element name="a" {HEAD}>'
        "<value>&e;</value></element>"
    )
    with pytest.raises(UsageError, match="not well-formed"):
        found(path, "<a>secret</a>")


# --- documents and schemas that mean harm


def matched(schema: Path, data: bytes) -> list[Finding]:
    """Match a document that the parser of trees would not take."""
    loaded = Schema(schema)
    report = Report(Places(data), "x.xml", loaded)
    Matcher(loaded, report).run(data)
    return report.findings


RECURSIVE = """<grammar><start><ref name="a"/></start><define name="a"><element name="a">
<optional><ref name="a"/></optional></element></define></grammar>"""


def test_nesting_100_000_deep(folder: Path) -> None:
    depth = 100_000
    schema = wrote(folder, RECURSIVE)
    assert matched(schema, b"<a>" * depth + b"</a>" * depth) == []
    (told,) = matched(schema, b"<a>" * depth + b"<b/>" + b"</a>" * depth)
    assert told.code == "rng-element-unknown"
    assert len(told.message) < 300


def test_huge_and_many_attributes(folder: Path) -> None:
    schema = wrote(
        folder,
        '<element name="a"><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></element>',
    )
    many = "".join(f' a{number}="1"' for number in range(2000))
    assert found(schema, f'<a{many} b="{"x" * 5_000_000}"/>') == []
    refusing = wrote(folder, '<element name="a"><attribute name="b"><value/></attribute></element>')
    (told,) = found(refusing, f'<a b="{"x" * 5_000_000}"/>')
    assert len(told.message) < 300


def test_long_schemas_are_no_deep_ones(folder: Path) -> None:
    parts = "".join(
        f'<optional><element name="e{n}"><empty/></element></optional>' for n in range(3000)
    )
    schema = wrote(folder, f'<element name="a">{parts}</element>')
    assert found(schema, "<a><e0/><e2999/></a>") == []


def test_definitions_nested_too_deeply(folder: Path) -> None:
    chain = "".join(f'<define name="d{n}"><ref name="d{n + 1}"/></define>' for n in range(5000))
    schema = wrote(
        folder,
        f'<grammar><start><element name="a"><ref name="d0"/></element></start>{chain}'
        '<define name="d5000"><empty/></define></grammar>',
    )
    with pytest.raises(UsageError, match="too deeply"):
        found(schema, "<a/>")


def test_an_included_file_that_changed_is_read_again(folder: Path) -> None:
    whole = wrote(folder, '<choice><externalRef href="part.rng"/></choice>')
    part = folder / "part.rng"
    part.write_text(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'
    )
    assert found(whole, "<a/>") == []
    part.write_text(
        '<element name="b" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
    )
    assert found(whole, "<b/>") == []
