"""What is known of an edition as a whole: who made it, when, under what terms, from which texts.

Every description in a deposit (DataCite, Dublin Core, RO-Crate, CITATION.cff, Zenodo) is written
from these facts, so that all agree. Author, translator, editor and encoder are told apart; nothing
that is not known is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from encoder.authorities import addresses
from encoder.errors import UsageError
from encoder.forms import ADDRESS
from encoder.metadata import Metadata, parties
from encoder.model import collapse
from encoder.registers import Name, Register
from encoder.write.header import LAYERS, day_of_encoding

ROLES = ("author", "translator", "editor", "encoder")


class Agent(NamedTuple):
    """Someone who made a part of the edition; only a register parts a name."""

    name: str
    family: str = ""
    given: str = ""
    addresses: tuple[str, ...] = ()

    @property
    def inverted(self) -> str:
        """The name as a catalogue has it: `Family, Given` where the register knows the parts."""
        return f"{self.family}, {self.given}" if self.family and self.given else self.name


@dataclass(frozen=True)
class Facts:
    """The facts of an edition.

    `agents` has each of `ROLES`; `date` is a day, a month or a year; `licences` are pairs of layer
    and address or statement, `unlicensed` the layers of whose rights nothing is known.
    """

    title: str
    description: str
    agents: Mapping[str, tuple[Agent, ...]]
    publisher: str
    date: str
    languages: tuple[str, ...]
    licences: tuple[tuple[str, str], ...]
    unlicensed: tuple[str, ...]
    availability: str
    site_url: str
    written: tuple[str, ...]

    @property
    def year(self) -> str:
        """The year of publication."""
        return self.date[:4]

    @cached_property
    def licence_addresses(self) -> tuple[str, ...]:
        """The addresses of the licences, each once."""
        said = (licence for _layer, licence in self.licences if ADDRESS.fullmatch(licence))
        return tuple(dict.fromkeys(said))

    def rights(self) -> Iterator[str]:
        """Yield a sentence for each layer with a licence, and one for those without."""
        for layer, licence in self.licences:
            yield f"{layer.capitalize()}: {licence}"
        if self.unlicensed:
            yield f"Nothing is known of the rights in: {', '.join(self.unlicensed)}."


def facts_of(edition: Metadata, texts: Iterable[Metadata], register: Register) -> Facts:
    """Return the facts of an edition from what its project says.

    Args:
        edition: what is said of all texts.
        texts: what is said of each text, over that.
        register: the persons that `…_ref` keys point to.

    Raises:
        UsageError: nothing says when the edition is from.
    """
    known = list(texts) or [edition]
    licences = {layer: _one(known, f"licence_{layer}") for layer in LAYERS}
    return Facts(
        title=edition.title or _one(known, "title") or "Untitled edition",
        description=edition.project,
        agents={role: tuple(_agents(known, role, register)) for role in ROLES},
        publisher=edition.publisher or _one(known, "publisher"),
        date=_date(edition),
        languages=tuple(_all(known, lambda said: said.language)),
        licences=tuple((layer, said) for layer, said in licences.items() if said),
        unlicensed=tuple(layer for layer, said in licences.items() if not said),
        availability=edition.availability,
        site_url=edition.site_url,
        written=tuple(_all(known, lambda said: said.date)),
    )


def _agents(texts: Iterable[Metadata], role: str, register: Register) -> Iterator[Agent]:
    """Yield who has a role in any of the texts, each once."""
    said = (
        party
        for text in texts
        for party in parties(getattr(text, role), getattr(text, f"{role}_ref", ""))
    )
    for party in dict.fromkeys(said):
        yield _agent(party.name, party.ref, register)


def _agent(name: str, ref: str, register: Register) -> Agent:
    person = register.by_id.get(ref)
    if person is None:
        return Agent(name, addresses=(ref,) if ADDRESS.fullmatch(ref) else ())
    # Only a name of the register that is the one said may lend it its parts: all must agree.
    said = next((one for one in person.names if collapse(one.text) == name), Name(name))
    family, given = said.part("surname"), said.part("forename")
    return Agent(name, family, given, tuple(addresses(person.idnos)))


def _all(texts: Iterable[Metadata], value: Callable[[Metadata], str]) -> Iterator[str]:
    yield from dict.fromkeys(filter(None, map(value, texts)))


def _one(texts: Iterable[Metadata], name: str) -> str:
    """Return what all texts say of themselves; nothing where they differ."""
    said = {getattr(text, name) for text in texts}
    return str(said.pop()) if len(said) == 1 else ""


def _date(edition: Metadata) -> str:
    """Return when the edition is from: its publication, its encoding, or `SOURCE_DATE_EPOCH`."""
    said = edition.pub_date or day_of_encoding(edition)
    if not said:
        hint = 'say pub_date = "2026-01-31" under [edition], or set SOURCE_DATE_EPOCH'
        raise UsageError("nothing says when this edition is from", hint=hint)
    return said.partition("/")[0]
