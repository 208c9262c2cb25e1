"""A cross-reference sends the reader to another place of the same text (TEI P5 3.7).

`See p. 12` leads to where page 12 begins, `compare note 3` to that note: only where this text has
one such page or note, and no cited work stands before the number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Set

from encoder.edition import Edition
from encoder.flow import Flow, bearing, flows
from encoder.lexicon import alternation, words
from encoder.model import Span
from encoder.profile import Profile

# A number behind the word for its kind; `of` or `in` tells that it is another book's.
NUMBER = r"\.?\s?(?P<number>\d{1,4}|[ivxlc]{1,6})(?![\w-])(?!\s+(?:of|in|i|av|von|de)\b)"
ALSO = r"\s+(?:\w+\s+)?"


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `ref` for each page or note of this text that the reader is sent to."""
    targets = {"page": _ids(edition, "pb"), "note": _ids(edition, "note")}
    cited = sorted((span.start, span.end) for span in edition.tagged("bibl"))
    see = _see(profile.language)
    beginnings = bearing(edition, see) if any(targets.values()) else frozenset()
    for kind, ids in targets.items():
        pattern = _pattern(kind, profile.language)
        for flow in flows(edition) if ids else ():
            for match in _referring(flow, see, beginnings, pattern):
                place = flow.span(*match.span("place"))
                id_ = ids.get(match["number"])
                if id_ and not _within(cited, place[0]):
                    yield Span(*place, "ref", {"target": f"#{id_}"})


def _see(language: str) -> re.Pattern[str]:
    """Return the pattern of what a reference begins with: the first word of `see`."""
    first = {word.split()[0] for word in words("parts", "see", language)}
    return re.compile(rf"(?<!\w)(?:{alternation(first) or '(?!)'})", re.IGNORECASE)


def _pattern(kind: str, language: str) -> re.Pattern[str]:
    see = alternation(words("parts", "see", language)) or "(?!)"
    what = alternation(words("parts", kind, language)) or "(?!)"
    return re.compile(rf"(?:{see})\.?{ALSO}(?P<place>(?:{what}){NUMBER})", re.IGNORECASE)


def _referring(
    flow: Flow, see: re.Pattern[str], beginnings: Set[str], pattern: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """Yield the references of a flow, none over another."""
    here = 0
    for begun in flow.matches(see, beginnings):
        match = pattern.match(flow.text, begun.start()) if begun.start() >= here else None
        if match:
            here = match.end()
            yield match


def _ids(edition: Edition, tag: str) -> Mapping[str, str]:
    """Return the id of each page or note by its number, if no other has the same."""
    known = [(s.attrs["n"], s.attrs["xml:id"]) for s in edition.tagged(tag) if "xml:id" in s.attrs]
    times = Counter(number for number, _ in known)
    return {number: id_ for number, id_ in known if times[number] == 1}


def _within(cited: list[tuple[int, int]], offset: int) -> bool:
    """Whether a place lies in the citation of a work."""
    index = bisect_right(cited, (offset, float("inf"))) - 1
    return index >= 0 and offset < cited[index][1]
