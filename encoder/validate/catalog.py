"""A catalog says where a copy of what is on the web lies: OASIS XML Catalogs 1.1.

The entries are those for addresses (7.2.2); those for system identifiers (7.1.2) come second, for
many a catalog has only them. Nothing is fetched: an address that an entry leads to is looked for
in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from encoder import addresses, cache
from encoder.errors import MissingError, UsageError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Fits = Callable[[str], bool]
OASIS = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
PUBLIC = "urn:publicid:"
# RFC 3151: what stands for what in the URN of a public identifier, beside %XX.
UNWRAPPED = (("+", " "), (":", "//"), (";", "::"))
HINT = "Give an OASIS XML catalog: <catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'>."


@dataclass(frozen=True)
class Catalogs:
    """Where copies lie: catalog files, and pairs of an address and a file."""

    files: tuple[Path, ...] = ()
    pairs: tuple[tuple[str, Path], ...] = ()

    def find(self, address: str) -> Path | None:
        """Return the file on this machine that is a copy of what is at an address.

        Raises:
            MissingError: a catalog is not there, or what one names.
            UsageError: a catalog is none.
        """
        paired = dict(self.pairs).get(address)
        if paired is not None:
            return _there(paired, address)
        found = _resolved(address, self.files)
        if found and not cache.is_web(found):
            return _there(Path(unquote(addresses.split(found).path)), address)
        entry = cache.find(found or address)
        return entry.path if entry else None

    def beside(self, file: Path, reference: str) -> Path | None:
        """Return the file that `reference` in a schema names: on the web, or in the cache.

        None stands for what is neither, and so is a file beside the schema.

        Raises:
            MissingError: it is not on this machine.
        """
        address = addresses.join(cache.location(file), reference)
        if not cache.is_web(address):
            return None
        found = self.find(address)
        if found is None:
            message = f"the schema names {address}, which is not on this machine"
            raise MissingError(message, hint=cache.command(address), place=str(file))
        return found


NONE = Catalogs()


def _there(path: Path, address: str) -> Path:
    if not path.is_file():
        message = f"the catalog names {path} for {address}, and there is no such file"
        raise MissingError(message, hint="Correct the catalog, or put the file there.")
    return path


def _resolved(address: str, files: Sequence[Path]) -> str:
    """Return what catalogs say of an address, the first that says something; else ''."""
    seen: set[Path] = set()
    waiting = list(files)
    while waiting:
        file = waiting.pop(0).resolve()
        if file in seen:
            continue
        if seen and not file.is_file():
            continue  # 4: what another catalog names and is not there is passed over
        seen.add(file)
        catalog = _catalog(file, file.stat().st_mtime_ns if file.is_file() else 0)
        found, delegates = catalog.said(address)
        if found:
            return found
        # 7.2.2, 7: where a catalog delegates, only those it delegates to are asked.
        waiting = delegates if delegates else [*catalog.further, *waiting]
    return ""


class _Catalog:
    """One catalog file."""

    def __init__(self, root: Element, file: Path) -> None:
        self._file = file
        self._entries = [
            (str(each.tag).removeprefix(OASIS), each, _base(each, file))
            for each in root.iter(f"{OASIS}*")
        ]

    @property
    def further(self) -> list[Path]:
        """The catalogs to ask next."""
        return self._files(self._named("nextCatalog", "catalog"))

    def said(self, address: str) -> tuple[str, list[Path]]:
        """Return what stands for an address, and else the catalogs that are to know it."""
        if address.startswith(PUBLIC):
            public = _unwrapped(address)
            exact = dict(self._named("public", "uri", "publicId")).get(public, "")
            return exact, [] if exact else self._delegates("delegatePublic", "publicId", public)
        for kind in (_URI, _SYSTEM):
            found = self._exact(kind, address)
            delegates = [] if found else self._delegates(kind.delegate, kind.start, address)
            if found or delegates:
                return found, delegates
        return "", []

    def _exact(self, kind: _Kind, address: str) -> str:
        exact = dict(reversed(list(self._named(kind.exact, "uri", kind.name)))).get(address)
        if exact:
            return exact
        if start := self._longest(kind.rewrite, "rewritePrefix", kind.start, address.startswith):
            return start[1] + address[len(start[0]) :]
        if end := self._longest(kind.suffix, "uri", kind.end, address.endswith):
            return end[1]
        return ""

    def _longest(self, tag: str, to: str, by: str, fits: Fits) -> tuple[str, str] | None:
        fitting = [pair for pair in self._named(tag, to, by) if pair[0] and fits(pair[0])]
        return max(fitting, key=lambda pair: len(pair[0]), default=None)

    def _delegates(self, tag: str, by: str, address: str) -> list[Path]:
        fitting = [p for p in self._named(tag, "catalog", by) if p[0] and address.startswith(p[0])]
        return self._files(sorted(fitting, key=lambda pair: -len(pair[0])))

    def _named(self, tag: str, to: str, by: str = "") -> Iterator[tuple[str, str]]:
        for kind, entry, base in self._entries:
            if kind == tag and entry.get(to) is not None:
                yield entry.get(by, "") if by else "", addresses.join(base, entry.get(to, ""))

    def _files(self, named: Iterable[tuple[str, str]]) -> list[Path]:
        local = [to for _, to in named if not cache.is_web(to)]
        return [Path(unquote(addresses.split(to).path)) for to in local]


@dataclass(frozen=True)
class _Kind:
    """How the entries for one kind of identifier are called."""

    exact: str
    name: str
    rewrite: str
    start: str
    suffix: str
    end: str
    delegate: str


_URI = _Kind("uri", "name", "rewriteURI", "uriStartString", "uriSuffix", "uriSuffix", "delegateURI")
_SYSTEM = _Kind(
    "system",
    "systemId",
    "rewriteSystem",
    "systemIdStartString",
    "systemSuffix",
    "systemIdSuffix",
    "delegateSystem",
)


def _unwrapped(urn: str) -> str:
    public = urn.removeprefix(PUBLIC)
    for sign, meaning in UNWRAPPED:
        public = public.replace(sign, meaning)
    return unquote(public)


def _base(entry: Element, file: Path) -> str:
    base = file.as_uri()
    for each in reversed([entry, *entry.iterancestors()]):
        base = addresses.join(base, each.get(BASE, ""))
    return base


@lru_cache(maxsize=32)
def _catalog(file: Path, _changed: int) -> _Catalog:
    from encoder import trees

    root = trees.root(file, "the catalog", HINT)
    if root.tag != f"{OASIS}catalog":
        raise UsageError("this is not a catalog", hint=HINT, place=str(file))
    return _Catalog(root, file)
