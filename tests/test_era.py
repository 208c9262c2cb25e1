"""When those of a register lived tells the year of a text, and bearers apart."""

from __future__ import annotations

import pytest

from encoder.naming.era import Era
from encoder.registers import Name, Person
from tests.test_names import edition, names


def person(ident: str, name: str, birth: str = "", death: str = "") -> Person:
    return Person(ident, (Name(name),), birth=birth, death=death)


OLD = [person(f"o{n}", f"Old{n} Rehn{n}", str(1840 + n), str(1910 + n)) for n in range(9)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Iselsberg, 18. VIII. 93.", 1893),
        ("Wien 1. 1. 92.", 1892),
        ("20. 12. 905 Wien", 1905),
        ("Warnemünde 3/7 08", 1908),
        ("d. 4 Febr. ’80", 1880),
        ("18. 8. 1893", 0),  # that is said elsewhere
        ("Nr. 18, 8 Trappor", 0),
        ("", 0),
    ],
)
def test_a_year_cut_short_is_that_in_which_most_lived(text: str, year: int) -> None:
    assert Era.of(OLD).year(text) == year


def test_nobody_and_nobody_alive_tell_no_year() -> None:
    assert Era.of([person("a", "Bo Ask")]).year("1. 1. 92") == 0
    assert Era.of([person("a", "Bo Ask", "1101", "1102")]).year("1. 1. 92") == 0


def meant(text: str, *people: Person) -> list[tuple[str, str]]:
    found = names.find(edition(text, [*people, *OLD]), names.Profile(language="sv"))
    return [
        (s.attrs["ref"], s.cert) for s in found if isinstance(s, names.Span) and "ref" in s.attrs
    ]


def test_the_unborn_and_children_are_not_meant() -> None:
    father, child = person("f", "Felix Holt", "1860"), person("c", "Paul Holt", "1885")
    late = person("l", "Peter Holt", "1901")
    assert meant("Lund 1. 1. 92.\n\nSå kom Holt hit.", child, late, father) == [("#f", "medium")]


def test_without_a_year_the_generation_of_most_is_likelier_but_not_sure() -> None:
    near, far = person("n", "Felix Holt", "1850"), person("f", "Paul Holt", "1790", "1860")
    assert meant("Så kom Holt hit.", far, near) == [("#n", "low")]


def test_whom_the_register_tells_apart_by_an_addition_is_meant_less() -> None:
    son, father = person("s", "Paul Holt (fils)", "1845"), person("f", "Paul Holt", "1845")
    assert meant("Så kom Paul Holt hit.", son, father) == [("#f", "medium")]


def test_a_life_may_be_told_in_a_name() -> None:
    dead, near = person("d", "Bo Holt (1790-1799)"), person("n", "Ove Holt (1850–1913)")
    assert meant("Lund 1. 1. 92.\n\nSå kom Holt hit.", dead, near) == [("#n", "medium")]
    born = person("b", "Ida Holt (1899-)")
    assert meant("Lund 1. 1. 92.\n\nSå kom Holt hit.", born, near) == [("#n", "high")]
