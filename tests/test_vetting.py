"""What is wrong in a register is told by its own line, before any text has a copy of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from encoder.cli import tei
from encoder.registers import read_register
from encoder.vetting import vetted

GOOD = """\
<person xml:id="rehn">
  <persName xml:lang="sv"><forename>Otto</forename> <surname>Rehn</surname></persName>
  <birth when="1850-02-28"/><death notBefore="1911">about 1912</death><idno type="GND">1</idno>
  <note>the one of <ref target="https://example.org/a">the mill</ref></note></person>
"""


def register(folder: Path, *entries: str) -> Path:
    path = folder / "persons.xml"
    body = "\n".join((GOOD, *entries))
    path.write_text(f'<listPerson xmlns="http://www.tei-c.org/ns/1.0">\n{body}\n</listPerson>')
    return path


def faults(path: Path) -> list[tuple[str, str]]:
    return [(str(f.where), f.code) for f in vetted([read_register(path)])]


def test_a_register_as_most_are_has_no_fault(tmp_path: Path) -> None:
    assert faults(register(tmp_path)) == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ('<birth when="1850-02-31"/>', "rng-attribute-value"),
        ('<death when="in May"/>', "rng-attribute-value"),
        ('<idno type="two words">1</idno>', "rng-attribute-value"),
        ("<note>of <b>them</b></note>", "rng-element-unknown"),
    ],
)
def test_what_no_edition_may_have_is_told_at_its_entry(
    tmp_path: Path, entry: str, code: str
) -> None:
    bad = f'<person xml:id="ek"><persName>Anna Ek</persName>{entry}</person>'
    other = '<person xml:id="ask"><persName>Sven Ask</persName></person>'
    assert faults(register(tmp_path, other, bad)) == [("8:1", code)]


def test_what_an_edition_copies_in_another_shape_is_no_fault(tmp_path: Path) -> None:
    entry = (
        '<person xml:id="ek" ana="own words"><persName type="a b">Anna Ek</persName>'
        "<myState>odd</myState></person>"
    )
    assert faults(register(tmp_path, entry)) == []


def test_each_command_tells_a_fault_of_the_register(tmp_path: Path) -> None:
    path = register(
        tmp_path, '<person xml:id="e"><persName>A Ek</persName><birth when="x"/></person>'
    )
    text = tmp_path / "a.txt"
    text.write_text("A letter\n\nOtto Rehn came.\n")
    (tmp_path / "b.txt").write_text("Another\n\nOtto Rehn left.\n")
    (tmp_path / "edition.toml").write_text("format = 1\n")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(text.read_text())
    for command in (
        ["encode", str(text), "--no-project", "--persons", str(path)],
        ["encode", str(text), str(tmp_path / "b.txt"), "-o", str(tmp_path / "out"), "-j", "1"],
        ["names", str(text)],
        ["build", str(tmp_path), "-j", "1"],
    ):
        result = CliRunner().invoke(tei, command)
        assert f"{path}:7:1 warning rng-attribute-value" in result.stderr, result.output


def test_what_is_not_well_formed_is_told_with_a_command_that_says_more(tmp_path: Path) -> None:
    path = register(tmp_path, "<person>")
    result = CliRunner().invoke(tei, ["names", "a.txt", "--persons", str(path)])
    told = getattr(result.exception, "hint", "")
    assert f"tei validate {path}" in told
