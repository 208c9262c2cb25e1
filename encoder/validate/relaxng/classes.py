r"""The classes of signs in patterns of XML Schema: `a`, `.`, `\d`, `\p{Lu}`, `[a-z-[aeiou]]`.

General categories are those of the Unicode that Python knows; names are of the second edition of
XML 1.0, as XML Schema 1.0 has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from unicodedata import category

from encoder.validate.relaxng.letters import LETTER, NEITHER, like

Signs = Callable[[str], bool]

SPECIAL = frozenset(".\\?*+(){}|[]")
SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in ".\\?*+(){}|[]-^"}
PROPERTY = re.compile(r"\{([A-Za-z0-9-]+)\}")
GENERAL = re.compile("L[ulotm]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
# A sign in brackets, bare or escaped, that may be an end of a range.
END = re.compile(r"\\([nrt\\|.?*+(){}\[\]^-])|([^\\\[\]-])", re.DOTALL)
# A hyphen stands for itself at the beginning and the end of a group.
HYPHEN = re.compile(r"(?<=\[)-|(?<=\[\^)-|-(?=\])")


def _other(signs: Signs) -> Signs:
    return lambda sign: not signs(sign)


def _begins_a_name(sign: str) -> bool:
    return sign in "_:" or (sign.isalpha() if sign.isascii() else like(sign) == LETTER)


def _in_a_name(sign: str) -> bool:
    return sign in "_:.-" or (sign.isalnum() if sign.isascii() else like(sign) != NEITHER)


# The lower-case letters stand for these, the upper-case ones for all others.
SHORT: dict[str, Signs] = {
    "s": lambda sign: sign in " \t\n\r",
    "d": lambda sign: category(sign) == "Nd",
    "w": lambda sign: category(sign)[0] not in "PZC",
    "i": _begins_a_name,
    "c": _in_a_name,
}


def class_of(pattern: str, at: int) -> tuple[Signs, int]:
    """Return the class that begins at an offset of a pattern, and where it ends.

    Raises:
        ValueError: there is none.
    """
    sign = pattern[at]
    if sign == ".":
        return lambda other: other not in "\n\r", at + 1
    if sign == "[":
        return _bracketed(pattern, at + 1)
    if sign == "\\":
        return _escaped(pattern, at + 1)
    if sign in SPECIAL:
        raise _fault(pattern)
    return sign.__eq__, at + 1


def _escaped(pattern: str, at: int) -> tuple[Signs, int]:
    sign = pattern[at : at + 1]
    if sign in SINGLE:
        return SINGLE[sign].__eq__, at + 1
    if sign and sign in "pP":
        named = PROPERTY.match(pattern, at + 1)
        if named is None:
            raise _fault(pattern)
        signs = _property(named[1])
        return (signs if sign == "p" else _other(signs)), named.end()
    if sign.lower() not in SHORT:
        raise _fault(pattern)
    short = SHORT[sign.lower()]
    return (short if sign.islower() else _other(short)), at + 1


@cache
def _property(name: str) -> Signs:
    if GENERAL.fullmatch(name):
        return lambda sign: category(sign).startswith(name)
    if not name.startswith("Is"):
        raise ValueError(f"no property of Unicode: {name}")
    from elementpath.regex import RegexError, unicode_subset

    try:
        return unicode_subset(name).__contains__
    except (RegexError, KeyError) as error:
        raise ValueError(f"no block of Unicode: {name}") from error


def _bracketed(pattern: str, at: int) -> tuple[Signs, int]:
    """Return the class between brackets, of which the first has been read."""
    negative = pattern.startswith("^", at)
    at += negative
    parts, less = list[Signs](), None
    while not pattern.startswith("]", at):
        if pattern.startswith("-[", at) and parts:
            less, at = _bracketed(pattern, at + 2)
            break
        part, at = _part(pattern, at)
        parts.append(part)
    if not parts or not pattern.startswith("]", at):
        raise _fault(pattern)
    return _of(tuple(parts), negative, less), at + 1


def _of(parts: tuple[Signs, ...], negative: bool, less: Signs | None) -> Signs:
    def signs(sign: str) -> bool:
        found = any(part(sign) for part in parts) != negative
        return found and not (less and less(sign))

    return signs


def _part(pattern: str, at: int) -> tuple[Signs, int]:
    """Return a range, a sign or a class within brackets."""
    first = END.match(pattern, at)
    if first is None:
        if HYPHEN.match(pattern, at):
            return "-".__eq__, at + 1
        if pattern.startswith("\\", at):
            return _escaped(pattern, at + 1)
        raise _fault(pattern)
    start, at = _sign(first), first.end()
    if not pattern.startswith("-", at) or pattern.startswith(("-]", "-["), at):
        return start.__eq__, at
    last = END.match(pattern, at + 1)
    if last is None or _sign(last) < start:
        raise _fault(pattern)
    end = _sign(last)
    return lambda sign: start <= sign <= end, last.end()


def _sign(found: re.Match[str]) -> str:
    return SINGLE[found[1]] if found[1] else found[2]


def _fault(pattern: str) -> ValueError:
    return ValueError(f"not a regular expression: {pattern}")
