"""Ink is text as it is written into a tree, its white space laid out.

Runs of white space are single; none stands at a block's edges; a line end stays a line end, and one
that was inside a broken word comes at the next white space.
"""

from __future__ import annotations

import re
from typing import Any

TEI = "http://www.tei-c.org/ns/1.0"
LAID_OUT = "\t\n\x0b\f\r \x85"
NO_BREAK = "\xa0\u202f"


class Ink:
    """Writes text through a tree builder.

    `fresh`: white space would be doubled here, or stand at a block's edge. `white`: a space or line
    end that was read and is not yet written. `late`: a line end waits for the next white space.
    """

    def __init__(self, builder: Any, *, no_break: bool, keep_lines: bool) -> None:
        self.builder, self.keep_lines = builder, keep_lines
        self.chars = LAID_OUT + (NO_BREAK if no_break else "")
        self.run = re.compile(f"[{re.escape(self.chars)}]+")
        self.fresh, self.white, self.late = True, "", False

    def text(self, text: str) -> None:
        """Write running text."""
        here = 0
        for run in self.run.finditer(text):
            if run.start() > here:
                self._words(text[here : run.start()])
            self._space(run.group())
            here = run.end()
        if here < len(text):
            self._words(text[here:])

    def start_block(self) -> None:
        """Forget white space before or after a block, and begin afresh."""
        self.fresh, self.white = True, ""

    def after_word(self) -> None:
        """Go on behind something that is printed: a word, a sign, a note."""
        self.fresh, self.white = False, ""

    def flush(self) -> None:
        """Write the white space that was read, unless it would be doubled."""
        if self.white and not self.fresh:
            self.builder.data(self.white)
            self._line_beginning()
            self.fresh = True
        self.white = ""

    def _words(self, words: str) -> None:
        self.flush()
        self.builder.data(words)
        self.fresh = False

    def _space(self, run: str) -> None:
        ends_line = self.late or "\n" in run or "\r" in run
        self.late = False
        self.white = "\n" if ends_line or self.white == "\n" else " "

    def _line_beginning(self) -> None:
        if self.keep_lines and self.white == "\n":
            self.builder.start(f"{{{TEI}}}lb", {})
            self.builder.end(f"{{{TEI}}}lb")
