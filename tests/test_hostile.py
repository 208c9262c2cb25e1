"""Files that mean harm: a finding or a clear error, never a file read, a hang or a crash."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from encoder import resources
from encoder.errors import EncoderError, UsageError
from encoder.model import Finding, Position
from encoder.validate import relaxng, validate
from encoder.validate.document import TEI, Document, read
from encoder.validate.relaxng import datatypes

RNG = resources.schema("edition.rng")
LAX = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="a"/></start>
<define name="a"><element><anyName/><zeroOrMore><attribute><anyName/></attribute></zeroOrMore>
<zeroOrMore><choice><text/><ref name="a"/></choice></zeroOrMore></element></define></grammar>"""


@pytest.fixture
def lax(tmp_path: Path) -> Path:
    """Return a schema that allows everything."""
    path = tmp_path / "lax.rng"
    path.write_text(LAX)
    return path


def document(data: str | bytes) -> Document:
    made = read(data.encode() if isinstance(data, str) else data, "x.xml")
    assert isinstance(made, Document), made
    return made


def fault(data: str | bytes) -> Finding:
    made = read(data.encode() if isinstance(data, str) else data, "x.xml")
    assert isinstance(made, Finding)
    assert made.hint
    assert len(made.message) < 200
    return made


# --- what a file may declare


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<!DOCTYPE a [<!ENTITY e "x<b>y</b>">]><a>&e;</a>', "<a>x<b>y</b></a>"),
        ('<!DOCTYPE a [<!ENTITY e "v&#34;&#10;">]><a c="&e;"/>', '<a c="v&quot; "></a>'),
        ('<!DOCTYPE a [<!ENTITY e "&f;&f;"><!ENTITY f "z">]><a>&e;</a>', "<a>zz</a>"),
        ('<!DOCTYPE a [<!ATTLIST a c CDATA "w">]><a/>', '<a c="w"></a>'),
        ('<!DOCTYPE a [<!ATTLIST a c NMTOKEN #IMPLIED>]><a c=" w "/>', '<a c="w"></a>'),
        (
            "<!DOCTYPE a [<!ENTITY % p \"<!ENTITY e 'x'>\">%p;]><?p q?><!-- c --><a>&e;</a>",
            "<?p q?><!-- c --><a>x</a>",
        ),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ELEMENT a EMPTY>]><a>b</a>', "<a>b</a>"),
        ('<!DOCTYPE a [<!ENTITY e "<![CDATA[<]]>&#38;amp;">]><a>&e;</a>', "<a>&lt;&amp;</a>"),
        (
            '<!DOCTYPE a [<!ENTITY e "x">]><a xmlns="u" xmlns:p="v" p:b="&e;"><p:c/></a>',
            '<a xmlns="u" xmlns:p="v" p:b="x"><p:c></p:c></a>',
        ),
    ],
)
def test_what_an_internal_subset_declares_is_honoured(data: str, text: str) -> None:
    assert document(data).text == text
    assert document(data).warnings == ()


def test_what_comes_of_an_entity_is_placed_at_it(lax: Path) -> None:
    schema = lax.with_name("x.rng")
    schema.write_text(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
    )
    found = document('<!DOCTYPE a [<!ENTITY e "x<b>y</b>">]>\n<a>å &e;</a>')
    (told,) = relaxng.check(found, schema)
    assert (told.code, told.where) == ("rng-element-unknown", Position(2, 6))
    assert found.places.at("/Q{}a[1]/Q{}b[1]") == Position(2, 6)


def test_attributes_of_type_id_are_targets(lax: Path) -> None:
    data = (
        "<!DOCTYPE p [<!ATTLIST p id ID #IMPLIED>]>"
        '<p xmlns="http://www.tei-c.org/ns/1.0" id="one"><ref target="#one #two"/></p>'
    )
    assert [each.code for each in validate(data.encode(), [lax])] == ["ref-dangling"]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "secret.xml">]><a>å &e;</a>', Position(1, 52)),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', Position(1, 58)),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]><a>&e;</a>', None),
        ('<!DOCTYPE a SYSTEM "secret.dtd"><a c="1"\n d="&e;"/>', Position(2, 5)),
        ('<!DOCTYPE a SYSTEM "secret.dtd"><a>&e;</a>', Position(1, 36)),
        ('<!DOCTYPE a [<!ENTITY % p SYSTEM "secret.dtd">%p;]><a>&e;</a>', None),
        ('<!DOCTYPE a [<!ENTITY f SYSTEM "secret.xml"><!ENTITY e "&f;">]><a>&e;</a>', None),
    ],
)
def test_entities_of_other_files_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: str, where: Position | None
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.xml").write_text("secret")
    Path("secret.dtd").write_text('<!ENTITY e "secret">')
    found = fault(data)
    assert found.code == "xml-entity"
    assert where is None or found.where == where


@pytest.mark.parametrize(
    "doctype",
    [
        'SYSTEM "none.dtd"',
        'SYSTEM "/etc/passwd"',
        'PUBLIC "-//TEI//DTD" "http://127.0.0.1:9/x.dtd"',
        '[<!ENTITY % p SYSTEM "none.dtd">%p;]',
    ],
)
def test_declarations_of_other_files_are_a_warning(doctype: str) -> None:
    (found,) = document(f"<!DOCTYPE a {doctype}><a/>").warnings
    assert (found.code, found.severity) == ("xml-dtd-unread", "warning")


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE a [<!ENTITY e SYSTEM "none.xml">]><a/>',
        '<!DOCTYPE a [<!NOTATION n SYSTEM "x"><!ENTITY e SYSTEM "f.gif" NDATA n>]><a/>',
        "<!DOCTYPE other><a/>",
    ],
)
def test_what_is_declared_and_not_used_does_no_harm(data: str) -> None:
    assert document(data).warnings == ()


# --- what grows


def chain(count: int, times: int, mark: str = "&") -> str:
    opening, sign = ("", "&") if mark == "&" else ("% ", "&#37;")
    levels = "".join(
        f'<!ENTITY {opening}e{n + 1} "{f"{sign}e{n};" * times}">' for n in range(count)
    )
    return f'<!ENTITY {opening}e0 "">{levels}'


@pytest.mark.parametrize(
    "data",
    [
        f"<!DOCTYPE a [{chain(9, 10).replace('e0 ', 'e0 x', 0)}]><a>&e9;</a>",
        f"<!DOCTYPE a [{chain(40, 2)}]><a>&e40;</a>",
        f'<!DOCTYPE a [{chain(40, 2)}]><a b="&e40;"/>',
        f'<!DOCTYPE a [{chain(40, 2)}<!ATTLIST a b CDATA "&e40;">]><a/>',
        f"<!DOCTYPE a [{chain(40, 2, '%')}%e40;]><a/>",
        f'<!DOCTYPE a [<!ENTITY e "{"x" * 100_000}">]><a>{"&e;" * 2_000}</a>',
        f'<!DOCTYPE a [<!ENTITY e "{"<b/>" * 25_000}">]><a>{"&e;" * 2_000}</a>',
        f'<!DOCTYPE a [<!ATTLIST b c CDATA "{"x" * 100_000}">]><a>{"<b/>" * 2_000}</a>',
        f"<!DOCTYPE a [{chain(50_000, 1)}]><a>&e50000;</a>",
        f"<!DOCTYPE a [{chain(50_000, 1, '%')}%e50000;]><a/>",
        "<!DOCTYPE a [" + "".join(f"<!ATTLIST a b{n} CDATA '1'>" for n in range(20_000)) + "]><a/>",
        "<!DOCTYPE a [" + "".join(f"<!ENTITY e{n} '1'>" for n in range(200_000)) + "]><a/>",
    ],
    ids=lambda data: f"{len(data)}-{data[14:34]}",
)
def test_what_would_grow_without_measure_is_stopped(data: str) -> None:
    assert fault(data).code == "xml-expansion"


def test_entities_that_are_their_own_part() -> None:
    data = '<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>'
    assert fault(data).code == "xml-not-well-formed"


def test_a_million_elements_are_declared_in_good_time(lax: Path) -> None:
    declared = "".join(f"<!ELEMENT e{n} (#PCDATA)>" for n in range(300_000))
    assert validate(f"<!DOCTYPE a [{declared}]><a/>".encode(), [lax]) == []


def test_nesting_100_000_deep(lax: Path) -> None:
    depth = 100_000
    data = b"<a>" * depth + b"<b>" * depth + b"</b>" * depth + b"</a>" * depth
    assert validate(data, [lax]) == []
    assert document(data).places.at("/Q{}a[1]" * depth + "/Q{}b[1]").column == 3 * depth + 1
    told = fault(b"<a>\n" * depth)
    assert "the file ends, and <a> of 100000:1 is still open" in told.message
    assert told.hint.endswith("(and 99992 more).")
    assert told.fix is None


def test_what_ends_other_programs_is_checked_by_ours_alone(lax: Path, tmp_path: Path) -> None:
    xsd = tmp_path / "a.xsd"
    xsd.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>'
    )
    deep = b"<a>" * 100_000 + b"<b ref='#c'/>" + b"</a>" * 100_000
    told = validate(deep, [lax, resources.schema("edition.sch"), xsd])
    assert {finding.code for finding in told} == {"schematron-not-run", "xsd-not-run"}
    assert {finding.where for finding in told} == {Position(1, 6_001)}
    assert all("nested more than 2,000 deep" in finding.message for finding in told)
    assert document(b"<a>" * 2_000 + b"</a>" * 2_000).too_deep is None
    assert document("<!DOCTYPE a [<!ENTITY e '<b/>'>]><a>&e;</a>").too_deep is None


def test_the_grammar_is_told_where_rules_are_not_run(tmp_path: Path) -> None:
    grammar = tmp_path / "a.rng"
    grammar.write_text(
        f"<grammar {HEAD}><start><ref name='a'/></start><define name='a'><element name='a'>"
        "<optional><ref name='a'/></optional></element></define></grammar>"
    )
    deep = b"<a>" * 3_000 + b"<b/>" + b"</a>" * 3_000
    told = validate(deep, [grammar, resources.schema("edition.sch")])
    assert [finding.code for finding in told] == ["schematron-not-run", "rng-element-unknown"]


def test_what_is_wide_is_read(lax: Path) -> None:
    many = "".join(f' a{number}="1"' for number in range(10_000))
    assert validate(f"<a{many}/>".encode(), [lax]) == []
    name = "n" * 1_000_000
    assert validate(f'<{name} {name}="{name}"/>'.encode(), [lax]) == []
    assert all(len(found.message) < 400 for found in validate(f"<{name}/>".encode(), [RNG]))


# --- bytes that are no XML, or not in the encoding they say


@pytest.mark.parametrize(
    ("data", "message", "where"),
    [
        (gzip.compress(b"<a/>", mtime=0), "compressed (gzip)", Position(1, 1)),
        (b"PK\x03\x04\x14", "ZIP archive", Position(1, 1)),
        (b"%PDF-1.7", "a PDF", Position(1, 1)),
        (b"", "the file is empty", Position(1, 1)),
        (b"\xef\xbb\xbf", "the file is empty", Position(1, 1)),
        (b"<a>\0</a>", "U+0000", Position(1, 4)),
        (b"\0" * 50, "U+0000", Position(1, 1)),
        ("<a>åä\n".encode() + b"\xe5</a>", "byte 0xe5 is not utf-8", Position(2, 1)),
        ("<a>å".encode()[:-1], "0xc3", Position(1, 4)),
        (b"<a>\xed\xa0\x80</a>", "0xed", Position(1, 4)),
        ("<a>å</a>".encode("utf-16")[:-1], "not utf-16", Position(1, 8)),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "its first bytes", Position(1, 21)),
        ('<?xml version="1.0" encoding="utf-8"?><a/>'.encode("utf-16"), "its first bytes", None),
        (b'<?xml version="1.0" encoding="zlib"?><a/>', "", None),
        (b'<?xml version="1.0" encoding="unicode_escape"?><a>\\u0041</a>', "not known", None),
        (b'<?xml version="1.0" encoding="us-ascii"?>\n<a>\xc3</a>', "not ascii", Position(2, 4)),
        (b'<?xml version="1.2"?><a/>', "XML 1.2", Position(1, 1)),
        (b"<a><?b:c d?></a>", ": cannot stand", Position(1, 7)),
        (b'<!DOCTYPE a [<!ENTITY b:c "d">]><a/>', "syntax error", None),
        (b"<a><b>\n<!-- ", "comment that begins here", Position(2, 1)),
        (b"<a>\x1b[31m</a>", "U+001B", Position(1, 4)),
    ],
)
def test_what_is_not_xml(data: bytes, message: str, where: Position | None) -> None:
    found = fault(data)
    assert found.code == "xml-not-well-formed"
    assert message in found.message
    assert where is None or found.where == where


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "iso-8859-1", "windows-1252", "cp037"]
)
def test_encodings(encoding: str) -> None:
    declared = {"utf-16-le": "utf-16"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<a>åäö<b/></a>'
    found = document(text.encode(encoding))
    assert found.text == "\n<a>åäö<b/></a>"
    assert found.places.at("/Q{}a[1]/Q{}b[1]") == Position(2, 7)
    assert found.warnings == ()


def test_utf_8_that_calls_itself_something_else() -> None:
    data = '<?xml version="1.0" encoding="windows-1252"?>\n<a>x å</a>'.encode()
    (found,) = document(data).warnings
    assert (found.code, found.where) == ("xml-encoding-suspect", Position(2, 6))


# --- what reaches outside


def test_xinclude_is_only_an_element(lax: Path) -> None:
    data = '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></a>'
    assert validate(data.encode(), [lax]) == []


@pytest.mark.parametrize(
    "href",
    ["file:///etc/passwd", "/etc/passwd", "data:,x", "http://127.0.0.1:9/x.rng", "", "\x7f.rng"],
)
def test_an_xml_model_that_points_outside(href: str) -> None:
    data = f'<?xml-model href="{href}" schematypens="http://relaxng.org/ns/structure/1.0"?><a/>'
    with pytest.raises(EncoderError) as caught:
        validate(data.encode(), name="x.xml")
    assert caught.value.exit_code in (2, 4)
    assert "root:" not in str(caught.value)


def test_instructions_after_the_document_element_name_no_schema() -> None:
    with pytest.raises(EncoderError, match="names no schema"):
        validate(b'<a/><?xml-model href="x.rng"?>')


# --- schemas

HEAD = 'xmlns="http://relaxng.org/ns/structure/1.0"'
# Of each of six kinds, any may be the first of the last dozen: 13 ways, and 13^6 for all.
KINDS = range(6)
DOZENS = "".join(
    f'<group><zeroOrMore><ref name="b{n}"/></zeroOrMore>' + f'<ref name="b{n}"/>' * 12 + "</group>"
    for n in KINDS
)
NAMED = "".join(
    f'<define name="b{n}"><element name="b{n}"><empty/></element></define>' for n in KINDS
)
OPEN = f"""
<grammar {HEAD}>{NAMED}
<start><element name="a"><interleave>{DOZENS}</interleave></element></start></grammar>
"""
CHILDREN = "".join(f"<b{n}/>" for n in KINDS) * 20


@pytest.mark.parametrize(
    ("schema", "data", "message"),
    [
        (f"<element name='a' {HEAD}>{'<group>' * 99_999}", "<a/>", "well-formed"),
        (OPEN, f"<a>{CHILDREN}</a>", "too ambiguous"),
        (
            f"<element name='a' {HEAD} datatypeLibrary='{datatypes.XSD}'><data type='string'>"
            "<param name='pattern'>(a|aa){1,5000}</param></data></element>",
            f"<a>{'a' * 9_000}</a>",
            "pattern .* leaves too much open",
        ),
    ],
    ids=("deep", "ambiguous", "pattern"),
)
def test_schemas_that_mean_harm(tmp_path: Path, schema: str, data: str, message: str) -> None:
    path = tmp_path / "x.rng"
    path.write_text(schema)
    with pytest.raises(UsageError, match=message) as caught:
        list(relaxng.check(document(data), path))
    assert caught.value.hint


@pytest.mark.parametrize("pattern", ["(a|a|aa)+b", "(a*)*b", "(a+a+)+b", "(.*a){25}b"])
def test_patterns_that_keep_others_busy(pattern: str) -> None:
    held = datatypes.find(datatypes.XSD, "string", [("pattern", pattern)])
    assert not held.allows("a" * 20_000, ())
    assert held.allows("a" * 20_000 + "b", ())


def test_a_long_enumeration(tmp_path: Path) -> None:
    values = "".join(f"<value>v{n}</value>" for n in range(20_000))
    path = tmp_path / "x.rng"
    path.write_text(f"<element name='a' {HEAD}><choice>{values}</choice></element>")
    assert list(relaxng.check(document("<a>v19999</a>"), path)) == []
    (told,) = relaxng.check(document("<a>v20000</a>"), path)
    assert len(told.message) < 300


def test_a_file_with_no_end_of_faults(tmp_path: Path) -> None:
    path = tmp_path / "x.rng"
    path.write_text(f"<element name='a' {HEAD}><empty/></element>")
    found = list(relaxng.check(document("<a>" + "<b/>" * 10_500 + "</a>"), path))
    assert len(found) == 10_001
    assert found[-1].code == "rng-too-many"


def test_a_file_with_no_end_of_pointers_to_nothing(tmp_path: Path) -> None:
    text = f"<TEI xmlns='{TEI}'>" + "<ptr target='#x'/>" * 10_500 + "</TEI>"
    schema = tmp_path / "x.rng"
    schema.write_text(
        f"<element name='TEI' ns='{TEI}' {HEAD}><zeroOrMore><element name='ptr'>"
        "<attribute name='target'/></element></zeroOrMore></element>"
    )
    found = validate(text.encode(), [schema])
    assert len(found) == 10_001
    assert [each.code for each in found[-2:]] == ["ref-dangling", "ref-too-many"]


def test_a_file_with_no_end_of_faults_by_xsd(tmp_path: Path) -> None:
    schema = tmp_path / "x.xsd"
    schema.write_text(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a'>"
        "<xs:complexType><xs:sequence><xs:element name='b' type='xs:int' maxOccurs='unbounded'/>"
        "</xs:sequence></xs:complexType></xs:element></xs:schema>"
    )
    found = validate(f"<a>{'<b>x</b>' * 10_500}</a>".encode(), [schema])
    assert len(found) == 10_001
    assert [each.code for each in found[-2:]] == ["xsd-value", "xsd-too-many"]
