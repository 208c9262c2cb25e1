"""Schematron: each part of the language does what the standard says, and says where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from encoder.check import check_files
from encoder.errors import MissingError, UsageError
from encoder.model import Finding
from encoder.validate import schematron, validate
from encoder.validate.document import Document, read
from encoder.validate.schematron.places import position

SCH = "http://purl.oclc.org/dsdl/schematron"
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
FAILS = '<assert test="false()">{}</assert>'

Run = Callable[..., list[str]]


def document(text: str, name: str = "x.xml") -> Document:
    found = read(text.encode(), name)
    assert isinstance(found, Document), found
    return found


def written(path: Path, rules: str, attributes: str = "") -> Path:
    path.write_text(f'<schema xmlns="{SCH}" {attributes}>\n{rules}</schema>', encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """What a schema says of a document: place, code and message of each finding."""

    def said(rules: str, text: str, attributes: str = "", phase: str = "") -> list[str]:
        schema = written(tmp_path / "x.sch", rules, attributes)
        found = schematron.check(document(text, str(tmp_path / "x.xml")), schema, phase)
        return [told(each) for each in found]

    return said


def told(found: Finding) -> str:
    return f"{Path(found.file).name}:{found.where} {found.code} {found.message}"


def rule(context: str, inner: str, pattern: str = "") -> str:
    return f'<pattern {pattern}><rule context="{context}">{inner}</rule></pattern>'


# --- rules and patterns


def test_of_each_pattern_the_first_rule_that_fits_is_asked(run: Run) -> None:
    rules = (
        f'<pattern id="p"><rule context="b[@c]">{FAILS.format("first")}</rule>'
        f'<rule context="b">{FAILS.format("second")}</rule></pattern>'
        '<pattern id="q"><rule context="b"><report test="true()">third</report></rule></pattern>'
    )
    assert run(rules, "<a><b c='1'/><b/></a>") == [
        "x.xml:1:4 sch-p first",
        "x.xml:1:4 sch-q third",
        "x.xml:1:14 sch-p second",
        "x.xml:1:14 sch-q third",
    ]


def test_in_a_group_each_rule_is_asked(run: Run) -> None:
    both = f'<rule context="a">{FAILS.format(1)}</rule><rule context="*">{FAILS.format(2)}</rule>'
    assert len(run(f"<group>{both}</group>", "<a/>")) == 2
    assert len(run(f"<pattern>{both}</pattern>", "<a/>")) == 1


def test_elements_in_elements_that_match_are_all_asked(run: Run) -> None:
    found = run(rule("b", FAILS.format("x")), "<b><b><c><b/></c></b></b>")
    assert [place.split()[0] for place in found] == ["x.xml:1:1", "x.xml:1:4", "x.xml:1:10"]


@pytest.mark.parametrize(
    ("context", "place"),
    [
        ("/", "1:1"),
        ("b", "1:17"),
        ("@n", "1:20"),
        ("@xml:id", "1:26"),
        ("text()[. = 'two']", "1:44"),
        ("comment()", "1:4"),
        ("processing-instruction('p')", "1:12"),
        ("b | c", "1:17"),
        (".[. = 'two'][self::text()]", "1:44"),
    ],
)
def test_a_rule_may_be_about_any_node_and_stands_at_it(run: Run, context: str, place: str) -> None:
    text = "<a><!--c--><?p?><b n='1' xml:id='k'>one</b>two</a>"
    assert run(rule(context, FAILS.format("x")), text) == [f"x.xml:{place} sch-rule x"]


@pytest.mark.parametrize(
    ("context", "places"),
    [
        ("text()[normalize-space()]", ["1:7", "2:9", "2:45"]),
        ("comment()", ["1:22", "2:10"]),
        ("processing-instruction('q')", ["2:1"]),
        ("@*[local-name() = 'n']", ["1:39", "2:25"]),
    ],
)
def test_places_of_what_is_no_element(run: Run, context: str, places: list[str]) -> None:
    text = "<a><b>éé<![CDATA[<]]><!--1--><c é='>' n=''/>\n"
    text += "<?q?><b>x<!--2--></b><d x:n='' xmlns:x='u'/>y</b></a>"
    found = run(rule(context, FAILS.format("x")), text)
    assert [each.split()[0].removeprefix("x.xml:") for each in found] == places


@pytest.mark.parametrize(
    ("place", "column"),
    [
        ("0 /comment 2", 40),
        ("0 /instruction 1 p", 27),
        ("0", 1),
        ("1 /text 1", 51),
    ],
)
def test_places_beside_the_document_element(place: str, column: int) -> None:
    text = "<?xml version='1.0'?><?q?><?p?><!--1--><!--2--><a>x</a>"
    found = position(document(text), place)
    assert (found.line, found.column) == (1, column)


def test_the_subject_is_where_it_is_told(run: Run) -> None:
    inner = '<assert test="false()" subject="@n">x</assert>'
    assert run(rule("a", inner), "<a  n='1'/>") == ["x.xml:1:5 sch-rule x"]
    about = f'<pattern><rule context="a" subject="b">{FAILS.format("x")}</rule></pattern>'
    assert run(about, "<a><b/></a>") == ["x.xml:1:4 sch-rule x"]


def test_visit_each_asks_of_each_item(run: Run) -> None:
    inner = '<report test=". = \'b\'">has <value-of select="."/></report>'
    rules = f'<pattern><rule context="@n" visit-each="tokenize(.)">{inner}</rule></pattern>'
    assert run(rules, "<a n='a b c'/>") == ["x.xml:1:4 sch-rule has b"]


# --- variables


def test_variables_at_every_level(run: Run) -> None:
    rules = """<let name="one" value="1"/>
    <phase id="f"><let name="two" value="$one + 1"/><active pattern="p"/></phase>
    <pattern id="p"><let name="three" value="$two + 1"/><rule context="a[@n = $three]">
    <let name="four" value="$three + xs:integer(@n)"/>
    <assert test="false()"><value-of select="$one, $two, $three, $four"/></assert></rule></pattern>
    <ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>"""
    assert run(rules, "<a n='3'/>", phase="f") == ["x.xml:1:1 sch-p 1 2 3 6"]


def test_variables_of_two_patterns_do_not_meet(run: Run) -> None:
    inner = '<assert test="false()"><value-of select="$v, \'$v\'"/></assert>'
    rules = '<let name="v" value="0"/>' + "".join(
        f'<pattern><let name="v" value="{n}"/><rule context="a[$v = {n}]">{inner}</rule></pattern>'
        for n in (1, 2)
    )
    rules += rule("a", inner)
    assert run(rules, "<a/>") == [f"x.xml:1:1 sch-rule {n} $v" for n in (1, 2, 0)]


def test_the_content_of_a_variable_is_data(run: Run) -> None:
    rules = f'<let name="list"><i xmlns="">1</i><xsl:message terminate="yes" {XSL}/></let>'
    rules += rule("a", '<assert test="count($list) = 2 and $list[1] = 1">x</assert>')
    assert run(rules, "<a/>") == []


# --- messages


def test_names_values_and_emphasis_in_messages(run: Run) -> None:
    inner = """<assert test="false()" id="k"><name/> in <name path="name(..)"/>
    has <emph>{<value-of select="@n"/>}</emph> <dir value="rtl">&lt;b&gt;</dir>.</assert>"""
    assert run(rule("b", inner), "<a><b n='4'/></a>") == ["x.xml:1:4 sch-k b in a has {4} <b>."]


def test_hints_and_diagnostics_are_the_hint(tmp_path: Path) -> None:
    rules = """<pattern><rule context="a" xml:lang="en"><let name="v" value="7"/>
    <assert test="false()" diagnostics="e d">Wrong.<span class="hint">Mend it.</span></assert>
    </rule></pattern><diagnostics><diagnostic id="d" xml:lang="de">Falsch.</diagnostic>
    <diagnostic id="e" xml:lang="en">It is <value-of select="$v"/>.</diagnostic></diagnostics>"""
    schema = written(tmp_path / "x.sch", rules)
    (found,) = schematron.check(document("<a/>"), schema)
    assert (found.message, found.hint) == ("Wrong.", "Mend it. It is 7.")


@pytest.mark.parametrize(
    ("attributes", "severity"),
    [
        ("", "error"),
        ('role="warning"', "warning"),
        ('role="Warn"', "warning"),
        ('role="nonfatal"', "warning"),
        ('role="information"', "info"),
        ('flag="warning"', "warning"),
        ('severity="info" role="fatal"', "info"),
        ("role=\"{if (@n) then 'warning' else 'error'}\"", "warning"),
        ('role="chapter"', "error"),
    ],
)
def test_the_role_says_how_grave_it_is(tmp_path: Path, attributes: str, severity: str) -> None:
    rules = rule("a", f'<assert test="false()" {attributes}>x</assert>')
    (found,) = schematron.check(document("<a n=''/>"), written(tmp_path / "x.sch", rules))
    assert found.severity == severity


def test_the_role_of_a_rule_is_that_of_its_assertions(tmp_path: Path) -> None:
    rules = f'<pattern><rule context="a" role="warning">{FAILS.format("x")}</rule></pattern>'
    (found,) = schematron.check(document("<a/>"), written(tmp_path / "x.sch", rules))
    assert found.severity == "warning"


def test_an_assertion_without_words_says_its_test(run: Run) -> None:
    (found,) = run(rule("a", '<assert test="@n = 1"/>'), "<a/>")
    assert '"@n = 1"' in found


# --- composition


def test_abstract_rules_are_extended(run: Run) -> None:
    rules = f"""<pattern><rule abstract="true" id="x">{FAILS.format("x")}</rule>
    <rule abstract="true" id="y"><extends rule="x"/><let name="v" value="1"/></rule>
    <rule context="b"><extends rule="y"/><assert test="$v = 2">y</assert></rule></pattern>"""
    assert run(rules, "<a><b/></a>") == ["x.xml:1:4 sch-x x", "x.xml:1:4 sch-rule y"]


@pytest.mark.parametrize(
    "rules",
    [
        '<pattern><rule abstract="true" id="x"/></pattern>'
        '<pattern><rule context="a">\n<extends rule="x"/></rule></pattern>',
        '<pattern><rule context="b" id="x"/>'
        '<rule context="a">\n<extends rule="x"/></rule></pattern>',
        '<pattern><rule abstract="true" id="x">\n<extends rule="x"/></rule>'
        '<rule context="a"><extends rule="x"/></rule></pattern>',
        '\n<pattern is-a="x"/>',
        '<pattern><rule context="a">\n<assert test="1" diagnostics="x"/></rule></pattern>',
        '\n<include xmlns="http://www.w3.org/2001/XInclude" href="x.sch"/><pattern/>',
    ],
)
def test_what_refers_to_nothing_is_told(run: Run, rules: str) -> None:
    (found,) = run(rules, "<a/>")
    assert found.startswith("x.sch:3:1 schematron-rule")


def test_abstract_patterns_are_given_their_values(run: Run) -> None:
    rules = """<pattern abstract="true" id="t"><param name="what" value="b"/>
    <param name="what-not" value="c"/><let name="n" value="count(//$what)"/>
    <rule context="a"><assert test="$what-not" diagnostics="d">no '<value-of select="'$what'"/>'
    of <value-of select="$n"/></assert></rule></pattern>
    <pattern is-a="t" id="first"/>
    <pattern is-a="t" id="second"><param name="what" value="@n"/></pattern>
    <diagnostics><diagnostic id="d"><value-of select="name($what)"/></diagnostic></diagnostics>"""
    assert run(rules, "<a n='1'><b/></a>") == [
        "x.xml:1:1 sch-first no 'b' of 1",
        "x.xml:1:1 sch-second no '@n' of 1",
    ]


def test_only_the_patterns_of_a_phase_are_run(run: Run) -> None:
    rules = """<phase id="one"><active pattern="p"/></phase>
    <phase id="two"><active pattern="q"/></phase>"""
    rules += rule("a", FAILS.format("x"), 'id="p"') + rule("a", FAILS.format("x"), 'id="q"')
    codes = {
        phase: [found.split()[1] for found in run(rules, "<a/>", 'defaultPhase="two"', phase)]
        for phase in ("", "#DEFAULT", "#ALL", "one")
    }
    both = ["sch-p", "sch-q"]
    assert codes == {"": both[1:], "#DEFAULT": both[1:], "#ALL": both, "one": both[:1]}
    with pytest.raises(UsageError, match="no phase three") as caught:
        run(rules, "<a/>", phase="three")
    assert caught.value.hint == "Name one of: one, two, #ALL."


def test_a_phase_may_begin_at_some_nodes(run: Run) -> None:
    rules = '<phase id="f" from="b"><active pattern="p"/></phase>'
    rules += rule("c", FAILS.format("x"), 'id="p"')
    text = "<a><c/><b><c/></b></a>"
    assert len(run(rules, text)) == 2
    assert run(rules, text, phase="f") == ["x.xml:1:11 sch-p x"]


def test_files_are_included(run: Run, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    said = FAILS.format('whole <value-of select="$v"/>')
    inner = f'<include href="let.sch"/>{said}'
    written(
        tmp_path / "more" / "p.sch",
        f'<pattern xml:id="p" id="p"><rule context="a">{inner}</rule></pattern>',
    )
    (tmp_path / "more" / "let.sch").write_text(f'<let xmlns="{SCH}" name="v" value="\'v\'"/>')
    (tmp_path / "more" / "e.sch").write_text(
        f'<rule xmlns="{SCH}" context="none">{FAILS.format("extended")}</rule>'
    )
    rules = '<include href="more/p.sch#p"/>' + rule("a", '<extends href="more/e.sch"/>')
    assert run(rules, "<a/>") == ["x.xml:1:1 sch-p whole v", "x.xml:1:1 sch-rule extended"]


def test_what_is_included_keeps_its_prefixes(run: Run, tmp_path: Path) -> None:
    test = '<report test="self::e:a">{}</report>'
    other = (
        f'<ns prefix="e" uri="urn:2"/><pattern><rule context="*" xml:id="r">{test}</rule></pattern>'
    )
    written(tmp_path / "o.sch", other.format("theirs"))
    rules = '<ns prefix="e" uri="urn:1"/>' + rule(
        "*", '<extends href="o.sch#r"/>' + test.format("ours")
    )
    assert [found.split()[-1] for found in run(rules, "<a xmlns='urn:1'/>")] == ["ours"]
    assert [found.split()[-1] for found in run(rules, "<a xmlns='urn:2'/>")] == ["theirs"]


@pytest.mark.parametrize(
    ("href", "error"),
    [
        ("none.sch", MissingError),
        ("x.sch", UsageError),
        ("x.sch#none", UsageError),
        ("secret.xml", UsageError),
        ("/etc/passwd", UsageError),
        ("notes.txt", UsageError),
        ("http://localhost/x.sch", UsageError),
    ],
)
def test_what_is_not_included(run: Run, tmp_path: Path, href: str, error: type[Exception]) -> None:
    (tmp_path / "secret.xml").write_text("<secret/>")
    (tmp_path / "notes.txt").write_text("<secret/>")
    with pytest.raises(error) as caught:
        run(f'<include href="{href}"/>', "<a/>")
    assert "<secret" not in str(caught.value)


def test_keys_and_functions_of_xslt(run: Run) -> None:
    rules = f"""<ns prefix="f" uri="urn:f"/>
    <xsl:key name="k" match="b" use="@n" {XSL}/>
    <xsl:function name="f:twice" {XSL}><xsl:param name="v"/><xsl:sequence select="2 * $v"/>
    </xsl:function>"""
    rules += rule("a", "<assert test=\"key('k', @n) = f:twice(2)\">x</assert>")
    assert run(rules, "<a n='1'><b n='1'>4</b></a>") == []
    assert len(run(rules, "<a n='1'><b n='1'>5</b></a>")) == 1


def test_a_prefix_may_mean_anything(run: Run) -> None:
    rules = '<ns prefix="xsl" uri="urn:x"/><ns prefix="xs" uri="urn:x"/>'
    rules += rule("xsl:a", '<assert test="xs:b">x</assert>')
    assert run(rules, "<a xmlns='urn:x'><b/></a>") == []
    assert len(run(rules, "<a xmlns='urn:x'/>")) == 1


def test_prefixes_that_only_xml_declares_are_known(run: Run) -> None:
    rules = f'<pattern xmlns:e="urn:e"><rule context="e:a">{FAILS.format("x")}</rule></pattern>'
    assert len(run(rules, "<a xmlns='urn:e'/>")) == 1


def test_the_first_query_language(run: Run) -> None:
    inner = '<assert test="string(b) = 1">x</assert>'
    text = "<a><b>1</b><b>2</b></a>"
    assert run(rule("a", inner), text, 'queryBinding="xslt"') == []
    assert [found.split()[1] for found in run(rule("a", inner), text)] == ["schematron-rule"]
    with pytest.raises(UsageError, match="query language"):
        run(rule("a", inner), text, 'queryBinding="xquery"')


# --- other documents


def test_a_pattern_may_be_about_other_documents(run: Run, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "1.xml").write_text("<b>\n<c n='2'/></b>")
    inner = '<assert test="@n = $wanted">x</assert>'
    rules = '<let name="wanted" value="/a/@n"/>' + rule("c", inner, 'documents="//@href"')
    assert run(rules, "<a n='2' href='parts/1.xml'/>") == []
    assert run(rules, "<a n='3' href='parts/1.xml'><c/></a>") == ["1.xml:2:1 sch-rule x"]


@pytest.mark.parametrize("href", ["../secret.xml", "/etc/passwd", "file:///etc/passwd", "none.xml"])
def test_other_documents_lie_beside_or_below(run: Run, tmp_path: Path, href: str) -> None:
    (tmp_path.parent / "secret.xml").write_text("<secret/>")
    rules = rule("/", '<report test="true()">x</report>', 'documents="//@href"')
    (found,) = run(rules, f"<a href='{href}'/>")
    assert found.startswith("x.xml:None schematron-document Schematron not run on")


# --- rules that cannot be run


def test_a_rule_that_does_not_compile_is_told_and_the_others_are_run(run: Run) -> None:
    rules = f"""<pattern><rule context="a">
    <assert test="count((">x</assert>
    {FAILS.format("good")}
    <assert test="$none">x</assert></rule></pattern>
    <pattern><rule context="a[">{FAILS.format("never")}</rule></pattern>
    {rule("a", FAILS.format("other"))}"""
    found = run(rules, "<a/>")
    assert [each.split()[0] for each in found if "sch-rule" in each] == ["x.xml:1:1"] * 2
    broken = [each.split()[0] for each in found if "schematron-rule" in each]
    assert sorted(broken) == ["x.sch:3:1", "x.sch:5:1", "x.sch:6:1"]


def test_a_rule_that_fails_on_some_node_is_told_once(run: Run) -> None:
    rules = f"""<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/><pattern><rule context="b">
    <let name="n" value="xs:integer(@n)"/><assert test="$n = 1">x</assert>
    {FAILS.format("good")}</rule></pattern>"""
    found = run(rules, "<a><b n='1'/><b n='x'/><b n='y'/></a>")
    assert [each.split()[1] for each in found] == ["sch-rule"] * 3 + ["schematron-rule"]
    assert found[-1].startswith("x.sch:3:1")
    assert '"x"' in found[-1]
    assert "x.xml:1:14)" in found[-1]


def test_a_variable_of_the_schema_that_fails_is_told_alone(run: Run) -> None:
    bad = '<let name="n" value="xs:integer(//@n)"/><ns prefix="xs" uri="{}"/>'
    rules = bad.format("http://www.w3.org/2001/XMLSchema")
    rules += rule("a", '<assert test="$n = 1">x</assert>' + FAILS.format("good"))
    assert len(run(rules, "<a n='1'/>")) == 1
    found = run(rules, "<a n='x'/>")
    assert [each.split()[:2] for each in found] == [
        ["x.xml:1:1", "sch-rule"],
        ["x.sch:2:1", "schematron-rule"],
    ]


def test_a_context_that_fails_is_told(run: Run) -> None:
    found = run(rule("a[@n + 1 = 2]", FAILS.format("x")), "<a n='x'/>")
    assert [each.split()[:2] for each in found] == [["x.sch:2:1", "schematron-rule"]]


@pytest.mark.parametrize(
    "reading",
    [
        "doc('{}')",
        "document('{}')",
        "unparsed-text('{}')",
        "unparsed-text-available('{}')",
        "collection('{}')",
        "json-doc('{}')",
        "fn:doc('{}')",
        "(let $f := doc#1 return $f('{}'))",
        "environment-variable('HOME{}')",
    ],
)
def test_rules_read_no_other_file(run: Run, tmp_path: Path, reading: str) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret>hidden</secret>")
    expression = reading.format(secret.as_uri())
    places = (
        rule(f"a[{expression}]", FAILS.format("x")),
        rule("a", f'<assert test="{expression}">x</assert>'),
        rule("a", f'<let name="v" value="{expression}"/><report test="$v">x</report>'),
        rule("a", f'<report test="true()"><value-of select="{expression}"/></report>'),
        f'<let name="v" value="{expression}"/>' + rule("a", '<report test="$v">x</report>'),
        f'<xsl:key name="k" match="*" use="{expression}" {XSL}/>'
        + rule("a", "<report test=\"key('k', '1')\">x</report>"),
    )
    for rules in places:
        (found,) = run(rules, "<a/>")
        assert "schematron-rule" in found
        assert "reaches outside the document" in found
        assert "hidden" not in found


@pytest.mark.parametrize("name", ["result-document", "source-document", "evaluate"])
def test_functions_of_xslt_neither_read_nor_write(run: Run, tmp_path: Path, name: str) -> None:
    target = tmp_path / "made.xml"
    inner = f'<xsl:{name} href="{target.as_uri()}" xpath="1"><a/></xsl:{name}>'
    rules = f'<ns prefix="f" uri="urn:f"/><xsl:function name="f:f" {XSL}>{inner}</xsl:function>'
    found = run(rules + rule("a", '<assert test="f:f()">x</assert>'), "<a/>")
    assert [each.split()[1] for each in found] == ["schematron-rule"]
    assert not target.exists()


def test_words_that_look_like_functions_are_not_taken_for_them(run: Run) -> None:
    inner = "<assert test=\"not(doc = 'doc(') (: doc() :) and not(my-doc)\">x</assert>"
    assert run(rule("a", inner), "<a/>") == []


def test_what_saxon_cannot_take_is_told(run: Run) -> None:
    rules = f"""<ns prefix="f" uri="urn:f"/><xsl:function name="f:f" {XSL}><xsl:param name="v"/>
    <xsl:sequence select="1 + f:f($v + 1)"/></xsl:function>"""
    (found,) = run(rules + rule("a", '<assert test="f:f(1)">x</assert>'), "<a/>")
    assert "schematron-" in found


def test_what_is_no_schema(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "y.sch"
    for text, said in (("<a/>", "not a Schematron schema"), ("<a", "not well-formed")):
        path.write_text(text)
        with pytest.raises(UsageError, match=said):
            list(schematron.check(document("<a/>"), path))
    with pytest.raises(UsageError, match="no Schematron pattern"):
        run("", "<a/>")


def test_a_schema_that_changed_is_read_again(run: Run) -> None:
    assert len(run(rule("a", FAILS.format("x")), "<a/>")) == 1
    assert run(rule("a", '<assert test="true()">xx</assert>'), "<a/>") == []


def test_a_rule_that_cannot_be_run_is_shown_without_a_line_of_the_document(tmp_path: Path) -> None:
    schema = written(tmp_path / "x.sch", rule("a", '<assert test="("/>' + FAILS.format("x")))
    (tmp_path / "x.xml").write_text("<b>\n<a/></b>")
    (checked,) = check_files([tmp_path / "x.xml"], [schema])
    shown = {each.code: checked.excerpt(each) is not None for each in checked.findings}
    assert shown == {"sch-rule": True, "schematron-rule": False}


# --- rules in a grammar

GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:s="{}" ns="urn:a" {}>
<start><element name="a"><s:assert test="@n">no n</s:assert>
<attribute name="n"><s:report test=". = ''">empty</s:report></attribute>
<zeroOrMore><element name="b"><empty/></element></zeroOrMore></element></start>
{}</grammar>"""


def grammar(path: Path, rules: str, attributes: str = "") -> Path:
    path.write_text(GRAMMAR.format(SCH, attributes, rules), encoding="utf-8")
    return path


def test_rules_of_every_size_in_a_grammar(tmp_path: Path) -> None:
    rules = """<s:ns prefix="x" uri="urn:a"/><s:let name="v" value="1"/>
    <s:pattern id="p"><s:rule context="x:a"><s:assert test="x:b[2] = $v">p</s:assert></s:rule>
    </s:pattern>
    <s:rule context="x:b"><s:report test="true()">rule</s:report></s:rule>"""
    path = grammar(tmp_path / "x.rng", rules)
    found = schematron.check(document("<a xmlns='urn:a' n=''><b/></a>"), path)
    assert sorted(f"{each.where} {each.message}" for each in found) == [
        "1:1 p",
        "1:18 empty",
        "1:23 rule",
    ]


def test_rules_in_a_grammar_that_is_included(tmp_path: Path) -> None:
    grammar(tmp_path / "inner.rng", "\n<s:pattern id='p'><s:rule context='(('/></s:pattern>")
    outer = tmp_path / "outer.rng"
    outer.write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="inner.rng"/></grammar>'
    )
    found = [told(each) for each in schematron.check(document("<a xmlns='urn:a'/>"), outer)]
    assert found[0] == "x.xml:1:1 sch-rule no n"
    assert found[1].startswith("inner.rng:6:1 schematron-rule")


def test_rules_in_a_grammar_are_run_with_it_and_once(tmp_path: Path) -> None:
    path = grammar(tmp_path / "x.rng", "")
    text = "<a xmlns='urn:a' n=''><b/></a>"
    assert [found.message for found in validate(text.encode(), [path])] == ["empty"]
    types = 'type="application/xml" schematypens="{}"'
    models = "".join(
        f"<?xml-model href='x.rng' {types.format(uri)}?>"
        for uri in ("http://relaxng.org/ns/structure/1.0", SCH)
    )
    found = validate((models + text).encode(), name=str(tmp_path / "x.xml"))
    assert [each.message for each in found] == ["empty"]


def test_a_grammar_without_rules(tmp_path: Path) -> None:
    path = tmp_path / "x.rng"
    path.write_text(
        '<element xmlns="http://relaxng.org/ns/structure/1.0" name="a"><empty/></element>'
    )
    assert list(schematron.check(document("<a/>"), path)) == []


# --- SVRL


def test_a_report_in_svrl(tmp_path: Path) -> None:
    rules = """<ns prefix="e" uri="urn:e"/><pattern id="p"><rule context="a" id="r" flag="{name()}">
    <assert test="b" id="k" role="warning" diagnostics="d" properties="q">no b</assert></rule>
    <rule context="*"><report test="@n">n</report></rule></pattern>
    <diagnostics><diagnostic id="d">D</diagnostic></diagnostics><properties><property id="q">
    <xsl:copy-of select="@n" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/></property>
    </properties>"""
    schema = written(tmp_path / "x.sch", rules, 'schemaVersion="2"')
    root = etree.fromstring(schematron.svrl(document("<a n='1'><c n='2'/></a>"), schema))
    names = [etree.QName(each).localname for each in root]
    assert names == [
        "ns-prefix-in-attribute-values",
        "active-pattern",
        "fired-rule",
        "failed-assert",
        "fired-rule",
        "successful-report",
    ]
    told = {
        "@schemaVersion": "2",
        "@phase": "#ALL",
        "svrl:active-pattern/@documents": "x.xml",
        "svrl:fired-rule[1]/@flag": "a",
        "svrl:failed-assert/@location": "/Q{}a[1]",
        "svrl:failed-assert/@role": "warning",
        "svrl:failed-assert/svrl:text": "no b",
        "svrl:failed-assert/svrl:diagnostic-reference[@diagnostic='d']/svrl:text": "D",
        "svrl:failed-assert/svrl:property-reference[@property='q']/svrl:text/@n": "1",
        "svrl:successful-report/@test": "@n",
    }
    assert {path: root.xpath(f"string({path})", namespaces=SVRL) for path in told} == told
