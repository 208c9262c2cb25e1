"""Small schemas, right and wrong: what jing refuses we refuse, and say where.

`fixtures/schemas.tsv` has a name, jing's verdict and the schema in each line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.errors import UsageError
from encoder.validate import validate

LINES = (Path(__file__).parent / "fixtures" / "schemas.tsv").read_text("utf-8").splitlines()
CASES = {name: (verdict, text) for name, verdict, text in (line.split("\t") for line in LINES)}
RNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"


@pytest.mark.parametrize("name", CASES)
def test_a_schema_is_right_or_refused(tmp_path: Path, name: str) -> None:
    verdict, text = CASES[name]
    path = tmp_path / "x.rng"
    path.write_text(text.replace("<grammar", f'<grammar xmlns="{RNG}" datatypeLibrary="{XSD}"', 1))
    if verdict == "ok":
        validate(b"<a/>", [path], name="x.xml")
        return
    with pytest.raises(UsageError) as caught:
        validate(b"<a/>", [path], name="x.xml")
    assert caught.value.place.startswith(str(path))
    assert caught.value.hint
