"""A long novel, as Project Gutenberg has novels: sentences of English in 72 columns.

The sentences are those of our own documentation, in any order, so that it can be made everywhere.
Every machine makes the same of the same documentation.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
PARAGRAPH = re.compile(r"(?:^[A-Z].*\n)(?:^[A-Za-z(].*\n)*", re.MULTILINE)
MARKS = re.compile(r"[`*_\[\]|<>{}#]|\(\S*\)")
COLUMNS, PARAGRAPHS = 72, 40  # of a line; in a chapter
NAMES = ("Anna Holm", "Mr. Ek", "Miss Lind", "old Jonas", "Edith", "Dr. Berg")


def written(path: Path, size: int) -> Path:
    """Write a novel of so many bytes, or a little more; return its file."""
    chance, said = random.Random(1), _sentences()  # noqa: S311  always the same novel
    parts, length, chapter = list[str](), 0, 0
    while length < size:
        chapter += 1
        parts += _chapter(chapter, said, chance)
        length = sum(map(len, parts))
    path.write_text("\n\n".join(["THE HARBOUR", *parts]) + "\n", "utf-8")
    return path


def _sentences() -> list[str]:
    """Return the sentences of the documentation that are words alone."""
    texts = (path.read_text("utf-8") for path in sorted(DOCS.glob("*.md")))
    prose = (found[0] for text in texts for found in PARAGRAPH.finditer(text))
    sentences = (one for each in prose for one in re.split(r"(?<=[.?!]) ", " ".join(each.split())))
    return [one for one in sentences if 40 < len(one) < 240 and not MARKS.search(one)]


def _chapter(number: int, said: list[str], chance: random.Random) -> Iterator[str]:
    yield f"\n\nCHAPTER {number}"
    for paragraph in range(PARAGRAPHS):
        yield textwrap.fill(_paragraph(said, chance), COLUMNS)
        if paragraph == PARAGRAPHS // 2:
            yield "       *       *       *       *       *"


def _paragraph(said: list[str], chance: random.Random) -> str:
    sentences = chance.choices(said, k=chance.randint(2, 7))
    name = chance.choice(NAMES)
    if chance.random() < 1 / 3:
        sentences[0] = f"“{sentences[0]}” said {name}."
    if chance.random() < 1 / 5:
        sentences.append(f"It was _not_ what {name} had written.")
    if chance.random() < 1 / 30:
        sentences.append(f"[Footnote: {chance.choice(said)}]")
    return " ".join(sentences)
