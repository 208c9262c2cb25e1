"""A little of `make fuzz`, always the same: spoilt files give a sound result or a clear error."""

from __future__ import annotations

import pytest

from fuzzing.spoiling import bared, doubled, spoilt
from fuzzing.targets import TESTS, targets

# Files of each target: together they take some seconds.
FILES = 40


@pytest.mark.parametrize("name", targets())
def test_spoilt_files_do_no_harm(name: str) -> None:
    target = targets()[name]
    for seed in target.seeds:
        target.run(seed)
    for number in range(FILES):
        target.take(spoilt(target.seeds, target.words, number))


@pytest.mark.parametrize("name", ["html", "typst", "simple"])
def test_an_element_that_stands_twice_is_rendered(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    everything = (TESTS / "fixtures" / "everything.xml").read_bytes()
    for xml in doubled(everything):
        targets()[name].run(xml)
    assert "XTDE0540" not in capfd.readouterr().err  # two templates, and Saxon had to choose


@pytest.mark.parametrize("name", ["html", "typst", "simple"])
def test_an_element_that_lacks_an_attribute_is_rendered(name: str) -> None:
    everything = (TESTS / "fixtures" / "everything.xml").read_bytes()
    for xml in bared(everything):
        targets()[name].run(xml)
