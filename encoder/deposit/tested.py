"""The tests of a policy are put to each document as Schematron, like all rules."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from encoder.check import check_files
from encoder.deposit.policy import Test
from encoder.model import Finding

HEAD = """\
<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">
<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
"""


def tested(documents: Sequence[Path], tests: Sequence[Test]) -> Iterator[Finding]:
    """Yield a finding for each test that a document does not pass."""
    with tempfile.TemporaryDirectory(prefix="tei-policy-") as folder:
        schema = Path(folder) / "policy.sch"
        schema.write_text(schematron(tests), "utf-8")
        for checked in check_files(documents, [schema]):
            yield from (one for one in checked.all_findings if one.code.startswith("sch"))


def schematron(tests: Sequence[Test]) -> str:
    """Return the tests as a Schematron schema."""
    rules = "".join(
        f'<pattern><rule context="/*"><assert id="policy-{number}" role="{test.severity}" '
        f"test={quoteattr(test.xpath)}>{escape(test.message)}</assert></rule></pattern>\n"
        for number, test in enumerate(tests, 1)
    )
    return f"{HEAD}{rules}</schema>\n"
