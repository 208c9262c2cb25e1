"""What was rendered is rendered again only where something that it is made of has changed.

A record says from what some files were made: the SHA-256 of the TEI, of styles and templates, of
this program and of the libraries it renders with. While they are the same, and the files are what
they were, the files stay.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from encoder import files
from encoder.corpus import record
from encoder.project import Project
from encoder.render.templates import modules
from encoder.resources import folder

FORMAT = 1
LIBRARIES = ("saxonche", "typst", "lxml")
# Where the records of `build/` lie in it.
RECORDS = Path(".tei") / "rendered"


def terms(project: Project) -> str:
    """Return the digest of all that the files of a project are rendered by.

    Raises:
        UsageError: a template of the project's own would read other files.
    """
    ours = (path for path in sorted(folder("xslt").rglob("*")) if path.is_file())
    fonts = sorted(project.fonts.rglob("*")) if project.fonts else ()
    own = modules(project.custom.xslt) if project.custom.xslt else ()
    said = (record.tool(), os.environ.get("SOURCE_DATE_EPOCH", ""), repr(project.sheet))
    versions = map(record.version_of, LIBRARIES)
    return record.digest((*said, *versions, *map(record.digest_of, (*ours, *fonts, *own))))


def once(path: Path, key: str, makers: Mapping[Path, Callable[[], bytes]]) -> bool:
    """Write some files, unless they are there, made of the same; return whether they were written.

    Args:
        path: the record.
        key: the digest of what they are made of.
        makers: what makes each file.

    Raises:
        OutputError: a file cannot be written.
    """
    if _read(path) == _said(key, makers):
        return False
    for file, make in makers.items():
        files.write(file, make())
    files.write(path, (json.dumps(_said(key, makers)) + "\n").encode())
    return True


def _said(key: str, made: Mapping[Path, object]) -> Mapping[str, object]:
    """Return what a record says of files as they lie there."""
    return {
        "format": FORMAT,
        "key": key,
        "files": {file.name: record.digest_of(file) for file in made},
    }


def _read(path: Path) -> object:
    try:
        said: object = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return said
