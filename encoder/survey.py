"""A survey is what `tei names` sees in some texts: who of the register is there, and who else."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from encoder import __version__, files, languages
from encoder.annotate import names
from encoder.decisions.anchor import Anchors
from encoder.decisions.applying import found as find
from encoder.decisions.file import SETTLES
from encoder.desk import Desk
from encoder.edition import Edition
from encoder.errors import InputError, UsageError
from encoder.flow import Flow, flows
from encoder.model import Position
from encoder.naming import drafts, inside, sheets
from encoder.naming.deciding import judge
from encoder.naming.discover import Proposal, discover
from encoder.naming.mentions import Judgement
from encoder.naming.spelling import fold
from encoder.naming.witnesses import Found
from encoder.registers import Kind, Person, Register, read_register

CONTEXT = 32  # characters shown on either side of a mention


@dataclass(frozen=True)
class Reading:
    """One running text of a source, and what is decided on the names of the register in it."""

    edition: Edition
    flow: Flow
    judged: tuple[Judgement, ...]


@dataclass(frozen=True)
class Survey:
    """What some texts have in names: the running texts, and who the register does not know."""

    readings: tuple[Reading, ...]
    proposals: tuple[Proposal, ...]

    def known(self) -> list[tuple[Person, int]]:
        """Return the entries that are mentioned, and how often, the most often first."""
        judged = [j for reading in self.readings for j in reading.judged]
        counts = Counter(j.forms[0].person.id for j in judged)
        by_id = {j.forms[0].person.id: j.forms[0].person for j in judged}
        return [(by_id[ident], count) for ident, count in counts.most_common()]

    def place(self, number: int, start: int) -> tuple[str, Position]:
        """Return the source and the position of a place in a running text."""
        reading = self.readings[number]
        source = reading.edition.source
        return source.name, source.locate(reading.flow.source(start))

    def context(self, number: int, start: int, end: int) -> str:
        """Return the words of a mention between brackets, with those around it."""
        text = self.readings[number].flow.text.replace("\n", " ")
        before, after = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
        return f"…{before}[{text[start:end]}]{after}…"


def survey(desk: Desk, paths: Iterable[Path], pipeline_name: str = "") -> Survey:
    """Look through some texts for names, known and not.

    Args:
        desk: the project and its registers.
        paths: the sources.
        pipeline_name: a spaCy pipeline to hear as one more witness; empty: none.

    Raises:
        InputError: a source cannot be read.
        MissingError: the pipeline is not installed.
    """
    readings, language = list[Reading](), desk.language
    for path in paths:
        source = desk.read(path)
        profile = desk.profile_of(source)
        language = language or profile.language
        edition = desk.edition(source)
        judged = names.judgements(edition, profile)
        for number, flow in enumerate(flows(edition)):
            own = tuple(j for j in judged if j.mention.text == number)
            readings.append(Reading(edition, flow, own))
    texts = [reading.flow.text for reading in readings]
    found = discover(texts, language, _witness(pipeline_name, texts))
    return Survey(tuple(readings), tuple(_unknown(found, readings, _settled(desk, readings))))


def _witness(pipeline_name: str, texts: Sequence[str]) -> list[tuple[int, int, int]]:
    if not pipeline_name:
        return []
    from encoder.naming.spacy_pipeline import persons  # spaCy is heavy, and an extra

    return persons(pipeline_name, texts)


def _settled(desk: Desk, readings: Sequence[Reading]) -> set[tuple[int, int]]:
    """Return where an editor has said who is meant, or that nobody is."""
    settled, anchors = set[tuple[int, int]](), dict[str, Anchors]()
    said = [d for d in desk.decisions if "name" in SETTLES[d.kind]]
    for number, reading in enumerate(readings) if said else ():
        name = reading.edition.source.name
        stand = anchors.setdefault(name, Anchors(reading.edition))
        places = (p for d in said if d.file in ("", name) for p in find(stand, d))
        for place in places:
            first, last = reading.flow.offset(place.start), reading.flow.offset(place.end - 1)
            if first is not None and last is not None:
                settled |= {(number, at) for at in range(first, last + 1)}
    return settled


def _unknown(
    found: Iterable[Proposal], readings: Sequence[Reading], settled: set[tuple[int, int]]
) -> Iterator[Proposal]:
    """Yield what of the proposals the register does not know and no editor has judged."""
    known = settled | {
        (number, at)
        for number, reading in enumerate(readings)
        for j in reading.judged
        for at in range(j.mention.start, j.mention.end)
    }
    for one in found:
        if not any(_is_known(mention, known) for mention in one.mentions):
            yield one


def _is_known(mention: Found, known: set[tuple[int, int]]) -> bool:
    return any((mention.text, at) in known for at in range(mention.start, mention.end))


def draft(proposals: Iterable[Proposal], register: Register) -> list[str]:
    """Return the entries that proposals make, with ids the register does not have.

    Where an entry bears all the names of a proposal it is open whom they mean: nobody is new.
    """
    taken, entries = set(register.by_id), list[str]()
    borne = [{fold(name.text) for name in entry.names} for entry in register.entries]
    for one in proposals:
        if any(names.issuperset(map(fold, one.names)) for names in borne):
            continue
        ident = drafts.identifier(one.names[0], taken)
        taken.add(ident)
        entries.append(drafts.draft(ident, one.names, cert=one.cert))
    return entries


def write(path: Path, entries: Sequence[str], kind: Kind = "person") -> None:
    """Add entries to a register, which is made if it is not there.

    Raises:
        UsageError: it cannot be added to.
        OutputError: it cannot be written.
    """
    old = path.read_bytes() if path.is_file() else drafts.empty(kind, __version__)
    files.write(path, drafts.added(old, entries, kind, str(path)))


def imported(
    path: Path, columns: dict[str, str], kind: Kind
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the id and the entry of each row of a CSV file, and its columns that are not read.

    Raises:
        InputError: it cannot be read.
        UsageError: it is no table of names.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path)) from error
    entries = list(sheets.entries(sheets.rows(data, columns, str(path)), kind, str(path)))
    return entries, sheets.unread(data, columns, str(path))


def register_of(entries: Sequence[str], kind: Kind) -> bytes:
    """Return a register that has these entries."""
    return drafts.added(drafts.empty(kind, __version__), entries, kind, "register")


def mark(path: Path, register: Register, registers: Sequence[Path], language: str) -> Marked:
    """Mark the names of a register in a TEI document that exists.

    Raises:
        InputError: it cannot be read.
        UsageError: no register is given.
    """
    if not register.entries:
        raise UsageError("there is no register to mark names by", hint="give one: --persons FILE")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path)) from error
    reading = inside.read(data, str(path))
    language = language or reading.language or languages.detect(reading.text)[0]

    def is_closed(_number: int, start: int, end: int) -> bool:
        return reading.is_closed(start, end)

    judged = judge([reading.text], register.entries, language, is_closed=is_closed)
    home = {e.id: p for p in reversed(registers) for e in read_register(p).entries}

    def pointer(ident: str) -> str:
        if ident in reading.ids:
            return f"#{ident}"
        folder = Path(os.path.relpath(home[ident], path.parent)).as_posix()
        return f"{folder}#{ident}"

    written, left = inside.marked(data, reading, judged, pointer)
    return Marked(written, tuple(judged), left)


@dataclass(frozen=True)
class Marked:
    """A TEI document with its names marked; `left` counts those that cross an element's edge."""

    tei: bytes
    judged: tuple[Judgement, ...]
    left: int
