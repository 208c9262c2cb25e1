"""Corpora for tests and benchmarks: small letters and essays, the same for the same number."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from pathlib import Path

WORDS = (
    "harbour winter window letter morning committee bread river candle question teacher road "
    "garden news silence paper train evening answer field market station brother weather music"
).split()
PLACES = ("Bergen", "Riga", "Lund", "Turku", "Gdańsk")
NAMES = ("Anna", "Karin", "Jonas", "Edith", "Olav")
# What a text is not: each in another way.
BROKEN = (b"", b" \n\n", b"%PDF-1.7\n", b"\x7fELF\0\1\2\0\0", b"PK\x03\x04rest", b"\xff\xfe\xff")


def corpus(folder: Path, texts: int, broken: int = 0, lines: int = 30) -> None:
    """Write texts into a folder and the folders in it, the broken ones spread among them."""
    bad = set(random.Random(texts).sample(range(texts), broken))
    for number in range(texts):
        path = folder / f"{number // 100:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(BROKEN[number % len(BROKEN)] if number in bad else text(number, lines))


def text(number: int, lines: int) -> bytes:
    """Return a letter of so many lines, with words broken at line ends and a note."""
    chance = random.Random(number)
    body = "\n".join(_line(chance) for _ in range(lines))
    date = f"{chance.choice(PLACES)}, {chance.randint(1, 28)} March 19{chance.randint(10, 39)}"
    whom, who = chance.sample(NAMES, 2)
    note = f"[1] {_line(chance)}"
    return f"{date}\n\nDear {whom},\n\n{body} [1]\n\nYours,\n{who}\n\n{note}\n".encode()


def _line(chance: random.Random) -> str:
    words = " ".join(chance.choices(WORDS, k=10))
    return f"{words} {chance.choice(('com-', 'and the', 'well-', 'of'))}"


def held(folder: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
