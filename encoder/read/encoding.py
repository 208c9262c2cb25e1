"""An encoding is how characters were written down as bytes; most old files do not say which.

A mark at the beginning says it, and UTF-8 shows itself. Of what is left, each plausible encoding is
tried: the one whose letters are those of a language, where that language has them, is assumed.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from encoder import lexicon
from encoder.model import Cert

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The likelier first: where two read the same letters, the first is assumed.
WITH_NUL = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
SINGLE = (
    "windows-1252", "iso-8859-15", "mac-roman", "cp850", "cp437", "windows-1250", "iso-8859-2",
    "windows-1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic", "windows-1253", "iso-8859-7",
    "cp737", "windows-1254",
)  # fmt: skip
BEYOND = re.compile(rb"[^\n\r]*[\x80-\xff][^\n\r]*")
HIGH = re.compile(rb"[\x80-\xff]")
SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# How many bytes are looked at; more cost time and change nothing.
SAMPLE = 1 << 16
# UTF-8 with strays: at least so many sequences of it to a byte that is none.
STRAY_RATIO = 1
# Shares of ten thousand letters: one that a language has not, signs, a frame's corner.
UNKNOWN, SIGN, FRAME = 0.02, 2.0, 0.001
CAPITAL = 0.05
QUOTES = frozenset("“”„‘’‚«»‹›–—…•§°´·¿¡№€£©®™†‡½¼¾²³¹¶\xa0\xad")
# A sign inside a word, two alphabets in one, a capital behind a small letter: a wrong encoding.
INTRUDER = re.compile(r"(?<=[^\W\d_])(?:[^\w\s’‘'\-‐–·\xad\x00-\x7f]|[½¼¾²³¹])(?=[^\W\d_])")
MIXED = re.compile(r"[a-zA-Z](?=[Ͱ-ӿ])|[Ͱ-ӿ](?=[a-zA-Z])")
WORD = re.compile(r"[^\W\d_]+")
HUMP = re.compile(r"[a-zß-öø-ÿа-я](?=[À-ÖØ-ÞŠŽŒŸА-Я][a-zß-öø-ÿа-я])")
PENALTY, MIXTURE, FUNCTION = 4.0, 12.0, 3.0
# How much likelier than the next, in powers of e, makes a reading sure; and how likely each letter
# must be at the least, for where none of the languages fits, the next is no better.
SURE, LIKELY, FITTING = 20.0, 5.0, 2.5


class Reading(NamedTuple):
    """An encoding, how sure it is, and on what evidence; no evidence: the file says so."""

    encoding: str
    cert: Cert = "high"
    evidence: str = ""


def detect(data: bytes) -> Reading:
    """Return the encoding of some bytes: by their mark, as UTF-8, or by their letters."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Reading(encoding)
    if b"\0" in data[:SAMPLE]:
        return _wide(data)
    if _is_utf8(data):
        return Reading("utf-8")
    sequences, strays = _sequences(data)
    if sequences >= STRAY_RATIO * strays:
        evidence = f"{sequences:,} characters are UTF-8, {strays:,} bytes are not"
        return Reading("utf-8-mixed", "medium", evidence)
    return _single(data)


def decode(data: bytes, encoding: str) -> str:
    """Return the text that bytes hold; strays in UTF-8 are read as Windows-1252.

    Raises:
        LookupError: there is no such encoding.
        UnicodeDecodeError: the bytes are not in it.
    """
    if encoding != "utf-8-mixed":
        return data.decode(encoding)
    codecs.register_error("tei-stray", _stray)
    return data.decode("utf-8", "tei-stray")


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("windows-1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("iso-8859-1"), error.start + 1


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sequences(data: bytes) -> tuple[int, int]:
    """Return how many UTF-8 sequences there are, and how many bytes belong to none."""
    found = [len(match) for match in SEQUENCE.findall(data)]
    return len(found), len(HIGH.findall(data)) - sum(found)


def _wide(data: bytes) -> Reading:
    """Return the encoding of bytes with NULs: that in which nearly all is words and spaces."""
    for encoding in WITH_NUL:
        width = 4 if "32" in encoding else 2
        try:
            text = data[: SAMPLE - SAMPLE % width].decode(encoding)
        except UnicodeDecodeError:
            continue
        plain = sum(char.isalnum() or char.isspace() or char.isprintable() for char in text)
        if plain > 0.99 * len(text) and _one_script(text):
            return Reading(encoding, "high", "every other byte or three of four are NUL")
    return Reading("utf-8")


def _one_script(text: str) -> bool:
    """Whether the text has spaces or line ends, as bytes read in the wrong order have not."""
    return any(char in " \n\r" for char in text) or len(text) < len("a word")


def _single(data: bytes) -> Reading:
    """Return the encoding of one byte a character whose letters are likeliest."""
    sample = b"\n".join(_lines_beyond(data))
    scores = {name: score for name in SINGLE if (score := _score(sample, name))}
    if not scores:
        return Reading("iso-8859-1", "low", "its bytes are in no encoding that is tried")
    best = max(scores, key=lambda name: scores[name][0])
    read = sample.decode(best)
    others = [
        score for name, (score, _) in scores.items() if sample.decode(name, "replace") != read
    ]
    lead = scores[best][0] - max(others, default=-math.inf)
    cert: Cert = "high" if lead > SURE else "medium" if lead > LIKELY else "low"
    letters = Counter(char for char in read if char > "\x7f")
    seen = " ".join(char for char, _ in letters.most_common(5))
    likelihood, tag = scores[best]
    if lead > LIKELY and likelihood < FITTING * letters.total():
        return Reading(best, "low", f"its {seen} fit no language well")
    return Reading(best, cert, f"its {seen} are as in {lexicon.language_name(tag)}")


def _lines_beyond(data: bytes) -> Iterator[bytes]:
    """Yield the lines that hold more than ASCII, as many as are looked at."""
    left = SAMPLE
    for match in BEYOND.finditer(data):
        if left <= 0:
            return
        yield match[0][:left]
        left -= len(match[0])


def _score(sample: bytes, encoding: str) -> tuple[float, str] | None:
    """Return how likely the bytes are in an encoding, and in which language."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return None
    letters = Counter(char for char in text if char > "\x7f")
    words = Counter(WORD.findall(text.lower()))
    languages = lexicon.table("letters")
    likelihood, tag = max((_likelihood(letters, words, tag), tag) for tag in languages)
    return likelihood - _wrong(text), tag


def _likelihood(letters: Counter[str], words: Counter[str], tag: str) -> float:
    function = sum(words[word] for word in _function_words(tag))
    return sum(n * _weight(char, tag) for char, n in letters.items()) + FUNCTION * function


def _wrong(text: str) -> float:
    """Return what speaks against an encoding, whatever the language."""
    odd = len(INTRUDER.findall(text)) + len(HUMP.findall(text))
    return PENALTY * odd + MIXTURE * len(MIXED.findall(text))


@cache
def _function_words(tag: str) -> tuple[str, ...]:
    said = lexicon.table("languages").get(tag, {"function": ""})
    return tuple(dict.fromkeys(said["function"].split()))


@cache
def _letters(tag: str) -> Mapping[str, int]:
    said = lexicon.table("letters")[tag]["letters"].split()
    return {entry[0]: int(entry[1:]) for entry in said}


@cache
def _weight(char: str, tag: str) -> float:
    """Return the logarithm of how often a language has a character."""
    known = _letters(tag)
    if char in known:
        return math.log(known[char])
    if char.lower() in known:
        return math.log(known[char.lower()] * CAPITAL)
    if char in QUOTES:
        return math.log(SIGN)
    return math.log(UNKNOWN if char.isalpha() else FRAME)
