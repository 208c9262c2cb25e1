"""Characters that XML cannot hold: each a `g`, told once, whatever a project leaves."""

from typing import get_args

import pytest

from encoder.annotate import characters
from encoder.edition import Edition
from encoder.metadata import Metadata
from encoder.model import Finding, Span
from encoder.pipeline import encode
from encoder.profile import Construct, Profile
from encoder.read.layout import layout
from encoder.registers import Register
from encoder.write.document import document
from encoder.write.verify import verify
from tests.editions import source


def find(text: str) -> list[Span | Finding]:
    read = source(text)
    edition = Edition(read, layout(read, Profile()), Metadata(), Register())
    return list(characters.find(edition, Profile()))


def test_a_character_xml_cannot_hold_is_a_g_and_reported_once_a_kind() -> None:
    text = "a\x08b\x08c\x1f\ufffe\uffff"
    found = find(text)
    spans = [(s.start, s.end, s.attrs["ref"]) for s in found if isinstance(s, Span)]
    assert spans == [
        (1, 2, "#u0008"),
        (3, 4, "#u0008"),
        (5, 6, "#u001f"),
        (6, 7, "#ufffe"),
        (7, 8, "#uffff"),
    ]
    findings = [f for f in found if isinstance(f, Finding)]
    assert {f.code for f in findings} == {"character-not-xml"}
    assert len(findings) == 4
    assert "2 times" in findings[0].message
    assert findings[0].evidence == "a�b�c���"


@pytest.mark.parametrize("char", ["\t", "\n", "\r", "\x0b", "\x0c", "\x7f", "\x85", "\ufffd", "😀"])
def test_other_characters_are_no_g(char: str) -> None:
    assert find(f"a{char}b") == []


def test_they_are_written_where_all_else_is_left() -> None:
    read = source("A word with\x01 a control in it.\n")
    profile = Profile(language="en", leave=get_args(Construct))
    tei = document(encode(read, profile), profile)
    assert verify(tei, read, "a.xml") == []
