"""An authority file gives persons and places an address that is the same for everyone.

A register says of an entry `<idno type="gnd">118540238</idno>`; the outside world wants
`https://d-nb.info/gnd/118540238`. The prefixes are data, in `data/authorities.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from encoder import lexicon
from encoder.forms import ADDRESS


def addresses(idnos: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the addresses that identifiers stand for, in the order of the register.

    Args:
        idnos: pairs of type and value, as `Person.idnos`; a value may already be an address.
            What is of no known authority file has no address and is left out.
    """
    prefixes = lexicon.table("authorities")
    for kind, value in idnos:
        if ADDRESS.fullmatch(value):
            yield value
        elif value and kind.lower() in prefixes:
            yield prefixes[kind.lower()] + value
