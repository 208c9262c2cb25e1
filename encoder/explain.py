"""An explanation says of a finding's code what is checked, why, what is wrong and what is right.

The words are data. What a rule of our own schema checks, and its remedy, the schema says itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from html import unescape
from textwrap import fill, indent

from encoder import resources
from encoder.errors import UsageError
from encoder.lexicon import table

WIDTH = 88
MARGIN = "    "
# Our Schematron is generated, so its layout is known: a pattern begins with its title.
PATTERN = re.compile(
    r'<sch:pattern id="(?P<id>[^"]+)">\s*<sch:title>(?P<title>.*?)</sch:title>'
    r'.*?<sch:span class="hint">(?P<hint>.*?)</sch:span>',
    re.DOTALL,
)


def explain(code: str) -> str:
    """Return the explanation of a code, for a terminal.

    Raises:
        UsageError: no finding of ours has this code.
    """
    known = entries()
    if code not in known:
        near = get_close_matches(code.lower(), known, 1, 0)
        hint = f"did you mean {near[0]}? `tei explain` lists all"
        raise UsageError(f"there is no code {code!r}", hint=hint)
    return _page(code, known[code])


def listing() -> str:
    """Return all codes, each with what it checks."""
    known = entries()
    width = max(map(len, known)) + 2
    return "".join(f"{code:{width}}{known[code]['checks']}\n" for code in sorted(known))


@cache
def entries() -> Mapping[str, Mapping[str, str]]:
    """Return what there is to say of each code: checks, why, fix, wrong, right, chapter."""
    said = table("explain")
    rules = _rules()
    return {code: {**rules.get(code, {}), **entry} for code, entry in said.items()}


def _rules() -> dict[str, dict[str, str]]:
    """Return what the rules of our schema say of themselves."""
    schema = resources.schema("edition.sch").read_text("utf-8")
    return {
        f"sch-{rule['id']}": {"checks": _words(rule["title"]), "fix": _words(rule["hint"])}
        for rule in PATTERN.finditer(schema)
    }


def _words(markup: str) -> str:
    return " ".join(unescape(markup).split())


def _page(code: str, entry: Mapping[str, str]) -> str:
    prose = [code, *(fill(entry[part], WIDTH) for part in ("checks", "why") if part in entry)]
    fix = [fill(f"What to do: {entry['fix']}", WIDTH)] if "fix" in entry else []
    examples = [_example(kind, entry[kind]) for kind in ("wrong", "right")]
    return "\n\n".join([*prose, *fix, *examples, f"Read: {entry['chapter']}"]) + "\n"


def _example(kind: str, text: str) -> str:
    return f"{kind.capitalize()}:\n{indent(text.strip(), MARGIN)}"
