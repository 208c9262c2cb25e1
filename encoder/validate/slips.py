"""A sign that cannot stand where it is: what XML has it for, and how it is written in a text.

The sign at which expat gives up is often not the one that is wrong: of `A & B` it tells the space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from encoder.model import Edit, Fix
from encoder.validate.position import Places
from encoder.validate.walk import PREDEFINED

Bytes = tuple[int, int, str]  # from, to, what then stands there
LONGEST = 60

NAME = rb"[^\s<>/=\"'&]+"
ATTRIBUTE = re.compile(rb"\s+(" + NAME + rb")\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
END_TAG = re.compile(rb"</([^\s>]+)\s*>")
OPENING = re.compile(rb"<(" + NAME + rb")")
# What a tag goes on with behind its last right attribute: a name, =, a value that is open.
GOES_ON = re.compile(rb"(\s*)/?(?:(" + NAME + rb")(\s*)(=\s*)?(?:([\"'])([^\"']*))?)?\Z")
# An & that begins no reference, as it may stand anywhere in a text.
BARE = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|(&)(?!#|[^\s;&<>\"'#]+;)",
    re.DOTALL,
)
LOOSE = re.compile(rb"&(#?[^\s;&<>\"'=#]*)\Z")
# A < that no tag can be meant by.
SIGN = re.compile(rb"<[\s=0-9](?![^<]*>)")
MARKER = re.compile(rb"<{7}(?=\s)")
QUOTES = "“”„‟«»‘’‚‹›"
# A value without straight quotation marks: up to another of its kind, or to a space.
VALUE = re.compile(rf"[{QUOTES}][^<>\"'{QUOTES}]*[{QUOTES}]|[^\s<>]*?(?=\s|/?>)")


class Slip(NamedTuple):
    """What is wrong at a byte, in words, and what would mend it."""

    byte: int
    message: str
    hint: str
    edits: tuple[Bytes, ...] = ()
    safe: bool = False

    def fix(self, places: Places) -> Fix | None:
        """Return what would mend it as a change of the file."""
        at = places.position
        made = tuple(Edit(at(start), at(end), text) for start, end, text in self.edits)
        return Fix(made, self.safe) if made else None


def edit(start: int, end: int, text: str = "") -> Bytes:
    """Return the change of some bytes to a text."""
    return start, end, text


def word(text: str) -> str:
    """Return what a file says, cut where it is longer than a message can show."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def attributes(data: bytes, tag: int) -> Iterator[re.Match[bytes]]:
    """Yield the attributes of a tag, as far as they are right: name, and value with its quotes."""
    opening = OPENING.match(data, tag)
    found = ATTRIBUTE.match(data, opening.end()) if opening else None
    while found:
        yield found
        found = ATTRIBUTE.match(data, found.end())


def slip(data: bytes, byte: int) -> Slip | None:
    """Explain the sign at which expat gives up."""
    ways = (_marker, _comment, _ampersand, _control, _section, _in_tag)
    explained = (each(data, byte) for each in ways)
    return next((each for each in explained if each), None) or _any(data, byte)


def _any(data: bytes, byte: int) -> Slip | None:
    sign = data[byte : byte + 4].decode("utf-8", "ignore")[:1].strip()
    start = data.rfind(b"<", 0, byte)
    opening = OPENING.match(data, start) if start > data.rfind(b">", 0, byte) else None
    if not sign:
        return None
    within = f" in the tag <{word(opening[1].decode('utf-8', 'replace'))}>" if opening else " here"
    return Slip(byte, f"{sign} cannot stand{within}.", "Mend the markup here.")


def _marker(data: bytes, byte: int) -> Slip | None:
    """Explain what git leaves in a file where two versions could not be merged."""
    start = data.rfind(b"\n", 0, byte) + 1
    if not MARKER.match(data, start):
        return None
    hint = "Decide between the two versions, and remove the lines <<<<<<<, ======= and >>>>>>>."
    return Slip(start, "git has left the mark of a conflict here.", hint)


def _comment(data: bytes, byte: int) -> Slip | None:
    start = data.rfind(b"<!--", 0, byte)
    if start < 0 or data.find(b"-->", start, byte) >= 0 or data[byte - 2 : byte] != b"--":
        return None
    message, hint = "-- stands in a comment.", "Write - -, or one hyphen."
    return Slip(byte - 2, message, hint, (edit(byte - 1, byte - 1, " "),))


def _ampersand(data: bytes, byte: int) -> Slip | None:
    """Explain an & that begins no reference; what mends it mends all of the file."""
    found = LOOSE.search(data, max(0, byte - 100), byte)
    if found is None:
        return None
    name = found[1].decode("utf-8", "replace")
    if name in PREDEFINED:
        message, added = f"&{name} lacks its semicolon.", edit(byte, byte, ";")
        return Slip(found.start(), message, f"Write &{name};.", (added,), True)
    if name.startswith("#"):
        message, hint = (
            f"&{name} begins no reference.",
            "Write &#, the number of a character, and ;.",
        )
        return Slip(found.start(), message, hint)
    all_ = (m.start(1) for m in BARE.finditer(data) if m[1])
    every = tuple(edit(at, at + 1, "&amp;") for at in all_)
    return Slip(found.start(), "& stands alone.", "Write &amp; for the sign &.", every, True)


def _control(data: bytes, byte: int) -> Slip | None:
    sign = data[byte : byte + 4].decode("utf-8", "ignore")[:1]
    if not sign or (sign >= " " and sign not in "\ufffe\uffff"):
        return None
    message = f"the character U+{ord(sign):04X} cannot stand in XML."
    removed = edit(byte, byte + len(sign.encode()))
    hint = "Remove it, or write what it stands for."
    if sign == "\0":
        hint = "Remove it. Where there are many, UTF-16 was put into a file of another encoding."
    return Slip(byte, message, hint, (removed,))


def _section(data: bytes, byte: int) -> Slip | None:
    if data[byte - 2 : byte + 1] != b"]]>":
        return None
    message, edits = "]]> stands in the text.", (edit(byte, byte + 1, "&gt;"),)
    return Slip(byte - 2, message, "Write ]]&gt;.", edits, True)


# --- in a tag


def _in_tag(data: bytes, byte: int) -> Slip | None:
    """Explain a sign in a start tag by what stands before it."""
    start = data.rfind(b"<", 0, byte)
    opening = OPENING.match(data, start) if start >= 0 else None
    if start < 0 or END_TAG.match(data, start, byte):
        return None
    if opening is None or byte == start + 1:
        return _no_tag(data, start)
    if opening.end() > byte:
        return None
    found = list(attributes(data[:byte], start))
    last = found[-1].end() if found else opening.end()
    rest = GOES_ON.match(data, last, byte)
    if rest is None:
        return None
    tag = f"<{word(opening[1].decode('utf-8', 'replace'))}>"
    return _of_value(data, byte, rest) or _of_name(data, byte, rest, tag, found)


def _no_tag(data: bytes, start: int) -> Slip | None:
    """Explain a < that begins no tag."""
    if end := END_TAG.match(data, start):
        message = f"</{word(end[1].decode('utf-8', 'replace'))}> closes nothing: all is closed."
        return Slip(start, message, "Remove it.", (edit(start, end.end()),))
    if data.startswith(b"</", start):
        return Slip(start, "this is no end tag.", "An end tag is </, the name, and >.")
    if data[start + 1 : start + 2] in b"?!":
        return None
    message, hint = "< begins no tag.", "Write &lt; for the sign <."
    safe = SIGN.match(data, start) is not None
    return Slip(start, message, hint, (edit(start, start + 1, "&lt;"),), safe)


def _of_value(data: bytes, byte: int, rest: re.Match[bytes]) -> Slip | None:
    """Explain what is wrong with a value that has begun, or should have."""
    if not rest[4]:
        return None
    name = word(rest[2].decode("utf-8", "replace"))
    if rest[5] is None:
        return _unquoted(data, byte, name)
    if data[byte : byte + 1] != b"<":
        return None
    if b">" in rest[6] or b"\n" in rest[6]:
        message = f"no quotation mark closes the value of @{name}."
        return Slip(rest.start(5), message, f"Write {rest[5].decode()} at its end.")
    message, edits = f"< stands in the value of @{name}.", (edit(byte, byte + 1, "&lt;"),)
    hint = "Write &lt;, or close the value with its quotation mark before it."
    return Slip(byte, message, hint, edits)


def _unquoted(data: bytes, byte: int, name: str) -> Slip:
    hint = f'Write {name}="…", with straight quotation marks.'
    value = VALUE.match(data[byte : byte + 500].decode("utf-8", "ignore"))
    said = value[0] if value else ""
    plain = said.strip(QUOTES)
    edits: tuple[Bytes, ...] = ()
    if plain and not set(plain) & set(f"\"'&{QUOTES}"):
        edits = (edit(byte, byte + len(said.encode()), f'"{plain}"'),)
    if said[:1] and said[0] in QUOTES:
        message = f"the value of @{name} begins with {said[0]}, no quotation mark of XML."
        return Slip(byte, message, hint, edits, bool(edits))
    message = f"the value of @{name} has no quotation marks."
    return Slip(byte, message, hint, edits, bool(edits))


def _of_name(
    data: bytes, byte: int, rest: re.Match[bytes], tag: str, found: list[re.Match[bytes]]
) -> Slip | None:
    """Explain what follows the last right attribute of a tag."""
    sign = data[byte : byte + 1]
    if sign == b"<":
        return Slip(byte, f"{tag} is not closed before the next tag.", "Close it with >.")
    if rest[2]:
        name = word(rest[2].decode("utf-8", "replace"))
        message = f"@{name} of {tag} has no value."
        return Slip(rest.start(2), message, f'Write {name}="…", or remove it.')
    if sign in b"\"'":
        return Slip(byte, f"{tag} has a value without a name.", 'Write name="value".')
    if data[byte - 1 : byte] == b"/":
        return Slip(byte - 1, f"> does not follow the / of {tag}.", "Write />.")
    return _glued(byte, found[-1]) if found and not rest[1] else None


def _glued(byte: int, last: re.Match[bytes]) -> Slip:
    """Explain what stands right behind the quotation mark of a value."""
    name = word(last[1].decode("utf-8", "replace"))
    if last[2][:-1].rstrip().endswith(b"="):
        message = f"no quotation mark closes the value of @{name}."
        return Slip(last.start(2), message, "Write one before the next attribute.")
    message = f"no space stands behind the value of @{name}."
    return Slip(byte, message, "Part attributes by a space.", (edit(byte, byte, " "),), True)
