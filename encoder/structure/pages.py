"""A page beginning is where one page of the source ends and the next starts (TEI P5 3.11.3).

What is printed on every page is no part of the text: the running head or foot, known because it
recurs but for its figures and a few letters misread; the page number; the catchword, which is the
first word of the next page; the signature, which tells the binder the order of the sheets (`fw`,
TEI P5 12.6).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from encoder.blocks import terms
from encoder.edition import Edition
from encoder.model import Finding, Span, collapse
from encoder.profile import Profile
from encoder.read.layout import Line
from encoder.read.marks import DASHED, SURE, WORD, counts
from encoder.roman import number_of

FIGURES = re.compile(r"\d+")
ROMAN = r"[ivxlc]{1,7}|[IVXLC]{1,7}"
EDGE_FIGURES = re.compile(r"\A\W*(\d{1,4})(?!\w)|(?<!\w)(\d{1,4})\W*\Z")
EDGE_ROMAN = re.compile(rf"\A\W*({ROMAN})(?:\W*\Z|\W? {{2,}})|(?: {{2,}}\W?|\A\W*)({ROMAN})\W*\Z")
NUMBER = re.compile(
    rf"[-–—\[({{<|=~*\s]*(?:{WORD}\s*)?(?:\d{{1,4}}|{ROMAN})(?:\s(?:of|von|av)\s\d+)?"
    r"[-–—\])}>|=~*\s.]*",
    re.IGNORECASE,
)
SET_APART = re.compile(r"\A\d{1,4} {4,}\S|[^\W\d_] {4,}\d{1,4}\Z|\d {12,}\d{1,4}\Z")
ALONE = re.compile(r"[-–—]?\s?\d{1,4}\s?[-–—]?")
SIGNATURE = re.compile(r"[A-Z][A-Za-z]?\s?(?:\d|[ivx]{1,3}|ij|iij)?\.?")
LETTER = re.compile(r"[^\W\d_]")
FIRST_WORD = re.compile(r"\w[\w’'-]*")
INLINE = (
    re.compile(rf"\[{WORD}\s*(\d{{1,4}})\]", re.IGNORECASE),
    re.compile(r"\{(\d{1,4})\}"),
)
HEAD_LENGTH = 100
SET_IN = 12  # columns from which a catchword or signature is set in
MISREAD = 3  # characters by which a misread running head may be longer or shorter
BRIEF = 2  # lines of a page that has hardly any
SHORT = 5  # characters: shorter lines are too like each other
COUNTED = 3  # pages at the least whose numbers tell a head that does not recur
HEADED = 2  # words: a longer running head is one even where its number was misread
ALIKE = 0.8  # how like its model a misread running head must be
OFTEN = 12  # patterns that a misread running head is compared with


@dataclass(frozen=True)
class Furniture:
    """A line that is printed on pages, with what it says but for its figures.

    `brief`: its page has hardly another; it is furniture only if other pages say so.
    """

    page: int
    line: Line
    text: str
    place: str
    wide: str
    kind: str = ""
    brief: bool = False

    @cached_property
    def pattern(self) -> str:
        """What recurs of it."""
        return FIGURES.sub("", self.text).casefold().strip()

    @cached_property
    def number(self) -> str:
        """The page number it begins or ends with; empty if it does neither."""
        match = EDGE_FIGURES.search(self.text) or EDGE_ROMAN.search(self.wide)
        return (match[1] or match[2]) if match else ""

    @cached_property
    def step(self) -> tuple[str, bool, int] | None:
        """What two numbers share that grow by one a page, at one place of it."""
        said = self.number
        number = number_of(said)
        return (self.place, said.isdigit(), number - self.page) if number else None


def find(edition: Edition, profile: Profile) -> Iterator[Span | Finding]:
    """Yield a `pb` where each page begins, and the `fw` printed on it."""
    printed = _furniture(edition) if profile.running_heads == "auto" else ()
    furniture = {one.line.text: one for one in printed}
    numbers = _counted(_told(furniture.values()), len(edition.layout.pages))
    for count, index in enumerate(edition.layout.pages, 1):
        start = edition.layout.lines[index].start
        yield Span(start, start, "pb", {"n": numbers[count], "xml:id": f"pb{count}"})
    for one in furniture.values():
        yield Span(one.line.text, one.line.stop, "fw", {"type": _type(one), "place": one.place})
    if not edition.layout.pages and profile.pages in ("auto", "marks"):
        yield from _within(edition)
    yield from _gaps(edition, numbers)


def _told(furniture: Collection[Furniture]) -> dict[int, str]:
    """Return the numbers printed on pages; one that comes again and does not grow is a year."""
    steps = Counter(one.step for one in furniture)
    again = Counter((one.place, one.number) for one in furniture)
    numbers: dict[int, str] = {}
    for one in sorted(furniture, key=lambda one: steps[one.step] == 1):
        if one.step and (steps[one.step] > 1 or again[one.place, one.number] == 1):
            numbers.setdefault(one.page, one.number)
    return dict(sorted(numbers.items()))


def _counted(numbers: Mapping[int, str], pages: int) -> dict[int, str]:
    """Return a number for each page: as printed, as its neighbours tell, or counted."""
    shifts = Counter(int(n) - page for page, n in numbers.items() if n.isdigit())
    usual = shifts.most_common(1)[0][0] if shifts else 0
    first = min((page for page, n in numbers.items() if n.isdigit()), default=1)
    taken = set(numbers.values())
    found = {}
    for page in range(1, pages + 1):
        told = page + usual if page + usual > 0 and (page >= first or usual >= 0) else page
        free = str(told) if str(told) not in taken else f"[{page}]"
        found[page] = numbers.get(page, free)
        taken.add(found[page])
    return found


def _gaps(edition: Edition, numbers: Mapping[int, str]) -> Iterator[Finding]:
    """Yield a finding where the printed numbers leave pages out or count back."""
    for (page, above), (later, below) in pairwise(numbers.items()):
        if above.isdigit() and below.isdigit() and int(below) - int(above) != later - page:
            start = edition.layout.lines[edition.layout.pages[later - 1]].start
            yield edition.finding(
                "page-gap",
                "warning",
                f"page {below} follows page {above}",
                start,
                hint="pages may be missing, out of order or misnumbered: look at the original",
            )


def _furniture(edition: Edition) -> Iterator[Furniture]:
    """Yield the first and last lines of pages that recur, their figures growing with the pages.

    A number set far from the words beside it is a page's, even if it is the only page. Where the
    outermost line is furniture, the next one may be too.
    """
    # What a distributor added was never printed.
    apart = terms(edition)
    pages = [
        [
            line
            for line in lines
            if not line.blank and not any(a <= line.start < b for a, b in apart)
        ]
        for lines in _pages(edition)
    ]
    outer = list(_recurring(edition, list(_edges(edition, pages))))
    yield from outer
    taken = {one.line.text for one in outer}
    inner = [[line for line in lines if line.text not in taken] for lines in pages]
    beside = {(one.page, one.place) for one in outer}
    edges = [one for one in _edges(edition, inner) if (one.page, one.place) in beside]
    yield from _recurring(edition, edges)
    yield from _catchwords(edition, inner)


def _catchwords(edition: Edition, pages: Sequence[Sequence[Line]]) -> Iterator[Furniture]:
    """Yield the last lines of pages that say the next page's first word, or are a signature."""
    for page, (lines, following) in enumerate(pairwise(pages), 1):
        if not lines[2:] or not following or lines[-1].indent < SET_IN:
            continue
        last, text = lines[-1], edition.source.text
        word = text[last.text : last.stop]
        first = FIRST_WORD.match(text, following[0].text, following[0].stop)
        if first and word.rstrip("-.,;:") == first.group():
            yield Furniture(page, last, word, "bottom", "", "catch")
        elif SIGNATURE.fullmatch(word) and not number_of(word.rstrip(".")):
            yield Furniture(page, last, word, "bottom", "", "sig")


def _recurring(edition: Edition, edges: Sequence[Furniture]) -> Iterator[Furniture]:
    seen = [(one, one.pattern, one.step) for one in edges]
    recurring = Counter((pattern, one.place) for one, pattern, _ in seen if not one.brief)
    usual = [key for key, times in recurring.most_common(OFTEN) if times > 1]
    steps = Counter(step for one, _, step in seen if not one.brief)
    pages = len(edition.layout.pages)
    for one, pattern, step in seen:
        figures = FIGURES.search(one.text)
        numbered = step is not None and steps[step] > 1
        again = recurring[pattern, one.place] > 1 or _misread(one, usual)
        recurs = again and LETTER.search(pattern)
        # A head that names its chapter is told by its number, which most pages bear.
        counted = step is not None and steps[step] >= COUNTED and 2 * steps[step] > pages
        apart = SET_APART.search(edition.source.plain[one.line.text : one.line.stop])
        alone = numbered and NUMBER.fullmatch(one.text)
        worded = len(pattern.split()) > HEADED
        foot = one.place == "bottom" and one.line.indent >= SET_IN and ALONE.fullmatch(one.text)
        marked = DASHED.fullmatch(one.text) and edition.layout.page_sign.startswith("marks")
        sure = marked or (one.brief and any(form.fullmatch(one.text) for form in (*SURE, DASHED)))
        told = sure or apart or alone or foot or counted
        if told or (recurs and (numbered or not figures or worded)):
            yield one


def _misread(one: Furniture, usual: Sequence[tuple[str, str]]) -> bool:
    """Whether a line is a running head but for a few letters."""
    for known, place in usual:
        near = place == one.place and abs(len(known) - len(one.pattern)) <= MISREAD
        if near and len(known) > SHORT:
            matcher = SequenceMatcher(None, one.pattern, known, autojunk=False)
            if matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE:
                return True
    return False


def _edges(edition: Edition, pages: Sequence[Sequence[Line]]) -> Iterator[Furniture]:
    for page, printed in enumerate(pages, 1):
        for line, place in _ends(printed):
            wide = edition.source.plain[line.text : line.stop]
            text = collapse(wide)
            if len(text) <= HEAD_LENGTH:
                yield Furniture(page, line, text, place, wide, brief=len(printed) <= BRIEF)


def _ends(printed: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Yield the first and last lines of a page; the only one of a page is at its top."""
    if printed:
        yield printed[0], "top"
    if printed[1:]:
        yield printed[-1], "bottom"


def _pages(edition: Edition) -> Iterator[Sequence[Line]]:
    lines, starts = edition.layout.lines, edition.layout.pages or (0,)
    yield from (lines[a:b] for a, b in pairwise((*starts, len(lines))))


def _type(one: Furniture) -> str:
    if one.kind:
        return one.kind
    if NUMBER.fullmatch(one.text):
        return "pageNum"
    return "header" if one.place == "top" else "footer"


def _within(edition: Edition) -> Iterator[Span]:
    """Yield the pages of a text whose marks stand within its lines: `[Page 12]`, `{12}`."""
    for form in INLINE:
        found = list(form.finditer(edition.source.text))
        if counts([int(match[1]) for match in found]):
            for number, match in enumerate(found, 1):
                attrs = {"n": match[1], "xml:id": f"pb{number}"}
                yield Span(match.start(), match.start(), "pb", attrs)
                yield Span(*match.span(), "fw", {"type": "pageNum", "place": "margin"})
            return
