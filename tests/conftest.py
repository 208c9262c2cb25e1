"""Hypothesis for all tests: no deadlines, and in CI the same examples every time.

Where `TEI_STRICT=1`, as in CI, nothing may be skipped: there a test that did not run is no test.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

from tests.rendering import SAMPLES
from tests.web import Web

pytest_plugins = ["tests.browsing"]
STRICT = os.environ.get("TEI_STRICT") == "1"
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# A test that fails by the clock or by chance says nothing of the change that is tested.
settings.register_profile("tei", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("tei")
# A shell lets no interrupt reach what it runs in the background; tests of interrupts need one.
signal.signal(signal.SIGINT, signal.default_int_handler)


def _without_skips(report: Report) -> Report:
    """Make a skip a failure that gives its reason, and so what is only expected to fail."""
    if STRICT and report.skipped:
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"TEI_STRICT=1 allows no skip. {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _without_skips((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _without_skips((yield))


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Path:
    """Each TEI file that is rendered, in turn."""
    path: Path = request.param
    return path


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see what its user has fetched."""
    monkeypatch.setenv("TEI_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on this machine."""
    served = Web()
    yield served
    served.close()
