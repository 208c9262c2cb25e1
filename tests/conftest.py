"""Hypothesis for all tests: no deadlines, and in CI the same examples every time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.rendering import SAMPLES
from tests.web import Web

pytest_plugins = ["tests.browsing"]

# A test that fails by the clock or by chance says nothing of the change that is tested.
settings.register_profile("tei", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("tei")


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
