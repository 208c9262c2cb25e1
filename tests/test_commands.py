"""The reference of the commands is current, and every example in it works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from encoder.cli.command import Command
from encoder.resources import schema
from tests import commands
from tests.web import Web

TEXT = "A heading\n\nThe first paragraph, of Anna Holm.\n\nThe second.\n"
PERSONS = """\
<listPerson xmlns="http://www.tei-c.org/ns/1.0">
<person xml:id="holm"><persName type="main">Anna Holm</persName></person>
</listPerson>
"""


def test_the_reference_is_current() -> None:
    assert commands.PAGE.read_text("utf-8") == commands.page(), "run `make accept`"


def test_every_command_has_an_example_of_itself() -> None:
    for context in commands.contexts():
        if isinstance(context.command, Command):
            assert commands.example(context).startswith(context.command_path + " ")


def test_every_option_says_what_it_means() -> None:
    lines = commands.page().splitlines()
    options = [line for line in lines if line.startswith("| `-")]
    assert options
    assert [line for line in options if line.endswith("` |  |")] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the examples name; those that are made come from them."""
    for name in ("letter.txt", "letter-1.txt", "letter-2.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    (tmp_path / "persons.xml").write_text(PERSONS, "utf-8")
    (tmp_path / "schemas").mkdir()
    shutil.copy(schema("edition.odd"), tmp_path / "schemas")
    shutil.copy(schema("edition.rng"), tmp_path / "tei_all.rng")
    _run("tei encode letter.txt -o tei/letter.xml", tmp_path)
    return tmp_path


def test_the_examples_work_one_after_another(folder: Path, web: Web) -> None:
    web.serve("edition.rng", schema("edition.rng").read_text("utf-8"))
    for line in commands.examples():
        _run(line.replace("https://example.org", web.root), folder)
    made = ("letters/build/report.html", "letter.xml", "letter.pdf", "out/edition.rng")
    assert [name for name in made if not (folder / name).is_file()] == []


def _run(line: str, folder: Path) -> None:
    """Run a line as a shell does, with our `tei` first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": "0"},
    )
    assert done.returncode == 0, f"{line}\n{done.stdout.decode()}{done.stderr.decode()}"
