"""Metadata is what is known of a text apart from its words: as on a title page or a letterhead.

What is not known is empty, and written as unknown. Nothing is filled in by default: no publisher,
no licence, no place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from encoder.forms import SEVERAL
from encoder.keys import key


class Party(NamedTuple):
    """Someone a header names: the name, and an id of a register or an address, if known."""

    name: str
    ref: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of one text: its row of `texts.csv` over the table `[edition]`.

    Several persons in one field are separated by semicolons, as in a library's catalogue; the
    field `…_ref` gives their ids in the register in the same order.
    """

    title: str = key("title of the text")
    author: str = key("who wrote the text; several are separated by semicolons")
    author_ref: str = key("id of the author in persons.xml", "reference")
    translator: str = key("who translated the text")
    translator_ref: str = key("id of the translator in persons.xml", "reference")
    editor: str = key("who answers for the notes and bracketed insertions that the source has")
    editor_ref: str = key("id of that editor in persons.xml", "reference")
    encoder: str = key("who makes this encoding")
    language: str = key("BCP 47 tag of the text, such as sv; empty: detected", "language")
    date: str = key("when it was written: year, month or day, or earliest/latest", "date")
    date_text: str = key("the date in words, where it needs them")
    place: str = key("where it was written")
    place_ref: str = key("id of that place in places.xml", "reference")
    sender: str = key("who sent the letter; empty: the author")
    sender_ref: str = key("id of the sender in persons.xml", "reference")
    recipient: str = key("who received the letter; several are separated by semicolons")
    recipient_ref: str = key("id of the recipient in persons.xml", "reference")
    circular_to: str = key("the group a circular letter was sent to; makes it a circular")
    circular_ref: str = key("id of that group in orgs.xml", "reference")
    edition_statement: str = key("which edition of the text this is")
    publisher: str = key("who publishes this edition")
    pub_place: str = key("where this edition is published")
    pub_date: str = key("when this edition is published", "date")
    availability: Literal["unknown", "free", "restricted"] = field(
        default="unknown",
        metadata={"table": "edition", "doc": "whether the edition may be used freely"},
    )
    licence_text: str = key("licence of the text: its address, or a statement")
    licence_translation: str = key("licence of the translation: its address, or a statement")
    licence_encoding: str = key("licence of the encoding: its address, or a statement")
    licence_metadata: str = key("licence of the metadata: its address, or a statement")
    source_title: str = key("title of the publication the file was taken from")
    source_publisher: str = key("who published that")
    source_place: str = key("where that was published")
    source_date: str = key("when that was published", "date")
    source_url: str = key("address of that publication", "address")
    archive: str = key("who keeps the original document")
    shelfmark: str = key("its shelfmark there")
    original_title: str = key("title of the text that this is a translation of")
    original_language: str = key("BCP 47 tag of the language it was translated from", "language")
    original_date: str = key("when that was published", "date")
    project: str = key("what this edition is for, in a sentence or two")
    encoded: str = key("day of the encoding; empty: SOURCE_DATE_EPOCH, else none", "date")
    site_url: str = key("address of the edition on the web", "address", table="site", name="url")


def parties(names: str, refs: str = "") -> Iterator[Party]:
    """Yield the persons in a field of names, each with its id where there is one."""
    ids = [ref.strip() for ref in refs.split(SEVERAL)]
    for index, name in enumerate(filter(None, map(str.strip, names.split(SEVERAL)))):
        yield Party(name, ids[index] if index < len(ids) else "")


def references(metadata: Metadata) -> tuple[str, ...]:
    """Return the ids that a header of this metadata points to, for the register beside it."""
    said = (
        (metadata.author, metadata.author_ref),
        (metadata.translator, metadata.translator_ref),
        (metadata.editor, metadata.editor_ref),
        (metadata.sender, metadata.sender_ref),
        (metadata.recipient, metadata.recipient_ref),
        (metadata.circular_to, metadata.circular_ref),
        (metadata.place, metadata.place_ref),
    )
    named = (party.ref for pair in said for party in parties(*pair))
    return tuple(dict.fromkeys(ref for ref in named if ref and ":" not in ref))
