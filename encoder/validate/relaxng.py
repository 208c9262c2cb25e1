"""Whether elements and attributes stand where the grammar lets them: RELAX NG through libxml2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.errors import UsageError
from encoder.model import Finding, Position
from encoder.validate.document import Document
from encoder.validate.position import path_of

if TYPE_CHECKING:
    from lxml.etree import RelaxNG
    from lxml.etree import _LogEntry as LogEntry

# What libxml2 says of each element around the one that is wrong.
ECHO = re.compile(r"^Element \S+ failed to validate (content|attributes)$")
HINTS = (
    (r"^Did not expect element|extra content", "Move the element to where it may stand."),
    (r"^Invalid attribute|attribute.* not allowed", "Remove the attribute, or correct its name."),
    (r"^Expecting (an )?element|^Element \S+ is missing", "Add what the schema asks for here."),
    (r"attribute \S+ failed", "Correct the attribute's value."),
)


def check(document: Document, schema: Path) -> Iterator[Finding]:
    """Yield a `rng-invalid` Finding for the first thing the grammar does not allow.

    libxml2 tries one alternative after another and logs why each fails; the entry furthest on in
    the file is the nearest to what is wrong.

    Raises:
        UsageError: the schema is not RELAX NG in XML syntax, or contradicts itself.
    """
    grammar = _grammar(schema, schema.stat().st_mtime_ns)
    if not grammar.validate(document.root):
        entries = list(grammar.error_log)
        telling = [entry for entry in entries if not ECHO.match(entry.message)]
        found = [_finding(document, entry) for entry in telling or entries]
        yield max(reversed(found), key=_place_in_file)


@lru_cache(maxsize=8)
def _grammar(schema: Path, _changed: int) -> RelaxNG:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.RelaxNG(etree.parse(schema, parser))
    except (etree.XMLSyntaxError, etree.RelaxNGParseError) as error:
        hint = "Give a RELAX NG schema in XML syntax (.rng)."
        raise UsageError(f"not a RELAX NG schema: {error}", hint=hint, place=str(schema)) from error


def _place_in_file(finding: Finding) -> tuple[int, int]:
    where = finding.where or Position(0, 0)
    return where.line, where.column


def _finding(document: Document, entry: LogEntry) -> Finding:
    message = f"{entry.message.rstrip('.')}."
    hint = next((hint for told, hint in HINTS if re.search(told, entry.message)), "")
    where = _place(document, entry)
    return Finding("rng-invalid", "error", message, document.name, where, hint)


def _place(document: Document, entry: LogEntry) -> Position:
    from lxml import etree

    found = document.root.xpath(entry.path, namespaces=_prefixes(document)) if entry.path else []
    first = found[0] if isinstance(found, list) and found else None
    if isinstance(first, etree._Element):
        return document.places.at(path_of(first))
    return Position(max(1, entry.line), 1)


def _prefixes(document: Document) -> dict[str, str]:
    """Return the prefixes libxml2 may use in a path; the default namespace has none there."""
    return {
        prefix: uri
        for element in document.root.iter("*")
        for prefix, uri in element.nsmap.items()
        if prefix
    }
