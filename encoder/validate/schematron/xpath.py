"""XPath as far as a schema's own machinery must look into it: variables, functions, what it visits.

An expression is never parsed. Its string literals and comments are set apart, and names are sought
in the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

LITERAL = re.compile(r"(\"[^\"]*\"|'[^']*'|\(:.*?:\))", re.DOTALL)
VARIABLE = re.compile(r"\$([^\W\d][\w.\-]*)")
# XPath 3.1, 14 and 15; XSLT 3.0, 18 and 20: what looks at other files or at the machine.
OUTWARD = re.compile(
    r"(?<![\w.$:-])(?:fn:|Q\{http://www\.w3\.org/2005/xpath-functions\})?"
    r"(doc|doc-available|document|collection|uri-collection|json-doc|unparsed-text"
    r"|unparsed-text-lines|unparsed-text-available|environment-variable"
    r"|available-environment-variables|transform|load-xquery-module|function-lookup"
    r"|stream-available)\s*[(#]"
)
PREDICATE = re.compile(r"\[[^\[\]]*\]")
ATTRIBUTE = re.compile(r"@|\battribute\b")
# A test of another kind, a function, a variable or the item itself: any node may be meant.
ANY_NODE = re.compile(r"\w\s*\(|\$|(?:^|[|/(])\s*\.")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|\(:.*?:\)", re.DOTALL)


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with each `$name` that is a parameter replaced (ISO 19757-3, 5.4.10).

    Parameters are macros: they are replaced in string literals too.
    """
    return VARIABLE.sub(lambda name: values.get(name[1], name[0]), text) if values else text


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Return an expression with some variables called otherwise."""
    return _outside(text, lambda part: VARIABLE.sub(_renaming(names), part)) if names else text


def _renaming(names: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda name: f"${names.get(name[1], name[1])}"


def _outside(text: str, change: Callable[[str], str]) -> str:
    parts = LITERAL.split(text)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def outward(text: str) -> str:
    """Return the function by which an expression looks beyond the document; empty if none."""
    found = OUTWARD.search(QUOTED.sub("''", text))
    return found[1] if found else ""


def visits(contexts: list[str]) -> str:
    """Return the path to all nodes that some context may match: the fewer, the faster."""
    bare = " | ".join(map(_without_predicates, contexts))
    if ANY_NODE.search(bare):
        return "/descendant-or-self::node()/(. | @*)"
    return "/, //*, //@*" if ATTRIBUTE.search(bare) else "/, //*"


def _without_predicates(context: str) -> str:
    bare, before = QUOTED.sub("''", context), ""
    while bare != before:
        before, bare = bare, PREDICATE.sub("", bare)
    return bare
