"""How far the work is, for whoever sits at a terminal; a pipe hears nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from time import monotonic
from typing import TypeVar

import click

T = TypeVar("T")
CLEAR = "\r\x1b[K"
# Seconds between two lines: more often is not read.
PAUSE = 0.2


def watched(results: Iterable[T], total: int, noun: str) -> Iterator[T]:
    """Yield results, and count them on stderr with their rate and the time left."""
    if total < 2 or not sys.stderr.isatty():
        yield from results
        return
    start, shown, text = monotonic(), 0.0, ""
    for number, result in enumerate(results, 1):
        click.echo(CLEAR, nl=False, err=True)
        yield result
        now = monotonic()
        if now - shown >= PAUSE:
            shown, text = now, said(number, total, noun, now - start)
        if number < total:
            click.echo(text, nl=False, err=True)


def said(number: int, total: int, noun: str, seconds: float) -> str:
    """Return how far the work is: `1,200 of 10,000 texts, 150 a second, 0:00:59 left`."""
    rate = number / max(seconds, 0.001)
    left = timedelta(seconds=round((total - number) / rate))
    return f"{number:,} of {total:,} {noun}, {rate:,.3g} a second, {left} left"
