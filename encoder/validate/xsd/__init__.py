"""Whether elements, attributes and text stand where an XSD schema lets them.

xmlschema judges; `files` sees to it that it reads nothing but schemas of this machine, `messages`
says what it found as the RELAX NG checks do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from encoder.model import Finding, Position
from encoder.validate.catalog import NONE, Catalogs
from encoder.validate.document import FLATTER, Document, TooDeepError

__all__ = ["check"]


def check(
    document: Document,
    schema: Path,
    catalogs: Catalogs = NONE,
    others: Sequence[tuple[str, Path]] = (),
) -> Iterator[Finding]:
    """Yield a Finding for each place where a document is not as the schema has it.

    Args:
        schema: that for the namespace of the document element.
        others: further namespaces, and the schemas for them.
        catalogs: where copies lie of what the schema includes from the web.

    Raises:
        MissingError: a file that the schema names is not there.
        UsageError: the schema is not XSD, or contradicts itself.
    """
    from encoder.validate.xsd.files import built
    from encoder.validate.xsd.messages import Report

    validator = built(schema, catalogs, tuple(others))
    report = Report(document, validator)
    try:
        for error in validator.iter_errors(_tree(document)):
            yield from report.told(error)
    except TooDeepError as error:
        yield _not_run(document, str(error), error.where)
    except RecursionError:
        yield _not_run(document, "elements are nested too deeply for it", None)


def _not_run(document: Document, why: str, where: Position | None) -> Finding:
    return Finding("xsd-not-run", "error", f"XSD not run: {why}", document.name, where, FLATTER)


def _tree(document: Document) -> Any:
    """Return the elements alone, for a comment would cut the text it stands in.

    xmlschema takes trees of lxml too, which its types do not say.
    """
    from copy import deepcopy

    from lxml import etree

    root = deepcopy(document.root)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root
