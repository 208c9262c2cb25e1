"""What the check of one file has found: its findings, the schemas it was held to, the lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.model import Finding, Position
from encoder.report import count, summary_line

CODES: Mapping[type[EncoderError], str] = {
    InputError: "unreadable",
    MissingError: "schema-missing",
    UsageError: "schema-unusable",
}
# The first part of a code says which of the checks speaks.
ENGINES: Mapping[str, str] = {
    "rng": "relaxng",
    "sch": "schematron",
    "schematron": "schematron",
    "xsd": "xsd",
    "xml": "well-formed",
    "ref": "references",
    "id": "references",
}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line as a terminal may show it, and how many cells stand before the place meant."""

    text: str
    indent: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked, or the error that kept us from it.

    `diff` is what mending changes in it, or would; `mended` tells how many faults that took away,
    `known` how many findings are passed over or in a baseline.
    """

    file: str
    schemas: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    excerpts: Mapping[Position, Excerpt] = field(default_factory=dict)
    error: EncoderError | None = None
    diff: str = ""
    mended: int = 0
    known: int = 0

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings, and the error as one more, for readers who see nothing else."""
        return (*self.findings, *([self._stopped(self.error)] if self.error else []))

    def _stopped(self, error: EncoderError) -> Finding:
        code = CODES.get(type(error), "our-mistake")
        return Finding(code, "error", error.message, self.file, hint=error.hint)

    @property
    def verdict(self) -> str:
        """What came of it: `valid`, or the findings counted."""
        found = self.all_findings
        clean = "nothing new" if self.known else "valid"
        said = summary_line(count(found)) if found else clean
        mended = f"{self.mended:,} mended, " if self.mended else ""
        return f"{mended}{said}{f', {self.known:,} known' if self.known else ''}"

    @property
    def summary(self) -> str:
        """The file, what came of it, and by which schemas."""
        schemas = f" ({', '.join(self.schemas)})" if self.schemas else ""
        return f"{self.file}: {self.verdict}{schemas}"

    def excerpt(self, finding: Finding) -> Excerpt | None:
        """Return the line that a finding is about, where there is one."""
        own = finding.where if finding.file == self.file else None  # one may be about a schema
        return self.excerpts.get(own) if own else None


def engine(finding: Finding) -> str:
    """Return which check a finding comes from, such as `relaxng`."""
    return ENGINES.get(finding.code.partition("-")[0], "files")


def everything(checked: Iterable[Checked]) -> list[Finding]:
    """Return the findings of all files, in their order."""
    return [finding for one in checked for finding in one.all_findings]
