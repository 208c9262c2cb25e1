"""A file is written whole or not at all, and one that a person edited stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from encoder import files
from encoder.errors import OutputError


def test_what_we_wrote_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    assert files.write_tei(path, b"<one/>") == []
    assert files.write_tei(path, b"<two/>") == []
    assert path.read_bytes() == b"<two/>"
    assert (tmp_path / ".tei/written/a.xml").read_bytes() == b"<two/>"


def test_an_edited_file_is_kept_and_ours_laid_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    files.write_tei(path, b"<one/>")
    path.write_bytes(b"<one>by hand</one>")
    (finding,) = files.write_tei(path, b"<two/>")
    assert (finding.code, finding.severity) == ("merge-conflict", "error")
    assert path.read_bytes() == b"<one>by hand</one>"
    assert (tmp_path / "a.new.xml").read_bytes() == b"<two/>"


def test_a_file_that_is_not_ours_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<theirs/>")
    (finding,) = files.write_tei(path, b"<ours/>")
    assert finding.code == "edited-by-hand"
    assert path.read_bytes() == b"<theirs/>"


def test_an_edit_that_says_the_same_is_no_edit(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<one/>")
    assert files.write_tei(path, b"<one/>") == []
    assert not (tmp_path / "a.new.xml").exists()


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xml"
    files.write(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        files.write(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.xml"]
    assert path.read_bytes() == b"old"


def test_a_folder_in_the_way_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.xml").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        files.write(tmp_path / "a.xml", b"x")


def test_files_get_the_rights_of_the_user(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        files.write(tmp_path / "a", b"x")
    finally:
        os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
