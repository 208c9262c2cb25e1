"""How long a very large file takes, and how much memory: `python -m conformance.hostile [MB]`.

A TEI file of 200 MB is made and checked by the whole TEI's RELAX NG, as a process of its own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measure import run
from benchmarks.tools import tei

SCHEMA = Path(__file__).parent.parent.parent / "shared" / "schemas" / "tei_all.rng"
HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Large</title>
</titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>Made.</p></sourceDesc>
</fileDesc></teiHeader><text><body>
"""
PARAGRAPH = """<p n="{0}" xml:id="p{0}">Words <hi rend="italic">and words</hi>, and a
<persName ref="#p{0}">name</persName> that å letter of {0} tells, with a date of
<date when="1867-03-09">the ninth</date>, so that nothing comes to an end too soon.</p>
"""


def main() -> None:
    """Make the file, check it, and print what that took."""
    size = 1_000_000 * int(sys.argv[1] if len(sys.argv) > 1 else "200")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xml"
        with path.open("w", encoding="utf-8") as file:
            written, number = file.write(HEAD), 0
            while written < size:
                number += 1
                written += file.write(PARAGRAPH.format(number))
            file.write("</body></text></TEI>\n")
        used = run(tei("validate", path, "--schema", SCHEMA))
        print(f"{size // 1_000_000} MB: {used.seconds:.0f} s, {used.mebibytes:.0f} MiB")


if __name__ == "__main__":
    main()
