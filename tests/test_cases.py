"""The case files hold: what they show is what is made, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from encoder.model import collapse
from tests import literate

CASES = [case for path in sorted(literate.FOLDER.glob("*.md")) for case in literate.cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_text_becomes_the_tei_beside_it(case: literate.Case) -> None:
    assert literate.body(case) == case.tei


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_tei_gives_the_text_back(case: literate.Case) -> None:
    assert literate.given_back(case) == collapse(case.text)


def test_every_case_is_read() -> None:
    pages = [path.read_text("utf-8") for path in literate.FOLDER.glob("*.md")]
    assert len(CASES) == sum(page.count("\n```text") for page in pages) > 20
