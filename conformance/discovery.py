"""How discovery without a register does on the shared cases: mentions found, and grouped rightly.

`python -m conformance.discovery tei` says how much of the register of a project is drafted.

A gold mention is found where a proposed one overlaps it. Of the mentions found, two belong
together if the gold has one person for both: pairs are counted, for each text.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from encoder import pipeline
from encoder.desk import Desk
from encoder.flow import flows
from encoder.naming.discover import discover
from encoder.project import Project, load

Interval = tuple[int, int, str]


def figures(cases: Path) -> dict[str, float]:
    """Return the F1 of mentions, and of pairs of mentions, over all texts of the person cases."""
    counts = [0] * 6
    for text in sorted((cases / "person").glob("*/*.txt")):
        gold = json.loads(text.with_suffix(".mentions.json").read_text("utf-8"))
        ours = [m for m in proposed(text) if not _is_ignored(m, gold.get("ignore", []))]
        for index, count in enumerate(_scored(list(_named(gold["mentions"])), ours)):
            counts[index] += count
    return {
        "discovery.mention": _f1(*counts[:3]),
        "discovery.pair": _f1(*counts[3:]),
    }


def drafted(folder: Path) -> dict[str, int]:
    """Return how much of a project's register `tei names` drafts without it.

    A proposal is the person whom most of its mentions mean; one that means nobody is `nobody`.
    """
    desk, counts = Desk.of(load(folder)), Counter[str]()
    for text in desk.project.sources:
        spans = desk.edition(desk.read(text)).tagged("persName")
        gold = [(s.start, s.end, s.attrs["ref"]) for s in spans if "ref" in s.attrs]
        met = defaultdict[str, list[str]](list)
        for start, end, number in proposed(text):
            met[number] += [who for a, b, who in gold if a < end and b > start] or [""]
        meant = {number: Counter(who).most_common(1)[0][0] for number, who in met.items()}
        counts["persons"] += len({who for _, _, who in gold})
        counts["drafted"] += len(set(meant.values()) - {""})
        counts["mentions"] += len(gold)
        counts["found"] += sum(met[n].count(who) for n, who in meant.items() if who)
        counts["nobody"] += list(meant.values()).count("")
    return dict(counts)


def proposed(text: Path) -> list[Interval]:
    """Return what is discovered in a file: start, end, and the number of its proposal."""
    desk = Desk.of(Project.none())
    source = desk.read(text)
    profile = pipeline.settled(desk.project.profile_of(source.name), source)
    streams = flows(pipeline.encode(source, profile))
    found = discover([flow.text for flow in streams], profile.language)
    return sorted(
        (*streams[m.text].span(m.start, m.end), str(number))
        for number, proposal in enumerate(found)
        for m in proposal.mentions
    )


def _named(mentions: Iterable[Mapping[str, Any]]) -> Iterator[Interval]:
    for mention in mentions:
        if mention.get("kind", "name") == "name":
            yield mention["start"], mention["end"], " ".join(mention["ids"] or [])


def _is_ignored(mention: Interval, ignored: Iterable[tuple[int, int]]) -> bool:
    return any(mention[0] >= start and mention[1] <= end for start, end in ignored)


def _scored(gold: list[Interval], ours: list[Interval]) -> tuple[int, ...]:
    """Return found, gold and proposed mentions, then the same of pairs."""
    pairs = list(_matched(gold, ours))
    together = list(combinations(pairs, 2))
    right = sum(a[0] == b[0] and a[1] == b[1] for a, b in together)
    golden, grouped = (sum(a[n] == b[n] for a, b in together) for n in (0, 1))
    return len(pairs), len(gold), len(ours), right, golden, grouped


def _matched(gold: list[Interval], ours: list[Interval]) -> Iterator[tuple[str, str]]:
    left = list(ours)
    for start, end, person in gold:
        hit = next((m for m in left if m[0] < end and m[1] > start), None)
        if hit:
            left.remove(hit)
            yield person, hit[2]


def _f1(right: int, gold: int, ours: int) -> float:
    return round(2 * right / (gold + ours), 4) if gold + ours else 1.0


if __name__ == "__main__":
    sys.stdout.write(f"{drafted(Path(sys.argv[1]))}\n")
