"""A name class is the set of names an element or attribute pattern allows (RELAX NG 4.8).

A name is written as expat writes it: `URI local`, or `local` where it is in no namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

XML = "http://www.w3.org/XML/1998/namespace"


def name(uri: str, local: str) -> str:
    """Return the name `local` in the namespace `uri`, which may be ''."""
    return f"{uri} {local}" if uri else local


def local(full: str) -> str:
    """Return a name without its namespace."""
    return full.rpartition(" ")[2]


def uri(full: str) -> str:
    """Return the namespace of a name, '' where it has none."""
    return full.rpartition(" ")[0]


def shown(full: str) -> str:
    """Return a name as people write it: with the prefix only where that is fixed."""
    return f"xml:{local(full)}" if uri(full) == XML else local(full)


@dataclass(frozen=True, slots=True)
class Name:
    """One name."""

    full: str

    def __contains__(self, full: str) -> bool:
        return full == self.full

    @property
    def open(self) -> bool:
        """Whether it has a wildcard, so that it allows names it does not list."""
        return False

    def names(self) -> Iterator[str]:
        """Yield the names that are listed, as against those a wildcard allows."""
        yield self.full


@dataclass(frozen=True, slots=True)
class NameChoice:
    """The names of any of several classes."""

    classes: tuple[NameClass, ...]

    def __contains__(self, full: str) -> bool:
        return any(full in each for each in self.classes)

    @property
    def open(self) -> bool:
        return any(each.open for each in self.classes)

    def names(self) -> Iterator[str]:
        for each in self.classes:
            yield from each.names()


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name, but those excepted."""

    excepted: NameChoice

    def __contains__(self, full: str) -> bool:
        return full not in self.excepted

    @property
    def open(self) -> bool:
        return True

    def names(self) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of one namespace, but those excepted."""

    uri: str
    excepted: NameChoice

    def __contains__(self, full: str) -> bool:
        return uri(full) == self.uri and full not in self.excepted

    @property
    def open(self) -> bool:
        return True

    def names(self) -> Iterator[str]:
        return iter(())


NameClass = Name | NameChoice | AnyName | NsName
