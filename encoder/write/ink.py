"""Ink is text as it is written into a tree, its white space laid out.

Runs of white space are single; none stands at a block's edges; a line end stays a line end, and one
that was inside a broken word comes at the next white space.
"""

from __future__ import annotations

import re
from typing import Any

from encoder.read.layout import NO_BREAK
from encoder.write.elements import TEI

SPACES = "\t\x0b\f\x85"
RUN = re.compile(r"[ \n]{2,}")
LINE_END = re.compile(r"\r\n|\r")
NOT_KEPT = re.compile(r"[\x0b\f\x85]")  # white space that XML cannot hold, or ends lines in
GAP = re.compile(r"[ \n]")


class Ink:
    """Writes text through a tree builder.

    `fresh`: white space would be doubled here, or stand at a block's edge. `white`: a space or line
    end that was read and is not yet written. `late`: a line end waits for the next white space.
    """

    def __init__(self, builder: Any, *, keep_lines: bool) -> None:
        self.builder, self.keep_lines = builder, keep_lines
        self.fresh, self.white, self.late = True, "", False

    def text(self, text: str, *, marked: bool = True) -> None:
        """Write running text, as `plain` has it; not `marked`: its lines get no elements."""
        text = RUN.sub(_one, text)
        bare = text.strip(" \n")
        if text[0] in " \n":
            self._space(text[0])
        if bare:
            self._words(bare, marked=marked)
        if bare and text[-1] in " \n":
            self._space(text[-1])

    def verbatim(self, text: str) -> None:
        """Write text letter by letter, but for the line ends beside the signs around it."""
        self.builder.data(NOT_KEPT.sub(" ", LINE_END.sub("\n", text)).strip("\n"))
        self.fresh, self.white, self.late = False, "", False

    def start_block(self) -> None:
        """Forget white space before or after a block, and begin afresh."""
        self.fresh, self.white = True, ""

    def after_word(self) -> None:
        """Go on behind something that is printed: a word, a sign, a note."""
        self.fresh, self.white = False, ""

    def flush(self, *, marked: bool = True) -> None:
        """Write the white space that was read, unless it would be doubled.

        Not `marked`: a line that begins here gets no element, even where lines are kept.
        """
        if self.white and not self.fresh:
            (self._write if marked else self.builder.data)(self.white)
            self.fresh = True
        self.white = ""

    def _words(self, words: str, *, marked: bool) -> None:
        self.flush(marked=marked)
        if self.late and (gap := GAP.search(words)):
            words, self.late = f"{words[: gap.start()]}\n{words[gap.end() :]}", False
        (self._write if marked else self.builder.data)(words)
        self.fresh = False

    def _write(self, text: str) -> None:
        """Write text, each line end with its element where they are kept."""
        lines = text.split("\n") if self.keep_lines else [text]
        self.builder.data(lines[0])
        for line in lines[1:]:
            self.builder.data("\n")
            self.builder.start(f"{{{TEI}}}lb", {})
            self.builder.end(f"{{{TEI}}}lb")
            self.builder.data(line)

    def _space(self, char: str) -> None:
        self.white = "\n" if self.late or "\n" in (char, self.white) else " "
        self.late = False


def plain(text: str, *, no_break: bool) -> str:
    """Return a text with one sign for all spaces, and one for all line ends; offsets stay."""
    for char in SPACES + (NO_BREAK if no_break else ""):
        text = text.replace(char, " ")
    return text.replace("\r", "\n")


def _one(run: re.Match[str]) -> str:
    return "\n" if "\n" in run.group() else " "
