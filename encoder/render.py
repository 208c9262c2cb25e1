"""What a reader sees: a page of HTML, or a sheet set by Typst, both made from the TEI by XSLT.

A stylesheet reads its own files when it is compiled and none when it runs; a document reaches it
as parsed text without DOCTYPE. So nothing that a document says can open a file or an address.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from encoder.errors import EncoderError, InputError, MissingError
from encoder.resources import stylesheet

if TYPE_CHECKING:
    from lxml.etree import _Element

Format = Literal["html", "pdf", "typst"]
Params = Mapping[str, str | bool]

_TEI: Final = "{http://www.tei-c.org/ns/1.0}"
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
    text = _parsed(tei)
    if to == "html":
        return _page("html.xsl", text, params, custom)
    markup = transform("typst.xsl", text, {**_dated(), **params}, custom.xslt).encode()
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

    told = etree.fromstring(transform("facts.xsl", _parsed(tei)))
    parts = told.findall("{*}part")
    for part in parts:
        told.remove(part)
    return told, [(part.get("at", ""), part.text or "") for part in parts]


def shown_plainly(page: bytes) -> list[str]:
    """Return the elements of a page of ours that no rule is for, with how many there are."""
    names = re.findall(rb' data-element="([^"]+)"', page)
    return [f"{name.decode()} ({count})" for name, count in sorted(Counter(names).items())]


def _parsed(tei: Path | bytes) -> str:
    """Return the root element as text: no DOCTYPE, no entity, nothing that leads elsewhere."""
    from lxml import etree

    place = str(tei) if isinstance(tei, Path) else ""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False
    )
    try:
        root = etree.fromstring(_bytes(tei), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"not well-formed XML: {error.msg}",
            hint="`tei validate` shows where",
            place=f"{place}:{error.lineno}" if place else "",
        ) from None
    _refuse_entities(root, place)
    if root.tag == f"{_TEI}teiCorpus":
        root = _joined(root)
    _refuse_others(root, place)
    return etree.tostring(root, encoding="unicode", with_tail=False)


def _joined(corpus: _Element) -> _Element:
    """Return a corpus as one text that is a group, with the corpus's header (TEI P5 15.1)."""
    from lxml import etree

    root = etree.Element(f"{_TEI}TEI", dict(corpus.attrib), nsmap=corpus.nsmap)
    root.extend(corpus.findall(f"{_TEI}teiHeader"))
    members = list(corpus.iter(f"{_TEI}TEI"))
    for member in members:
        root.extend(member.findall(f"{_TEI}standOff"))
    group = etree.SubElement(etree.SubElement(root, f"{_TEI}text"), f"{_TEI}group")
    for member in members:
        _add_member(group, member)
    return root


def _add_member(group: _Element, member: _Element) -> None:
    """Add the texts of a member to a group, under the title that its header gives."""
    from lxml import etree

    inner = etree.SubElement(group, f"{_TEI}group", dict(member.attrib))
    if (title := member.find(f"{_TEI}teiHeader//{_TEI}titleStmt/{_TEI}title")) is not None:
        etree.SubElement(inner, f"{_TEI}head").text = " ".join("".join(title.itertext()).split())
    inner.extend(member.findall(f"{_TEI}text") + member.findall(f"{_TEI}sourceDoc"))


def _bytes(tei: Path | bytes) -> bytes:
    if isinstance(tei, bytes):
        return tei
    try:
        return tei.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=str(tei)) from None


def _refuse_entities(root: _Element, place: str) -> None:
    from lxml import etree

    for entity in root.iter(etree.Entity):
        raise InputError(
            f"the entity {entity.text} is not resolved",
            hint="write the character itself: entities of a DOCTYPE are not read",
            place=f"{place}:{entity.sourceline}" if place else "",
        )


def _refuse_others(root: _Element, place: str) -> None:
    if root.tag != f"{_TEI}TEI":
        hint = "a file holds a text, in <TEI xmlns='http://www.tei-c.org/ns/1.0'>, or a teiCorpus"
        raise InputError(f"not TEI: the root element is {root.tag!s}", hint=hint, place=place)


def transform(name: str, tei: str, params: Params = NO_PARAMS, custom: Path | None = None) -> str:
    """Return what the stylesheet `name`, and a project's own over it, make of a TEI document."""
    processor, executable = _engine(name, custom)
    executable.clear_parameters()
    for key, value in params.items():
        executable.set_parameter(key, _atomic(processor, value))
    with _saxon_errors(f"xslt/{name}"):
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
    with _saxon_errors(str(custom) if custom else f"xslt/{name}"):
        compiler = processor.new_xslt30_processor()
        if custom:
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
def _saxon_errors(place: str) -> Iterator[None]:
    from saxonche import PySaxonApiError

    try:
        yield
    except PySaxonApiError as error:
        raise EncoderError(f"the stylesheet failed: {str(error).strip()}", place=place) from None


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
    if "depth exceeded" in message:
        return InputError("elements are nested too deeply to be typeset")
    return EncoderError(f"the typesetter failed: {message}", hint="; ".join(hints))


def _named(characters: str) -> str:
    codes = " ".join(f"U+{ord(character):04X}" for character in characters)
    return f"“{characters}” ({codes})"
