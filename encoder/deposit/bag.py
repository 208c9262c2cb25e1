"""A bag is a folder an archive can check by itself: a payload and its checksums (RFC 8493).

The `bagit` library stamps the clock into what it writes, so bags are written here with dates from
the project, and checked with it. The same payload gives the same bytes, zipped or not.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

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

Tags = dict[str, bytes]


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


class Sums(NamedTuple):
    """What a manifest says of a file, and how many bytes it has."""

    size: int
    sha256: str
    sha512: str


def sums(data: bytes) -> Sums:
    """Return the checksums of a file that holds these bytes."""
    return Sums(len(data), *(hashlib.new(name, data).hexdigest() for name in ALGORITHMS))


def tags(payload: Mapping[str, Sums], about: Iterable[tuple[str, str]], day: str) -> Tags:
    """Return the files of a bag around its payload, by their paths.

    Args:
        payload: the files to keep, by their paths below `data/`.
        about: labels and values of `bag-info.txt`, besides size and date.
        day: the Bagging-Date.
    """
    held = {f"data/{name}": said for name, said in payload.items()}
    size = sum(said.size for said in held.values())
    info = [*about, ("Bagging-Date", day), ("Payload-Oxum", f"{size}.{len(held)}")]
    made = {"bagit.txt": DECLARATION, "bag-info.txt": _info(info), **_manifests("", held)}
    return made | _manifests("tag", {name: sums(data) for name, data in made.items()})


def _info(pairs: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in pairs).encode()


def _manifests(kind: str, held: Mapping[str, Sums]) -> Tags:
    return {
        f"{kind}manifest-{algorithm}.txt": "".join(
            f"{getattr(held[name], algorithm)}  {name}\n" for name in sorted(held)
        ).encode()
        for algorithm in ALGORITHMS
    }


@contextmanager
def begun(place: Path) -> Iterator[Path]:
    """Give a folder to write a bag into, beside its place; nothing of it stays.

    Raises:
        UsageError: something is at the place already.
        OutputError: it cannot be written there.
    """
    _refuse_existing(place)
    part = place.with_name(f".{place.name}{files.PART}")
    try:
        files.remove(part)  # of a run that was killed
        yield part
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot be written ({reason})", place=str(place)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _refuse_existing(path: Path) -> None:
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        hint = "remove it, or name another place with -o"
        raise UsageError("a deposit is never written over something", place=str(path), hint=hint)


def move(folder: Path, place: Path) -> None:
    """Move a bag to its place."""
    if place.is_dir():
        place.rmdir()
    folder.rename(place)


def write_zip(folder: Path, path: Path, day: str) -> None:
    """Write a bag as one zip file, its folder named after it.

    Raises:
        OutputError: it cannot be written there.
    """
    held = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*")}
    with files.writing(path) as out, zipfile.ZipFile(out, "w") as archive:
        for name in sorted(name for name, file in held.items() if file.is_file()):
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", _moment(day))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, MODE
            entry.create_system = 3  # the mode is that of Unix, wherever the zip is made
            entry.file_size = held[name].stat().st_size  # tells whether it needs large numbers
            with held[name].open("rb") as file, archive.open(entry, "w") as packed:
                shutil.copyfileobj(file, packed)


def _moment(day: str) -> tuple[int, int, int, int, int, int]:
    year, month, date = [*map(int, day.split("-")), 1, 1][:3]
    return max((year, month, date, 0, 0, 0), EARLIEST)
