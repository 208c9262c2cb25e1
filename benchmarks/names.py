"""`python -m benchmarks.names`: 100,000 names found in 10 MB, beside `rg -F -w -o -f names.txt`.

Both are measured in processor time, the building of the names included; ripgrep is stopped after
LIMIT seconds, since with this many whole words it may take very long.
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from time import process_time

from encoder.naming.index import Index
from encoder.registers import Name, Person

COUNT, SIZE, LIMIT = 100_000, 10_000_000, 120
SYLLABLES = "ka le mo ri ta vi no sa be du fe gi ho ju ly ne or pa ra sto tro ven berg lund ski ov"
WORDS = "och i att det som en på är av för med till den har de inte om ett han men var jag"


def main() -> None:
    """Measure, and print what it took."""
    chance = random.Random(1)  # noqa: S311  always the same names
    names = _names(chance)
    text = _text(names, chance)
    ours = _ours(names, text)
    other = _ripgrep(names, text)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"ours    {ours:8.1f} s of processor time, {memory:.0f} MB at the most")
    print(f"ripgrep {other:8.1f} s" if other else "ripgrep is not installed")
    if other:
        print(f"ratio   {ours / other:8.3f} (asked: at most 0.3)")


def _names(chance: random.Random) -> list[str]:
    syllables, found = SYLLABLES.split(), set[str]()
    while len(found) < COUNT:
        words = ("".join(chance.choices(syllables, k=count)) for count in (2, 3))
        found.add(" ".join(word.capitalize() for word in words))
    return sorted(found)


def _text(names: list[str], chance: random.Random) -> str:
    words, lines, size = WORDS.split(), list[str](), 0
    while size < SIZE:
        lines.append(" ".join([*chance.choices(words, k=12), chance.choice(names)]) + ".\n")
        size += len(lines[-1].encode())
    return "".join(lines)


def _ours(names: list[str], text: str) -> float:
    start = process_time()
    entries = (Person(f"p{n}", (Name(name, "nickname"),)) for n, name in enumerate(names))
    count = sum(1 for _ in Index(entries, "sv").find(text))
    if not count:
        raise AssertionError("nothing was found")
    return process_time() - start


def _ripgrep(names: list[str], text: str) -> float:
    """Return the processor time that ripgrep takes, or took until it was stopped; 0 without it."""
    program = shutil.which("rg")
    if program is None:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "names.txt").write_text("\n".join(names))
        Path(folder, "text.txt").write_text(text)
        command = [program, "-F", "-w", "-o", "-f", "names.txt", "text.txt"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            quiet = subprocess.DEVNULL
            subprocess.run(command, cwd=folder, stdout=quiet, timeout=LIMIT, check=True)
        except subprocess.TimeoutExpired:
            print(f"ripgrep was stopped after {LIMIT} s")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
