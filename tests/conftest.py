"""Hypothesis for all tests: no deadlines, and in CI the same examples every time."""

from __future__ import annotations

import os

from hypothesis import settings

# A test that fails by the clock or by chance says nothing of the change that is tested.
settings.register_profile("tei", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("tei")
