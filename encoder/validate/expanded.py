"""A file with all that its declarations say written out, for readers that know no DOCTYPE."""

from __future__ import annotations

import re
from xml.parsers import expat

from encoder.validate.walk import Prologue

DECLARATION = re.compile(rb"<\?xml\s.*?\?>", re.DOTALL)
# A line end in a value would be read as a space, had it not been written as a reference.
VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def expanded(data: bytes, prologue: Prologue) -> str:
    """Return a well-formed file without declaration and DOCTYPE, entities and defaults written out.

    Where nothing is to be expanded every node stays on its line.
    """
    if prologue.expands:
        return _Writer().written(data)
    declaration = DECLARATION.match(data)
    left_out = [(0, declaration.end() if declaration else 0), prologue.doctype or (0, 0)]
    for start, end in reversed(left_out):
        data = data[:start] + b"\n" * data.count(b"\n", start, end) + data[end:]
    return data.decode()


class _Writer:
    """Writes down what expat tells."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.subset = False
        made = self.parser = expat.ParserCreate("utf-8")
        made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        made.ExternalEntityRefHandler = lambda *_: 1
        made.buffer_text = True
        made.StartElementHandler = self._start
        made.EndElementHandler = lambda name: self.out.append(f"</{name}>")
        made.CharacterDataHandler = lambda text: self.out.append(text.translate(TEXT))
        made.CommentHandler = lambda text: self._aside(f"<!--{text}-->")
        made.ProcessingInstructionHandler = lambda name, text: self._aside(f"<?{name} {text}?>")
        made.StartDoctypeDeclHandler = lambda *_: self._in_subset(True)
        made.EndDoctypeDeclHandler = lambda: self._in_subset(False)

    def written(self, data: bytes) -> str:
        self.parser.Parse(data, True)
        return "".join(self.out)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        said = "".join(f' {key}="{value.translate(VALUE)}"' for key, value in attributes.items())
        self.out.append(f"<{name}{said}>")

    def _aside(self, markup: str) -> None:
        if not self.subset:
            self.out.append(markup)

    def _in_subset(self, now: bool) -> None:
        self.subset = now
