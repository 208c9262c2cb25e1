"""A decision is the editor's word over the machine's, and outlives every run.

It lies in `decisions.toml`, is anchored by quotation (`exact`, `prefix`, `suffix`) and follows its
words wherever they go:

- `[[correct]]`: the source errs; `reading` is what it should say;
- `[[link]]`: the words mean the person `ref`, or several, separated by spaces;
- `[[accept]]`: what is marked or doubted there is right;
- `[[reject]]`: what is marked or doubted there is nothing.

Any may say `everywhere = true`, `file` (the one source it is about), `by` (the id of whoever
decided), `cert` and `why`; all but the first, `tag`: the element it is about. Where two speak of
the same words, the later one holds.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from encoder.anchor import Anchors, Place, Quotation
from encoder.errors import UsageError
from encoder.keys import nearest
from encoder.model import Cert, Edition, Finding, Position, Severity, Span
from encoder.registers import Person

Kind = Literal["correct", "link", "accept", "reject"]
MENTIONS = frozenset({"persName", "rs", "name", "placeName", "orgName"})
CORRECTIONS = frozenset({"sic", "orig"})
# What the machine says of phrases, and gives up where an editor's words cross it.
STATEMENTS = MENTIONS | {"date", "bibl", "title", "ref"}
DOUBTED = MENTIONS | {"certainty"}
# Whether a decision answers questions about names, about the rest of the text, or both.
SETTLES = {
    "correct": ("text",),
    "link": ("name",),
    "accept": ("name", "text"),
    "reject": ("name", "text"),
}

COMMON = {"exact": str, "prefix": str, "suffix": str, "everywhere": bool, "file": str}
VOICE = {"by": str, "cert": str, "why": str}
KEYS: Mapping[str, Mapping[str, type]] = {
    "correct": {**COMMON, "reading": str, **VOICE},
    "link": {**COMMON, "ref": str, "tag": str, **VOICE},
    "accept": {**COMMON, "tag": str, **VOICE},
    "reject": {**COMMON, "tag": str, **VOICE},
}
NEEDED = {"correct": ("exact", "reading"), "link": ("exact", "ref")}
TABLE = re.compile(r"\s*\[\[\s*[\"']?([\w-]+)[\"']?\s*\]\]")


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided about the words `exact`.

    `path` and `line` say where it is written.
    """

    kind: Kind
    exact: str
    prefix: str = ""
    suffix: str = ""
    everywhere: bool = False
    file: str = ""
    reading: str = ""
    ref: str = ""
    tag: str = ""
    by: str = "enc"
    cert: Cert = "high"
    why: str = ""
    path: str = ""
    line: int = 0

    @property
    def quotation(self) -> Quotation:
        """The words it is anchored by."""
        return Quotation(self.exact, self.prefix, self.suffix)

    def finding(self, code: str, message: str, hint: str, source: str) -> Finding:
        """Return a finding about the decision itself; `source` names the text it is about."""
        where = Position(self.line, 1) if self.line else None
        severity: Severity = "info" if self.everywhere else "warning"
        words = f"{self.kind} {self.exact!r}"
        return Finding(code, severity, message, self.path or source, where, hint, words)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read `decisions.toml`.

    Raises:
        UsageError: the file is missing or no TOML, or a table or key in it is unknown, missing
            or of the wrong kind.
    """
    text = _read(path)
    lines = _table_lines(text)
    found = [
        _decision(kind, table, path, _line(lines.get(kind, ()), index))
        for kind, tables in _parsed(text, path).items()
        for index, table in enumerate(_tables(kind, tables, path, lines))
    ]
    return tuple(sorted(found, key=lambda decision: decision.line))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        message = f"the decisions cannot be read ({error.strerror})"
        raise UsageError(message, place=str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("the decisions are not in UTF-8", place=str(path)) from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, at = str(error).partition(" (at ")
        place = ":".join(re.findall(r"\d+", at)) or str(text.count("\n") + 1)
        hint = 'a decision is a table: [[correct]], then lines such as exact = "…"'
        raise UsageError(f"no TOML: {message}", hint=hint, place=f"{path}:{place}") from error


def _table_lines(text: str) -> dict[str, list[int]]:
    """Return the lines on which the tables of each kind begin."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := TABLE.match(line):
            lines.setdefault(found[1], []).append(number)
    return lines


def _line(lines: Iterable[int], index: int) -> int:
    return next((line for n, line in enumerate(lines) if n == index), 0)


def _tables(
    kind: str, tables: object, path: Path, lines: Mapping[str, list[int]]
) -> list[dict[str, Any]]:
    place = f"{path}:{_line(lines.get(kind, ()), 0) or 1}"
    if kind not in KEYS:
        raise UsageError(f"no decision is called {kind!r}", hint=nearest(kind, KEYS), place=place)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        hint = f"write [[{kind}]] with two brackets on each side"
        raise UsageError(f"{kind!r} is to be a list of tables", hint=hint, place=place)
    return tables


def _decision(kind: str, table: dict[str, Any], path: Path, line: int) -> Decision:
    place = f"{path}:{line}" if line else str(path)
    for key, value in table.items():
        _check(kind, key, value, place)
    for key in NEEDED.get(kind, ("exact",)):
        if not table.get(key, "").strip():
            hint = f'write {key} = "…" under [[{kind}]]'
            raise UsageError(f"a {kind} decision needs {key!r}", hint=hint, place=place)
    return Decision(**{"kind": kind, "path": str(path), "line": line, **table})


def _check(kind: str, key: str, value: object, place: str) -> None:
    known = KEYS[kind]
    if key not in known:
        message = f"a {kind} decision has no key {key!r}"
        raise UsageError(message, hint=nearest(key, known), place=place)
    if not isinstance(value, known[key]):
        expected = "true or false" if known[key] is bool else "text in quotation marks"
        raise UsageError(f"{key} = {value!r}: expected {expected}", place=place)
    if key == "cert" and value not in get_args(Cert):
        choices = " or ".join(get_args(Cert))
        raise UsageError(f"cert = {value!r}: expected {choices}", place=place)


class _Verdict(NamedTuple):
    """A decision at one of its places; `number` is its rank among all."""

    place: Place
    number: int
    decision: Decision

    def holds(self, edition: Edition, span: Span) -> bool:
        """Whether the span lies within the words decided on."""
        first, last = edition.order.interval(span.start, span.end)
        return self.place.first <= first and last <= self.place.last

    def is_in(self, edition: Edition, span: Span) -> bool:
        """Whether the words decided on lie within the span."""
        first, last = edition.order.interval(span.start, span.end)
        return first <= self.place.first and self.place.last <= last

    def spans(self) -> Iterator[Span]:
        """Yield what the decision adds to the edition."""
        start, end, said = self.place.start, self.place.end, self.decision
        if said.kind == "correct":
            yield Span(start, end, "sic", reading=said.reading, by=said.by, cert=said.cert)
        elif said.kind == "link":
            tag = said.tag or "persName"
            yield Span(start, end, tag, _reference(said, tag), by=said.by, cert=said.cert)


class _Docket:
    """The verdicts by where their words are read."""

    def __init__(self, verdicts: Iterable[_Verdict]) -> None:
        self._verdicts = sorted(verdicts, key=lambda verdict: verdict.place.first)
        self._firsts = [verdict.place.first for verdict in self._verdicts]
        lengths = (verdict.place.last - verdict.place.first for verdict in self._verdicts)
        self._longest = max(lengths, default=0)
        self._tags = {verdict.decision.tag for verdict in self._verdicts}

    def __iter__(self) -> Iterator[_Verdict]:
        return iter(sorted(self._verdicts, key=lambda verdict: verdict.number))

    def on(self, edition: Edition, span: Span) -> list[_Verdict]:
        """Return the verdicts that may change a span."""
        if span.tag not in STATEMENTS | CORRECTIONS | DOUBTED and span.tag not in self._tags:
            return []
        return self.over(*edition.order.interval(span.start, span.end))

    def over(self, first: int, last: int) -> list[_Verdict]:
        """Return the verdicts on what is read from `first` to `last`, in their order."""
        low = bisect_left(self._firsts, first - self._longest)
        near = self._verdicts[low : bisect_left(self._firsts, max(last, first + 1))]
        return sorted((v for v in near if v.place.last > first), key=lambda v: v.number)


def apply(edition: Edition, decisions: Iterable[Decision]) -> Edition:
    """Return the edition as its editor decided, with a finding for each decision that fails."""
    decisions = [d for d in decisions if d.file in ("", edition.source.name)]
    if not decisions:
        return edition
    anchors = Anchors(edition)
    verdicts, findings = list[_Verdict](), list[Finding]()
    for number, decision in enumerate(decisions):
        places = anchors.places(decision.quotation)
        obstacle = _obstacle(edition, decision, places)
        findings += [obstacle] if obstacle else []
        verdicts += [] if obstacle else [_Verdict(p, number, decision) for p in places]
    return _judged(edition, _Docket(verdicts)).having(findings)


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
    return [ref.removeprefix("#") for ref in decision.ref.split()]


def _ids(edition: Edition) -> Mapping[str, Person]:
    return edition.register.by_id


def _reference(decision: Decision, tag: str) -> dict[str, str]:
    """Return the attributes that link a mention."""
    pointers = " ".join(ref if ":" in ref else f"#{ref}" for ref in _refs(decision))
    return {"type": "person", "ref": pointers} if tag == "rs" else {"ref": pointers}


def _judged(edition: Edition, docket: _Docket) -> Edition:
    """Return the edition with its spans and findings changed by all verdicts, in their order."""
    linked = set[_Verdict]()
    revised = [_revised(edition, span, docket.on(edition, span), linked) for span in edition.spans]
    findings = [f for f in edition.findings if not _is_settled(edition, f, docket)]
    for verdict in docket:
        for span in () if verdict in linked else verdict.spans():
            later = [v for v in docket.on(edition, span) if v.number > verdict.number]
            revised.append(_revised(edition, span, later, linked))
            if not revised[-1] and not verdict.decision.everywhere:
                findings.append(_overruled(edition, verdict))
    return replace(edition, spans=tuple(filter(None, revised)), findings=tuple(findings))


def _overruled(edition: Edition, verdict: _Verdict) -> Finding:
    message = f"a later decision undoes this one on {verdict.decision.exact!r}"
    hint = "remove one of them"
    return verdict.decision.finding("decision-overruled", message, hint, edition.source.name)


def _revised(
    edition: Edition, span: Span, verdicts: Iterable[_Verdict], linked: set[_Verdict]
) -> Span | None:
    """Return what the verdicts make of a span; `linked` takes those that find their mention."""
    kept: Span | None = span
    for verdict in verdicts:
        if kept:
            before, kept = kept, RULES[verdict.decision.kind](kept, verdict, edition)
            if kept and kept is not before and verdict.decision.kind == "link":
                linked.add(verdict)
    return kept


def _correct(span: Span, verdict: _Verdict, edition: Edition) -> Span | None:
    if span.tag in CORRECTIONS:
        return None
    return _unless_crossing(span, verdict, edition)


def _link(span: Span, verdict: _Verdict, edition: Edition) -> Span | None:
    if span.tag not in DOUBTED:
        return _unless_crossing(span, verdict, edition)
    if span.tag == "certainty" or not verdict.is_in(edition, span):
        return None
    said = verdict.decision
    tag = said.tag or span.tag
    attrs = {**(span.attrs if tag == span.tag else {}), **_reference(said, tag)}
    return replace(span, tag=tag, attrs=attrs, by=said.by, cert=said.cert)


def _accept(span: Span, verdict: _Verdict, edition: Edition) -> Span | None:
    if span.tag == "certainty":
        return None
    if not _concerns(span, verdict, edition):
        return span
    return replace(span, by=verdict.decision.by, cert=verdict.decision.cert)


def _reject(span: Span, verdict: _Verdict, edition: Edition) -> Span | None:
    gone = span.tag == "certainty" or _concerns(span, verdict, edition)
    return None if gone else span


RULES = {"correct": _correct, "link": _link, "accept": _accept, "reject": _reject}


def _unless_crossing(span: Span, verdict: _Verdict, edition: Edition) -> Span | None:
    nested = verdict.is_in(edition, span) or verdict.holds(edition, span)
    return span if nested or span.tag not in STATEMENTS | CORRECTIONS else None


def _concerns(span: Span, verdict: _Verdict, edition: Edition) -> bool:
    """Whether a decision about what is marked speaks of this span."""
    tag = verdict.decision.tag
    if tag:
        return span.tag == tag
    return span.tag in MENTIONS or (
        span.tag in STATEMENTS | CORRECTIONS and verdict.holds(edition, span)
    )


def _is_settled(edition: Edition, finding: Finding, docket: _Docket) -> bool:
    """Whether an editor has answered what a finding asks."""
    if not finding.where or finding.file != edition.source.name or finding.severity == "error":
        return False
    offset = edition.source.line_start(finding.where.line) + finding.where.column - 1
    at = edition.order.to_reading(min(offset, len(edition.source.text) - 1))
    about = "name" if finding.code.startswith("name-") else "text"
    return any(about in SETTLES[v.decision.kind] for v in docket.over(at, at))
