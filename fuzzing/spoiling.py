"""Files are spoilt as chance would: bytes are lost, doubled, moved, changed, words put in."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence

from lxml import etree

MOST = 6


def spoilt(seeds: Sequence[bytes], words: Sequence[str], number: int) -> bytes:
    """Return the file of that number: the same for the same seeds, words and number."""
    chance = random.Random(number)
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, MOST)):
        _spoil(data, seeds, words, chance)
    return bytes(data)


def _spoil(
    data: bytearray, seeds: Sequence[bytes], words: Sequence[str], chance: random.Random
) -> None:
    at, size = chance.randrange(len(data) + 1), chance.choice((1, 2, 8, 40, 400))
    piece = bytes(data[at : at + size])
    other = chance.choice(seeds)
    start = chance.randrange(len(other) + 1)
    new = chance.choice((
        b"",
        piece * 2,
        piece[::-1],
        chance.choice(words or ("",)).encode("utf-8", "surrogatepass"),
        chance.choice(words or ("",)).encode() + piece,
        bytes([chance.randrange(256)]),
        other[start : start + size],
        piece.swapcase(),
    ))  # fmt: skip
    data[at : at + size] = new


def doubled(xml: bytes) -> Iterator[bytes]:
    """Yield a document once for each kind of element in it, the first of that kind twice in it.

    A kind is a name and that of the parent.
    """
    count = len(list(etree.fromstring(xml).iter(etree.Element)))
    seen = set[tuple[str, str]]()
    for number in range(1, count):
        root = etree.fromstring(xml)
        element = list(root.iter(etree.Element))[number]
        kind = element.tag, next(element.iterancestors()).tag
        if kind not in seen:
            seen.add(kind)
            element.addnext(copy.deepcopy(element))
            yield etree.tostring(root)


def bared(xml: bytes) -> Iterator[bytes]:
    """Yield a document once for each kind of attribute in it, without the first of that kind.

    A kind is a name and that of the element.
    """
    kinds = dict[tuple[str, str], int]()
    for number, element in enumerate(etree.fromstring(xml).iter(etree.Element)):
        for name in element.attrib:
            kinds.setdefault((element.tag, str(name)), number)
    for (_, name), number in kinds.items():
        root = etree.fromstring(xml)
        del list(root.iter(etree.Element))[number].attrib[name]
        yield etree.tostring(root)
