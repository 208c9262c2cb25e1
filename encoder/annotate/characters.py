"""A character that XML 1.0 cannot hold is written as a `g` that names it (TEI P5 5).

No project can leave these: without them there is no file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from encoder.edition import Edition
from encoder.model import WHITE_CHARS, Finding, Span
from encoder.profile import Profile

BY = "tei-encoder"
# XML 1.0, production 2 (Char), without what counts as white space here.
NO_XML = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def find(edition: Edition, _profile: Profile) -> Iterator[Span | Finding]:
    """Yield a `g` for each character XML cannot hold, and one finding for each such code."""
    found = list(NO_XML.finditer(edition.source.text))
    counts = Counter(match.group() for match in found)
    for match in found:
        code = f"{ord(match.group()):04x}"
        yield Span(*match.span(), "g", {"ref": f"#u{code}"}, by=BY, cert="high")
        if count := counts.pop(match.group(), 0):
            yield _told(edition, match.start(), code.upper(), count)


def _told(edition: Edition, offset: int, code: str, count: int) -> Finding:
    times = "" if count == 1 else f", {count} times"
    line = edition.source.line(edition.source.locate(offset).line)
    return edition.finding(
        "character-not-xml",
        "info",
        f"U+{code} cannot be written in XML and is encoded as <g>{times}",
        offset,
        evidence=NO_XML.sub("�", line).strip(WHITE_CHARS),
        hint="if it is an accident of extraction, remove it from the source",
    )
