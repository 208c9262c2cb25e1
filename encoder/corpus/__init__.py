"""A corpus is a folder of texts, each encoded on its own, by any number of processes or machines.

What comes out does not depend on who worked, in which order, or how often they were stopped.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from encoder import project
from encoder.corpus.plan import Job
from encoder.corpus.work import Result, Setting, failed, text
from encoder.desk import Desk
from encoder.parallel import ALONE, Crew
from encoder.project import Project


def setting(
    out: Path, persons: Sequence[Path] = (), language: str = "", encoding: str = ""
) -> Setting:
    """Return how the texts of one run are encoded, as `encoder.desk.Desk.of` takes it.

    Args:
        out: the folder that the results go to; schemas lie in it once, not beside each text.
        persons: further registers.
        language: of all texts, over what their projects say.
        encoding: the same.
    """
    registers = tuple(path.absolute() for path in persons)
    return Setting(out.absolute() / "schema", registers, language, encoding, secrets.token_hex(8))


def encode(jobs: Sequence[Job], how: Setting, crew: Crew = ALONE) -> Iterator[Result]:
    """Encode texts into files, and yield what came of each, in their order.

    Args:
        jobs: as `encoder.corpus.plan.plan` makes them.
        how: as `setting` makes it, for one run.
        crew: who does it, for example `Crew(executor, workers)`.

    Raises:
        UsageError: a project, register or file of decisions is not right; nothing was written.
    """
    for file in dict.fromkeys(job.project for job in jobs):
        Desk.of(project.load(file) if file else Project.none(), how.persons)
    yield from crew.map(partial(text, setting=how), jobs, failed)
