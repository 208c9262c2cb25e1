"""From a source to an edition: every finder in its order, then the editor's decisions.

Structure comes first, from the outermost inward; what is said of words comes when words are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from encoder import decisions as editor
from encoder import languages
from encoder.annotate import (
    characters,
    citations,
    crossing,
    dates,
    editorial,
    emphasis,
    foreign,
    links,
    names,
    typography,
    words,
)
from encoder.decisions import Decision
from encoder.edition import Edition
from encoder.metadata import Metadata
from encoder.model import Source
from encoder.preamble import preamble
from encoder.profile import Profile
from encoder.read import source as reading
from encoder.read.layout import layout
from encoder.registers import Register
from encoder.structure import (
    breaks,
    castlist,
    contents,
    distributor,
    divisions,
    drama,
    fences,
    frontmatter,
    illustrations,
    letters,
    lists,
    notes,
    pages,
    prose,
    quotations,
    quoted_lines,
    tables,
    titlepage,
    verse,
)
from encoder.vocabulary import Vocabulary

STRUCTURE = (
    frontmatter.find,
    distributor.find,
    fences.find,
    pages.find,
    notes.find,
    quoted_lines.find,
    illustrations.find,
    breaks.find,
    contents.find,
    castlist.find,
    titlepage.find,
    letters.find,
    divisions.find,
    lists.find,
    tables.find,
    drama.find,
    verse.find,
    quotations.find,
    prose.find,
)
ANNOTATE = (
    words.find,
    links.find,
    emphasis.find,
    dates.find,
    citations.find,
    crossing.find,
    names.find,
    typography.find,
    editorial.find,
    foreign.find,
)
# What lies between other divisions is one, whether or not headings are looked for.
WHOLE = (divisions.find,)
FRONT = "frontmatter"


def encode(
    source: Source,
    profile: Profile,
    metadata: Metadata | None = None,
    register: Register | None = None,
    decisions: Iterable[Decision] = (),
    vocabulary: Vocabulary | None = None,
) -> Edition:
    """Return everything the finders and the editor know about a source.

    Args:
        source: the text as received.
        profile: the editorial policy; where it names no language, one is detected.
        metadata: what is known of the text.
        register: the persons it may mention.
        decisions: the editor's word over the machine's.
        vocabulary: words known from elsewhere.
    """
    profile = settled(profile, source)
    inked = source.inked()
    edition = Edition(
        inked,
        layout(inked, profile),
        metadata or Metadata(),
        register or Register(),
        vocabulary=vocabulary or Vocabulary(),
    ).having(reading.report(source))
    for find in (*STRUCTURE, *ANNOTATE):
        if construct(find) in profile.leave and find not in WHOLE:
            continue
        edition = edition.having(find(edition, profile))
    received = replace(edition, source=source)
    return editor.apply(received.having(characters.find(received, profile)), decisions)


def construct(find: Callable[..., object]) -> str:
    """Return what a finder looks for: the name of its module."""
    return find.__module__.rpartition(".")[2]


def settled(profile: Profile, source: Source) -> Profile:
    """Return the profile with what it leaves open decided from the source."""
    if profile.language:
        return profile
    said = preamble(source.text)
    stated = said.stated.get("language") if said and FRONT not in profile.leave else ""
    return replace(profile, language=stated or languages.detect(source.text)[0])
