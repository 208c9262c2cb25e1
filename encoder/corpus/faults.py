"""An error that one text of many meets is told with that text, and the others go on."""

from __future__ import annotations

from collections.abc import Mapping

from encoder.errors import EncoderError, InputError, MissingError, OutputError, UsageError, told
from encoder.model import Finding

CODES: Mapping[type[EncoderError], str] = {
    InputError: "unreadable",
    MissingError: "engine-missing",
    OutputError: "not-written",
    UsageError: "project-unusable",
}
OURS = "our-mistake"


def fault(error: Exception, name: str) -> tuple[Finding, int]:
    """Return what is told of a text that an error ended, and the exit code of that."""
    ours = told(error, hint="report this text")
    code = CODES.get(type(ours), OURS)
    # What is wrong with a project is wrong in another file than the text.
    where = f"{ours.place}: " if isinstance(ours, UsageError) and ours.place else ""
    return Finding(code, "error", f"{where}{ours.message}", name, hint=ours.hint), ours.exit_code
