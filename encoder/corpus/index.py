"""The index of a corpus says what came of each text, as JSON Lines in the order of their names.

It says nothing of when and by whom, so the same texts give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from encoder import files, report
from encoder.corpus.plan import WHOLE, Shard, tei_name
from encoder.corpus.work import Result
from encoder.model import Finding

SHOWN = 10


def path_of(out: Path, part: Shard = WHOLE) -> Path:
    """Return where the index of a corpus lies, or that of a part of it."""
    return out / ("index.jsonl" if part == WHOLE else f"index-{part.number}-of-{part.of}.jsonl")


def line(result: Result) -> str:
    """Return the line of a text: its name, what came of it, its SHA-256, its findings counted.

    A text that could not be encoded also has the reason.
    """
    said: dict[str, object] = {"name": result.name, "status": result.status}
    if result.status == "failed":
        said |= {"error": result.findings[0].message}
    else:
        said |= {"tei": tei_name(result.name), "sha256": result.sha256}
    said |= {"findings": {k: n for k, n in report.count(result.findings).items() if n}}
    return json.dumps(said, ensure_ascii=False) + "\n"


def written(results: Iterable[Result], path: Path) -> Iterator[Result]:
    """Write the index while results pass by; it is there when all have.

    Raises:
        OutputError: it cannot be written there.
    """
    with files.writing(path) as file:
        for result in results:
            file.write(line(result).encode("utf-8", "surrogateescape"))
            yield result


@dataclass
class Summary:
    """What came of all texts: counts, and the gravest findings; it does not grow with them."""

    statuses: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    gravest: list[Finding] = field(default_factory=list)
    exit_code: int = 0

    def add(self, result: Result) -> None:
        """Count one more text."""
        self.statuses[result.status if result.fresh else "unchanged"] += 1
        self.severities.update(report.count(result.findings))
        self.gravest = report.gravest((*self.gravest, *result.findings), SHOWN)
        self.exit_code = max(self.exit_code, result.exit_code)

    def __str__(self) -> str:
        said = [f"{self.statuses[name]:,} {name}" for name in NAMES if self.statuses[name]]
        return f"{self.statuses.total():,} texts: {', '.join(said)}"


NAMES = ("encoded", "unchanged", "kept", "failed")
