"""Where an address leads: to an element of this file, of another near it, or out of our sight.

Only TEI files in the folder of the file, or in its project, are read, each once a run. A project is
what lies beside or below `edition.toml`, else what one git repository holds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from encoder.model import Finding
from encoder.validate.document import read
from encoder.validate.references.links import Link, Links, Prefix, Target, joined, links

MARKERS = ("edition.toml", ".git")
SUFFIXES = frozenset({".xml", ".tei", ".odd"})
# An expression of another file must not keep us: it is used where it can only be quick.
QUANTIFIER, QUANTIFIED_GROUP = re.compile(r"(?<!\\)[*+{]"), re.compile(r"\)[*+{]")
MOST_QUANTIFIERS, LONGEST = 3, 100
DEEPEST = 5  # a prefix may stand for an address with another prefix


class Place(NamedTuple):
    """Where an address leads.

    `file` is '' for the file itself. `problem` is the code of a finding where it was not followed;
    else `target` is the element it leads to, None where that is out of our sight.
    """

    file: str = ""
    name: str = ""
    target: Target | None = None
    problem: str = ""


class Resolver:
    """Follows the addresses of one file."""

    def __init__(self, own: Links, path: str) -> None:
        self.own, self._path = own, Path(path) if path else None
        self._places: dict[tuple[str, str], Place] = {}

    def place(self, link: Link) -> Place:
        """Return where an address leads."""
        key = link.address, link.base
        if key not in self._places:
            self._places[key] = self._followed(link.address, link.base, DEEPEST)
        return self._places[key]

    def _followed(self, address: str, base: str, left: int) -> Place:
        if address.startswith("#"):
            return self._named("", address[1:], self.own)
        scheme, colon, rest = address.partition(":")
        if colon and scheme in self.own.prefixes and left:
            expanded = _expanded(self.own.prefixes[scheme], rest)
            if expanded is None:
                return Place(problem="ref-prefix", name=scheme)
            return self._followed(expanded, base, left - 1)
        if not base and address in self.own.targets and not self._is_file(address):
            return Place(name=address, problem="ref-bare")
        return self._elsewhere(joined(base, address))

    def _is_file(self, address: str) -> bool:
        return self._path is not None and (self._path.parent / address).exists()

    def _named(self, file: str, name: str, where: Links) -> Place:
        if not name or "(" in name:  # the file itself, or an XPointer scheme (TEI P5 17.2.4)
            return Place()
        target = where.targets.get(name) or where.targets.get(unquote(name))
        if target is None:
            return Place(file, name, None, "ref-dangling")
        return Place(file, name, target)

    def _elsewhere(self, address: str) -> Place:
        try:
            parts = urlsplit(address)
        except ValueError:  # it is no address: it leads nowhere
            return Place()
        if self._path is None or not parts.fragment or parts.scheme or parts.netloc:
            return Place()
        path = Path(unquote(parts.path))
        if path.suffix.lower() not in SUFFIXES:
            return Place()
        file = self._near(path)
        if file is None:
            return Place(str(path), problem="ref-outside")
        if file == self._path.resolve():
            return self._named("", parts.fragment, self.own)
        other = _other(file)
        if isinstance(other, str):
            return Place(str(path), problem=other)
        return self._named(str(path), parts.fragment, other)

    def _near(self, path: Path) -> Path | None:
        """Return a file named by this one, None where it lies out of its folder and project."""
        here = (self._path or Path()).resolve().parent
        try:
            file = (here / path).resolve()
        except (OSError, RuntimeError):  # a circle of symbolic links
            return None
        return file if file.is_relative_to(_root(here)) else None


@lru_cache(maxsize=256)
def _root(folder: Path) -> Path:
    """Return the folder of the project that a folder is in, or the folder itself."""
    around = [folder, *folder.parents]
    for marker in MARKERS:
        for each in around:
            if (each / marker).exists():
                return each
    return folder


def _other(file: Path) -> Links | str:
    """Return what another file names, or the code of the finding that says why we do not know."""
    try:
        return _read(file, file.stat().st_mtime_ns) if file.is_file() else "ref-file-missing"
    except OSError:
        return "ref-file-missing"


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> Links | str:
    document = read(file.read_bytes(), str(file))
    return "ref-file-unread" if isinstance(document, Finding) else links(document)


def _expanded(prefixes: list[Prefix], rest: str) -> str | None:
    """Return the address that a prefixed one stands for, None where no pattern fits."""
    for prefix in prefixes:
        pattern = _expression(prefix.match)
        if pattern is None or len(rest) > LONGEST:
            return ""  # cannot be told in good time: it leads nowhere that we know
        found = pattern.fullmatch(rest)
        if found:
            return _replaced(prefix.replacement, [rest, *(group or "" for group in found.groups())])
    return None


def _replaced(replacement: str, groups: list[str]) -> str:
    """Return a replacementPattern with `$1` and the like put in."""
    return re.sub(
        r"\$(\d)",
        lambda sign: groups[int(sign[1])] if int(sign[1]) < len(groups) else "",
        replacement,
    )


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str] | None:
    if QUANTIFIED_GROUP.search(pattern) or len(QUANTIFIER.findall(pattern)) > MOST_QUANTIFIERS:
        return None
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None
