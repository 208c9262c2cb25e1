"""`python -m benchmarks.names FOLDER`: find the names of `names.txt` in `text.txt`, as `rg` would.

rg -F -w -o -f names.txt text.txt
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

COUNT, SIZE = 100_000, 10_000_000
SYLLABLES = "ka le mo ri ta vi no sa be du fe gi ho ju ly ne or pa ra sto tro ven berg lund ski ov"
WORDS = "och i att det som en på är av för med till den har de inte om ett han men var jag"
NAMES, TEXT = "names.txt", "text.txt"


def written(folder: Path, count: int = COUNT, size: int = SIZE) -> tuple[Path, Path]:
    """Write names, and a text of so many bytes with one in each line; return both files."""
    chance = random.Random(1)  # noqa: S311  always the same names
    folder.mkdir(parents=True)
    names = _names(chance, count)
    (folder / NAMES).write_text("\n".join(names) + "\n", "utf-8")
    (folder / TEXT).write_text(_text(names, chance, size), "utf-8")
    return folder / NAMES, folder / TEXT


def _names(chance: random.Random, count: int) -> list[str]:
    syllables, found = SYLLABLES.split(), set[str]()
    while len(found) < count:
        words = ("".join(chance.choices(syllables, k=parts)) for parts in (2, 3))
        found.add(" ".join(word.capitalize() for word in words))
    return sorted(found)


def _text(names: list[str], chance: random.Random, most: int) -> str:
    words, lines, size = WORDS.split(), list[str](), 0
    while size < most:
        lines.append(" ".join([*chance.choices(words, k=12), chance.choice(names)]) + ".\n")
        size += len(lines[-1].encode())
    return "".join(lines)


def main() -> None:
    """Build the index of the names, and find all of them in the text."""
    from encoder.naming.index import Index
    from encoder.registers import Name, Person

    folder = Path(sys.argv[1])
    names = (folder / NAMES).read_text("utf-8").splitlines()
    entries = (Person(f"p{n}", (Name(name, "nickname"),)) for n, name in enumerate(names))
    found = sum(1 for _ in Index(entries, "sv").find((folder / TEXT).read_text("utf-8")))
    if not found:
        raise AssertionError("nothing was found")


if __name__ == "__main__":
    main()
