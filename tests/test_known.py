"""What is known already is not told again: ignores with a reason, baselines, what git knows."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from encoder.errors import UsageError
from encoder.validate.ignores import Ignore, ignores
from tests import running
from tests.running import Ran

GRAMMAR = """<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><zeroOrMore>
<element name="b"><text/></element></zeroOrMore></element>"""
ODD = "<a>\n<b>x</b>\n<c/>\n</a>\n"
NAMES = [f"e{letter}" for letter in "abcdefghijkl"]
CHOICES = "".join(f'<element name="{name}"><empty/></element>' for name in NAMES)
WIDE = (
    '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><zeroOrMore><choice>'
    f"{CHOICES}</choice></zeroOrMore></element>"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.rng").write_text(GRAMMAR)
    Path("a.xml").write_text(ODD)
    return tmp_path


def tei(*arguments: str) -> Ran:
    return running.tei("validate", "--schema", "a.rng", *arguments)


# --- baselines


def test_only_what_is_new_is_told() -> None:
    written = tei("a.xml", "--write-baseline", "known.json")
    assert (written.exit_code, "1 findings" in written.stderr) == (0, True)
    same = tei("a.xml", "--baseline", "known.json")
    assert (same.exit_code, same.stdout) == (0, "a.xml: nothing new, 1 known (a.rng)\n")
    Path("a.xml").write_text(ODD.replace("<b>", "\n\n<b>x</b><b>").replace("<c/>", "<c/>\n<c/>"))
    more = tei("a.xml", "--baseline", "known.json")
    assert (more.exit_code, more.stdout.count("element-unknown")) == (1, 1)
    assert "1 error, 1 known" in more.stdout


def test_a_baseline_tells_what_is_gone() -> None:
    tei("a.xml", "--write-baseline", "known.json")
    Path("a.xml").write_text("<a/>")
    assert "1 of the baseline are gone" in tei("a.xml", "--baseline", "known.json").stderr


def test_a_baseline_is_found_from_anywhere(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    tei("a.xml", "--write-baseline", "known.json")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    said = ("--schema", "../a.rng", "--baseline", "../known.json")
    done = running.tei("validate", *said, "../a.xml")
    assert done.exit_code == 0


def test_candidates_that_change_their_order_make_nothing_new() -> None:
    Path("a.rng").write_text(WIDE)
    Path("a.xml").write_text("<a><odd/></a>")
    tei("a.xml", "--write-baseline", "known.json")
    Path("a.xml").write_text("<a><odd/><el/><ek/></a>")
    assert tei("a.xml", "--baseline", "known.json").exit_code == 0
    assert tei("a.xml", "--full", "--baseline", "known.json").exit_code == 0


def test_all_candidates_are_listed_when_asked() -> None:
    Path("a.rng").write_text(WIDE)
    Path("a.xml").write_text("<a><odd/></a>")
    short, whole = tei("a.xml").stdout, tei("a.xml", "--full").stdout
    assert "<eh> (and 4 more)." in short
    assert all(f"<{name}>" in whole for name in NAMES)
    assert "more)" not in whole


@pytest.mark.parametrize(("content", "status"), [(None, 3), ("", 2), ("[]", 2), ('{"a": 1}', 2)])
def test_what_is_no_baseline(content: str | None, status: int) -> None:
    if content is not None:
        Path("known.json").write_text(content)
    done = tei("a.xml", "--baseline", "known.json")
    assert (done.exit_code, "known.json" in done.stderr) == (status, True)


# --- ignores


def project(*tables: str) -> None:
    said = "\n".join(f"[[validate.ignore]]\n{table}\n" for table in tables)
    Path("edition.toml").write_text(f"format = 1\n{said}")


def test_what_is_passed_over_is_counted() -> None:
    project('code = "rng-element-*"\nfiles = "*.xml"\nreason = "we know"')
    done = tei("a.xml")
    assert (done.exit_code, done.stdout) == (0, "a.xml: nothing new, 1 known (a.rng)\n")


def test_an_ignore_that_passes_over_nothing_is_told() -> None:
    project(
        'code = "rng-element-unknown"\nreason = "we know"',
        'code = "rng-value"\nreason = "we knew"',
        'code = "rng-value"\nfiles = "other/*.xml"\nreason = "not checked now"',
    )
    done = tei("a.xml", "--format", "json", "--fail-on", "warning")
    (told,) = json.loads(done.stdout)["files"][1]["findings"]
    assert (done.exit_code, told["code"], told["line"]) == (1, "ignore-unused", 5)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ([{"code": "x"}], "no reason"),
        ([{"code": "x", "reason": " "}], "no reason"),
        ([{"reason": "x"}], "no code"),
        ([{"code": "x", "reason": "y", "file": "z"}], "file: not expected"),
        ([{"code": 1, "reason": "y"}], "code: not expected"),
        ("x", "expected tables"),
    ],
)
def test_an_ignore_that_is_not_right(said: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ignores(said, Path("edition.toml"), [3])


@pytest.mark.parametrize(
    ("glob", "file", "covered"),
    [
        ("**", "a/b.xml", True),
        ("*.xml", "b.xml", True),
        ("*.xml", "a/b.xml", False),
        ("**/*.xml", "b.xml", True),
        ("a/**/c?.xml", "a/b/b/c1.xml", True),
        ("a.xml", "aaxml", False),
    ],
)
def test_globs(glob: str, file: str, covered: bool) -> None:
    assert Ignore("x", "y", glob).covers(file) == covered


# --- git


def git(*arguments: str) -> None:
    name = ("-c", "user.email=a@example.org", "-c", "user.name=A", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *arguments], check=True, capture_output=True)


def test_what_git_says_has_changed(folder: Path) -> None:
    (folder / "in").mkdir()
    for name in ("staged", "not staged", "same", "gone"):
        Path("in", f"{name}.xml").write_text("<a/>")
    git("init", "-q", "-b", "main")
    assert tei("--changed", "in").stdout.startswith("in/gone.xml: valid")
    git("add", ".")
    git("commit", "-qm", "first")
    assert "nothing has changed" in tei("--changed").stderr
    Path("in", "staged.xml").write_text("<a><b/></a>")
    git("add", ".")
    Path("in", "not staged.xml").write_text("<a><c/></a>")
    Path("in", "new é.xml").write_text("<a/>")
    Path("in", "gone.xml").unlink()
    done = tei("--changed")
    names = [line.partition(":")[0] for line in done.stdout.splitlines() if ".xml: " in line]
    assert (done.exit_code, names) == (1, ["in/new é.xml", "in/not staged.xml", "in/staged.xml"])
    assert tei("in", "--changed").stdout == done.stdout
    git("add", ".")
    git("commit", "-qm", "second")
    assert "nothing has changed" in tei("--changed", "in").stderr
    assert "in/staged.xml: valid" in tei("--changed=main~1", "in").stdout


def test_without_a_repository_or_a_commit() -> None:
    done = tei("--changed")
    assert (done.exit_code, "not a git repository" in done.stderr) == (2, True)
    git("init", "-q")
    assert tei("--changed=none").exit_code == 2
    assert tei("--changed=--output=x").exit_code == 2
    assert not Path("x").exists()


def test_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    done = tei("--changed")
    assert (done.exit_code, "install git" in done.stderr) == (4, True)
