"""A distributor's terms stand at both ends of a text that is passed on, between marked lines.

They are no part of the text: what stands up to the line that says where it starts is front matter,
what stands from the line that says where it ends is back matter, each a `div` of the type `licence`
(TEI P5 4.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from encoder.blocks import parted
from encoder.edition import Edition
from encoder.model import Span
from encoder.profile import Profile
from encoder.read.layout import Line

START = re.compile(r"\*{2,}\s*START OF\b.*\*{2,}$|\*END\*?\s*THE SMALL PRINT\b.*")
END = re.compile(r"\*{2,}\s*END OF\b.*\*{2,}$")
LICENCE = {"type": "licence", "subtype": "distributor"}


def find(edition: Edition, _profile: Profile) -> Iterator[Span]:
    """Yield what a distributor put before and behind the text, if a text is left between."""
    lines = [line for line in edition.layout.lines if not line.blank]
    marked = [line for line in lines if edition.source.text[line.text] == "*"]
    start = next((line for line in marked if _says(edition, START, line)), None)
    end = next((line for line in reversed(marked) if _says(edition, END, line)), None)
    first = start.end if start else 0
    last = end.start if end else len(edition.source.text)
    if not any(first <= line.start < last for line in lines):
        return
    if start:
        before = [line for line in lines if line.start < first]
        yield from _encoded(edition, "front", before, 0, first)
    if end:
        behind = [line for line in lines if line.start >= last]
        yield from _encoded(edition, "back", behind, last, len(edition.source.text))


def _says(edition: Edition, pattern: re.Pattern[str], line: Line) -> bool:
    return pattern.match(edition.source.text, line.text, line.stop) is not None


def _encoded(
    edition: Edition, part: str, lines: Sequence[Line], start: int, end: int
) -> Iterator[Span]:
    yield Span(start, end, part)
    yield Span(start, end, "div", LICENCE)
    paragraph = lines[0].text
    for above, below in zip(lines, [*lines[1:], None], strict=True):
        if below is None or parted(edition.source.text, above, below):
            yield Span(paragraph, above.stop, "p")
            paragraph = below.text if below else end
