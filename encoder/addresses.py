"""An address on the web (URI, RFC 3986), or a path that is written as part of one."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from encoder.errors import UsageError


def split(address: str) -> SplitResult:
    """Return the parts of an address.

    Raises:
        UsageError: it is none, as with half a pair of brackets in it.
    """
    try:
        return urlsplit(address)
    except ValueError as error:
        raise _none(address) from error


def join(base: str, address: str) -> str:
    """Return an address as it is meant where `base` is.

    Raises:
        UsageError: one of them is no address.
    """
    try:
        return urljoin(base, address)
    except ValueError as error:
        raise _none(address) from error


def _none(address: str) -> UsageError:
    return UsageError(f"{address!r} is no address", hint="see RFC 3986 for what one may hold")
