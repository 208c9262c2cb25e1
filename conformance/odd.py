"""Whether our schema is a true subset of the whole TEI, as `tei_all.rng` and jing see it.

`python -m conformance.odd [FOLDER]`, with the TEI's schemas in FOLDER, asks:

- is the ODD itself a valid TEI document?
- has the TEI each element we specify, with its attributes, and does it ask for no others?
- does each element belong to the module we list it under?
- is each sequence of children that we allow allowed by the TEI? (proved, not sampled)
- is each value that we allow an attribute allowed by the TEI?
- does jing take our grammar, and find our fixtures valid by both grammars?
"""

from __future__ import annotations

import copy
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from lxml import etree

from conformance.grammar import RNG, Grammar, beyond

ROOT = Path(__file__).parent.parent
EDITION, ODD = ROOT / "schemas" / "edition.rng", ROOT / "schemas" / "edition.odd"
TESTS, SHARED = ROOT / "tests", ROOT.parent / "shared" / "schemas"
TEI = "{http://www.tei-c.org/ns/1.0}"
BATCH = 40
# A value of each datatype that our schema uses.
SAMPLES = {
    "anyURI": ["#a", "https://example.org/a?b#c"],
    "token": ["1.0"],
    "string": ["a b"],
    "language": ["sv", "de-Latn-1901"],
    "ID": ["a"],
    "NCName": ["a"],
    "decimal": ["1.5"],
    "nonNegativeInteger": ["2"],
    "date": ["1900-01-01"],
    "gYear": ["1900"],
    "gYearMonth": ["1900-01"],
    "gMonthDay": ["--01-01"],
    "gMonth": ["--01"],
    "gDay": ["---01"],
    "dateTime": ["1900-01-01T12:00:00"],
    "time": ["12:00:00"],
}


def jing(schema: Path, *files: Path) -> list[str]:
    """Return what jing has to say of `files`: nothing where they are valid."""
    command = ["jing", str(schema), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    broken = [line for line in run.stderr.splitlines() if "xception" in line or "rror" in line]
    return run.stdout.splitlines() or (broken or ["jing failed"]) * bool(run.returncode)


def names(ours: Grammar, theirs: Grammar) -> Iterator[str]:
    """Yield each element and attribute that only one side has, where that matters."""
    for element in ours.elements:
        if element not in theirs.elements:
            yield f"{element}: the TEI has no such element"
            continue
        mine, other = ours.attributes(element), theirs.attributes(element)
        yield from (f"{element}/@{name}: not in the TEI" for name in mine.keys() - other.keys())
        for name, (_, required) in other.items():
            if required and not (name in mine and mine[name][1]):
                yield f"{element}/@{name}: required by the TEI"


def modules(theirs: Grammar) -> Iterator[str]:
    """Yield each module whose elements do not stand together in the TEI's grammar.

    The grammar is written module by module: an element that we list under another module than
    the TEI does interrupts the run of that module, and would vanish in the TEI's processors.
    """
    specified = etree.parse(ODD).iterfind(f".//{TEI}elementSpec")
    module_of = {spec.get("ident"): spec.get("module", "") for spec in specified}
    runs = [
        run for run, _ in groupby(module_of[name] for name in theirs.elements if name in module_of)
    ]
    for module, count in Counter(runs).items():
        if count > 1:
            yield f"{module}: lists elements of another module, or lacks some of its own"


def contents(ours: Grammar, theirs: Grammar) -> Iterator[str]:
    """Yield for each element a sequence of children that only we allow."""
    for element in sorted(ours.elements.keys() & theirs.elements.keys()):
        sequence = beyond(ours.content(element), theirs.content(element))
        if sequence:
            yield f"{element}: the TEI does not allow the children: {sequence}"


def values(ours: Grammar, theirs: Grammar) -> list[str]:
    """Return what jing says of values that we allow, one element for each attribute."""
    probes = list(_probes(ours, theirs))
    with tempfile.TemporaryDirectory() as folder:
        schema, document = Path(folder, "probe.rng"), Path(folder, "probe.xml")
        schema.write_bytes(etree.tostring(_probe_grammar(probes, theirs)))
        document.write_text(_probe_document(probes, ours), encoding="utf-8")
        return jing(schema, document)


Probe = tuple[str, etree._Element, etree._Element]


def _probes(ours: Grammar, theirs: Grammar) -> Iterator[Probe]:
    for element in ours.elements:
        others = theirs.attributes(element)
        for name, (mine, _) in ours.attributes(element).items():
            if name in others and name != "xml:id":
                yield f"{element}-{name.replace(':', '-')}", mine, others[name][0]


def _probe_grammar(probes: list[Probe], theirs: Grammar) -> etree._Element:
    """Return the TEI's grammar with a start that allows any probe by the TEI's pattern."""
    grammar = copy.deepcopy(theirs.root)
    for start in list(grammar.iter(f"{RNG}start")):
        grammar.remove(start)
    root = etree.SubElement(
        etree.SubElement(grammar, f"{RNG}start"), f"{RNG}element", name="probes"
    )
    anyone = etree.SubElement(etree.SubElement(root, f"{RNG}zeroOrMore"), f"{RNG}choice")
    # jing recurses through a choice: two short levels, where one long one would fill its stack.
    for first in range(0, len(probes), BATCH):
        batch = etree.SubElement(anyone, f"{RNG}choice")
        for name, _, pattern in probes[first : first + BATCH]:
            etree.SubElement(batch, f"{RNG}element", name=name).append(copy.deepcopy(pattern))
    return grammar


def _probe_document(probes: list[Probe], ours: Grammar) -> str:
    lines = [
        f'<{name} {mine.get("name")}="{value}"/>'
        for name, mine, _ in probes
        for value in _allowed(mine, ours)
    ]
    return '<probes xmlns="http://www.tei-c.org/ns/1.0">' + "\n".join(lines) + "</probes>"


def _allowed(pattern: etree._Element, ours: Grammar) -> Iterator[str]:
    """Yield each value of a closed list, and a few of each datatype."""
    for part in pattern.iter(f"{RNG}value", f"{RNG}data", f"{RNG}ref"):
        if part.tag == f"{RNG}value":
            yield part.text or ""
        elif part.tag == f"{RNG}data":
            yield from SAMPLES[part.get("type", "")]
        else:
            yield from _allowed(ours.defines[part.get("name", "")], ours)


def report(schemas: Path) -> Iterator[str]:
    """Yield everything that is wrong, by the TEI's schemas in a folder."""
    tei = schemas / "tei_all.rng"
    fixtures = [TESTS / "fixtures" / f"{name}.xml" for name in ("everything", "corpus")]
    rules = sorted(TESTS.glob("rules/*/*.xml"))
    ours, theirs = Grammar(EDITION), Grammar(tei)
    yield from jing(tei, ODD, *fixtures, *rules)
    yield from jing(EDITION, *fixtures, *rules)
    yield from names(ours, theirs)
    yield from modules(theirs)
    yield from contents(ours, theirs)
    yield from values(ours, theirs)


def main() -> int:
    """Print what is wrong; return 1 if anything is."""
    faults = list(report(Path(sys.argv[1]) if sys.argv[1:] else SHARED))
    print("\n".join(faults) or "the edition schema is a subset of the TEI")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
