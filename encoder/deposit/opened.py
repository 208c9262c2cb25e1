"""A bag from anyone is opened with care: no path leads out of it, no link, no endless zip."""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from encoder.errors import InputError

# What a zip may unpack to, in bytes and in files; an archive has more, but not in one deposit.
LARGEST, MOST = 16 * 2**30, 200_000
DECLARATION = "bagit.txt"


@contextmanager
def opened(place: Path) -> Iterator[Path]:
    """Give the folder of a bag, unpacked where it is a zip file.

    Raises:
        InputError: it is not there, no folder and no zip file, or would write outside itself.
    """
    if place.is_dir():
        yield place
        return
    if not zipfile.is_zipfile(place):
        message = "neither a folder nor a zip file" if place.exists() else "nothing is here"
        raise InputError(message, place=str(place), hint="name a bag: a folder or its zip")
    with tempfile.TemporaryDirectory(prefix="tei-bag-") as folder:
        _unpack(place, Path(folder))
        yield _bag_in(Path(folder))


def _unpack(place: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(place) as archive:
            entries = archive.infolist()
            _refuse_large(entries, place)
            for entry in entries:
                _refuse_unsafe(entry, place)
            archive.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise InputError(f"the zip cannot be unpacked ({error})", place=str(place)) from error


def _refuse_large(entries: list[zipfile.ZipInfo], place: Path) -> None:
    size = sum(entry.file_size for entry in entries)
    if size > LARGEST or len(entries) > MOST:
        message = f"the zip would unpack to {len(entries):,} files of {size:,} bytes"
        raise InputError(message, place=str(place), hint="unpack it yourself and check the folder")


def _refuse_unsafe(entry: zipfile.ZipInfo, place: Path) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise InputError(f"the zip holds a path that leads out of it: {path}", place=str(place))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise InputError(f"the zip holds a link: {path}", place=str(place))


def _bag_in(folder: Path) -> Path:
    """Return the folder with the bag: the one there is, or the top."""
    inside = [path for path in folder.iterdir() if (path / DECLARATION).is_file()]
    return inside[0] if len(inside) == 1 and not (folder / DECLARATION).is_file() else folder


def links(folder: Path) -> list[str]:
    """Return the symbolic links in a bag: what they point to is not in it."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_symlink())
    return [path.relative_to(folder).as_posix() for path in found]
