"""Whether the rules hold that a grammar cannot express: ISO Schematron, run as XSLT 3.0.

A schema is the `files` it is written in, or what is `embedded` in a grammar; its `rules` become a
`program`, which the `engine` runs; what it gives out becomes Findings (`report`, `places`) or a
report in SVRL (`svrl`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from encoder.errors import UsageError
from encoder.model import Finding
from encoder.validate.catalog import NONE as NO_CATALOGS
from encoder.validate.catalog import Catalogs
from encoder.validate.document import FLATTER, Document, TooDeepError
from encoder.validate.schematron import embedded, engine, others, report
from encoder.validate.schematron.files import RNG, opened
from encoder.validate.schematron.program import RULES
from encoder.validate.schematron.rules import Fault, Schema, composed, schema
from encoder.validate.schematron.svrl import Run, reported

__all__ = ["check", "svrl"]

SIMPLER = "What the other schemas say stands; make the file or the rules simpler."
NONE = "Give an ISO Schematron schema (.sch), or a grammar with Schematron in it."


def check(
    document: Document, path: Path, phase: str = "", catalogs: Catalogs = NO_CATALOGS
) -> Iterator[Finding]:
    """Yield a `sch-<rule id>` Finding for each rule that is broken, and what is wrong with rules.

    A rule's id is that of the assertion, else of its rule, else of its pattern. The hint is the
    part of the message in `<sch:span class="hint">`, and its diagnostics.

    Args:
        document: what is checked.
        path: a Schematron schema, or a RELAX NG one, which may have rules in it.
        phase: the phase to run, `#ALL`, or `#DEFAULT`, which is what none means.
        catalogs: where copies lie of what a grammar includes from the web.

    Raises:
        MissingError: a file that the schema names is not there.
        UsageError: the schema cannot be read, has no rules or no such phase.
    """
    if path.suffix.lower() == ".rng" and not embedded.has_rules(path, catalogs):
        return
    try:
        made = _compiled(path, path.stat().st_mtime_ns, phase, catalogs)
        yield from _findings(document, made)
    except engine.NotRunError as error:
        message = f"Schematron not run: {error}"
        yield Finding("schematron-not-run", "error", message, document.name, None, SIMPLER)
    except TooDeepError as error:
        message = f"Schematron not run: {error}"
        yield Finding("schematron-not-run", "error", message, document.name, error.where, FLATTER)


def svrl(document: Document, path: Path, phase: str = "") -> bytes:
    """Return what `check` finds, and which rules were asked, as an SVRL report.

    Raises:
        MissingError, UsageError: as for `check`.
        NotRunError, TooDeepError: Saxon cannot take the document or the schema.
    """
    made = engine.compiled(read(path, phase), trace=True)
    return reported(made, [run for run in _runs(document, made) if not isinstance(run, Finding)])


def _findings(document: Document, made: engine.Compiled) -> Iterator[Finding]:
    failed: dict[int, Fault] = {}
    for run in _runs(document, made):
        if isinstance(run, Finding):
            yield run
        else:
            yield from (report.finding(run.document, made, each) for each in run.result.iter("f"))
            failed |= report.failures(run.document, made, run.result)
    yield from map(report.fault, [*made.faults, *failed.values()])


def _runs(document: Document, made: engine.Compiled) -> Iterator[Run | Finding]:
    """Yield what the rules give out for a document, and for those that its patterns name."""
    result = engine.results(made, document.text)
    yield Run(document, result)
    for named in result.iter("in"):
        number = int(named.get("pattern", 0))
        other = others.beside(document, named.text or "")
        if isinstance(other, Finding):
            yield other
        else:
            mode = f"{RULES}-{number}-start"
            yield Run(other, engine.results_in(made, document.text, other.text, mode), number)


@lru_cache(maxsize=8)
def _compiled(path: Path, _changed: int, phase: str, catalogs: Catalogs) -> engine.Compiled:
    return engine.compiled(read(path, phase, catalogs))


def read(path: Path, phase: str = "", catalogs: Catalogs = NO_CATALOGS) -> Schema:
    """Return the Schematron in a file: all of it, or what is inside a RELAX NG schema."""
    root = opened(path)
    if str(root.element.tag).startswith(RNG):
        return composed(root, embedded.parts(root, catalogs))
    if root.kind != "schema":
        raise UsageError("not a Schematron schema", hint=NONE, place=str(path))
    made = schema(root, phase)
    if not made.patterns and not made.faults:
        raise UsageError("no Schematron pattern in it", hint=NONE, place=str(path))
    return made
