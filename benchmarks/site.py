"""`python -m benchmarks.site FILE COUNT FOLDER`: the web edition of so many copies of a text."""

from __future__ import annotations

import sys
from pathlib import Path

from encoder.site import Page, publish

if __name__ == "__main__":
    tei, count, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    publish(out, [Page(tei, f"letter-{number:04}.html") for number in range(count)], {})
