"""Files are written whole or not at all, and one that a person edited is never overwritten.

What we last wrote is kept in `.tei/written/` beside the file: a file that differs from it was
edited by hand, and `merge` takes over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from encoder.errors import OutputError
from encoder.model import Finding

if TYPE_CHECKING:
    from encoder.merge import Merged

WRITTEN = Path(".tei") / "written"
# The end of a name under which a file is written before it is whole.
PART = ".part"
# What was laid beside an edited file: once that is deleted, it was looked through.
OFFERED = Path(".tei") / "offered"


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
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}{PART}")
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


def remove(folder: Path) -> None:
    """Remove a folder of generated files, if it is there.

    Raises:
        OutputError: it cannot be removed.
    """
    from shutil import rmtree

    try:
        rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot be removed ({reason})", place=str(folder)) from error


def write_tei(path: Path, data: bytes) -> list[Finding]:
    """Write a TEI file; what a person edited in it since we wrote it is kept.

    Where that cannot be, the file stays as it is and ours is laid beside it.

    Raises:
        OutputError: it cannot be written there.
    """
    written, now = path.parent / WRITTEN / path.name, _read(path)
    if now not in (None, data, _base(path)):
        return _edited(path, now or b"", data)
    if now != data:
        write(path, data)
    write(written, data)
    return []


def is_edited(path: Path) -> bool:
    """Whether a file stays as a person edited it, and ours lies beside it."""
    return _beside(path).exists()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _base(path: Path) -> bytes | None:
    """Return what the file was made from: what we wrote, or what was offered and looked through."""
    offered = _read(path.parent / OFFERED / path.name)
    if offered is not None and not _beside(path).exists():
        return offered
    return _read(path.parent / WRITTEN / path.name)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}.new.xml")


def _edited(path: Path, theirs: bytes, ours: bytes) -> list[Finding]:
    """Write what stands for the edited file and for ours, or lay ours beside it."""
    from encoder.merge import Merged, merge

    base = _base(path)
    merged = Merged(None, (_unknown(path),)) if base is None else merge(base, theirs, ours, path)
    if merged.data is None:
        return [replace(each, hint=_hint(path)) for each in _lay_beside(path, ours, merged)]
    if merged.data != theirs:
        write(path, merged.data)
    write(path.parent / WRITTEN / path.name, ours)
    _withdraw(path)
    return list(merged.findings)


def _unknown(path: Path) -> Finding:
    message = "was not written by us, or its .tei/written/ is gone, and is kept"
    return Finding("edited-by-hand", "error", message, path.name)


def _lay_beside(path: Path, ours: bytes, merged: Merged) -> tuple[Finding, ...]:
    write(_beside(path), ours)
    write(path.parent / OFFERED / path.name, ours)
    return merged.findings


def _withdraw(path: Path) -> None:
    """Take back what was offered, if nobody made anything of it."""
    beside, offered = _beside(path), path.parent / OFFERED / path.name
    if offered.is_file():
        if _read(beside) == _read(offered):
            beside.unlink()
        offered.unlink()


def _hint(path: Path) -> str:
    new = _beside(path).name
    return (
        f"ours is {new}: take what you want from it and delete it, and what differs then is "
        f"yours; or delete {path.name} to have ours"
    )
