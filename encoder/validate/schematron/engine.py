"""Saxon, in a room without windows: it is given texts, reads no file, and its errors are heard.

What it cannot compile or run is taken out of the program and told with its place in the schema; the
rest is run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from encoder.heard import heard
from encoder.validate.schematron.files import Node
from encoder.validate.schematron.outward import outward
from encoder.validate.schematron.program import Program, Unit, program
from encoder.validate.schematron.rules import Fault, Let, Rule, Schema

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LIMIT = "http://saxon.sf.net/feature/parserProperty?uri=jdk.xml."
ERROR = re.compile(
    r"on line (?P<line>\d+) column \d+ of [^\n]*:\n\s+(?:(?P<code>[A-Z]{4}\d{4})\s+)?"
    r"(?P<message>.+?)(?=\n(?:Error|Warning|In |\s+invoked)|\Z)",
    re.DOTALL,
)
# What Saxon says where a name is gone because its declaration is.
NAME = re.compile(r"(?:\$|Q\{[^}]*\}|Key ')([^\W\d][\w.\-]*)")
READS = "{} reaches outside the document, and is not run"
WITHIN = "Ask only about the document itself; let other files be found with pattern/@documents."


class NotRunError(Exception):
    """Saxon cannot take a document, or a schema as a whole."""


@dataclass
class Compiled:
    """A schema ready to run, and what is wrong with it."""

    schema: Schema
    program: Program
    executable: Any
    faults: list[Fault] = field(default_factory=list)
    without: frozenset[Unit] = frozenset()
    trace: bool = False

    def excuses(self, message: str) -> bool:
        """Return whether an error only says that something is gone which was told before."""
        return bool({_called(unit) for unit in self.without} & set(NAME.findall(message)))


def compiled(schema: Schema, trace: bool = False) -> Compiled:
    """Return a schema ready to run, without the parts of it that cannot be.

    Raises:
        NotRunError: no part is to blame, so none can be left out.
    """
    found = list(outward(schema))
    reading = [Fault(_node(unit), READS.format(name), WITHIN) for unit, name in found]
    without = frozenset(unit for unit, _ in found)
    made = Compiled(schema, Program(), None, [*schema.faults, *reading], without, trace)
    _compile(made)
    return made


def _compile(made: Compiled) -> None:
    from saxonche import PySaxonApiError

    while made.executable is None:
        made.program = program(made.schema, made.without, made.trace)
        compiler = _processor().new_xslt30_processor()
        try:
            made.executable = compiler.compile_stylesheet(stylesheet_text=made.program.text)
        except PySaxonApiError as error:
            _leave_out(made, str(error))


def _leave_out(made: Compiled, told: str) -> None:
    """Take what an error is about out of the program, and say so."""
    blamed = dict(_blamed(made.program, told))
    if not blamed.keys() - made.without:
        raise NotRunError(" ".join(told.split()))
    excused = [unit for unit, message in blamed.items() if made.excuses(message)]
    made.faults += [Fault(_node(unit), blamed[unit]) for unit in blamed if unit not in excused]
    made.without |= blamed.keys()
    made.executable = None


def _blamed(made: Program, told: str) -> Iterator[tuple[Unit, str]]:
    for error in ERROR.finditer(told):
        unit = made.unit(int(error["line"]))
        if unit is not None:
            yield unit, " ".join(error["message"].split())


def _called(unit: Unit) -> str:
    """Return the name that a part gives to something; empty for what has none."""
    node = _node(unit)
    return node.get("name").rpartition(":")[2] if isinstance(unit, Let | Node) else ""


def _node(unit: Unit) -> Node:
    return unit if isinstance(unit, Node) else unit.node


# --- running


def results(made: Compiled, text: str) -> Element:
    """Return what the rules give out for a document, as `program` writes it.

    Raises:
        NotRunError: Saxon cannot read the document, or fails where no part is to blame.
    """
    node = parsed(text)
    return _given(made, lambda: made.executable.transform_to_string(xdm_node=node))


def results_in(made: Compiled, text: str, other: str, mode: str) -> Element:
    """Return what the rules of one mode give out for another document that `text` names."""

    def run() -> str:
        executable = made.executable.clone()
        executable.set_global_context_item(xdm_item=parsed(text))
        executable.set_initial_match_selection(xdm_value=parsed(other))
        executable.set_initial_mode(mode)
        return str(executable.apply_templates_returning_string())

    return _given(made, run)


def _given(made: Compiled, run: Callable[[], str]) -> Element:
    from saxonche import PySaxonApiError

    while True:
        with heard() as said:
            try:
                text = run()
            except PySaxonApiError as error:
                failure = error
            else:
                break
        _fail(made, said[0], failure)
    _warn(made, said[0])
    return _tree(text)


def _fail(made: Compiled, said: str, error: Exception) -> None:
    """Leave out the variable of the whole schema that failed, for nothing else can."""
    lets = [unit for unit, _ in _blamed(made.program, said) if isinstance(unit, Let)]
    if not lets:
        raise NotRunError(" ".join(str(error).split())) from error
    _leave_out(made, said)
    _compile(made)


def _warn(made: Compiled, said: str) -> None:
    """Tell of contexts that failed on some node: to Saxon they just do not match."""
    for unit, message in _blamed(made.program, said):
        if isinstance(unit, Rule) and all(fault.node is not unit.node for fault in made.faults):
            made.faults.append(Fault(unit.node, message))


def _tree(text: str) -> Element:
    from lxml import etree

    from encoder.trees import parser

    return etree.fromstring(text.encode(), parser(huge_tree=True))


def parsed(text: str) -> Any:
    """Return a document as Saxon has it.

    Raises:
        NotRunError: it is beyond what Saxon takes.
    """
    from saxonche import PySaxonApiError

    try:
        return _processor().parse_xml(xml_text=text)
    except PySaxonApiError as error:
        raise NotRunError(" ".join(str(error).split())) from error


@cache
def _processor() -> Any:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    # Without this, doc() in a rule reads any file.
    processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "")
    # And without this, environment-variable() one of the environment.
    processor.set_configuration_property(
        "http://saxon.sf.net/feature/allow-external-functions", "false"
    )
    for limit in ("maxElementDepth", "elementAttributeLimit"):
        processor.set_configuration_property(LIMIT + limit, "0")  # lxml has set its own
    return processor
