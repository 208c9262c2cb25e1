"""A peer is called by a title: David Murray, 2nd Earl of Mansfield, is Lord Mansfield.

The register gives the title as a role, as an addition to the name, or behind it: "Stuart, John, 3rd
Earl of Bute"; "Wellington, Arthur Wellesley, Duke of".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from encoder.lexicon import table
from encoder.registers import Name

ORDINAL = r"(?:\d+(?:st|nd|rd|th|er|e|:e|\.)? )?"
LINK = r"(?: (?P<link>of|de|du|de la|d['’]|von|zu|af|av))?"


def peerage(name: Name) -> Iterator[str]:
    """Yield the titles that one is called by: Earl of Bute, Lord Bute."""
    for said in _said(name):
        found = _rank().fullmatch(said)
        seat = found and (found["seat"] or (name.part("surname") if found["link"] else ""))
        if found and seat:
            link = found["link"] or ""
            glue = "" if link.endswith(("'", "’")) else " "
            yield " ".join(filter(None, (found["rank"], f"{link}{glue}{seat}".strip())))
            if spoken := _spoken().get(found["rank"]):
                yield f"{spoken} {seat}"


def _said(name: Name) -> list[str]:
    """Return what a register adds to a name: roles, and what stands behind a comma."""
    roles = [text for kind, text in name.parts if kind in ("roleName", "addName")]
    behind = name.text.split(" (")[0].split(", ")[1:]
    return [said.strip(" ,") for said in (*roles, *behind)]


@cache
def _spoken() -> Mapping[str, str]:
    """Return the ranks, each with how a text may speak of its holder instead."""
    ranks: Mapping[str, str] = table("names")["und"]["ranks"]
    return ranks


@cache
def _rank() -> re.Pattern[str]:
    ranks = "|".join(map(re.escape, sorted(_spoken(), key=len, reverse=True)))
    return re.compile(rf"{ORDINAL}(?P<rank>{ranks}){LINK}(?: ?(?P<seat>[^\W\d_a-z][^,;()]*))?")
