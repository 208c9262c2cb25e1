"""A vocabulary is the words one knows from elsewhere: other texts of the project, and word lists.

It is asked only where a text alone does not tell, so nothing is read before it is needed. Word
lists are those of Hunspell, and only such as the project names.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from encoder.errors import MissingError, UsageError

# A word, its own hyphens within it.
WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
MARK = "\xef\xbb\xbf"  # the byte-order mark of UTF-8, read as Windows-1252
# Where the word lists of a system lie.
FOLDERS = tuple(
    map(Path, ("/usr/share/hunspell", "/usr/share/myspell", "/usr/local/share/hunspell"))
)


def counted(text: str, wanted: Iterable[str] | None = None) -> Counter[str]:
    """Return how often a text has each word, case folded; with `wanted`, only those."""
    words = Counter[str]()
    # A text has few printed words that differ: what is in them is looked at once.
    printed = Counter(chain.from_iterable(map(str.split, text.splitlines())))
    for one, times in printed.items():
        for word in WORD.findall(one.casefold().replace("‐", "-")):
            words[word] += times
    if wanted is None:
        return words
    return Counter({word: words[word] for word in set(wanted) & words.keys()})


def counting(texts: Callable[[], Iterable[str]]) -> Callable[[], Counter[str]]:
    """Return what counts the words of texts: when it is first asked, and once."""

    @cache
    def count() -> Counter[str]:
        words: Counter[str] = Counter()
        for text in texts():
            words.update(counted(text))
        return words

    return count


@dataclass(frozen=True)
class Vocabulary:
    """Words beside a text.

    `count` counts those of the companions; `lists` are paths without their ending; `texts` returns
    the companions themselves.
    """

    count: Callable[[], Counter[str]] = field(default=Counter, compare=False)
    lists: tuple[Path, ...] = ()
    texts: Callable[[], Iterable[str]] = field(default=tuple, compare=False)

    @cached_property
    def companions(self) -> Counter[str]:
        """How often the companions have each word."""
        return self.count()

    @cached_property
    def others(self) -> Callable[[], Iterable[str]]:
        """What returns the companions: the same for all texts of a project."""
        return self.texts

    @property
    def asked(self) -> bool:
        """Whether the companions were asked: then what is said of the text depends on them."""
        return not {"companions", "others"}.isdisjoint(vars(self))

    def unasked(self) -> Vocabulary:
        """Return the same vocabulary for another text."""
        return replace(self)

    def spells(self, word: str) -> bool:
        """Whether a word list has a word, in one of its forms.

        Raises:
            MissingError: the extra `hunspell` is not installed.
        """
        return any(_list(path).lookup(word) for path in self.lists)

    def described(self) -> str:
        """Return the word lists by name and SHA-256, so that who reads can find the same ones."""
        return ", ".join(f"{path.name} (SHA-256 {_digest(path)})" for path in self.lists)


@cache
def _list(path: Path) -> Any:
    try:
        from spylls.hunspell import Dictionary, readers
    except ImportError as error:
        hint = "pip install 'tei-encoder[hunspell]'"
        raise MissingError("word lists need spylls, which is not here", hint=hint) from error
    aff, context = readers.read_aff(_Lines(f"{path}.aff"))
    dic = readers.read_dic(_Lines(f"{path}.dic", context.encoding), aff=aff, context=context)
    return Dictionary(aff, dic)


class _Lines:
    """The lines of a file that are not blank, with their numbers, as spylls reads them.

    A file may say what it is written in: from that line on it is read so. The reader that spylls
    has would leave the file open.
    """

    def __init__(self, path: str, encoding: str = "windows-1252") -> None:
        self.data, self.number = Path(path).read_bytes(), 0
        self.reset_encoding(encoding)

    def reset_encoding(self, encoding: str) -> None:
        """Go on in another encoding behind the lines that were read."""
        # Some lists have bytes in their flags that are not in the encoding they name.
        self.lines = io.StringIO(self.data.decode(encoding, "surrogateescape"), None)
        for _ in range(self.number):
            self.lines.readline()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        while line := self.lines.readline():
            self.number += 1
            if said := line.removeprefix(MARK).strip():
                return self.number, said
        raise StopIteration


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.with_name(f"{path.name}.dic").read_bytes()).hexdigest()


def located(names: Iterable[str], root: Path, place: str) -> tuple[Path, ...]:
    """Return where word lists lie: below a project's folder, or where the system keeps them.

    Raises:
        UsageError: one of them is nowhere.
    """
    return tuple(_located(name.removesuffix(".dic"), root, place) for name in names)


def _located(name: str, root: Path, place: str) -> Path:
    for folder in (root, *FOLDERS):
        path = folder / name
        if all(path.with_name(f"{path.name}.{end}").is_file() for end in ("aff", "dic")):
            return path
    hint = f"lay {name}.aff and {name}.dic beside edition.toml, or install the package of the list"
    raise UsageError(f"[reading] dictionaries: no word list {name!r}", place=place, hint=hint)
