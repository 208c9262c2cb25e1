"""A new project is a folder where every question is written down, each with the best guess.

It asks nothing, overwrites nothing, and what it makes can be built as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from encoder.cells import defused
from encoder.convert import is_converted, received
from encoder.errors import OutputError, UsageError
from encoder.keys import TABLES, Key
from encoder.model import Source
from encoder.project import FILE, FORMAT, all_keys
from encoder.project.guess import Guess, Guesses, guesses
from encoder.project.texts import NAME as TEXTS

# What TOML does not take in a comment.
NOT_IN_COMMENT = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
UNKNOWN = "unknown: fill in"
IN_TABLE = f"see {TEXTS}"
ABOUT = """\
How the texts in sources/ are edited. Every line may be changed or left out.
What is empty is not known, and the edition says so."""
TABLE_DOC = {
    "edition": f"What is known of the texts. {TEXTS}, if there is one, says more of single texts.",
    "reading": "How plain text is read.",
    "editorial": "What the edition does with what it finds.",
    "notes": "How notes are found.",
    "registers": "Who is mentioned. persons.xml is a <listPerson> in the namespace of TEI, with "
    'a <person xml:id="…"><persName>…</persName></person> for each.',
    "site": "Where the edition is published.",
    "print": "How PDFs are set.",
    "validate": "How the TEI is checked.",
}
DECISIONS = """\
# What the editor decides, applied at every run. Each decision quotes the words it is about.
# The report of a build proposes one for each open question. For example:
#
# [[correct]]
# exact = "teh"
# prefix = "at the end of "
# reading = "the"
"""
ATTRIBUTES = """\
# Sources are kept as received: trailing spaces and line ends carry meaning.
sources/*.txt -text
"""


def init(folder: Path, sources: Sequence[Path] = (), encoding: str = "") -> list[str]:
    """Make a project of some texts, and return what was done, a line each.

    Raises:
        InputError: a source cannot be read.
        OutputError: the folder cannot be written to.
        UsageError: two sources have the same name.
    """
    texts = _texts(folder, sources, encoding)
    files = {
        f"sources/{file}": data
        for name, (path, source) in texts.items()
        for file, data in _files(name, path, source).items()
    }
    files |= _project_files(
        {name: guesses(source) for name, (_, source) in texts.items()}, encoding
    )
    said = [_write(folder / name, data) for name, data in files.items()]
    following = f"tei build {folder}" if texts else f"put texts into {folder / 'sources'}"
    return [*said, f"next: {following}"]


def _files(name: str, path: Path, source: Source) -> dict[str, bytes]:
    """Return the text as a project keeps it; what it was made from is kept beside it."""
    if source.origin is None:
        return {name: path.read_bytes()}
    original = str(PurePosixPath(name).with_suffix(path.suffix.lower()))
    return {name: source.text.encode(), original: path.read_bytes()}


def _texts(folder: Path, sources: Sequence[Path], encoding: str) -> dict[str, tuple[Path, Source]]:
    """Read the sources that are given and those already there, by their names in the project."""
    texts: dict[str, tuple[Path, Source]] = {}
    here = folder / "sources"
    there = sorted(path for path in here.rglob("*.txt") if path.name[0] != ".")
    for path, name in [
        *((path, path.relative_to(here).as_posix()) for path in there),
        *((path, _name(path)) for path in sources),
    ]:
        if name in texts and path.read_bytes() != texts[name][0].read_bytes():
            hint = "rename one of them"
            message = f"{texts[name][0]} would have the same name in sources/"
            raise UsageError(message, place=str(path), hint=hint)
        texts.setdefault(name, (path, received(path, encoding or None)))
    return texts


def _name(path: Path) -> str:
    if is_converted(path):
        return f"{path.stem}.txt"
    return path.name if path.suffix == ".txt" else f"{path.name}.txt"


def _project_files(known: Mapping[str, Guesses], encoding: str) -> dict[str, bytes]:
    """Return the files that describe a project, by name."""
    one = next(iter(known.values())) if len(known) == 1 else _shared(known)
    given = {"encoding": Guess(encoding, "given to tei init")} if encoding else {}
    files = {FILE: edition_toml({**one, **given})}
    if len(known) > 1:
        files[TEXTS] = _texts_csv(known)
    files |= {"decisions.toml": DECISIONS, ".gitattributes": ATTRIBUTES}
    return {name: text.encode() for name, text in files.items()}


def _shared(known: Mapping[str, Guesses]) -> Guesses:
    """Return what is guessed of several texts alike; where they differ, the table says it."""
    shared: dict[str, Guess] = {}
    for name in dict.fromkeys(name for said in known.values() for name in said):
        values = {said[name].value if name in said else "" for said in known.values()}
        same = values.pop() if len(values) == 1 else ""
        shared[name] = Guess(same, f"the same in all of sources/; {IN_TABLE}" if same else IN_TABLE)
    return shared


def _texts_csv(known: Mapping[str, Guesses]) -> str:
    columns = [key.name for key in all_keys() if any(key.name in said for said in known.values())]
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["file", *columns])
    for file, said in known.items():
        values = (str(said[name].value) if name in said else "" for name in columns)
        table.writerow(map(defused, [file, *values]))
    return out.getvalue()


def edition_toml(known: Guesses) -> str:
    """Return an `edition.toml` with every key, each with its guess and where that is from."""
    import tomlkit

    document = tomlkit.document()
    for line in ABOUT.splitlines():
        document.add(tomlkit.comment(line))
    document.add("format", tomlkit.item(FORMAT))
    for name in TABLES:
        document.add(tomlkit.nl())
        document.add(name, _table(name, known))
    return tomlkit.dumps(document)


def _table(name: str, known: Guesses) -> Any:
    import tomlkit

    table = tomlkit.table()
    table.comment(TABLE_DOC[name])
    for key in all_keys():
        if key.table == name:
            table.add(tomlkit.comment(_doc(key)))
            value, why = _value(key, known)
            table.add(key.name, tomlkit.item(value).comment(NOT_IN_COMMENT.sub("", why)))
    return table


def _doc(key: Key) -> str:
    either = " (" + " or ".join(key.choices) + ")" if key.choices else ""
    return f"{key.doc}{either}"


def _value(key: Key, known: Guesses) -> tuple[Any, str]:
    """Return the value to write for a key, and the comment that says where it is from."""
    guess = known.get(key.name)
    if guess and key.table in ("edition", "reading"):
        return guess.value, f"guess: {guess.why}" if guess.value else guess.why
    if key.default == "" and key.table in ("edition", "site"):
        return "", UNKNOWN
    return list(key.default) if isinstance(key.default, tuple) else key.default, "default"


def _write(path: Path, data: bytes) -> str:
    """Write a file unless it exists, and return what was done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        if not path.parent.is_dir():
            raise OutputError("is a file, not a folder", place=str(path.parent)) from error
        return f"kept {path}"
    except OSError as error:
        message = f"cannot be written ({error.strerror})"
        raise OutputError(message, place=str(path)) from error
    return f"wrote {path}"
