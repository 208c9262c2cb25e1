"""The encoding description says what was done with the text, and by which rules (TEI P5 2.3).

It is written from the policy that was followed and from the spans that were found, so what is
declared and what was done cannot differ.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields

from lxml import etree

from encoder import __version__
from encoder.edition import Edition
from encoder.profile import Profile
from encoder.write.elements import TEI, add, say

PROGRAM = "tei-encoder"
# Said elsewhere in the header, or seen in the text.
ELSEWHERE = frozenset({"language", "encoding", "lines"})
PROJECT = "Encoded from plain text as a TEI edition."


def encoding_desc(
    root: etree._Element,
    edition: Edition,
    profile: Profile,
    used: Mapping[str, int],
    schema: str,
) -> None:
    """Add the `<encodingDesc>` of an edition to its header."""
    desc = add(root, "encodingDesc")
    say(desc, "projectDesc", edition.metadata.project or PROJECT)
    _editorial_decl(desc, edition, profile)
    _tags_decl(desc, profile, used)
    _char_decl(desc, edition)
    _app_info(desc)
    add(desc, "schemaRef", type="rng", url=schema)


def _editorial_decl(desc: etree._Element, edition: Edition, profile: Profile) -> None:
    decl = add(desc, "editorialDecl")
    say(decl, "correction", _corrections(edition), method="markup")
    say(decl, "normalization", _normalization(edition), _spaces(edition))
    eol, hyphens = _hyphenation(edition)
    say(decl, "hyphenation", hyphens, _lists(edition), eol=eol)
    say(decl, "quotation", "Quotation marks are kept as in the source.", marks="all")
    say(decl, "interpretation", _interpretation(edition), _settings(profile, "editorial"))
    say(decl, "segmentation", _pages(edition), _settings(profile, "reading"))
    say(
        decl,
        "punctuation",
        "All signs of the source are kept; those that markup stands for are in @n and @rend.",
        marks="all",
    )


def _corrections(edition: Edition) -> str:
    count = sum(span.reading is not None for span in edition.tagged("sic"))
    if not count:
        return "Nothing was corrected."
    what = _number(count, "correction")
    return f"{what} beside the words of the source, with who answers for it."


def _normalization(edition: Edition) -> str:
    count = sum(span.reading is not None for span in edition.tagged("orig", "abbr"))
    if not count:
        return "The spelling of the source is kept; white space may differ."
    what = _number(count, "form")
    return f"{what} normalised or expanded beside that of the source; white space may differ."


def _spaces(edition: Edition) -> str:
    if not edition.layout.no_break:
        return ""
    return "Nearly all spaces of the source are no-break spaces; they are written as plain spaces."


def _hyphenation(edition: Edition) -> tuple[str, str]:
    """Return what `@eol` says of the hyphens at line ends, and the same in words."""
    joined = sum(span.attrs.get("break") == "no" for span in edition.tagged("lb"))
    printed = sum(span.attrs.get("force") == "weak" for span in edition.tagged("pc"))
    if not joined:
        return "all", "No word was found broken at a line end; hyphens are kept."
    words = f"{_number(joined, 'word')} broken at a line end joined by <lb break='no'/>; "
    if not printed:
        return "none", words + "the source has no hyphens there."
    words += f"{_number(printed, 'hyphen')} kept, and told from a word's own by what lb/@type says"
    return ("all" if printed == joined else "some"), f"{words}, else by the file's habit."


def _lists(edition: Edition) -> str:
    said = edition.vocabulary.described()
    return f"Word lists: {said}." if said else ""


def _interpretation(edition: Edition) -> str:
    count = sum(span.by == PROGRAM for span in edition.spans)
    if not count:
        return "Nothing in the text is interpreted by a program."
    what = _number(count, "statement")
    return f"{what} about the text made by a program; @resp names it, @cert says how sure it is."


def _pages(edition: Edition) -> str:
    sign = edition.layout.page_sign
    return f"Where pages begin was seen from a {sign}." if sign else "The source shows no pages."


def _settings(profile: Profile, table: str) -> str:
    """Return the rules of a table that the project set, each with what it means."""
    items = [f for f in fields(profile) if f.metadata.get("table") == table]
    said = (
        f"{item.name} = {getattr(profile, item.name)} ({item.metadata['doc'].partition(';')[0]})"
        for item in items
        if item.name not in ELSEWHERE and getattr(profile, item.name) != item.default
    )
    rules = "; ".join(said)
    others = f"those of {PROGRAM} {__version__}"
    return f"Rules: {rules}; the others are {others}." if rules else f"Rules: {others}."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _tags_decl(desc: etree._Element, profile: Profile, used: Mapping[str, int]) -> None:
    """Count the elements of the text, and say what a line beginning means."""
    space = add(add(desc, "tagsDecl"), "namespace", name=TEI)
    for tag in sorted({"lb", *_elements(used)}):
        words = _line_ends(profile) if tag == "lb" else ""
        add(space, "tagUsage", words, gi=tag, occurs=str(used.get(tag, 0)))


def _line_ends(profile: Profile) -> str:
    if profile.lines == "keep":
        return "Marks each line of the source."
    return (
        "Marks a line end inside a word, and a line that begins with a sign; "
        "other line ends of the source are not marked."
    )


def _elements(used: Mapping[str, int]) -> Iterator[str]:
    """Yield the elements among the tags: a sign is no element."""
    return (tag for tag, count in used.items() if count and tag != "sign")


def _char_decl(desc: etree._Element, edition: Edition) -> None:
    """Declare the characters that XML cannot hold (TEI P5 5.2)."""
    codes = sorted(
        {_code(edition, span.start): span.attrs["ref"] for span in edition.tagged("g")}.items()
    )
    if not codes:
        return
    decl = add(desc, "charDecl")
    for code, ref in codes:
        char = add(decl, "char", id=ref.removeprefix("#"))
        add(char, "desc", unicodedata.name(chr(code), "control character"))
        add(char, "mapping", f"U+{code:04X}", type="codepoint")


def _code(edition: Edition, offset: int) -> int:
    return ord(edition.source.text[offset])


def _app_info(desc: etree._Element) -> None:
    info = add(desc, "appInfo")
    app = add(info, "application", ident=PROGRAM, version=__version__, id=PROGRAM)
    add(app, "label", "TEI encoder")
    add(app, "ptr", target="#source-file")
