"""A table of contents lists the headings of a text, usually with the pages where they stand.

It begins under a heading that says so. Its entries are short lines, with leaders or figures at
their ends or without; it ends where the first of them comes again as a heading, or where something
is no entry. An entry leads to the division it names (TEI P5 4.5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from encoder.blocks import Block, by_line, interrupted, together, unclaimed
from encoder.edition import Edition
from encoder.forms import LETTER
from encoder.model import Span
from encoder.profile import Profile
from encoder.roman import ROMAN
from encoder.structure.heads import SIGNS, worded

# Leaders and a page number at the end of an entry, or only the number.
PAGE = re.compile(
    r"(?:[\s.·…_]*[.·…_]{2,}[\s.·…_]*(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})|\s+(?:\d{1,4}|[ivxlc]{1,6}))\s*$"
)
NUMBER = re.compile(rf"^(?:\d{{1,3}}|{ROMAN})\s+(?=\S)", re.IGNORECASE)
DEEPER, WIDE = 2, 30  # columns that what goes on is set in, and of the line above it
PAGED = 0.6  # share of entries with a page from which it is a habit
LEADERS = re.compile(r"[.·…_]{3,}|(?:\s[.·]){3,}|\s{3,}\d{1,4}$")
PLAIN = re.compile(r"[^\w]+")
SENTENCE_END = re.compile(rf"{LETTER}{{4,}}[.!?]\s+\w+\s+\w+\s+\w+\s+\w+")


Entered = tuple[str, Span]  # the id of a division, and the entry that names it


class Contents(NamedTuple):
    """A table of contents: its heading, its entries, and where it ends."""

    head: Block
    entries: list[Block]
    end: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield a division with the list of its entries; which lead where is seen when headings are."""
    contents = table_of_contents(edition, profile)
    if contents is None:
        return
    head, entries, end = contents
    yield Span(head.start, end, "div", {"type": "contents"})
    yield Span(head.start, head.end, "head")
    if signs := SIGNS.match(edition.source.text, head.start, head.end):
        yield Span(*signs.span(), "sign", {"kind": "label"})
    yield Span(entries[0].start, entries[-1].end, "list", {"type": "contents"})
    for entry in entries:
        yield Span(entry.start, entry.end, "item")


def table_of_contents(edition: Edition, profile: Profile) -> Contents | None:
    """Return the table of contents, if the text has one."""
    body = [block for block in unclaimed(edition) if block.note is None]
    for index, block in enumerate(body):
        if len(block.text) > profile.heading_length:
            continue
        found = worded(block.text.lstrip("# "), profile)
        if found and found.style == "contents":
            entries, after = _entries(edition, body[index + 1 :], profile)
            if len(entries) > 1:
                end = after.start if after else len(edition.source.text)
                return Contents(block, entries, end)
    return None


def _entries(
    edition: Edition, body: Sequence[Block], profile: Profile
) -> tuple[list[Block], Block | None]:
    """Return the lines of a table of contents, and the block behind it."""
    rows: list[tuple[Block, list[Block]]] = []
    seen: set[str] = set()
    for block in body:
        if rows and interrupted(edition, rows[-1][0].start, block.start):
            return [line for _, row in rows for line in row], block
        lines = list(_whole(edition, by_line(edition, block)))
        paged = _paged([line for _, row in rows for line in row])
        again = not seen.isdisjoint(_keys(lines[0].text))
        if again and rows and _counts(rows[-1][0], profile):
            block = rows.pop()[0]  # the number of what is entered by its title
        if again or (paged and not any(PAGE.search(line.text) for line in lines)):
            return [line for _, row in rows for line in row], block
        if not all(_is_entry(line, profile) for line in lines):
            # What stands right over running text is its heading, and no entry.
            last = rows.pop()[0] if rows and not paged else block
            return [line for _, row in rows for line in row], last
        rows.append((block, lines))
        seen |= {said for line in lines for said in _keys(line.text)}
    return [], None


def _keys(text: str) -> set[str]:
    """Return what an entry is known by: as it stands, and without its number."""
    said = _key(text)
    return {said, NUMBER.sub("", said)}


def _counts(block: Block, profile: Profile) -> bool:
    """Whether a block only counts what its next line names: `CHAPTER I`."""
    found = worded(block.text, profile)
    return found is not None and found.bare


def _whole(edition: Edition, lines: Sequence[Block]) -> Iterator[Block]:
    """Yield the entries of lines: one that had no room for its page goes on in the next, set in."""
    parts: list[Block] = []
    for line in lines:
        if parts and not _goes_on(parts[-1], line):
            yield together(edition, parts)
            parts = []
        parts.append(line)
    if parts:
        yield together(edition, parts)


def _goes_on(above: Block, line: Block) -> bool:
    deeper = line.lines[0].indent >= above.lines[0].indent + DEEPER
    wide = len(above.text) > WIDE
    return deeper and wide and not PAGE.search(above.text) and PAGE.search(line.text) is not None


def _paged(entries: Sequence[Block]) -> bool:
    """Whether entries end in the page where they stand; parts that hold others may have none."""
    pages = sum(PAGE.search(entry.text) is not None for entry in entries)
    return bool(entries) and pages >= PAGED * len(entries)


def _is_entry(line: Block, profile: Profile) -> bool:
    if LEADERS.search(line.text):
        return True
    return len(line.text) <= profile.heading_length and not SENTENCE_END.search(line.text)


def entered(edition: Edition, headings: Iterable[Sequence[Block]]) -> Mapping[int, Entered]:
    """Return the id and the entry of each heading that the table names, by where it begins."""
    text = edition.source.text
    listed = [span for span in edition.tagged("list") if span.attrs.get("type") == "contents"]
    entries = [
        (_key(text[item.start : item.end]), item)
        for item in edition.tagged("item")
        if any(span.start <= item.start < span.end for span in listed)
    ]
    # An entry may number what the heading spells out: `I. The River`.
    items = {NUMBER.sub("", said, count=1): item for said, item in entries} | dict(entries)
    found: dict[int, Entered] = {}
    for blocks in headings if items else ():
        said = [_key(block.text) for block in blocks]
        entry = next((items.pop(k) for k in (" ".join(said), *said) if k in items), None)
        if entry and entry not in (other for _, other in found.values()):
            found[blocks[0].start] = f"div{len(found) + 1}", entry
    return found


def references(ids: Mapping[int, Entered]) -> Iterator[Span]:
    """Yield a reference for each entry whose division was found."""
    for id_, entry in ids.values():
        yield Span(entry.start, entry.end, "ref", {"target": f"#{id_}"})


def _key(text: str) -> str:
    """Return what an entry and the heading it names have in common."""
    return PLAIN.sub(" ", PAGE.sub("", text.lstrip("# "))).strip().casefold()
