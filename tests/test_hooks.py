"""What others run of ours, the action and the pre-commit hook, does what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from encoder.formats import WRITERS
from encoder.resources import schema

ROOT = Path(__file__).parent.parent
RULE = ROOT / "tests" / "rules" / "corr-voice"
ACTION = (ROOT / "action.yml").read_text("utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
GUIDE = (ROOT / "docs" / "validate.md").read_text("utf-8")
INPUT = re.compile(r"^  ([a-z-]+):\n    description: .*\n    default: (.*)$", re.MULTILINE)
ENV = re.compile(r"^        ([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file that is right, one that is wrong, and a schema."""
    shutil.copy(RULE / "valid.xml", tmp_path / "valid file.xml")
    shutil.copy(RULE / "invalid.xml", tmp_path / "invalid.xml")
    shutil.copy(schema("edition.sch"), tmp_path / "our rules.sch")
    return tmp_path


def run(command: list[str], folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command with our `tei` first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path, **env},
        check=False,
    )


def hook(*args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the hook as pre-commit does: its entry, its arguments, the names of the files."""
    entry = re.findall(r"^  entry: (.*)$", HOOKS, re.MULTILINE)[0]
    return run([*shlex.split(entry), *args], folder)


def action(folder: Path, **said: str) -> subprocess.CompletedProcess[str]:
    """Run the last step of the action as a runner does, with these inputs over its own."""
    defaults = {name: value.strip('"') for name, value in INPUT.findall(ACTION)}
    inputs = {**defaults, **said}
    env = {variable: inputs[name] for variable, name in ENV.findall(ACTION)}
    script = dedent(ACTION.rpartition("run: |\n")[2])
    return run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], folder, **env)


def test_the_hook_passes_what_is_valid_and_fails_what_is_not(folder: Path) -> None:
    given = ("--schema", "our rules.sch")
    assert hook(*given, "valid file.xml", folder=folder).returncode == 0
    failed = hook(*given, "valid file.xml", "invalid.xml", folder=folder)
    assert (failed.returncode, "sch-corr-voice" in failed.stdout) == (1, True)


def test_the_action_passes_what_is_valid(folder: Path) -> None:
    done = action(folder, files="\nvalid file.xml\n", schemas="our rules.sch")
    assert (done.returncode, done.stderr) == (0, "")
    assert "- valid file.xml: valid (our rules.sch)" in done.stdout


def test_the_action_fails_what_is_not_valid_anywhere_in_the_folder(folder: Path) -> None:
    done = action(folder, schemas="our rules.sch")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=invalid.xml,line=")


def test_the_action_says_which_file_names_no_schema(folder: Path) -> None:
    done = action(folder, files="invalid.xml")
    assert (done.returncode, "--schema" in done.stderr) == (2, True)


def test_the_action_writes_a_file(folder: Path) -> None:
    done = action(folder, schemas="our rules.sch", format="sarif", output="out.sarif")
    assert (done.returncode, done.stdout) == (1, "")
    assert '"version": "2.1.0"' in (folder / "out.sarif").read_text("utf-8")


def test_the_action_adds_to_a_log_that_is_a_file(folder: Path) -> None:
    log = folder / "log.txt"
    defaults = {name: value.strip('"') for name, value in INPUT.findall(ACTION)}
    env = {variable: defaults[name] for variable, name in ENV.findall(ACTION)}
    script = f"exec >> log.txt; echo begun; {dedent(ACTION.rpartition('run: |')[2])}"
    run(["bash", "-c", script], folder, **env | {"FILES": "valid file.xml"})
    assert log.read_text("utf-8").startswith("begun\n")


def test_what_an_input_says_is_no_command(folder: Path) -> None:
    done = action(folder, files="$(touch x); `touch x`\n--help", schemas="our rules.sch")
    assert (done.returncode, (folder / "x").exists()) == (3, False)
    assert "${{" not in ACTION.rpartition("run: |\n")[2]


def test_the_action_passes_over_what_is_known(folder: Path) -> None:
    given = ("--schema", "our rules.sch", "invalid.xml")
    assert hook(*given, "--write-baseline", "known files.json", folder=folder).returncode == 0
    done = action(folder, schemas="our rules.sch", baseline="known files.json")
    assert (done.returncode, "nothing new, 1 known" in done.stdout) == (0, True)


def test_the_action_checks_what_has_changed(folder: Path) -> None:
    run(["git", "init", "-q"], folder)
    run(["git", "add", "."], folder)
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    run(["git", *author, "commit", "-qm", "x"], folder)
    done = action(folder, schemas="our rules.sch", changed="HEAD")
    assert (done.returncode, done.stderr) == (0, "nothing has changed\n")


def test_the_second_hook_mends(folder: Path) -> None:
    entry = re.findall(r"^  entry: (.*)$", HOOKS, re.MULTILINE)[1]
    (folder / "x.rng").write_text(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><element name="persName">'
        "<empty/></element></element>"
    )
    (folder / "x.xml").write_text("<a><persNmae/></a>")
    done = run([*shlex.split(entry), "--schema", "x.rng", "x.xml"], folder)
    assert (done.returncode, (folder / "x.xml").read_text()) == (0, "<a><persName/></a>")


def test_the_guide_names_every_input_and_format() -> None:
    inputs = [name for name, _ in INPUT.findall(ACTION)]
    assert len(inputs) == len(ENV.findall(ACTION)) == 7
    assert all(f"`{name}`" in GUIDE for name in (*inputs, *WRITERS))
    assert re.findall(r"- id: (.*)", HOOKS) == re.findall(r"- id: (.*)", GUIDE)
