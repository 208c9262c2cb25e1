"""`make accept`: rewrite what is generated and what is expected. Then read the diff."""

from __future__ import annotations

from tests import literate


def main() -> None:
    """Rewrite every expectation, and say which changed."""
    for path in sorted(literate.FOLDER.glob("*.md")):
        if literate.accept(path):
            print(f"changed: {path.name}")


if __name__ == "__main__":
    main()
