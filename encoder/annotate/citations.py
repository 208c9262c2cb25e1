"""A citation names a work so that it can be found (TEI P5 3.12): author, title, volume, page.

A phrase in quotation marks is no title by itself. It is one where the work it stands in follows, or
where the word before it says what it is (an article, a book). A title without marks is known by
the volume or page after it. The marks stay in the text, outside the title, and so do the words
between the parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from encoder.edition import Edition
from encoder.flow import Flow, flows
from encoder.lexicon import words
from encoder.model import Span
from encoder.profile import Profile

BY = "tei-encoder"
SHORTEST, LONGEST = 2, 300  # characters of a title: what is longer is a quotation
REACH = 160  # characters before ", p. 12" in which author and title are looked for
PARTS_MAX = 8  # author, title, place, publisher, volume, issue, pages, and one more
AUTHOR_WORDS = 4
MARKS = (("”", "”"), ("“", "”“"), ("„", "“”"), ("«", "»"), ("»", "«»"), ('"', '"'))
QUOTED = re.compile(
    "|".join(
        rf"{opening}[^\n{opening}{closing}]{{{SHORTEST},{LONGEST}}}[{closing}]"
        for opening, closing in MARKS
    )
)
TEXT = r"(?:[^\W\d_]\. ?){0,3}[^\W_][^\n,.;:()\[\]”“„«»\"]{1,120}"
NUMBER = r"(?:\d[\d–-]{0,15}|[IVXLC]{1,8})(?!\w)"
# Behind these a reference may begin: brackets, quotation marks, the full stop of no initial.
BOUNDARY = re.compile(r"[(\[;:”“»«\"\n]|[^\W\d_]{3}\. ")
ENDS = (".", ";", ")", "]", "\n", "")
SCOPES = ("volume", "issue", "page")
LEVELS = ("a", "m", "j")


class Part(NamedTuple):
    """A part of a reference as it stands in a flow: `title m`, `author`, `biblScope page`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of references in one language, as patterns."""

    see: re.Pattern[str]
    within: re.Pattern[str]
    part: re.Pattern[str]
    scope: re.Pattern[str]
    levels: tuple[tuple[str, re.Pattern[str]], ...]


def find(edition: Edition, profile: Profile) -> Iterator[Span]:
    """Yield the works each flow cites, the whole of a reference before its parts."""
    terms = _terms(profile.language or edition.metadata.language)
    for flow in flows(edition):
        done = 0
        for reference in sorted(_references(flow, terms), key=lambda parts: parts[0].start):
            if reference[0].start >= done:
                yield from (_span(flow, part) for part in reference)
                done = reference[0].end


def _span(flow: Flow, part: Part) -> Span:
    tag, _, value = part.kind.partition(" ")
    attrs = {("level" if tag == "title" else "unit"): value} if value else {}
    return Span(*flow.span(part.start, part.end), tag, attrs, by=BY, cert="high")


def _references(flow: Flow, terms: Terms) -> Iterator[Sequence[Part]]:
    """Yield the parts of each reference, its whole first; a bare title is its own whole."""
    for quoted in QUOTED.finditer(flow.text):
        if found := _article(flow, terms, quoted) or _named(flow.text, terms, quoted):
            yield found
    for scope in terms.scope.finditer(flow.text):
        if found := _book(flow.text, terms, scope.start()):
            yield found


# A title in quotation marks.


def _title(quoted: re.Match[str], level: str) -> Part | None:
    """Return the title between quotation marks, if what they enclose can be one."""
    inner = quoted.group()[1:-1].strip(" ,")
    if not inner[:1].isupper() or inner[-1] in ".!…":
        return None
    start = quoted.string.index(inner, quoted.start())
    return Part(f"title {level}", start, start + len(inner))


def _named(text: str, terms: Terms, quoted: re.Match[str]) -> Sequence[Part]:
    """Read `article “Title”`: the word before the title says what it is."""
    window = text[max(quoted.start() - 40, 0) : quoted.start()]
    for level, pattern in terms.levels:
        if (title := _title(quoted, level)) and pattern.search(window):
            return [title]
    return []


def _article(flow: Flow, terms: Terms, quoted: re.Match[str]) -> Sequence[Part]:
    """Read `“Article”, in Author, Book, vol. 3, p. 12`."""
    within = terms.within.match(flow.text, quoted.end())
    title = _title(quoted, "a") if within else None
    if not within or not title:
        return []
    parts = _parts(flow.text, within.end(), terms)
    cited = _cited(flow.text, parts)
    if not cited or not (_scoped(parts) or _is_reference(flow, terms, quoted, parts[-1].end)):
        return []
    return [Part("bibl", quoted.start(), parts[-1].end), title, *cited]


def _is_reference(flow: Flow, terms: Terms, quoted: re.Match[str], end: int) -> bool:
    """Whether a quotation begins a reference: it opens a note, or `see` stands before it."""
    before = flow.text[max(quoted.start() - 20, 0) : quoted.start()]
    opens_note = flow.note is not None and before in ("", "\n")
    closed = flow.text[end : end + 1] in ENDS
    return closed and (opens_note or bool(terms.see.search(before)))


def _parts(text: str, at: int, terms: Terms) -> Sequence[Part]:
    """Return the parts between commas that begin at `at`, until something else is said."""
    parts: list[Part] = []
    while len(parts) < PARTS_MAX and (match := terms.part.match(text, at)):
        kind = match.lastgroup or ""
        if kind == "text" and not match.group()[0].isupper():
            break
        parts.append(Part(kind if kind == "text" else f"biblScope {kind}", *match.span()))
        if text[match.end() : match.end() + 2] != ", ":
            break
        at = match.end() + 2
    return parts


def _scoped(parts: Iterable[Part]) -> bool:
    return any(part.kind.startswith("biblScope") for part in parts)


def _cited(text: str, parts: Sequence[Part]) -> Sequence[Part]:
    """Say which parts are the author and the title of the book; the others stay text."""
    if not parts or parts[0].kind != "text":
        return []
    journal = any(part.kind == "biblScope issue" for part in parts)
    level = "title j" if journal else "title m"
    scopes = [part for part in parts if part.kind != "text"]
    if len(parts) > 1 and parts[1].kind == "text" and _is_author(text, parts[0]):
        return [parts[0]._replace(kind="author"), parts[1]._replace(kind=level), *scopes]
    return [parts[0]._replace(kind=level), *scopes]


def _is_author(text: str, part: Part) -> bool:
    """Whether words can be a person's name: few, capitalised but for particles, no numbers."""
    names = text[part.start : part.end].split()
    return 0 < len(names) <= AUTHOR_WORDS and all(map(_is_name, names))


def _is_name(word: str) -> bool:
    numbered = any(map(str.isdigit, word))
    return (word[0].isupper() and not numbered) or word in words("citations", "particles", "")


# A title without marks, known by the volume or page that follows.


def _book(text: str, terms: Terms, at: int) -> Sequence[Part]:
    """Read `Author, Book, vol. 3, p. 12` from where it begins to what follows the comma at `at`."""
    start, sure = _beginning(text, terms, at)
    if "," not in text[start:at]:
        start, sure = (start, True) if sure else _behind_in(text, terms, start, at)
    elif not sure:
        start, sure = _name_before(text, start, at)
    parts = _parts(text, start, terms) if sure else []
    if not parts or not _scoped(parts) or not text[start].isupper():
        return []
    return [Part("bibl", start, parts[-1].end), *_cited(text, parts)]


def _beginning(text: str, terms: Terms, at: int) -> tuple[int, bool]:
    """Return where a reference may begin before `at`, and whether `see` or a bracket shows it."""
    start, sure = max(at - REACH, 0), False
    for boundary in BOUNDARY.finditer(text, start, at):
        start, sure = boundary.end(), boundary.group() in "(["
    see = terms.see.search(text[start:at])
    return (start + see.end(), True) if see else (start, sure)


def _behind_in(text: str, terms: Terms, start: int, at: int) -> tuple[int, bool]:
    """Return where a title begins behind `in`, as in `writes in Capital, vol. 1`."""
    for within in terms.within.finditer(text, start, at):
        if text[within.end()].isupper():
            return within.end(), True
    return start, False


def _name_before(text: str, start: int, at: int) -> tuple[int, bool]:
    """Return where the author's name before the last comma begins."""
    comma = text.rfind(",", start, at)
    here = comma
    for word in reversed(list(re.finditer(r"\S+", text[start:comma]))[-AUTHOR_WORDS:]):
        if not _is_name(word.group()) or word.group().endswith(","):
            break
        here = start + word.start()
    return here, here < comma


@cache
def _terms(language: str) -> Terms:
    """Return the patterns of a language; of all languages where none is known."""
    scopes = "|".join(f"(?P<{unit}>{_any(unit, language)}{NUMBER})" for unit in SCOPES)
    unnamed = re.sub(r"\?P<\w+>", "?:", scopes)
    levels = (
        (level, re.compile(rf"(?<!\w){_word(level, language)},? $", re.IGNORECASE))
        for level in LEVELS
    )
    return Terms(
        see=re.compile(rf"(?<!\w){_word('see', language)},? ", re.IGNORECASE),
        within=re.compile(rf",? {_word('in', language)}:? "),
        part=re.compile(f"{scopes}|(?P<text>{TEXT})"),
        scope=re.compile(f", (?:{unnamed})"),
        levels=tuple(levels),
    )


def _word(key: str, language: str) -> str:
    """Return a pattern for any word of a kind, as it is written or with a capital."""
    known = words("citations", key, language)
    forms = {form for word in known for form in (word, word[0].upper() + word[1:])}
    inner = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return rf"(?:{inner or '(?!)'})\.?"


def _any(unit: str, language: str) -> str:
    return f"{_word(unit, language)} ?"
