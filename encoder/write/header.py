"""A TEI header is the title page of an encoded text: whose it is, where it is from, what was done.

It is made from the edition, the metadata and the policy, and from nothing else: the same input
gives the same header. What is not known is said to be unknown, never filled in.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime

from lxml import etree

from encoder import __version__
from encoder.edition import Edition
from encoder.errors import UsageError
from encoder.forms import ADDRESS, ID
from encoder.metadata import Metadata, Party, parties
from encoder.profile import Profile
from encoder.write.elements import TEI, UNKNOWN, add, add_date, dating, pointer, spoken
from encoder.write.practice import PROGRAM, encoding_desc
from encoder.write.selfsaid import completed

# Who speaks in the words of the source, where nobody says more.
EDITOR = "notes and bracketed insertions in the source"
LAYERS = ("text", "translation", "encoding", "metadata")
SCHEMA = "schema/edition.rng"
SPACES = re.compile("  +")


def header(
    edition: Edition,
    profile: Profile,
    *,
    used: Mapping[str, int] | None = None,
    when: str | None = None,
    schema: str = SCHEMA,
) -> etree._Element:
    """Return the `<teiHeader>` of an edition.

    Args:
        used: how often each element stands in the written text; counted in the spans if left out.
        when: the day of the encoding; by default what the project says, else `SOURCE_DATE_EPOCH`.
        schema: address of the schema, from where the file will lie.

    Raises:
        UsageError: `SOURCE_DATE_EPOCH` is no number of seconds.
    """
    when = day_of_encoding(edition.metadata) if when is None else when
    used = Counter(span.tag for span in edition.spans) if used is None else used
    given = edition.metadata
    edition = replace(edition, metadata=completed(edition))
    own = frozenset(f.name for f in fields(given) if not getattr(given, f.name))
    root = etree.Element(f"{{{TEI}}}teiHeader", nsmap={None: TEI})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _file_desc(root, edition, profile, own)
    encoding_desc(root, edition, profile, used, schema)
    _profile_desc(root, edition, profile, own)
    _revision_desc(root, edition, when)
    etree.indent(root)
    return root


def day_of_encoding(said: Metadata) -> str:
    """Return the day a project or `SOURCE_DATE_EPOCH` gives; empty if neither does.

    Raises:
        UsageError: `SOURCE_DATE_EPOCH` is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said.encoded or not epoch:
        return said.encoded
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        hint = "give seconds since 1970, for example SOURCE_DATE_EPOCH=0"
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}", hint=hint) from error


def language_of(edition: Edition, profile: Profile) -> str:
    """Return the BCP 47 tag of the text, `und` where it is not known."""
    return profile.language or edition.metadata.language or "und"


def title_of(edition: Edition) -> str:
    """Return the title of the text; the name of its file where none is known."""
    return edition.metadata.title or edition.source.name


# <fileDesc>: the encoded text as something published, and what it was made from.


def _file_desc(
    root: etree._Element, edition: Edition, profile: Profile, own: frozenset[str]
) -> None:
    said, desc = edition.metadata, add(root, "fileDesc")
    _title_stmt(desc, edition, language_of(edition, profile), own)
    if said.edition_statement:
        add(add(desc, "editionStmt"), "edition", said.edition_statement)
    words = str(_words(edition))
    add(add(desc, "extent"), "measure", f"{words} words", unit="word", quantity=words)
    _publication_stmt(desc, said)
    _source_desc(desc, edition, language_of(edition, profile))


def _words(edition: Edition) -> int:
    """Return the number of words: what white space parts, but for those broken at line ends."""
    runs = SPACES.sub(" ", edition.source.plain.strip()).count(" ") + 1
    broken = sum(span.attrs.get("break") == "no" for span in edition.tagged("lb"))
    return runs - broken - sum(span.attrs.get("force") == "inter" for span in edition.tagged("pc"))


def _title_stmt(desc: etree._Element, edition: Edition, language: str, own: frozenset[str]) -> None:
    said, voices = edition.metadata, _voices(edition)
    stmt = add(desc, "titleStmt")
    add(stmt, "title", title_of(edition), lang=language, **_seen(said, "title", own))
    if said.author or "au" in voices:
        ident = "au" if "au" in voices else ""
        author = add(stmt, "author", id=ident, **_seen(said, "author", own))
        _name(author, said.author, said.author_ref)
    _editor(stmt, "translator", "tr", said.translator, said.translator_ref, voices)
    if said.editor:
        _name(add(stmt, "editor", role="editor", id="ed"), said.editor, said.editor_ref)
    elif "ed" in voices:
        _responsible(stmt, "ed", EDITOR)
    if said.encoder or "enc" in voices:
        _responsible(stmt, "enc", "encoding", said.encoder)
    for other in voices[len({*voices} & {"au", "tr", "ed", "enc"}) :]:
        _responsible(stmt, other, "statements in the encoding")


def _seen(said: Metadata, name: str, own: frozenset[str]) -> dict[str, str]:
    """Return whose statement it is what the text says of itself where nobody says more."""
    seen = name in own and getattr(said, name)
    return {"resp": f"#{PROGRAM}", "cert": "medium"} if seen else {}


def _editor(
    stmt: etree._Element, role: str, ident: str, names: str, refs: str, voices: tuple[str, ...]
) -> None:
    if names or ident in voices:
        _name(add(stmt, "editor", role=role, id=ident), names, refs)


def _voices(edition: Edition) -> tuple[str, ...]:
    """Return who says something in the text and is not declared elsewhere, the known ones first.

    A person of the register is declared there, the program in `<appInfo>`.
    """
    said = {voice for span in edition.spans for voice in span.by.split()}
    elsewhere = {PROGRAM, *edition.register.by_id}
    known = ("au", "tr", "ed", "enc")
    others = sorted(voice for voice in said - elsewhere - {*known} if ID.fullmatch(voice))
    return (*(voice for voice in known if voice in said), *others)


def _responsible(stmt: etree._Element, ident: str, what: str, names: str = "") -> None:
    resp = add(stmt, "respStmt", id=ident)
    add(resp, "resp", what)
    for name in [party.name for party in parties(names)] or [UNKNOWN]:
        add(resp, "name", name)


def _name(parent: etree._Element, names: str, refs: str) -> None:
    """Add the persons of a field to an element, or say that they are unknown."""
    known = list(parties(names, refs))
    for index, party in enumerate(known):
        name = add(parent, "persName", party.name, ref=pointer(party.ref))
        name.tail = "; " if index + 1 < len(known) else None
    if not known:
        parent.text = UNKNOWN


def _publication_stmt(desc: etree._Element, said: Metadata) -> None:
    stmt = add(desc, "publicationStmt")
    add(stmt, "publisher", said.publisher or UNKNOWN)
    if said.pub_place:
        add(stmt, "pubPlace", said.pub_place)
    add_date(stmt, said.pub_date, spoken(said.pub_date) or UNKNOWN)
    _availability(stmt, said)
    if said.site_url:
        add(stmt, "ptr", target=said.site_url)


def _availability(stmt: etree._Element, said: Metadata) -> None:
    """Say the licence of each layer apart (TEI P5 2.2.4), and of which none is known."""
    availability = add(stmt, "availability", status=said.availability)
    licences = {layer: getattr(said, f"licence_{layer}") for layer in LAYERS}
    for layer, licence in licences.items():
        if licence:
            target = licence if ADDRESS.fullmatch(licence) else ""
            add(availability, "licence", f"{layer.capitalize()}: {licence}", n=layer, target=target)
    silent = [layer for layer, licence in licences.items() if not licence]
    if silent:
        add(availability, "p", f"Nothing is known of the rights in the {_and(silent)}.")


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _source_desc(desc: etree._Element, edition: Edition, language: str) -> None:
    """Say what the text was made from: the file, what that was taken from, the original."""
    said, stmt = edition.metadata, add(desc, "sourceDesc")
    _received_file(stmt, edition, language)
    published = (said.source_title, said.source_publisher, said.source_place, said.source_date)
    original = (said.original_title, said.original_language, said.original_date)
    if any((*published, said.source_url, *original)):
        bibl = _published(stmt, said, language)
        if any(original):
            _translated_from(bibl, said)
    if said.archive or said.shelfmark:
        _document(stmt, said)


def _received_file(stmt: etree._Element, edition: Edition, language: str) -> None:
    source = edition.source
    bibl = add(stmt, "bibl", type="file", id="source-file")
    add(bibl, "title", title_of(edition), level="m", lang=language)
    add(bibl, "idno", source.name, type="filename")
    add(bibl, "idno", source.sha256, type="sha256")
    add(bibl, "note", f"Plain text in {source.encoding.upper()}; {_line_ends(source.text)}.")
    if source.origin:
        original = add(add(bibl, "relatedItem", type="convertedFrom"), "bibl")
        add(original, "idno", source.origin.name, type="filename")
        add(original, "idno", source.origin.sha256, type="sha256")


def _line_ends(text: str) -> str:
    """Return how the lines of a text end."""
    crlf = text.count("\r\n")
    counts = {"CR LF": crlf, "LF": text.count("\n") - crlf, "CR": text.count("\r") - crlf}
    kinds = [kind for kind, count in counts.items() if count]
    return f"lines end in {_and(kinds)}" if kinds else "one line without an end"


def _published(stmt: etree._Element, said: Metadata, language: str) -> etree._Element:
    bibl = add(stmt, "bibl", type="published")
    if said.source_title or said.title:
        add(bibl, "title", said.source_title or said.title, lang=language)
    add(bibl, "publisher", said.source_publisher or UNKNOWN)
    if said.source_place:
        add(bibl, "pubPlace", said.source_place)
    if said.source_date:
        add_date(bibl, said.source_date, spoken(said.source_date))
    if said.source_url:
        add(bibl, "ref", said.source_url, target=said.source_url)
    return bibl


def _translated_from(published: etree._Element, said: Metadata) -> None:
    bibl = add(add(published, "relatedItem", type="translatedFrom"), "bibl")
    language = said.original_language
    if said.original_title:
        add(bibl, "title", said.original_title, lang=language)
    if said.original_date:
        add_date(bibl, said.original_date, spoken(said.original_date))
    if language:
        add(bibl, "textLang", _language_name(language), mainLang=language)


def _document(stmt: etree._Element, said: Metadata) -> None:
    bibl = add(stmt, "bibl", type="original")
    if said.shelfmark:
        add(bibl, "idno", said.shelfmark, type="shelfmark")
    if said.archive:
        add(bibl, "note", f"Kept by {said.archive}.")


# <profileDesc>: the text as something written, in a language, by someone to someone.


def _profile_desc(
    root: etree._Element, edition: Edition, profile: Profile, own: frozenset[str]
) -> None:
    said, desc = edition.metadata, add(root, "profileDesc")
    if said.date or said.place:
        _creation(desc, said, _seen(said, "date", own))
    usage = add(desc, "langUsage")
    for tag in dict.fromkeys([language_of(edition, profile), *_foreign(edition)]):
        add(usage, "language", _language_name(tag), ident=tag)
    if _is_letter(edition, profile):
        _corresp_desc(desc, said, own)


def _creation(desc: etree._Element, said: Metadata, voice: dict[str, str]) -> None:
    creation = add(desc, "creation")
    if said.date:
        add_date(creation, said.date, said.date_text or spoken(said.date)).attrib.update(voice)
    if said.place:
        add(creation, "placeName", said.place, ref=pointer(said.place_ref))


def _foreign(edition: Edition) -> Iterator[str]:
    """Yield the languages of passages that are in another than the text."""
    return (
        span.attrs["xml:lang"]
        for span in edition.tagged("foreign", "div", "floatingText")
        if "xml:lang" in span.attrs
    )


def _language_name(tag: str) -> str:
    """Return the English name of a language, or its tag where CLDR has none."""
    if tag == "und":
        return "undetermined"
    from babel import Locale

    names = Locale("en").languages
    return names.get(tag.replace("-", "_")) or names.get(tag.split("-")[0].lower()) or tag


def _is_letter(edition: Edition, profile: Profile) -> bool:
    said = edition.metadata
    addressed = said.sender or said.recipient or said.circular_to
    found = any(span.attrs.get("type") == "letter" for span in edition.tagged("div"))
    return bool(addressed or profile.kind == "letter" or found)


def _corresp_desc(desc: etree._Element, said: Metadata, own: frozenset[str]) -> None:
    """Say who sent a letter to whom, as far as anything is known (TEI P5 2.4.6)."""
    sender = (said.sender, said.sender_ref) if said.sender else (said.author, said.author_ref)
    sent, received = list(parties(*sender)), list(parties(said.recipient, said.recipient_ref))
    corresp = add(desc, "correspDesc", type="circular" if said.circular_to else "letter")
    action = add(corresp, "correspAction", type="sent")
    _persons(action, sent)
    if said.place:
        add(action, "placeName", said.place, ref=pointer(said.place_ref))
    if said.date:
        add(action, "date", said.date_text, **dating(said.date), **_seen(said, "date", own))
    action = add(corresp, "correspAction", type="received")
    for group in parties(said.circular_to, said.circular_ref):
        add(action, "orgName", group.name, ref=pointer(group.ref))
    if received or not said.circular_to:
        _persons(action, received)


def _persons(action: etree._Element, persons: list[Party]) -> None:
    for party in persons or [Party(UNKNOWN, "")]:
        add(action, "persName", party.name, ref=pointer(party.ref))


# <revisionDesc>


def _revision_desc(root: etree._Element, edition: Edition, when: str) -> None:
    what = f"Encoded from {edition.source.name} with tei-encoder {__version__}."
    day = when.partition("/")[0]
    add(add(root, "revisionDesc"), "change", what, who=f"#{PROGRAM}", **dating(day))
