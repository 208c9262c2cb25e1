"""The README's example is what the program prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
EXAMPLE = re.compile(r"\$ cat letter\.txt\n(.*?)\n\$ tei encode", re.DOTALL)
SHOWN = re.compile(r"^\$ (tei \S.*|sed .*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)


def test_the_thirty_seconds_are_real(tmp_path: Path) -> None:
    page = README.read_text("utf-8")
    example = EXAMPLE.search(page)
    assert example is not None
    (tmp_path / "letter.txt").write_text(example[1], "utf-8")
    block = page[example.end() - len("$ tei encode") : page.index("```", example.end())]
    commands = SHOWN.findall(block)
    assert len(commands) == 6
    for command, shown in commands:
        assert run(command, tmp_path) == shown


def run(command: str, folder: Path) -> str:
    """Run a command of the README and return what it prints."""
    words = shlex.split(command)
    program = [sys.executable, "-m", "encoder", *words[1:]] if words[0] == "tei" else words
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout
