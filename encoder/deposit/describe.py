"""A deposit is described in the words of several catalogues, all from the same facts.

DataCite 4.6 for the DOI, Dublin Core for harvesters, CITATION.cff for readers, `.zenodo.json` for
Zenodo. Where a catalogue wants what is not known, it gets its own word for unknown.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from html import escape

from encoder.deposit.facts import ROLES, Agent, Facts

DATACITE = "http://datacite.org/schema/kernel-4"
DATACITE_XSD = f"{DATACITE} https://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# DataCite 4.6, appendix 3: a DOI to be announced, and a value known to be unknown.
LATER, UNKNOWN = "(:tba)", "(:unkn)"
CONTRIBUTORS = {"translator": "Translator", "editor": "Editor", "encoder": "DataCurator"}
# Zenodo's list of contributor types is older: it has no translator.
ZENODO = CONTRIBUTORS | {"translator": "Other"}
# Zenodo wants three letters for a language.
ISO_639_3 = {
    "da": "dan", "de": "deu", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra", "it": "ita",
    "la": "lat", "nb": "nob", "nl": "nld", "nn": "nno", "no": "nor", "ru": "rus", "sv": "swe",
}  # fmt: skip
CREATIVE_COMMONS = ("https://creativecommons.org/licenses/", "http://creativecommons.org/licenses/")

for prefix, namespace in {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}.items():
    ET.register_namespace(prefix, namespace)


def datacite(facts: Facts) -> bytes:
    """Return the facts as DataCite XML; without a DOI the identifier is `(:tba)`."""
    root = ET.Element("resource", {"xmlns": DATACITE, f"{{{XSI}}}schemaLocation": DATACITE_XSD})
    ET.SubElement(root, "identifier", identifierType="DOI").text = LATER
    creators = ET.SubElement(root, "creators")
    for agent in facts.agents["author"] or (Agent(UNKNOWN),):
        _datacite_name(ET.SubElement(creators, "creator"), "creatorName", agent)
    ET.SubElement(ET.SubElement(root, "titles"), "title").text = facts.title
    ET.SubElement(root, "publisher").text = facts.publisher or UNKNOWN
    ET.SubElement(root, "publicationYear").text = facts.year
    _typed(root, "resourceType", "Digital edition in TEI", resourceTypeGeneral="Dataset")
    _datacite_contributors(root, facts)
    dates = ET.SubElement(root, "dates")
    _typed(dates, "date", facts.date, dateType="Issued")
    if facts.languages:
        ET.SubElement(root, "language").text = facts.languages[0]
    rights = ET.SubElement(root, "rightsList")
    for layer, licence in facts.licences:
        uri = {"rightsURI": licence} if licence in facts.licence_addresses else {}
        _typed(rights, "rights", f"{layer.capitalize()}: {licence}", **uri)
    if facts.unlicensed:
        _typed(rights, "rights", list(facts.rights())[-1])
    if facts.description:
        descriptions = ET.SubElement(root, "descriptions")
        _typed(descriptions, "description", facts.description, descriptionType="Abstract")
    return _xml(root)


def _datacite_contributors(root: ET.Element, facts: Facts) -> None:
    contributors = ET.SubElement(root, "contributors")
    for role, kind in CONTRIBUTORS.items():
        for agent in facts.agents[role]:
            contributor = ET.SubElement(contributors, "contributor", contributorType=kind)
            _datacite_name(contributor, "contributorName", agent)


def _datacite_name(parent: ET.Element, tag: str, agent: Agent) -> None:
    personal = {"nameType": "Personal"} if agent.family else {}
    ET.SubElement(parent, tag, personal).text = agent.inverted
    if agent.family and agent.given:
        ET.SubElement(parent, "givenName").text = agent.given
        ET.SubElement(parent, "familyName").text = agent.family
    for address in agent.addresses:
        scheme = address.split("/")[2]
        _typed(parent, "nameIdentifier", address, nameIdentifierScheme=scheme)


def _typed(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def dublin_core(facts: Facts) -> bytes:
    """Return the facts as Dublin Core in the frame harvesters know (`oai_dc`)."""
    root = ET.Element(f"{{{OAI_DC}}}dc")
    for name, value in _dublin_core(facts):
        ET.SubElement(root, f"{{{DC}}}{name}").text = value
    return _xml(root)


def _dublin_core(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the elements of Dublin Core and their values, those that are known."""
    contributors = (
        f"{agent.inverted} ({role})" for role in ROLES[1:] for agent in facts.agents[role]
    )
    said: dict[str, Iterable[str]] = {
        "title": [facts.title],
        "creator": (agent.inverted for agent in facts.agents["author"]),
        "contributor": contributors,
        "publisher": [facts.publisher],
        "date": [facts.date],
        "type": ["Dataset", "Text"],
        "format": ["application/tei+xml", "text/html", "application/pdf"],
        "language": facts.languages,
        "description": [facts.description],
        "relation": [facts.site_url],
        "rights": facts.rights(),
    }
    yield from ((name, value) for name, values in said.items() for value in values if value)


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    body = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def zenodo(facts: Facts) -> bytes:
    """Return `.zenodo.json`: what Zenodo takes over when the deposit is uploaded."""
    said: dict[str, object] = {
        "title": facts.title,
        "upload_type": "dataset",
        "publication_date": facts.date,
        "description": "".join(f"<p>{escape(said)}</p>" for said in _abstract(facts)),
        "creators": [_zenodo(agent) for agent in facts.agents["author"] or (Agent(UNKNOWN),)],
        "contributors": [
            _zenodo(agent) | {"type": kind}
            for role, kind in ZENODO.items()
            for agent in facts.agents[role]
        ],
        "notes": " ".join(_roles(facts)),
    }
    if three := ISO_639_3.get(facts.languages[0].split("-")[0] if facts.languages else ""):
        said["language"] = three
    if licence := _spdx(facts):
        said |= {"license": licence, "access_right": "open"}
    return _json(said)


def _abstract(facts: Facts) -> Iterator[str]:
    yield facts.description or facts.title
    yield from facts.rights()


def _roles(facts: Facts) -> Iterator[str]:
    for role in ROLES:
        if names := "; ".join(agent.name for agent in facts.agents[role]):
            yield f"{role.capitalize()}: {names}."


def _zenodo(agent: Agent) -> dict[str, str]:
    orcid = [address.rpartition("/")[2] for address in agent.addresses if "//orcid.org/" in address]
    return {"name": agent.inverted} | ({"orcid": orcid[0]} if orcid else {})


def _spdx(facts: Facts) -> str:
    """Return the one Creative Commons licence of all layers as Zenodo calls it, if it is one."""
    one = facts.licence_addresses[0] if len(facts.licence_addresses) == 1 else ""
    base = next((base for base in CREATIVE_COMMONS if one.startswith(base)), "")
    if facts.unlicensed or not base:
        return ""
    return "cc-" + "-".join(one.removeprefix(base).strip("/").split("/")[:2])


def _json(said: object) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def citation(facts: Facts, version: str) -> bytes:
    """Return CITATION.cff 1.2.0; scalars are written as JSON strings, which YAML reads."""
    authors = facts.agents["author"] or (Agent("unknown author"),)
    lines = ["cff-version: 1.2.0", 'message: "Cite this edition as below."', "type: dataset"]
    lines += [f"title: {_quoted(facts.title)}", f"version: {_quoted(version)}"]
    lines += _agents("authors", authors, "")
    if len(facts.date) == len("2026-01-31"):
        lines.append(f"date-released: {_quoted(facts.date)}")
    if facts.site_url:
        lines.append(f"url: {_quoted(facts.site_url)}")
    if facts.description:
        lines.append(f"abstract: {_quoted(facts.description)}")
    lines += ["preferred-citation:", "  type: edited-work", f"  title: {_quoted(facts.title)}"]
    lines += _agents("authors", authors, "  ")
    lines += _agents("translators", facts.agents["translator"], "  ")
    lines += _agents("editors", facts.agents["editor"], "  ")
    lines += [f"  year: {int(facts.year)}"]
    lines += [f"  notes: {_quoted(' '.join(_roles(facts)))}"]
    return ("\n".join(lines) + "\n").encode()


def _agents(key: str, agents: tuple[Agent, ...], indent: str) -> list[str]:
    said = [f"{indent}{key}:"] if agents else []
    for agent in agents:
        if agent.family and agent.given:
            said.append(f"{indent}  - family-names: {_quoted(agent.family)}")
            said.append(f"{indent}    given-names: {_quoted(agent.given)}")
        else:
            said.append(f"{indent}  - name: {_quoted(agent.name)}")
    return said


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
