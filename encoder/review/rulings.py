"""A ruling is a decision being made: about words that stand somewhere, quoted to be found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple

from encoder.decisions import Decision, Kind, Written, record
from encoder.decisions.anchor import Anchors, Place, Quotation
from encoder.decisions.applying import found
from encoder.decisions.docket import CORRECTIONS, MENTIONS
from encoder.desk import Desk
from encoder.edition import Edition
from encoder.errors import UsageError
from encoder.keys import nearest
from encoder.lexicon import words as lexicon_words
from encoder.model import Span, collapse
from encoder.naming.deciding import judge

Scope = Literal["place", "text", "project"]
# What values each kind of decision takes.
TAKES = {"link": "ID...", "correct": "'words'", "split": "[PART[=ID]...]", "merge": "[ID]"}
BETWEEN = re.compile(r"[,;/&]")  # signs that stand between names


class Words(NamedTuple):
    """Words of a text: offsets in its source."""

    start: int
    end: int


class Bench:
    """A text and its words, ready to be decided on."""

    def __init__(self, desk: Desk, edition: Edition) -> None:
        self.desk, self.edition = desk, edition

    @cached_property
    def anchors(self) -> Anchors:
        """The running texts of the edition."""
        return Anchors(self.edition)

    @cached_property
    def language(self) -> str:
        """The language of the text."""
        return self.desk.profile_of(self.edition.source).language

    def at(self, words: str, line: int, column: int = 0, scope: Scope = "place") -> Words:
        """Return the words that stand on a line, or begin in one of its columns.

        Raises:
            UsageError: they do not stand there, or more than once and one place is meant.
        """
        source = self.edition.source
        place = f"{source.name}:{line}"
        everywhere = self.anchors.places(Quotation(words))
        there = [p for p in everywhere if self._is_on(p, line, column)]
        if len(there) > 1 and scope == "place":
            columns = ", ".join(str(source.locate(p.start).column) for p in there)
            hint = f"say in which column: FILE:{line}:COLUMN, one of {columns}"
            raise UsageError(f"{words!r} stands there {len(there)} times", place=place, hint=hint)
        if not there:
            numbers = dict.fromkeys(str(source.locate(p.start).line) for p in everywhere)
            lines = ", ".join(list(numbers)[:9])
            hint = f"it stands on line {lines}" if lines else "quote whole words as they stand"
            raise UsageError(f"{words!r} does not stand there", place=place, hint=hint)
        return Words(there[0].start, there[0].end)

    def _is_on(self, place: Place, line: int, column: int) -> bool:
        first = self.edition.source.locate(place.start)
        if column:
            return (first.line, first.column) == (line, column)
        return first.line <= line <= self.edition.source.locate(place.end - 1).line

    def decision(self, kind: Kind, words: Words, scope: Scope = "place") -> Decision:
        """Return a decision about some words, which says no more than what it is about.

        Raises:
            UsageError: they are no whole words of one running text, or no context tells the place.
        """
        file = "" if scope == "project" else self.edition.source.name
        if scope != "place":
            exact = collapse(self.edition.source.text[words.start : words.end])
            return Decision(kind, exact, everywhere=True, file=file)
        quotation = self.anchors.quotation(*words)
        if quotation is None:
            place = f"{file}:{self.edition.source.locate(words.start)}"
            hint = "decide for all of them with --everywhere, or quote more words"
            raise UsageError("no context tells this place from others", place=place, hint=hint)
        return Decision(kind, *quotation, file=file)

    def marks(self, words: Words) -> Iterator[Span]:
        """Yield what names are marked where the words stand."""
        for span in self.edition.tagged(*MENTIONS):
            if span.start < words.end and words.start < span.end:
                yield span

    def meant(self, words: Words) -> str:
        """Return whom the first name that is marked there means, as ids."""
        refs = (span.attrs.get("ref", "") for span in self.marks(words))
        return next((ref.replace("#", "") for ref in refs if ref), "")

    def is_asked(self, words: Words) -> bool:
        """Whether a correction is proposed or a question is open where the words stand."""
        source = self.edition.source
        ours = (f.where for f in self.edition.findings if f.file == source.name and f.where)
        asked = [source.offset(where) for where in ours]
        asked += [span.start for span in self.edition.tagged(*CORRECTIONS)]
        return any(words.start <= at < words.end for at in asked)

    def known(self, ref: str) -> str:
        """Return an id of the register, or an address, as it is.

        Raises:
            UsageError: the register has no such entry.
        """
        ref = ref.removeprefix("#")
        ids = self.desk.register.by_id
        if ":" not in ref and ref not in ids:
            raise UsageError(f"the register has no {ref!r}", hint=nearest(ref, ids))
        return ref

    def bearer(self, name: str) -> str:
        """Return the id of the only one in the register who may be meant by a name."""
        judged = judge([name], self.desk.register.entries, self.language)
        whole = [j for j in judged if len(j.mention.words) == len(name) and not j.open]
        return whole[0].forms[0].person.id if whole else ""

    def write(self, decision: Decision) -> Written:
        """Write a decision into the file of the project."""

        def same(older: Decision) -> bool:
            places: list[Place] = found(self.anchors, older)
            return places == found(self.anchors, decision)

        return record(self.desk.project.decisions_file, decision, same)


def pieces(words: str, language: str) -> list[str]:
    """Return the names that some words seem to be: parted by small words, else each word."""
    particles = set(lexicon_words("names", "particles", language))
    row = BETWEEN.sub(" , ", words).split()
    apart = ["," if w.islower() and w not in particles else w for w in row]
    parts = [part.strip() for part in " ".join(apart).split(",") if part.strip()]
    return parts if len(parts) > 1 else words.split()


def filled(bench: Bench, decision: Decision, words: Words, values: Sequence[str]) -> Decision:
    """Return a decision with the values that its kind takes.

    Raises:
        UsageError: there are too few, too many, or the register does not have them.
    """
    kind, count = decision.kind, len(values)
    if not _fits(kind, count):
        usage = f"tei decide FILE:LINE 'words' {kind} {TAKES.get(kind, '')}".strip()
        raise UsageError(f"{kind}: {count} values are given", hint=usage)
    if kind == "correct":
        return replace(decision, reading=values[0])
    if kind == "split":
        return split(bench, decision, values)
    if kind == "accept":
        return accepted(bench, decision, words)
    return replace(decision, ref=refs(bench, values))


def _fits(kind: Kind, count: int) -> bool:
    limits = {"link": (1, 99), "correct": (1, 1), "split": (0, 99), "merge": (0, 1)}
    least, most = limits.get(kind, (0, 0))
    return least <= count <= most


def split(bench: Bench, decision: Decision, parts: Sequence[str]) -> Decision:
    """Return a split with its parts: `name`, or `name=id`; none given: as they seem to be."""
    pairs = [part.partition("=")[::2] for part in parts or pieces(decision.exact, bench.language)]
    refs = [bench.known(ref) if ref else bench.bearer(name) for name, ref in pairs]
    names = tuple(name for name, _ in pairs)
    return replace(decision, parts=names, refs=tuple(refs) if any(refs) else ())


def refs(bench: Bench, said: Iterable[str]) -> str:
    """Return ids of the register as a decision has them."""
    return " ".join(bench.known(ref) for ref in said)


def accepted(bench: Bench, decision: Decision, words: Words) -> Decision:
    """Return an acceptance that keeps whom the words mean now, whatever the machine says later.

    Raises:
        UsageError: nothing is marked or doubted there.
    """
    ref = bench.meant(words)
    if not ref and not bench.is_asked(words):
        place = f"{bench.edition.source.name}:{bench.edition.source.locate(words.start)}"
        hint = "say whom the words mean: link ID"
        raise UsageError("nothing is marked or doubted there", place=place, hint=hint)
    return replace(decision, ref=ref)


def told(bench: Bench, decision: Decision, words: Words) -> str:
    """Return what a decision says, as a line to read."""
    where = bench.edition.source.locate(words.start)
    about = {
        (False, True): f"at {decision.file}:{where}",
        (True, True): f"everywhere in {decision.file}",
        (True, False): "everywhere in the project",
    }[decision.everywhere, bool(decision.file)]
    said = decision.reading or decision.ref or " + ".join(decision.parts)
    arrow = f" → {said}" if said else ""
    return f"{decision.kind} “{decision.exact}”{arrow}, {about}"
