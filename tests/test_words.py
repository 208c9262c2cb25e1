"""Words over line ends, judged by what is known from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder import project
from encoder.desk import Desk
from encoder.errors import UsageError
from encoder.model import Source
from encoder.read.source import decode

BROKEN = (
    "They will over-\ntake us in the great wood, and went over the hill, but did not take it.\n"
)
TOML = 'format = 1\n[reading]\ndictionaries = ["english"]\n'


def folder(tmp_path: Path, toml: str = "format = 1\n", **companions: str) -> Desk:
    """Return the desk of a project with the broken text and others beside it."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "edition.toml").write_text(toml)
    for name, text in {"broken": BROKEN, **companions}.items():
        (tmp_path / "sources" / f"{name}.txt").write_text(text)
    return Desk.of(project.load(tmp_path))


def word_list(tmp_path: Path, *words: str) -> None:
    """Lay a word list beside the project."""
    (tmp_path / "english.aff").write_text("SET UTF-8\n")
    (tmp_path / "english.dic").write_text("\n".join([str(len(words)), *words, ""]))


def text() -> Source:
    return decode(BROKEN.encode(), "broken.txt")


def test_a_companion_tells(tmp_path: Path) -> None:
    encoded = folder(tmp_path, other="Nobody can overtake us.\n").encode(text())
    assert b'over<pc force="weak" type="companion">-</pc><lb break="no"/>take' in encoded.tei
    assert not encoded.findings


def test_without_a_companion_there_is_a_doubt(tmp_path: Path) -> None:
    encoded = folder(tmp_path).encode(text())
    assert b'over-<lb break="maybe"/>take' in encoded.tei
    assert [finding.code for finding in encoded.findings] == ["hyphen-unclear"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("overtake", "over", "take"), b'<pc force="weak" type="dictionary">-</pc><lb'),
        (("over", "take"), b'over<pc force="inter" type="dictionary">-</pc>take'),
        (("hill",), b'over-<lb break="maybe"/>take'),
    ],
)
def test_a_word_list_tells(tmp_path: Path, words: tuple[str, ...], expected: bytes) -> None:
    word_list(tmp_path, *words)
    tei = folder(tmp_path, TOML).encode(text()).tei
    assert expected in tei
    assert b"Word lists: english (SHA-256 " in tei


def test_a_word_list_that_is_nowhere_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        folder(tmp_path, TOML)
    assert str(caught.value).startswith(f"{tmp_path / 'edition.toml'}:3: [reading] dictionaries")
