"""What a reader sees: a page of HTML, or a sheet set by Typst, both made from the TEI by XSLT.

A stylesheet reads its own files when it is compiled and none when it runs; a document reaches it
as parsed text without DOCTYPE. So nothing that a document says can open a file or an address, and
nothing that a project's own stylesheet says (`templates`).
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from encoder.errors import InputError
from encoder.render.members import Corpus, alone, corpus, joined
from encoder.render.typesetting import typeset
from encoder.resources import stylesheet
from encoder.saxon import NO_PARAMS, Params, transform

if TYPE_CHECKING:
    from lxml.etree import _Element

Format = Literal["html", "typst", "pdf", "epub", "text", "tei-simple"]
# What the file of each format is called.
ENDINGS: Mapping[Format, str] = {
    "html": ".html",
    "typst": ".typ",
    "pdf": ".pdf",
    "epub": ".epub",
    "text": ".txt",
    "tei-simple": ".simple.xml",
}


@dataclass(frozen=True, slots=True)
class Custom:
    """What a project has of its own: CSS that stands after ours, templates that stand over ours."""

    css: str = ""
    xslt: Path | None = None


NO_CUSTOM: Final = Custom()


def render(
    tei: Path | bytes,
    to: Format,
    params: Params = NO_PARAMS,
    *,
    fonts: Path | None = None,
    custom: Custom = NO_CUSTOM,
) -> bytes:
    """Return a TEI document in another format; `typst` is the markup that the `pdf` is set from.

    Args:
        tei: a file, or its bytes.
        to: the format.
        params: parameters of the stylesheet, as in `xslt/lib/params.xsl`.
        fonts: a folder of further fonts, for scripts that Typst's own fonts lack.
        custom: what the project has of its own.

    Raises:
        InputError: the TEI cannot be read, or is not well-formed.
        MissingError: an engine or a font is not here.
        UsageError: the project's templates fail, or would read other files.
    """
    if to == "html":
        return _page("html.xsl", joined(tei), params, custom)
    text = alone(tei)
    if text is None:
        read = corpus(tei)
        if len(read.texts) > 1:
            return render_book([read], to, read.title, params, fonts=fonts, custom=custom)
        text = read.texts[0]
    if to == "text":
        return transform("text.xsl", text, params).encode()
    if to == "tei-simple":
        return _tei(transform("simple.xsl", text, params))
    dated = {**_dated(), **params}
    if to == "epub":
        return _ebook([text], dated, custom)
    markup = transform("typst.xsl", text, dated, custom.xslt).encode()
    return markup if to == "typst" else typeset(markup, fonts, custom.xslt)


def site_page(collection: str, params: Params, custom: Custom = NO_CUSTOM) -> bytes:
    """Return a page of a collection, which is given as `xslt/site.xsl` reads it."""
    return _page("site.xsl", collection, params, custom)


def _page(name: str, text: str, params: Params, custom: Custom) -> bytes:
    return transform(name, text, {"own-css": custom.css, **params}, custom.xslt).encode()


def facts(tei: Path | bytes) -> tuple[_Element, list[tuple[str, str]]]:
    """Return what a collection must know of a text, and its words: (address, words) a block.

    Raises:
        InputError: the TEI cannot be read, or is not well-formed.
    """
    from lxml import etree

    told = etree.fromstring(transform("facts.xsl", joined(tei)))
    parts = told.findall("{*}part")
    for part in parts:
        told.remove(part)
    return told, [(part.get("at", ""), part.text or "") for part in parts]


def shown_plainly(page: bytes) -> list[str]:
    """Return the elements of a page of ours that no rule is for, with how many there are."""
    names = re.findall(rb' data-element="([^"]+)"', page)
    return [f"{name.decode()} ({count})" for name, count in sorted(Counter(names).items())]


def render_book(
    texts: Sequence[Corpus],
    to: Format,
    title: str,
    params: Params = NO_PARAMS,
    *,
    fonts: Path | None = None,
    custom: Custom = NO_CUSTOM,
) -> bytes:
    """Return several texts as one book: title, contents, texts, one index, one colophon.

    Args:
        texts: the texts, in their order.
        to: any format but `html`: pages of the web are one a text.
        title: the title of the whole.
        params: parameters of the stylesheet, as in `xslt/lib/params.xsl`.
        fonts: a folder of further fonts.
        custom: what the project has of its own.

    Raises:
        InputError: a book was asked for as a page of the web.
        MissingError: an engine or a font is not here.
        UsageError: the project's templates fail, or would read other files.
    """
    if to == "html":
        hint = "give the files one by one, or make a book: --to pdf, epub or text"
        raise InputError("several texts are no single page", hint=hint)
    members = [text for one in texts for text in one.texts]
    params = {"interface-language": _most(texts), **params}
    dated = {**_dated(), **params}
    if to == "epub":
        return _ebook(members, dated, custom, title)
    if to == "tei-simple":
        simple = (transform("simple.xsl", text, params) for text in members)
        return _tei(_corpus_of(simple, title))
    if to == "text":
        return "\n\n".join(transform("text.xsl", text, params) for text in members).encode()
    authors = dict.fromkeys(name for one in texts for name in one.authors)
    dated |= {"book-title": title, "book-authors": "; ".join(authors)}
    markup = _sheets(members, dated, custom)
    return markup if to == "typst" else typeset(markup, fonts, custom.xslt)


def _most(texts: Sequence[Corpus]) -> str:
    """Return the language of most texts, in which a book speaks of itself; empty: not known."""
    counts = Counter(language for one in texts for language in one.languages if language)
    return max(sorted(counts), key=counts.__getitem__, default="")


def _tei(document: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def _corpus_of(texts: Iterable[str], title: str) -> str:
    """Return texts in TEI as one corpus (TEI P5 15.1)."""
    return (
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
        f"<title>{escape(title)}</title></titleStmt><publicationStmt><p/></publicationStmt>"
        f"<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>{''.join(texts)}</teiCorpus>"
    )


def _sheets(texts: Sequence[str], params: Params, custom: Custom) -> bytes:
    """Return the Typst of a book. Each text says, in a comment before it, of which day it is."""

    def part(name: str, text: str, **more: str) -> str:
        return transform("typst.xsl", text, {**params, "part": name, **more}, custom.xslt)

    parts = [part("text", text) for text in texts]
    day = max(made.partition("\n")[0].removeprefix("// ") for made in parts)
    opening, closing = (
        part(name, texts[0], **{"book-day": day}) for name in ("opening", "closing")
    )
    return "".join([opening, *parts, closing]).encode()


def _ebook(texts: Sequence[str], params: Params, custom: Custom, title: str = "") -> bytes:
    from encoder.render.epub import Volume, package

    def leaves(text: str, prefix: str) -> str:
        return transform("epub.xsl", text, {**params, "file-prefix": prefix}, custom.xslt)

    prefixes = _prefixes(len(texts))
    volumes = [Volume(json.loads(leaves(*one))) for one in zip(texts, prefixes, strict=True)]
    return package(volumes, stylesheet("css/book.css").read_text("utf-8"), title)


def _prefixes(count: int) -> list[str]:
    """Return what the names of the files of each text begin with: nothing where there is one."""
    return [f"{number:04}-" for number in range(1, count + 1)] if count > 1 else [""]


def _dated() -> dict[str, str]:
    """The day for a PDF whose TEI names none: the build's, if the build has one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return {}
    return {"fallback-date": datetime.fromtimestamp(int(epoch), UTC).date().isoformat()}
