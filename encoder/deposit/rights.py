"""What may be done with a deposit, as its TEI headers and its RO-Crate say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from encoder.deposit.crate import NAME as CRATE
from encoder.model import Finding, collapse
from encoder.trees import tree

TEI = "{http://www.tei-c.org/ns/1.0}"


def rights(folder: Path, documents: Sequence[Path], accepted: Sequence[str]) -> Iterator[Finding]:
    """Yield where no licence is stated, or none that is accepted.

    Args:
        folder: the bag.
        documents: its TEI files; each must say what may be done with it, or its crate for all.
        accepted: addresses of licences; where there are none, any will do.
    """
    crate = _crate(folder / "data" / CRATE)
    for path in documents or [folder / "data" / CRATE]:
        stated = {*crate, *_header(path)} if documents else crate
        name = path.relative_to(folder).as_posix()
        if accepted and not {_bare(one) for one in stated} & {_bare(one) for one in accepted}:
            said = ", ".join(sorted(stated)) or "none"
            message = f"no licence that is accepted; stated: {said}"
            hint = f"accepted are {', '.join(accepted)}"
            yield Finding("deposit-licence", "error", message, name, hint=hint)
        elif not stated:
            message = "no licence is stated: nobody may use it before that is settled"
            hint = "say licence_text, licence_encoding … in edition.toml, or <licence target>"
            yield Finding("deposit-licence", "warning", message, name, hint=hint)


def _bare(address: str) -> str:
    return address.rstrip("/").partition("://")[2] or address


def _header(path: Path) -> set[str]:
    """Return the licences a TEI header states (TEI P5 2.2.4)."""
    root = tree(path.read_bytes())
    if root is None:
        return set()
    found = root.iterfind(f".//{TEI}availability//{TEI}licence")
    said = (one.get("target") or collapse("".join(one.itertext())) for one in found)
    return {one for one in said if one}


def _crate(path: Path) -> set[str]:
    """Return the licences of the root of an RO-Crate that have an address."""
    try:
        graph = json.loads(path.read_bytes())["@graph"]
        root = next(entity for entity in graph if entity.get("@id") == "./")
        said = root.get("license", [])
        entries = said if isinstance(said, list) else [said]
        ids = [one["@id"] if isinstance(one, dict) else one for one in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return set()
    return {one for one in ids if isinstance(one, str) and "://" in one}
