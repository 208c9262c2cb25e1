"""How the encoder does on the shared cases, by the shared evaluator."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from encoder.desk import Desk
from encoder.project import Project, load
from encoder.write.verify import verify

NONE = Project.none()
# Where a block of notes stood is no section break; the evaluator takes every milestone for one.
NOTES_STOOD = re.compile(rb'<milestone unit="notes"[^>]*/>')


def structure(cases: Path) -> dict[str, float]:
    """Return the F1 of each structure over all layouts, as `structure.NAME`."""
    with tempfile.TemporaryDirectory() as out:
        for text in sorted((cases / "structure").glob("*/*.txt")):
            _encode(Desk.of(NONE), text, Path(out) / text.parent.name / f"{text.stem}.xml")
        return _evaluated("structure", cases, Path(out))


def persons(cases: Path) -> dict[str, float]:
    """Return the F1 of mentions and links with the register of each corpus.

    They are `person.NAME` where each text is encoded by itself, and `edition.NAME` where those of a
    corpus are a project, and know each other.
    """
    alone = _persons(cases, lambda register, _: Desk.of(NONE, [register]))
    known = _persons(cases, lambda register, folder: Desk.of(_project(folder, register)))
    return alone | {name.replace("person", "edition", 1): f for name, f in known.items()}


def _persons(cases: Path, ready: Callable[[Path, Path], Desk]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as editions:
        for register in sorted((cases / "person").glob("*/personography.xml")):
            corpus = register.parent
            desk = ready(register, Path(editions) / corpus.name)
            for text in desk.project.sources or sorted(corpus.glob("*.txt")):
                _encode(desk, text, Path(out) / corpus.name / f"{text.stem}.xml")
        return _evaluated("person", cases, Path(out))


def _project(folder: Path, register: Path) -> Project:
    """Return a corpus as an edition: its texts know each other, and its register."""
    shutil.copytree(register.parent, folder / "sources", ignore=shutil.ignore_patterns("*.json"))
    (folder / "edition.toml").write_text("format = 1\n")
    (folder / "sources" / register.name).rename(folder / "persons.xml")
    return load(folder)


def _encode(desk: Desk, text: Path, target: Path) -> None:
    source = desk.read(text)
    tei = desk.encode(source).tei
    if verify(tei, source, target.name):
        raise AssertionError(f"{text} does not come back from its TEI")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(NOTES_STOOD.sub(b"", tei))


def _evaluated(mode: str, cases: Path, out: Path) -> dict[str, float]:
    found = out / "scores.json"
    command = [sys.executable, str(cases / "evaluate.py"), mode, str(cases / mode), str(out)]
    subprocess.run([*command, "--json", str(found)], check=True, stdout=subprocess.DEVNULL)
    summary: Mapping[str, Mapping[str, float]] = json.loads(found.read_text())["summary"]["ALL"]
    return {
        f"{mode}.{name}": score["f"]
        for name, score in summary.items()
        if isinstance(score, dict) and score["gold"]
    }
