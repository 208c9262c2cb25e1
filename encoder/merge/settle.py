"""A place that both sides changed: what can stand for both, or that nothing can.

Both stand where they said the same, where they spoke of different attributes of one element,
where one corrected a word that the other now records with its correction, and where what they
changed lies side by side and only one of them touched words.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from encoder.merge.align import Hunk, Region
from encoder.merge.tokens import Attributes, Token, tagged

Row = list[Token]
SAID = frozenset({"sic", "orig", "abbr"})  # what gives way to what an editor reads. TEI P5 3.5


def settled(region: Region, base: Row, theirs: Row, ours: Row) -> Row | None:
    """Return the tokens that say what both sides meant; None where they contradict each other."""
    was, one, two = base[region.base], theirs[region.first], ours[region.second]
    if keys(one) == keys(two):
        return one
    # A word that was corrected by hand, and nothing else, is now a decision.
    if words(two, without=SAID) == words(one) != words(was) and markup(one) == markup(was):
        return two
    return _one_by_one(was, one, two) or _side_by_side(region, base, theirs, ours)


def keys(row: Row) -> list[object]:
    """Return what tokens mean."""
    return [token.key for token in row]


def words(row: Sequence[Token], without: Set[str] = frozenset()) -> str:
    """Return the words and spaces of tokens as one text, `without` what some elements hold."""
    within, kept = 0, list[str]()
    for token in row:
        if token.name in without:
            within += {"start": 1, "end": -1}[token.kind]
        elif within <= 0 and token.kind in ("word", "space"):
            kept.append(str(token.key))
    return "".join(kept)


def markup(row: Sequence[Token]) -> list[object]:
    """Return what is neither a word nor a space."""
    return [token.key for token in row if token.kind not in ("word", "space")]


def _one_by_one(was: Row, one: Row, two: Row) -> Row | None:
    """Return the tokens where each of them was changed by one side only, or in its attributes."""
    if not len(was) == len(one) == len(two):
        return None
    made = [_token(*three) for three in zip(was, one, two, strict=True)]
    return [token for token in made if token] if all(made) else None


def _token(was: Token, one: Token, two: Token) -> Token | None:
    if was.key == two.key:
        return one
    if one.key in (was.key, two.key):
        return two
    if {was.kind, one.kind, two.kind} != {"start"} or not was.name == one.name == two.name:
        return None
    return _tag(was.attributes, one, two.attributes)


def _tag(was: Attributes, one: Token, two: Attributes) -> Token | None:
    """Return a start tag with what either side says of its element."""
    said = Attributes()
    for name in dict.fromkeys([*one.attributes, *two]):
        old, mine, other = was.get(name), one.attributes.get(name), two.get(name)
        if mine != other and old not in (mine, other):
            return None
        value = other if mine == old else mine
        said |= {name: value} if value is not None else {}
    raw, key = tagged(one.name, said), ("start", one.name, tuple(sorted(said.items())))
    return Token("start", f"{raw[:-1]}/>" if one.raw.endswith("/>") else raw, key, one.lead, one.at)


def _side_by_side(region: Region, base: Row, theirs: Row, ours: Row) -> Row | None:
    """Return both changes one after the other, if they lie apart and one is of markup only."""
    if _touch_words(region.one, base, theirs) and _touch_words(region.two, base, ours):
        return None
    row, at, left = list[Token](), region.base.start, region.first.start
    for hunk, copy in sorted(
        [(hunk, theirs) for hunk in region.one] + [(hunk, ours) for hunk in region.two],
        key=lambda pair: pair[0][:2],
    ):
        if hunk.start < at or (row and hunk.start == hunk.end and _taken(region, hunk)):
            return None
        row += theirs[left : left + hunk.start - at]
        row += copy[hunk.left : hunk.right]
        left += hunk.start - at
        left += hunk.right - hunk.left if copy is theirs else hunk.end - hunk.start
        at = hunk.end
    return row


def _taken(region: Region, hunk: Hunk) -> bool:
    """Whether both sides put something in at one place, so that nobody knows which comes first."""
    points = [h.start for h in (*region.one, *region.two) if h.start == h.end]
    return points.count(hunk.start) > 1


def _touch_words(hunks: Sequence[Hunk], base: Row, copy: Row) -> bool:
    return any(
        words(base[hunk.start : hunk.end]) != words(copy[hunk.left : hunk.right]) for hunk in hunks
    )


def excerpt(row: Sequence[Token], most: int = 80) -> str:
    """Return tokens as they are written, shortened for a message."""
    text = " ".join("".join(token.lead + token.raw for token in row).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
