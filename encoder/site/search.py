"""A search index that needs no server: for each word the texts that have it, in small files.

The files are scripts that call one function, for a page opened from a disk may load a script, but
read nothing. A word is filed under its first two letters; a search loads the files of its words,
and the words of the texts that it shows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# Letters that Unicode does not take apart, as who has no such key writes them.
WRITTEN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
                         "þ": "th", "ı": "i"})  # fmt: skip
# Scripts without spaces between words: each character is filed by itself.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
WORD = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+")


@dataclass(slots=True)
class Index:
    """The words of a collection; its texts are numbered."""

    words: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def add(self, number: int, parts: list[tuple[str, str]]) -> bytes:
        """Add a text by its parts, (address, words), and return the file of its words."""
        counts = Counter(word for _, words in parts for word in folded(words))
        for word, count in counts.items():
            self.words.setdefault(word[:2], {}).setdefault(word, []).extend((number, count))
        return _call("text", number, parts)

    def files(self, texts: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the bytes of each file: the texts, and the words by two letters.

        Args:
            texts: address, title and date of each, in the order of their numbers.
        """
        yield "texts.js", _call("texts", texts)
        for letters, words in sorted(self.words.items()):
            yield f"{filed(letters)}.js", _call("words", letters, dict(sorted(words.items())))


def folded(words: str) -> list[str]:
    """Return the words as they are filed: small letters without marks."""
    bare = unicodedata.normalize("NFD", words.lower()).translate(WRITTEN)
    return WORD.findall("".join(c for c in bare if not unicodedata.category(c).startswith("M")))


def filed(letters: str) -> str:
    """Return the name of the file for two letters: their code points."""
    return "w" + "-".join(f"{ord(letter):x}" for letter in letters)


def _call(name: str, *values: object) -> bytes:
    told = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    # Two characters of JSON that older JavaScript takes for the end of a line.
    line = f"teiSearch.{name}({','.join(told)});\n"
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()
