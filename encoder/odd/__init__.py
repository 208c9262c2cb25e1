"""An ODD is a schema and its manual in one TEI document; from it come RELAX NG,
Schematron, XSD and the manual in HTML.

An ODD that is complete in itself needs nothing else: each element is specified in full, each class
and datatype is in the file. One that leans on the TEI's own definitions needs them as a source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from encoder import files, resources
from encoder.errors import InputError, UsageError
from encoder.odd.faults import checked
from encoder.odd.source import completed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["compile_odd"]

SCHEMA = "{http://www.tei-c.org/ns/1.0}schemaSpec"


def compile_odd(path: Path, out_dir: Path, source: Path | None = None) -> list[Path]:
    """Write the schemas and the manual of an ODD, named after its `schemaSpec/@ident`.

    An ODD may have several `schemaSpec`s: each is compiled by itself.

    Args:
        path: the ODD.
        out_dir: the folder to write to, made where it is missing.
        source: the TEI's own definitions (`p5subset.xml`), for an ODD that leans on them.

    Returns:
        RELAX NG, Schematron if it has rules, an XSD for each namespace, and one page of HTML.

    Raises:
        InputError: the ODD cannot be read.
        UsageError: it is not well-formed, or uses what we do not support.
        OutputError: a schema cannot be written.
    """
    given = None if source is None else _read(source)
    made: dict[Path, str] = {}
    for one in _single(_read(path)):
        odd = one if given is None else completed(one, given, path)
        schema = checked(odd, path)
        ident = schema.get("ident", "")
        if out_dir / f"{ident}.rng" in made:
            hint = "give each schemaSpec an ident of its own: its files are named after it"
            place = f"{path}:{schema.sourceline}"
            raise UsageError(f"two schemaSpecs have the ident {ident}", hint=hint, place=place)
        made |= {out_dir / name: text for name, text in _compiled(odd, ident, path).items()}
    for target, text in made.items():
        files.write(target, text.encode())
    return list(made)


def _single(odd: Element) -> Iterator[Element]:
    """Yield an ODD once for each of its schemas, with that one alone in it."""
    count = sum(1 for _ in odd.iter(SCHEMA))
    for number in range(max(1, count)):
        one = deepcopy(odd) if count > 1 else odd
        for other, each in enumerate(list(one.iter(SCHEMA))):
            parent = each.getparent()
            if other != number and parent is not None:
                parent.remove(each)
        yield one


def _compiled(odd: Element, ident: str, path: Path) -> Mapping[str, str]:
    """Return the texts of the schemas by the names of their files."""
    source = _text(odd)
    rng = _transform(source, "relaxng.xsl", path)
    rules = _transform(source, "schematron.xsl", path)
    return {
        f"{ident}.rng": rng,
        # Without a pattern there is nothing to check, and `tei validate` refuses it.
        **({f"{ident}.sch": rules} if "<sch:pattern" in rules else {}),
        **_each(_transform(rng, "xsd.xsl", path, ident=ident)),
        f"{ident}.html": f"{_transform(source, 'manual.xsl', path)}\n",
    }


def _each(schemas: str) -> Mapping[str, str]:
    """Return the XSD schemas that stand in one document, by their files."""
    from lxml import etree

    found = {}
    for each in etree.fromstring(schemas.encode()):
        schema = etree.fromstring(_text(each[0]))
        etree.indent(schema)
        text = etree.tostring(schema, xml_declaration=True, encoding="UTF-8").decode()
        found[each.get("file", "")] = f"{text}\n"
    return found


def _read(path: Path) -> Element:
    from lxml import etree

    from encoder.trees import parser, reason

    try:
        return etree.fromstring(path.read_bytes(), parser())
    except OSError as error:
        raise InputError(f"cannot read the ODD: {error.strerror}", place=str(path)) from error
    except etree.XMLSyntaxError as error:
        place = "{}:{}:{}".format(path, *error.position)
        hint = "mend the XML there; the ODD has to be a well-formed TEI document"
        raise UsageError(f"not well-formed: {reason(error)}", hint=hint, place=place) from error


def _transform(text: str, stylesheet: str, path: Path, **parameters: str) -> str:
    from saxonche import PySaxonApiError, PySaxonProcessor

    program = str(resources.stylesheet(f"odd/{stylesheet}"))
    processor = PySaxonProcessor(license=False)
    try:
        executable = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=program)
        # Our stylesheet has read its own modules; what it is given to read opens nothing.
        processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "")
        for name, value in parameters.items():
            executable.set_parameter(name, processor.make_string_value(value))
        return str(executable.transform_to_string(xdm_node=processor.parse_xml(xml_text=text)))
    except PySaxonApiError as error:
        raise UsageError(f"cannot be compiled: {error}", place=str(path)) from error


def _text(element: Element) -> str:
    """Return an element as XML: its encoding and DOCTYPE are dealt with."""
    from lxml import etree

    return etree.tostring(element, encoding="unicode", with_tail=False)
