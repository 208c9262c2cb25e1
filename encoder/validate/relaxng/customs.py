"""What people are used to: the names that other vocabularies have for what TEI has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal["elements", "attributes"]

DATA = Path(__file__).parent.parent.parent / "data" / "customs.toml"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def meant(kind: Kind, wrong: str) -> Mapping[str, int]:
    """Return what may be meant by a name, `xml:id` as `id`, each with its rank from 0."""
    said: str = _data()[kind].get(wrong, "")
    return {name.removeprefix("xml:"): rank for rank, name in enumerate(said.split())}


@cache
def common(kind: Kind) -> Mapping[str, int]:
    """Return the names that most files have, each with its rank from 0."""
    return {name: rank for rank, name in enumerate(_data()["common"].get(kind, "").split())}
