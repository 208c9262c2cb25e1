"""How a place, a name or a text is written in a message: short enough to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from encoder.model import listed
from encoder.validate.relaxng.leaves import Element
from encoder.validate.relaxng.names import XML, local, shown, uri
from encoder.validate.relaxng.patterns import NOT_ALLOWED

if TYPE_CHECKING:
    from encoder.validate.relaxng.frames import Frame

ID = f"{XML} id"
# A path shows so many elements, and a value so many characters, that a message stays short.
STEPS, LONGEST, LONGEST_NAME = 4, 40, 120


def in_full(name: str) -> str:
    """Return the name of an element with its namespace."""
    held = f"of the namespace {uri(name)}" if uri(name) else "without a namespace"
    return f"<{local(name)}> {held}"


def allowed_here(names: Sequence[str]) -> str:
    return f" Allowed here: {listed(names)}." if names else " No element is allowed here."


def was_allowed(frames: Sequence[Frame]) -> bool:
    """Tell whether an element could have come earlier in that around it."""
    whole = frames[-2].whole
    return whole is not None and whole.opened(frames[-1].name) is not NOT_ALLOWED


def names_of(elements: Iterable[Element]) -> set[str]:
    return {name for each in elements for name in each.names.names()}


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, cut where it is longer than a message can show."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def short_words(text: str) -> str:
    """Return a message in which no name is so long that nobody would read on."""
    words = (
        word if len(word) <= LONGEST_NAME else f"{word[:LONGEST_NAME]}…" for word in text.split(" ")
    )
    return " ".join(words) if len(text) > LONGEST_NAME else text


def place_of(frames: Sequence[Frame]) -> str:
    """Return where an element is, as `, at TEI/text/body/div[@n="3"]/p[2]`."""
    steps = [_step(frames, number) for number in range(max(1, len(frames) - STEPS), len(frames))]
    return f", at {'…/' if len(frames) > STEPS + 1 else ''}{'/'.join(steps)}"


def _step(frames: Sequence[Frame], number: int) -> str:
    frame = frames[number]
    for name in (ID, "n"):
        if name in frame.attributes:
            return f'{local(frame.name)}[@{shown(name)}="{cut(frame.attributes[name])}"]'
    place = frames[number - 1].children[frame.name]
    return f"{local(frame.name)}[{place}]" if place > 1 else local(frame.name)
