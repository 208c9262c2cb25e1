"""A bag is a folder an archive can check by itself: a payload and its checksums (RFC 8493).

The `bagit` library stamps the clock into what it writes, so bags are written here with dates from
the project, and checked with it. The same payload gives the same bytes, zipped or not.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from encoder import files
from encoder.errors import OutputError, UsageError

ALGORITHMS = ("sha256", "sha512")
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
# The zip format knows no time before this.
EARLIEST = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644 << 16
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
SAFE_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
# The one name an archive's own rules ask for (Zenodo reads it at the root of a deposit).
EXCEPTIONS = frozenset([".zenodo.json"])

Payload = Mapping[str, bytes]


def safe(name: str) -> str:
    """Return a path with only letters, digits, `_` and `-` in it, and the dot before an ending."""
    return "/".join(map(_safe_part, PurePosixPath(name).parts))


def _safe_part(part: str) -> str:
    plain = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.rpartition(".")
    cleaned = UNSAFE.sub("_", stem if dot else ending).strip("_") or "file"
    return f"{cleaned}.{UNSAFE.sub('_', ending)}" if dot and ending else cleaned


def is_safe(name: str) -> bool:
    """Whether an archive can keep a path under its name."""
    parts = PurePosixPath(name).parts
    return name in EXCEPTIONS or all(SAFE_NAME.fullmatch(part) for part in parts)


def bagged(payload: Payload, about: Iterable[tuple[str, str]], day: str) -> dict[str, bytes]:
    """Return every file of the bag around a payload, by its path.

    Args:
        payload: the files to keep, by their paths below `data/`.
        about: labels and values of `bag-info.txt`, besides size and date.
        day: the Bagging-Date.
    """
    data = {f"data/{name}": payload[name] for name in sorted(payload)}
    size = sum(map(len, data.values()))
    info = [*about, ("Bagging-Date", day), ("Payload-Oxum", f"{size}.{len(data)}")]
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": _info(info)}
    tags |= {f"manifest-{name}.txt": _manifest(data, name) for name in ALGORITHMS}
    lists = {f"tagmanifest-{name}.txt": _manifest(tags, name) for name in ALGORITHMS}
    return data | tags | lists


def _info(pairs: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in pairs).encode()


def _manifest(held: Payload, algorithm: str) -> bytes:
    lines = (f"{hashlib.new(algorithm, held[name]).hexdigest()}  {name}\n" for name in sorted(held))
    return "".join(lines).encode()


def write_folder(folder: Path, held: Payload) -> None:
    """Write a bag as a folder, whole or not at all.

    Raises:
        UsageError: something is there already.
        OutputError: it cannot be written there.
    """
    refuse_existing(folder)
    part = folder.with_name(f".{folder.name}.part")
    try:
        for name, data in held.items():
            files.write(part / name, data)
        if folder.is_dir():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot be written ({reason})", place=str(folder)) from error
    finally:
        _remove(part)


def _remove(folder: Path) -> None:
    """Remove what is left of a folder we were writing."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if folder.is_dir():
        folder.rmdir()


def refuse_existing(path: Path) -> None:
    """Raise `UsageError` where something is already."""
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        hint = "remove it, or name another place with -o"
        raise UsageError("a deposit is never written over something", place=str(path), hint=hint)


def write_zip(path: Path, held: Payload, day: str) -> None:
    """Write a bag as one zip file, its folder named after it.

    Raises:
        UsageError: something is there already.
        OutputError: it cannot be written there.
    """
    refuse_existing(path)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(held):
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", _moment(day))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, MODE
            entry.create_system = 3  # the mode is that of Unix, wherever the zip is made
            archive.writestr(entry, held[name])
    files.write(path, stream.getvalue())


def _moment(day: str) -> tuple[int, int, int, int, int, int]:
    year, month, date = [*map(int, day.split("-")), 1, 1][:3]
    return max((year, month, date, 0, 0, 0), EARLIEST)
