"""An edit to the text itself: a word of the source that a person changed in the TEI.

It is kept, and told with the decision that would record it: what the source says in `<sic>`, and
what it should say in `<corr>`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from encoder.merge.align import hunks
from encoder.model import RUN_OF_WHITE, Finding, Position
from encoder.write.unwrite import parse, unwrite

CONTEXT = 4  # words that tell one place of a text from another


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that a TEI file gives back, and the bytes at which they stand in it."""

    words: list[str]
    places: list[int]

    @staticmethod
    def of(tei: bytes) -> Wording:
        """Return the words of a TEI file in UTF-8, whatever it declares.

        Raises:
            InputError: the file cannot be read as TEI.
        """
        chunks = unwrite(parse(tei, "utf-8"))
        text = "".join(chunk for chunk, _ in chunks)
        starts = [0, *accumulate(len(chunk) for chunk, _ in chunks)]
        found, places, here = list[str](), list[int](), 0
        for run in [*RUN_OF_WHITE.finditer(text), None]:
            stop = run.start() if run else len(text)
            if stop > here:
                found.append(text[here:stop])
                chunk = bisect_right(starts, here) - 1
                places.append(chunks[chunk][1] + len(text[starts[chunk] : here].encode()))
            here = run.end() if run else stop
        return Wording(found, places)


class Change(NamedTuple):
    """Words of the text that gave way to others."""

    was: tuple[str, ...]
    now: tuple[str, ...]


def changes(before: Wording, after: Wording) -> list[Change]:
    """Return the words that were changed."""
    return [
        Change(tuple(before.words[h.start : h.end]), tuple(after.words[h.left : h.right]))
        for h in hunks(before.words, after.words)
    ]


def told(before: Wording, after: Wording, tei: bytes, name: str) -> Iterator[Finding]:
    """Yield a finding for each change of the text, with the decision that would record it."""
    for hunk in hunks(before.words, after.words):
        grown = hunk.start == hunk.end or hunk.left == hunk.right
        more = int(grown and hunk.start > 0), int(grown and hunk.start == 0)
        was = before.words[hunk.start - more[0] : hunk.end + more[1]]
        now = after.words[hunk.left - more[0] : hunk.right + more[1]]
        at = min(hunk.left, len(after.places) - 1)
        prefix = before.words[max(hunk.start - more[0] - CONTEXT, 0) : hunk.start - more[0]]
        suffix = before.words[hunk.end + more[1] : hunk.end + more[1] + CONTEXT]
        yield Finding(
            "text-edited",
            "warning",
            f"the text itself was edited: {' '.join(was)!r} became {' '.join(now)!r}",
            name,
            _position(tei, after.places[at]) if at >= 0 else None,
            hint="put this in decisions.toml and undo the edit, so that both readings are told",
            decision=_decision(was, now, prefix, suffix),
        )


def _decision(was: list[str], now: list[str], prefix: list[str], suffix: list[str]) -> str:
    said = {"exact": was, "reading": now, "prefix": prefix, "suffix": suffix}
    lines = [f"{key} = {_toml(' '.join(value))}" for key, value in said.items() if value]
    return "\n".join(["[[correct]]", *lines])


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _position(tei: bytes, at: int) -> Position:
    before = tei[:at].decode("utf-8", "replace")
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
