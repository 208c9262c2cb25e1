"""A page of a PDF file is characters at places; lines, indents and blank lines are read from them.

Lines end as printed, hyphens stay, a form feed parts pages. Figures that are raised and small are
written as raised figures, since notes are called by them.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from math import isfinite
from statistics import median
from typing import Any

from encoder.convert.columns import Char, blocks
from encoder.errors import InputError, MissingError

PAGES_MAX = 10_000
PLACE = ("x0", "x1", "top", "bottom", "size")
# In shares of the size of type: the gap of a space, the room of a blank line, the width of a
# character and of narrow ones.
SPACE, BLANK, CHARACTER, NARROW = 0.18, 0.4, 0.5, 0.4
# From this gap on, words are set apart, and lines far in; type so much larger or smaller is other.
WIDE, FAR, OTHER_TYPE = 1.2, 8.0, 1.1
FARTHEST = 400  # characters that a line is set in, or room takes, at the most
# A figure is a callout if it is so much smaller than its line and stands so much higher.
SMALL, RAISED = 0.85, 0.15
# Cells in which one sign stands once: half a point, and those around it.
CELL, AROUND = 2, tuple(product((0, -1, 1), repeat=2))
SOFT = re.compile(r"\xad(?!\n)")
BOLD = re.compile("bold|black|heavy|demi", re.IGNORECASE)
RAISED_FIGURES = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def text(data: bytes, place: str) -> str:
    """Return the text of a PDF file, its pages parted by form feeds.

    Raises:
        InputError: the file is damaged, encrypted or has too many pages.
        MissingError: pdfplumber is not installed.
    """
    return "\f".join(map(_page, _pages(data, place)))


def _pages(data: bytes, place: str) -> Iterator[list[Char]]:
    """Yield the characters of each page; what is made of them is no longer the file's fault."""
    try:
        import pdfplumber
        from pdfminer.pdfexceptions import PDFException
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError as error:
        hint = "pip install 'tei-encoder[pdf]'"
        raise MissingError("PDF files need pdfplumber, which is not here", hint=hint) from error
    # What pdfminer makes of a damaged file is told as one error, or is no matter.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            _check_length(len(document.pages), place)
            yield from map(_chars, document.pages)
    except (PDFException, PdfminerException) as error:
        raise _unreadable(error, place) from error
    # What pdfminer lets through where a file is damaged.
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise _unreadable(error, place) from error


def _check_length(pages: int, place: str) -> None:
    if pages > PAGES_MAX:
        hint = "part it into files of fewer pages"
        raise InputError(f"the file has {pages:,} pages", place=place, hint=hint)


def _unreadable(error: Exception, place: str) -> InputError:
    if "Password" in repr(error) or "Encryption" in repr(error):
        hint = "take the protection off first, for example with qpdf --decrypt"
        return InputError("the PDF file is encrypted", place=place, hint=hint)
    hint = "open it in a viewer and save it anew, or mend it with qpdf"
    return InputError("the PDF file is damaged", place=place, hint=hint)


def _chars(page: Any) -> list[Char]:
    """Return the characters of a page, without such as stand nowhere: a file may say infinity."""
    chars = [char for char in page.chars if all(isfinite(char[edge]) for edge in PLACE)]
    page.close()
    return chars


def _page(printed: Iterable[Char]) -> str:
    chars = list(_once(printed))
    columns = [_lines(block) for block in blocks([char for char in chars if char["upright"]])]
    turned = "".join(char["text"] for char in chars if not char["upright"])
    lines = [line for column in columns for line in column]
    words_of = [said for column in columns for said in _set(column)]
    pitch = _pitch(lines)
    said = words_of[:1]
    for above, line, words in zip(lines, lines[1:], words_of[1:], strict=False):
        said += [*[""] * _is_parted(above, line, pitch), words]
    text = "\n".join([*said, *([turned] if turned.strip() else []), ""])
    # A font may have one sign for hyphens and soft hyphens: one printed in a line is a hyphen.
    return SOFT.sub("-", text)


def _once(chars: Iterable[Char]) -> Iterator[Char]:
    """Yield the characters, one that is printed twice at a place, to look bold, only once."""
    taken = set[tuple[str, int, int]]()
    for char in chars:
        x, y = int(char["x0"] * CELL), int(char["top"] * CELL)
        if not any((char["text"], x + dx, y + dy) in taken for dx, dy in AROUND):
            yield char
        taken.add((char["text"], x, y))


def _set(column: list[list[Char]]) -> Iterator[str]:
    """Yield the lines of a column as text, set in as they are from its left edge."""
    left = min((line[0]["x0"] for line in column), default=0.0)
    for line in column:
        yield _said(line, left)


def _is_parted(above: list[Char], line: list[Char], pitch: float) -> bool:
    """Whether more room than usual is between two lines, or they are set in other type.

    The rows of a table stay together.
    """
    if _is_row_below(above, line):
        return False
    sizes = _size(above), _size(line)
    room = _bottom(line) - _bottom(above) > pitch + BLANK * min(sizes)
    other = max(sizes) > OTHER_TYPE * min(sizes)
    return room or other or {_boldness(above), _boldness(line)} == {0.0, 1.0}


def _is_row_below(above: list[Char], line: list[Char]) -> bool:
    """Whether what stands apart on a line stands below what does so on the one above."""
    cells = list(_cells(above)), list(_cells(line))
    alike = len(cells[0]) == len(cells[1]) > 1
    return alike and all(a < d and c < b for (a, b), (c, d) in zip(*cells, strict=True))


def _cells(line: list[Char]) -> Iterator[tuple[float, float]]:
    """Yield from where to where reaches what stands apart on a line."""
    size, printed = _size(line), [char for char in line if char["text"].strip()]
    start = printed[0]["x0"]
    for char, after in pairwise(printed):
        if after["x0"] - char["x1"] > WIDE * size:
            yield start, char["x1"]
            start = after["x0"]
    yield start, printed[-1]["x1"]


def _boldness(line: list[Char]) -> float:
    """Return what share of a line is set in bold type."""
    return sum(bool(BOLD.search(char["fontname"])) for char in line) / len(line)


def _lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Return the characters line by line: those that stand at one height, from left to right."""
    lines: list[list[Char]] = []
    top = bottom = 0.0
    for char in sorted(chars, key=lambda char: (char["bottom"], char["x0"])):
        shared = min(bottom, char["bottom"]) - max(top, char["top"])
        if lines and 2 * shared > min(bottom - top, char["bottom"] - char["top"]):
            lines[-1].append(char)
            top, bottom = min(top, char["top"]), max(bottom, char["bottom"])
        else:
            lines.append([char])
            top, bottom = char["top"], char["bottom"]
    ordered = (sorted(line, key=lambda char: float(char["x0"])) for line in lines)
    return [line for full in ordered if (line := _trimmed(full))]


def _trimmed(line: list[Char]) -> list[Char]:
    """Return a line without the spaces at its ends, which stand anywhere."""
    printed = [index for index, char in enumerate(line) if char["text"].strip()]
    return line[printed[0] : printed[-1] + 1] if printed else []


def _pitch(lines: list[list[Char]]) -> float:
    """Return how far lines usually are from each other."""
    steps = [_bottom(b) - _bottom(a) for a, b in pairwise(lines)]
    return float(median(steps)) if steps else 0.0


def _size(line: list[Char]) -> float:
    return float(median(char["size"] for char in line)) or 1.0  # type may have no size at all


def _bottom(line: list[Char]) -> float:
    return float(median(char["bottom"] for char in line))


def _said(line: list[Char], left: float) -> str:
    size, bottom = _size(line), _bottom(line)
    said, end = " " * _indent((line[0]["x0"] - left) / size), float(line[0]["x0"])
    space = False
    for char in line:
        if not char["text"].strip():
            space = True
            continue
        gap = (char["x0"] - end) / size
        if gap > WIDE:  # what stands below each other stays so: it may be a table
            said = f"{said}  ".ljust(_columns((char["x0"] - left) / (NARROW * size)))
        elif space or gap > SPACE:  # a space may be set very tight
            said += " "
        said += _sign(char, size, bottom)
        space, end = False, char["x1"]
    return said


def _indent(room: float) -> int:
    """Return by how many characters a line is set in; far from the edge as what is set apart."""
    return _columns(room / (NARROW if room > FAR else CHARACTER))


def _columns(room: float) -> int:
    """Return how many characters fit into some room; what stands far off a page is at its edge."""
    return min(round(room), FARTHEST)


def _sign(char: Char, size: float, bottom: float) -> str:
    sign = str(char["text"])
    raised = char["size"] < SMALL * size and bottom - char["bottom"] > RAISED * size
    return sign.translate(RAISED_FIGURES) if raised else sign
