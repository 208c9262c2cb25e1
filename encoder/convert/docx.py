"""A DOCX file is paragraphs with styles; the text says what the styles say, as Markdown does.

Headings get `#`, items their mark, quotations `>`, notes `[^1]`, comments `[^c1]` with the name of
who makes them, tables pipes, emphasis `*`. Words
that a reviser struck out are left out, those put in are in. What stands in a text box follows the
paragraph that the box hangs on.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from encoder.errors import InputError, MissingError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is no part of the words around it: they are said elsewhere, or no more.
ASIDE = (FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}p")
STRICT = "{http://purl.oclc.org/ooxml/"
# What a document may unpack to in bytes: more is an accident or an attack.
UNPACKED_MAX = 400_000_000
QUOTED = re.compile("quot|block text", re.IGNORECASE)
HEADING = re.compile(
    r"(?:heading|Rubrik|Überschrift|Titre|Kop|Título|Titolo)\s*(\d)", re.IGNORECASE
)
DEEPEST = 6
COLUMNS_MAX = 63  # of a table in a word processor
CODE = re.compile(r"(?!00|[dD][89a-fA-F])[0-9a-fA-F]{4}")  # no control, no half of a pair
GLUED = re.compile(r"[^\W_]|\*")
# What zipfile raises where an archive is damaged, encrypted or packed in a way it does not know.
UNZIPPING = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, UnicodeDecodeError,
)  # fmt: skip


def text(data: bytes, place: str) -> str:
    """Return the text of a DOCX file.

    Raises:
        InputError: the file is damaged, encrypted, or unpacks to too much.
        MissingError: python-docx is not installed.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        hint = "pip install 'tei-encoder[docx]'"
        raise MissingError("DOCX files need python-docx, which is not here", hint=hint) from error
    _check_size(data, place)
    try:
        document = docx.Document(io.BytesIO(data))
        return _Document(document, _body(document, place)).text()
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, *UNZIPPING) as error:
        raise _damaged(place) from error


def _body(document: Any, place: str) -> Any:
    """Return the element that holds the blocks of a document."""
    if document.element.tag.startswith(STRICT):
        hint = 'save it as "Word document", not as "Strict Open XML document"'
        raise InputError(
            "the DOCX file is strict Open XML, which is not read", place=place, hint=hint
        )
    body = document.element.find(f"{W}body")
    if body is None:
        raise _damaged(place)
    return body


def _damaged(place: str) -> InputError:
    hint = "open it in a word processor and save it anew"
    return InputError("the DOCX file is damaged", place=place, hint=hint)


def _check_size(data: bytes, place: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        hint = "take the password off in a word processor"
        raise InputError("the DOCX file is encrypted", place=place, hint=hint)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except UNZIPPING as error:
        raise _damaged(place) from error
    if unpacked > UNPACKED_MAX:
        raise InputError(f"the file unpacks to {unpacked:,} bytes", place=place)


class _Document:
    """Writes the blocks of a document; what is numbered is counted on the way."""

    def __init__(self, document: Any, body: Any) -> None:
        self.body = body
        self.styles = {style.style_id: style.name or "" for style in document.styles}
        self.ordered = _ordered(document.part)
        self.notes = {kind: _notes(document.part, kind) for kind in NOTES.values()}
        self.called: dict[tuple[str, str], str] = {}
        self.calls: list[tuple[str, str]] = []  # in their order, to which notes may add
        self.counts = Counter[tuple[str, int]]()

    def text(self) -> str:
        """Return the blocks, then the notes in the order they are called."""
        blocks = [self.block(element) for element in self.body]
        for key in self.calls:  # a note may call another, which comes after
            blocks.append(f"[^{self.called[key]}]: {self.note(*key)}")
        return "\n\n".join(block for block in blocks if block.strip(" \n")) + "\n"

    def block(self, element: Any) -> str:
        """Return a paragraph or a table; what holds others (a control) as what it holds."""
        if element.tag == f"{W}p":
            held = (self.paragraph(paragraph) for paragraph in (element, *_paragraphs(element)))
            return "\n\n".join(filter(None, held))
        if element.tag == f"{W}tbl":
            return self.table(element)
        return "\n\n".join(filter(None, map(self.block, element.iterchildren(f"{W}*"))))

    def paragraph(self, element: Any) -> str:
        said = self.words(element).strip(" ")
        style = self.styles.get(_value(element, "pPr/pStyle"), "")
        if heading := HEADING.match(style):
            return f"{'#' * min(int(heading[1]), DEEPEST)} {said}"
        if style.lower() == "title":
            return f"# {said}"
        if QUOTED.search(style) and said:
            return "\n".join(f"> {line}" for line in said.split("\n"))
        return self.item(element, said, style)

    def item(self, element: Any, said: str, style: str) -> str:
        """Return a paragraph, behind its mark where it is an item of a list."""
        number = _value(element, "pPr/numPr/numId")
        if not said or (not number and not style.startswith("List")):
            return said
        level = int(_value(element, "pPr/numPr/ilvl") or 0)
        if number not in self.ordered and "Number" not in style:
            return f"{'  ' * level}- {said}"
        key = (number or style, level)
        self.counts[key] += 1
        return f"{'   ' * level}{self.counts[key]}. {said}"

    def table(self, element: Any) -> str:
        """Return a table with pipes, a rule under its first row."""
        rows = [list(self.cells(row)) for row in element.iterchildren(f"{W}tr")]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([*lines[:1], f"|{'---|' * len(rows[0])}", *lines[1:]]) if rows else ""

    def cells(self, row: Any) -> Iterator[str]:
        """Yield what each cell of a row says; one that spans others, and nothing for those."""
        for cell in row.iterchildren(f"{W}tc"):
            said = " ".join(map(self.words, _paragraphs(cell)))
            yield " ".join(said.split()).replace("|", "\\|")
            spanned = int(_value(cell, "tcPr/gridSpan") or 1)
            yield from [""] * (min(spanned, COLUMNS_MAX) - 1)

    def note(self, kind: str, number: str) -> str:
        """Return the words of a note, its paragraphs set in under the first."""
        element = self.notes[kind].get(number)
        if element is None:
            return ""
        author = element.get(f"{W}author", "")  # of a comment
        said = (self.words(paragraph).strip() for paragraph in _paragraphs(element))
        return (f"{author}: " if author else "") + "\n\n    ".join(said)

    def label(self, kind: str, number: str) -> str:
        """Return what a note is called by; notes are counted, and comments apart from them."""
        key, letter = (kind, number), "c" if kind == "comment" else ""
        if key not in self.called:
            self.calls.append(key)
            self.counts[letter, 0] += 1
            self.called[key] = f"{letter}{self.counts[letter, 0]}"
        return self.called[key]

    def words(self, element: Any) -> str:
        """Return the words of an element, signs of emphasis around those that have it."""
        parts = [
            (sign, "".join(said for _, said in group))
            for sign, group in groupby(self.runs(element), itemgetter(0))
        ]
        words = ""
        for (sign, said), (_, after) in pairwise([*parts, ("", "")]):
            words += _emphasised(_fitting(sign, words, said, after), said)
        return words

    def runs(self, element: Any) -> Iterator[tuple[str, str]]:
        """Yield what the runs of an element say, each with the sign of its emphasis.

        A word processor parts runs anywhere, also where the look does not change.
        """
        for child in element.iterchildren():
            if child.tag == f"{W}r":
                sign = "*" * (_is_on(child, "i") + 2 * _is_on(child, "b"))
                yield sign, "".join(self.signs(child))
            elif child.tag == f"{MATHS}t":
                yield "", child.text or ""
            elif child.tag not in ASIDE:
                yield from self.runs(child)

    def signs(self, element: Any) -> Iterator[str]:
        """Yield what stands in a run: words, tabs, line and page ends, callouts."""
        for child in element.iterchildren():
            kind = child.tag.removeprefix(W)
            if kind == "t":
                yield child.text or ""
            elif kind in SIGNS:
                yield "\f" if child.get(f"{W}type") == "page" else SIGNS[kind]
            elif kind in NOTES:
                yield f"[^{self.label(NOTES[kind], child.get(f'{W}id'))}]"
            elif kind == "sym":
                yield _symbol(child.get(f"{W}char", ""))
            elif child.tag not in ASIDE:
                yield from (said for _, said in self.runs(child))


NOTES = {f"{kind}Reference": kind for kind in ("footnote", "endnote", "comment")}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return "" if found is None else str(found.get(f"{W}val", ""))


def _is_on(element: Any, name: str) -> bool:
    found = element.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "none")


def _symbol(code: str) -> str:
    """Return the character of a symbol font, often one of private use; nothing where it is none."""
    return chr(int(code, 16)) if CODE.fullmatch(code) else ""


def _emphasised(sign: str, said: str) -> str:
    """Return words with a sign around them, but not around the white space at their ends."""
    bare = said.strip()
    return said.replace(bare, f"{sign}{bare}{sign}") if bare else said


def _fitting(sign: str, before: str, said: str, after: str) -> str:
    """Return the sign by which emphasis can be told between what is before and after it.

    Behind a part of a word only an underscore closes; before one nothing opens.
    """
    if GLUED.match(before[-1:]) and not said[:1].isspace():
        return ""
    if GLUED.match(after) and not said[-1:].isspace():
        return "_" if sign == "*" and after[0].isalpha() else ""
    return sign


def _paragraphs(element: Any) -> Iterator[Any]:
    """Yield the paragraphs within an element, at any depth; those in a paragraph after it."""
    for child in element.iterchildren():
        if child.tag == f"{W}p":
            yield child
        if child.tag != FALLBACK:
            yield from _paragraphs(child)


def _part(part: Any, kind: str) -> Any:
    """Return the root of a part of the package, or nothing where there is none."""
    from docx.oxml.parser import parse_xml

    found = (rel.target_part for rel in part.rels.values() if rel.reltype.endswith(f"/{kind}"))
    one = next(found, None)
    return None if one is None else parse_xml(one.blob)


def _notes(part: Any, kind: str) -> dict[str, Any]:
    root = _part(part, f"{kind}s")
    return {} if root is None else {note.get(f"{W}id"): note for note in root}


def _ordered(part: Any) -> set[str]:
    """Return the numbers of the lists that are numbered: those whose first level is no bullet."""
    root = _part(part, "numbering")
    if root is None:
        return set()
    bullets = {
        abstract.get(f"{W}abstractNumId")
        for abstract in root.iter(f"{W}abstractNum")
        if _value(abstract, "lvl/numFmt") == "bullet"
    }
    return {
        num.get(f"{W}numId")
        for num in root.iter(f"{W}num")
        if _value(num, "abstractNumId") not in bullets
    }
