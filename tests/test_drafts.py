"""Entries are added to a register, and names to a TEI document, and no other byte changes."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from encoder.errors import UsageError
from encoder.naming.deciding import judge
from encoder.naming.drafts import added, draft, identifier
from encoder.naming.inside import marked, read
from encoder.registers import Name, Person, read_register

ENTRY = draft("ek", ["Anna Ek", "Ek & Co"])
REGISTERS = [
    b'<listPerson xmlns="http://www.tei-c.org/ns/1.0"/>',
    b"<listPerson><person xml:id='a'><persName>A</persName></person></listPerson>",
    b"<TEI>\r\n\t<listPerson>\r\n\t\t<!-- keep -->\r\n\t</listPerson>\r\n</TEI>\r\n",
    b'<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:listPerson >\n  </t:listPerson></t:TEI>',
    b'<listPerson type="x" ></listPerson >',
]
PEOPLE = (
    Person("ek", (Name("Anna Ek"),)),
    Person("boss", (Name("Bo Ask"), Name("bossen", "role"))),
)


@pytest.mark.parametrize("register", REGISTERS)
def test_an_entry_is_added_and_nothing_else_changes(register: bytes, tmp_path: Path) -> None:
    path = tmp_path / "persons.xml"
    path.write_bytes(added(register, [ENTRY], "person", "persons.xml"))
    assert "ek" in read_register(path).by_id
    lost = [
        old
        for kind, a, b, _, _ in difflib.SequenceMatcher(
            None, register, path.read_bytes(), autojunk=False
        ).get_opcodes()
        if kind in ("delete", "replace") and (old := register[a:b])
    ]
    assert b"".join(lost) in (b"", b"/", b" /")


def test_where_there_is_no_list_nothing_is_added() -> None:
    with pytest.raises(UsageError, match="no <listPerson>"):
        added(b"<TEI/>", [ENTRY], "person", "a.xml")


def test_an_id_is_plain_and_free() -> None:
    assert identifier("Øyvind Ås", set()) == "oyvind-as"
    assert identifier("Øyvind Ås", {"oyvind-as", "oyvind-as-2"}) == "oyvind-as-3"
    assert identifier("1. ?", set()) == "n-1"


def inside(body: str, encoding: str = "utf-8") -> str:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    data = f"{declared}<TEI><teiHeader>Anna Ek</teiHeader><text>{body}</text></TEI>".encode(
        encoding
    )
    reading = read(data, "a.xml")
    judged = judge([reading.text], PEOPLE, "sv")
    written, _ = marked(data, reading, judged, lambda ident: f"p.xml#{ident}")
    whole = written.decode(encoding)
    return whole[whole.index("<text>") + 6 : whole.index("</text>")]


MARKED = '<persName ref="p.xml#ek" cert="high">{}</persName>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>åt Anna Ek då</p>", "Anna Ek"),
        ("<p>åt Anna\n  Ek då</p>", "Anna\n  Ek"),
        ("<p>åt Anna<lb/>\nEk då</p>", "Anna<lb/>\nEk"),
        ("<p>&#xE5;t &amp; Anna Eks då<!-- Anna Ek --></p>", "Anna Eks"),
        ("<p><hi>åt Anna Ek</hi></p>", "Anna Ek"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_a_name_is_marked_in_place(body: str, words: str, encoding: str) -> None:
    assert inside(body, encoding) == body.replace(words, MARKED.format(words), 1)


@pytest.mark.parametrize(
    "body",
    [
        "<p>åt <persName>Anna Ek</persName></p>",
        "<p>åt <hi>Anna</hi> <hi>Ek</hi></p>",
        "<p>Maria</p><p>Maria</p>",
        "<choice><sic>Anne Ik</sic><corr>Anna Ek</corr></choice>",
        "<p>åt <![CDATA[Anna Ek]]></p>",
        "<p>åt <![CDATA[Anna]]> Ek</p>",
        "<p><code>Anna Ek</code> <w>Anna Ek</w> <idno>Anna Ek</idno> <c>Anna</c></p>",
        '<p xmlns:e="http://www.tei-c.org/ns/Examples"><e:egXML>Anna Ek</e:egXML></p>',
    ],
)
def test_what_cannot_be_marked_is_left(body: str) -> None:
    assert inside(body) == body


@pytest.mark.parametrize(("prefix", "colon"), [("", ""), ("t", ":")])
def test_a_name_has_the_prefix_of_tei_whatever_else_is_called_text(prefix: str, colon: str) -> None:
    t = prefix + colon
    bound = f"xmlns{colon}{prefix}"
    data = (
        f'<{t}TEI {bound}="http://www.tei-c.org/ns/1.0" xmlns:x="http://example.org/other">'
        f"<{t}text><{t}p>såg Anna Ek <x:text>Anna Ek</x:text></{t}p></{t}text></{t}TEI>"
    )
    reading = read(data.encode(), "a.xml")
    written, _ = marked(data.encode(), reading, judge([reading.text], PEOPLE, "sv"), str)
    name = f'<{t}persName ref="ek" cert="high">Anna Ek</{t}persName>'
    assert written.decode() == data.replace("Anna Ek", name, 1)


def test_a_name_beside_a_section_of_characters_is_marked() -> None:
    assert inside("<p>åt <![CDATA[<a>]]> Anna Ek</p>").endswith(f"{MARKED.format('Anna Ek')}</p>")


def test_what_is_marked_is_not_marked_again() -> None:
    body = "<p>åt Anna Ek, <![CDATA[Anna Ek]]> och <hi>Anna</hi> Ek</p><l>Ek:s</l>"
    once = inside(body)
    assert once != body
    assert inside(once) == once


def test_a_role_is_a_reference() -> None:
    said = '<rs type="person" ref="p.xml#boss" cert="high">bossen</rs>'
    assert inside("<p>hos bossen</p>") == f"<p>hos {said}</p>"
