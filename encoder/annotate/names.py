"""A name in the text is linked to the person of the register who bears it (TEI P5 3.6.1, 14.2.1).

A nickname is a name too; a description that stands for a person ("the chief") is an `rs`. Where
two persons bear the same name, the one whom the text also calls by a name of his or her own is
meant; where that does not tell them apart, the first of the register is named, with low certainty,
the others beside it, and a finding asks the editor.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from encoder.flow import Flow, flows
from encoder.mentions import Form, Index, Match
from encoder.model import Cert, Edition, Finding, Span
from encoder.profile import Profile

BY = "tei-encoder"
CONTEXT = 40  # characters before a mention from which its quotation takes whole words
MENTIONS = ("persName", "rs", "name")


class Mention(NamedTuple):
    """A form of a name where the text has it: the words, those before, source offsets, bearers."""

    words: str
    before: str
    start: int
    end: int
    forms: tuple[Form, ...]


class Closed:
    """Stretches of the text, in reading order, in which no name is sought."""

    def __init__(self, edition: Edition) -> None:
        self._order = edition.order
        closed = (s for s in edition.spans if _is_closed(s))
        spans = sorted(self._order.interval(s.start, s.end) for s in closed)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def __contains__(self, mention: Mention) -> bool:
        start, end = self._order.interval(mention.start, mention.end)
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start


def find(edition: Edition, profile: Profile) -> Iterator[Span | Finding]:
    """Yield the persons of the register whom the text mentions, and a finding for each doubt."""
    language = profile.language or edition.metadata.language
    index, closed = Index(edition.register.persons, language), Closed(edition)
    mentions = [m for flow in flows(edition) for m in _in_flow(flow, index) if m not in closed]
    named = _surely_named(mentions)
    for mention in mentions:
        yield from _marked(edition, mention, named)


def _is_closed(span: Span) -> bool:
    """Whether a name is marked there already, or the words are those of a distributor."""
    return span.tag in MENTIONS or (span.tag == "div" and span.attrs.get("type") == "licence")


def _in_flow(flow: Flow, index: Index) -> Iterator[Mention]:
    for match in index.find(flow.text):
        yield _mention(flow, match)


def _mention(flow: Flow, match: Match) -> Mention:
    words = flow.text[match.start : match.end]
    return Mention(
        words, _before(flow.text, match.start), *flow.span(match.start, match.end), match.forms
    )


def _before(text: str, at: int) -> str:
    """Return the last whole words before `at`."""
    words = text[max(at - CONTEXT, 0) : at].split()
    return " ".join(words if at <= CONTEXT else words[1:])


def _surely_named(mentions: list[Mention]) -> set[str]:
    """Return the ids of the persons whom some mention means and can mean no other."""
    return {mention.forms[0].person.id for mention in mentions if len(mention.forms) == 1}


def _marked(edition: Edition, mention: Mention, named: set[str]) -> Iterator[Span | Finding]:
    known = [form for form in mention.forms if form.person.id in named]
    if len(mention.forms) == 1:
        yield _span(mention, mention.forms[0], "high")
    elif len(known) == 1:
        yield _span(mention, known[0], "medium")
    else:
        best, *others = sorted(mention.forms, key=lambda form: form not in known)
        yield _span(mention, best, "low")
        yield from (_alternative(mention, other) for other in others)
        yield _ambiguous(edition, mention, [best, *others])


def _span(mention: Mention, form: Form, cert: Cert) -> Span:
    tag = "rs" if form.type == "role" else "persName"
    kind = {"role": "person", "nickname": "nickname"}.get(form.type)
    attrs = {"type": kind} if kind else {}
    ref = f"#{form.person.id}"
    return Span(mention.start, mention.end, tag, attrs | {"ref": ref}, by=BY, cert=cert)


def _alternative(mention: Mention, form: Form) -> Span:
    """Return whom else the mention may mean (TEI P5 22.1.2)."""
    attrs = {"locus": "value", "match": "../@ref", "assertedValue": f"#{form.person.id}"}
    return Span(mention.start, mention.start, "certainty", attrs, by=BY, cert="low")


def _ambiguous(edition: Edition, mention: Mention, forms: list[Form]) -> Finding:
    people = [form.person for form in forms]
    names = " or ".join(f"{person.name} ({person.id})" for person in people)
    lines = {"exact": mention.words, "prefix": mention.before, "ref": people[0].id}
    decision = "\n".join(("[[link]]", *(f"{key} = {_quoted(lines[key])}" for key in lines)))
    message = f"{mention.words!r} may be {names}"
    hint = "link it by a decision, or give the form to one of them only in the register"
    return edition.finding(
        "name-ambiguous", "warning", message, mention.start, hint=hint, decision=decision
    )


def _quoted(text: str) -> str:
    """Return `text` as a TOML string."""
    return json.dumps(text, ensure_ascii=False)
