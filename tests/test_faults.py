"""When the machine fails: a full disk, a killed process, another clock. Old or new, never half."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from encoder import files
from encoder.check import check_files
from encoder.errors import OutputError
from tests import letter
from tests.running import bound_by_modes, tei
from tests.running import process as run

resource = pytest.importorskip("resource", reason="only POSIX limits processes")
TEI = [sys.executable, "-m", "encoder"]
TEXT = "A Heading\n\nDear Anna,\n\nThe text of it, and no more.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    return tmp_path


def is_clear(done: subprocess.CompletedProcess[bytes], status: int) -> bool:
    said = done.stderr.decode()
    return done.returncode == status and said.startswith("tei: ") and "Traceback" not in said


# --- where nothing can be written


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    "arguments", [("encode", "a.txt"), ("--help",), ("explain",), ("explain", "verify-differs")]
)
def test_a_full_standard_output(folder: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*TEI, *arguments], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert is_clear(done, 5)
    assert b"No space left" in done.stderr


def test_a_closed_standard_output(folder: Path) -> None:
    command = " ".join([*TEI, "encode", "a.txt", ">&-"])
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, stderr=subprocess.PIPE, check=False
    )
    assert is_clear(done, 5)


def test_a_closed_standard_error(folder: Path) -> None:
    assert run("encode", "a.txt", "-o", "a.xml", cwd=folder).returncode == 0
    for command in ("render a.xml --to text", "validate a.xml"):
        line = " ".join([*TEI, command, "2>&-"])
        done = subprocess.run(["/bin/sh", "-c", line], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, command
        assert b"Traceback" not in done.stdout
    assert b"no more" in run("render", "a.xml", "--to", "text", cwd=folder).stdout


@pytest.mark.parametrize("size", [0, 512, 2048])
def test_a_disk_that_is_full_leaves_the_old_files(folder: Path, size: int) -> None:
    assert run("encode", "a.txt", "-o", "a.xml", cwd=folder).returncode == 0
    before = contents(folder)
    (folder / "a.txt").write_text(TEXT.replace("no more", "more of it"))
    limit = (size, size)
    done = run(
        "encode", "a.txt", "-o", "a.xml",
        cwd=folder, limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )  # fmt: skip
    assert is_clear(done, 5)
    assert contents(folder) == before | {"a.txt": (folder / "a.txt").read_bytes()}


@pytest.mark.parametrize("target", ["/proc/none/a.xml", "/dev/null/a.xml", "a.txt/b.xml"])
def test_a_place_that_cannot_be_written(folder: Path, target: str) -> None:
    before = contents(folder)
    assert is_clear(run("encode", "a.txt", "-o", target, cwd=folder), 5)
    assert contents(folder) == before


def test_a_folder_that_is_read_only(folder: Path) -> None:
    (folder / "out").mkdir(0o555)
    done = run("encode", "a.txt", "-o", "out", cwd=folder, limit=bound_by_modes)
    assert is_clear(done, 5)
    assert not list((folder / "out").iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- what is killed

# Forks a writer a hundred times, kills it, and looks at the files: one process, to be quick.
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from encoder import files
folder, chance, seen = Path(sys.argv[1]), random.Random(8), set()
for turn in range(100):
    child = os.fork()
    if not child:
        number = turn * 100_000
        while True:
            number += 1
            files.write(folder / f"{number % 3}.xml", b"%08d" % number * 40_000)
    time.sleep(chance.uniform(0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for path in folder.glob("[012].xml"):
        data = path.read_bytes()
        assert data == data[:8] * 40_000, (turn, path, len(data))
        seen.add(data[:8])
print(len(seen))
"""


def test_a_process_killed_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    """Each file holds one number throughout: what was there before, or what was to come."""
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(tmp_path)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_what_a_killed_process_left_is_in_nobodys_way(folder: Path) -> None:
    left = folder / ".a.xml.x1y2z3"
    left.write_bytes(b"<half")
    assert run("encode", "a.txt", "-o", "a.xml", cwd=folder).returncode == 0
    assert run("validate", ".", cwd=folder).returncode == 0
    assert left.read_bytes() == b"<half"


def test_a_killed_merge_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is merged and written, and the process ends before it becomes the base."""
    shutil.copytree(letter.ROOT / "schema", tmp_path / "schema")
    path, base = tmp_path / "a.xml", letter.FILE.read_bytes()
    files.write_tei(path, base)
    path.write_bytes(base.replace(b"<body", b"<!-- mine --><body"))
    ours = base.replace(b'occurs="136"', b'occurs="135"')
    with monkeypatch.context() as patch:
        patch.setattr(files, "WRITTEN", Path("a.xml/none"))
        with pytest.raises(OutputError):
            files.write(tmp_path / files.WRITTEN / "a.xml", ours)
    merged = ours.replace(b"<body", b"<!-- mine --><body")
    files.write(path, merged)
    assert files.write_tei(path, ours) == []
    assert path.read_bytes() == merged


def test_a_killed_worker_stops_nobody_else(tmp_path: Path) -> None:
    text = letter.FILE.read_bytes()
    paths = [tmp_path / f"{number:02}.xml" for number in range(24)]
    for path in paths:
        path.write_bytes(text)
    schema = letter.ROOT.parent / "schemas" / "edition.rng"
    results = check_files(paths, [schema], workers=2)
    first = next(results)
    for child in workers():
        os.kill(child, signal.SIGKILL)
    checked = [first, *results]
    assert [one.file for one in checked] == [str(path) for path in paths]
    assert all(one.error is None and one.findings == () for one in checked)


def workers() -> list[int]:
    """Return the processes of the pool."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    told = {int(n): Path(f"/proc/{n}/cmdline").read_bytes() for n in children}
    return [number for number, command in told.items() if b"spawn_main" in command]


# --- another day, another place


@pytest.mark.parametrize(
    "around",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "4242", "TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "0", "COLUMNS": "20", "PYTHONIOENCODING": "latin-1", "HOME": "/none"},
    ],
)
def test_the_same_bytes_whatever_is_around(tmp_path: Path, around: dict[str, str]) -> None:
    # The files of the checkout were made on another day: nothing that is written tells the clock.
    project = tmp_path / "tei"
    shutil.copytree(letter.ROOT, project, ignore=shutil.ignore_patterns("build"))
    expected = contents(project)
    (project / letter.FILE.name).unlink()
    source = f"sources/{letter.NAME}.txt"
    done = run("encode", source, "-o", letter.FILE.name, cwd=project, **around)
    assert done.returncode == 0, done.stderr
    assert contents(project) == expected


# --- names that mean something elsewhere


NAMES = ["--help.txt", "-o.txt", "a b.txt", "$(id).txt", "a;b.txt", "å\u0308\u202e.txt", "%s.txt"]
HOSTILE = ["\x1b[31mred\x07.txt", "two\nlines.txt", "\udcff\udcfe.txt", "\x9b1m.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_are_only_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(TEXT)
    assert tei("encode", "-o", "out", "--", name).exit_code == 0
    made = Path("out") / name.replace(".txt", ".xml")
    assert tei("verify", "--source", f"./{name}", "--", f"./{made}").exit_code == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_files_do_not_command_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(TEXT.replace("Anna", "Anna \x1b[31mAlm\x9b1m"))
    xml = f"{name}.xml"
    Path(xml).write_text("<no")
    for arguments in (
        ("encode", name, "-o", "out", "--why"),
        ("encode", f"no{name}"),
        ("encode", "--project", name, name),
        ("validate", xml),
        ("validate", xml, "--format", "json"),
        ("verify", xml),
        ("render", xml, "--to", "html", "-o", "x"),
        ("names", name),
        ("init", "project", name),
        ("build", "project"),
        ("decide", f"{name}:1", "Heading", "correct", "Title"),
        ("explain", name),
        ("deposit", "project", "-o", name),
        ("deposit", "--check", name),
        ("schema", "compile", name, "-o", "x"),
    ):
        done = tei(*arguments)
        said = done.stdout + done.stderr
        assert done.exit_code < 70, said
        assert all(char.isprintable() or char in "\n\t" for char in said), said


def test_what_is_said_is_said_in_one_place() -> None:
    """So that nothing of a text or of a name reaches the terminal as it is."""
    loud = {
        path.name
        for path in (Path(__file__).parent.parent / "encoder/cli").glob("*.py")
        if re.search(r"\bs?echo\(|\bprint\(|\bstd(out|err)\.write", path.read_text("utf-8"))
    }
    assert loud == {"command.py", "progress.py", "validate.py", "deposit.py", "explain.py"}
