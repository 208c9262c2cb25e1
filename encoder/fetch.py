"""Schemas from the web, with all they include: the one place where the network is used.

A schema comes whole or not at all: nothing is kept before the last of its parts is here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urldefrag

from encoder import addresses, cache, files
from encoder.cache import Entry
from encoder.errors import InputError, MissingError, UsageError

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

# tei_all.rng has 1.1 MB, p5subset.xml 4 MB; what is larger is no schema.
MOST_BYTES, MOST_FILES, SECONDS = 64_000_000, 1000, 30
# Which attribute of which element names another file of the schema.
NAMES = {
    "{http://relaxng.org/ns/structure/1.0}include": "href",
    "{http://relaxng.org/ns/structure/1.0}externalRef": "href",
    "{http://purl.oclc.org/dsdl/schematron}include": "href",
    "{http://purl.oclc.org/dsdl/schematron}extends": "href",
    "{http://www.w3.org/2001/XMLSchema}include": "schemaLocation",
    "{http://www.w3.org/2001/XMLSchema}import": "schemaLocation",
    "{http://www.w3.org/2001/XMLSchema}redefine": "schemaLocation",
    "{http://www.w3.org/2001/XMLSchema}override": "schemaLocation",
}
# What includes other files in the compact syntax of RELAX NG.
COMPACT = re.compile(r"\b(?:include|external)\s+\"([^\"]+)\"")
HTML = ("html", "{http://www.w3.org/1999/xhtml}html")


class Page(NamedTuple):
    """What came from an address, after redirections from `location`."""

    address: str
    location: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The checksum of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def get(address: str, sha256: str = "") -> list[Entry]:
    """Fetch a schema and the files it includes into the cache; return them, the schema first.

    Args:
        address: an `http` or `https` address.
        sha256: the checksum that the schema must have. It is kept: what is fetched later from
            this address must have it too, unless another is given.

    Raises:
        UsageError: the address is not of the web, or the checksum is none.
        MissingError: it cannot be fetched.
        InputError: what came is no schema, or not the one that was pinned.
        OutputError: the cache cannot be written.
    """
    address, sha256 = urldefrag(address).url, sha256.lower()
    if not cache.is_web(address) or not addresses.split(address).hostname:
        hint = "Give an address that begins with https://, or use the file as it is."
        raise UsageError(f"{address} is not an address of the web", hint=hint)
    if sha256 and not re.fullmatch("[0-9a-f]{64}", sha256):
        raise UsageError("--sha256 takes 64 hexadecimal digits", hint="`sha256sum` tells them.")
    first, *others = _with_parts(address)
    pin = sha256 or _pinned(address)
    if pin and first.sha256 != pin:
        message = f"what came has the SHA-256 {first.sha256}, not {pin}"
        hint = "Find out why; if it may be another, give its checksum with --sha256."
        raise InputError(message, hint=hint, place=address)
    kept = [_keep(page, pinned=False) for page in others]
    return [_keep(first, pinned=bool(pin)), *kept]


def _pinned(address: str) -> str:
    try:
        entry = cache.find(address)
    except MissingError:  # a damaged copy is what is being renewed
        return ""
    return entry.sha256 if entry and entry.pinned else ""


def _with_parts(address: str) -> list[Page]:
    """Return a schema and all that it includes, each once."""
    pages: dict[str, Page] = {}
    waiting = [address]
    while waiting:
        here = waiting.pop(0)
        if here not in pages:
            pages[here] = _page(here)
            waiting += _named(pages[here])
        if len(pages) > MOST_FILES:
            raise InputError(f"the schema has more than {MOST_FILES} files", place=address)
    return list(pages.values())


def _named(page: Page) -> Iterator[str]:
    """Yield the addresses of the files that a schema includes."""
    for name in _names(page):
        address = urldefrag(addresses.join(page.location, name)).url
        if not cache.is_web(address):
            raise InputError(f"it includes {name}, which is not on the web", place=page.address)
        yield address


def _names(page: Page) -> list[str]:
    from lxml import etree

    from encoder.trees import parser

    if addresses.split(page.location).path.endswith(".rnc"):
        text = page.data.decode("utf-8", "replace")
        return list(COMPACT.findall(text))
    try:
        root = etree.fromstring(page.data, parser())
    except etree.XMLSyntaxError as error:
        raise _no_schema(page) from error
    if root.tag in HTML:
        raise _no_schema(page)
    named = [each.get(NAMES[str(each.tag)]) for each in root.iter(*NAMES)]
    return [name for name in named if name]


def _no_schema(page: Page) -> InputError:
    hint = "Look at the address in a browser; it may lead to a page about the schema."
    return InputError("what came is no schema", hint=hint, place=page.address)


# --- the web


class _Redirect(request.HTTPRedirectHandler):
    """Follows to where the web may lead; never from a safe address to an unsafe one."""

    def redirect_request(
        self,
        req: request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> request.Request | None:
        if not cache.is_web(newurl) or (req.type == "https" and not newurl.startswith("https:")):
            raise HTTPError(newurl, code, f"redirected to {newurl}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> request.OpenerDirector:
    """Return what opens addresses of the web, and no files."""
    opener = request.OpenerDirector()
    opener.addheaders = [("User-Agent", "tei-encoder")]
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPDefaultErrorHandler(),
        _Redirect(),
        request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _page(address: str) -> Page:
    try:
        with _opener().open(address, timeout=SECONDS) as answer:
            data, location = answer.read(MOST_BYTES + 1), answer.geturl()
    except (OSError, HTTPException, ValueError) as error:
        reason = " ".join(str(getattr(error, "reason", error) or error).split())
        code = f"{error.code} " if isinstance(error, HTTPError) else ""
        hint = "Check the address and the network, or get the file by other means."
        raise MissingError(
            f"cannot be fetched: {code}{reason}", hint=hint, place=address
        ) from error
    if len(data) > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES:,} bytes", place=address)
    return Page(address, location, data)


def _keep(page: Page, *, pinned: bool) -> Entry:
    entry = Entry(page.address, urldefrag(page.location).url, page.sha256, pinned)
    files.write(entry.path, page.data)
    for address in dict.fromkeys((entry.location, page.address)):
        said = json.dumps(entry._replace(address=address)._asdict(), indent=1)
        files.write(cache.about(cache.place(address)), f"{said}\n".encode())
    return entry
