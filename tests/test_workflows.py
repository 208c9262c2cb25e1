"""The workflows for others run what there is to run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def jobs(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8"))["jobs"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_job_runs_is_there(path: Path) -> None:
    for job in jobs(path).values():
        assert job.get("uses", "./.github/workflows/ci.yml") == "./.github/workflows/ci.yml"
        assert {job.get("needs", "")} <= {*jobs(path), ""}
        said = "\n".join(step.get("run", "") for step in job.get("steps", ()))
        assert set(re.findall(r"\bmake ([a-z]+)", said)) <= TARGETS
        for name in re.findall(r"[\w./-]+\.(?:lock|toml|md)\b|\.ci/\w+", said):
            assert (ROOT / name).is_file()
        assert "steps" not in job or job["timeout-minutes"] <= 240


def test_every_version_of_a_classifier_is_one_that_is_tested() -> None:
    said = (ROOT / "pyproject.toml").read_text("utf-8")
    claimed = set(re.findall(r'"Programming Language :: Python :: (3\.\d+)"', said))
    systems = next(job for name, job in jobs(WORKFLOWS[0]).items() if name == "systems")
    assert claimed <= set(systems["strategy"]["matrix"]["python"])


def test_the_lock_has_every_dependency_with_its_hashes() -> None:
    locked = (ROOT / "requirements-dev.lock").read_text("utf-8")
    versions = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", locked, re.MULTILINE))
    said = (ROOT / "pyproject.toml").read_text("utf-8")
    wanted = re.findall(r'"([\w-]+)(?:\[\w+\])?>=([\d.]+)', said.partition("[project]")[2])
    for name, lowest in wanted:
        assert name in versions, f"{name}: make lock"
        assert _numbers(versions[name]) >= _numbers(lowest), f"{name}: make lock"
    assert locked.count("--hash=sha256:") > len(versions)
    assert "://" not in locked


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
