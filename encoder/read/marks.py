"""A page mark is a line that an extraction or a transcriber left where a page began or ended.

`[Page 12]`, `{12}`, `-- 12 --`, `12`: a line by itself whose numbers grow by one. A number alone
may count chapters as well; it is a page's only where lines between are as many as on pages, and
where some of the marks stand within a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple, Protocol

WORD = r"(?:page|pagina|página|pag|pg|pp?|seite|sidan?|side|sid|s|blz|стр|с)\.?"
# Worded marks stand where a page begins, wherever that is; the others only by themselves.
SURE = (
    re.compile(rf"[\[{{(<|]\s*{WORD}\s*(\d{{1,4}})\s*[\]}})>|]", re.IGNORECASE),
    re.compile(r"\{(\d{1,4})\}"),
)
UNSURE = (
    re.compile(r"[-–—=~*]{1,3}\s?(?:page\s)?(\d{1,4})\s?[-–—=~*]{1,3}", re.IGNORECASE),
    re.compile(r"(?:page|seite|sida|side|стр\.?)\s(\d{1,4})(?:\s(?:of|von|av)\s\d{1,4})?", re.I),
    re.compile(r"\[(\d{1,4})\]"),
    re.compile(r"(\d{1,4})"),
)
# At the end of a running head or foot, set far from its words; a foot where the first page has one.
BESIDE = re.compile(rf"\S[^\S\r\n]{{3,}}[\[({{<|]?{WORD}\s?(\d{{1,4}})[\])}}>|]?\Z", re.IGNORECASE)
# A number and a running head, or the other way round.
HEADED = re.compile(
    r"(?P<first>\d{1,4})\W{0,3}[^\S\r\n]+(?P<behind>[^\W\d_][^\r\n]{3,}?)"
    r"|(?P<before>[^\W\d_][^\r\n]{3,}?)[^\S\r\n]+\W{0,3}(?P<last>\d{1,4})"
)
ASTRAY = 0.5  # pages that a head may be nearer or farther than its number tells
HEAD, AGAIN, SKIPPED = 80, 3, 4  # characters of one; times it comes; pages from one to the next
CLOSES = frozenset("])}>|0123456789")
DASHED = UNSURE[0]  # chapters may be counted so as well, but not from the twelfth
BEGINS = frozenset("[{(<|-–—=~*0123456789pPsSс")
SET_IN = 12  # columns from which a number stands in the middle of its line
STEADY = 0.8  # share of the numbers that must grow by one
UNEVEN = 1.7  # how much longer than others a page may be
WITHIN = 0.2  # share of marks that must stand within a sentence
OPEN_ENDED = re.compile(r"[\w,;–—-]$")


class Printed(Protocol):
    """A line: where it, and where its words begin and end."""

    @property
    def start(self) -> int: ...
    @property
    def text(self) -> int: ...
    @property
    def stop(self) -> int: ...
    @property
    def blank(self) -> bool: ...


class Marks(NamedTuple):
    """The lines that begin pages by their marks, and how the first mark looks."""

    begun: tuple[int, ...]
    sign: str


def marks(text: str, lines: Sequence[Printed], shortest: int, longest: int) -> Marks | None:
    """Return the pages that marks show: of each form that counts, the first that does."""
    likely = [
        index
        for index, line in enumerate(lines)
        if line.stop - line.text <= 20 and not line.blank and text[line.text] in BEGINS
    ]
    for form in (*SURE, *UNSURE):
        found = [
            (index, int(match[1]))
            for index in likely
            if (match := form.fullmatch(text, lines[index].text, lines[index].stop))
        ]
        sure = form in SURE or (form is DASHED and _sure(lines, found))
        if (counts([number for _, number in found]) or (sure and form is DASHED)) and (
            sure or _page_like(text, lines, [index for index, _ in found], shortest, longest)
        ):
            first = lines[found[0][0]]
            foot = not sure and _has_foot(lines, found[0][0], shortest)
            return _begun(lines, found, foot, text[first.text : first.stop])
    return _beside(text, lines, shortest, longest) or _headed(text, lines, shortest, longest)


def _sure(lines: Sequence[Printed], found: Sequence[tuple[int, int]]) -> bool:
    """Whether dashed numbers are those of pages: they begin behind the first, as a typist's do."""
    if not found or found[0][1] < 2:
        return False
    apart = all(lines[index].text - lines[index].start >= SET_IN for index, _ in found)
    return len(found) > 2 or (apart and (len(found) > 1 or found[0][1] == 2))


def _beside(text: str, lines: Sequence[Printed], shortest: int, longest: int) -> Marks | None:
    """Return the pages whose numbers stand in running heads or feet, far from the words."""
    found = [
        (index, match)
        for index, line in enumerate(lines)
        if not line.blank
        and text[line.stop - 1] in CLOSES
        and (match := BESIDE.search(text, line.text, line.stop))
    ]
    numbers = [int(match[1]) for _, match in found]
    gaps = [below - above for (above, _), (below, _) in pairwise(found)]
    if not counts(numbers) or not shortest <= median(gaps) <= longest:
        return None
    foot = numbers[0] == 1 and _has_foot(lines, found[0][0], shortest)
    return _begun(lines, found, foot, found[0][1].group()[1:].strip())


def _has_foot(lines: Sequence[Printed], first: int, shortest: int) -> bool:
    """Whether the first mark stands below a page, and not over it."""
    return _printed(lines[:first]) > shortest // 2


def _begun(
    lines: Sequence[Printed], found: Sequence[tuple[int, object]], foot: bool, sign: str
) -> Marks:
    """Return the pages that marks begin or, at their feet, end."""
    begun = [index + foot for index, _ in found if _printed(lines[index + foot :][:1000])]
    return Marks(tuple(sorted({0, *begun})), sign)


def _headed(text: str, lines: Sequence[Printed], shortest: int, longest: int) -> Marks | None:
    """Return the pages whose numbers stand beside running heads that come again."""
    found = [
        (index, match, letters(match))
        for index, line in enumerate(lines)
        if not line.blank
        and line.stop - line.text <= HEAD
        and (text[line.text].isdigit() or text[line.stop - 1].isdigit())
        and (match := HEADED.fullmatch(text, line.text, line.stop))
    ]
    again = _again(text, lines, found)
    heads = [(index, number(match)) for index, match, words in found if words in again]
    steps = [(b - a, later - n) for (a, n), (b, later) in pairwise(heads)]
    near = [(gap, step) for gap, step in steps if 1 <= step <= SKIPPED]
    if not near or len(near) < STEADY * len(steps):
        return None
    usual = median(gap / step for gap, step in near)
    if not shortest <= usual <= longest:
        return None
    first = lines[heads[0][0]]
    others = _between(heads, [(index, number(match)) for index, match, _ in found], usual)
    begun = {0, *(index for index, _ in heads), *others}
    return Marks(tuple(sorted(begun)), text[first.text : first.stop])


def _again(
    text: str, lines: Sequence[Printed], found: Sequence[tuple[int, re.Match[str], str]]
) -> frozenset[str]:
    """Return the words of heads that come again, some of them within a sentence: no chapters'."""
    times = Counter(words for _, _, words in found)
    within = Counter(words for index, _, words in found if _within(text, lines, index))
    return frozenset(
        words for words, n in times.items() if n >= AGAIN and within[words] >= WITHIN * n
    )


def _between(
    heads: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]], usual: float
) -> Iterator[int]:
    """Yield the lines whose numbers fill the gaps between heads that come again, page by page.

    They name the chapter, and are as far from the heads beside them as their numbers tell.
    """
    starts = [index for index, _ in found]
    for (above, first), (below, last) in pairwise((*heads, (starts[-1] + 1, inf))):
        for index, said in found[bisect_right(starts, above) : bisect_left(starts, below)]:
            pages = (index - above) / usual
            if first < said < last and abs(pages - (said - first)) < ASTRAY:
                yield index


def letters(match: re.Match[str]) -> str:
    """Return the letters of a running head."""
    return "".join(filter(str.isalpha, match["behind"] or match["before"])).casefold()


def number(match: re.Match[str]) -> int:
    """Return the number of a running head."""
    return int(match["first"] or match["last"])


def counts(numbers: Sequence[int]) -> bool:
    """Return whether numbers count pages: two or more that mostly grow by one."""
    steps = [later - number for number, later in pairwise(numbers)]
    return bool(steps) and sum(step == 1 for step in steps) >= STEADY * len(steps)


def _page_like(
    text: str, lines: Sequence[Printed], found: list[int], shortest: int, longest: int
) -> bool:
    """Whether marks lie as far apart as pages are, some of them within a sentence."""
    gaps = [later - index for index, later in pairwise(found)]
    usual = median(gaps)
    if not shortest <= usual <= longest or max(gaps) > UNEVEN * usual:
        return False
    within = sum(_within(text, lines, index) for index in found)
    return within >= WITHIN * len(found)


def _within(text: str, lines: Sequence[Printed], index: int) -> bool:
    above = next(
        (line for line in reversed(lines[max(index - 4, 0) : index]) if not line.blank), None
    )
    below = next((line for line in lines[index + 1 : index + 5] if not line.blank), None)
    if above is None or below is None:
        return False
    return text[below.text].islower() or OPEN_ENDED.match(text[above.stop - 1]) is not None


def _printed(lines: Sequence[Printed]) -> int:
    return sum(not line.blank for line in lines)
