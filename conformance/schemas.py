"""Schemas made at random, files made of them and against them: our verdict beside jing's.

    python -m conformance.schemas 200 --seed 7

What TEI does not use is here: interleave, list, except, wildcards, nested and external grammars,
definitions that are combined or overridden. A schema that jing refuses is to be refused by us too.
Every difference is printed with the folder it is kept in, so that it can become a test.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from conformance.random_files import Sampler, changed, written
from conformance.random_schemas import Maker, Pattern, Writer
from encoder.errors import EncoderError
from encoder.validate import validate

FILES = 40  # of each schema


def _one(seed: int, folder: Path) -> tuple[list[bool] | None, list[str]]:
    """Return which files jing finds invalid by a schema, and what we judge differently."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    maker = Maker(chance, wild=chance.random() < 0.3)
    pattern = maker.grammar(3)
    writer = Writer(chance)
    for number, outer in enumerate(maker.outside):
        (folder / f"out{number}.rng").write_text(writer.file(outer), encoding="utf-8")
    schema = folder / "schema.rng"
    schema.write_text(writer.file(pattern), encoding="utf-8")
    for number, text in enumerate(writer.included):
        (folder / f"in{number}.rng").write_text(text, encoding="utf-8")
    sampler = Sampler(chance, maker.outside)
    texts = [_file(sampler, pattern, chance) for _ in range(FILES)]
    files = [folder / f"{number}.xml" for number in range(FILES)]
    for path, text in zip(files, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    theirs = _jing(schema, files)
    ours = [_ours(schema, text) for text in texts]
    if theirs is None or None in ours:
        same = theirs is None and None in ours
        return theirs, [] if same else [_refused(theirs, schema, texts)]
    return theirs, [
        f"{number}.xml: jing says {'invalid' if bad else 'valid'}"
        for number, (bad, mine) in enumerate(zip(theirs, ours, strict=True))
        if bad != mine
    ]


def _refused(theirs: list[bool] | None, schema: Path, texts: Sequence[str]) -> str:
    if theirs is None:
        return "jing refuses the schema, and we do not"
    try:
        validate(texts[0].encode(), [schema])
    except EncoderError as error:
        return f"we refuse the schema, and jing does not: {error}"
    return "we refuse the schema, and jing does not"


def _file(sampler: Sampler, pattern: Pattern, chance: random.Random) -> str:
    element = sampler.file(pattern)
    for _ in range(chance.choice((0, 1, 1, 2))):
        changed(element, chance)
    return written(element, chance)


def _jing(schema: Path, files: Sequence[Path]) -> list[bool] | None:
    """Return of each file whether jing finds it invalid; None where it refuses the schema."""
    command = ["jing", str(schema), *map(str, files)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    wrong = {line.partition(".xml:")[0] for line in told.splitlines() if ".xml:" in line}
    refused = any(".rng:" in line for line in told.splitlines())
    return None if refused else [str(path.with_suffix("")) in wrong for path in files]


def _ours(schema: Path, text: str) -> bool | None:
    try:
        found = validate(text.encode(), [schema], name="x.xml")
    except EncoderError:
        return None
    return any(each.severity == "error" for each in found)


def main() -> int:
    """Compare so many schemas, print the differences, and return 1 if there are any."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("count", type=int, nargs="?", default=200)
    reader.add_argument("--seed", type=int, default=1)
    said = reader.parse_args()
    judged, refused, different = list[bool](), 0, 0
    for number in range(said.count):
        folder = Path(tempfile.mkdtemp(prefix=f"schema-{said.seed + number}-"))
        verdicts, faults = _one(said.seed + number, folder)
        judged += verdicts or []
        refused += verdicts is None
        different += len(faults)
        for fault in faults[:3]:
            print(f"DIFFERENT {folder}: {fault}")
        if not faults:
            shutil.rmtree(folder)
    print(f"{said.count} schemas (seed {said.seed}), {refused} of them refused")
    print(f"{len(judged)} files, {sum(judged)} of them invalid; {different} differences")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
