"""`make conformance`: what needs the shared cases, schemas, jing or long time.

The figures are kept in `conformance/figures.json`, and may only rise. A run that finds one lower
fails; one that finds some higher writes them down.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from conformance import discovery, mutants, odd, rendering, schematron, scores, validation
from conformance.validation import ROOT, SHARED

MUTANTS = 180
FIGURES = Path(__file__).parent / "figures.json"


def main() -> int:
    """Run everything, print it, and return 1 if something is worse than it was."""
    faults = [*odd.report(SHARED / "schemas"), *_letter()]
    cases = SHARED / "cases" / "text"
    figures = scores.structure(cases) | scores.persons(cases) | discovery.figures(cases)
    figures |= _validation()
    faults += _compared(figures)
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{'failed' if faults else 'passed'}: {len(figures)} figures, {len(faults)} faults")
    return bool(faults)


def _validation() -> dict[str, float]:
    """Return how the validator does beside jing, on the shared cases and on fresh mutants."""
    everything = ROOT / "tests" / "fixtures" / "everything.xml"
    cases, schemas = SHARED / "cases", SHARED / "schemas"
    found = validation.figures(cases / "validation", schemas, everything, count=MUTANTS)
    found |= rendering.figures(cases / "validation")
    return found | mutants.figures(MUTANTS) | schematron.figures(cases, schemas)


def _letter() -> list[str]:
    """Return what jing has against the letter by the whole TEI and by our schema."""
    letter = sorted((ROOT / "tei").glob("*.xml"))
    whole = odd.jing(SHARED / "schemas" / "tei_all.rng", *letter)
    return whole + odd.jing(odd.EDITION, *letter)


def _compared(figures: dict[str, float]) -> list[str]:
    """Print each figure beside the one kept, keep the higher, and return those that fell."""
    kept: dict[str, float] = json.loads(FIGURES.read_text()) if FIGURES.is_file() else {}
    for name, figure in figures.items():
        print(f"{name:36} {figure:.3f}  (was {kept.get(name, 0):.3f})")
    fallen = [name for name, before in kept.items() if figures.get(name, 0) < before]
    if not fallen:
        FIGURES.write_text(json.dumps(dict(sorted(figures.items())), indent=1) + "\n")
    return [f"{name} fell from {kept[name]} to {figures.get(name, 0)}" for name in fallen]


if __name__ == "__main__":
    sys.exit(main())
