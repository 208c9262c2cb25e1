"""Text that a file says, made safe to show: no character of it commands a terminal."""

from __future__ import annotations

import json
from html import escape


def printable(text: str) -> str:
    r"""Return text on one line, with what cannot be printed written out, as in `\x1b`."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def markup(text: str) -> str:
    """Return printable text as XML can hold it, in content and in attributes."""
    return escape(printable(text))


def as_json(data: object) -> str:
    """Return data as JSON; letters of any language stay, what cannot be printed is escaped.

    What is no character in the name of a file becomes U+FFFD: strict readers refuse it otherwise.
    """
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return "\ufffd" if "\ud800" <= char <= "\udfff" else json.dumps(char)[1:-1]
