"""What people are used to: the names that other vocabularies have for what TEI has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from encoder.lexicon import table

Kind = Literal["elements", "attributes"]


@cache
def meant(kind: Kind, wrong: str) -> Mapping[str, int]:
    """Return what may be meant by a name, `xml:id` as `id`, each with its rank from 0."""
    said: str = table("customs")[kind].get(wrong, "")
    return {name.removeprefix("xml:"): rank for rank, name in enumerate(said.split())}


@cache
def common(kind: Kind) -> Mapping[str, int]:
    """Return the names that most files have, each with its rank from 0."""
    names = table("customs")["common"].get(kind, "").split()
    return {name: rank for rank, name in enumerate(names)}
