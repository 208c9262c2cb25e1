"""Files are written whole or not at all, and one that a person edited is never overwritten.

What we last wrote is kept in `.tei/written/` beside the file: a file that differs from it was
edited by hand.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from encoder.errors import OutputError
from encoder.model import Finding

WRITTEN = Path(".tei") / "written"


def write(path: Path, data: bytes) -> None:
    """Write a file by moving it into place, so that no reader ever sees half of it.

    Raises:
        OutputError: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _move_into_place(path, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot be written ({reason})", place=str(path)) from error


def _move_into_place(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def remove(folder: Path) -> None:
    """Remove a folder of generated files, if it is there.

    Raises:
        OutputError: it cannot be removed.
    """
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot be removed ({reason})", place=str(folder)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
