"""The company is whom the other texts of a project name, and how often.

Letters of one edition move among the same people: where a text says only Richard, the Richard whom
its companions name by surname is meant rather than another of the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field

Texts = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Company:
    """How many texts surely name each person, by id, and how many by forename and surname."""

    named: Counter[str] = field(default_factory=Counter)
    called: Counter[str] = field(default_factory=Counter)


def familiar(ids: Iterable[str], company: Mapping[str, int], here: Container[str] = ()) -> str:
    """Return the one whom the company names at least twice as often as any other; else nothing.

    Args:
        ids: those of whom one is meant.
        company: in how many texts each is named.
        here: whom the text in question names; it is one of the company, and is not counted.
    """
    counts = ((company.get(ident, 0) - (ident in here), ident) for ident in ids)
    ranked = sorted(counts, reverse=True)
    often = [count for count, _ in ranked[:2]]
    clear = bool(often) and often[0] > 0 and often[0] >= 2 * max(often[1:], default=0)
    return ranked[0][1] if clear else ""
