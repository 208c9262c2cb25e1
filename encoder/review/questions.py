"""A question is something in a text that only its editor can answer.

Whom a name means, where several bear it; what a damaged word should say; whether somebody whom the
register does not know is a person, and who. Asked for all, every name that is marked is one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from encoder.annotate.names import shown
from encoder.decisions.docket import MENTIONS
from encoder.desk import Desk
from encoder.flow import Flow, flows
from encoder.model import Finding, Position
from encoder.naming.discover import Proposal
from encoder.naming.mentions import Judgement
from encoder.registers import Person
from encoder.review.rulings import Bench, Words
from encoder.survey import Reading, Survey, survey

Kind = Literal["name", "text", "person"]
REACH = 400  # characters of a paragraph shown on either side


class Mention(NamedTuple):
    """Words in one of the texts."""

    bench: Bench
    words: Words

    @property
    def text(self) -> str:
        """The words as they are read."""
        return self.context[1]

    @property
    def context(self) -> tuple[str, str, str]:
        """The words with what is before and after them in their paragraph."""
        for flow in flows(self.bench.edition):
            first, last = flow.offset(self.words.start), flow.offset(self.words.end - 1)
            if first is not None and last is not None:
                return _paragraph(flow, first, last + 1)
        return "", self.bench.edition.source.text[self.words.start : self.words.end], ""

    @property
    def place(self) -> str:
        """The name of the text, the line and the column."""
        source = self.bench.edition.source
        return f"{source.name}:{source.locate(self.words.start)}"


@dataclass(frozen=True)
class Question:
    """What is asked about a mention, or about all mentions of somebody the register has not.

    `evidence` says what was seen; `candidates` are who may be meant, the likeliest first; `reading`
    is what a damaged word may have been; `names` are those of somebody new.
    """

    kind: Kind
    mentions: tuple[Mention, ...]
    evidence: tuple[str, ...] = ()
    candidates: tuple[Person, ...] = ()
    reading: str = ""
    names: tuple[str, ...] = ()

    @property
    def first(self) -> Mention:
        """The mention that is shown."""
        return self.mentions[0]

    @property
    def title(self) -> str:
        """The question in words."""
        words = self.names[0] if self.names else self.first.text
        return {
            "name": f"Whom does “{words}” mean?",
            "text": f"What should “{words}” say?",
            "person": f"Who is “{words}”?",
        }[self.kind]


def questions(desk: Desk, *, every: bool = False) -> list[Question]:
    """Return what is open in a project, text by text; then who is new.

    Args:
        every: ask about every name that is marked, certain or not.
    """
    seen = survey(desk, desk.project.sources)
    benches = {r.edition.source.name: Bench(desk, r.edition) for r in seen.readings}
    asked = [q for bench in benches.values() for q in _open(bench, seen)]
    if every:
        known = {(q.first.place, q.kind) for q in asked}
        marked = (q for bench in benches.values() for q in _marked(bench, seen))
        asked += [q for q in marked if (q.first.place, q.kind) not in known]
    return [*asked, *(_new(one, seen, benches) for one in seen.proposals)]


def about(mention: Mention, seen: Iterable[Judgement] = ()) -> Question:
    """Return the question whom some words mean, whatever is marked there."""
    bench = mention.bench
    by_id = bench.desk.register.by_id
    marks = list(bench.marks(mention.words))
    evidence = [
        f"marked <{m.tag}> by {m.by}, certainty {m.cert}: {m.attrs.get('ref', '')}" for m in marks
    ]
    evidence += [shown(judgement) for judgement in seen]
    refs = [*bench.meant(mention.words).split(), *(f.person.id for j in seen for f in j.forms)]
    people = tuple(by_id[ref] for ref in dict.fromkeys(refs) if ref in by_id)
    return Question("name", (mention,), tuple(evidence) or ("nothing is marked here",), people)


def _open(bench: Bench, seen: Survey) -> Iterator[Question]:
    """Yield the questions of one text that a decision would answer."""
    for finding in bench.edition.findings:
        said = _decision(finding)
        if said and finding.where and finding.file == bench.edition.source.name:
            mention = _mention(bench, finding.where, said["exact"])
            if mention and "reading" in said:
                seen_there = (finding.message, finding.hint)
                yield Question("text", (mention,), seen_there, reading=said["reading"])
            elif mention:
                asked = about(mention, _judged(seen, mention))
                yield replace(asked, evidence=(finding.message, *asked.evidence))


def _decision(finding: Finding) -> Mapping[str, str]:
    """Return the decision that would answer a finding, as it proposes it."""
    tables = tomllib.loads(finding.decision) if finding.decision else {}
    return next((table for rows in tables.values() for table in rows), {})


def _mention(bench: Bench, where: Position, exact: str) -> Mention | None:
    start = bench.edition.source.offset(where)
    for flow in flows(bench.edition):
        at = flow.offset(start)
        if at is not None:
            return Mention(bench, Words(*flow.span(at, at + len(exact))))
    return None


def _judged(seen: Survey, mention: Mention) -> list[Judgement]:
    """Return what was decided on the names where the words stand."""
    start, end = mention.words
    readings = (r for r in seen.readings if r.edition is mention.bench.edition)
    placed = ((r.flow.span(j.mention.start, j.mention.end), j) for r in readings for j in r.judged)
    return [judged for (first, last), judged in placed if first < end and start < last]


def _marked(bench: Bench, seen: Survey) -> Iterator[Question]:
    for span in sorted(bench.edition.tagged(*MENTIONS), key=lambda span: span.start):
        mention = Mention(bench, Words(span.start, span.end))
        yield about(mention, _judged(seen, mention))


def _new(one: Proposal, seen: Survey, benches: Mapping[str, Bench]) -> Question:
    """Return the question who somebody is whom the register does not have."""
    mentions = []
    for found in one.mentions:
        reading: Reading = seen.readings[found.text]
        words = Words(*reading.flow.span(found.start, found.end))
        mentions.append(Mention(benches[reading.edition.source.name], words))
    witnesses = ", ".join(dict.fromkeys(one.witnesses)) or "capital letters only"
    evidence = (
        f"not in the register; certainty {one.cert}; what speaks for it: {witnesses}",
        f"{len(mentions)} mentions: {'; '.join(m.place for m in mentions[:9])}",
        *((f"names: {'; '.join(one.names)}",) if len(one.names) > 1 else ()),
    )
    return Question("person", tuple(mentions), evidence, names=one.names)


def _paragraph(flow: Flow, start: int, end: int) -> tuple[str, str, str]:
    text = flow.text
    begin = max(text.rfind("\n", 0, start) + 1, start - REACH)
    stop = min(text.find("\n", end) if "\n" in text[end:] else len(text), end + REACH)
    return text[begin:start], text[start:end].replace("\n", " "), text[end:stop]
