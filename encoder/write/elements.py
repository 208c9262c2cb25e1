"""Small words for building TEI: an element inside another, text that XML can hold, a date."""

from __future__ import annotations

from lxml import etree

from encoder.forms import ADDRESS, NOT_XML, is_time

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
NAMES = {"id": f"{{{XML}}}id", "lang": f"{{{XML}}}lang"}
UNKNOWN = "unknown"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def holdable(text: str) -> str:
    """Return the text with each character that XML cannot hold as U+FFFD."""
    return NOT_XML.sub("\ufffd", text)


def add(parent: etree._Element, tag: str, text: str = "", **attrs: str) -> etree._Element:
    """Add an element to another and return it; `id` and `lang` are XML's, empty ones left out."""
    said = {NAMES.get(name, name): holdable(value) for name, value in attrs.items() if value}
    element = etree.SubElement(parent, f"{{{TEI}}}{tag}", said)
    element.text = holdable(text) or None
    return element


def say(parent: etree._Element, tag: str, *sentences: str, **attrs: str) -> etree._Element:
    """Add an element that holds a paragraph of sentences; those that are empty are left out."""
    element = add(parent, tag, **attrs)
    add(element, "p", " ".join(filter(None, sentences)))
    return element


def pointer(ref: str) -> str:
    """Return what `@ref` says of an id of the register, or of an address."""
    return ref if not ref or ADDRESS.fullmatch(ref) else f"#{ref}"


def add_date(parent: etree._Element, time: str, words: str = "") -> etree._Element:
    """Add a `<date>` for a day, month or year, or for `earliest/latest`.

    Without words it has none; what is no date of the calendar is only said in words.
    """
    return add(parent, "date", words or ("" if is_time(time) else time), **dating(time))


def dating(time: str) -> dict[str, str]:
    """Return the attributes of a date; never @when with another (TEI P5 3.6.4)."""
    if not is_time(time):
        return {}
    first, _, last = time.partition("/")
    return {"notBefore": first, "notAfter": last} if last else {"when": first}


def spoken(time: str) -> str:
    """Return a date in English words: `21 October 1928`."""
    first, _, last = time.partition("/")
    return f"between {_spoken(first)} and {_spoken(last)}" if last else _spoken(first)


def _spoken(day: str) -> str:
    if not is_time(day) or day.startswith("-"):
        return day
    year, month, number = [*day.split("-"), "", ""][:3]
    if not month:
        return year
    name = MONTHS[int(month) - 1]
    return f"{int(number)} {name} {year}" if number else f"{name} {year}"
