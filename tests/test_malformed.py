"""What is said of a file that is not XML, and what its fix makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.model import Finding, Position
from encoder.render import render
from encoder.resources import schema
from encoder.validate import mending, validate
from encoder.validate.document import read
from tests.running import tei

TEI = "http://www.tei-c.org/ns/1.0"
DECLARED = '<!DOCTYPE b [<!ENTITY e "{}">]>'
SLIPS = [
    # what is written, column, what is said, what the fix makes of it
    ("<a>A & B & C</a>", 6, "& stands alone.", "<a>A &amp; B &amp; C</a>"),
    ('<a b="A&B"/>', 8, "& stands alone.", '<a b="A&amp;B"/>'),
    ("<a>A &amp B</a>", 6, "&amp lacks its semicolon.", "<a>A &amp; B</a>"),
    ("<a>1 < 2</a>", 6, "< begins no tag.", "<a>1 &lt; 2</a>"),
    ("<a>]]></a>", 4, "]]> stands in the text.", "<a>]]&gt;</a>"),
    ("<a><!-- b -- c --></a>", 11, "-- stands in a comment.", "<a><!-- b - - c --></a>"),
    ("<a>b\x0b</a>", 5, "the character U+000B cannot stand in XML.", "<a>b</a>"),
    ("<a>&#x0b;</a>", 4, "&#x0b; stands for no character of XML.", "<a></a>"),
    ("<a>é &nbsp;&uuml;&zwj;</a>", 6, "the entity &nbsp; is not", "<a>é &#xA0;ü&#x200D;</a>"),
    ("<a><!--&u;--><![CDATA[&u;]]>&u;</a>", 29, "the entity &u; is not declared", ""),
    ("<a b=c>d</a>", 6, "the value of @b has no quotation marks.", '<a b="c">d</a>'),
    ("<a b=“c d”/>", 6, "the value of @b begins with “", '<a b="c d"/>'),
    ("<a b=„c/>", 6, "the value of @b begins with „", '<a b="c"/>'),
    ("<a b=„c'/>", 6, "the value of @b begins with „", ""),
    ('<a b c="d"/>', 4, "@b of <a> has no value.", ""),
    ('<a b="c d="e"/>', 6, "no quotation mark closes the value of @b.", ""),
    ('<a b="c>\n<d/></a>', 6, "no quotation mark closes the value of @b.", ""),
    ('<a b="c<d"/>', 8, "< stands in the value of @b.", '<a b="c&lt;d"/>'),
    ('<a b="c"d="e"/>', 9, "no space stands behind the value of @b.", '<a b="c" d="e"/>'),
    ('<a "c"/>', 4, "<a> has a value without a name.", ""),
    ("<a <b/></a>", 4, "<a> is not closed before the next tag.", ""),
    ("<a / >", 4, "> does not follow the / of <a>.", ""),
    ("<a &b;/>", 4, "& cannot stand in the tag <a>.", ""),
    ('<a b="1" b="1"/>', 10, "@b stands twice in one tag.", '<a b="1"/>'),
    ("<a>b</c></a>", 5, "</c> closes nothing: no <c> is open.", "<a>b</a>"),
    ("<persName>b</persname>", 12, "</persname> closes nothing", "<persName>b</persName>"),
    ("<a><b>c</a>", 8, "</a> stands here, but <b> of 1:4 is still open.", "<a><b>c</b></a>"),
    ("<a><b>c", 8, "the file ends, and <b> of 1:4 is still open.", "<a><b>c</b></a>"),
    ("<a><!-- b", 4, "the comment that begins here is not closed.", ""),
    ("<a><![CDATA[ b", 4, "the CDATA section that begins here is not closed.", ""),
    ("<a><b", 4, "the tag that begins here is not closed.", ""),
    ("<a>&b", 4, "& stands alone.", "<a>&amp;b"),
    ("<a/></a>", 5, "</a> closes nothing: all is closed.", "<a/>"),
    ("<a><b></b>&#xy;</a>", 11, "&#x begins no reference.", ""),
    ("<a><b$c/></a>", 6, "$ cannot stand in the tag <b$c>.", ""),
    (f"{DECLARED.format('<c></d>')}<b>&e;</b>", 40, "what &e; stands for is wrong here: mism", ""),
    (f"{DECLARED.format('&u;')}<b>&e;</b>", 36, "what &e; stands for is wrong here: undefi", ""),
    ("</ a>", 1, "this is no end tag.", ""),
    ("", 1, "the file is empty.", ""),
    ("<!-- a -->", 11, "the file has no element.", ""),
    ("plain", 1, "the file begins with text: “plain”.", ""),
    ("# Plain", 1, "the file begins with text: “# Plain”.", ""),
    ('{"a": 1}', 1, "the file begins with text: “{", ""),
    ("<<<<<<< HEAD\n<a/>", 1, "git has left the mark of a conflict here.", ""),
    ("<a/><b/>", 5, "<b> stands behind the end of the document element.", ""),
    ("<a/>b", 5, "something stands behind the end of the document element.", ""),
    (' <?xml version="1.0"?><a/>', 2, "white space stands before", '<?xml version="1.0"?><a/>'),
    ('<!--a--><?xml version="1.0"?><a/>', 9, "the XML declaration is not the first thing", None),
    ('<?xml version="1.0"><a/>', 1, "?> lacks at the end of this.", ""),
    ('<a xlink:href="b"/>', 4, "the prefix xlink is not declared.", None),
    ("<x:a/>", 2, "the prefix x is not declared.", ""),
]  # fmt: skip


def fault(text: str) -> Finding:
    found = read(text.encode(), "a.xml")
    assert isinstance(found, Finding)
    return found


@pytest.mark.parametrize(("written", "column", "said", "mended"), SLIPS)
def test_a_slip_is_told_at_its_sign(written: str, column: int, said: str, mended: str) -> None:
    found = fault(written)
    assert found.code == "xml-not-well-formed"
    assert found.where == Position(1, column)
    assert said in found.message
    assert found.hint
    if mended is not None:
        assert (mending.applied(written, [found.fix]) if found.fix else "") == mended


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("<a>Å</a>".encode("cp1252"), 'it is Å: write encoding="windows-1252" in the first line'),
        (b"<a>\xc3\xa5 \xe5</a>", "Write the character anew, for others are UTF-8"),
        (b"<a>\xe5\0</a>", "UTF-16 was put into a file"),
        (b"<a>a\0</a>", "Where there are many, UTF-16 was put into a file"),
        (b"<a>\x81</a>", "Save the file as UTF-8"),
        (b"{\\rtf1 a}", "Give the TEI"),
    ],
)
def test_what_the_bytes_of_a_file_may_be_is_said(data: bytes, hint: str) -> None:
    found = read(data, "a.xml")
    assert isinstance(found, Finding)
    assert hint in found.hint


def test_what_is_open_may_have_been_meant_to_be_empty() -> None:
    hint = "Write </lb> before </p>, or end <lb> with /> if it is meant to be empty."
    assert fault("<p>a<lb>b</p>").hint == hint


@pytest.mark.parametrize("written", [row[0] for row in SLIPS if row[3] is None])
def test_what_is_declared_or_moved_makes_it_xml(written: str) -> None:
    fix = fault(written).fix
    assert fix
    assert not isinstance(read(mending.applied(written, [fix]).encode(), "a.xml"), Finding)


@pytest.mark.parametrize(
    "written", ["<a>b</c></a>", "<a>\x01</a>", '<a b="1" b="2"/>', "<a><b></a>"]
)
def test_what_takes_or_invents_is_not_done_unasked(written: str) -> None:
    fix = fault(written).fix
    assert fix is None or not fix.safe


DTD = '<!DOCTYPE a SYSTEM "a.dtd" [<!ENTITY e "&mdash;">]>'


def test_an_entity_of_a_file_that_is_not_read_is_suggested_by_custom() -> None:
    text = f"{DTD}<a>b &mdash; c &auml;</a>"
    found = fault(text)
    assert (found.code, found.hint) == ("xml-entity", "Write —.")
    assert found.fix
    assert not found.fix.safe
    assert mending.applied(text, [found.fix]).endswith("<a>b — c ä</a>")
    assert fault(f"{DTD}<a>&e;</a>").hint == "Write the characters themselves."


marks = st.sampled_from([*"<>&;\"'=/!-?[]ab \n#x“", "<a>", "</a>", "<!--", "]]>", "&lt;"])


@given(st.lists(marks, max_size=12).map("".join))
def test_whatever_is_written_has_a_place_and_a_hint(text: str) -> None:
    found = read(f"<a>{text}</a>".encode(), "a.xml")
    if isinstance(found, Finding):
        assert found.where
        assert found.hint
        assert len(found.message) < 200


def test_many_slips_that_each_hide_the_next_are_all_mended() -> None:
    def check(data: bytes) -> list[Finding]:
        found = read(data, "a.xml")
        return [found] if isinstance(found, Finding) else []

    text = f"<a>{'<b c=d/>' * 20}</a>"
    done = mending.mend(text.encode(), check(text.encode()), text, check)
    assert done.data.decode() == text.replace("=d", '="d"')
    assert (done.findings, done.mended) == ([], 20)


def test_all_slips_of_a_file_are_mended_though_one_hides_the_other(tmp_path: Path) -> None:
    schema = tmp_path / "a.rng"
    schema.write_text(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
    )
    text = "\n<?xml version='1.0'?>\n<a>1 < 2 & 3 &nbsp; &eacute;</a>"

    def check(data: bytes) -> list[Finding]:
        return validate(data, [schema], name="a.xml")

    done = mending.mend(text.encode(), check(text.encode()), text, check)
    assert done.data.decode() == "<?xml version='1.0'?>\n<a>1 &lt; 2 &amp; 3 &#xA0; é</a>"
    assert done.findings == []


@pytest.mark.parametrize("encoding", ["gbk", "utf-7", "hex", "nonsense"])
@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["verify", "a.xml"], 3),
        (["names", "a.xml", "--persons", "b.xml"], 3),
        (["encode", "--no-project", "--persons", "a.xml", "a.txt"], 2),
    ],
)
def test_an_encoding_that_expat_has_not_is_a_clear_error(
    command: list[str], status: int, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tei_ = f'<?xml version="1.0" encoding = "{encoding}"?><TEI xmlns="{TEI}"/>'
    Path("a.xml").write_text(tei_, "ascii")
    Path("a.txt").write_text("Dear Anna", "ascii")
    entry = "<person xml:id='a'><persName>Anna</persName></person>"
    Path("b.xml").write_text(f"<listPerson xmlns='{TEI}'>{entry}</listPerson>", "ascii")
    ran = tei(*command)
    assert ran.exit_code == status, ran.stderr
    assert "unknown encoding" in ran.stderr


@pytest.mark.parametrize("encoding", ["gbk", "big5", "shift_jis"])
def test_tei_in_an_encoding_that_expat_has_not_is_rendered(encoding: str) -> None:
    header = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
    text = f'<?xml version="1.0" encoding = "{encoding}"?><TEI xmlns="{TEI}">{header}'
    words = "<text><body><p>中文</p></body></text></TEI>"
    assert "中文" in render(f"{text}{words}".encode(encoding), "html").decode()


def test_half_a_pair_of_brackets_in_a_pointer_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f'<TEI xmlns="{TEI}"><ref target="//]]&gt;#a"/></TEI>', "utf-8")
    validate(path.read_bytes(), [schema("edition.rng")], name=str(path))
