"""A speech is what somebody in a play says, under or behind the speaker's name.

The name is in capitals, or in the signs of emphasis: with a point or colon before the words, or
alone on the line above them; how the words are said may stand beside it. Names count only where
several speeches begin so, most of them near the next, and somebody speaks twice (TEI P5 7.2.2).
Where a heading says that the text is a play, they may be written as names elsewhere are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from encoder.blocks import Block, blocks
from encoder.edition import Edition
from encoder.lexicon import pattern
from encoder.profile import Profile
from encoder.read.layout import Line
from encoder.structure.heads import worded

# What may be a capital: what is small in Latin script is none; the others are asked again.
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
TITLE = r"(?:MM?|M[rR][sS]?|M[mM][eE]|M[lL]{2}[eE]|D[rR]|S[tT]|S[rR]|F[rR]|H[rR])(?:\.\s?|\s)"
BETWEEN = frozenset("and et und och og e y en и".split())
AND = rf"(?:\s(?:{'|'.join(sorted(BETWEEN))}|&)|,)?"
NAME = (
    rf"(?:{TITLE})?(?:\d{{1,2}}\w{{0,2}}\s)?(?:{CAPITAL}\.\s?){{0,3}}{CAPITAL}{{2,}}"
    rf"(?:{AND}[ '’-]{CAPITAL}+){{0,4}}(?:\s\d{{1,2}})?"
)
WRITTEN = rf"(?:\d\.?\s)?{CAPITAL}[\w'’-]+(?:{AND}\s(?:{CAPITAL}[\w'’-]+|\d)){{0,3}}"
MARKED = r"(?P<sign>[*_]{1,2})(?P<said>(?:\d{1,2}\.?\s)?[^\W\d_][^*_.:\r\n]{0,40})[.:]?(?P=sign)"
# A dash may be glued to the name's point and to what is said: `ROSA.—¿Qué dice?`
END = r"(?:(?P<dash>\s?[–—]|--)?(?=[\s,]|\Z)|(?P<glue>(?<=[.:_*])(?:[–—]|--))(?=\S))"
# Apart from the name: what is glued to it, as in `OWNER(S)`, is none.
HOW = r"\s(?P<how>[(\[][^()\[\]\r\n]{1,200}[)\]][.:]?)"
SPEAKER, NAMED = (
    re.compile(rf"(?:(?P<name>{name})|{MARKED})(?P<end>[.:]?(?:{HOW})?){END}")
    for name in (NAME, WRITTEN)
)
# How the words are said: behind a comma, up to the end of the line.
BESIDE = re.compile(r",\s[^\W\d_A-Z][^\r\n]{2,90}")
# The same, up to a dash: `MADAME PIPELET, entrant. — Vous êtes seul ?`
DASHED = re.compile(r",\s[^\W\d_A-Z][^\r\n–—]{2,90}[.:]\s?[–—](?=\s)")
COURTESY = re.compile(TITLE)
WORDS = re.compile(r"\w+")
ENDED = re.compile(r"[.!?…:)\]”\"»’_*–—-]$")
FIRST = frozenset("*_0123456789")
NEXT = 2  # blocks from most speeches to the next at the most: the name may be one by itself


class Speech(NamedTuple):
    """A speech: its name, the line it begins, and the number of the block that is in.

    `named` and `begins` are where the name ends, and what is beside it: how the words are said. The
    name may be a block by itself, and the words the next.
    """

    name: str
    line: Line
    named: int
    begins: int
    block: int


def speeches(edition: Edition, body: Sequence[Block], profile: Profile) -> list[Speech]:
    """Return the speeches that begin in blocks, in their order; none where it is no play.

    In a play a name with words behind it begins one wherever it stands.
    """
    found = _borne_out(edition, body, list(_candidates(edition, body, profile, SPEAKER)), profile)
    if found or not _staged(edition, profile):
        return found
    named = list(_candidates(edition, body, profile, NAMED))
    return _borne_out(edition, body, _no_words(edition, named), profile)


def _borne_out(
    edition: Edition, body: Sequence[Block], found: list[Speech], profile: Profile
) -> list[Speech]:
    """Return the speeches if there are as many, and as near each other, as in a play."""
    times = Counter(speech.name for speech in found)
    known = [one for one in found if times[one.name] > 1 or _leads(body, one)]
    times = Counter(speech.name for speech in known)
    enough = len(known) >= profile.drama_speeches and len(times) > 1
    if not enough or max(times.values()) == 1 or not _answer(known):
        return []
    text = edition.source.text
    return [one for one in found if times[one.name] or _ends_name(text, one)]


def _ends_name(text: str, speech: Speech) -> bool:
    """Whether words stand behind a name, or a point or colon that parts it from those below."""
    return speech.line.stop > speech.begins or text[speech.begins - 1] in ".:"


def _staged(edition: Edition, profile: Profile) -> bool:
    """Whether a cast list or the heading of an act or a scene says that a text is a play."""
    act = pattern("parts", "act", profile.language)
    return any(edition.tagged("castList")) or any(
        len(block.text) <= profile.heading_length
        and act.search(block.text) is not None
        and worded(block.text, profile) is not None
        for block in blocks(edition)
    )


def _no_words(edition: Edition, found: Sequence[Speech]) -> list[Speech]:
    """Return the speeches of those who speak twice, and whose names are no words of the text.

    Who speaks once does so where it is said how: `Merchant (enters). Good day!`
    """
    times = Counter(speech.name for speech in found)
    words = Counter(WORDS.findall(edition.source.text))
    twice = [one for one in found if times[one.name] > 1 and words[one.name] < times[one.name]]
    how = [one for one in found if times[one.name] == 1 and one.named < one.begins < one.line.stop]
    return sorted((*twice, *how), key=lambda one: one.line)


def _answer(known: Sequence[Speech]) -> bool:
    """Whether most speeches are near the next, as answers are, and warnings in a manual are not."""
    return median(below.block - above.block for above, below in pairwise(known)) <= NEXT


def _leads(body: Sequence[Block], speech: Speech) -> bool:
    """Whether a name begins a block that has its words as well."""
    lines = body[speech.block].lines
    return lines[0] is speech.line and lines[-1].stop > speech.begins


def _candidates(
    edition: Edition, body: Sequence[Block], profile: Profile, speaker: re.Pattern[str]
) -> Iterator[Speech]:
    """Yield what may be speeches: a name, and words behind it or in the next line or block."""
    text = edition.source.text
    for index, block in enumerate(body):
        for above, line in zip((None, *block.lines), block.lines, strict=False):
            if not (text[line.text].isupper() or text[line.text] in FIRST):
                continue
            if above and not ENDED.search(text[above.text : above.stop]):
                continue
            goes_on = line is not block.lines[-1] or index + 1 < len(body)
            match = speaker.match(text, line.text, line.stop)
            speech = match and _speech(match, line, index, goes_on=goes_on)
            if speech and not _is_else(speech, text[line.text : line.stop], profile):
                yield speech


def _is_else(speech: Speech, line: str, profile: Profile) -> bool:
    """Whether a line is a heading, or says what is to be done."""
    directs = pattern("parts", "direction", profile.language).match(speech.name)
    sets = pattern("parts", "setting", profile.language).fullmatch(speech.name)
    return bool(directs or sets) or worded(line, profile) is not None


def _speech(match: re.Match[str], line: Line, block: int, *, goes_on: bool) -> Speech | None:
    """Return the speech that a line begins: a name, and words, or room for them, behind it."""
    capital = match["name"] and _in_capitals(match["name"])
    if not (match["said"] or capital or (match.re is NAMED and match["end"])):
        return None
    name = " ".join(WORDS.findall((match["name"] or match["said"]).casefold()))
    place = match.end(), line.stop
    beside = DASHED.match(match.string, *place) or BESIDE.fullmatch(match.string, *place)
    begins = beside.end() if beside else match.start("glue") if match["glue"] else match.end()
    end = match.end() + 1 if beside else begins
    if begins == line.stop:
        spoken = goes_on
    else:
        spoken = bool(match["end"] or match["dash"] or match["said"] or beside)
    named = match.start("how") if match["how"] else end
    return Speech(name, line, named, begins, block) if spoken else None


def _in_capitals(name: str) -> bool:
    """Whether a name is in capitals, but for words of courtesy and those between names."""
    words = WORDS.findall(COURTESY.sub("", name))
    return all(word == word.upper() or word in BETWEEN for word in words)
