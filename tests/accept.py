"""`make accept`: rewrite what is generated and what is expected. Then read the diff."""

from __future__ import annotations

from pathlib import Path

from encoder import project
from encoder.build import build
from encoder.odd import compile_odd
from tests import commands, letter, literate

SCHEMAS = Path(__file__).parent.parent / "schemas"


def main() -> None:
    """Rewrite every expectation, and say which changed."""
    for path in sorted(literate.FOLDER.glob("*.md")):
        if literate.accept(path):
            print(f"changed: {path.name}")
    if _renew(commands.PAGE, commands.page()):
        print(f"changed: {commands.PAGE.name}")
    for schema in compile_odd(SCHEMAS / "edition.odd", SCHEMAS):
        print(f"written: {schema}")
    build(project.load(letter.ROOT), print)


def _renew(path: Path, text: str) -> bool:
    """Write a generated file; return whether that changed it."""
    changed = not path.is_file() or path.read_text("utf-8") != text
    path.write_text(text, "utf-8")
    return changed


if __name__ == "__main__":
    main()
