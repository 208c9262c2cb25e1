"""A little of `make fuzz`, always the same: spoilt files give a sound result or a clear error."""

from __future__ import annotations

import pytest

from fuzzing.spoiling import spoilt
from fuzzing.targets import targets

# Files of each target: together they take some seconds.
FILES = 40


@pytest.mark.parametrize("name", targets())
def test_spoilt_files_do_no_harm(name: str) -> None:
    target = targets()[name]
    for seed in target.seeds:
        target.run(seed)
    for number in range(FILES):
        target.take(spoilt(target.seeds, target.words, number))
