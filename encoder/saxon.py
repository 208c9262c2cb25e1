"""Stylesheets are run by Saxon: each is compiled once a process, and opens no file when it runs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.heard import heard
from encoder.resources import stylesheet
from encoder.safe import printable

Params = Mapping[str, str | bool]
NO_PARAMS: Params = MappingProxyType({})

# A project's stylesheet imports nothing: it is included over ours, which is imported.
_OVER: Final = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="{ours}"/><xsl:include href="{theirs}"/></xsl:stylesheet>"""

# The Java parser inside Saxon stops at depth 100 and at 200 attributes. No template of ours goes
# deeper than it can; what lxml may read is as deep, and a corpus that it joins a little deeper.
_SAXON: Final = {
    "http://saxon.sf.net/feature/parserProperty?uri=jdk.xml.maxElementDepth": "300",
    "http://saxon.sf.net/feature/parserProperty?uri=jdk.xml.elementAttributeLimit": "0",
    # No variable of the environment and no property of the system gets into a page.
    "http://saxon.sf.net/feature/allow-external-functions": "false",
}
_PROTOCOLS: Final = "http://saxon.sf.net/feature/allowedProtocols"


def transform(name: str, tei: str, params: Params = NO_PARAMS, custom: Path | None = None) -> str:
    """Return what the stylesheet `name`, and a project's own over it, make of a TEI document."""
    processor, executable = _engine(name, custom)
    executable.clear_parameters()
    for key, value in params.items():
        executable.set_parameter(key, _atomic(processor, value))
    document = _parsed(processor, tei)
    with _errors(name, custom):
        executable.set_global_context_item(xdm_item=document)
        result = executable.apply_templates_returning_string(xdm_value=document)
    return str(result)


def _parsed(processor: Any, tei: str) -> Any:
    from saxonche import PySaxonApiError

    try:
        with heard():  # the error says it, too
            return processor.parse_xml(xml_text=tei)
    except PySaxonApiError as error:
        if "JAXP00010006" in str(error):
            raise InputError("elements are nested too deeply to be shown") from None
        raise InputError(f"Saxon cannot read this: {str(error).strip()}") from None


def _atomic(processor: Any, value: str | bool) -> Any:
    make = processor.make_boolean_value if isinstance(value, bool) else processor.make_string_value
    return make(value)


@cache
def _engine(name: str, custom: Path | None = None) -> tuple[Any, Any]:
    """Compile a stylesheet, once a process. When it is compiled its engine can open no file.

    Each has an engine of its own: Saxon takes the permission back, but never gives it again.
    """
    processor, path = _processor(), stylesheet(name)
    with _errors(name, custom):
        compiler = processor.new_xslt30_processor()
        if custom:
            from encoder.render.templates import modules

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
def _errors(name: str, custom: Path | None) -> Iterator[None]:
    from saxonche import PySaxonApiError

    failure = None
    with heard() as said:
        try:
            yield
        except PySaxonApiError as error:
            failure = str(error)
    # What stands before the first error are messages of the stylesheet.
    for line in re.split(r"^Error ", said[0], maxsplit=1, flags=re.M)[0].splitlines():
        print(printable(line), file=sys.stderr)
    if failure is not None:
        message, place = _first_error(failure, said[0])
        if custom:  # ours are tested
            hint = f"mend {custom.name}; without it, ours stand alone"
            where = _place(custom, *place)
            raise UsageError(f"the stylesheet failed: {message}", hint=hint, place=where) from None
        raise EncoderError(f"the stylesheet failed: {message}", place=f"xslt/{name}") from None


def _first_error(failure: str, said: str) -> tuple[str, tuple[str, str]]:
    """Return what Saxon says of the first error alone, and where that is: a name and a line.

    Of one that is met when a stylesheet is compiled the failure says it, of one met when it runs
    only what was `said`, with a trace.
    """
    whole = f"{failure}\n{said}"
    found = re.search(r"^Error .*?on line (\d+) column \d+ of (\S+):\n(.*)", whole, re.M | re.S)
    if not found:
        return " ".join(failure.split()), ("", "")
    told = re.split(r"^(?:\S| +(?:In|invoked by) )", found[3], flags=re.M)[0]
    return " ".join(told.split()), (found[2], found[1])


def _place(custom: Path, name: str, line: str) -> str:
    """Return where in a project's stylesheet an error is, or that it is in it."""
    from encoder.render.templates import modules

    found = (module for module in modules(custom) if module.name == name)
    return next((f"{module}:{line}" for module in found), str(custom))
