"""What keeps a file from being XML: said of the sign or the tag itself, with what would mend it.

expat says where it gave up and why. What stands there tells more: which entity, which attribute,
which of the tags that are open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from html.entities import html5
from unicodedata import category
from xml.parsers import expat

from encoder.model import Finding, listed
from encoder.validate import encoding, slips
from encoder.validate.position import Places
from encoder.validate.slips import Slip, edit, word
from encoder.validate.walk import PREDEFINED, REFERENCE, Reading, StopError

CODE = "xml-not-well-formed"
BOMB = 43  # XML_ERROR_AMPLIFICATION_LIMIT_BREACH, which pyexpat has no name for
# So many end tags are written at the end of a file; where more lack, it was cut off.
LACKING = 20
NAMED = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|&([^#;\s&<>\"']+);", re.DOTALL)
NUMBERED = re.compile(rb"&#[^;]*;?")
ENTITY = re.compile(rb"<!ENTITY\s+([^\s%]+)")
PREFIXED = re.compile(rb"(?:<|\s)(([^\s<>/=:]+):[^\s<>/=]+)")
DECLARATION = re.compile(rb"<\?xml\s.*?\?>\s*", re.DOTALL)
# What prefixes stand for by custom, in files about texts.
NAMESPACES = {
    "tei": "http://www.tei-c.org/ns/1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "xi": "http://www.w3.org/2001/XInclude",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "mml": "http://www.w3.org/1998/Math/MathML",
    "svg": "http://www.w3.org/2000/svg",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "mei": "http://www.music-encoding.org/ns/mei",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "sch": "http://purl.oclc.org/dsdl/schematron",
}

Open = list[tuple[str, int]]


def explained(reading: Reading, places: Places, name: str, error: expat.ExpatError) -> Finding:
    """Return the Finding about a file at which expat gave up."""
    data, byte = reading.data, max(0, reading.parser.ErrorByteIndex)
    if error.code == BOMB:
        message = "Entities would make the file a hundred times as large."
        hint = "Write the text out instead of declaring it."
        return Finding("xml-expansion", "error", message, name, places.position(byte), hint)
    if error.code in BYTES:
        try:
            data.decode()
        except UnicodeDecodeError as undecodable:
            return encoding.undecodable(data, "utf-8", name, undecodable)
    explain = EXPLAINED.get(error.code)
    said = _replaced(data, byte, error) or (explain(data, byte, places) if explain else None)
    slip = said or Slip(byte, f"{expat.ErrorString(error.code)}.", "Mend the markup here.")
    message, where = f"Not well-formed XML: {slip.message}", places.position(slip.byte)
    fix = slip.fix(places)
    return Finding(CODE, "error", message, name, where, slip.hint, fix=fix)


def stopped(reading: Reading, places: Places, name: str, stop: StopError) -> Finding:
    """Return the Finding about a file that would be too much, or leans on another.

    What that declares is not known: what stands for a character by custom is only suggested.
    """
    slip, used = Slip(stop.byte, "", stop.hint), REFERENCE.match(reading.data, stop.byte)
    unknown = used and used[1].decode("utf-8", "replace") not in _declared(reading.data)
    if stop.code == "xml-entity" and unknown:
        slip = _undefined(reading.data, stop.byte, places)
    where, fix = places.position(stop.byte), slip._replace(safe=False).fix(places)
    return Finding(stop.code, "error", stop.message, name, where, slip.hint, fix=fix)


# --- tags that do not pair


def _still_open(data: bytes) -> Open:
    """Return the elements that are open where expat gives up, and where each begins."""
    again, found = expat.ParserCreate("utf-8"), Open()
    again.StartElementHandler = lambda name, _: found.append((name, again.CurrentByteIndex))
    again.EndElementHandler = lambda _: found.pop()
    with suppress(expat.ExpatError):
        again.Parse(data, True)
    return found


def _mismatched(data: bytes, byte: int, places: Places) -> Slip:
    """Explain an end tag that does not close what was opened last."""
    start = data.rfind(b"<", 0, byte + 1)
    ends, found = slips.END_TAG.match(data, start), _still_open(data)
    name = ends[1].decode("utf-8", "replace") if ends else ""
    inner, begins = found[-1]
    where = f"<{word(inner)}> of {places.position(begins)}"
    if name not in {each for each, _ in found}:
        return _stray(name, start, ends.end() if ends else byte, inner, where)
    message = f"</{word(name)}> stands here, but {where} is still open."
    hint = (
        f"Write </{word(inner)}> before </{word(name)}>, or end <{word(inner)}> with /> if it is "
        "meant to be empty."
    )
    return Slip(start, message, hint, (edit(start, start, f"</{inner}>"),))


def _stray(name: str, start: int, end: int, inner: str, where: str) -> Slip:
    message = f"</{word(name)}> closes nothing: no <{word(name)}> is open."
    written = edit(start, end, f"</{inner}>")
    if name.lower() == inner.lower():
        return Slip(start, message, f"Write </{word(inner)}>, as in {where}.", (written,), True)
    if sorted(name) == sorted(inner) or inner.startswith(name) or name.startswith(inner):
        return Slip(start, message, f"Did you mean </{word(inner)}>, of {where}?", (written,))
    hint = f"Remove it, or write </{word(inner)}> for {where}."
    return Slip(start, message, hint, (edit(start, end),))


def _unfinished(data: bytes, byte: int, places: Places) -> Slip:
    """Explain a file that ends within its elements, or before them."""
    if not data.strip():
        return Slip(0, "the file is empty.", "Is it the right file?")
    found = _still_open(data)
    if not found:
        return Slip(byte, "the file has no element.", "Is it the right file?")
    name, begins = found[-1]
    message = f"the file ends, and <{word(name)}> of {places.position(begins)} is still open."
    lacking = [f"</{word(each)}>" for each, _ in reversed(found)]
    hint = f"Write what lacks at the end: {listed(lacking)}."
    if len(found) > LACKING:
        return Slip(byte, message, hint)
    at, ends = len(data.rstrip()), "".join(f"</{each}>" for each, _ in reversed(found))
    return Slip(byte, message, hint, (edit(at, at, ends),))


def _cut_off(data: bytes, byte: int, _places: Places) -> Slip:
    """Explain a tag, comment or the like that the file ends in."""
    if data.startswith(b"&", byte):
        return slips.slip(data, len(data)) or Slip(byte, "& stands alone.", "Write &amp;.")
    if data.startswith(b"<?", byte):
        return Slip(byte, "?> lacks at the end of this.", "Close the instruction with ?>.")
    what, end = ("comment", "-->") if data.startswith(b"<!--", byte) else ("tag", ">")
    return Slip(byte, f"the {what} that begins here is not closed.", f"Close it with {end}.")


def _open_section(data: bytes, byte: int, _places: Places) -> Slip:
    start = max(0, data.rfind(b"<![CDATA[", 0, byte))
    message = "the CDATA section that begins here is not closed."
    return Slip(start, message, "Close it with ]]>.")


def _declaration(_data: bytes, byte: int, _places: Places) -> Slip:
    message = "the XML declaration is not written as one."
    return Slip(byte, message, 'Write <?xml version="1.0" encoding="UTF-8"?>.')


# --- what stands outside


def _behind(data: bytes, byte: int, _places: Places) -> Slip:
    tag = re.compile(rb"<([^\s/>!?]+)").match(data, byte)
    what = f"<{word(tag[1].decode('utf-8', 'replace'))}>" if tag else "something"
    message = f"{what} stands behind the end of the document element."
    return Slip(byte, message, "Put it into the document element, or remove it.")


def _declared_late(data: bytes, byte: int, _places: Places) -> Slip:
    declaration = DECLARATION.match(data, byte)
    end = declaration.end() if declaration else byte
    if not data[:byte].strip():
        message = "white space stands before the XML declaration."
        return Slip(byte, message, "Remove it.", (edit(0, byte),), True)
    if data.startswith(b"<?xml "):
        message, hint = "the file has an XML declaration already.", "Remove this one."
        return Slip(byte, message, hint, (edit(byte, end),))
    message = "the XML declaration is not the first thing in the file."
    edits = (edit(0, 0, data[byte:end].decode("utf-8", "replace")), edit(byte, end))
    return Slip(byte, message, "Move it to the beginning.", edits)


def _token(data: bytes, byte: int, places: Places) -> Slip | None:
    """Explain a sign that cannot stand where it is."""
    if data.lstrip().startswith(b"<") or data[byte : byte + 1] < b" ":
        return slips.slip(data, byte)
    return _no_xml(data, 0, places)


def _no_xml(data: bytes, byte: int, _places: Places) -> Slip | None:
    if data[:byte].strip():
        return None
    begins = word(data[byte : byte + 80].decode("utf-8", "ignore").split("\n")[0].strip())
    if begins.lower().startswith("<!doctype"):
        return Slip(byte, "DOCTYPE is written in capital letters.", "Is it an HTML file?")
    message = f"the file begins with text: “{begins}”."
    return Slip(byte, message, "An XML file begins with a tag. Is it the right file?")


# --- entities


def _declared(data: bytes) -> set[str]:
    return {each.decode("utf-8", "replace") for each in ENTITY.findall(data)}


def _replaced(data: bytes, byte: int, error: expat.ExpatError) -> Slip | None:
    """Explain what is wrong in the text that stands for an entity: expat tells where it is used."""
    used = REFERENCE.match(data, byte)
    name = used[1].decode("utf-8", "replace") if used else ""
    if name not in _declared(data):
        return None
    message = f"what &{word(name)}; stands for is wrong here: {expat.ErrorString(error.code)}."
    hint = f"Mend it where &{word(name)}; is declared, or write out here what is meant."
    return Slip(byte, message, hint)


def _undefined(data: bytes, byte: int, _places: Places) -> Slip:
    """Explain entities that are not declared: all of them, for they have one cause."""
    known = PREDEFINED | _declared(data)
    found = [
        m for m in NAMED.finditer(data) if m[1] and m[1].decode("utf-8", "replace") not in known
    ]
    first = next((m for m in found if m.start() >= byte), None)
    if first is None:
        return Slip(byte, "undefined entity.", "Write the characters themselves.")
    name = first[1].decode("utf-8", "replace")
    others = {m[1] for m in found} - {first[1]}
    also = f" Nor are {len(others)} others of this file." if len(others) > 1 else ""
    message = f"the entity &{word(name)}; is not declared in the file.{also}"
    said = _character(name)
    hint = f"Write {said}." if said else "Write the characters themselves."
    edits = tuple(
        edit(m.start(), m.end(), text)
        for m in found
        if (text := _character(m[1].decode("utf-8", "replace")))
    )
    return Slip(first.start(), message, hint, edits, bool(said))


def _character(name: str) -> str:
    """Return the character that HTML means by a name, as it is best written; '' for none."""
    text = html5.get(f"{name};", "")
    unseen = any(category(char)[0] in "ZCM" or char in "<>&\"'" for char in text)
    return "".join(f"&#x{ord(char):X};" for char in text) if unseen else text


def _no_character(data: bytes, byte: int, _places: Places) -> Slip:
    found = NUMBERED.search(data, byte)
    if found is None:
        return Slip(byte, "a reference stands for no character of XML.", "Remove it.")
    said = word(found[0].decode("utf-8", "replace"))
    message, edits = f"{said} stands for no character of XML.", (edit(found.start(), found.end()),)
    return Slip(found.start(), message, "Remove it.", edits)


# --- attributes


def _doubled(data: bytes, byte: int, _places: Places) -> Slip | None:
    start = data.rfind(b"<", 0, byte + 1)
    found = dict[bytes, re.Match[bytes]]()
    for each in slips.attributes(data, start):
        first = found.setdefault(each[1], each)
        if first is not each:
            name, same = each[1].decode("utf-8", "replace"), first[2][1:-1] == each[2][1:-1]
            message = f"@{word(name)} stands twice in one tag."
            edits = (edit(each.start(), each.end()),)
            return Slip(each.start(1), message, "Remove one of the two.", edits, same)
    return None


def _unbound(data: bytes, byte: int, _places: Places) -> Slip | None:
    """Explain a prefix that no namespace is declared for."""
    end = data.find(b">", byte)
    bound = {"xml", "xmlns", *_bound(data[:end])}
    for each in PREFIXED.finditer(data, byte, end):
        prefix = each[2].decode("utf-8", "replace")
        if prefix not in bound:
            return _declaring(data, each.start(1), prefix)
    return None


def _declaring(data: bytes, at: int, prefix: str) -> Slip:
    message = f"the prefix {word(prefix)} is not declared."
    uri = NAMESPACES.get(prefix)
    if uri is None:
        hint = f'Declare it in the first tag: xmlns:{word(prefix)}="…", with its namespace.'
        return Slip(at, message, hint)
    first = re.compile(rb"<[^\s!?/>]+").search(data)
    written = f'xmlns:{prefix}="{uri}"'
    edits = (edit(first.end(), first.end(), f" {written}"),) if first else ()
    return Slip(at, message, f"Declare it in the first tag: {written}.", edits)


def _bound(data: bytes) -> list[str]:
    return [each.decode("utf-8", "replace") for each in re.findall(rb"\sxmlns:([^\s=]+)", data)]


_CODES, _ERRORS = expat.errors.codes, expat.errors
BYTES = {_CODES[_ERRORS.XML_ERROR_INVALID_TOKEN], _CODES[_ERRORS.XML_ERROR_PARTIAL_CHAR]}
Explainer = Callable[[bytes, int, Places], Slip | None]
EXPLAINED: dict[int, Explainer] = {
    _CODES[_ERRORS.XML_ERROR_TAG_MISMATCH]: _mismatched,
    _CODES[_ERRORS.XML_ERROR_NO_ELEMENTS]: _unfinished,
    _CODES[_ERRORS.XML_ERROR_UNCLOSED_TOKEN]: _cut_off,
    _CODES[_ERRORS.XML_ERROR_UNCLOSED_CDATA_SECTION]: _open_section,
    _CODES[_ERRORS.XML_ERROR_XML_DECL]: _declaration,
    _CODES[_ERRORS.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: _behind,
    _CODES[_ERRORS.XML_ERROR_MISPLACED_XML_PI]: _declared_late,
    _CODES[_ERRORS.XML_ERROR_SYNTAX]: _no_xml,
    _CODES[_ERRORS.XML_ERROR_UNDEFINED_ENTITY]: _undefined,
    _CODES[_ERRORS.XML_ERROR_BAD_CHAR_REF]: _no_character,
    _CODES[_ERRORS.XML_ERROR_DUPLICATE_ATTRIBUTE]: _doubled,
    _CODES[_ERRORS.XML_ERROR_UNBOUND_PREFIX]: _unbound,
    _CODES[_ERRORS.XML_ERROR_INVALID_TOKEN]: _token,
}
