"""An RO-Crate says of each file of a deposit what it is, who made it, and how (RO-Crate 1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from encoder import __version__
from encoder.deposit.bag import Sums
from encoder.deposit.facts import ROLES, Agent, Facts

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"
PROGRAM = "#tei-encoder"
# How schema.org calls a role; an encoder has no word of its own there.
PROPERTIES = {role: role for role in ROLES} | {"encoder": "contributor"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "cff": "text/yaml", "css": "text/css", "csv": "text/csv",
    "docx": WORD, "epub": "application/epub+zip", "html": "text/html",
    "json": "application/json", "md": "text/markdown", "odd": "application/tei+xml",
    "pdf": "application/pdf", "rng": "application/xml", "sarif": "application/sarif+json",
    "sch": "application/xml", "toml": "application/toml", "txt": "text/plain",
    "typ": "text/plain", "xml": "application/xml", "xsd": "application/xml",
    "xsl": "application/xslt+xml",
}  # fmt: skip
FOLDERS = {
    "source": "The texts as they were received",
    "tei": "The texts in TEI P5",
    "schema": "The schemas the TEI is valid by, and the ODD they are made from",
    "editions": "The texts to be read: web pages, PDF and e-books made of the TEI",
    "metadata": "The edition described for catalogues",
    "reports": "What the checks found, and the proof that nothing was lost",
    "provenance": "What made the TEI: project file, registers, decisions, versions",
}

Entity = dict[str, Any]


def crate(facts: Facts, payload: Mapping[str, Sums], originals: Mapping[str, str]) -> bytes:
    """Return `ro-crate-metadata.json` for a payload.

    Args:
        facts: what is known of the edition.
        payload: the checksums of every other file, by its path.
        originals: the names that files had before they were made safe, by their paths.
    """
    names = sorted(payload)
    graph = [_descriptor(), _root(facts, names), *_folders(names)]
    graph += [_file(name, payload[name], originals.get(name, "")) for name in names]
    graph += [*_people(facts), *_licences(facts), *_making(facts, names)]
    said = {"@context": CONTEXT, "@graph": graph}
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _descriptor() -> Entity:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": PROFILE},
    }


def _root(facts: Facts, names: list[str]) -> Entity:
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": facts.title,
        "description": facts.description or facts.title,
        "datePublished": facts.date,
        "license": [{"@id": ident} for ident, _ in _licence_ids(facts)],
        "hasPart": [{"@id": name} for name in _parts(names)],
    }
    if facts.languages:
        root["inLanguage"] = list(facts.languages)
    if facts.publisher:
        root["publisher"] = {"@id": "#publisher"}
    for role, name in PROPERTIES.items():
        if ids := [{"@id": ident} for ident, _ in _agents(facts, role)]:
            root[name] = ids
    return root


def _parts(names: list[str]) -> list[str]:
    """Return the folders and the files beside them."""
    return sorted({name.partition("/")[0] + "/" if "/" in name else name for name in names})


def _folders(names: list[str]) -> Iterator[Entity]:
    for folder, what in FOLDERS.items():
        inside = [name for name in names if name.startswith(f"{folder}/")]
        if inside:
            parts = [{"@id": name} for name in inside]
            yield {"@id": f"{folder}/", "@type": "Dataset", "name": what, "hasPart": parts}


def _file(name: str, kept: Sums, original: str) -> Entity:
    entity: Entity = {
        "@id": name,
        "@type": "File",
        "name": name.rpartition("/")[2],
        "contentSize": str(kept.size),
        "sha256": kept.sha256,
    }
    folder, ending = name.partition("/")[0], name.rpartition(".")[2]
    if kind := "application/tei+xml" if folder == "tei" else TYPES.get(ending):
        entity["encodingFormat"] = kind
    if original and original != name.rpartition("/")[2]:
        entity["alternateName"] = original
    return entity


def _agents(facts: Facts, role: str) -> Iterator[tuple[str, Agent]]:
    for number, agent in enumerate(facts.agents[role], 1):
        yield (agent.addresses[0] if agent.addresses else f"#{role}-{number}"), agent


def _people(facts: Facts) -> Iterator[Entity]:
    """Yield each person once, with all the names they are known by."""
    known: dict[str, Entity] = {}
    for role in ROLES:
        for ident, agent in _agents(facts, role):
            known.setdefault(ident, _person(ident, agent))
    yield from known.values()
    if facts.publisher:
        yield {"@id": "#publisher", "@type": "Organization", "name": facts.publisher}


def _person(ident: str, agent: Agent) -> Entity:
    if not agent.family:  # a name without parts may be that of a group
        return {"@id": ident, "@type": ["Person", "Organization"], "name": agent.name}
    person: Entity = {"@id": ident, "@type": "Person", "name": agent.name}
    person |= {"familyName": agent.family, "givenName": agent.given}
    if agent.addresses[1:]:
        person["sameAs"] = list(agent.addresses[1:])
    return person


def _licence_ids(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield an id and the words of each statement of rights."""
    for layer, licence in facts.licences:
        if licence in facts.licence_addresses:
            yield licence, licence
        else:
            yield f"#rights-{layer}", f"{layer.capitalize()}: {licence}"
    if facts.unlicensed:
        yield "#rights-unknown", list(facts.rights())[-1]


def _licences(facts: Facts) -> Iterator[Entity]:
    for ident, words in dict(_licence_ids(facts)).items():
        yield {"@id": ident, "@type": "CreativeWork", "name": words, "description": words}


def _making(facts: Facts, names: list[str]) -> Iterator[Entity]:
    """Yield what was done: the texts were encoded by the program with the project's decisions."""
    yield {
        "@id": PROGRAM,
        "@type": "SoftwareApplication",
        "name": "tei-encoder",
        "version": __version__,
    }
    taken = [n for n in names if n.startswith(("source/", "provenance/"))]
    yield {
        "@id": "#encoding",
        "@type": "CreateAction",
        "name": "Encoding of the sources in TEI",
        "instrument": {"@id": PROGRAM},
        "object": [{"@id": name} for name in taken],
        "result": [{"@id": name} for name in names if name.startswith("tei/")],
        "agent": [{"@id": ident} for ident, _ in _agents(facts, "encoder")],
        "endTime": facts.date,
    }
