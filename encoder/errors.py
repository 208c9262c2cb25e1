"""What stops us. Each kind of error has an exit code; what is merely wrong is a `Finding`."""

from __future__ import annotations

import logging


class EncoderError(Exception):
    """A condition that ends the work on one file or on the whole run.

    Args:
        message: what is wrong, in one sentence.
        hint: what to do about it.
        place: the file, or `file:line`, where it was met.
    """

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "", place: str = "") -> None:
        super().__init__(message)
        self.message, self.hint, self.place = message, hint, place

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}" + (f"\n  hint: {self.hint}" if self.hint else "")


class UsageError(EncoderError):
    """The command line or a project file asks for something that cannot be."""

    exit_code = 2


class InputError(EncoderError):
    """A source cannot be read."""

    exit_code = 3


class MissingError(EncoderError):
    """An engine, an extra or a schema is not here."""

    exit_code = 4


class OutputError(EncoderError):
    """A result cannot be written."""

    exit_code = 5


class StructureError(EncoderError):
    """Two blocks cross: a finder of ours contradicts another, which is our bug."""

    exit_code = 70


def told(error: Exception, hint: str = "report this file") -> EncoderError:
    """Return an error as one that may be shown.

    What is no `EncoderError` is a mistake of ours: its traceback is kept for -v, with exit code 70.
    """
    if isinstance(error, EncoderError):
        return error
    logging.getLogger("encoder").info("traceback", exc_info=error)
    return EncoderError(f"our mistake: {type(error).__name__}: {error}", hint=hint)
