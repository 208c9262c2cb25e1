"""A division is a part of a text that stands by itself, usually under a heading (TEI P5 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from encoder.blocks import Block, blocks
from encoder.model import Edition, Span
from encoder.profile import Profile

RUNNING_ON = re.compile(r"[.,;:]$")


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield one division around a text that has none yet, and its heading if it shows one."""
    if any(edition.tagged("div")):
        return
    yield Span(0, len(edition.source.text), "div")
    body = [block for block in blocks(edition) if block.note is None]
    if len(body) > 1 and _is_heading(body[0], profile):
        yield Span(body[0].start, body[0].end, "head")


def _is_heading(block: Block, profile: Profile) -> bool:
    short = len(block.text) <= profile.heading_length and len(block.lines) == 1
    return short and not block.ornament and not RUNNING_ON.search(block.text)
