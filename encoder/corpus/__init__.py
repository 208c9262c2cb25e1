"""A corpus is a folder of texts, each encoded on its own, by any number of processes or machines.

What comes out does not depend on who worked, in which order, or how often they were stopped.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from encoder.corpus.plan import Job
from encoder.corpus.work import Result, Setting, desk_of, failed, text
from encoder.parallel import ALONE, Crew
from encoder.registers import Register


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
    registers(jobs, how)
    yield from crew.map(partial(text, setting=how), jobs, failed)


def registers(jobs: Sequence[Job], how: Setting) -> tuple[Register, ...]:
    """Return the registers that texts are encoded with.

    Raises:
        UsageError: a project, register or file of decisions is not right.
    """
    desks = [desk_of(file, how) for file in dict.fromkeys(job.project for job in jobs)]
    return tuple(register for desk in desks for register in desk.registers)
