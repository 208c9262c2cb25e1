"""`tei names`: the register and the texts, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from encoder import project
from encoder.cli import tei
from encoder.desk import Desk
from encoder.project import Project
from encoder.registers import read_register

TEXT = "Ett brev\n\nHär talade Märta Kvarnström länge med Bo Rask.\n\nSedan gick Kvarnström hem.\n"
REGISTER = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>
  <listPerson>
    <person xml:id="rask"><persName>Rask, Bo</persName><sex value="1"/></person>
  </listPerson>
  <listPlace>
    <place xml:id="umea"><placeName>Umeå</placeName><country>Sverige</country></place>
  </listPlace>
</standOff></TEI>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "persons.xml").write_text(REGISTER)
    return tmp_path


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(tei, ["names", *map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_the_known_and_the_new_are_told_apart(folder: Path) -> None:
    said = run(folder / "a.txt", "--persons", folder / "persons.xml", "--lang", "sv").stdout
    assert said.splitlines() == [
        "known         1  rask  Rask, Bo",
        "proposed      2  medium  Märta Kvarnström; Kvarnström",
    ]


def test_each_mention_says_what_decided_it(folder: Path) -> None:
    register = folder / "persons.xml"
    said = run(folder / "a.txt", "--persons", register, "--lang", "sv", "--why").stdout
    assert "a.txt:3:39" in said
    assert "[Bo Rask]" in said
    assert "(high: forename or initial, and surname)" in said
    assert "forename" in said.splitlines()[3]


def test_who_is_new_is_added_once_and_nothing_else_changes(folder: Path) -> None:
    register = folder / "persons.xml"
    words = (folder / "a.txt", "--persons", register, "--lang", "sv", "--write")
    run(*words)
    first = register.read_text()
    assert list(read_register(register).by_id) == ["rask", "marta-kvarnstrom", "umea"]
    before, _, after = REGISTER.partition("  </listPerson>")
    assert first.startswith(before)
    assert first.endswith(after)
    run(*words)
    assert register.read_text() == first


def test_who_of_the_register_is_meant_may_be_open_and_is_no_news(folder: Path) -> None:
    (folder / "a.txt").write_text(
        "Mary and Mary Maclean came. Then Mary Grierson said no, and Mary wept. Miss Mary sang.\n"
    )
    register = folder / "persons.xml"
    words = (folder / "a.txt", "--persons", register, "--lang", "en", "--write")
    run(*words)
    first = register.read_text()
    assert ">Mary<" in first
    assert "proposed" in run(*words).stdout
    assert register.read_text() == first


def test_a_new_register_is_made_and_is_valid(folder: Path) -> None:
    (folder / "persons.xml").unlink()
    run(folder / "a.txt", "--lang", "sv", "--write")
    schema = Path(__file__).parent.parent / "schemas" / "edition.rng"
    words = ["validate", str(folder / "persons.xml"), "--schema", str(schema)]
    result = CliRunner().invoke(tei, words)
    assert result.exit_code == 0, result.output


def test_names_of_a_tei_file_are_marked(folder: Path) -> None:
    path = folder / "old.xml"
    tei_text = "<TEI xml:lang='sv'><text><p>Till Bo Rask i Umeå.</p></text></TEI>"
    path.write_text(tei_text)
    run(path, "--persons", folder / "persons.xml", "--write")
    said = path.read_text()
    assert '<persName ref="persons.xml#rask" cert="high">Bo Rask</persName>' in said
    assert '<placeName ref="persons.xml#umea" cert="high">Umeå</placeName>' in said


def test_a_spreadsheet_becomes_entries_and_entries_a_spreadsheet(folder: Path) -> None:
    sheet, register = folder / "a.csv", folder / "persons.xml"
    sheet.write_text("Kod;Namn\nek;Anna Ek\nrask;Bo Rask\n")
    columns = ("--map", "id=Kod", "--map", "name=Namn")
    run("--import", sheet, *columns, "--persons", register, "--write")
    assert list(read_register(register).by_id) == ["rask", "ek", "umea"]
    run("--persons", register, "--export", folder / "out.csv")
    assert "ek,Anna Ek" in (folder / "out.csv").read_text("utf-8-sig")


def test_entries_of_every_kind_are_copied_into_the_edition(folder: Path) -> None:
    source = folder / "b.txt"
    source.write_text("I Umeå bodde Bo Rask.\n")
    desk = Desk.of(Project.none(), [folder / "persons.xml"], "sv")
    written = desk.encode(desk.read(source)).tei.decode()
    assert '<placeName ref="#umea"' in written
    assert '<listPlace>\n<place xml:id="umea"><placeName>Umeå</placeName></place>' in written
    assert "<sex" not in written


def test_a_title_in_another_element_stays_outside_the_name(folder: Path) -> None:
    file = folder / "b.xml"
    body = "<p>så sade <hi>Herr</hi> Rask, och Herr Bo Rask</p>"
    file.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    )
    run(file, "--persons", folder / "persons.xml", "--lang", "sv", "--write")
    marked = file.read_text()
    assert '<hi>Herr</hi> <persName ref="persons.xml#rask" cert="high">Rask</persName>' in marked
    assert '<persName ref="persons.xml#rask" cert="high">Herr Bo Rask</persName>' in marked


def test_a_register_that_is_not_there_is_made(folder: Path) -> None:
    target = folder / "new.xml"
    run(folder / "a.txt", "--persons", target, "--lang", "sv", "--write")
    assert list(read_register(target).by_id) == ["marta-kvarnstrom", "bo-rask"]


def test_a_register_that_is_named_twice_is_read_once(folder: Path) -> None:
    register = folder / "persons.xml"
    (folder / "edition.toml").write_text("format = 1\n")
    said = run("--project", folder, "--persons", register, "--export", "-").stdout
    assert said.count("rask,") == 1
    desk = Desk.of(project.load(folder), [register])
    assert [entry.id for entry in desk.register.persons] == ["rask"]
