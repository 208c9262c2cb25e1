"""A heading names the division it stands over (TEI P5 4.2.1).

It is a short line by itself that says so: by Markdown's signs, by a rule under it, by the word for
a chapter with its number, by a number alone, by capitals throughout, by being centred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from encoder.blocks import Block, by_line
from encoder.edition import Edition
from encoder.forms import LETTER
from encoder.lexicon import alternation, pattern, words
from encoder.profile import Profile
from encoder.roman import NUMERAL, ROMAN
from encoder.structure.datelines import is_dateline

SIGNS = re.compile(r"#{1,6}(?=\s+\S)")
RULE = re.compile(r"={3,}|-{3,}|~{3,}|_{3,}|–{3,}|—{3,}")
NUMBERED = re.compile(rf"\s+(?:\d{{1,3}}|{ROMAN})(?:\.|:|\.?\s*[–—-]+)\s+\S", re.IGNORECASE)
SENTENCE = re.compile(rf"{LETTER}{{3,}}[.!?]\s+\S")
RUNNING_ON = re.compile(r"[.,;:]$")
GOING_ON = re.compile(r"[,;:]$")
QUOTED = re.compile(r"[\"'“”„«»‘’—–-]")
SPEAKS = re.compile(r"[\"'“”„«»]")
RULES = frozenset("=-~_–—")
CAPTION = re.compile(
    rf"\.?\s*(?:\d{{1,3}}(?:[.-]\d{{1,3}})*|{ROMAN})(?:[.:]|\s*[–—-])\s", re.IGNORECASE
)
NEAR = 6  # characters by which a rule may be longer or shorter than the heading above it
TITLE = 70  # characters of a title under a number
TRAILER = 40  # characters of what says that a text ends
EDGE = " .,:;—–-_*()[]"
WORD = re.compile(r"[^\W\d_]+")
NUMBER_SIGN = re.compile(r"[Nn](?:[oºr°]|:o)\.?|№")
ARTICLES = frozenset({"the", "den", "det"})
COUNTED = re.compile(r"((?:\d{1,2}\.)*\d{1,2})[.)]?\s+(?=[^\W\d_])")
APART = -1.0  # the rank of what stands beside the parts of a text: a preface, an appendix
SERIES = 1.5  # and of what counts under a word of its own: between chapters and a mere look
# Words that are a heading by themselves, and how far out each stands.
BY_WORD = dict.fromkeys(("front", "back", "beside", "contents", "index"), APART) | {
    "abstract": 4.0,
    "notes": 3.0,
}
EDITORS = frozenset({"contents", "notes", "index"})
LINES = 3  # of a heading at the most
BRIEF, LONGER = 4, 3  # words of a title, and times as long as it what stands below is at the least
SENTENCES = re.compile(r"(?<![^\W_])[^\W_]{3,}[.!?]\s+\S.*\.")
BESIDE = 3  # words between the word for a chapter and the beginning: "the end of the first book"
JOINED = r"(?:[-‐\s]?(?:und|og|och|en|et|y|e|and)?[-‐\s]?)"  # what joins the words of a number
SET_IN_SHARE = 0.7  # of printed lines that text is set in by: the others are headings and furniture
SET_IN = 6  # columns: less may be a paragraph's indent


class Head(NamedTuple):
    """What a heading is.

    `rank`: how far out it stands among others, 0 outermost; `style`: what headings of one kind
    share; `level`: how deep it says it lies, 0 where it does not say; `bare`: it only counts, so
    that a title may follow; `named`: it bears the word for what it heads.
    """

    rank: float
    style: str
    level: int = 0
    bare: bool = False
    named: bool = False


def head(edition: Edition, block: Block, profile: Profile) -> Head | None:
    """Return what heading a block is, if it is one by its own form."""
    text = edition.source.text
    if signs := SIGNS.match(text, block.start, block.end):
        depth = len(signs.group())
        return Head(depth, signs.group(), depth)
    if len(block.text) > profile.heading_length or len(block.lines) > LINES:
        return _told(block.text, profile)
    found = worded(block.text, profile) or _counted_above(edition, block, profile)
    return found or (None if _captions(block.text) else _looking(edition, block))


def _counted_above(edition: Edition, block: Block, profile: Profile) -> Head | None:
    """Return the heading whose first line only counts, its title right below it."""
    if len(block.lines) == 1:
        return None
    above, *below = by_line(edition, block)
    found = worded(above.text, profile)
    named = found and found.bare and found.named
    brief = all(len(line.text.split()) <= BRIEF for line in below)
    entitled = len(below) == 1 and below[0].text[-1].isalnum() and len(below[0].text) <= TITLE
    return found if named and (brief or entitled) else None


def _captions(text: str) -> bool:
    """Whether a line says what a table or a picture shows: `Table 1: …`, in any language."""
    word = pattern("parts", "caption", "").match(text)
    return word is not None and CAPTION.match(text, word.end()) is not None


def worded(text: str, profile: Profile) -> Head | None:
    """Return the heading that a line is by its words."""
    said = text.strip(EDGE)
    for key, rank in BY_WORD.items():
        # An editor may head these in another language than the text's.
        if pattern("parts", key, "" if key in EDITORS else profile.language).fullmatch(said):
            return Head(rank, key)
    if NUMERAL.fullmatch(text.strip("_* ")):
        return Head(2, "number", bare=True)
    return _named(text, profile)


def _named(text: str, profile: Profile) -> Head | None:
    """Return a heading that bears the word for a division and its number, in figures or words."""
    for key, rank in (("part", 0), ("chapter", 1), ("section", 3)):
        word = pattern("parts", key, profile.language).search(text[: profile.heading_length])
        if word and _numbered(text, word, profile):
            rest = text[word.end() :].strip(EDGE)
            said = [one for one in WORD.findall(rest) if one.casefold() not in ARTICLES]
            bare = len(said) <= 1 and not SENTENCE.search(text)
            return Head(rank, word.group().casefold(), bare=bare, named=True)
    appended = pattern("parts", "back", profile.language).match(text)
    if appended and _like_title(text) and len(WORD.findall(text)) <= 8:
        return Head(APART, "back")
    return None


def _told(text: str, profile: Profile) -> Head | None:
    """Return the heading that is as long as a sentence: what a chapter tells, under its number."""
    if len(text) > profile.argument_length:
        return None
    word = pattern("parts", "chapter", profile.language).match(text)
    number = NUMBERED.match(text, word.end()) if word else None
    return Head(1, word.group().casefold()) if word and number else None


def _numbered(text: str, word: re.Match[str], profile: Profile) -> bool:
    """Whether a number stands right beside the word for a division, and no sentence around it."""
    before = text[: word.start()].strip(EDGE).split()
    after = text[word.end() :].strip(" ,:—–-").split()
    if not text[:1].isupper() and not text[:1].isdigit():
        return False
    if not before:
        return bool(after) and _counts(after[0], ("ordinal", "cardinal"), profile)
    if len(before) > BESIDE or SENTENCE.search(text):
        return False
    counted = any(_counts(one, ("ordinal",), profile) for one in before)
    return counted and (not after or text[word.end()] in ".:,—–-")


def _counts(word: str, keys: tuple[str, ...], profile: Profile) -> bool:
    """Whether a word is a number, or stands before one: `No.`, `the`.

    A small letter by itself is a word: `i`, `d'`.
    """
    bare = word.strip(EDGE)
    if not bare or word[-1:] in "!?":
        return False
    if NUMERAL.fullmatch(word):
        return len(bare) > 1 or not bare.islower()
    if NUMBER_SIGN.fullmatch(word) or bare.casefold() in ARTICLES:
        return True
    return number_words(keys, profile.language).fullmatch(bare) is not None


@cache
def number_words(keys: tuple[str, ...], language: str) -> re.Pattern[str]:
    """Return a pattern for numbers in words, those made of others too: `twenty-first`.

    The last of them is one of `keys`: `ordinal`, `cardinal`.
    """
    parts = alternation(
        {*words("parts", "ordinal", language), *words("parts", "cardinal", language)}
    )
    last = alternation(word for key in keys for word in words("parts", key, language)) or "(?!)"
    return re.compile(rf"(?:(?:{parts or '(?!)'}){JOINED})*(?:{last})", re.IGNORECASE)


def counted(block: Block, above: Block | None, below: Block | None) -> Head | None:
    """Return the heading that a short line with a number is, where running text follows it.

    Numbers that follow each other with nothing between them are those of a list.
    """
    number = COUNTED.match(block.text)
    before = COUNTED.match(above.text) if above else None
    if number and before and before[1].count(".") == number[1].count("."):
        return None
    if not number or below is None or len(block.lines) > 1 or len(block.text) > TITLE:
        return None
    if is_dateline(block.text):
        return None
    if not (block.text[-1].isalnum() or block.text[-1] in ')”"»'):
        return None
    depth, following = number[1].count("."), COUNTED.match(below.text)
    if following and following[1].count(".") <= depth:
        return None
    longer = len(below.text) > TITLE or len(below.lines) > 1 or below.text[-1] in ".!?:"
    return Head(2 + depth, f"counted{depth}") if longer or following else None


def _looking(edition: Edition, block: Block) -> Head | None:
    """Return the heading that a block is by the look of it."""
    if in_capitals(block.text):
        return Head(2, "capitals")
    if centred(edition, block) and _like_title(block.text):
        return Head(3, "centred")
    return None


def set_off(edition: Edition, block: Block, below: Block | None) -> Head | None:
    """Return the heading that a line is by the white around it: more above it than is usual."""
    if below is None or len(block.lines) > 1 or len(block.text) > TITLE or block.note:
        return None
    white = edition.view(_white_above, frozenset())
    above = white.get(block.start, 0)
    if above <= edition.view(_usual, frozenset()) or not white.get(below.start):
        return None
    return Head(SERIES, "set off") if _names(block.text) and not below.lines[0].indent else None


def outdented(edition: Edition, block: Block, below: Block | None) -> Head | None:
    """Return the heading that a line at the margin is where all text below it is set in."""
    usual = edition.view(_usual_indent, frozenset())
    if not usual or below is None or len(block.lines) > 1 or len(block.text) > TITLE:
        return None
    hangs = block.lines[0].indent < usual <= below.lines[0].indent
    return Head(2, "outdented") if hangs and _names(block.text) else None


def _usual_indent(edition: Edition) -> int:
    """Return how far nearly all printed lines are set in; 0 where some are flush."""
    indents = Counter(line.indent for line in edition.layout.lines if not line.blank)
    usual = max(indents, key=lambda n: (indents[n], n), default=0)
    deep = sum(times for indent, times in indents.items() if indent >= usual)
    return usual if deep >= SET_IN_SHARE * indents.total() else 0


def _names(text: str) -> bool:
    """Whether a line could name something: no sign parts it, begins it or ends it."""
    return _like_title(text) and text[0].isalnum() and text[-1].isalnum() and "," not in text


def _white_above(edition: Edition) -> Mapping[int, int]:
    """Return how many blank lines stand above each line that has some above it."""
    found, white = {}, 0
    for line in edition.layout.lines:
        if not line.blank and white:
            found[line.text] = white
        white = white + 1 if line.blank else 0
    return found


def _usual(edition: Edition) -> int:
    """Return how many blank lines usually part paragraphs; where nothing is usual, never fewer."""
    white = edition.view(_white_above, frozenset())
    times = Counter(white.values())
    usual = max(times, key=lambda n: (times[n], n), default=0)
    return usual if 2 * times[usual] > len(white) else max(times, default=0)


def in_capitals(text: str) -> bool:
    """Return whether a line is in capitals throughout, and neither runs on nor is quoted."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 3 or text.upper() != text:
        return False
    return not (SPEAKS.match(text) or GOING_ON.search(text.rstrip(" -–—")))


def _like_title(text: str) -> bool:
    first = WORD.search(text)
    return first is not None and first[0][0].isupper() and text[-1] not in ",;:"


def titled(text: str) -> bool:
    """Return whether most words of a line have a capital, as titles may."""
    said = [word for word in WORD.findall(text) if len(word) > 1]
    capital = sum(word[0].isupper() for word in said)
    return bool(said) and said[0][0].isupper() and 5 * capital >= 3 * len(said)


def centred(edition: Edition, block: Block) -> bool:
    """Return whether each line of a block stands in the middle of the text's width.

    Where nearly all text is set in, that width begins there.
    """
    if edition.layout.unwrapped:
        return False
    measure, margin = edition.layout.width, edition.view(_usual_indent, frozenset())
    room = ((line.indent - margin, measure - (line.stop - line.start)) for line in block.lines)
    return all(left >= SET_IN and abs(left - right) <= SET_IN for left, right in room)


def underlined(edition: Edition) -> Mapping[int, int]:
    """Return where each heading with a rule under it begins, and where its rule ends.

    The rule stands in the next line and is about as long.
    """
    return edition.view(_underlined, frozenset())


def _underlined(edition: Edition) -> dict[int, int]:
    found = {}
    lines, text = edition.layout.lines, edition.source.text
    for index, rule in enumerate(lines[1:], 1):
        above = lines[index - 1]
        if rule.blank or above.blank or text[rule.text] not in RULES:
            continue
        said, ruled = above.stop - above.text, rule.stop - rule.text
        alone = index < 2 or lines[index - 2].blank
        if (
            alone
            and said - NEAR <= ruled <= said + NEAR
            and RULE.fullmatch(text, rule.text, rule.stop)
        ):
            found[above.text] = rule.stop
    return found


def subtitle(edition: Edition, above: Block, block: Block, below: Block) -> bool:
    """Return whether a line under a heading that only counts is the title it counts.

    It has the look of a title, no stop, or few words over many; or it stands right under the number
    with a gap below. Two sentences are none.
    """
    if len(block.lines) > LINES or len(block.text) > TITLE or block.text[-1] in ",;:":
        return False
    if QUOTED.match(block.text) or not block.text[0].isalnum() or SENTENCES.search(block.text):
        return False
    if len(below.text) < len(block.text) and len(below.lines) == 1:
        return False
    glued = above.lines[-1].end == block.start - block.lines[0].indent
    apart = block.lines[-1].end < below.start - below.lines[0].indent
    brief = len(block.text.split()) <= BRIEF and len(below.text) > LONGER * len(block.text)
    named = block.text[-1].isalnum() or (brief and block.text[-1] not in "?!")
    return titled(block.text) or named or centred(edition, block) or (glued and apart)


def ends(text: str) -> bool:
    """Return whether a line says that the text, or a part of it, ends."""
    said = text.strip(" _*[]().,:!-—–")
    match = pattern("parts", "finis", "").match(said) if len(said) <= TRAILER else None
    if match is None:
        return False
    rest = said[match.end() :]
    parts = (pattern("parts", key, "") for key in ("part", "chapter"))
    return not rest or any(words.search(rest) for words in parts)
