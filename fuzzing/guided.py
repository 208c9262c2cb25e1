"""One target in a process of its own, led by the code that its files reach.

    python -m fuzzing.guided text FOLDER -max_total_time=60

What follows the name is libFuzzer's: the folder with the files to begin with, and options.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["encoder", "fuzzing"]):
    from fuzzing.targets import targets


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    target = targets()[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target.take)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
