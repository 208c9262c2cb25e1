"""`texts.csv` lists the texts of a project, one row each, with what is known of each alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from unicodedata import normalize

from encoder.cells import bare
from encoder.errors import UsageError
from encoder.keys import Key, nearest, problem
from encoder.model import Finding, Position

NAME = "texts.csv"
FILE = "file"
SEPARATORS = ",;\t"


class Row(NamedTuple):
    """What a row says, by fields of `Metadata`, and the line it begins on."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Texts:
    """The rows of `texts.csv` by file; `listed` is false where there is no such file."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    listed: bool = False

    def row(self, name: str) -> Mapping[str, Any]:
        """Return what the row of a source says; a bare name will do where only one has it."""
        name = normalize("NFC", name)
        if name in self.rows:
            return self.rows[name].values
        alike = [row for file, row in self.rows.items() if PurePosixPath(file).name == name]
        return alike[0].values if len(alike) == 1 else {}

    def findings(self, names: Iterable[str]) -> Iterator[Finding]:
        """Yield rows without a file and files without a row."""
        if not self.listed:
            return
        files = {normalize("NFC", name): name for name in names}
        for file, row in self.rows.items():
            if file not in files:
                yield _row_without_file(file, row.line)
        for file, name in files.items():
            if file not in self.rows:
                yield _file_without_row(name)


def _row_without_file(file: str, line: int) -> Finding:
    message = f"the row describes {file!r}, and sources/ has no such file"
    hint = "add the file, or correct the row"
    where = Position(line, 1)
    return Finding("texts-row-without-file", "warning", message, NAME, where, hint, file)


def _file_without_row(name: str) -> Finding:
    message = f"sources/{name} has no row; only [edition] describes it"
    hint = f"add a row to {NAME} that begins with {name}"
    return Finding("texts-file-without-row", "warning", message, NAME, None, hint, name)


def read_texts(path: Path, keys: Sequence[Key]) -> Texts:
    """Read `texts.csv`, whose columns are `file` and the names of keys of `[edition]`.

    Raises:
        UsageError: a column is unknown, or a cell is not what its column holds.
    """
    if not path.is_file():
        return Texts()
    columns = {one.name: one for one in keys if one.table == "edition"}
    lines = _cells(path)
    header = next(lines, (1, []))[1]
    _check_header(header, columns, path)
    rows: dict[str, Row] = {}
    for line, cells in lines:
        file, values = _row(header, cells, columns, f"{path}:{line}")
        if file in rows:
            raise UsageError(f"{file!r} has two rows", place=f"{path}:{line}")
        rows[file] = Row(line, values)
    return Texts(rows, True)


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with the line it begins on."""
    text = _text(path)
    separator = max(SEPARATORS, key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [bare(cell.strip()) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"no table of texts: {error}", place=f"{path}:{line}") from error


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "save the table as CSV UTF-8"
        raise UsageError("this is not UTF-8", place=f"{path}:{line}", hint=hint) from error
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", place=str(path)) from error


def _check_header(header: list[str], columns: Mapping[str, Key], path: Path) -> None:
    place = f"{path}:1"
    for name in header:
        if name != FILE and name not in columns:
            hint = nearest(name, (FILE, *columns))
            raise UsageError(f"no column is called {name!r}", place=place, hint=hint)
        if header.count(name) > 1:
            raise UsageError(f"two columns are called {name!r}", place=place)
    if FILE not in header:
        raise UsageError(f"expected a column {FILE!r} with the names of the texts", place=place)


def _row(
    header: list[str], cells: list[str], columns: Mapping[str, Key], place: str
) -> tuple[str, dict[str, str]]:
    """Return the file that a row describes, and its values by fields of `Metadata`."""
    if len(cells) > len(header):
        hint = "put text that holds the separator in quotation marks"
        raise UsageError(f"{len(cells)} cells under {len(header)} columns", place=place, hint=hint)
    said = dict(zip(header, cells, strict=False))
    file = _file(said.pop(FILE, ""), place)
    filled = {name: cell for name, cell in said.items() if cell}
    for name, cell in filled.items():
        if expected := problem(columns[name], cell):
            raise UsageError(f"{name}: {expected}", place=place)
    return file, {columns[name].fields[0][1]: cell for name, cell in filled.items()}


def _file(said: str, place: str) -> str:
    if not said:
        raise UsageError(f"the column {FILE!r} is empty", place=place)
    path = PurePosixPath(normalize("NFC", said))
    if path.is_absolute() or ".." in path.parts:
        raise UsageError(f"{said!r} leads out of sources/", place=place)
    return str(path)
