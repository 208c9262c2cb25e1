"""The files that a person opens first: what this is, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from encoder import __version__
from encoder.deposit.crate import FOLDERS
from encoder.deposit.facts import ROLES, Facts


def readme(facts: Facts, names: Sequence[str], texts: int, *, sound: bool) -> bytes:
    """Return README.md: the edition, who made it, what lies where, how to check it.

    Args:
        facts: what is known of the edition.
        names: the files of the deposit.
        texts: how many texts there are.
        sound: whether all are valid and give their sources back.
    """
    lines = [f"# {_plain(facts.title)}", ""]
    lines += [_plain(facts.description), ""] if facts.description else []
    for role in ROLES:
        agents = "; ".join(_plain(agent.name) for agent in facts.agents[role])
        lines.append(f"- {role.capitalize()}: {agents or 'not known'}")
    lines += [f"- Publisher: {_plain(facts.publisher) or 'not known'}", f"- Date: {facts.date}"]
    lines += [f"- Texts: {texts}", "", "## What lies where", ""]
    for folder, what in FOLDERS.items():
        count = sum(name.startswith(f"{folder}/") for name in names)
        lines += [f"- `{folder}/` ({count}): {what}."] if count else []
    lines += ["", "Every file is described in `ro-crate-metadata.json`.", "", "## Checking", ""]
    lines += ["- `bagit.py --validate BAG` compares every file with its checksums."]
    lines += [
        "- `tei deposit --check BAG` also checks the TEI, and that it gives its sources back."
    ]
    checked = "All was so" if sound else "Not all of it was so"
    lines += [f"- {checked} when tei-encoder {__version__} made this: see `reports/`."]
    lines += ["- The TEI is as in the project, but for the addresses of its schemas.", ""]
    return "\n".join(lines).encode()


def _plain(text: str) -> str:
    """Return text on one line, with no sign that Markdown or HTML would read as its own."""
    escaped = "".join(f"\\{char}" if char in "\\`*_{}[]<>#|&" else char for char in text)
    return " ".join(escaped.split())


def licence(facts: Facts) -> bytes:
    """Return LICENSE: the terms of each layer of the edition, and of which none are known."""
    head = ["The terms of each layer of this edition, as its project states them.", ""]
    return "\n".join([*head, *facts.rights(), ""]).encode()
