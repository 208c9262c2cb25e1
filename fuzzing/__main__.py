"""`make fuzz`, or `python -m fuzzing TARGET... --seconds 60`: look for files that do harm.

Each target has a process of its own. A traceback, a file that takes too long for its size, or more
memory than there should be ends it; the file is kept in `--keep`, and shown again by

    python -m fuzzing --again text FILE
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from fuzzing.targets import Target, targets

LARGEST = 20_000  # bytes of a file
SLOWEST = 20  # seconds that one file may take, on a machine that does other things as well
MEMORY = 4_096  # MiB of a process
# Signals that Saxon's runtime uses for itself.
OTHERS = ("-handle_segv=0", "-handle_bus=0", "-handle_fpe=0", "-handle_ill=0")


def main() -> int:
    """Fuzz the targets one after the other; 1 if one of them was harmed."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="TARGET", help=", ".join(targets()))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=1, help="of chance")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/fuzz"), help="for files that do harm"
    )
    parser.add_argument("--again", nargs=2, metavar=("TARGET", "FILE"), help="only this file")
    said = parser.parse_args()
    if said.again:
        targets()[said.again[0]].take(Path(said.again[1]).read_bytes())
        return 0
    names = said.names or list(targets())
    harmed = [name for name in names if not _fuzzed(name, said.seconds, said.seed, said.keep)]
    print(f"{len(names)} targets, {len(harmed)} harmed{': ' if harmed else ''}{', '.join(harmed)}")
    return int(bool(harmed))


def _fuzzed(name: str, seconds: int, seed: int, keep: Path) -> bool:
    """Fuzz one target; whether it stood."""
    target = targets()[name]
    (keep / name).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tei-fuzz-") as folder:
        corpus = _corpus(Path(folder), target)
        command = [
            sys.executable, "-m", "fuzzing.guided", name, str(corpus),
            f"-dict={Path(folder) / 'words'}", f"-artifact_prefix={keep / name}/",
            f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LARGEST}",
            f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", "-print_final_stats=1", *OTHERS,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, check=False)
    told = done.stderr.decode("utf-8", "replace")
    tried = next((line.split()[-1] for line in told.splitlines() if "executed_units" in line), "?")
    print(f"{name}: {'harmed' if done.returncode else 'stood'}, {tried} files tried", flush=True)
    if done.returncode:
        print((done.stdout.decode("utf-8", "replace") + told)[-4_000:], flush=True)
    return not done.returncode


def _corpus(folder: Path, target: Target) -> Path:
    """Write the files to begin with, and the words, as libFuzzer reads them."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(target.seeds):
        (corpus / str(number)).write_bytes(seed)
    words = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in target.words)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in words), "ascii")
    return corpus


if __name__ == "__main__":
    sys.exit(main())
