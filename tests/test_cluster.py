"""A cluster does what one process does: a real scheduler, real workers, one of them killed."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from encoder import corpus, parallel
from encoder.corpus import index, plan
from encoder.errors import UsageError
from tests.corpora import corpus as texts
from tests.corpora import held
from tests.running import tei

TEXTS, BROKEN = 200, 5


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """A scheduler on this machine, without workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    host, _, port = address.partition(":")
    options = ("--host", host, "--port", port, "--no-dashboard")
    process = _dask("scheduler", tmp_path, *options)
    yield f"tcp://{address}"
    process.terminate()
    process.wait()


@pytest.fixture
def workers(scheduler: str, tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers, each a process; not watched over by a nanny, which would bring them back."""
    options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--death-timeout", "60")
    started = [_dask("worker", tmp_path, scheduler, *options) for _ in range(2)]
    yield started
    for process in started:
        process.kill()
        process.wait()


def _dask(what: str, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", what, *options]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_a_lost_worker_loses_nothing_and_doubles_nothing(
    scheduler: str,
    workers: list[subprocess.Popen[bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "PATIENCE", 60)  # this machine may be busy
    texts(tmp_path / "in", TEXTS, BROKEN)
    jobs = plan.plan([tmp_path / "in"], tmp_path / "out", None, seek=True)
    names = []
    with parallel.cluster(scheduler, workers=2) as crew:
        results = corpus.encode(jobs, corpus.setting(tmp_path / "out"), crew)
        for result in index.written(results, index.path_of(tmp_path / "out")):
            names.append(result.name)
            if len(names) == 1:
                assert sum(1 for _ in (tmp_path / "out").rglob("*.xml")) < TEXTS - BROKEN
                workers[0].kill()
    assert names == sorted({job.name for job in jobs})
    again = tei("encode", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--cluster", scheduler)
    assert f"{TEXTS - BROKEN} unchanged, {BROKEN} failed" in again.stderr
    _undisturbed(tmp_path)


def _undisturbed(folder: Path) -> None:
    """Hold what came out to what one process makes."""
    done = tei("encode", str(folder / "in"), "-o", str(folder / "alone"), "-j", "1")
    assert f"{TEXTS - BROKEN} encoded, {BROKEN} failed" in done.stderr
    assert held(folder / "out") == held(folder / "alone")


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PATIENCE", 1)
    with pytest.raises(UsageError, match="no scheduler"), parallel.cluster("tcp://127.0.0.1:9"):
        pass


def test_a_cluster_without_workers_is_told(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PATIENCE", 5)
    with pytest.raises(UsageError, match="too few workers"), parallel.cluster(scheduler):
        pass
