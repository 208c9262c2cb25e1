"""A project is a folder with an `edition.toml`: the texts, and what their editor decided about all.

`texts.csv` says more about single texts: one row each, over what `[edition]` says of all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from encoder.errors import UsageError
from encoder.keys import TABLES, Key, Value, key, keys, nearest, problem
from encoder.metadata import Metadata
from encoder.model import Finding
from encoder.profile import Profile
from encoder.project.texts import Texts, read_texts
from encoder.render import Custom
from encoder.render.printing import Sheet
from encoder.validate.ignores import Ignore, ignores
from encoder.vocabulary import located

FILE = "edition.toml"
FORMAT = 1
DECISIONS = "decisions.toml"
# The folders in which standard input and pipes have names.
PIPES = (Path("/dev"), Path("/dev/fd"))
REGISTERS = ("persons", "places", "orgs", "works")
# Characters that XML cannot hold, or gives back as others (XML 1.0, 2.2 and 3.3.3).
NOT_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
IGNORE = re.compile(r"^\s*\[\[\s*validate\s*\.\s*ignore\s*\]\]", re.MULTILINE)
HEADING = re.compile(r"\s*\[+\s*[\"']?([\w-]+)")
ENTRY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*(?:\.\s*[\"']?([\w-]+)[\"']?\s*)?=")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the files of a project lie, apart from its sources."""

    persons: str = key("persons in TEI; empty: persons.xml", "path", table="registers")
    places: str = key("places in TEI; empty: places.xml", "path", table="registers")
    orgs: str = key("organisations in TEI; empty: orgs.xml", "path", table="registers")
    works: str = key("works in TEI; empty: works.xml", "path", table="registers")
    decisions: str = key("the editor's decisions; empty: decisions.toml", "path", table="editorial")
    schema: str = key(
        "folder for the schemas, beside the TEI", "path", table="validate", default="schema"
    )
    name: str = key("title of the web edition; empty: that of [edition]", table="site")
    css: str = key("CSS of your own, which stands after ours", "path", table="site")
    xslt: str = key("templates of your own; empty: xslt/custom.xsl", "path", table="site")
    catalog: str | Mapping[str, str] = key(
        'OASIS XML catalog, or {"address" = "file"}: where copies of schemas lie',
        "copies",
        table="validate",
    )


def all_keys() -> tuple[Key, ...]:
    """Return every key that `edition.toml` may have."""
    return keys(Metadata, Profile, Settings, Sheet)


@dataclass(frozen=True)
class Project:
    """A folder of texts and the policy they are edited by; without a file, the defaults.

    `lines` gives the line of `edition.toml` on which each key stands.
    """

    file: Path | None = None
    profile: Profile = field(default_factory=Profile)
    edition: Metadata = field(default_factory=Metadata)
    settings: Settings = field(default_factory=Settings)
    texts: Texts = field(default_factory=Texts)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    sheet: Sheet = field(default_factory=Sheet)

    @staticmethod
    def none() -> Project:
        """Return what holds where there is no project."""
        return Project()

    @property
    def root(self) -> Path:
        """The folder of the project; the current one where there is none."""
        return self.file.parent if self.file else Path()

    @cached_property
    def sources(self) -> tuple[Path, ...]:
        """The texts as received: `sources/**/*.txt`, in the order of their names."""
        return tuple(path for path in self._candidates if not self._objection(path))

    @cached_property
    def _candidates(self) -> tuple[Path, ...]:
        if self.file is None:
            return ()
        found = (self.root / "sources").rglob("*.txt")
        return tuple(sorted(path for path in found if path.is_file() and path.name[0] != "."))

    def _objection(self, source: Path) -> str:
        """Return why a file is no text of the project; empty where it is one."""
        if not source.resolve().is_relative_to(self.root.resolve()):
            return "is a link that leads out of the project"
        strange = NOT_IN_NAMES.search(self.name_of(source))
        return "has a control character in its name" if strange else ""

    @property
    def source_dir(self) -> Path:
        """The folder of the texts as received."""
        return (self.root / "sources").resolve()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sources, as `texts.csv` has them: paths below `sources/`."""
        return tuple(map(self.name_of, self.sources))

    def name_of(self, source: Path) -> str:
        """Return the name of a source: its path below `sources/`, or that of its file."""
        folder, path = self.source_dir, source.resolve()
        below = self.file is not None and path.is_relative_to(folder)
        return path.relative_to(folder).as_posix() if below else source.name

    def metadata(self, name: str) -> Metadata:
        """Return what is known of the source called `name`, a path below `sources/`."""
        return replace(self.edition, **self.texts.row(name))

    def profile_of(self, name: str) -> Profile:
        """Return the policy for the source called `name`: its row may name another language."""
        language = self.texts.row(name).get("language", "")
        return replace(self.profile, language=language) if language else self.profile

    @property
    def registers(self) -> Mapping[str, Path]:
        """The registers that exist: `persons`, `places`, `orgs`, `works`.

        Raises:
            UsageError: `edition.toml` names a file that is not there.
        """
        paths = {name: self._named("registers", name, f"{name}.xml") for name in REGISTERS}
        return {name: path for name, path in paths.items() if path}

    @property
    def decisions(self) -> Path | None:
        """The file of the editor's decisions, if there is one.

        Raises:
            UsageError: `edition.toml` names a file that is not there.
        """
        return self._named("editorial", "decisions", DECISIONS)

    @property
    def decisions_file(self) -> Path:
        """Where decisions are written, whether the file is there or not."""
        return self.root / (self.settings.decisions or DECISIONS)

    @cached_property
    def custom(self) -> Custom:
        """What stands over our stylesheets: the project's CSS and templates.

        Raises:
            UsageError: `edition.toml` names a file that is not there, or that is no CSS.
        """
        css = self._named("site", "css", "")
        styles = _read(css) if css else ""
        if "</style" in styles.lower():
            raise UsageError("a style sheet cannot hold </style>", place=str(css))
        return Custom(styles, self._named("site", "xslt", "xslt/custom.xsl"))

    @property
    def word_lists(self) -> tuple[Path, ...]:
        """The word lists it names, as paths without their ending.

        Raises:
            UsageError: one of them is nowhere.
        """
        place = f"{self.file}:{self.lines.get(('reading', 'dictionaries'), 1)}"
        return located(self.profile.dictionaries, self.root, place)

    @property
    def fonts(self) -> Path | None:
        """The folder of fonts that PDFs are set with, besides those that Typst brings."""
        return self.root / self.sheet.fonts if self.sheet.fonts else None

    @property
    def schema_dir(self) -> Path:
        """The folder that the schemas are written to."""
        return self.root / self.settings.schema

    @property
    def catalogs(self) -> tuple[tuple[Path, ...], tuple[tuple[str, Path], ...]]:
        """The catalog files, and the pairs of an address and its copy."""
        said = self.settings.catalog
        if isinstance(said, str):
            return ((self.root / said,) if said else ()), ()
        return (), tuple((address, self.root / file) for address, file in said.items())

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the texts and with their list."""
        for path in self._candidates:
            if objection := self._objection(path):
                name = path.relative_to(self.root / "sources").as_posix()
                hint = "put the file itself here, under a plain name"
                yield Finding("unreadable", "error", objection, name, hint=hint)
        yield from self.texts.findings(self.names)

    def _named(self, table: str, name: str, default: str) -> Path | None:
        said: str = getattr(self.settings, name)
        path = self.root / (said or default)
        if self.file and path.is_file():
            return path
        if said:
            place = f"{self.file}:{self.lines.get((table, name), 1)}"
            raise UsageError(f"[{table}] {name}: there is no file {said!r}", place=place)
        return None


def find(start: Path) -> Project | None:
    """Return the project that a file or folder belongs to: the nearest `edition.toml` upward.

    Raises:
        UsageError: its `edition.toml` is not right.
    """
    file = nearest_file(start)
    return load(file) if file else None


def nearest_file(start: Path) -> Path | None:
    """Return the nearest `edition.toml` upward from a file or folder.

    What is given through standard input or a pipe lies where we are.
    """
    here = (Path() if start in PIPES else start).resolve()
    candidates = (folder / FILE for folder in (here, *here.parents))
    return next((file for file in candidates if file.is_file()), None)


def load(place: Path) -> Project:
    """Read the project in a folder, or the one that an `edition.toml` describes.

    Raises:
        UsageError: a project file is missing or not right; it says file, line and remedy.
    """
    file = place / FILE if place.is_dir() else place
    text = _read(file)
    lines, tables = _lines(text), _parse(text, file)
    passed = _ignores(tables, text, file)
    values = _values(tables, lines, file)
    texts = read_texts(file.parent / "texts.csv", keys(Metadata))
    return Project(
        file,
        Profile(**values[Profile]),
        Metadata(**values[Metadata]),
        Settings(**values[Settings]),
        texts,
        lines,
        passed,
        Sheet(**values[Sheet]),
    )


def _ignores(tables: dict[str, Any], text: str, file: Path) -> tuple[Ignore, ...]:
    """Take the tables `[[validate.ignore]]` out of the others, and return what they say."""
    validate = tables.get("validate")
    said = validate.pop("ignore", []) if isinstance(validate, dict) else []
    starts = (text.count("\n", 0, found.start()) + 1 for found in IGNORE.finditer(text))
    return ignores(said, file, starts)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError("this is not UTF-8", place=f"{file}:{line}") from error
    except FileNotFoundError as error:
        hint = "make a project with `tei init`"
        raise UsageError(f"there is no {FILE} here", place=str(file), hint=hint) from error
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", place=str(file)) from error


def _parse(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, at = AT.sub("", str(error)), AT.search(str(error))
        line, column = (at[1], at[2]) if at and at[1] else (str(text.count("\n") + 1), "1")
        hint = "see https://toml.io for how values are written"
        raise UsageError(message, place=f"{file}:{line}:{column}", hint=hint) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("a value is too long or too deeply nested", place=str(file)) from error


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Return the lines on which tables (with an empty name) and keys stand."""
    lines: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if heading := HEADING.match(line):
            table = heading[1]
            lines.setdefault((table, ""), number)
        elif entry := ENTRY.match(line):
            path = (table, entry[1]) if table else (entry[1], entry[2] or "")
            lines.setdefault(path, number)
    return lines


def _values(
    tables: Mapping[str, Any], lines: Mapping[tuple[str, str], int], file: Path
) -> dict[type, dict[str, Any]]:
    """Return the values of the keys by the dataclasses and fields that take them."""
    values: dict[type, dict[str, Any]] = {
        Metadata: {},
        Profile: {},
        Settings: {},
        Sheet: {},
    }
    for table, name, value in _entries(tables, lines, file):
        place = f"{file}:{lines.get((table, name)) or lines.get((table, ''), 1)}"
        one = _known(table, name, place)
        if expected := problem(one, value):
            raise UsageError(f"[{table}] {name}: {expected}", place=place)
        if one.form == "path" and value:
            _stay_inside(file.parent, str(value), place)
        for holder, taken in one.fields:
            values[holder][taken] = tuple(value) if isinstance(value, list) else value
    return values


def _entries(
    tables: Mapping[str, Any], lines: Mapping[tuple[str, str], int], file: Path
) -> Iterator[tuple[str, str, Value]]:
    for table, entries in tables.items():
        place = f"{file}:{lines.get((table, ''), 1)}"
        if table == "format":
            _check_format(entries, place)
        elif table not in TABLES:
            raise UsageError(f"no table is called {table!r}", place=place, hint=_table_hint(table))
        elif not isinstance(entries, dict):
            raise UsageError(f"expected a table: [{table}] on a line of its own", place=place)
        else:
            yield from ((table, name, value) for name, value in entries.items())


def _check_format(value: object, place: str) -> None:
    if value != FORMAT or isinstance(value, bool):
        hint = "another version of tei-encoder may have written this project"
        raise UsageError(f"format: expected {FORMAT}", place=place, hint=hint)


def _table_hint(word: str) -> str:
    """Return the table that a stray word belongs to, or the one it is most like."""
    homes = [one.table for one in all_keys() if one.name == word]
    return f"it belongs under [{homes[0]}]" if homes else nearest(word, ("format", *TABLES))


def _known(table: str, name: str, place: str) -> Key:
    by_name = {one.name: one for one in all_keys() if one.table == table}
    if name in by_name:
        return by_name[name]
    homes = [one.table for one in all_keys() if one.name == name]
    hint = f"it belongs under [{homes[0]}]" if homes else nearest(name, by_name)
    raise UsageError(f"[{table}] has no key {name!r}", place=place, hint=hint)


def _stay_inside(root: Path, said: str, place: str) -> None:
    """Refuse a path that leads out of the project, which would not travel with it."""
    path = Path(said)
    if path.is_absolute() or not (root / path).resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{said!r} leads out of the project", place=place)
