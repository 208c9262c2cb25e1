"""An error that one text of many meets is told with that text, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from encoder.errors import EncoderError, InputError, MissingError, OutputError
from encoder.model import Finding

CODES: Mapping[type[EncoderError], str] = {
    InputError: "unreadable",
    MissingError: "engine-missing",
    OutputError: "not-written",
}
OURS = "our-mistake"
DIED = EncoderError("our mistake: the process that worked on it died", hint="report this text")


def fault(error: Exception, name: str) -> tuple[Finding, int]:
    """Return what is told of a text that an error ended, and the exit code of that.

    What is no `EncoderError` is a fault of ours: its traceback is kept for -v.
    """
    if isinstance(error, EncoderError):
        code = CODES.get(type(error), OURS)
        return Finding(code, "error", error.message, name, hint=error.hint), error.exit_code
    logging.getLogger("encoder").info("traceback", exc_info=error)
    ours = EncoderError(f"our mistake: {type(error).__name__}: {error}", hint="report this text")
    return fault(ours, name)
