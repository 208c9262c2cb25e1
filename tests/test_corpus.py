"""A corpus comes out the same, whoever encodes it and however often they are stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder import corpus, files, parallel
from encoder.cli.progress import said
from encoder.corpus import index, plan
from encoder.corpus.work import Result
from encoder.errors import UsageError
from encoder.parallel import Crew
from tests.corpora import corpus as texts
from tests.corpora import held
from tests.running import tei

TEXTS, BROKEN = 40, 3
TEXT = "A heading\n\nThe first para-\ngraph.\n\nThe second.\n"


def encoded(
    folder: Path, out: Path, crew: Crew = parallel.ALONE, part: str = "1/1"
) -> list[Result]:
    """Encode a folder as the command does."""
    shard = plan.shard(part)
    jobs = plan.plan([folder], out, None, shard, seek=True)
    results = corpus.encode(jobs, corpus.setting(out), crew)
    return list(index.written(results, index.path_of(out, shard)))


def lines(out: Path) -> list[dict[str, Any]]:
    """Return the lines of an index."""
    return [json.loads(line) for line in (out / "index.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of texts, some broken."""
    folder = tmp_path_factory.mktemp("corpus")
    texts(folder, TEXTS, BROKEN)
    return folder


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What one process makes of them, undisturbed."""
    out = tmp_path_factory.mktemp("expected")
    encoded(source, out)
    return held(out)


# --- what comes out


def test_the_broken_are_told_and_the_rest_is_whole(source: Path, tmp_path: Path) -> None:
    done = tei("encode", str(source), "-o", str(tmp_path / "out"), "-j", "1")
    assert done.exit_code == 3
    assert f"{TEXTS} texts: {TEXTS - BROKEN} encoded, {BROKEN} failed" in done.stderr
    said = lines(tmp_path / "out")
    assert [one["name"] for one in said] == sorted(one["name"] for one in said)
    failed = [one for one in said if one["status"] == "failed"]
    assert (len(said), len(failed)) == (TEXTS, BROKEN)
    assert all(one["findings"] == {"error": 1} and one["error"] for one in failed)
    whole = [one for one in said if one["status"] == "encoded"]
    assert all((tmp_path / "out" / one["tei"]).is_file() for one in whole)


@pytest.mark.parametrize("workers", [2, 3])
def test_it_does_not_depend_on_the_number_of_workers(
    workers: int, source: Path, expected: Mapping[str, str], tmp_path: Path
) -> None:
    with parallel.processes(workers) as crew:
        encoded(source, tmp_path, crew)
    assert held(tmp_path) == expected


@pytest.mark.parametrize(
    "executor", [ThreadPoolExecutor, partial(ProcessPoolExecutor, mp_context=get_context("spawn"))]
)
def test_any_executor_will_do(
    executor: Callable[[int], Executor], source: Path, expected: Mapping[str, str], tmp_path: Path
) -> None:
    with executor(2) as pool:
        encoded(source, tmp_path, Crew(pool, 2, batch=3))
    assert held(tmp_path) == expected


def test_shards_make_the_whole(source: Path, expected: Mapping[str, str], tmp_path: Path) -> None:
    parts = [encoded(source, tmp_path, part=f"{number}/3") for number in (1, 2, 3)]
    assert all(parts)
    assert sum(map(len, parts)) == TEXTS
    again = encoded(source, tmp_path)
    assert not any(one.fresh for one in again if one.status == "encoded")
    for path in tmp_path.glob("index-*"):
        path.unlink()
    assert held(tmp_path) == expected


@given(st.text(), st.integers(1, 20))
def test_a_text_is_in_one_shard(name: str, of: int) -> None:
    assert sum(plan.Shard(number, of).has(name) for number in range(1, of + 1)) == 1


@pytest.mark.parametrize("wrong", ["0/3", "4/3", "1", "1/", "/2", "a/b", "-1/2", "1/2/3", "²/3"])
def test_a_shard_that_is_none(wrong: str) -> None:
    with pytest.raises(UsageError, match="expected i/n"):
        plan.shard(wrong)


# --- what is not done twice


def test_what_has_not_changed_is_not_encoded_again(source: Path, tmp_path: Path) -> None:
    first = encoded(source, tmp_path)
    before = held(tmp_path)
    again = encoded(source, tmp_path)
    assert [one.fresh for one in again] == [one.status == "failed" for one in first]
    assert [one.findings for one in again] == [one.findings for one in first]
    assert held(tmp_path) == before


def fresh(folder: Path) -> set[str]:
    """Return which texts of a project are encoded anew."""
    results = encoded(folder, folder / "out")
    assert all(one.status == "encoded" for one in results)
    return {one.name for one in results if one.fresh}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of three texts, encoded. Only `asks.txt` has a doubtful hyphen at a line's end."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "edition.toml").write_text("format = 1\n[edition]\nlanguage = 'en'\n")
    for name in ("a", "b"):
        (tmp_path / f"sources/{name}.txt").write_text("A heading\n\nThe first paragraph.\n")
    (tmp_path / "sources/asks.txt").write_text(TEXT)
    assert fresh(tmp_path) == {"a.txt", "asks.txt", "b.txt"}
    assert fresh(tmp_path) == set()
    return tmp_path


def test_a_changed_text_is_and_what_was_judged_by_it(project: Path) -> None:
    (project / "sources/b.txt").write_text("Another heading\n\nAnother paragraph.\n")
    assert fresh(project) == {"b.txt", "asks.txt"}
    assert fresh(project) == set()


@pytest.mark.parametrize(
    ("name", "data", "changed"),
    [
        ("edition.toml", "[edition]\nlanguage = 'sv'\n", {"a.txt", "asks.txt", "b.txt"}),
        ("texts.csv", "file,title\nb.txt,A title\n", {"b.txt"}),
        (
            "persons.xml",
            "<listPerson xmlns='http://www.tei-c.org/ns/1.0'><person xml:id='x'>"
            "<persName>Anna Holm</persName></person></listPerson>",
            {"a.txt", "asks.txt", "b.txt"},
        ),
        (
            "decisions.toml",
            "[[correct]]\nfile = 'b.txt'\nexact = 'first'\nreading = 'last'\n",
            {"b.txt"},
        ),
    ],
)
def test_what_is_said_of_a_text_makes_it_another(
    name: str, data: str, changed: set[str], project: Path
) -> None:
    (project / name).write_text(data)
    assert fresh(project) == changed
    assert fresh(project) == set()


def test_a_lost_result_is_made_again_and_an_edited_one_kept(project: Path) -> None:
    (project / "out/a.xml").unlink()
    assert fresh(project) == {"a.txt"}
    edited = (project / "out/b.xml").read_bytes().replace(b"<p>The", b"<p The")
    (project / "out/b.xml").write_bytes(edited)
    results = {one.name: one for one in encoded(project, project / "out")}
    assert results["b.txt"].status == "kept"
    assert [one.file for one in results["b.txt"].findings] == ["b.xml"]
    assert (project / "out/b.xml").read_bytes() == edited


def test_a_record_nobody_can_read_is_none(project: Path) -> None:
    (project / "out/.tei/done/a.xml.json").write_text('{"format": 1')
    (project / "out/.tei/done/b.xml.json").write_text('{"format": 99, "findings": []}')
    assert fresh(project) == {"a.txt", "b.txt"}


# --- what is stopped


def running(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start the command in a group of its own, and wait until it has written something."""
    command = [sys.executable, "-m", "encoder", "encode", str(source), "-o", str(out), "-j", "2"]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)
    while process.poll() is None and len(list(out.rglob("*.json"))) < 5:
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_run_is_taken_up_where_it_ended(blow: signal.Signals, tmp_path: Path) -> None:
    texts(tmp_path / "in", 200, 5, lines=60)
    process = running(tmp_path / "in", tmp_path / "out")
    os.killpg(process.pid, blow)
    said = process.communicate()[1]
    if blow == signal.SIGINT:
        assert (process.returncode, said.strip()) == (130, b"tei: interrupted")
        assert not list((tmp_path / "out").rglob(".*.part"))
    assert not (tmp_path / "out/index.jsonl").exists()
    done = tei("encode", str(tmp_path / "in"), "-o", str(tmp_path / "out"))
    assert "unchanged" in done.stderr
    encoded(tmp_path / "in", tmp_path / "undisturbed")
    assert held(tmp_path / "out") == held(tmp_path / "undisturbed")


def test_workers_leave_with_whoever_started_them(tmp_path: Path) -> None:
    texts(tmp_path / "in", 200, lines=60)
    process = running(tmp_path / "in", tmp_path / "out")
    process.kill()  # it alone
    process.communicate()  # ends when the last that holds its stderr has gone


def endless(path: Path) -> None:
    """Write a file that is never whole."""
    with files.writing(path):
        while True:
            time.sleep(0.01)


def nothing(job: Path, error: Exception) -> None:
    """Say nothing of a job that failed."""


def interrupted(folder: Path) -> None:
    """Let a crew begin what never ends, and stop."""
    with ThreadPoolExecutor(1) as other, parallel.processes(2) as crew:
        jobs = [folder / "never", folder / "ever"]
        other.submit(list, crew.map(endless, jobs, nothing))
        while not list(folder.iterdir()):
            time.sleep(0.01)
        raise KeyboardInterrupt


def test_nobody_waits_for_a_text_that_is_no_longer_wanted(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path)
    assert not list(tmp_path.iterdir())


def interrupted_twice(told: list[str]) -> None:
    """Be interrupted among others, and again before they are told."""
    with parallel.processes(2):
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGINT)
            told.append("the others")


def test_a_second_interrupt_does_not_end_what_the_first_began() -> None:
    told: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted_twice(told)
    assert told
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_interrupts_in_quick_succession_end_a_run(tmp_path: Path) -> None:
    texts(tmp_path / "in", 200, lines=60)
    process = running(tmp_path / "in", tmp_path / "out")
    for _ in range(3):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.001)
    said = process.communicate(timeout=60)[1]
    assert (process.returncode, said.strip()) == (130, b"tei: interrupted")


def dies(job: str) -> str:
    """Do a job; one kills who does it, in one is a mistake, and one misses a file."""
    if job == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "wrong":
        raise LookupError(job)
    return Path(job).read_text() if job == "missing" else job.upper()


def why(job: str, error: Exception) -> str:
    """Say what became of a job that failed."""
    return f"{job}: {type(error).__name__}"


def test_a_job_that_fails_or_kills_its_process_is_told_and_the_rest_is_done() -> None:
    jobs = [f"a{number}" for number in range(30)]
    jobs[11], jobs[13], jobs[17] = "deadly", "wrong", "missing"
    with parallel.processes(2) as crew:
        done = list(crew.map(dies, jobs, why))
    errors = {"deadly": "EncoderError", "wrong": "LookupError", "missing": "FileNotFoundError"}
    assert done == [f"{job}: {errors[job]}" if job in errors else job.upper() for job in jobs]


def test_without_other_processes_a_job_that_fails_is_told_too() -> None:
    assert list(parallel.ALONE.map(dies, ["a", "wrong", "b"], why)) == [
        "A",
        "wrong: LookupError",
        "B",
    ]


class Counting(Executor):
    """An executor that counts what waits in it."""

    def __init__(self) -> None:
        self.waiting = self.most = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return _Later(lambda: fn(*args, **kwargs), self)


class _Later(Future[Any]):
    def __init__(self, call: Any, owner: Counting) -> None:
        super().__init__()
        self.call, self.owner = call, owner

    def result(self, timeout: float | None = None) -> Any:
        del timeout
        self.owner.waiting -= 1
        return self.call()


def test_what_waits_does_not_grow_with_the_number_of_jobs() -> None:
    executor = Counting()
    done = Crew(executor, 2, batch=5).map(str.upper, map(str, range(10_000)), why)
    assert list(done) == [str(number) for number in range(10_000)]
    assert executor.most <= 2 * parallel.AHEAD


# --- names, folders


def test_paths_are_kept_and_what_is_no_text_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "b/a.txt", "b/UPPER.TXT", ".hidden/x.txt", "b/.x.txt", "notes.md"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    (tmp_path / "in/a.pdf").write_bytes(b"the original of a.txt")
    out = tmp_path / "in/out"
    for _ in range(2):
        results = encoded(tmp_path / "in", out)
        assert [one.name for one in results] == ["a.txt", "b/UPPER.TXT", "b/a.txt"]
    assert (out / "b/UPPER.xml").is_file()
    assert [path.parent for path in out.rglob("edition.rng")] == [out / "schema"]
    checked = tei("validate", str(out / "b/a.xml"))
    assert checked.exit_code == 0


def test_two_texts_for_one_file_are_refused_before_writing(tmp_path: Path) -> None:
    for name in ("one/a.txt", "two/a.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(TEXT)
    done = tei("encode", str(tmp_path / "one"), str(tmp_path / "two"), "-o", str(tmp_path / "out"))
    assert (done.exit_code, "two sources" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_broken_project_stops_all_before_writing(source: Path, tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text("[edition]\ntitel = 'x'\n")
    done = tei(
        "encode", str(source), "-o", str(tmp_path / "out"), "--project", str(tmp_path), "-j", "2"
    )
    assert (done.exit_code, "edition.toml:2" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_an_output_in_the_way_is_told_with_its_text(tmp_path: Path) -> None:
    texts(tmp_path / "in", 3)
    (tmp_path / "out/000/00001.xml").mkdir(parents=True)
    results = encoded(tmp_path / "in", tmp_path / "out")
    assert [one.status for one in results] == ["encoded", "failed", "encoded"]
    assert [one.code for one in results[1].findings] == ["not-written"]


# --- what is shown


def test_how_far_the_work_is() -> None:
    assert said(1_200, 10_000, "texts", 8) == "1,200 of 10,000 texts, 150 a second, 0:00:59 left"


def test_a_pipe_hears_nothing_of_it(source: Path, tmp_path: Path) -> None:
    done = tei("encode", str(source), "-o", str(tmp_path), "-j", "1")
    assert " a second" not in done.stderr
    assert "\x1b" not in done.stderr
