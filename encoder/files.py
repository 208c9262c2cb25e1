"""Files are written whole or not at all, and one that a person edited is never overwritten.

What we last wrote is kept in `.tei/written/` beside the file: a file that differs from it was
edited by hand.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from encoder.errors import OutputError
from encoder.model import Finding

WRITTEN = Path(".tei") / "written"
# The end of a name under which a file is written before it is whole.
PART = ".part"


def write(path: Path, data: bytes) -> None:
    """Write a file by moving it into place, so that no reader ever sees half of it.

    Raises:
        OutputError: it cannot be written there.
    """
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that is moved into place when all is written, and else leaves nothing.

    Raises:
        OutputError: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _moved_into_place(path) as file:
            yield file
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot be written ({reason})", place=str(path)) from error


@contextmanager
def _moved_into_place(path: Path) -> Iterator[BinaryIO]:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with temporary.open("xb") as file:  # with the rights that the user's mask leaves
            yield file
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove what runs that were killed have left half-written below a folder."""
    for path in folder.rglob(f".*{PART}"):
        path.unlink(missing_ok=True)


def write_tei(path: Path, data: bytes) -> list[Finding]:
    """Write a TEI file, or lay it beside one that was edited by hand since we wrote it.

    Raises:
        OutputError: it cannot be written there.
    """
    written = path.parent / WRITTEN / path.name
    now = path.read_bytes() if path.is_file() else None
    if now is not None and now != data and now != _read(written):
        return _lay_beside(path, data)
    if now != data:
        write(path, data)
    write(written, data)
    return []


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _lay_beside(path: Path, data: bytes) -> list[Finding]:
    beside = path.with_name(f"{path.stem}.new.xml")
    write(beside, data)
    return [
        Finding(
            "edited-by-hand",
            "error",
            f"was edited since we wrote it, and is kept; ours is beside it: {beside.name}",
            path.name,
            hint=f"take what you want from {beside.name}, or delete {path.name} to accept it",
        )
    ]
