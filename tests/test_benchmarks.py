"""What of `make bench` can be wrong without anybody seeing it: what is read, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks.novel import COLUMNS, written
from benchmarks.record import DOCUMENT, END, START, recorded
from benchmarks.rows import FAILED, Row, kept
from benchmarks.table import table
from encoder.desk import Desk
from encoder.project import Project


def test_a_run_takes_the_place_of_the_one_before() -> None:
    made = recorded(f"# A\n\n{START}\n\nold\n\n{END}\n\nWhat it says.\n", ["new", "er"])
    assert made == f"# A\n\n{START}\n\nnew\ner\n\n{END}\n\nWhat it says.\n"


@pytest.mark.parametrize("document", ["", START, f"{END}{START}", f"{START}{START}{END}"])
def test_a_document_without_its_marks_is_left_alone(document: str) -> None:
    with pytest.raises(ValueError, match="no place for what was measured"):
        recorded(document, ["new"])


def test_the_document_has_a_place_for_what_is_measured() -> None:
    document = DOCUMENT.read_text("utf-8")
    assert recorded(recorded(document, ["a"]), ["b"]) == recorded(document, ["b"])


def test_a_command_that_fails_leaves_the_rows_before_it() -> None:
    def group() -> Iterator[Row]:
        yield Row("one", "two", absent="x")
        raise CalledProcessError(3, ["a", "b"])

    *_, one, two = table(kept(group()))
    assert one.startswith("| one | two |")
    assert two.startswith(f"| {FAILED} |")
    assert "`a b` ended with 3" in two


def test_a_novel_is_read_as_one(tmp_path: Path) -> None:
    path = written(tmp_path / "novel.txt", 60_000)
    assert max(map(len, path.read_text("utf-8").splitlines())) <= COLUMNS
    assert path.read_bytes() == written(tmp_path / "again.txt", 60_000).read_bytes()
    desk = Desk.of(Project.none())
    tei = desk.encode(desk.read(path)).tei.decode()
    chapters = path.read_text("utf-8").count("CHAPTER ")
    assert chapters > 1
    assert tei.count("<head>CHAPTER ") == chapters
    assert tei.count('unit="section"') == chapters
    assert '<hi rend="italic pre(_) post(_)">not</hi>' in tei
    assert "<note " in tei
    assert 'xml:lang="en"' in tei
