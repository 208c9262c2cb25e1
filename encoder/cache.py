"""The schemas fetched from the web: each below its address, with the SHA-256 it came with.

The folder is `TEI_CACHE`, else the user's cache as the system has it. In it a file lies as it does
on the web, so what one schema names is found by other programs too. Only `fetch` writes there;
what is read is held to its checksum.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urldefrag

from encoder import addresses
from encoder.errors import MissingError

VARIABLE = "TEI_CACHE"
ABOUT = ".about.json"
WEB = ("http", "https")
# What a name in an address may not be, or hold, to be the name of a file.
UNSAFE = frozenset({"", ".", ".."})
SEPARATORS = ("/", "\\", ":", "\0")


class Entry(NamedTuple):
    """A file of the cache.

    `address` is what it was asked for by, `location` where redirections led: what it names is
    relative to that. `pinned` says that a person named the checksum.
    """

    address: str
    location: str
    sha256: str
    pinned: bool

    @property
    def path(self) -> Path:
        """Where it lies."""
        return place(self.location)


def is_web(address: str) -> bool:
    """Tell whether an address is one of the web."""
    return addresses.split(address).scheme.lower() in WEB


def folder() -> Path:
    """Return the folder of the cache."""
    if said := os.environ.get(VARIABLE):
        return Path(said)
    from platformdirs import user_cache_path

    return user_cache_path("tei-encoder", appauthor=False)


def place(address: str) -> Path:
    """Return where what is at an address is kept."""
    parts = addresses.split(urldefrag(address).url)
    *folders, name = parts.path.lstrip("/").split("/")
    names = [parts.scheme, parts.netloc, *folders, f"{name}?{parts.query}" if parts.query else name]
    return folder().joinpath("schemas", *map(_safe, names))


def _safe(name: str) -> str:
    plain = unquote(name)
    safe = plain not in UNSAFE and not any(sign in plain for sign in SEPARATORS)
    return plain if safe else quote(plain, safe="").replace("..", "%2E%2E") or "index"


def about(path: Path) -> Path:
    """Return the file that says what a file of the cache is."""
    return path.with_name(path.name + ABOUT)


def find(address: str) -> Entry | None:
    """Return what is kept under an address.

    Raises:
        MissingError: it is not what was fetched.
    """
    entry = _entry(place(address))
    if entry is None or not entry.path.is_file():
        return None
    if hashlib.sha256(entry.path.read_bytes()).hexdigest() != entry.sha256:
        message = f"the copy of {address} is not what was fetched"
        raise MissingError(message, hint=command(address), place=str(entry.path))
    return entry


def location(path: Path) -> str:
    """Return the address of a file of the cache, '' for any other file."""
    entry = _entry(path)
    return entry.location if entry and entry.path.resolve() == path.resolve() else ""


def command(address: str) -> str:
    """Return how to get what is at an address."""
    return f"Fetch it with `tei schema get {address}`, or name a copy of it in a catalog."


def _entry(path: Path) -> Entry | None:
    file = about(path)
    if not file.is_file():
        return None
    try:
        said = json.loads(file.read_bytes())
        return Entry(said["address"], said["location"], said["sha256"], bool(said["pinned"]))
    except (ValueError, KeyError, TypeError) as error:
        hint = f"Delete {file}, and fetch the schema again."
        raise MissingError("the cache is damaged", hint=hint, place=str(file)) from error
