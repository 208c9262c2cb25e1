"""Why a text was read as it was: what was seen, on what evidence, and which key is over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from textwrap import wrap
from typing import NamedTuple

from encoder.annotate import names
from encoder.annotate.hyphens import breaks
from encoder.edition import Edition
from encoder.flow import flows
from encoder.model import Span, collapse
from encoder.profile import Profile

WIDTH, LABEL = 96, 12
# What is told of an element where attributes tell its kinds apart.
KINDS = {
    "fw": "type", "note": "place", "milestone": "unit", "div": "type", "list": "rend",
    "lb": "break", "pc": "force", "foreign": "xml:lang",
}  # fmt: skip
NOTED = {"bottom": "at the foot of a page or below a paragraph", "end": "at the end"}
EXAMPLE = 40


class Reason(NamedTuple):
    """What was seen of one thing, and the keys of `edition.toml` that are over it."""

    what: str
    seen: str
    keys: tuple[str, ...] = ()


def told(edition: Edition, profile: Profile, language: tuple[str, str]) -> str:
    """Return what was seen in a text and why, as lines to read.

    Args:
        profile: the policy as the project has it.
        language: the tag of the language, and the evidence for it.
    """
    source = edition.source
    head = f"{source.name}: {len(source.text):,} characters, {len(edition.layout.lines):,} lines"
    reasons = [
        *_received(edition, profile, language),
        Reason("layout", _family(edition), ("leave",)),
        *_layout(edition, profile),
    ]
    said = [line for reason in reasons for line in _lines(reason, profile)]
    return "\n".join([head, *said, *_found(edition), *_names(edition, profile)]) + "\n"


def _lines(reason: Reason, profile: Profile) -> Iterator[str]:
    tables = {item.name: item.metadata["table"] for item in fields(Profile)}
    keys = (f"[{tables[key]}] {key} = {_toml(getattr(profile, key))}" for key in reason.keys)
    for number, line in enumerate(wrap(reason.seen, WIDTH - LABEL)):
        yield f"  {'' if number else reason.what:<{LABEL}}{line}"
    yield from (f"  {'':<{LABEL}}  over it: {key}" for key in keys)


def _toml(value: object) -> str:
    return str(list(value)) if isinstance(value, tuple) else repr(value).replace("'", '"')


def _received(edition: Edition, profile: Profile, language: tuple[str, str]) -> Iterator[Reason]:
    source = edition.source
    if profile.encoding:
        yield Reason("encoding", f"{source.encoding}: the project says so", ("encoding",))
    else:
        seen = source.assumed or "the bytes say so, or --encoding does"
        yield Reason("encoding", f"{source.encoding}: {seen}", ("encoding",))
    if source.origin:
        yield Reason("made from", f"{source.origin.name}, SHA-256 {source.origin.sha256}")
    tag, evidence = language
    yield Reason("language", f"{tag or 'not known'}: {evidence}", ("language",))


def _layout(edition: Edition, profile: Profile) -> Iterator[Reason]:
    layout = edition.layout
    yield Reason(
        "lines", _wrapping(edition), ("wrapping", "open_lines", "wrap_width_max", "open_wrap_share")
    )
    yield Reason("paragraphs", _paragraphs(edition), ("paragraphs", "indent_max"))
    sign = f"{len(layout.pages)}, by a {layout.page_sign}" if layout.pages else "none seen"
    yield Reason("pages", sign, ("pages", "running_heads", "page_lines_min", "page_lines_max"))
    yield Reason("notes", _places(edition), ("notes_at",))
    letters = sum(
        div.attrs.get("type") == "letter" for div in edition.tagged("div", "floatingText")
    )
    yield Reason("letters", f"{letters:,} seen" if letters else "none seen", ("kind",))
    yield Reason("hyphens", _hyphens(edition, profile), ("hyphens", "hyphen_share", "dictionaries"))
    if layout.no_break:
        yield Reason("spaces", "nearly all are no-break spaces: plain ones", ("no_break_share",))


def _family(edition: Edition) -> str:
    """Return which of the layouts that people have this is, and by what signs."""
    layout = edition.layout
    tags = Counter(map(_kind, edition.spans))
    if tags["div licence"] or (tags["milestone notes"] and _signed(edition, "[Footnote")):
        return "an electronic edition of plain text: terms, or notes, in its brackets"
    if marks := [sign for sign in ("#", "[^", ">", "| ") if _signed(edition, sign)]:
        return f"Markdown or like it: lines begin with {', '.join(marks)}"
    if layout.pages:
        return f"pages of print, parted by a {layout.page_sign}"
    if layout.unwrapped:
        return "one paragraph a line"
    return "plain text in lines"


def _signed(edition: Edition, sign: str) -> bool:
    """Whether more than one line begins with a sign."""
    text = edition.source.text
    return sum(text.startswith(sign, line.text) for line in edition.layout.lines) > 1


def _wrapping(edition: Edition) -> str:
    layout = edition.layout
    if layout.unwrapped:
        return "not wrapped: longer than a page is wide, one paragraph each"
    opens = "; they end in a space where they end a word" if layout.wraps_open else ""
    return f"wrapped: nine in ten are at most {layout.width} characters wide{opens}"


def _paragraphs(edition: Edition) -> str:
    layout = edition.layout
    if layout.indent:
        return f"their first lines are set in by {layout.indent}"
    if layout.wraps_open:
        return "they end with a line that does not end in a space"
    return "each line is one" if layout.unwrapped else "parted by blank lines"


def _places(edition: Edition) -> str:
    """Return where the notes that a mark calls stand."""
    places = Counter(NOTED.get(note.attrs.get("place", ""), "") for note in edition.tagged("note"))
    said = [
        f"{places[where]:,} {where}" for where in dict.fromkeys(NOTED.values()) if places[where]
    ]
    return ", ".join(said) or "none seen"


def _hyphens(edition: Edition, profile: Profile) -> str:
    seen = edition.layout.hyphens
    if not seen.broken:
        lost = seen.lines and seen.lost(profile.hyphen_lost_share)
        return "no line ends in one" + ("; lines are full, so they may be lost" if lost else "")
    whose = "the printer's" if breaks(seen, profile) else "the words' own"
    return (
        f"{seen.broken:,} lines end in one, {seen.missed:,} stay short before a long word: "
        f"{whose}, where no word tells otherwise"
    )


def _found(edition: Edition) -> Iterator[str]:
    """Yield what was found and how often, with the first of each."""
    spans = sorted(edition.spans, key=lambda span: span.start)
    firsts: dict[str, Span] = {}
    for span in spans:
        firsts.setdefault(_kind(span), span)
    yield "  found"
    for kind, times in sorted(Counter(map(_kind, spans)).items()):
        yield f"{times:>10,}  {kind:<26} {_example(edition, firsts[kind])}".rstrip()


def _names(edition: Edition, profile: Profile) -> Iterator[str]:
    """Yield each name that is marked, whom it means, and what decided that."""
    streams = flows(edition)
    reasons = {
        streams[j.mention.text].span(j.mention.start, j.mention.end): names.shown(j)
        for j in names.judgements(edition, profile)
    }
    marks = sorted(edition.tagged(*names.MENTIONS), key=lambda span: span.start)
    if marks:
        yield "  names"
    for span in marks:
        machine = reasons.get((span.start, span.end), "where it stands in the text")
        reason = machine if span.by == names.BY else f"{span.by} decided so"
        where = edition.source.locate(span.start)
        words = collapse(edition.source.text[span.start : span.end])
        yield f"    {where}  {words}  {span.attrs.get('ref', 'nobody')} ({reason})"


def _kind(span: Span) -> str:
    said = span.attrs.get(KINDS.get(span.tag, "kind"), "")
    return f"{span.tag} {said}".strip()


def _example(edition: Edition, span: Span) -> str:
    """Return where the first of a kind is, and what stands there."""
    source, end = edition.source, min(span.end, span.start + EXAMPLE)
    where = source.locate(min(span.start, len(source.text)))
    return f"{where}  {collapse(source.text[span.start : end])}"
