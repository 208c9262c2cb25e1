"""What decisions come to in all the texts of a project together.

One that names no text may stand in any: it is lost only where it is lost in all of them, and one
about a single place is ambiguous where it stands in several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from encoder.decisions.file import Decision
from encoder.keys import nearest
from encoder.model import Finding

LOST = "decision-lost"


def across(
    findings: Iterable[Finding], decisions: Iterable[Decision], texts: Sequence[str]
) -> Iterator[Finding]:
    """Yield the findings of all texts, those about decisions made one for all.

    Args:
        texts: the names of the texts that were encoded.
    """
    findings, decisions = list(findings), list(decisions)
    general = {decision.line: decision for decision in decisions if not decision.file}
    lost = Counter(f.where.line for f in findings if f.code == LOST and f.where)
    told = set[int]()
    for finding in findings:
        line = finding.where.line if finding.code == LOST and finding.where else 0
        if line not in general:
            yield finding
        elif lost[line] >= len(texts) and line not in told:
            told.add(line)
            yield finding
    yield from _in_several(general.values(), lost, len(texts))
    yield from _about_no_text(decisions, texts)


def _in_several(decisions: Iterable[Decision], lost: Counter[int], texts: int) -> Iterator[Finding]:
    for decision in decisions:
        if not decision.everywhere and texts - lost[decision.line] > 1:
            message = f"the words {decision.exact!r} stand in {texts - lost[decision.line]} texts"
            hint = 'add file = "…", or everywhere = true'
            yield decision.finding("decision-ambiguous", message, hint, "")


def _about_no_text(decisions: Iterable[Decision], texts: Sequence[str]) -> Iterator[Finding]:
    for decision in decisions:
        if decision.file and decision.file not in texts:
            message = f"the project has no text {decision.file!r}"
            yield decision.finding(LOST, message, nearest(decision.file, texts), "")
