"""A link leads to a page of the web: by its address, or by words with the address behind them.

`[words](address "title")`, `[words][name]` with a line `[name]: address` somewhere, `<address>`,
and an address by itself. The words are the reference, the rest its signs (TEI P5 3.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from encoder.edition import Edition
from encoder.flow import Flow, flows
from encoder.forms import ADDRESS
from encoder.model import Span
from encoder.profile import Profile

TITLE = r"(?: (?:\"[^\"\n]*\"|'[^'\n]*'))?"
# Words without brackets; round brackets in an address are closed.
WORDED = re.compile(
    rf"\[(?![\^\d])([^\[\]\n]+)\]\(([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*){TITLE}\)"
)
NAMED = re.compile(r"\[(?![\^\d])([^\[\]\n]+)\] ?\[([^\[\]\n^]*)\]")
GIVEN = re.compile(r"^\[([^\[\]\s^]+)\]:[ \t]+<?([a-zA-Z][a-zA-Z0-9+.-]+:[^\s<>]+)", re.MULTILINE)
ALONE = re.compile(r"<?((?:(?:https?|ftp)://|mailto:)[^\s<>\"{}|\\^`\]]+)>?")
BEHIND = ".,;:!?'’”»)*_"


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield a `ref` for each link, with its address where it has one of the web."""
    text = edition.source.text
    if not any(sign in text for sign in ("](", "://", "mailto:")):
        return
    given = {match[1].casefold(): match[2].rstrip(">") for match in GIVEN.finditer(text)}
    for flow in flows(edition):
        yield from _given(edition, flow)
        taken = [*_worded(flow), *_named(flow, given)]
        here = 0
        for start, end, words, target in sorted([*taken, *_alone(flow)]):
            if start >= here and _is_plain(edition, flow, words, end):
                here = end
                yield from _encoded(flow, start, end, words, target)


Link = tuple[int, int, tuple[int, int], str]


def _worded(flow: Flow) -> Iterator[Link]:
    for match in WORDED.finditer(flow.text):
        yield *match.span(), match.span(1), match[2]


def _named(flow: Flow, given: Mapping[str, str]) -> Iterator[Link]:
    for match in NAMED.finditer(flow.text) if given else ():
        address = given.get((match[2] or match[1]).casefold())
        if address:
            yield *match.span(), match.span(1), address


def _given(edition: Edition, flow: Flow) -> Iterator[Span]:
    """Yield the name that a line gives to an address, as the label of the paragraph it begins."""
    begun = {span.start for span in edition.tagged("p", "item", "l")}
    for match in GIVEN.finditer(flow.text):
        start, end = flow.span(match.start(1) - 1, match.end(1) + 2)
        as_read = match.group()[: match.end(1) + 2 - match.start()]
        if start in begun and edition.source.text[start:end] == as_read:
            yield Span(start, end, "sign", {"kind": "label"})


def _alone(flow: Flow) -> Iterator[Link]:
    for match in ALONE.finditer(flow.text):
        signed = match.group().startswith("<") and match.group().endswith(">")
        address = match[1] if signed else match[1].rstrip(BEHIND)
        if not ADDRESS.fullmatch(address):
            continue
        start, end = match.start(1), match.start(1) + len(address)
        yield (
            (*match.span(), (start, end), address)
            if signed
            else (start, end, (start, end), address)
        )


def _is_plain(edition: Edition, flow: Flow, words: tuple[int, int], end: int) -> bool:
    """Whether between the words of a link and its end only its signs stand in the source."""
    start, stop = flow.span(words[1] - 1, end)
    return edition.source.text[start:stop].split() == flow.text[words[1] - 1 : end].split()


def _encoded(
    flow: Flow, start: int, end: int, words: tuple[int, int], target: str
) -> Iterator[Span]:
    attrs = {"target": target} if ADDRESS.fullmatch(target) else {}
    yield Span(*flow.span(start, end), "ref", attrs)
    if start < words[0]:
        yield Span(*flow.span(start, words[0]), "sign", {"kind": "pre"})
    if words[1] < end:
        yield Span(*flow.span(words[1], end), "sign", {"kind": "post"})
