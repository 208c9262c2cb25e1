"""Square brackets are how editors speak inside another's text (TEI P5 3.5.3, 12.3.3).

What stands in them is supplied, remarked, left out or doubted; who speaks is known only where the
source or the project says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from encoder.edition import Edition
from encoder.flow import Flow, flows
from encoder.lexicon import pattern
from encoder.model import Span
from encoder.profile import Profile

# A short number in brackets is a callout or a label that found no partner, and says nothing.
BRACKET = re.compile(r"\[(?!\d{1,3}\]|\^)(?=[^\[\]\n]*[^\[\]\s])([^\[\]\n]+)\]")
OMITTED = re.compile(r"(?:\.\s?){2,4}|…|[-–—]+")
REMARK = re.compile(r"(?:sic|!|\?!|!!)[.!]?", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?](?:\s|$)")


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield what the brackets in each flow say, their signs kept."""
    headnotes = {s.start for s in edition.tagged("note") if s.attrs.get("type") == "headnote"}
    for flow in flows(edition):
        for match in BRACKET.finditer(flow.text):
            if flow.source(match.start()) not in headnotes:
                yield from _encoded(flow, match, profile)


def _encoded(flow: Flow, match: re.Match[str], profile: Profile) -> Iterator[Span]:
    said = match.group(1).strip()
    start, end = flow.span(*match.span())
    tag, attrs, by = _meaning(said, profile)
    yield Span(start, end, tag, attrs, by=by)
    if tag == "gap":
        for token in re.finditer(r"\S+", match.group()):
            yield Span(
                *flow.span(match.start() + token.start(), match.start() + token.end()),
                "sign",
                {"kind": "pre"},
            )
        return
    yield Span(start, start + 1, "sign", {"kind": "pre"})
    yield Span(end - 1, end, "sign", {"kind": "post"})


def _meaning(said: str, profile: Profile) -> tuple[str, dict[str, str], str]:
    """Return the element, its attributes and the voice for what a bracket says."""
    if OMITTED.fullmatch(said):
        return "gap", {"reason": "editorial"}, "ed"
    if said == "?":
        return "unclear", {"reason": "doubtful"}, "ed"
    if _signed_by_translator(said, profile):
        return "note", {"type": "translator", "place": "inline"}, "tr"
    if REMARK.fullmatch(said) or len(said) > profile.bracket_length or _is_sentence(said):
        return "note", {"type": "editorial", "place": "inline"}, "ed"
    return "supplied", {"reason": "clarification"}, "ed"


def _is_sentence(said: str) -> bool:
    """Whether something is said here; a single word with its point only completes the text."""
    return " " in said and SENTENCE.search(said) is not None


def _signed_by_translator(said: str, profile: Profile) -> bool:
    signatures = pattern("parts", "translator", profile.language).finditer(said)
    return any(said[signature.end() :].strip(" .") == "" for signature in signatures)
