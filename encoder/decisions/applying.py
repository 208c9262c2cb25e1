"""Decisions are applied when all is found: they drop, change and add spans, and settle doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from encoder.decisions.anchor import Anchors, Place, Quotation
from encoder.decisions.docket import (
    CORRECTIONS,
    DOUBTED,
    MENTIONS,
    STATEMENTS,
    Docket,
    Verdict,
)
from encoder.decisions.file import SETTLES, Decision, Kind
from encoder.edition import Edition
from encoder.keys import nearest
from encoder.model import Finding, Span
from encoder.naming.drafts import ELEMENTS
from encoder.registers import Kind as Entry
from encoder.registers import Person


def apply(edition: Edition, decisions: Iterable[Decision]) -> Edition:
    """Return the edition as its editor decided, with a finding for each decision that fails."""
    decisions = [d for d in decisions if d.file in ("", edition.source.name)]
    decisions.sort(key=lambda decision: (not decision.everywhere, bool(decision.file)))
    if not decisions:
        return edition
    anchors = Anchors(edition)
    verdicts, findings = list[Verdict](), list[Finding]()
    for number, decision in enumerate(decisions):
        own = list(_verdicts(anchors, number, decision))
        obstacle = _obstacle(edition, decision, [verdict.place for verdict in own])
        findings += [obstacle] if obstacle else []
        verdicts += [] if obstacle else own
    return _judged(edition, Docket(verdicts)).having(findings)


def found(anchors: Anchors, decision: Decision) -> list[Place]:
    """Return where the words of a decision stand, in source order."""
    quotation = decision.quotation
    return anchors.places(quotation) if decision.everywhere else anchors.follow(quotation)


def _verdicts(anchors: Anchors, number: int, decision: Decision) -> Iterator[Verdict]:
    for place in found(anchors, decision):
        parts = tuple(_parts(anchors, decision, place))
        if len(parts) == len(decision.parts):
            yield Verdict(place, number, decision, parts)


def _parts(anchors: Anchors, decision: Decision, place: Place) -> Iterator[Place]:
    """Yield where the parts of a split stand in its words, in their order."""
    here = place.first
    for part in decision.parts:
        stand = anchors.places(Quotation(part))
        within = (p for p in stand if here <= p.first and p.last <= place.last)
        if first := next(within, None):
            here = first.last
            yield first


def _obstacle(edition: Edition, decision: Decision, places: list[Place]) -> Finding | None:
    """Return why a decision cannot be carried out, if it cannot."""
    unknown = [ref for ref in _refs(decision) if ":" not in ref and ref not in _ids(edition)]
    if unknown:
        message = f"the register has no {unknown[0]!r}"
        hint = nearest(unknown[0], _ids(edition))
        return decision.finding("decision-unknown", message, hint, edition.source.name)
    if not places:
        message = f"the words {decision.exact!r} do not stand there"
        hint = "if the source has changed, quote it anew; else remove the decision"
        return decision.finding("decision-lost", message, hint, edition.source.name)
    if len(places) > 1 and not decision.everywhere:
        lines = ", ".join(str(edition.source.locate(place.start).line) for place in places)
        message = f"the words {decision.exact!r} stand in several places: lines {lines}"
        hint = "add prefix or suffix, or everywhere = true"
        return decision.finding("decision-ambiguous", message, hint, edition.source.name)
    return None


def _refs(decision: Decision) -> list[str]:
    return [
        ref.removeprefix("#") for said in (decision.ref, *decision.refs) for ref in said.split()
    ]


def _ids(edition: Edition) -> Mapping[str, Person]:
    return edition.register.by_id


def _spans(edition: Edition, verdict: Verdict) -> Iterator[Span]:
    """Yield what a decision adds to the edition."""
    place, said = verdict.place, verdict.decision
    if said.kind == "correct":
        yield Span(place.start, place.end, "sic", reading=said.reading, by=said.by, cert=said.cert)
    elif said.kind == "split":
        refs = said.refs or ("",) * len(said.parts)
        for part, ref in zip(verdict.parts, refs, strict=True):
            yield _mention(edition, part, said, ref)
    elif said.kind in ("link", "merge") or said.ref:
        yield _mention(edition, place, said, said.ref or _meant(edition, verdict))


def _mention(edition: Edition, place: Place, said: Decision, ref: str) -> Span:
    tag = said.tag or _tag(edition, ref)
    attrs = _reference(edition, ref, tag)
    return Span(place.start, place.end, tag, attrs, by=said.by, cert=said.cert)


def _meant(edition: Edition, verdict: Verdict) -> str:
    """Return whom the first linked name within the words means."""
    marks = sorted(edition.tagged(*MENTIONS), key=lambda span: span.start)
    within = (span for span in marks if verdict.holds(edition, span) and "ref" in span.attrs)
    return next((span.attrs["ref"] for span in within), "")


def _kind(edition: Edition, ref: str) -> Entry:
    entries = (_ids(edition).get(one.removeprefix("#")) for one in ref.split())
    return next((entry.kind for entry in entries if entry), "person")


def _tag(edition: Edition, ref: str) -> str:
    """Return the element that names an entry of the register."""
    return ELEMENTS[_kind(edition, ref)][2]


def _reference(edition: Edition, said: str, tag: str) -> dict[str, str]:
    """Return the attributes that link a mention."""
    refs = (ref.removeprefix("#") for ref in said.split())
    pointers = " ".join(ref if ":" in ref else f"#{ref}" for ref in refs)
    linked = {"ref": pointers} if pointers else {}
    return {"type": _kind(edition, said), **linked} if tag == "rs" else linked


def _judged(edition: Edition, docket: Docket) -> Edition:
    """Return the edition with its spans and findings changed by all verdicts, in their order."""
    linked = set[Verdict]()
    revised = [_revised(edition, span, docket.on(edition, span), linked) for span in edition.spans]
    findings = [f for f in edition.findings if not _is_settled(edition, f, docket)]
    for verdict in docket:
        for span in () if verdict in linked else _spans(edition, verdict):
            later = [v for v in docket.on(edition, span) if v.number > verdict.number]
            revised.append(_revised(edition, span, later, linked))
            if not revised[-1] and not verdict.decision.everywhere:
                findings.append(_overruled(edition, verdict))
    return replace(edition, spans=tuple(filter(None, revised)), findings=tuple(findings))


def _overruled(edition: Edition, verdict: Verdict) -> Finding:
    message = f"a later decision undoes this one on {verdict.decision.exact!r}"
    hint = "remove one of them"
    return verdict.decision.finding("decision-overruled", message, hint, edition.source.name)


def _revised(
    edition: Edition, span: Span, verdicts: Iterable[Verdict], linked: set[Verdict]
) -> Span | None:
    """Return what the verdicts make of a span; `linked` takes those that find their mention."""
    kept: Span | None = span
    for verdict in verdicts:
        if kept:
            before, kept = kept, RULES[verdict.decision.kind](kept, verdict, edition)
            if kept and kept is not before and verdict.decision.ref:
                linked.add(verdict)
    return kept


def _correct(span: Span, verdict: Verdict, edition: Edition) -> Span | None:
    if span.tag in CORRECTIONS:
        return None
    return _unless_crossing(span, verdict, edition)


def _link(span: Span, verdict: Verdict, edition: Edition) -> Span | None:
    if span.tag not in DOUBTED:
        return _unless_crossing(span, verdict, edition)
    if span.tag == "certainty" or not verdict.is_in(edition, span):
        return None
    said = verdict.decision
    tag = said.tag or (span.tag if span.tag in ("rs", "name") else _tag(edition, said.ref))
    attrs = {**(span.attrs if tag == span.tag else {}), **_reference(edition, said.ref, tag)}
    return replace(span, tag=tag, attrs=attrs, by=said.by, cert=said.cert)


def _accept(span: Span, verdict: Verdict, edition: Edition) -> Span | None:
    if verdict.decision.ref:
        return _link(span, verdict, edition)
    if span.tag == "certainty":
        return None
    if not _concerns(span, verdict, edition):
        return span
    return replace(span, by=verdict.decision.by, cert=verdict.decision.cert)


def _reject(span: Span, verdict: Verdict, edition: Edition) -> Span | None:
    gone = span.tag == "certainty" or _concerns(span, verdict, edition)
    return None if gone else span


def _anew(span: Span, verdict: Verdict, edition: Edition) -> Span | None:
    """Drop what is marked there: the decision marks it anew."""
    return None if span.tag in DOUBTED else _unless_crossing(span, verdict, edition)


RULES: Mapping[Kind, Callable[[Span, Verdict, Edition], Span | None]] = {
    "correct": _correct,
    "link": _link,
    "accept": _accept,
    "reject": _reject,
    "split": _anew,
    "merge": _anew,
}


def _unless_crossing(span: Span, verdict: Verdict, edition: Edition) -> Span | None:
    nested = verdict.is_in(edition, span) or verdict.holds(edition, span)
    return span if nested or span.tag not in STATEMENTS | CORRECTIONS else None


def _concerns(span: Span, verdict: Verdict, edition: Edition) -> bool:
    """Whether a decision about what is marked speaks of this span."""
    tag = verdict.decision.tag
    if tag:
        return span.tag == tag
    return span.tag in MENTIONS or (
        span.tag in STATEMENTS | CORRECTIONS and verdict.holds(edition, span)
    )


def _is_settled(edition: Edition, finding: Finding, docket: Docket) -> bool:
    """Whether an editor has answered what a finding asks."""
    if not finding.where or finding.file != edition.source.name or finding.severity == "error":
        return False
    offset = edition.source.line_start(finding.where.line) + finding.where.column - 1
    at = edition.order.to_reading(min(offset, len(edition.source.text) - 1))
    about = "name" if finding.code.startswith("name-") else "text"
    return any(about in SETTLES[v.decision.kind] for v in docket.over(at, at))
