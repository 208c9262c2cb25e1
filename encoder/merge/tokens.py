"""An XML file as a row of tokens: tags, words, white space, comments.

Two tokens are the same where they mean the same: the order and the quotes of attributes, how a
character is written, and white space that only lays out the file make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from encoder.write.unwrite import BLOCKS

LEXEME = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>
    |<(?:[^>"']|"[^"]*"|'[^']*')*>|[ \t\r\n]+|[^<\ \t\r\n]+""",
    re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
NAME = re.compile(r"</?\s*([^\s/>]+)")
REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|lt|gt|amp|quot|apos);")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
SPACE = re.compile(r"[ \t\r\n]+")
Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A part of an XML file: how it is written, and what it means.

    `kind` is `start`, `end`, `word`, `space` or `other`; `lead` is white space before it that
    only lays out the file; `key` is the same in tokens that mean the same. An end tag that is
    written in its start tag, as in `<lb/>`, has no characters; nor has the file's end.
    """

    kind: str
    raw: str
    key: Hashable
    lead: str = ""
    at: int = 0

    @property
    def name(self) -> str:
        """The name of the element of a tag."""
        return self.key[1] if isinstance(self.key, tuple) else ""

    @property
    def attributes(self) -> Attributes:
        """What a start tag says of its element."""
        return dict(self.key[2]) if isinstance(self.key, tuple) and self.kind == "start" else {}


def tokens(text: str) -> list[Token]:
    """Return the tokens of a well-formed XML file."""
    found = list(_lexed(text))
    laid_out = set(_layout(found))
    made, lead = list[Token](), ""
    for number, token in enumerate(found):
        if number in laid_out:
            lead += token.raw
        else:
            made.append(Token(token.kind, token.raw, token.key, lead, token.at))
            lead = ""
    return [*made, Token("other", "", "", lead, len(text))]


def _lexed(text: str) -> Iterator[Token]:
    for match in LEXEME.finditer(text):
        raw, at = match.group(), match.start()
        if raw[0] != "<":
            space = raw[0] in " \t\r\n"
            yield Token("space", raw, " ", at=at) if space else Token("word", raw, said(raw), at=at)
        elif raw[1] in "!?":
            yield Token("other", raw, ("other", "", SPACE.sub(" ", raw)), at=at)
        else:
            yield from _tag(raw, at)


def _tag(raw: str, at: int) -> Iterator[Token]:
    found = NAME.match(raw)
    name = found[1] if found else ""
    end = Token("end", raw, ("end", name), at=at)
    if raw[1] == "/":
        yield end
        return
    said_ = tuple(sorted((key, said(value[1:-1])) for key, value in ATTRIBUTE.findall(raw)))
    yield Token("start", raw, ("start", name, said_), at=at)
    if raw.endswith("/>"):
        yield Token("end", "", end.key, at=at)


def said(text: str) -> str:
    """Return what characters stand for: references resolved, white space as spaces."""
    return REFERENCE.sub(_character, SPACE.sub(" ", text))


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name in NAMED:
        return NAMED[name]
    number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    return chr(number) if number < 0x110000 else reference[0]


def _layout(found: list[Token]) -> Iterator[int]:
    """Yield the numbers of the spaces that lay out the file.

    Those are the ones in an element that holds no words of its own, and next to a block.
    """
    parents, wordy = _parents(found)
    for number, token in enumerate(found):
        if token.kind == "space" and (
            parents[number] not in wordy or _is_beside_block(found, number)
        ):
            yield number


def _parents(found: list[Token]) -> tuple[list[int], set[int]]:
    """Return the number of the start tag that each token stands in, and those that hold words."""
    parents, wordy, within = list[int](), set[int](), [-1]
    for number, token in enumerate(found):
        parents.append(within[-1])
        if token.kind == "word":
            wordy.add(within[-1])
        elif token.kind == "start":
            within.append(number)
        elif token.kind == "end":
            within.pop()
    return parents, wordy


def _is_beside_block(found: list[Token], number: int) -> bool:
    beside = found[max(number - 1, 0) : number] + found[number + 1 : number + 2]
    return any(token.name in BLOCKS for token in beside)


def tagged(name: str, attributes: Attributes) -> str:
    """Return a start tag."""
    return f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}>"


def written(row: Iterable[Token]) -> str:
    """Return tokens as the text of a file; those of several files are made to fit together."""
    parts, opened = list[str](), ""
    for token in row:
        if opened:  # a start tag that closes itself, if nothing comes between
            closes = token.kind == "end"
            parts.append(opened if closes else f"{opened[:-2].rstrip()}>")
            opened = ""
            if closes:
                continue
        parts.append(token.lead)
        if token.kind == "start" and token.raw.endswith("/>"):
            opened = token.raw
        else:
            parts.append(token.raw or (f"</{token.name}>" if token.kind == "end" else ""))
    return "".join(parts)
