"""A name in the text is linked to the entry of the register that bears it (TEI P5 3.6.1, 14.2.1).

A nickname is a name too; a description that stands for a person ("the chief") is an `rs`. Where
several bear the same name and nothing tells them apart, the likeliest is named with low certainty,
the others beside it, and a finding asks the editor.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from encoder.edition import Edition
from encoder.flow import Flow, flows
from encoder.metadata import references
from encoder.model import Cert, Finding, Span
from encoder.naming.deciding import judge
from encoder.naming.forms import Form
from encoder.naming.mentions import Judgement
from encoder.profile import Profile

BY = "tei-encoder"
CONTEXT = 40  # characters before a mention from which its quotation takes whole words
MENTIONS = ("persName", "rs", "name", "placeName", "orgName")
TAGS = {"person": "persName", "place": "placeName", "org": "orgName", "work": "title"}
DATED = ("dateline", "opener", "docDate")
OPENING = 800  # characters in which a letter says its date, with the day
DATELINE = 60  # characters that the line of a date has at the most
WHOLE = len("1928-10-21")


class Closed:
    """Stretches of the text, in reading order, in which no name is sought."""

    def __init__(self, edition: Edition) -> None:
        self._order = edition.order
        closed = (s for s in edition.spans if _is_closed(s))
        spans = sorted(self._order.interval(s.start, s.end) for s in closed)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def has(self, start: int, end: int) -> bool:
        """Whether some of the source from `start` to `end` is closed."""
        first, last = self._order.interval(start, end)
        index = bisect_right(self._starts, last - 1) - 1
        return index >= 0 and self._ends[index] > first


def find(edition: Edition, profile: Profile) -> Iterator[Span | Finding]:
    """Yield the entries of the register that the text mentions, and a finding for each doubt."""
    streams = flows(edition)
    for judgement in judgements(edition, profile):
        flow = streams[judgement.mention.text]
        ends = flow.span(judgement.mention.start, judgement.mention.end)
        yield from _marked(edition, flow, judgement, *ends)


def judgements(edition: Edition, profile: Profile) -> list[Judgement]:
    """Return what is decided on each name of the register that the running texts have."""
    entries = edition.register.entries
    if not entries:
        return []
    language = profile.language or edition.metadata.language
    streams, closed = flows(edition), Closed(edition)
    texts = [flow.text for flow in streams]
    concerned = set(references(edition.metadata))

    def is_closed(number: int, start: int, end: int) -> bool:
        return closed.has(*streams[number].span(start, end))

    return judge(
        texts,
        entries,
        language,
        year=_year(edition),
        opening=_opening(edition),
        concerned=concerned,
        is_closed=is_closed,
        others=lambda: edition.vocabulary.others,
    )


def shown(judgement: Judgement) -> str:
    """Return how sure a judgement is, what decided it, and who else may be meant."""
    others = ", ".join(form.person.id for form in judgement.forms[1:])
    return f"{judgement.cert}: {judgement.why}" + (f"; else {others}" if others else "")


def _year(edition: Edition) -> int:
    """Return the year in which the text was written, as far as it or its metadata say; else 0."""
    said = edition.metadata.date.lstrip("-")[:4]
    if said.isdecimal():
        return int(said)
    frames = [(s.start, s.end) for s in edition.tagged(*DATED)]
    dates = [s for s in edition.tagged("date") if s.attrs.get("when", "-")[0] != "-"]
    framed = [d for d in dates if any(a <= d.start and d.end <= b for a, b in frames)]
    opening = [d for d in dates if d.start < OPENING and _is_told(edition, d)]
    years = (d.attrs["when"][:4] for d in (*framed, *opening))
    return next((int(year) for year in years if year.isdecimal()), 0)


def _opening(edition: Edition) -> str:
    """Return the lines in which a text says when it was written."""
    text = edition.source.text
    framed = [text[s.start : s.end] for s in edition.tagged("dateline", "docDate")]
    return "\n".join(framed) or text[:DATELINE]


def _is_told(edition: Edition, date: Span) -> bool:
    """Whether a date near the beginning is the text's own: to the day, or on a short line."""
    text = edition.source.text
    line = text[text.rfind("\n", 0, date.start) + 1 :].partition("\n")[0]
    return len(date.attrs["when"]) == WHOLE or len(line) < DATELINE


def _is_closed(span: Span) -> bool:
    """Whether a date, or a name by another than us, is marked there, or a distributor speaks."""
    if span.tag in MENTIONS:
        return span.by != BY
    return span.tag == "date" or span.beside


def _marked(
    edition: Edition, flow: Flow, judgement: Judgement, start: int, end: int
) -> Iterator[Span | Finding]:
    best, *others = judgement.forms
    yield _span(best, start, end, judgement.cert)
    if judgement.open:
        yield from (_alternative(other, start) for other in others)
        yield _ambiguous(edition, flow, judgement, start)


def _span(form: Form, start: int, end: int, cert: Cert) -> Span:
    tag = "rs" if form.type == "role" else TAGS[form.person.kind]
    kind = {"role": form.person.kind, "nickname": "nickname"}.get(form.type)
    attrs = {"type": kind} if kind else {}
    ref = f"#{form.person.id}"
    return Span(start, end, tag, attrs | {"ref": ref}, by=BY, cert=cert)


def _alternative(form: Form, start: int) -> Span:
    """Return whom else the mention may mean (TEI P5 22.1.2)."""
    attrs = {"locus": "value", "match": "../@ref", "assertedValue": f"#{form.person.id}"}
    return Span(start, start, "certainty", attrs, by=BY, cert="low")


def _ambiguous(edition: Edition, flow: Flow, judgement: Judgement, start: int) -> Finding:
    mention = judgement.mention
    words, people = flow.text[mention.start : mention.end], [f.person for f in judgement.forms]
    names = " or ".join(f"{person.name} ({person.id})" for person in people)
    lines = {"exact": words, "prefix": _before(flow.text, mention.start), "ref": people[0].id}
    decision = "\n".join(("[[link]]", *(f"{key} = {_quoted(lines[key])}" for key in lines)))
    message = f"{words!r} may be {names}; {judgement.why}"
    hint = "link it by a decision, or give the form to one of them only in the register"
    return edition.finding(
        "name-ambiguous", "warning", message, start, hint=hint, decision=decision
    )


def _before(text: str, at: int) -> str:
    """Return the last whole words before `at`."""
    words = text[max(at - CONTEXT, 0) : at].split()
    return " ".join(words if at <= CONTEXT else words[1:])


def _quoted(text: str) -> str:
    """Return `text` as a TOML string."""
    return json.dumps(text, ensure_ascii=False)
