"""A division is a part of a text that stands by itself, usually under a heading (TEI P5 4.1).

Headings of one kind lie at one depth: where chapters come after the heading of a book, they lie
inside the book, until the next book begins. A heading that follows another directly is its second
line, unless it counts something deeper.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from encoder.blocks import Block, interrupted, unclaimed
from encoder.edition import Edition
from encoder.lexicon import pattern
from encoder.model import WHITE_CHARS, Span
from encoder.profile import Profile
from encoder.structure.contents import entered, references
from encoder.structure.entries import dates
from encoder.structure.heads import (
    APART,
    BY_WORD,
    LINES,
    RULES,
    RUNNING_ON,
    SERIES,
    SIGNS,
    Head,
    counted,
    ends,
    head,
    outdented,
    set_off,
    subtitle,
    underlined,
)
from encoder.structure.numbered import titles
from encoder.structure.series import series
from encoder.structure.speeches import speeches

RULED = "=-~"  # the rules under headings, the outermost first
LOOKS = frozenset({"capitals", "centred"})
FIRST = Head(1, "title")
WHOLE = Head(0, "title")  # what stands over all other headings
ENTRY = Head(4, "entry")  # the date of an entry
# What a division is called, by the kind of its heading.
TYPES = {"contents": "contents", "front": "preface", "back": "appendix", "entry": "entry"}


class Heading(NamedTuple):
    """Blocks that head one division, what they are, and how deep it lies: 1 is outermost.

    An entry's is the line of its date, or the paragraph that begins with it: then `end` is 0.
    """

    blocks: list[Block]
    head: Head
    level: int
    end: int


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the divisions that headings begin, one around the text where there are none.

    Where a project leaves them, headings are not looked for; what lies between letters and other
    parts that are divisions is one all the same.
    """
    dedicated = (s for s in edition.tagged("div") if s.attrs.get("type") == "dedication")
    within = [(s.start, s.end) for s in (*edition.tagged("floatingText"), *dedicated)]
    body = [
        block
        for block in unclaimed(edition)
        if block.note is None and not any(a <= block.start < b for a, b in within)
    ]
    stretches = _open_stretches(edition)
    found = [
        heading
        for heading in (() if "divisions" in profile.leave else _headings(edition, body, profile))
        if any(start <= heading.blocks[0].start < end for start, end in stretches)
    ]
    headings = _nested(_entitled(found, body))
    ids = entered(edition, [heading.blocks for heading in headings])
    if front := _front(edition, headings):
        yield Span(0, front, "front")
    for start, end in stretches:
        inside = [h for h in headings if start <= h.blocks[0].start < end]
        yield from _divisions(edition, start, end, inside, ids)
    for heading in headings:
        yield from _encoded(edition, heading)
    yield from references(ids)
    yield from _trailer(edition, body, headings)


def _front(edition: Edition, headings: Sequence[Heading]) -> int:
    """Return where front matter ends, the first division of the body; 0 where there is none.

    Front matter is a title page and what stands between it and the first division that is none.
    """
    if not any(edition.tagged("titlePage")):
        return 0
    given = (s for s in edition.tagged("div") if s.attrs.get("type") == "dedication")
    end = max(span.end for span in (*edition.tagged("titlePage"), *given))
    behind = (h.blocks[0].start for h in headings if h.head.style not in ("contents", "front"))
    letters = (s.start for s in edition.tagged("div") if s.attrs.get("type") == "letter")
    return min((start for start in (*behind, *letters) if start >= end), default=end)


def _trailer(
    edition: Edition, body: Sequence[Block], headings: Sequence[Heading]
) -> Iterator[Span]:
    """Yield the words at the end of a text or a division that say that it ends."""
    begun = {heading.blocks[0].start: heading.level for heading in headings}
    level = 0
    heads = {block.start for heading in headings for block in heading.blocks}
    ruled = frozenset(underlined(edition).values())
    heads |= {block.start for block in body if block.end in ruled}
    for above, block, below in zip_longest(body, body[1:], body[2:]):
        level = begun.get(above.start, level)
        if block is None or above.start in heads or not ends(block.text):
            continue
        ended = below is not None and begun.get(below.start, level + 1) <= level
        last = below is None or ended or _edge(edition, block, below)
        if last and not _edge(edition, above, block):
            yield Span(block.start, block.end, "trailer")


def _edge(edition: Edition, block: Block, below: Block) -> bool:
    """Whether a letter begins or ends between two blocks."""
    edges = (edge for div in edition.tagged("div") for edge in (div.start, div.end))
    return any(block.end <= edge <= below.start for edge in edges)


def _encoded(edition: Edition, heading: Heading) -> Iterator[Span]:
    if heading.head is ENTRY:
        yield from _dated(edition, heading)
        return
    for block in heading.blocks:
        end = heading.end if block is heading.blocks[-1] else block.end
        yield Span(block.start, end, "head")
        if signs := SIGNS.match(edition.source.text, block.start, block.end):
            yield Span(*signs.span(), "sign", {"kind": "label"})
        yield from _ruled(edition, block, end)


def _ruled(edition: Edition, block: Block, end: int) -> Iterator[Span]:
    """Yield the rule that a line ends with, if one is printed under it, as its sign."""
    if end > block.end:
        rule = edition.source.text[block.end : end].strip(WHITE_CHARS)
        yield Span(end - len(rule), end, "sign", {"kind": "post"})


def _dated(edition: Edition, heading: Heading) -> Iterator[Span]:
    """Yield the opening of an entry, where its date has a line of its own."""
    if not heading.end:
        return
    for tag in ("opener", "dateline"):
        yield Span(heading.blocks[0].start, heading.end, tag)
    yield from _ruled(edition, heading.blocks[0], heading.end)


def _headings(edition: Edition, body: list[Block], profile: Profile) -> Iterator[Heading]:
    """Yield the headings, each with the lines that belong to it; their levels are not yet known."""
    spoken = {speech.block for speech in speeches(edition, body, profile)}
    begun = {} if spoken else dates(edition, body, profile).entries
    kinds = [
        ENTRY if block.start in begun and not _is_titled(kind, block) else kind
        for block, kind in zip(body, _kinds(edition, body, spoken, profile), strict=True)
    ]
    named = titles(body, kinds)
    noted = [s.start for s in edition.tagged("milestone") if s.attrs["unit"] == "notes"]
    open_: Heading | None = None
    for index, (block, found) in enumerate(zip(body, kinds, strict=True)):
        above = body[index - 1] if open_ and index else None
        below = body[index + 1] if index + 1 < len(body) else None
        under = (
            open_
            and above is open_.blocks[-1]
            and not interrupted(edition, above.start, block.start)
            and bisect_left(noted, above.start) == bisect_left(noted, block.start)
        )
        play = bool(spoken)
        if under and open_ and not (play and _is_staged(index, block, spoken, profile)):
            told = not play and block.start in named
            if told or _goes_on(edition, open_, found, block, below, profile, play=play):
                open_.blocks.append(block)
                open_ = open_._replace(end=_end(edition, block))
                continue
        if open_:
            yield open_
        end = begun[block.start] if found is ENTRY else _end(edition, block)
        open_ = Heading([block], found, 0, end) if found else None
    if open_ and len(body) > len(open_.blocks):
        yield open_


def _is_titled(kind: Head | None, block: Block) -> bool:
    """Whether signs make a title of a line with a date, or a rule of one with it in brackets."""
    return kind is not None and (kind.level > 0 or (kind.style in RULES and "(" in block.text))


def _kinds(
    edition: Edition, body: Sequence[Block], spoken: Collection[int], profile: Profile
) -> Iterator[Head | None]:
    """Yield what heading each block is by itself."""
    counting = series(body)
    margin: int | None = None  # how far in the paragraph begins that announces what is shown
    for index, (block, below) in enumerate(zip_longest(body, body[1:])):
        above = body[index - 1] if index else None
        if spoken and _is_staged(index, block, spoken, profile):
            yield None
            continue
        # What a colon announces is shown, set in, as it stands elsewhere: capitals head nothing.
        if margin is None and above and above.text[-1] == ":":
            margin = _column(edition, above)
        if margin is not None and _column(edition, block) <= margin:
            margin = None
        found = _head(edition, block, above, below, counting, profile)
        yield None if margin is not None and found and found.style in LOOKS else found


def _column(edition: Edition, block: Block) -> int:
    """Return how many columns a block is set in, by spaces or tabs."""
    first = block.lines[0]
    return len(edition.source.text[first.start : first.text].expandtabs())


def _entitled(headings: list[Heading], body: Sequence[Block]) -> list[Heading]:
    """Return the headings, the first as the title of all if another stands right below it."""
    if len(headings) < 3 or headings[0].blocks[0] is not body[0]:
        return headings
    first, behind = headings[0], body[len(headings[0].blocks)]
    if first.head.style != "capitals" or behind is not headings[1].blocks[0]:
        return headings
    return [first._replace(head=WHOLE), *headings[1:]]


def _is_staged(index: int, block: Block, spoken: Collection[int], profile: Profile) -> bool:
    """Whether a block of a play begins a speech, or says what is to be done."""
    return (
        index in spoken
        or pattern("parts", "direction", profile.language).match(block.text) is not None
    )


def _head(
    edition: Edition,
    block: Block,
    above: Block | None,
    below: Block | None,
    counting: Mapping[int, Head],
    profile: Profile,
) -> Head | None:
    """Return what heading a block is: by a rule or its words, its series, its look, its place."""
    if _end(edition, block) > block.end:
        sign = edition.source.text[_end(edition, block) - 1]
        return Head(RULED.find(sign) + 1, sign)
    if ends(block.text):
        return None
    found = head(edition, block, profile)
    if found and found.style not in LOOKS:
        return found
    if block.start in counting:
        return counting[block.start]
    if found and below and below.text[0].islower():
        return None  # what it stands over goes on with a sentence
    found = found or counted(block, above, below) or set_off(edition, block, below)
    found = found or outdented(edition, block, below)
    if found is None and above is None and below and _is_title(block, below, profile):
        return FIRST
    return found


def _end(edition: Edition, block: Block) -> int:
    """Return where a heading ends: behind the rule that is printed under it, if one is."""
    return underlined(edition).get(block.start, block.end)


def _is_title(block: Block, below: Block, profile: Profile) -> bool:
    """Whether the first block is a title: a short line, or few of them over longer text."""
    if len(block.lines) == 1:
        return len(block.text) <= profile.heading_length and not RUNNING_ON.search(block.text)
    few = len(block.lines) <= LINES and len(block.text) <= profile.heading_length
    told = below.text[-1] in ".!?" or len(below.text) > len(block.text)
    return few and told and block.text[0].isupper() and block.text[-1].isalnum()


def _goes_on(
    edition: Edition,
    open_: Heading,
    found: Head | None,
    block: Block,
    below: Block | None,
    profile: Profile,
    *,
    play: bool,
) -> bool:
    """Whether a block right under a heading is its next line; in a play it is about the scene."""
    if ENTRY in (found, open_.head):
        return False
    if found is None:
        if below is None or play:
            return False
        told = open_.head.bare and subtitle(edition, open_.blocks[-1], block, below)
        return told or (_counts(open_.head) and _tells(block, profile))
    if found.level or open_.head.level:
        return found.level == open_.head.level
    if (
        found.style.startswith(("counted", "outdented"))
        or found.style in BY_WORD
        or found.named > open_.head.bare
    ):
        return False
    if found.named and open_.head.named:
        return found.style == open_.head.style
    return (found.rank >= 2 and not found.bare) or found.style == open_.head.style


def _counts(kind: Head) -> bool:
    return kind.named or kind.bare


def _tells(block: Block, profile: Profile) -> bool:
    """Whether a line under a heading that counts tells what its chapter does: `In which …`."""
    said = pattern("parts", "argument", profile.language).match(block.text.lstrip("_*([ "))
    return said is not None and len(block.text) <= profile.heading_length


def _nested(headings: list[Heading]) -> list[Heading]:
    """Return the headings with their levels: one of a kind seen above returns to its depth."""
    open_: list[Head] = []
    leveled = []
    for heading in headings:
        kind = heading.head
        if any(above.style == kind.style for above in open_):
            while open_.pop().style != kind.style:
                pass
        else:
            while open_ and _ends_above(open_[-1], kind):
                open_.pop()
        open_.append(kind)
        leveled.append(heading._replace(level=len(open_)))
    return leveled


def _ends_above(above: Head, kind: Head) -> bool:
    """Whether a division ends where one of another kind begins; a book may hold parts.

    What counts under a word of its own lies within what bears the word for a division.
    """
    if kind.rank == SERIES and above.named:
        return False
    return above.rank == APART or above.rank > kind.rank or above.rank == kind.rank > 0


def _open_stretches(edition: Edition) -> list[tuple[int, int]]:
    """Return what lies outside of the letters, and inside each between its opening and close."""
    text = edition.view(_said, frozenset({"fw"}))
    here, stretches = 0, []
    taken = edition.tagged("div", "titlePage")
    for letter in sorted(taken, key=lambda span: span.start):
        if text[here : letter.start].strip(WHITE_CHARS):
            stretches.append((here, letter.start))
        here = letter.end
    bare = not stretches and all(s.beside or s.tag == "titlePage" for s in taken)  # only furniture
    if not here or (edition.source.text if bare else text)[here:].strip(WHITE_CHARS):
        stretches.append((here, len(text)))
    return stretches


def _said(edition: Edition) -> str:
    """Return the text without what is printed on its pages, offsets kept."""
    text, said, here = edition.source.text, list[str](), 0
    for span in sorted(edition.tagged("fw"), key=lambda span: span.start):
        said += [text[here : span.start], " " * (span.end - span.start)]
        here = span.end
    return "".join((*said, text[here:]))


def _divisions(
    edition: Edition,
    start: int,
    end: int,
    headings: Sequence[Heading],
    ids: Mapping[int, tuple[str, Span]],
) -> Iterator[Span]:
    """Yield the divisions of a stretch, one for what stands before its first heading."""
    first = headings[0].blocks[0].start if headings else end
    preceded = edition.view(_said, frozenset({"fw"}))[start:first].strip(WHITE_CHARS)
    if not headings or preceded:
        yield Span(start, first, "div")
    for index, heading in enumerate(headings):
        begins = heading.blocks[0].start if index or preceded else start
        later = (headings[n] for n in range(index + 1, len(headings)))
        following = next((one for one in later if one.level <= heading.level), None)
        attrs = {"type": TYPES[heading.head.style]} if heading.head.style in TYPES else {}
        if heading.blocks[0].start in ids:
            attrs["xml:id"] = ids[heading.blocks[0].start][0]
        yield Span(begins, following.blocks[0].start if following else end, "div", attrs)
