"""What was measured, in `docs/benchmarks.md`: a run takes the place of the one before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
START = "<!-- What follows was written by `python -m benchmarks --write`. -->"
END = "<!-- What comes before was written by `python -m benchmarks --write`. -->"


def recorded(document: str, lines: Iterable[str]) -> str:
    """Return a document with lines between its two marks, instead of what stands there.

    Raises:
        ValueError: the marks do not stand there once each, in their order.
    """
    before, start, rest = document.partition(START)
    measured, end, after = rest.partition(END)
    if not (start and end) or START in measured + after or END in before + after:
        raise ValueError(f"no place for what was measured: {START} … {END}")
    return "\n".join([before + start, "", *lines, "", end + after])
