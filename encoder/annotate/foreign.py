"""A passage in another language than the text's: a sentence, a quotation, a paragraph.

It is marked where its function words leave no doubt: many of another language, next to none of the
text's own, and far fewer of any third (TEI P5 3.3.2). Single words are left to an editor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from encoder.edition import Edition
from encoder.flow import Flow, flows
from encoder.languages import WORD, elsewhere, speakers
from encoder.model import Cert, Span
from encoder.profile import Profile

# What ends a passage: a sentence's end, or signs of quotation on either side.
SEAM = re.compile(r"[.!?…:„“”\"«»\n](?:(?<=[.!?…:])(\s+)|(?<=[„“”\"«»\n])[„“”\"«»\n]*)")
BETWEEN = re.compile(r"\s*")
OWN = 0.15  # share of the text's own function words from which a passage is in its language
OTHER = 0.3  # share of another's from which it is in that
AHEAD = 1.5  # how far that language must be ahead of a third
FEWEST = 3  # function words of another language at the least
SURE = 6  # function words from which nobody doubts it


class Passage(NamedTuple):
    """Where a passage stands in its flow, its language, and how many function words tell."""

    start: int
    end: int
    language: str
    hits: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a `foreign` for each passage, sentences that follow each other together."""
    own = profile.language.split("-")[0]
    if own not in {tag for tags in speakers().values() for tag in tags}:
        return
    native, said = _Native(own), elsewhere(edition)
    for flow in flows(edition):
        for passage in _joined(flow, _passages(flow, native, profile.foreign_words)):
            attrs = {"xml:lang": passage.language}
            cert: Cert = "high" if passage.hits >= SURE else "medium"
            place = flow.span(passage.start, passage.end)
            if not any(a <= place[0] < b and attrs["xml:lang"] == tag for a, b, tag in said):
                yield Span(*place, "foreign", attrs, by="tei-encoder", cert=cert)


def _joined(flow: Flow, passages: Iterator[Passage]) -> Iterator[Passage]:
    """Yield passages, those of one language with only spaces between them as one."""
    last: Passage | None = None
    for one in passages:
        if last and last.language == one.language:
            gap = BETWEEN.fullmatch(flow.text, last.end, one.start)
            if gap and "\n" not in gap.group():
                last = Passage(last.start, one.end, one.language, last.hits + one.hits)
                continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _passages(flow: Flow, native: _Native, fewest: int) -> Iterator[Passage]:
    known, lowered = speakers(), flow.text.lower()
    if len(lowered) != len(flow.text):
        lowered = flow.text
    for start, end in _stretches(flow.text, 2 * fewest - 1):
        if sum(map(native.__getitem__, lowered[start:end].split())) > 0:
            continue
        words = WORD.findall(lowered, start, end)
        if len(words) >= fewest:
            spoken = [known[word] for word in words if word in known]
            told = _language(spoken, len(words), native.own)
            if told:
                yield Passage(start, end, *told)


def _stretches(text: str, shortest: int) -> Iterator[tuple[int, int]]:
    """Yield what lies between two seams, unless it is too short for its words to tell."""
    here = 0
    for seam in SEAM.finditer(text):
        end = seam.start() + (seam[1] is not None)  # a full stop belongs to its sentence
        if end - here >= shortest:
            yield here, end
        here = seam.end()
    yield here, len(text)


class _Native(dict[str, int]):
    """What printed words weigh for the text's own language.

    Those of a passage weigh more than nothing together where the share of its own function words
    is above `OWN`.
    """

    def __init__(self, own: str) -> None:
        self.own = own

    def __missing__(self, printed: str) -> int:
        known, words = speakers(), WORD.findall(printed)
        hits = sum(self.own in known.get(word, ()) for word in words)
        self[printed] = weight = 100 * hits - round(100 * OWN) * len(words)
        return weight


def _language(spoken: list[tuple[str, ...]], words: int, own: str) -> tuple[str, int] | None:
    """Return the other language that a passage is surely in, and its function words."""
    if sum(own in tags for tags in spoken) >= OWN * words:
        return None
    counts = Counter(tag for tags in spoken for tag in tags).most_common(2)
    (tag, hits), second = counts[0] if counts else ("", 0), counts[1][1] if counts[1:] else 0
    sure = hits >= FEWEST and hits >= OTHER * words and hits >= AHEAD * second
    return (tag, hits) if sure else None
