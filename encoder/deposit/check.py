"""A deposit is judged as an archivist would: is it whole, valid, licensed, and is nothing lost?

Any bag can be judged, ours or not. What does not apply to a bag is said to be not applicable; what
could not be judged ends with exit code 3 or 4, never with an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal
from xml.parsers import expat

from encoder import check
from encoder.deposit.bag import is_safe
from encoder.deposit.crate import NAME as CRATE
from encoder.deposit.lossless import differences
from encoder.deposit.opened import DECLARATION, links, opened
from encoder.deposit.policy import Policy
from encoder.deposit.rights import rights
from encoder.deposit.tested import tested
from encoder.errors import MissingError, UsageError
from encoder.formats import Checked
from encoder.model import Finding
from encoder.report import count, gravest, summary_line
from encoder.safe import as_json, printable

TEI = "http://www.tei-c.org/ns/1.0"
ROOTS = {f"{TEI} TEI", f"{TEI} teiCorpus"}
POINTERS = ("ref-", "id-")
SHOWN = 20
Answer = Literal["yes", "no", "not applicable"]


@dataclass(frozen=True)
class Judged:
    """A question put to a deposit, the answer, and what it rests on."""

    question: str
    answer: Answer
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """All that was asked of a deposit; it is accepted where no answer is no."""

    place: str
    answers: tuple[Judged, ...]

    @property
    def accepted(self) -> bool:
        """Whether the deposit is accepted."""
        return all(one.answer != "no" for one in self.answers)

    def text(self) -> str:
        """Return the judgement for a reader, the gravest findings under each question."""
        lines = [f"{self.place}: {'accepted' if self.accepted else 'refused'}", ""]
        for one in self.answers:
            lines.append(f"{one.question}: {one.answer}{_counted(one)}")
            lines += _listed(one.findings)
        return "\n".join(map(printable, lines)) + "\n"

    def json(self) -> str:
        """Return the judgement for a program."""
        answers = [
            {
                "question": one.question,
                "answer": one.answer,
                "findings": list(map(_data, one.findings)),
            }
            for one in self.answers
        ]
        data = {"version": 1, "deposit": self.place, "accepted": self.accepted, "answers": answers}
        return as_json(data) + "\n"


def _listed(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield findings, the gravest first; what is said of many files alike is said once."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for one in gravest(findings, None):
        alike.setdefault((one.code, one.severity, one.message, one.hint), []).append(one)
    for first, *others in islice(alike.values(), SHOWN):
        yield f"  {first}"
        if others:
            yield f"    and so in {len(others):,} more places, such as {others[0].file}"
        if first.hint:
            yield f"    hint: {first.hint}"
    if len(alike) > SHOWN:
        yield f"  and {len(alike) - SHOWN:,} more: --format json has all"


def _counted(one: Judged) -> str:
    return f" ({summary_line(count(one.findings))})" if one.findings else ""


def _data(finding: Finding) -> dict[str, object]:
    where = finding.where
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.file,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "message": finding.message,
        "hint": finding.hint,
    }


def judge(place: Path, policy: Policy) -> Judgement:
    """Judge a bag, a folder or a zip file.

    Raises:
        InputError: there is nothing that could be judged.
        MissingError: the `bagit` library, or a schema that a document names, is not here.
    """
    with opened(place) as folder:
        answers = [_answer(*one, policy) for one in _asked(folder, policy)]
    return Judgement(str(place), tuple(answers))


def _answer(question: str, found: Sequence[Finding] | None, policy: Policy) -> Judged:
    if found is None:
        return Judged(question, "not applicable")
    graded = tuple(
        replace(one, severity=policy.severity.get(one.code, one.severity)) for one in found
    )
    refused = any(one.severity == "error" for one in graded)
    return Judged(question, "no" if refused else "yes", graded)


def _asked(folder: Path, policy: Policy) -> Iterator[tuple[str, Sequence[Finding] | None]]:
    """Yield each question with what was found; None where it does not apply."""
    named = _relative(folder)
    bag = [*_bag(folder)]
    yield "Is it a bag, with names an archive can keep", bag
    if any(finding.severity == "error" for finding in bag):
        return
    yield "Is every file what its checksums say", list(_checksums(folder))
    documents = [path for path in sorted((folder / "data").rglob("*.xml")) if is_tei(path)]
    checked = [*check.check_files(documents, policy.schemas)] if documents else []
    found = [named(finding) for one in checked for finding in _judgeable(one)]
    pointers = [one for one in found if one.code.startswith(POINTERS)]
    yield (
        "Is the TEI valid",
        [one for one in found if not one.code.startswith(POINTERS)] if documents else None,
    )
    yield "Do its pointers hold", pointers if documents else None
    yield "Are the rights stated", list(rights(folder, documents, policy.licences))
    lost = differences(folder / "data", documents)
    yield "Is nothing lost of the sources", None if lost is None else [*map(named, lost)]
    if policy.tests:
        yield "Does it pass the policy's tests", [*map(named, tested(documents, policy.tests))]


def _relative(folder: Path) -> Callable[[Finding], Finding]:
    """Return what gives a finding the name its file has in the bag."""

    def named(finding: Finding) -> Finding:
        path = Path(finding.file)
        inside = path.is_absolute() or path.is_relative_to(folder)
        return replace(finding, file=path.relative_to(folder).as_posix()) if inside else finding

    return named


def _judgeable(checked: Checked) -> Iterator[Finding]:
    """Yield what was found in a document; what could not be found out stops us."""
    if isinstance(checked.error, MissingError):
        raise checked.error
    if isinstance(checked.error, UsageError):
        message = f"held to no schema: {checked.error.message}"
        yield Finding("deposit-no-schema", "warning", message, checked.file)
    elif checked.error:
        yield from checked.all_findings
    yield from checked.findings


def _bag(folder: Path) -> Iterator[Finding]:
    if not (folder / DECLARATION).is_file() or not (folder / "data").is_dir():
        message = f"no bag: {DECLARATION} and data/ are expected"
        yield Finding("deposit-no-bag", "error", message, folder.name, hint="see RFC 8493")
        return
    for link in links(folder):
        message = "a link: what it points to is not in the bag"
        yield Finding(
            "deposit-link", "error", message, link, hint="put the file itself in its place"
        )
    for path in sorted((folder / "data").rglob("*")):
        name = path.relative_to(folder / "data").as_posix()
        if path.is_file() and not is_safe(name):
            hint = "use only letters, digits, _ and -, with a dot before the ending"
            message = "the name may not survive in an archive"
            yield Finding("deposit-name", "warning", message, f"data/{name}", hint=hint)
    if not (folder / "data" / CRATE).is_file():
        message = f"data/{CRATE} is missing: nothing says what each file is"
        yield Finding("deposit-no-crate", "info", message, folder.name)


def _checksums(folder: Path) -> Iterator[Finding]:
    """Yield what the Library of Congress's own library has against the bag."""
    try:
        import bagit
    except ImportError:
        hint = "pip install 'tei-encoder[deposit]'"
        raise MissingError("the bagit library is not installed", hint=hint) from None
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as error:
        for detail in getattr(error, "details", None) or [error]:
            hint = "ask for the bag again; something changed on the way"
            yield Finding("deposit-checksum", "error", str(detail), folder.name, hint=hint)


def is_tei(path: Path) -> bool:
    """Whether the root of a file is TEI; what is no XML is left to the other files' checks."""
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _attrs: found.append(name)
    try:
        with path.open("rb") as file:
            while not found and (block := file.read(4096)):
                parser.Parse(block, False)
    except (expat.ExpatError, LookupError, ValueError):
        return bool(found and found[0] in ROOTS) or "tei" in path.parts
    return bool(found) and found[0] in ROOTS
