"""Fresh mutants of many files, of many kinds, by four schemas: our verdict beside jing's.

    python -m conformance.mutants 5000 --seed 7

Every difference is printed with the file kept, so that it can become a test.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from conformance import validation
from conformance.validation import ROOT, SHARED
from encoder.model import Finding
from encoder.validate import mending
from encoder.validate.tags import Node, Tags

SCHEMAS = {
    "tei_all": SHARED / "schemas" / "tei_all.rng",
    "tei_lite": SHARED / "schemas" / "tei_lite.rng",
    "tei_simplePrint": SHARED / "schemas" / "tei_simplePrint.rng",
    "edition": ROOT / "schemas" / "edition.rng",
}
OWN = [ROOT / "tests" / "fixtures" / name for name in ("everything.xml", "corpus.xml")]
LARGEST = 40_000
BATCH = 250
# What jing reads and we do not: declarations, and inclusions, which it carries out.
STRANGE = re.compile(rb"<!DOCTYPE|http://www.w3.org/2001/XInclude")
KINDS_OF_NAME = ("element", "attribute")
RNG = "{http://relaxng.org/ns/structure/1.0}"
ATTRIBUTE = re.compile(rb"(\s+)([^\s=<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
# No sign of the class \p{C} is among these: jing, where Java is newer than 8, takes a class such as
# [^\p{C}\p{Z}], which TEI has for words, for any sign but \p{Z}; we keep to XML Schema Part 2, F.1.
# A value of each datatype that TEI uses and of some others: right, nearly right, and wrong.
VALUES = """
|x|a b| x |&#9;x&#10;|&#160;|&#xA0;x|0|00|-0|+1|1.|.5|1.5|-1|1e3|1E|INF|-INF|+INF|NaN|1_000|１|٣|0x1
true|TRUE|1|yes|unknown|inapplicable|high|medium|low|F|M|sex|2020|0000|-0001|12020|020|2020-02|2020-13
2020-02-29|2021-02-29|2020-02-30|2020-2-1|20200101|2020-01-01Z|2020-01-01+14:00|2020-01-01+14:01
2020-01-01T00:00:00|2020-01-01T24:00:00|2020-01-01T24:00:01|2020-01-01T10:00|10:00|10:00:00|10:00:60
--02|--02-30|--02-29|---31|---32|P1Y|P1Y2M3DT4H5M6.7S|PT|P|-P1D|P1.5D|PT1H|de|de_DE|de-DE|x-tei|i-klingon
en-Latn-US-x-a|123|abcdefghi|a-abcdefghi|und|*|#a|#|a#b|#a#b|http://example.org/ä|http://[|%zz|%20|a:b
:a|//|\\\\|?|a?b#c|mailto:|urn:x:y|http://a b|&lt;|&amp;|&#x1F600;|é|e&#x301;|&#x301;e|_x
-x|.x|x.|x:|:x|x:y|1x|x·|ª|x/y|x,y|@|1 2|1 2 3|1,2 3,4|1.0 .5|1x2|50%|5cm|5 cm|1em|a|A|aa|t|f|100.5
99999999999
""".replace("\n", "|").split("|")
TEXTS = [
    "stray",
    " x ",
    "&#160;",
    "&#32;",
    "<![CDATA[]]>",
    "<![CDATA[ x ]]>",
    "<!-- c -->",
    "<?p i?>",
    "\n",
]


@dataclass(frozen=True)
class Source:
    """A file to be changed, and the schema it keeps to before that."""

    name: str
    schema: str
    data: bytes
    tags: Tags
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Mutant:
    """A file that was changed, and the places at which a fault of it would be looked for."""

    kind: str
    source: Source
    data: bytes
    places: tuple[int, ...]


@dataclass(frozen=True)
class Words:
    """The names that a schema has."""

    elements: tuple[str, ...]
    attributes: tuple[str, ...]


def words(schema: Path) -> Words:
    """Return the names of a schema's elements and attributes."""
    root = etree.parse(schema)
    found = ({node.get("name", "") for node in root.iter(f"{RNG}{kind}")} for kind in KINDS_OF_NAME)
    return Words(*(tuple(sorted(names - {""})) for names in found))


def sources() -> dict[str, list[Source]]:
    """Return the files that jing finds valid by each schema."""
    with (SHARED / "cases" / "validation" / "index.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    shared = [SHARED / "cases" / "validation" / r["path"] for r in rows if r["kind"] == "as-is"]
    paths = [*OWN, *(path for path in shared if path.stat().st_size <= LARGEST)]
    datas = [path.read_bytes() for path in paths]
    readable = [
        (p, d)
        for p, d in zip(paths, datas, strict=True)
        if b"<!DOCTYPE" not in d and _well_formed(d)
    ]
    found: dict[str, list[Source]] = {}
    for name, schema in SCHEMAS.items():
        invalid = validation.jing(schema, [data.decode("utf-8-sig") for _, data in readable])
        valid = [pair for pair, bad in zip(readable, invalid, strict=True) if not bad]
        found[name] = [_source(path.name, name, data) for path, data in valid]
    return found


def _source(name: str, schema: str, data: bytes) -> Source:
    data = data.decode("utf-8-sig").encode()
    tags = Tags(data)
    return Source(name, schema, data, tags, tuple(tags.elements.values()))


# --- kinds

Change = tuple[bytes, tuple[int, ...]]
Kind = Callable[[Source, Node, Words, random.Random], Change | None]


def _cut(data: bytes, start: int, end: int, new: bytes = b"") -> bytes:
    return data[:start] + new + data[end:]


def _places(node: Node) -> tuple[int, ...]:
    return (node.start, node.parent.start) if node.parent else (node.start,)


def _local(source: Source, node: Node) -> tuple[int, int]:
    found = re.compile(rb"<[^\s/>]+").match(source.data, node.start)
    if found is None:
        raise ValueError(node.name)
    return node.start + 1, found.end()


def _renamed(source: Source, node: Node, name: bytes) -> Change:
    start, end = _local(source, node)
    data = source.data
    if not node.empty:
        data = _cut(data, node.close + 2, node.close + 2 + end - start, name)
    return _cut(data, start, end, name), _places(node)


def rename(source: Source, node: Node, known: Words, chance: random.Random) -> Change:
    return _renamed(source, node, chance.choice(known.elements).encode())


def misspell(source: Source, node: Node, _known: Words, chance: random.Random) -> Change:
    start, end = _local(source, node)
    name = source.data[start:end].decode()
    at = chance.randrange(len(name))
    return _renamed(source, node, (name[:at] + chance.choice("xyzäA-") + name[at + 1 :]).encode())


def delete(source: Source, node: Node, _known: Words, _chance: random.Random) -> Change:
    return _cut(source.data, node.start, node.end), _places(node)[-1:]


def unwrap(source: Source, node: Node, _known: Words, _chance: random.Random) -> Change:
    inside, tag = source.data[node.inside : node.close], node.inside - node.start
    children = tuple(child.start - tag for child in node.children)
    return _cut(source.data, node.start, node.end, inside), (*children, *_places(node))


def empty(source: Source, node: Node, _known: Words, _chance: random.Random) -> Change:
    return _cut(source.data, node.inside, node.close), (node.start,)


def double(source: Source, node: Node, _known: Words, _chance: random.Random) -> Change:
    copy = source.data[node.start : node.end]
    return _cut(source.data, node.end, node.end, copy), (node.end, *_places(node))


def move(source: Source, node: Node, _known: Words, chance: random.Random) -> Change | None:
    other = chance.choice(source.nodes)
    if node.start <= other.start < node.end:
        return None
    at = chance.choice((other.start, other.inside, other.close, other.end))
    moved = source.data[node.start : node.end]
    if at >= node.end:
        data = _cut(_cut(source.data, at, at, moved), node.start, node.end)
        return data, (at - len(moved), *_places(node))
    return _cut(_cut(source.data, node.start, node.end), at, at, moved), (at, *_places(node))


def swap(source: Source, node: Node, _known: Words, _chance: random.Random) -> Change | None:
    siblings = [each for each in node.parent.children if each.name] if node.parent else []
    behind = siblings[siblings.index(node) + 1 :] if siblings else []
    if not behind:
        return None
    one, two = node, behind[0]
    parts = (source.data[two.start : two.end], source.data[one.end : two.start])
    new = parts[0] + parts[1] + source.data[one.start : one.end]
    return _cut(source.data, one.start, two.end, new), (
        *_places(node),
        one.start + sum(map(len, parts)),
    )


def insert(source: Source, node: Node, known: Words, chance: random.Random) -> Change:
    name = chance.choice(known.elements)
    at = chance.choice((node.start, node.inside, node.close, node.end))
    new = chance.choice((f"<{name}/>", f"<{name}>x</{name}>", f"<{name}><p/></{name}>")).encode()
    return _cut(source.data, at, at, new), (at, *_places(node))


def wrap(source: Source, node: Node, known: Words, chance: random.Random) -> Change:
    name = chance.choice(known.elements).encode()
    whole = source.data[node.start : node.end]
    new = b"<" + name + b">" + whole + b"</" + name + b">"
    return _cut(source.data, node.start, node.end, new), (
        *_places(node),
        node.start + len(name) + 2,
    )


def text(source: Source, node: Node, _known: Words, chance: random.Random) -> Change:
    at = chance.choice((node.start, node.inside, node.close, node.end))
    new = chance.choice(TEXTS).encode()
    first = at + len(new) - len(new.removeprefix(b"<![CDATA[").lstrip())
    return _cut(source.data, at, at, new), (first, at, *_places(node))


def namespace(source: Source, node: Node, _known: Words, chance: random.Random) -> Change:
    at = _local(source, node)[1]
    new = chance.choice((
        ' xmlns=""', ' xmlns="urn:x"', ' xmlns:q="urn:q"', ' xmlns:q="urn:q" q:a="1"',
        ' xml:base="x y"',
        ' xml:space="preserve"', ' xml:space="x"', ' xmlns="http://www.tei-c.org/ns/Examples"',
    )).encode()  # fmt: skip
    attribute = at + new.find(b" q:a") + 1
    return _cut(source.data, at, at, new), (
        attribute,
        at + 1,
        new.find(b'"') + at + 1,
        *_places(node),
    )


def _attributes(source: Source, node: Node) -> list[re.Match[bytes]]:
    at, found = _local(source, node)[1], []
    while each := ATTRIBUTE.match(source.data, at):
        found.append(each)
        at = each.end()
    return [each for each in found if not each[2].startswith(b"xmlns")]


def _of_attribute(change: Callable[[str, Words, random.Random], tuple[str, int]]) -> Kind:
    def kind(source: Source, node: Node, known: Words, chance: random.Random) -> Change | None:
        found = _attributes(source, node)
        if not found:
            return None
        one = chance.choice(found)
        said = source.data[one.start(2) : one.end()].decode()
        new, at = change(said, known, chance)
        places = (one.start(2) + at, one.start(2), node.start)
        return _cut(source.data, one.start(2), one.end(), new.encode()), places

    kind.__name__ = change.__name__.strip("_")
    return kind


def _value(said: str, _known: Words, chance: random.Random) -> tuple[str, int]:
    name = said.partition("=")[0].strip()
    return f'{name}="{chance.choice(VALUES)}"', len(name) + 2


def _attribute_renamed(said: str, known: Words, chance: random.Random) -> tuple[str, int]:
    return f"{chance.choice(known.attributes)}={said.partition('=')[2]}", 0


def _attribute_dropped(_said: str, _known: Words, _chance: random.Random) -> tuple[str, int]:
    return "", 0


def attribute(source: Source, node: Node, known: Words, chance: random.Random) -> Change:
    at = _local(source, node)[1]
    name, value = chance.choice(known.attributes), chance.choice(VALUES)
    new = f' {name}="{value}"'.encode()
    return _cut(source.data, at, at, new), (at + 1, at + len(name) + 3, node.start)


def identity(source: Source, node: Node, _known: Words, chance: random.Random) -> Change | None:
    names = [
        each.attributes[validation.ID] for each in source.nodes if validation.ID in each.attributes
    ]
    if not names or validation.ID in node.attributes:
        return None
    at = _local(source, node)[1]
    new = f' xml:id="{chance.choice(names)}{chance.choice(("", "", " ", "2", ":"))}"'.encode()
    values = (found.end() for found in re.finditer(rb"xml:id\s*=\s*[\"']", source.data))
    later = (each + len(new) for each in values if each > at)
    return _cut(source.data, at, at, new), (at + 1, at + 9, *later)


KINDS: tuple[Kind, ...] = (
    rename, misspell, delete, unwrap, empty, double, move, swap, insert, wrap, text, namespace,
    _of_attribute(_value), _of_attribute(_value), _of_attribute(_value),
    _of_attribute(_attribute_renamed), _of_attribute(_attribute_dropped), attribute, identity,
)  # fmt: skip


def made(count: int, seed: int, files: dict[str, list[Source]]) -> Iterator[Mutant]:
    """Yield mutants, each kind and each schema in its turn; what is not well-formed is none."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    known = {name: words(schema) for name, schema in SCHEMAS.items()}
    names, number = list(files), 0
    while number < count:
        kind, name = KINDS[number % len(KINDS)], names[number // len(KINDS) % len(names)]
        source = chance.choice(files[name])
        found = kind(source, chance.choice(source.nodes), known[name], chance)
        if found is None or found[0] == source.data or not _well_formed(found[0]):
            continue
        yield Mutant(kind.__name__, source, *found)
        number += 1


def _well_formed(data: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        return False
    return True


# --- the run


def main() -> int:
    """Run so many mutants, print the differences and the figures, and return 1 if there are any."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("count", type=int, nargs="?", default=5000)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument(
        "-v", "--verbose", action="store_true", help="print what is placed elsewhere"
    )
    said = reader.parse_args()
    files = sources()
    print({name: len(each) for name, each in files.items()}, "files")
    mutants = list(made(said.count, said.seed, files))
    results = list(_judged(mutants))
    different = [one for one in results if bool(one[1]) != one[2]]
    for mutant, found, invalid in different:
        _show(mutant, found, invalid=invalid)
    _figures(results, wordy=said.verbose)
    print(f"{len(mutants)} mutants (seed {said.seed}), {len(different)} differences")
    return bool(different)


Judged = tuple[Mutant, list[Finding], bool]


def _judged(mutants: Sequence[Mutant]) -> Iterator[Judged]:
    for name, schema in SCHEMAS.items():
        mine = [mutant for mutant in mutants if mutant.source.schema == name]
        for start in range(0, len(mine), BATCH):
            batch = mine[start : start + BATCH]
            verdicts = validation.jing(schema, [mutant.data.decode() for mutant in batch])
            for mutant, invalid in zip(batch, verdicts, strict=True):
                yield mutant, validation.findings(mutant.data, schema), invalid


def _show(mutant: Mutant, found: Sequence[Finding], *, invalid: bool) -> None:
    with tempfile.NamedTemporaryFile("wb", suffix=".xml", prefix="mutant-", delete=False) as file:
        file.write(mutant.data)
    line, column = validation.counted(
        mutant.data.decode(), len(mutant.data[: mutant.places[0]].decode())
    )
    print(f"DIFFERENT {mutant.kind} of {mutant.source.name} by {mutant.source.schema}: jing says "
          f"{'invalid' if invalid else 'valid'}, at {line}:{column} of {file.name}")  # fmt: skip
    for finding in found[:2]:
        print(f"    {finding}")


def _placed(results: Sequence[Judged], *, wordy: bool) -> Iterator[tuple[str, bool, bool]]:
    """Yield of each faulty file its kind, and whether its first finding is on line and column."""
    for mutant, found, invalid in results:
        if invalid and found:
            text = mutant.data.decode()
            offsets = [len(mutant.data[:each].decode("utf-8", "ignore")) for each in mutant.places]
            places = {validation.counted(text, each) for each in offsets}
            first = validation.place(found[0])
            if first not in places and wordy:
                print(mutant.kind, mutant.source.name, sorted(places), found[0])
            yield mutant.kind, first[0] in {line for line, _ in places}, first in places


def _mended(results: Sequence[Judged]) -> Iterator[tuple[str, bool]]:
    """Yield of each faulty file its kind, and whether jing finds it valid after all fixes."""
    for name, schema in SCHEMAS.items():
        mine = [(m, f) for m, f, invalid in results if invalid and f and m.source.schema == name]
        texts = [mending.applied(m.data.decode(), mending.fixes(f, safe=False)) for m, f in mine]
        for (mutant, _), invalid in zip(mine, validation.jing(schema, texts), strict=True):
            yield mutant.kind, not invalid


def _figures(results: Sequence[Judged], *, wordy: bool = False) -> dict[str, float]:
    """Print, by kind, where the first finding stands and what the fixes do; return the shares."""
    placed, mended = list(_placed(results, wordy=wordy)), list(_mended(results))
    for kind in sorted({kind for kind, *_ in placed}):
        print(f"{kind:20}", _shares([p for p in placed if p[0] == kind], mended, kind))
    shares = _shares(placed, mended)
    print(f"{'all':20}", shares)
    return shares


def _shares(
    placed: Sequence[tuple[str, bool, bool]], mended: Sequence[tuple[str, bool]], kind: str = ""
) -> dict[str, float]:
    return {
        "files": len(placed),
        "line": validation.share([line for _, line, _ in placed]),
        "column": validation.share([column for _, _, column in placed]),
        "fix": validation.share([done for of, done in mended if kind in ("", of)]),
    }


def figures(count: int, seed: int = 1) -> dict[str, float]:
    """Return how we do on so many mutants, as `mutants.NAME`."""
    results = list(_judged(list(made(count, seed, sources()))))
    same = [bool(found) == invalid for _, found, invalid in results]
    shares = _figures(results) | {"verdict": validation.share(same)}
    return {f"mutants.{name}": shares[name] for name in ("verdict", "line", "column", "fix")}


if __name__ == "__main__":
    sys.exit(main())
