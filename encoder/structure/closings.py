"""A letter closes with a valediction, a signature, perhaps the date, and a postscript.

A valediction is a short line that begins with the words for it, greets, or ends in a possessive
(`Ever yours`); a signature is a short line below it, of names rather than sentences. What comes
after a signature is a postscript, what came with the letter an enclosure (TEI P5 4.2.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from encoder.blocks import Block, by_line, interrupted
from encoder.bonds import had_room
from encoder.edition import Edition
from encoder.lexicon import pattern
from encoder.model import WHITE_CHARS
from encoder.profile import Profile
from encoder.structure.datelines import is_dateline
from encoder.structure.heads import COUNTED, head, underlined, worded
from encoder.structure.openings import BRACKETED, Piece, salutation
from encoder.structure.signatures import (
    NAME,
    OWNED,
    SMALL,
    WORD,
    bids,
    noted,
    signature_in,
    signs,
    translated,
)

LAST = 5  # lines of a long block in which a close is sought
SIGNERS = 5  # lines of signatures at the most
AFTER = 3  # blocks that a postscript without its sign may have
WRAPPED = 55  # columns from which a line was ended by the width of the page
SHIFT = 8  # columns by which a line of the close is set in from the text above
ENDS = '.!?:,)]”"»'
# Where somebody lives: a place, a street, the number of a house.
LIVES = re.compile(r"[^\W\d_]+(?:[ .-]+[^\W\d_]+)*, [^\W\d_][\w .-]* \d{1,4}[a-z]?\.?")
# An enclosure is named, numbered or listed: not every sentence that begins with the word is one.
SHORT = re.compile(r"^\S+(?:\s\S+){0,2}$|^\w+\.?\s?[:.(]")


class Unit(NamedTuple):
    """One or more lines of a block that read as one; `last` is how long the last of them is.

    `run`: the blocks that nothing else stands between have the same.
    """

    run: int
    block: int
    start: int
    end: int
    text: str
    indent: int
    last: int
    fresh: bool


class Closing(NamedTuple):
    """The pieces of a close, where they end, and whether it bids farewell."""

    pieces: list[Piece]
    end: int
    bids: bool


def closing(
    edition: Edition, blocks: Sequence[Block], profile: Profile, *, last: bool
) -> Closing | None:
    """Return the close among the blocks that follow a salutation.

    `last`: the letter goes on to the end of the blocks, so the last close is its own, and a
    signature may stand without one; else it is the first close that is signed.
    """
    units = list(_all_units(edition, blocks, profile))
    # A letter says something between its opening and its close (TEI P5 4.1).
    low = next((n for n, unit in enumerate(units) if unit.start > blocks[0].start), len(units))
    order = range(len(units) - 1, low - 1, -1) if last else range(low, len(units))
    bidding = [at for at in order if units[at].fresh and bids(units[at].text, profile)]
    ended = [at for at in bidding if _ended(units, at, profile)]
    # A sentence may greet others; what is signed below with a name and no full stop is surer.
    for at in sorted(ended, key=lambda at: _doubt(units, at, profile)):
        return _closed(edition, units, at, low, profile)
    if last and len(units) - 1 in bidding and not units[-1].text.endswith("."):
        return _closed(edition, units, len(units) - 1, low, profile)
    alone = _alone(blocks, units, low, profile) if last else None
    return None if alone is None else _closed(edition, units, alone, low, profile)


def _all_units(edition: Edition, blocks: Sequence[Block], profile: Profile) -> Iterator[Unit]:
    run = 0
    for index, block in enumerate(blocks):
        run += index > 0 and interrupted(edition, blocks[index - 1].start, block.start)
        if block.start in underlined(edition):
            run += 1
            continue
        yield from (unit._replace(run=run) for unit in _units(edition, index, block, profile))


def _near(above: Unit, unit: Unit) -> bool:
    """Whether a line stands in the same block as another, or in the next."""
    return unit.run == above.run and unit.block <= above.block + 1


def _units(edition: Edition, index: int, block: Block, profile: Profile) -> Iterator[Unit]:
    """Yield the lines of a block that a close may be made of; of a long block the last ones."""
    if len(block.lines) == 1:
        if len(block.text) <= profile.close_length:
            yield _unit(index, block, None, first=True)
        return
    long = len(block.text) > 2 * profile.close_length
    current: Unit | None = None
    above: Block | None = None
    for line in by_line(edition, block, slice(-LAST if long else None, None)):
        if current and above and _goes_on(edition, current, above, line):
            said = f"{current.text} {line.text}"
            current = current._replace(end=line.end, text=said, last=len(line.text))
        else:
            if current:
                yield current
            current = _unit(index, line, current, first=not long)
        above = line
    if current:
        yield current


def _unit(index: int, line: Block, above: Unit | None, *, first: bool) -> Unit:
    indent = line.lines[0].indent
    ended = above is not None and (_is_over(above) or indent - above.indent > SHIFT)
    fresh = ended or (above is None and first) or (above is not None and above.last < WRAPPED)
    return Unit(0, index, line.start, line.end, line.text, indent, len(line.text), fresh)


def _goes_on(edition: Edition, unit: Unit, above: Block, line: Block) -> bool:
    """Whether a line goes on with a unit, the one above it being its last.

    Lines set in alike do so where that one was full.
    """
    upper, lower = above.lines[0], line.lines[0]
    if line.opens and upper.open:
        return True
    if lower.indent == unit.indent > SHIFT:
        full = not had_room(edition.source.text, upper, lower, edition.layout.width)
        return full and unit.last > NAME and unit.text[-1] != ","
    if lower.indent - unit.indent > SHIFT or _is_over(unit):
        return False
    return unit.last >= WRAPPED or (line.text[0].islower() and unit.last > NAME)


def _is_over(unit: Unit) -> bool:
    """Whether a line ends what it says: with a sign for it, a comma only where there was room."""
    return unit.text[-1] in ENDS and (unit.text[-1] != "," or unit.last < WRAPPED)


def _ended(units: list[Unit], at: int, profile: Profile) -> bool:
    """Whether a signature or the date follows a valediction, or it is signed itself."""
    if signature_in(units[at].text, profile):
        return True
    if at + 1 == len(units) or not _near(units[at], units[at + 1]):
        return False
    below = units[at + 1]
    return _signs(units, at + 1, profile) or is_dateline(below.text) or noted(below.text, profile)


def _doubt(units: list[Unit], at: int, profile: Profile) -> int:
    """Say how little a line that bids farewell looks like the last of a letter."""
    below = units[at + 1] if at + 1 < len(units) else None
    if below and _near(units[at], below) and _signs(units, at + 1, profile):
        return int(below.text[-1] == ".")
    return 2


def _signs(units: list[Unit], at: int, profile: Profile) -> bool:
    """Whether a line is a signature, or the office of the one who signs below it."""
    office = units[at].text.removesuffix(",")
    if office != units[at].text:
        below = units[at + 1] if at + 1 < len(units) else None
        if below is None or below.block != units[at].block or not signs(below.text, profile):
            return False
    return signs(office, profile)


def _alone(blocks: Sequence[Block], units: list[Unit], low: int, profile: Profile) -> int | None:
    """Return the line that closes by itself: a signature, or the date at the end."""
    signed = _lone_signature(blocks, units, low, profile)
    if signed is None and len(units) > low and units[-1].fresh and is_dateline(units[-1].text):
        return len(units) - 1
    return signed


def _lone_signature(
    blocks: Sequence[Block], units: list[Unit], low: int, profile: Profile
) -> int | None:
    """Return the line that is a signature by itself: a name under the end of the text."""
    for at in range(len(units) - 1, max(len(units) - AFTER, low) - 1, -1):
        unit = units[at]
        words = [word.strip("(_*.") for word in unit.text.split()]
        named = all(w[:1].isupper() or w.casefold() in SMALL or "'" in w for w in words if w)
        glued = at and units[at - 1].block == unit.block
        above = units[at - 1].text if glued else blocks[unit.block - 1].text
        ended = above[-1] in ENDS and unit.block >= len(blocks) - AFTER
        if unit.fresh and ended and named and len(words) <= 4 and signs(unit.text, profile):
            return at
    return None


def _closed(edition: Edition, units: list[Unit], at: int, low: int, profile: Profile) -> Closing:
    first = at
    while first > low and _joins(units[first - 1], units[first], profile):
        first -= 1
    pieces: list[Piece] = []
    for here in range(first, len(units)):
        if here > first and not _near(units[here - 1], units[here]):
            break
        part = "salute" if here < at else _part(units, here, pieces, profile)
        if not part:
            break
        dated = part == "salute" and is_dateline(units[here].text)
        part = "dateline" if dated else part
        pieces += _parted(edition, units, here, part, profile)
    return Closing(pieces, pieces[-1].end, any(piece.part == "salute" for piece in pieces))


def _parted(
    edition: Edition, units: list[Unit], here: int, part: str, profile: Profile
) -> Iterator[Piece]:
    """Yield a line of the close; one that ends it is parted from its signature."""
    unit = units[here]
    below = here + 1 < len(units) and _near(unit, units[here + 1])
    bidding = unit.text[-1] == "," and below and bids(units[here + 1].text, profile)
    goes_on = bidding or (below and _signs(units, here + 1, profile))
    name = "" if part != "salute" or goes_on else signature_in(unit.text, profile)
    text, start = edition.source.text, unit.end - len(name)
    # Two elements stand apart in the TEI: so must their words in the source.
    apart = start == unit.start or text[start - 1] in WHITE_CHARS
    if not (name and apart and text[start : unit.end] == name):
        yield Piece(unit.start, unit.end, part)
        return
    said = text[unit.start : start].rstrip(WHITE_CHARS)
    if said:
        yield Piece(unit.start, unit.start + len(said), "salute")
    yield Piece(start, unit.end, "signed")


def _joins(above: Unit, unit: Unit, profile: Profile) -> bool:
    """Whether the line above belongs to the close too: it bids farewell, or is set in as it is."""
    if not _near(above, unit):
        return False
    if above.block == unit.block and unit.indent > SHIFT:
        stepped = 0 < above.indent < unit.indent and above.text[-1] == ","
        if above.indent > SHIFT or stepped:
            return True
    if above.text[-1] == "," and salutation(profile.language).match(above.text):
        return True
    if above.text[-1] == "." and len(above.text.split()) > OWNED + 1:
        return is_dateline(above.text)
    return above.fresh and (bids(above.text, profile) or is_dateline(above.text))


def _part(units: list[Unit], here: int, pieces: list[Piece], profile: Profile) -> str:
    """Say what a line of the close is; empty where the close is over."""
    unit, signed = units[here], sum(piece.part == "signed" for piece in pieces)
    if is_dateline(unit.text) and not worded(unit.text, profile):
        return "dateline"
    if not signed and bids(unit.text, profile):
        return "salute"
    if signed and LIVES.fullmatch(unit.text):
        return "address"
    if pieces and _addresses(unit, pieces[-1], profile):
        return "address"
    together = not signed or units[here - 1].block == unit.block or _again(units, here)
    if together and signed < SIGNERS and _signs(units, here, profile):
        return "signed"
    return ""


def _again(units: list[Unit], here: int) -> bool:
    """Whether a line types the name that is signed above it."""
    names, above = (
        {word.casefold() for word in WORD.findall(unit.text) if len(word) > 1}
        for unit in (units[here], units[here - 1])
    )
    return bool(names & above)


def _addresses(unit: Unit, above: Piece, profile: Profile) -> bool:
    begins = pattern("parts", "addressee", profile.language).match(unit.text)
    goes_on = above.part == "address" and len(unit.text.split()) <= 5
    named = signs(unit.text.removesuffix(","), profile)
    return bool(begins and named) or (goes_on and (named or unit.text[0].islower()))


def afterwards(
    edition: Edition,
    end: int,
    blocks: Sequence[Block],
    profile: Profile,
    *,
    signed: bool = False,
    inside: bool = False,
) -> list[Piece]:
    """Return what follows the close: postscripts, enclosures, remarks on the translation.

    `end`: of the close; what a quotation or a picture parts from it is none of these.
    `signed`: the letter goes on to the end of the blocks, so that a few more under its signature
    are a postscript even without its sign.
    `inside`: text may follow the letter, which is then none of a postscript that has its sign.
    """
    pieces: list[Piece] = []
    for index, block in enumerate(blocks):
        if interrupted(edition, pieces[-1].end if pieces else end, block.start):
            break
        part = _after(edition, block, profile)
        below = bool(pieces) and pieces[-1].part == "postscript"
        goes_on = below and index <= AFTER and not inside
        if part == "p":
            part = "postscript" if goes_on or (signed and len(blocks) - index <= AFTER) else ""
        if not part:
            break
        pieces.append(Piece(block.start, block.end, part))
    return pieces


def _counts(text: str, profile: Profile) -> bool:
    """Whether a line is the numbered heading of what comes next."""
    short = len(text) <= profile.salute_length
    return short and COUNTED.match(text) is not None and text[-1] not in ENDS


def _after(edition: Edition, block: Block, profile: Profile) -> str:
    """Say what a block behind the close is by its own form: `p` where it has none."""
    text = block.text
    if block.start in underlined(edition) or _counts(text, profile):
        return ""
    if noted(text, profile):
        return "postscript"
    if BRACKETED.fullmatch(text):
        return "editorial"
    if len(text) <= profile.heading_length:
        if translated(text, profile):
            return "byline"
        if pattern("parts", "enclosure", profile.language).match(text) and SHORT.search(text):
            return "enclosure"
    return "" if head(edition, block, profile) else "p"
