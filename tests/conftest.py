"""Hypothesis for all tests: no deadlines, and in CI the same examples every time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.rendering import SAMPLES

# A test that fails by the clock or by chance says nothing of the change that is tested.
settings.register_profile("tei", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("tei")


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Path:
    """Each TEI file that is rendered, in turn."""
    path: Path = request.param
    return path
