"""Proof that nothing was lost: the TEI gives the source back, word for word.

`collapse(unwrite(TEI)) == collapse(source)`; where it does not, the first differences are shown
with their places in both files.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from encoder import trees
from encoder.errors import InputError
from encoder.model import RUN_OF_WHITE, Finding, Position, Source
from encoder.write.unwrite import content, elements, parse, unwrite

WINDOW = 24  # characters that must agree before two texts are taken to go on together
REACH = 2_000  # how far ahead they are looked for
CONTEXT = 20


@dataclass(frozen=True)
class Collapsed:
    """A text with its white space collapsed, and where its words stand in the original."""

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, offset: int) -> int:
        """Return the offset in the original of a collapsed character."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.origins[index] + offset - self.starts[index] if self.origins else 0


def collapsed(text: str) -> Collapsed:
    """Collapse a text's white space, as `model.collapse` does, and keep the way back."""
    words, origins, here = [], [], 0
    for run in [*RUN_OF_WHITE.finditer(text), None]:
        stop = run.start() if run else len(text)
        if stop > here:
            words.append(text[here:stop])
            origins.append(here)
        here = run.end() if run else stop
    starts = [0, *accumulate(len(word) + 1 for word in words)][: len(words)]
    return Collapsed(" ".join(words), starts, origins)


def verify(tei: bytes, source: Source, name: str, most: int = 10) -> list[Finding]:
    """Return the first differences between a source and what its TEI gives back; none is proof.

    Args:
        tei: the bytes of the TEI file.
        source: the text it was made from.
        name: how to call the TEI file in findings.
        most: how many differences to return at the most.

    Raises:
        InputError: the TEI is not well-formed.
    """
    chunks = unwrite(parse(tei))
    given = collapsed("".join(text for text, _ in chunks))
    wanted = collapsed(source.text)
    if given.text == wanted.text:
        return []
    places = _Places(tei, chunks)
    return [
        _finding(source, wanted, given, places, difference, name)
        for difference in _differences(wanted.text, given.text, most)
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """Characters of the source and what the TEI has instead, as collapsed offsets."""

    start: int
    end: int
    given_start: int
    given_end: int


def _differences(wanted: str, given: str, most: int) -> list[Difference]:
    found: list[Difference] = []
    i = j = 0
    while len(found) < most:
        same = _common(wanted, given, i, j)
        i, j = i + same, j + same
        if i >= len(wanted) and j >= len(given):
            break
        ahead = _resume(wanted, given, i, j)
        found.append(Difference(i, ahead[0], j, ahead[1]))
        i, j = ahead
    return found


def _common(wanted: str, given: str, i: int, j: int) -> int:
    """Return how many characters agree from here, comparing by halves."""
    low, high = 0, min(len(wanted) - i, len(given) - j)
    while low < high:
        middle = (low + high + 1) // 2
        if wanted[i + low : i + middle] == given[j + low : j + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _resume(wanted: str, given: str, i: int, j: int) -> tuple[int, int]:
    """Return where both texts go on together: the nearest window they share."""
    best: tuple[int, int] | None = None
    for ahead in range(min(REACH, len(wanted) - i + 1)):
        window = wanted[i + ahead : i + ahead + WINDOW]
        at = given.find(window, j, j + REACH) if window else -1
        if at >= 0 and (best is None or ahead + at - j < best[0] - i + best[1] - j):
            best = i + ahead, at
        if best is not None and ahead >= best[0] - i + best[1] - j:
            break
    return best or (len(wanted), len(given))


class _Places:
    """Turns offsets in the text given back into lines and columns of the TEI file."""

    def __init__(self, tei: bytes, chunks: list[tuple[str, int]]) -> None:
        self.tei, self.chunks = tei, chunks
        root = trees.tree(tei)
        self.encoding = root.getroottree().docinfo.encoding if root is not None else None
        self.starts = [0, *accumulate(len(text) for text, _ in chunks)]

    def locate(self, offset: int) -> Position:
        """Return the place of a given character in the TEI file."""
        index = min(bisect_right(self.starts, offset) - 1, len(self.chunks) - 1)
        if index < 0:
            return Position(1, 1)
        text, at = self.chunks[index]
        before = self._read(at) + text[: offset - self.starts[index]]
        return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))

    def _read(self, end: int) -> str:
        """Return the file's characters up to a byte, its mark not among them."""
        return self.tei[:end].decode(self.encoding or "utf-8", "replace").removeprefix("\ufeff")


def _finding(
    source: Source,
    wanted: Collapsed,
    given: Collapsed,
    places: _Places,
    difference: Difference,
    name: str,
) -> Finding:
    here = source.locate(wanted.origin(difference.start))
    there = places.locate(given.origin(difference.given_start))
    lost = wanted.text[difference.start : difference.end]
    added = given.text[difference.given_start : difference.given_end]
    context = wanted.text[max(difference.start - CONTEXT, 0) : difference.end + CONTEXT]
    return Finding(
        "verify-differs",
        "error",
        f"{_what(lost, added)} (source {source.name}:{here})",
        name,
        there,
        hint="restore the source's text there, or encode again",
        evidence=f"the source reads …{context}…",
    )


def _what(lost: str, added: str) -> str:
    if not added:
        return f"{_quoted(lost)} is missing"
    if not lost:
        return f"{_quoted(added)} is not in the source"
    return f"{_quoted(lost)} became {_quoted(added)}"


def _quoted(text: str) -> str:
    short = text if len(text) <= 60 else f"{text[:57]}…"
    return "a word boundary" if short == " " else repr(short)


def sought(tei: bytes, path: Path) -> Path:
    """Return the source that a TEI file names in its sourceDesc: beside it, or in a `sources/`.

    Raises:
        InputError: the file names none, it is not there, or it is not the one that was encoded.
    """
    root = parse(tei)
    # The first is that of the source; another, of the file that it was made from, may follow.
    found = reversed([*elements(root, "idno")])
    known = {n.attrs.get("type"): content(n) for n in found}
    name = known.get("filename", "")
    hint = "name it with --source"
    if not name:
        raise InputError("the TEI names no source file", place=str(path), hint=hint)
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise InputError(f"its source {name!r} leads elsewhere", place=str(path), hint=hint)
    folders = path.resolve().parents
    # Beside the TEI, or below the `sources/` of the project that it lies in.
    for candidate in (path.parent / name, *(folder / "sources" / name for folder in folders)):
        if candidate.is_file():
            return _same(candidate, known.get("sha256", ""))
    raise InputError(f"its source {name!r} is not beside it", place=str(path), hint=hint)


def _same(path: Path, sha256: str) -> Path:
    if sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        hint = "encode again, or compare with --source all the same"
        raise InputError("this is not the file that was encoded", place=str(path), hint=hint)
    return path
