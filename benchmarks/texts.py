"""The texts that are encoded: the letter, and longer ones made of it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

LETTER = Path(__file__).parent.parent / "tei"
SMALL = LETTER.parent / "tests" / "fixtures" / "everything.xml"
NAME = "trotskij-1928-10-21"
# What is repeated: from the first words after the salutation up to the translator's line.
FIRST, LAST = "Jag\xa0skriver", "(Översättning\xa0"
PAGE = "\n "  # a line that begins with a space begins a page in this file


@dataclass(frozen=True)
class Text:
    """A text in a project of its own, and where its TEI goes."""

    source: Path
    tei: Path

    @property
    def megabytes(self) -> float:
        """Size of the text, in millions of bytes."""
        return self.source.stat().st_size / 1_000_000


def project(folder: Path, times: int = 1, *, decisions: bool = False) -> Text:
    """Make a project of the letter in a folder, its body so many times over.

    The editor's decisions are anchored in the letter as it is: only there do they apply.
    """
    source = folder / "sources" / f"{NAME}.txt"
    source.parent.mkdir(parents=True)
    source.write_bytes(repeated(times).encode())
    for name in ("edition.toml", "persons.xml", *(["decisions.toml"] if decisions else [])):
        shutil.copy(LETTER / name, folder)
    return Text(source, folder / f"{NAME}.xml")


def repeated(times: int) -> str:
    """Return the letter with its body so many times over: one text with one head and one end.

    Each time begins a page, as the others do, so notes are called and stand as on any page.
    """
    letter = (LETTER / "sources" / f"{NAME}.txt").read_bytes().decode()
    start, end = letter.index(FIRST), letter.index(LAST)
    body = letter[start:end].rstrip()
    rest = letter[start + len(body) :]
    return letter[:start] + PAGE.join([body] * times) + rest


def tei_file(folder: Path, size: int) -> Path:
    """Write a valid TEI file of some size: one with each of our elements, its body many times."""
    # As another program's: in ours a pointer to what was cut away would be an error.
    text = SMALL.read_text("utf-8").replace('ident="tei-encoder"', 'ident="another"')
    start, end = text.index(">", text.index("<body")) + 1, text.rindex("</body>")
    body = re.sub(r'\sxml:id="[^"]*"', "", text[start:end])
    times = size // len(body.encode()) + 1
    path = folder / "large.xml"
    path.write_text(text[:start] + body * times + text[end:], "utf-8")
    return path


def tei_files(folder: Path, count: int) -> list[Path]:
    """Write the same small TEI file many times."""
    paths = [folder / "many" / f"{number:04}.xml" for number in range(count)]
    paths[0].parent.mkdir()
    for path in paths:
        shutil.copy(SMALL, path)
    return paths
