"""A reader of the Typst that the stylesheet writes: calls around literals, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(
    r'\s*(?:(?P<literal>"(?:[^"\\]|\\.)*")|(?P<space>\[ \])'
    r"|(?P<name>[a-z][\w.-]*)(?P<named>:)?|(?P<number>\d+)|(?P<sign>[(){},]))"
)


@dataclass
class Call:
    """A call of a function, or a plain group; its parts are strings and calls."""

    name: str
    parts: list[str | Call] = field(default_factory=list)

    def calls(self) -> Iterator[Call]:
        """Yield this call and all within it."""
        yield self
        for part in self.parts:
            if isinstance(part, Call):
                yield from part.calls()

    def words(self, *without: str) -> str:
        """Return the text that is set, but for what some functions hold."""
        if self.name in without:
            return ""
        read = self.parts[1:] if self.name == "link" else self.parts
        return "".join(p if isinstance(p, str) else p.words(*without) for p in read)


def read(markup: str) -> Call:
    """Return what a document calls.

    Raises:
        ValueError: something stands there that is neither a call nor a literal.
    """
    outer = [Call("document")]
    name, start = "", 0
    while start < len(markup.rstrip()):
        token = TOKEN.match(markup, start)
        if not token:
            raise ValueError(f"unexpected: {markup[start : start + 40]!r}")
        start = token.end()
        name = _take(token, name, outer)
    if len(outer) > 1:
        raise ValueError("a call is not closed")
    return outer[0]


def _take(token: re.Match[str], name: str, outer: list[Call]) -> str:
    """Add a token to the innermost call; return the name that goes before the next one.

    What a named argument says is no text: the name ends in a colon, and its literal is left out.
    """
    if token["literal"] is not None and not name.endswith(":"):
        outer[-1].parts.append(_unescaped(token["literal"][1:-1]))
    elif token["space"]:
        outer[-1].parts.append(" ")
    elif token["sign"] and token["sign"] in "({":
        inner = Call(name if token["sign"] == "(" else "group")
        outer[-1].parts.append(inner)
        outer.append(inner)
    elif token["sign"] and token["sign"] in ")}":
        outer.pop()
    return (token["name"] or "") + (token["named"] or "")


def _unescaped(literal: str) -> str:
    text = re.sub(r"(?<!\\)((?:\\\\)*)\\u\{(\w+)\}", lambda m: m[1] + chr(int(m[2], 16)), literal)
    return re.sub(r"\\(.)", r"\1", text)
