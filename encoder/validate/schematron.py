"""Whether the rules hold that a grammar cannot express: ISO Schematron, run as XSLT 3.0.

A schema is turned into a stylesheet by `xslt/schematron.xsl`; saxonche runs it. It can read
nothing but the document it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from encoder import resources
from encoder.errors import UsageError
from encoder.model import Finding, Severity
from encoder.validate.document import Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SCH = "http://purl.oclc.org/dsdl/schematron"
SEVERITIES: dict[str, Severity] = {
    "warning": "warning",
    "warn": "warning",
    "nonfatal": "warning",
    "info": "info",
    "information": "info",
}
LIMIT = "http://saxon.sf.net/feature/parserProperty?uri=jdk.xml."


def check(document: Document, schema: Path) -> Iterator[Finding]:
    """Yield a `sch-<rule id>` Finding for each rule that is broken.

    A rule's id is that of the assertion, else of its rule, else of its pattern. The hint is the
    part of the message in `<sch:span class="hint">`.

    Raises:
        UsageError: the schema cannot be compiled or run.
    """
    result = _run(_compiled(schema, schema.stat().st_mtime_ns), document, schema)
    for finding in _parse(result).iter("finding"):
        yield _finding(document, finding)


def _finding(document: Document, finding: Element) -> Finding:
    return Finding(
        f"sch-{finding.get('rule')}",
        SEVERITIES.get(finding.get("role", "").lower(), "error"),
        _words(finding, "message"),
        document.name,
        document.places.at(finding.get("path", "")),
        _words(finding, "hint"),
    )


def _words(finding: Element, part: str) -> str:
    return " ".join((finding.findtext(part) or "").split())


@lru_cache(maxsize=8)
def _compiled(schema: Path, _changed: int) -> Any:
    """Return the executable stylesheet for a schema."""
    from saxonche import PySaxonApiError

    rules = _rules(schema)
    _refuse(rules, schema)
    program = resources.stylesheet("schematron.xsl").read_text(encoding="utf-8")
    try:
        compiler = _compile(program)
        return _compile(compiler.transform_to_string(xdm_node=_node(_text(rules))))
    except PySaxonApiError as error:
        raise _fault(schema, "the rules cannot be compiled", error) from error


def _run(executable: Any, document: Document, schema: Path) -> str:
    from saxonche import PySaxonApiError

    try:
        return str(executable.transform_to_string(xdm_node=_node(document.text)))
    except PySaxonApiError as error:
        raise _fault(schema, f"the rules cannot be run on {document.name}", error) from error


def _fault(schema: Path, message: str, error: Exception) -> UsageError:
    hint = "Correct the XPath of the rule; rules cannot read other documents."
    return UsageError(f"{message}: {' '.join(str(error).split())}", hint=hint, place=str(schema))


def _rules(schema: Path) -> Element:
    """Return the Schematron schema in a file: all of it, or the patterns inside a RELAX NG one."""
    from lxml import etree

    try:
        root = _parse(schema.read_bytes())
    except etree.XMLSyntaxError as error:
        hint = "Give an ISO Schematron schema (.sch)."
        raise UsageError(f"not well-formed: {error.msg}", hint=hint, place=str(schema)) from error
    if root.tag == f"{{{SCH}}}schema":
        return root
    rules = etree.Element(f"{{{SCH}}}schema", nsmap={"sch": SCH})
    rules.extend(root.iter(f"{{{SCH}}}ns", f"{{{SCH}}}pattern"))
    return rules


def _refuse(rules: Element, schema: Path) -> None:
    """Raise `UsageError` for what `xslt/schematron.xsl` would pass over in silence."""
    for name in ("include", "phase", "param"):
        for element in rules.iter(f"{{{SCH}}}{name}"):
            message, place = f"<sch:{name}> is not supported", f"{schema}:{element.sourceline}"
            raise UsageError(message, hint="Write the rules out in one file.", place=place)
    if next(rules.iter(f"{{{SCH}}}pattern"), None) is None:
        raise UsageError("no Schematron pattern in it", hint="Give a .sch file.", place=str(schema))


def _parse(data: bytes | str) -> Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data.encode() if isinstance(data, str) else data, parser)


def _text(element: Element) -> str:
    from lxml import etree

    return etree.tostring(element, encoding="unicode", with_tail=False)


@cache
def _processor() -> Any:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    # Without this, doc() in a rule reads any file.
    processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "")
    for limit in ("maxElementDepth", "elementAttributeLimit"):
        processor.set_configuration_property(LIMIT + limit, "0")  # lxml has set its own
    return processor


def _compile(stylesheet: str) -> Any:
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet)


def _node(text: str) -> Any:
    return _processor().parse_xml(xml_text=text)
