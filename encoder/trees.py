"""XML that others wrote is read with nothing fetched, opened or resolved outside of it.

That takes more than lxml's options: without `collect_ids` it reads an external DTD whatever
`load_dtd` says, and with it a name that is given twice stops it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from encoder.errors import MissingError, UsageError

PLACED = re.compile(r", line \d+, column \d+\Z")


class _Nothing(etree.Resolver):
    """What stands outside of a document is empty, wherever it may lie."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        """Answer without opening what is asked for."""
        del system_url, public_id
        return self.resolve_string("", context)


def parser(**more: Any) -> etree.XMLParser:
    """Return a parser that keeps to the document; `more` are options of lxml's."""
    said = {"resolve_entities": False, "no_network": True, "load_dtd": False, **more}
    made: etree.XMLParser = etree.XMLParser(collect_ids=False, **said)
    made.resolvers.add(_Nothing())
    return made


def root(path: Path, what: str, hint: str, **more: Any) -> etree._Element:
    """Return the root element of a file that somebody has named, such as a schema.

    Args:
        what: what it is, as in `the schema`.
        hint: what to do where it is none.
        more: options of lxml's.

    Raises:
        MissingError: it cannot be read.
        UsageError: it is not well-formed.
    """
    try:
        return etree.fromstring(path.read_bytes(), parser(**more))
    except OSError as error:
        message = f"cannot read {what}: {error.strerror}"
        raise MissingError(message, hint="Correct the path.", place=str(path)) from error
    except etree.XMLSyntaxError as error:
        message = f"{what} is not well-formed: {reason(error)}"
        place = "{}:{}:{}".format(path, *error.position)
        raise UsageError(message, hint=hint, place=place) from error


def reason(error: etree.XMLSyntaxError) -> str:
    """Return what is wrong, without the place that libxml2 puts behind it."""
    return PLACED.sub("", error.msg or "it is empty")


def tree(data: bytes) -> etree._Element | None:
    """Return the root element of an XML document; None where it is not well-formed."""
    try:
        return etree.fromstring(data, parser(huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
