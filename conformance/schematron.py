"""How our Schematron engine does: in a conformance suite, and beside a reference engine.

Each case of the suite (`shared/cases/schematron`) is a schema, some documents and what must come of
them: valid, invalid or an error of the schema; and XPath that must hold of the report in SVRL.
The reference engine has counted the errors and warnings that the rules in the TEI's grammars find
(`shared/cases/validation/index.tsv`).
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from encoder.errors import EncoderError
from encoder.validate import schematron
from encoder.validate.document import Document, read

CASE = "{https://doi.org/10.5281/zenodo.5679629#}"
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
# No case is left out; one that asks for what is not standard would stand here, with the reason.
NOT_RUN: dict[str, str] = {}


def figures(cases: Path, schemas: Path) -> dict[str, float]:
    """Return the share of cases that come out as they must, as `validation.NAME`."""
    return {
        "validation.schematron_suite": suite(cases / "schematron"),
        "validation.schematron_verdict": reference(cases / "validation", schemas),
    }


def reference(cases: Path, schemas: Path) -> float:
    """Return the share of files in which we find as many errors and warnings as the reference."""
    with (cases / "index.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    equal = [
        _counted(cases / row["path"], schemas / row["schema"])
        == (int(row["schematron_errors"]), int(row["schematron_warnings"]))
        for row in rows
    ]
    return round(sum(equal) / max(1, len(equal)), 4)


def _counted(path: Path, schema: Path) -> tuple[int, int]:
    document = read(path.read_bytes(), str(path))
    if not isinstance(document, Document):
        return 0, 0
    found = Counter(finding.severity for finding in schematron.check(document, schema))
    return found["error"], found["warning"]


def suite(cases: Path) -> float:
    """Return the share of cases of the suite that come out as they must, and print the others."""
    found = {path.stem: list(faults(path)) for path in _cases(cases) if path.stem not in NOT_RUN}
    for name, wrong in found.items():
        if wrong:
            print(f"schematron {name}: {'; '.join(wrong)}")
    passed = sum(not wrong for wrong in found.values())
    return round(passed / max(1, len(found)), 4)


def _cases(folder: Path) -> list[Path]:
    holders = (folder / "conformance" / "testcases", folder / "features", folder / "bugs")
    return sorted(path for holder in holders for path in holder.rglob("*.xml"))


def faults(path: Path) -> Iterator[str]:
    """Yield what does not come out as a case says, of each schema it has."""
    case = etree.parse(path).getroot()
    for schema in case.iterfind(f"{CASE}schemas/*"):
        with tempfile.TemporaryDirectory() as folder:
            yield from _run(case, schema, Path(folder))


def _run(case: etree._Element, schema: etree._Element, folder: Path) -> Iterator[str]:
    written = folder / "schema.sch"
    _write(written, schema)
    for each in case.iterfind(f"{CASE}documents/{CASE}document"):
        _write(folder / each.get("filename", ""), each[0])
    primary = folder / "document.xml"
    if not primary.exists():
        _write(primary, case.find(f"{CASE}documents/*")[0])
    document = read(primary.read_bytes(), str(primary))
    if not isinstance(document, Document):
        yield str(document)
        return
    outcome = _outcome(document, written)
    if outcome != case.get("expect"):
        yield f"{outcome}, not {case.get('expect')}"
    yield from _unmet(case, document, written)


def _write(path: Path, element: etree._Element) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(etree.tostring(element, with_tail=False))


def _outcome(document: Document, schema: Path) -> str:
    try:
        found = list(schematron.check(document, schema))
    except EncoderError as error:
        return f"error ({error})"
    if any(finding.code == "schematron-rule" for finding in found):
        return "error"
    return "invalid" if found else "valid"


def _unmet(case: etree._Element, document: Document, schema: Path) -> Iterator[str]:
    asserted = list(case.iterfind(f"{CASE}assertions/{CASE}assertion"))
    if asserted:
        svrl = etree.fromstring(schematron.svrl(document, schema))
        for each in asserted:
            if not svrl.xpath(each.get("assert", ""), namespaces=SVRL):
                yield f"does not hold: {each.get('assert')}"


if __name__ == "__main__":
    SHARED = Path(__file__).parents[2] / "shared"
    print(figures(SHARED / "cases", SHARED / "schemas"))
