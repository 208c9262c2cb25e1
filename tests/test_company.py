"""Who is meant by little of a name, the other texts of a project may tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.desk import Desk
from encoder.project import load

PEOPLE = ("Richard Asp", "Richard Ek", "Richard Rehn", "Karl Holt", "Knut Holt", "Anna Ek")
LONE = "Kära vän!\n\nI går kom Richard hit, och Holt följde med. Vi såg Richards bror.\n"


def project(folder: Path, *companions: str) -> Desk:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "edition.toml").write_text('format = 1\n[edition]\nlanguage = "sv"\n')
    entries = (
        f'<person xml:id="p{n}"><persName>{name}</persName></person>'
        for n, name in enumerate(PEOPLE)
    )
    (folder / "persons.xml").write_text(f"<listPerson>{''.join(entries)}</listPerson>")
    for number, text in enumerate(companions):
        (folder / "sources" / f"{number}.txt").write_text(text)
    (folder / "sources" / "lone.txt").write_text(LONE)
    return Desk.of(load(folder))


def marked(desk: Desk) -> list[str]:
    path = desk.project.source_dir / "lone.txt"
    spans = [s for s in desk.edition(desk.read(path)).spans if s.tag == "persName"]
    return [f"{LONE[s.start : s.end]}={PEOPLE[int(s.attrs['ref'][2:])]} {s.cert}" for s in spans]


@pytest.mark.parametrize(
    ("companions", "expected"),
    [
        ((), ["Holt=Karl Holt low"]),
        (
            ("Då sade Richard Ek och Knut Holt.\n",),
            ["Richard=Richard Ek medium", "Holt=Knut Holt medium", "Richards=Richard Ek medium"],
        ),
        # By surname only: this one is not on terms of forenames.
        (("Då sade Rehn.\n",), ["Holt=Karl Holt low"]),
        # Two of them, as often.
        (("Richard Ek och Richard Rehn.\n",), ["Holt=Karl Holt low"]),
        (
            ("Richard Ek och Richard Rehn.\n", "Så kom Richard Ek.\n"),
            ["Richard=Richard Ek medium", "Holt=Karl Holt low", "Richards=Richard Ek medium"],
        ),
    ],
)
def test_the_other_texts_decide_between_bearers(
    tmp_path: Path, companions: tuple[str, ...], expected: list[str]
) -> None:
    assert marked(project(tmp_path, *companions)) == expected


def test_what_the_text_itself_says_outweighs_the_others(tmp_path: Path) -> None:
    desk = project(tmp_path, "Då sade Richard Ek.\n", "Richard Ek kom.\n")
    (tmp_path / "sources" / "lone.txt").write_text("Richard Asp kom. Då sade Richard nej.\n")
    desk = Desk.of(load(tmp_path))
    path = desk.project.source_dir / "lone.txt"
    spans = [s for s in desk.edition(desk.read(path)).spans if s.tag == "persName"]
    assert {s.attrs["ref"] for s in spans} == {"#p0"}


def test_the_others_are_asked_only_where_the_text_does_not_tell(tmp_path: Path) -> None:
    desk = project(tmp_path, "En dag.\n")
    desk.edition(desk.read(desk.project.source_dir / "lone.txt"))
    assert desk.vocabulary.asked
    plain = project(tmp_path)
    (tmp_path / "sources" / "plain.txt").write_text("Så sade Richard Ek till Anna.\n")
    plain.edition(plain.read(plain.project.source_dir / "plain.txt"))
    assert not plain.vocabulary.asked


def test_the_only_text_of_a_project_is_no_companion_of_itself(tmp_path: Path) -> None:
    desk = project(tmp_path)
    desk.edition(desk.read(desk.project.source_dir / "lone.txt"))
    assert not desk.vocabulary.asked
    other = tmp_path / "other.txt"
    other.write_text(LONE)
    desk.edition(desk.read(other))
    assert desk.vocabulary.asked
