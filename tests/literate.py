"""Cases one can read: a Markdown file of pairs, plain text and the TEI it becomes.

A fenced block marked `text` is a source; the block `xml` after it is what stands in `<body>`.
Words after `text` set the profile: `lang=sv`, `kind=letter`, `lines=keep`. In a source `␣` is a
space at a line's end, `⍽` a no-break space, `␌` a form feed, `⌇` a soft hyphen. A block
marked `register`, once in a file, holds the entries that all its cases know.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from encoder.edition import Edition
from encoder.model import collapse
from encoder.pipeline import encode, settled
from encoder.profile import Profile
from encoder.registers import TEI, Register, read_register
from encoder.write.tree import write_text
from encoder.write.unwrite import parse, unwrite
from tests.editions import source

FOLDER = Path(__file__).parent / "cases"
CASE = re.compile(
    r"^```text(?P<options>[^\n]*)\n(?P<text>.*?)^```\n(?P<between>.*?)^```xml\n(?P<tei>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
REGISTER = re.compile(r"^```register\n(?P<entries>.*?)^```$", re.MULTILINE | re.DOTALL)
MARKS = str.maketrans({"␣": " ", "⍽": "\xa0", "␌": "\f", "⌇": "\xad"})


class Case(NamedTuple):
    """One pair of a case file."""

    name: str
    text: str
    profile: Profile
    tei: str
    register: Register = Register()


def cases(path: Path) -> Iterator[Case]:
    """Yield the pairs of a case file."""
    page = path.read_text("utf-8")
    register = _register(page)
    for match in CASE.finditer(page):
        line = page.count("\n", 0, match.start()) + 1
        options = dict(word.split("=", 1) for word in match["options"].split())
        options["language"] = options.pop("lang", "en")
        text = match["text"].translate(MARKS)
        yield Case(f"{path.stem}:{line}", text, Profile(**options), match["tei"], register)


def _register(page: str) -> Register:
    """Return the register a case file gives; none knows nobody."""
    given = REGISTER.search(page)
    if not given:
        return Register()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xml"
        path.write_text(f'<standOff xmlns="{TEI}">{given["entries"]}</standOff>', "utf-8")
        return read_register(path)


def edition(case: Case) -> tuple[Edition, Profile]:
    """Encode the source of a case."""
    read = source(case.text)
    profile = settled(case.profile, read)
    return encode(read, profile, register=case.register), profile


def body(case: Case) -> str:
    """Return what stands in `<body>`, a line each, as the case file has it."""
    written = etree.tostring(write_text(*edition(case)), encoding="unicode")
    inside = written.split(">\n", 1)[1].rsplit("\n</text>", 1)[0]
    if "</front>" not in inside:
        inside = inside.removeprefix("<body>\n").removesuffix("\n</body>")
    return inside.replace(' resp="#tei-encoder"', "") + "\n"


def given_back(case: Case) -> str:
    """Return the source as the TEI of a case tells it, collapsed."""
    data = etree.tostring(write_text(*edition(case)))
    return collapse("".join(text for text, _ in unwrite(parse(data))))


def accept(path: Path) -> bool:
    """Write what we make now into a case file; return whether that changed it."""
    page = path.read_text("utf-8")
    made = iter([body(case) for case in cases(path)])

    def renew(match: re.Match[str]) -> str:
        start, end = match.span("tei")
        whole = match.group()
        return whole[: start - match.start()] + next(made) + whole[end - match.start() :]

    renewed = CASE.sub(renew, page)
    path.write_text(renewed, "utf-8")
    return renewed != page
