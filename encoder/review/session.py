"""A session is one sitting of a review: the questions, the answers so far, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, cast, get_args

from encoder import files, survey
from encoder.decisions import Decision
from encoder.decisions import Kind as Answer
from encoder.decisions.anchor import Quotation
from encoder.desk import Desk
from encoder.errors import UsageError
from encoder.naming import drafts
from encoder.naming.spelling import fold
from encoder.project import Project
from encoder.registers import Kind, Person
from encoder.review import rulings
from encoder.review.questions import Mention, Question, about, questions
from encoder.review.rulings import Bench, Scope

MOST = 20  # entries or places that a search shows
FILES: Mapping[Kind, str] = {"person": "persons", "place": "places", "org": "orgs", "work": "works"}


class Change(NamedTuple):
    """What an answer did to a file: its bytes before (None: not there) and after."""

    path: Path
    before: bytes | None
    after: bytes


@dataclass
class Session:
    """A sitting; `answers` says what was answered, by the number of the question.

    The first `count` questions are asked; those after them are about words that were looked for.
    """

    project: Project
    every: bool = False
    questions: list[Question] = field(default_factory=list)
    count: int = 0
    answers: dict[int, str] = field(default_factory=dict)
    _done: list[tuple[int, list[Change]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.look()

    def look(self) -> None:
        """Read everything anew: what is decided is asked no more, and what came of it is."""
        self.desk = Desk.of(self.project)
        self.questions = questions(self.desk, every=self.every)
        self.count, self.answers, self._done = len(self.questions), {}, []

    def next(self, after: int = -1) -> int | None:
        """Return the number of the next question that is open, from the start again at the end."""
        row = [*range(after + 1, self.count), *range(min(after + 1, self.count))]
        return next((number for number in row if number not in self.answers), None)

    def answer(self, number: int, said: Mapping[str, str]) -> str:
        """Answer a question, and return what was done in words.

        Args:
            said: `action` (accept, link, reject, new, correct, split), its `value`, the `kind` of a
                new entry, and the `scope`.

        Raises:
            UsageError: it is no answer.
            OutputError: a file cannot be written.
        """
        asked = self.questions[number]
        register = self._register(cast("Kind", said.get("kind", "person")))
        paths = (self.project.decisions_file, register)
        before = list(map(_bytes, paths))
        told = "; ".join(self._answered(asked, said, register)) or "nothing was done"
        after = list(map(_bytes, paths))
        rows = zip(paths, before, after, strict=True)
        self._done.append((number, [Change(p, a, b) for p, a, b in rows if b and a != b]))
        self.answers[number] = told
        return told

    def undo(self) -> int | None:
        """Take the last answer back, and return the number of its question.

        Raises:
            UsageError: a file was changed since.
        """
        if not self._done:
            return None
        number, changes = self._done[-1]
        for change in changes:
            if _bytes(change.path) != change.after:
                raise UsageError("was changed since, and stays", place=str(change.path))
        for change in changes:
            if change.before is None:
                change.path.unlink()
            else:
                files.write(change.path, change.before)
        self._done.pop()
        del self.answers[number]
        self._read_registers()
        return number

    def entries(self, words: str) -> list[Person]:
        """Return the entries of the registers whose names or id have all these words."""
        wanted = fold(words).split()
        entries = self.desk.register.entries if wanted else ()
        texts = ((e, fold(" ".join((e.id, *(n.text for n in e.names))))) for e in entries)
        found = (e for e, text in texts if all(word in text for word in wanted))
        return [entry for entry, _ in zip(found, range(MOST), strict=False)]

    def find(self, words: str) -> list[int]:
        """Return questions about words of the texts, marked or not, in their order."""
        found = list[int]()
        for bench in self._benches():
            for place in bench.anchors.places(Quotation(words))[: MOST - len(found)]:
                self.questions.append(about(Mention(bench, rulings.Words(*place[:2]))))
                found.append(len(self.questions) - 1)
        return found

    def _benches(self) -> Iterator[Bench]:
        """Yield all texts, those that were read already as they are."""
        there = {m.bench.edition.source.name: m.bench for q in self.questions for m in q.mentions}
        for path in self.project.sources:
            name = self.project.name_of(path)
            yield there.get(name) or Bench(self.desk, self.desk.edition(self.desk.read(path)))

    def _answered(self, asked: Question, said: Mapping[str, str], register: Path) -> Iterator[str]:
        action, value = said.get("action", ""), said.get("value", "").strip()
        if action in ("new", "accept") and (action == "new" or asked.kind == "person"):
            name = value or asked.names[0]
            ident = self._add(asked, name, register, cast("Kind", said.get("kind", "person")))
            yield f"{ident} added to {register.name}"
            if asked.kind == "person":
                return
            action, value = "link", ident
        for mention, scope in _places(asked, said.get("scope", "")):
            decision = _decision(mention, scope, asked, action, value)
            mention.bench.write(decision)
            yield rulings.told(mention.bench, decision, mention.words)

    def _register(self, kind: Kind) -> Path:
        if kind not in FILES:
            raise UsageError(f"no entry is a {kind!r}")
        name = FILES[kind]
        return self.project.registers.get(name, self.project.root / f"{name}.xml")

    def _add(self, asked: Question, name: str, register: Path, kind: Kind) -> str:
        """Put somebody new into a register, and return the id."""
        if not name:
            raise UsageError("a new entry needs a name")
        ident = drafts.identifier(name, self.desk.register.by_id)
        names = dict.fromkeys((name, *asked.names))
        survey.write(register, [drafts.draft(ident, list(names), kind, cert="")], kind)
        self._read_registers()
        return ident

    def _read_registers(self) -> None:
        self.desk = replace(Desk.of(self.project))
        for question in self.questions:
            for mention in question.mentions:
                mention.bench.desk = self.desk


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _places(asked: Question, said: str) -> Iterator[tuple[Mention, Scope]]:
    """Yield what is decided on, and how far: of somebody new, each form of the name everywhere."""
    scope = cast("Scope", said if said in get_args(Scope) else "place")
    if asked.kind != "person":
        yield asked.first, scope
        return
    wide: Scope = "project" if scope == "place" else scope
    forms = {
        m.text if wide == "project" else (m.text, m.bench): m for m in reversed(asked.mentions)
    }
    yield from ((mention, wide) for mention in reversed(forms.values()))


def _decision(mention: Mention, scope: Scope, asked: Question, action: str, value: str) -> Decision:
    """Return the decision that an answer makes of some words."""
    if action == "accept" and asked.kind == "text":
        action, value = "correct", asked.reading
    if action not in get_args(Answer):
        raise UsageError(f"{action!r} is no answer")
    plain = mention.bench.decision(cast("Answer", action), mention.words, scope)
    values = value.split() if action == "link" else [value] if value else []
    return rulings.filled(mention.bench, plain, mention.words, values)
