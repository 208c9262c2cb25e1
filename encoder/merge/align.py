"""Two changed copies of one sequence, set side by side: what each changed, and where both did.

Items are whatever can be hashed. Anchors are the items that stand once in either copy; between
them `difflib` compares, so that the time grows with what was changed and not with the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

Items = Sequence[Hashable]
# Comparisons that are worth a finer difference between two anchors; beyond, all of it is changed.
WORTH = 4_000_000


class Hunk(NamedTuple):
    """The base's items from `start` to `end` gave way to those of a copy, `left` to `right`."""

    start: int
    end: int
    left: int
    right: int


class Region(NamedTuple):
    """A stretch of the base, and what stands for it in either copy, as slices of each.

    `one` and `two` are the hunks in it: where both are empty, nothing was changed.
    """

    base: slice
    first: slice
    second: slice
    one: tuple[Hunk, ...] = ()
    two: tuple[Hunk, ...] = ()


def hunks(base: Items, copy: Items) -> list[Hunk]:
    """Return what a copy changed, in order."""
    found, i, j = list[Hunk](), 0, 0
    for start, left, size in [*_matches(base, copy), (len(base), len(copy), 0)]:
        if start > i or left > j:
            found.append(Hunk(i, start, j, left))
        i, j = start + size, left + size
    return found


def regions(base: Items, first: Items, second: Items) -> Iterator[Region]:
    """Yield the base from its beginning to its end; changes that touch are one region."""
    changes = deque(
        sorted(
            [(hunk, 0) for hunk in hunks(base, first)] + [(hunk, 1) for hunk in hunks(base, second)]
        )
    )
    at, shifts = 0, [0, 0]
    while changes:
        together = _touching(changes)
        start, end = together[0][0].start, max(hunk.end for hunk, _ in together)
        yield _region(at, start, shifts, shifts)
        sides = [tuple(h for h, side in together if side == n) for n in (0, 1)]
        ends = [s[-1].right - s[-1].end if s else n for s, n in zip(sides, shifts, strict=True)]
        yield _region(start, end, shifts, ends)._replace(one=sides[0], two=sides[1])
        at, shifts = end, ends
    yield _region(at, len(base), shifts, shifts)


def _touching(changes: deque[tuple[Hunk, int]]) -> list[tuple[Hunk, int]]:
    """Take the changes that touch the first one, or one another, away."""
    together = [changes.popleft()]
    end = together[0][0].end
    while changes and changes[0][0].start <= end:
        end = max(end, changes[0][0].end)
        together.append(changes.popleft())
    return together


def _region(start: int, end: int, before: Sequence[int], after: Sequence[int]) -> Region:
    one, two = (slice(start + b, end + a) for b, a in zip(before, after, strict=True))
    return Region(slice(start, end), one, two)


def _matches(a: Items, b: Items) -> list[tuple[int, int, int]]:
    """Return the stretches that stand in both, in order, as (start in a, start in b, length)."""
    found, todo = list[tuple[int, int, int]](), [(0, len(a), 0, len(b))]
    while todo:
        low, high, left, right = todo.pop()
        head = _same(a, b, low, left, min(high - low, right - left), 1)
        low, left = low + head, left + head
        tail = _same(a, b, high - 1, right - 1, min(high - low, right - left), -1)
        high, right = high - tail, right - tail
        found += [(low - head, left - head, head), (high, right, tail)]
        anchors = _anchors(a, b, (low, high), (left, right))
        if anchors:
            found += [(i, j, 1) for i, j in anchors]
            ends = [(low - 1, left - 1), *anchors, (high, right)]
            todo += [
                (i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(ends) if k > i + 1 and m > j + 1
            ]
        elif 0 < (high - low) * (right - left) <= WORTH:
            matcher = SequenceMatcher(None, a[low:high], b[left:right], autojunk=False)
            found += [(low + i, left + j, n) for i, j, n in matcher.get_matching_blocks()]
    return sorted(match for match in found if match[2])


def _same(a: Items, b: Items, i: int, j: int, most: int, step: int) -> int:
    """Return how many items agree from two places on, forwards or backwards."""
    count = 0
    while count < most and a[i + step * count] == b[j + step * count]:
        count += 1
    return count


def _anchors(
    a: Items, b: Items, within: tuple[int, int], beside: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the places of items that stand once in either stretch, in the order of both."""
    once, there = _once(a, *within), _once(b, *beside)
    return _rising([(at, there[item]) for item, at in once.items() if item in there])


def _once(items: Items, start: int, end: int) -> dict[Hashable, int]:
    counted = Counter(items[start:end])
    return {items[at]: at for at in range(start, end) if counted[items[at]] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of pairs, sorted by their first, in which the second rises too."""
    tops, last, before = list[int](), list[int](), dict[int, int]()
    for number, (_, value) in enumerate(pairs):
        at = bisect_left(tops, value)
        tops[at : at + 1], last[at : at + 1] = [value], [number]
        before[number] = last[at - 1] if at else -1
    series, number = list[tuple[int, int]](), last[-1] if last else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]
