"""Editing by hand: what a person changed in a TEI file stays when the text is encoded again.

Three files are compared, token by token: what we last wrote, what they made of it, and what we
would write now. The result is theirs, with what is new in ours. It must be well-formed, valid,
and give back the text; where it does not, or where both changed one place, the file is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from encoder import resources
from encoder.errors import EncoderError, UsageError
from encoder.merge.align import Region, regions
from encoder.merge.settle import Row, excerpt, keys, settled
from encoder.merge.tokens import Token, tokens, written
from encoder.merge.wording import Change, Wording, changes, told
from encoder.model import Finding, Position
from encoder.validate import encoding, validate
from encoder.validate.document import read

LINE_END = re.compile("\r\n|\r|\n")
SCHEMAS = ("edition.rng", "edition.sch")


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands for all three files, and what a person should look at; None in a conflict."""

    data: bytes | None
    findings: tuple[Finding, ...] = ()


def merge(base: bytes, theirs: bytes, ours: bytes, path: Path) -> Merged:
    """Return a file with the edits of a person and what is new in ours.

    Args:
        base: what we last wrote.
        theirs: what they made of it, in any encoding of XML.
        ours: what we would write now.
        path: where it lies; the schemas that it names are sought from there.
    """
    unread = read(theirs, path.name)
    if isinstance(unread, Finding):
        return Merged(None, (unread,))
    if isinstance(read(base, path.name), Finding):
        return Merged(None, (_damaged(path),))
    text = encoding.decode(theirs)
    was, now = tokens(encoding.decode(base)), tokens(ours.decode().replace("\n", _line_end(text)))
    made = _Merge(was, tokens(text), now, text, path.name)
    row = [token for part in made.rows() for token in part]
    if made.conflicts:
        return Merged(None, tuple(made.conflicts))
    if keys(row) == keys(made.theirs):
        return _checked(base, theirs, ours, theirs, path)
    data = written(row).encode(encoding.found(theirs).codec, "xmlcharrefreplace")
    return _checked(base, theirs, ours, data, path)


def _damaged(path: Path) -> Finding:
    """Tell of a base that nothing can be compared with: git may have left its marks in it."""
    message = "was edited, and .tei/written/ no longer has whole what we last wrote: it is kept"
    return Finding("edited-by-hand", "error", message, path.name)


def _line_end(text: str) -> str:
    """Return how most lines of a file end."""
    counted = Counter(LINE_END.findall(text))
    return max(counted, key=counted.__getitem__, default="\n")


class _Merge:
    """The three files as tokens, and where two of them contradict each other."""

    def __init__(self, base: Row, theirs: Row, ours: Row, text: str, name: str) -> None:
        self.base, self.theirs, self.ours = base, theirs, ours
        self.text, self.name = text, name
        self.conflicts: list[Finding] = []

    def rows(self) -> Iterator[Row]:
        """Yield the tokens of the result; conflicts are put aside."""
        for region in regions(keys(self.base), keys(self.theirs), keys(self.ours)):
            if not region.two:
                yield self.theirs[region.first]
            elif not region.one:
                yield self.ours[region.second]
            else:
                yield self._both(region)

    def _both(self, region: Region) -> Row:
        row = settled(region, self.base, self.theirs, self.ours)
        if row is None:
            self.conflicts.append(self._conflict(region))
        return row or []

    def _conflict(self, region: Region) -> Finding:
        was, one, two = (
            _quoted(row)
            for row in (
                self.base[region.base],
                self.theirs[region.first],
                self.ours[region.second],
            )
        )
        return Finding(
            "merge-conflict",
            "error",
            f"was edited where our encoding changed: the file has {one}, we have {two}",
            self.name,
            _place(self.text, self.theirs[region.first.start : region.first.start + 1]),
            evidence=f"it was {was}",
        )


def _quoted(row: Row) -> str:
    return repr(excerpt(row)) if row else "nothing"


def _place(text: str, row: list[Token]) -> Position:
    before = text[: row[0].at] if row else text
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _checked(base: bytes, theirs: bytes, ours: bytes, data: bytes, path: Path) -> Merged:
    """Return the result, if it is sound: what is not may not take the place of the file."""
    try:
        faults = _faults(data, path) if data is not theirs else []
        was, edited, now, made = (Wording.of(_utf8(each)) for each in (base, theirs, ours, data))
    except EncoderError as error:
        return _unsound("; ".join(filter(None, (error.message, error.hint))), path)
    if faults:
        return _invalid(faults[0], _faults(theirs, path), path)
    strange = set(changes(now, made)) - set(changes(was, edited))
    if strange:
        return _unsound(_strange(strange), path)
    return Merged(data, tuple(told(now, made, _utf8(data), path.name)))


def _utf8(data: bytes) -> bytes:
    """Return a file in the encoding in which its places are counted."""
    found = encoding.to_utf8(data, "")
    return data if isinstance(found, Finding) else found


def _invalid(fault: Finding, theirs: list[Finding], path: Path) -> Merged:
    """Tell of a result that is not valid, and of the place in the file, if it is so by itself."""
    if not theirs:
        return _unsound(f"{fault.code} {fault.message}", path)
    own = theirs[0]
    message = f"was edited, and is not valid any more: {own.code} {own.message}"
    return Merged(None, (Finding("merge-conflict", "error", message, path.name, own.where),))


def _strange(found: set[Change]) -> str:
    change = min(found)
    return f"its text would have {' '.join(change.now)!r} for {' '.join(change.was)!r}"


def _unsound(why: str, path: Path) -> Merged:
    message = f"was edited, and together with our encoding it would not be sound: {why}"
    return Merged(None, (Finding("merge-conflict", "error", message, path.name),))


def _faults(data: bytes, path: Path) -> list[Finding]:
    try:
        found = validate(data, name=str(path))
    except UsageError:
        found = validate(data, [resources.schema(name) for name in SCHEMAS], name=str(path))
    return [finding for finding in found if finding.severity == "error"]
