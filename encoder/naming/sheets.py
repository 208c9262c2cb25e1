"""A sheet is a register as a table: one row an entry, for spreadsheets and for OpenRefine.

A sheet that becomes TEI and a sheet again is the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from xml.sax.saxutils import escape, quoteattr

from encoder.cells import bare, defused
from encoder.errors import UsageError
from encoder.forms import NOT_XML, is_date
from encoder.keys import nearest
from encoder.model import collapse
from encoder.naming.drafts import ELEMENTS, identifier
from encoder.registers import NCNAME, Kind, Name, Person

COLUMNS = (
    "id", "name", "surname", "forename", "variants", "birth", "death",
    "gnd", "viaf", "wikidata", "geonames",
)  # fmt: skip
AUTHORITIES = ("gnd", "viaf", "wikidata", "geonames")
EVENTS: Mapping[Kind, tuple[str, ...]] = {
    "person": ("birth", "death"), "place": (), "org": (), "work": (),
}  # fmt: skip
BETWEEN = " | "
ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
Row = dict[str, str]


def sheet(entries: Iterable[Person]) -> bytes:
    """Return entries as CSV: UTF-8 with its mark, commas, as spreadsheets read it."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for entry in entries:
        table.writerow({key: defused(value) for key, value in row(entry).items()})
    return out.getvalue().encode("utf-8-sig")


def row(entry: Person) -> Row:
    """Return an entry as the cells of a row."""
    main = next((name for name in entry.names if name.type == "main"), entry.names[0])
    others = [name for name in entry.names if name is not main]
    parted = next((name for name in others if name.marked and not main.marked), None)
    named = parted or (main if main.marked else Name(""))
    known = {kind.lower(): value for kind, value in reversed(entry.idnos)}
    variants = (name for name in others if name is not parted)
    return {
        "id": entry.id,
        "name": main.text,
        "surname": _surname(named),
        "forename": named.part("forename"),
        "variants": BETWEEN.join(_escaped(name) for name in variants),
        "birth": entry.birth,
        "death": entry.death,
        **{name: known.get(name, "") for name in AUTHORITIES},
    }


def _surname(name: Name) -> str:
    return name.part("nameLink", "surname")


def _escaped(name: Name) -> str:
    return name.text.replace("\\", "\\\\").replace("|", "\\|")


def _unescaped(cell: str) -> list[str]:
    parts = re.findall(r"(?:\\.|[^|\\])+", cell)
    names = (re.sub(r"\\(.)", r"\1", part.strip()) for part in parts)
    return [name for name in map(collapse, names) if name]


def rows(data: bytes, columns: Mapping[str, str], place: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a CSV file, each with its line, its cells under our names.

    Args:
        data: the file; its encoding and delimiter are seen from it, as spreadsheets write them.
        columns: what the file calls a column of ours, where it calls it otherwise.
        place: the file's name, for messages.

    Raises:
        UsageError: it is no table, has no column of names, or a cell has what XML cannot hold.
    """
    lines, delimiter, skipped = _lines(data, place)
    table = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(table, [])]
        names = _names(header, columns, place)
        for cells in table:
            line = table.line_num + skipped
            if any(cells[len(names) :]):
                hint = "put a cell that has the delimiter into quotation marks"
                raise UsageError("more cells than columns", hint=hint, place=f"{place}:{line}")
            if any(cell.strip() for cell in cells):
                found = dict(zip(names, cells, strict=False))
                yield line, {key: _cell(found.get(key, ""), f"{place}:{line}") for key in COLUMNS}
    except csv.Error as error:
        hint = "a quotation mark may lack its fellow"
        raise UsageError(
            f"no table: {error}", hint=hint, place=f"{place}:{table.line_num}"
        ) from error


def unread(data: bytes, columns: Mapping[str, str], place: str) -> list[str]:
    """Return the columns of a CSV file that we have no use for.

    Raises:
        UsageError: see `rows`.
    """
    lines, delimiter, _ = _lines(data, place)
    header = [cell.strip() for cell in next(csv.reader(lines, delimiter=delimiter), [])]
    return [name for name in _names(header, columns, place) if name and name not in COLUMNS]


def _lines(data: bytes, place: str) -> tuple[io.StringIO, str, int]:
    """Return a CSV file as text, its delimiter, and how many lines stand before the table."""
    text = _decoded(data, place)
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"(?i)\"?sep=(.)\"?\s*", first)
    text, skipped = (rest, 1) if said else (text, 0)
    delimiter = said[1] if said else max(";\t,", key=text.partition("\n")[0].count)
    return io.StringIO(text, newline=""), delimiter, skipped


def _decoded(data: bytes, place: str) -> str:
    marked = next((encoding for mark, encoding in ENCODINGS if data.startswith(mark)), "")
    unmarked = ("utf-16-le",) if data[1:2] == b"\0" else ("utf-8", "cp1252")
    for encoding in (marked,) if marked else unmarked:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    hint = "save it as CSV in UTF-8"
    raise UsageError("neither UTF-8, UTF-16 nor Windows-1252", hint=hint, place=place)


def _names(header: list[str], columns: Mapping[str, str], place: str) -> list[str]:
    """Return our name of each column of a file, or its own where we have none."""
    for ours, theirs in columns.items():
        if ours not in COLUMNS:
            raise UsageError(f"there is no column {ours!r}", hint=nearest(ours, COLUMNS))
        if theirs not in header:
            hint = nearest(theirs, header)
            raise UsageError(f"the file has no column {theirs!r}", hint=hint, place=f"{place}:1")
    mapped = {theirs: ours for ours, theirs in columns.items()}
    names = [mapped.get(cell, cell.lower() if cell.lower() in COLUMNS else cell) for cell in header]
    if twice := next((name for name in COLUMNS if names.count(name) > 1), ""):
        hint = f"say which it is: --map {twice}=COLUMN"
        raise UsageError(f"two columns are called {twice!r}", hint=hint, place=f"{place}:1")
    if "name" not in names and "surname" not in names:
        hint = "say which it is: --map name=COLUMN"
        raise UsageError("the file has no column 'name'", hint=hint, place=f"{place}:1")
    return names


def _cell(cell: str, place: str) -> str:
    said = bare(cell)
    if bad := NOT_XML.search(said):
        raise UsageError(f"{bad[0]!r} cannot stand in XML", place=place)
    return collapse(said)


def entries(table: Iterable[tuple[int, Row]], kind: Kind, place: str) -> Iterator[tuple[str, str]]:
    """Yield the id of each row and its entry in TEI.

    Raises:
        UsageError: an id is given twice or cannot be one, or a row has no name.
    """
    taken: dict[str, int] = {}
    for line, cells in table:
        name = cells["name"] or f"{cells['forename']} {cells['surname']}".strip()
        if not name:
            raise UsageError("a row has no name", place=f"{place}:{line}")
        ident = cells["id"] or identifier(name, taken)
        if ident in taken:
            message = f"the id {ident!r} is already that of line {taken[ident]}"
            raise UsageError(message, place=f"{place}:{line}")
        if not NCNAME.fullmatch(ident):
            hint = 'use letters, digits, "-" and "_", a letter first'
            raise UsageError(f"{ident!r} cannot be an xml:id", hint=hint, place=f"{place}:{line}")
        taken[ident] = line
        yield ident, _entry(ident, name, cells, kind)


def _entry(ident: str, name: str, cells: Row, kind: Kind) -> str:
    _, entry, called = ELEMENTS[kind]
    surname, forename = cells["surname"], cells["forename"]
    main = _parted(name, surname, forename)
    rows = [f'<{called} type="main">{main or escape(name)}</{called}>']
    if not main and (surname or forename):
        parts = _parted(f"{forename} {surname}".strip(), surname, forename)
        rows.append(f'<{called} type="variant">{parts}</{called}>')
    variants = _unescaped(cells["variants"])
    rows += [f'<{called} type="variant">{escape(v)}</{called}>' for v in variants]
    rows += [_event(tag, cells[tag]) for tag in EVENTS[kind] if cells[tag]]
    rows += [f'<idno type="{a}">{escape(cells[a])}</idno>' for a in AUTHORITIES if cells[a]]
    inner = "\n".join(f"  {row}" for row in rows)
    return f"<{entry} xml:id={quoteattr(ident)}>\n{inner}\n</{entry}>"


def _parted(name: str, surname: str, forename: str) -> str:
    """Return a name with its parts marked; nothing where it has other parts than these."""
    ends = f"<surname>{escape(surname)}</surname>", f"<forename>{escape(forename)}</forename>"
    if surname and forename:
        ways = {f"{forename} {surname}": f"{ends[1]} {ends[0]}"}
        ways[f"{surname}, {forename}"] = f"{ends[0]}, {ends[1]}"
        return ways.get(name, "")
    only = {surname: ends[0], forename: ends[1]}
    return only[name] if name in only and name else ""


def _event(tag: str, said: str) -> str:
    return f'<{tag} when="{said}"/>' if is_date(said) else f"<{tag}>{escape(said)}</{tag}>"
