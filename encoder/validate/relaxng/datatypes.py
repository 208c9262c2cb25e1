"""A datatype says which texts are values, and which values are the same (RELAX NG 9.3.8).

Three libraries are known: RELAX NG's own, with `string` and `token`; that of XML Schema Part 2;
and the ID types of the DTD compatibility library. Numbers, times and binary data are elementpath's,
which is loaded when the first of them is met; patterns are `expressions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

from encoder.validate.relaxng.expressions import expression
from encoder.validate.relaxng.letters import like

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"

# The namespace declarations in force, innermost last: (prefix, URI).
Context = tuple[tuple[str, str], ...]
Facet = tuple[str, str]

# XML 1.0, 2.3 and Namespaces in XML 4, of ASCII; other signs are first made like these.
NCNAME, NMTOKEN = "[A-Z_a-z][A-Za-z0-9._-]*", "[A-Za-z0-9._:-]+"
# RFC 3986 with RFC 2732, as loose as jing: what is escaped when it is sent may stand unescaped.
SCHEME, URIC = "[A-Za-z][A-Za-z0-9+.-]*:", "(?:[^%#]|%[0-9A-Fa-f]{2})*"
URI = (
    f"(?:{SCHEME}(?=[^/?#]){URIC}"  # such as mailto:
    f"|(?:{SCHEME}(?=[^#])|(?![^/?#]*:))"  # a scheme, or no colon before a slash
    r"(?://(?=.)(?:\[[0-9A-Fa-f:.]+\](?::\d*)?)?|(?!//))"
    rf"(?:[^%#?\[\]]|%[0-9A-Fa-f]{{2}})*(?:\?{URIC})?)(?:#{URIC})?"
)
FORMS = {
    "string": r"[\s\S]*",
    "normalizedString": r"[\s\S]*",
    "token": r"[\s\S]*",
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": "[A-Z_a-z:][A-Za-z0-9._:-]*",
    "NCName": NCNAME,
    "NMTOKEN": NMTOKEN,
    "NMTOKENS": f"{NMTOKEN}(?: {NMTOKEN})*",
    "ID": NCNAME,
    "IDREF": NCNAME,
    "IDREFS": f"{NCNAME}(?: {NCNAME})*",
    "ENTITY": NCNAME,
    "ENTITIES": f"{NCNAME}(?: {NCNAME})*",
    "anyURI": URI,
    "QName": f"(?:{NCNAME}:)?{NCNAME}",
    "NOTATION": f"(?:{NCNAME}:)?{NCNAME}",
}
# The types of names, in which signs beyond ASCII are letters, or parts of names, or neither.
NAMES = FORMS.keys() - {"string", "normalizedString", "token", "language", "anyURI"}
# What elementpath takes and XML Schema 1.0 does not: it may stand in no value of the type.
FLOAT = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN"
STRICTER = {
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "float": FLOAT,
    "double": FLOAT,
    **dict.fromkeys(("date", "gYear", "gYearMonth"), r"(?!-?0000).*"),
    # XML Schema 1.0 in its first edition, and jing, know no hour 24.
    "dateTime": r"(?!-?0000)(?!.*T24).*",
    "time": r"(?!24).*",
}
# What XML Schema 1.0 takes, or jing, and elementpath does not, and how it does: a leap second,
# a point with digits on one side only.
WRITTEN = (
    (re.compile(r":60(?:\.\d*)?(?=$|[Z+-])"), ":59.999999"),
    (re.compile(r"(?<=\d)\.(?=$|[ZS+-])"), ""),
    (re.compile(r"(?<!\d)\.(?=\d+S$)"), "0."),
)
TIMES = frozenset({"time", "dateTime", "duration"})
PARSED = frozenset(
    """
    boolean decimal integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger
    long int short byte unsignedLong unsignedInt unsignedShort unsignedByte float double
    date time dateTime gYear gYearMonth gMonth gMonthDay gDay duration hexBinary base64Binary
    """.split()
)
LISTS = frozenset({"NMTOKENS", "IDREFS", "ENTITIES"})
QUALIFIED = frozenset({"QName", "NOTATION"})
KEPT = frozenset({"string"})
IDENTITIES = frozenset({"ID", "IDREF", "IDREFS"})


@dataclass(frozen=True, slots=True)
class Datatype:
    """A type of a library, narrowed by facets (RELAX NG's `param`)."""

    library: str
    name: str
    facets: tuple[Facet, ...] = ()

    @property
    def identity(self) -> str:
        """ID, IDREF or IDREFS, where it is one of these."""
        return self.name if self.library and self.name in IDENTITIES else ""

    @property
    def qualified(self) -> bool:
        """Whether its values are names with prefixes."""
        return bool(self.library) and self.name in QUALIFIED

    def allows(self, value: str, context: Context) -> bool:
        """Tell whether a text is a value of this type."""
        text = self._normalised(value)
        if self.qualified and _expanded(text, context) is None:
            return False
        return _allowed(self, text)

    def same(self, value: str, context: Context, other: str, other_context: Context) -> bool:
        """Tell whether a text stands for the value that the schema writes as `other`."""
        one, two = self._normalised(value), self._normalised(other)
        comparable = one == two or self.qualified or self.name in PARSED
        if not comparable or not self.allows(value, context):
            return False
        if self.qualified:
            return _expanded(one, context) == _expanded(two, other_context)
        return one == two or _parsed(self.name, one) == _parsed(self.name, two)

    def _normalised(self, value: str) -> str:
        if self.name in KEPT:
            return value
        if self.name == "normalizedString":
            return re.sub("[\t\r\n]", " ", value)
        return _collapsed(value)


def find(library: str, name: str, facets: Sequence[Facet] = ()) -> Datatype:
    """Return a datatype.

    Raises:
        ValueError: there is no such library, type or facet, or a facet's value is none.
    """
    known = {
        "": frozenset({"string", "token"}),
        COMPATIBILITY: IDENTITIES,
        XSD: PARSED | FORMS.keys(),
    }
    if library not in known:
        raise ValueError(f"the datatype library {library} is not known")
    if name not in known[library]:
        raise ValueError(f"there is no datatype {name} in the library {library or 'of RELAX NG'}")
    for facet, value in facets:
        _check_facet(library, name, facet, value)
    return Datatype(library, name, tuple(facets))


def _check_facet(library: str, name: str, facet: str, value: str) -> None:
    if library != XSD or facet not in FACETS:
        raise ValueError(f"the datatype {name} has no parameter {facet}")
    if facet == "pattern":
        expression(value)
    if facet in COUNTED and not value.strip().isdecimal():
        raise ValueError(f"the parameter {facet} of {name} is not a number: {value}")
    if facet in BOUNDS and (name not in PARSED or not _lexical(name, _collapsed(value))):
        raise ValueError(f"the parameter {facet} of {name} cannot be {value}")


@lru_cache(maxsize=1 << 14)
def _collapsed(value: str) -> str:
    return re.sub("[ \t\r\n]+", " ", value).strip(" ")


def words(value: str) -> list[str]:
    """Return the words of a text as XML parts them: a no-break space parts none."""
    return _collapsed(value).split(" ") if _collapsed(value) else []


def _expanded(text: str, context: Context) -> tuple[str, str] | None:
    """Return the namespace and local part of a qualified name, None where it is not declared."""
    prefix, _, local = text.rpartition(":")
    found = dict(context).get(prefix, None if prefix else "")
    return None if found is None else (found, local)


@lru_cache(maxsize=1 << 14)
def _allowed(datatype: Datatype, text: str) -> bool:
    return _lexical(datatype.name, text) and all(
        FACETS[facet](datatype.name, text, value) for facet, value in datatype.facets
    )


def _lexical(name: str, text: str) -> bool:
    if name in FORMS:
        plain = "".join(map(like, text)) if name in NAMES and not text.isascii() else text
        return _form(name).fullmatch(plain) is not None
    if not text.isascii() or "_" in text or not _stricter(name).fullmatch(text):
        return False
    try:
        _parsed(name, text)
    except (ValueError, OverflowError, ArithmeticError, TypeError):
        return False
    return True


@cache
def _stricter(name: str) -> re.Pattern[str]:
    return re.compile(STRICTER.get(name, ".*"))


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(FORMS[name])


@lru_cache(maxsize=1 << 12)
def _parsed(name: str, text: str) -> Any:
    """Return the value a text stands for.

    Raises:
        ValueError: it stands for none.
    """
    from elementpath.datatypes import builtin_atomic_types

    kind: Any = builtin_atomic_types[f"xs:{name}"]
    for form, written in WRITTEN if name in TIMES else ():
        text = form.sub(written, text)
    return kind.make(text)


# --- facets (XML Schema Part 2, 4.3): each is given the type's name, the text and its own value


def _bound(holds: Callable[[Any, Any], bool], name: str, text: str, value: str) -> bool:
    return holds(_parsed(name, text), _parsed(name, _collapsed(value)))


def _counted(holds: Callable[[int, int], bool], name: str, text: str, value: str) -> bool:
    return holds(_length(name, text), int(value))


def _length(name: str, text: str) -> int:
    """Return the length in code points, octets or words, as the type has it."""
    if name in LISTS:
        return len(words(text))
    if name == "hexBinary":
        return len(text) // 2
    if name == "base64Binary":
        return len(re.sub("[ =]", "", text)) * 3 // 4
    return len(text)


def _total_digits(_name: str, text: str, value: str) -> bool:
    whole, _, part = text.lstrip("+-").partition(".")
    return len(whole.lstrip("0")) + len(part.rstrip("0")) <= int(value)


def _fraction_digits(_name: str, text: str, value: str) -> bool:
    return len(text.partition(".")[2].rstrip("0")) <= int(value)


def _pattern(_name: str, text: str, value: str) -> bool:
    return expression(value).matches(text)


FACETS: dict[str, Callable[[str, str, str], bool]] = {
    "pattern": _pattern,
    "minInclusive": partial(_bound, lambda one, two: one >= two),
    "maxInclusive": partial(_bound, lambda one, two: one <= two),
    "minExclusive": partial(_bound, lambda one, two: one > two),
    "maxExclusive": partial(_bound, lambda one, two: one < two),
    "length": partial(_counted, lambda one, two: one == two),
    "minLength": partial(_counted, lambda one, two: one >= two),
    "maxLength": partial(_counted, lambda one, two: one <= two),
    "totalDigits": _total_digits,
    "fractionDigits": _fraction_digits,
}
BOUNDS = frozenset({"minInclusive", "maxInclusive", "minExclusive", "maxExclusive"})
COUNTED = frozenset({"length", "minLength", "maxLength", "totalDigits", "fractionDigits"})
