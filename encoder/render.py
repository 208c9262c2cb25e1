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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.members import Corpus, corpus, joined
from encoder.resources import stylesheet

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
Params = Mapping[str, str | bool]

NO_PARAMS: Params = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Custom:
    """What a project has of its own: CSS that stands after ours, templates that stand over ours."""

    css: str = ""
    xslt: Path | None = None


NO_CUSTOM: Final = Custom()

# A project's stylesheet imports nothing: it is included over ours, which is imported.
_OVER: Final = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="{ours}"/><xsl:include href="{theirs}"/></xsl:stylesheet>"""

# The Java parser inside Saxon stops at depth 100 and 200 attributes; lxml has looked before it.
_SAXON: Final = {
    "http://saxon.sf.net/feature/parserProperty?uri=jdk.xml.maxElementDepth": "0",
    "http://saxon.sf.net/feature/parserProperty?uri=jdk.xml.elementAttributeLimit": "0",
    # No variable of the environment and no property of the system gets into a page.
    "http://saxon.sf.net/feature/allow-external-functions": "false",
}
_PROTOCOLS: Final = "http://saxon.sf.net/feature/allowedProtocols"


def render(
    tei: Path | bytes,
    to: Format,
    params: Params = NO_PARAMS,
    *,
    fonts: Path | None = None,
    custom: Custom = NO_CUSTOM,
) -> bytes:
    """Return a TEI document as `html`, as `pdf`, or as the `typst` markup the PDF is set from.

    Args:
        tei: a file, or its bytes.
        to: the format.
        params: parameters of the stylesheet, as in `xslt/lib/params.xsl`.
        fonts: a folder of further fonts, for scripts that Typst's own fonts lack.
        custom: what the project has of its own.

    Raises:
        InputError: the TEI cannot be read, or is not well-formed.
        MissingError: an engine or a font is not here.
    """
    if to == "html":
        return _page("html.xsl", joined(tei), params, custom)
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
    return markup if to == "typst" else typeset(markup, fonts)


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
    """
    if to == "html":
        hint = "give the files one by one, or make a book: --to pdf, epub or text"
        raise InputError("several texts are no single page", hint=hint)
    members = [text for one in texts for text in one.texts]
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
    return markup if to == "typst" else typeset(markup, fonts)


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


def transform(name: str, tei: str, params: Params = NO_PARAMS, custom: Path | None = None) -> str:
    """Return what the stylesheet `name`, and a project's own over it, make of a TEI document."""
    processor, executable = _engine(name, custom)
    executable.clear_parameters()
    for key, value in params.items():
        executable.set_parameter(key, _atomic(processor, value))
    with _saxon_errors(name, custom):
        document = processor.parse_xml(xml_text=tei)
        executable.set_global_context_item(xdm_item=document)
        result = executable.apply_templates_returning_string(xdm_value=document)
    return str(result)


def _atomic(processor: Any, value: str | bool) -> Any:
    make = processor.make_boolean_value if isinstance(value, bool) else processor.make_string_value
    return make(value)


@cache
def _engine(name: str, custom: Path | None = None) -> tuple[Any, Any]:
    """Compile a stylesheet, once a process. When it is compiled its engine can open no file.

    Each has an engine of its own: Saxon takes the permission back, but never gives it again.
    """
    processor, path = _processor(), stylesheet(name)
    with _saxon_errors(name, custom):
        compiler = processor.new_xslt30_processor()
        if custom:
            from encoder.templates import modules

            modules(custom)  # or it is refused
            both = _OVER.format(ours=path.resolve().as_uri(), theirs=custom.resolve().as_uri())
            executable = compiler.compile_stylesheet(stylesheet_text=both)
        else:
            executable = compiler.compile_stylesheet(stylesheet_file=str(path))
    processor.set_configuration_property(_PROTOCOLS, "")
    # What a project's stylesheet would write elsewhere is not written.
    executable.set_capture_result_documents(True)
    return processor, executable


def _processor() -> Any:
    try:
        from saxonche import PySaxonProcessor
    except ImportError:
        raise MissingError(
            "the XSLT engine is not installed", hint="pip install saxonche"
        ) from None
    processor = PySaxonProcessor(license=False)
    for name, value in _SAXON.items():
        processor.set_configuration_property(name, value)
    return processor


@contextmanager
def _saxon_errors(name: str, custom: Path | None) -> Iterator[None]:
    from saxonche import PySaxonApiError

    try:
        yield
    except PySaxonApiError as error:
        message = f"the stylesheet failed: {str(error).strip()}"
        if custom:  # ours are tested
            hint = f"mend {custom.name}; without it, ours stand alone"
            raise UsageError(message, hint=hint, place=str(custom)) from None
        raise EncoderError(message, place=f"xslt/{name}") from None


def _ebook(texts: Sequence[str], params: Params, custom: Custom, title: str = "") -> bytes:
    from encoder.epub import Volume, package

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


def typeset(markup: bytes, fonts: Path | None = None) -> bytes:
    """Return the PDF that Typst sets from its markup. A warning of Typst is an error."""
    try:
        import typst
    except ImportError:
        raise MissingError("the typesetter is not installed", hint="pip install typst") from None
    try:
        pdf, warnings = typst.compile_with_warnings(
            markup,
            format="pdf",
            font_paths=typst.Fonts(False, True, [str(fonts)] if fonts else []),
            pdf_standards=["a-2a", "ua-1"],
        )
    except typst.TypstError as error:
        raise _typst_error(error.message, error.hints) from None
    if warnings:
        raise _typst_error(warnings[0].message, warnings[0].hints)
    return bytes(pdf)


def _typst_error(message: str, hints: list[str]) -> EncoderError:
    if missing := re.search(r"the text `\"(.+?)\"` could not be displayed", message):
        return MissingError(
            f"no font here has the character {_named(missing[1])}",
            hint="name a folder with a font that has it",
        )
    if unknown := re.search(r"unknown font family: (.*)", message):
        return MissingError(
            f"no font here is called {unknown[1]!r}",
            hint="give the folder with it, [print] fonts, or leave [print] font out",
        )
    if "depth exceeded" in message:
        return InputError("elements are nested too deeply to be typeset")
    return EncoderError(f"the typesetter failed: {message}", hint="; ".join(hints))


def _named(characters: str) -> str:
    codes = " ".join(f"U+{ord(character):04X}" for character in characters)
    return f"“{characters}” ({codes})"
