"""Whether elements, attributes and text stand where a grammar lets them: RELAX NG.

A schema is a pattern (`patterns`, `leaves`), made of the files it is written in (`files`,
`schema`). A document is matched against it tag by tag (`matcher`); what is wrong is worded by
`messages`, with what was `expect`ed there, the likeliest first (`ranking`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from encoder.errors import UsageError
from encoder.model import Finding
from encoder.validate.catalog import NONE, Catalogs
from encoder.validate.document import Document
from encoder.validate.relaxng.budget import AmbiguousError
from encoder.validate.relaxng.expressions import CostlyError
from encoder.validate.relaxng.matcher import Matcher
from encoder.validate.relaxng.messages import Report, TooManyError
from encoder.validate.relaxng.restrictions import examine
from encoder.validate.relaxng.schema import Schema

__all__ = ["check"]

AMBIGUOUS = "Let fewer patterns begin with the same element, and interleave no such groups."
COSTLY = "Let fewer parts of the pattern begin with the same signs, and count no such parts."
NESTED = "Nest the patterns of the schema less deeply."


def check(document: Document, schema: Path, catalogs: Catalogs = NONE) -> Iterator[Finding]:
    """Yield a Finding for each cause that keeps a document from being valid.

    `catalogs` say where copies lie of what the schema includes from the web.

    Raises:
        MissingError: a file that the schema names is not there.
        UsageError: the schema is not RELAX NG in XML syntax, or contradicts itself.
    """
    try:
        grammar = _schema(schema, catalogs)
        if not grammar.current:
            _schema.cache_clear()
            grammar = _schema(schema, catalogs)
        report = Report(document.places, document.name, grammar)
        with suppress(TooManyError):
            Matcher(grammar, report).run(document.data)
    except RecursionError as error:
        message = "the schema is nested too deeply"
        raise UsageError(message, hint=NESTED, place=str(schema)) from error
    except AmbiguousError as error:
        message = f"the schema is too ambiguous to be followed in {document.name}"
        raise UsageError(message, hint=AMBIGUOUS, place=str(schema)) from error
    except CostlyError as error:
        message = f"the pattern {error} leaves too much open to be followed in {document.name}"
        raise UsageError(message, hint=COSTLY, place=str(schema)) from error
    yield from report.findings


@lru_cache(maxsize=8)
def _schema(path: Path, catalogs: Catalogs) -> Schema:
    schema = Schema(path, catalogs)
    examine(schema)
    return schema
