"""A deposit is an edition as an archive keeps it: everything, described, with the proof beside it.

It is a BagIt bag whose payload is an RO-Crate. It is built from the TEI as it stands in the
project, hand edits and all, and only from TEI that is valid and gives its sources back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from encoder import files
from encoder.deposit import bag
from encoder.deposit.editions import editions
from encoder.deposit.facts import Facts, facts_of
from encoder.deposit.payload import payload
from encoder.deposit.texts import Text, texts_of
from encoder.desk import Desk
from encoder.errors import UsageError
from encoder.model import Finding
from encoder.parallel import ALONE, Crew
from encoder.project import Project

Say = Callable[[str], None]


def deposit(
    project: Project,
    out: Path,
    *,
    zipped: bool = False,
    allow_invalid: bool = False,
    say: Say,
    crew: Crew = ALONE,
) -> list[Finding]:
    """Write the deposit of a project, and return what is wrong with its texts.

    Args:
        project: the project; its TEI must be there.
        out: the folder of the bag; with `zipped`, the zip file of that name.
        allow_invalid: build from TEI that is invalid or does not verify, and record that.
        say: called with a line for each step.
        crew: who makes the editions.

    Returns:
        The findings. Where one is an error and `allow_invalid` is not set, nothing was written.

    Raises:
        UsageError: the project has no texts, a text has no TEI, or nothing dates the edition.
        OutputError: the bag cannot be written.
    """
    if not project.sources:
        raise UsageError("the project has no sources", place=str(project.root / "sources"))
    out = out.with_name(f"{out.name}.zip") if zipped and out.suffix != ".zip" else out
    with bag.begun(out) as folder:
        desk = Desk.of(project)
        facts = facts_of(project.edition, map(project.metadata, project.names), desk.register)
        texts = list(texts_of(desk, crew.size, say))
        if any(text.has_errors for text in texts) and not allow_invalid:
            return _findings(texts)
        made_by = partial(editions, project, crew=crew, say=say)
        made = payload(folder / "data", project, facts, texts, made_by)
        for name, data in bag.tags(made.files, _about(facts), facts.date).items():
            files.write(folder / name, data)
        if zipped:
            bag.write_zip(folder, out, facts.date)
        else:
            bag.move(folder, out)
    say(f"deposit: {out} ({len(made.files)} files)")
    return [*_findings(texts), *made.findings]


def _findings(texts: Sequence[Text]) -> list[Finding]:
    return [finding for text in texts for finding in text.findings]


def _about(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield what `bag-info.txt` says; no organisation is named that the project does not name."""
    if facts.publisher:
        yield "Source-Organization", facts.publisher
    yield "External-Description", facts.description or facts.title
    yield "Internal-Sender-Description", facts.title
