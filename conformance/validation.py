"""How our RELAX NG engine does beside jing: on the shared cases and on fresh mutants.

A mutant is a valid file with one thing made wrong. jing says whether it still is valid; where
the fault lies and which name was meant we know, for we put it there.
"""

from __future__ import annotations

import csv
import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from lxml import etree

from encoder.model import Finding
from encoder.validate import mending, relaxng
from encoder.validate.document import Document, read

ERROR = re.compile(r"^(.+?):(\d+):(\d+): (?:fatal|error): ", re.MULTILINE)
FATAL = re.compile(r"^(.+?):(?:\d+):(?:\d+): fatal: ", re.MULTILINE)
TAG = re.compile(r"<([A-Za-z]+)((?:\s+[\w:]+=\"[^\"]*\")*)\s*(/?)>")
ATTRIBUTE = re.compile(r"\s([\w:]+)=\"([^\"]*)\"")
ID = "http://www.w3.org/XML/1998/namespace id"
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SEED = 20260728


@dataclass(frozen=True)
class Mutant:
    """A file with one fault at `offset`; `meant` is the name that was misspelt, else ''.

    What was moved is missing elsewhere: from the element at `source`, -1 where nothing was.
    """

    kind: str
    text: str
    offset: int
    meant: str = ""
    source: int = -1

    @property
    def places(self) -> list[tuple[int, int]]:
        """Line and column of the fault, and of where something is missing."""
        return [counted(self.text, at) for at in (self.offset, self.source) if at >= 0]


def counted(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def figures(cases: Path, schemas: Path, fixture: Path, count: int = 400) -> dict[str, float]:
    """Return what share of files we judge and place as we should, as `validation.NAME`."""
    return shared(cases, schemas) | fresh(schemas / "tei_all.rng", fixture, count)


# --- the shared cases


def shared(cases: Path, schemas: Path) -> dict[str, float]:
    """Return the figures of `cases/validation`."""
    with (cases / "index.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = [findings((cases / row["path"]).read_bytes(), schemas / row["schema"]) for row in rows]
    pairs = list(zip(rows, found, strict=True))
    verdicts = [(row["rng_errors"] == "0") == (not each) for row, each in pairs]
    placed = [
        place(each[0])[0] == _line(cases / row["path"], row["xpath"])
        for row, each in pairs
        if row["line"] and each and row["rng_errors"] != "0"
    ]
    mutants = [
        ((cases / row["path"]).read_text(encoding="utf-8"), each)
        for row, each in pairs
        if row["kind"].startswith("mutant") and row["schema"] == "tei_all.rng"
        and row["rng_errors"] != "0" and each
    ]  # fmt: skip
    return {
        "validation.verdict": share(verdicts),
        "validation.line": share(placed),
        "validation.fix": mended(schemas / "tei_all.rng", mutants),
    }


def mended(schema: Path, faulty: Sequence[tuple[str, Sequence[Finding]]]) -> float:
    """Return what share of files jing finds valid once all that was suggested has been done."""
    texts = [mending.applied(text, mending.fixes(found, safe=False)) for text, found in faulty]
    return share([not invalid for invalid in jing(schema, texts)])


def _line(path: Path, xpath: str) -> int:
    """Return the line of the mutated element: that in the index is of the file before it."""
    parser = etree.XMLParser(recover=True)  # a mutant may have an xml:id that lxml refuses
    found = etree.parse(path, parser).xpath(xpath)
    return int(found[0].sourceline) if found else 0


def findings(data: bytes, schema: Path) -> list[Finding]:
    """Return what our engine finds, in the order of the text."""
    document = read(data, "x.xml")
    if not isinstance(document, Document):
        return [document]
    return sorted(relaxng.check(document, schema), key=place)


def place(finding: Finding) -> tuple[int, int]:
    """Return line and column of a finding."""
    return (finding.where.line, finding.where.column) if finding.where else (0, 0)


def share(truths: Sequence[bool]) -> float:
    """Return what part of some statements is true."""
    return round(sum(truths) / max(1, len(truths)), 4)


# --- fresh mutants


def fresh(schema: Path, fixture: Path, count: int) -> dict[str, float]:
    """Return the figures of `count` mutants of a valid file, with jing as the judge."""
    mutants = list(made(fixture.read_text(encoding="utf-8"), count))
    invalid = jing(schema, [mutant.text for mutant in mutants])
    found = [findings(mutant.text.encode(), schema) for mutant in mutants]
    faulty = [(m, f) for m, f, bad in zip(mutants, found, invalid, strict=True) if bad and f]
    verdicts = [bool(f) == bad for f, bad in zip(found, invalid, strict=True)]
    lengths = [len(each.message) for _, f in faulty for each in f]
    return {
        "validation.fresh_verdict": share(verdicts),
        "validation.fresh_line": share([_on_line(m, f[0]) for m, f in faulty]),
        "validation.fresh_column": share([place(f[0]) in m.places for m, f in faulty]),
        "validation.fresh_name": share([_meant(m, f[0]) for m, f in faulty if m.meant]),
        "validation.fresh_fix": mended(schema, [(m.text, f) for m, f in faulty]),
        "validation.fresh_single": share([len(f) == 1 for _, f in faulty]),
        "validation.short_median": float(median(lengths) <= 200),
        "validation.short_p90": float(quantiles(lengths, n=10)[-1] <= 300),
    }


def _on_line(mutant: Mutant, finding: Finding) -> bool:
    return place(finding)[0] in {line for line, _ in mutant.places}


def _meant(mutant: Mutant, finding: Finding) -> bool:
    return f"<{mutant.meant}>" in finding.hint or f"@{mutant.meant}?" in finding.hint


def jing(schema: Path, texts: Sequence[str]) -> list[bool]:
    """Return of each text whether jing finds it invalid."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.xml" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text.encode())
        wrong, left = set[str](), paths
        while left:
            told = _told(schema, left)
            wrong |= {found[1] for found in ERROR.finditer(told)}
            # jing stops at what it cannot read, and says nothing of the files behind it.
            fatal = FATAL.search(told)
            left = left[left.index(Path(fatal[1])) + 1 :] if fatal else []
        return [str(path) in wrong for path in paths]


def _told(schema: Path, paths: Sequence[Path]) -> str:
    command = ["jing", str(schema), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return done.stdout


def made(text: str, count: int) -> Iterator[Mutant]:
    """Yield mutants of a valid TEI file, each kind in its turn."""
    chance = random.Random(SEED)  # noqa: S311 - a repeatable choice, no secret
    body = text.index("<teiHeader")
    tags = [tag for tag in TAG.finditer(text, body) if tag[1] != "TEI"]
    number = 0
    while number < count:
        mutant = MUTATIONS[number % len(MUTATIONS)](text, chance.choice(tags), chance)
        if mutant is not None:
            yield mutant
            number += 1


def _misspelt(name: str, chance: random.Random) -> str:
    """Return a name with two letters exchanged, one lost or one doubled."""
    at = chance.randrange(max(1, len(name) - 1))
    return chance.choice(
        (
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
            name[:at] + name[at + 1 :],
            name[: at + 1] + name[at:],
        )
    )


def _end(text: str, tag: re.Match[str]) -> tuple[int, int]:
    """Return where the end tag of an element begins and ends."""
    if tag[3]:
        return tag.end(), tag.end()
    depth = 0
    for each in re.finditer(rf"<(/?){tag[1]}(?=[\s/>])[^>]*?(/?)>", text[tag.start() :]):
        depth += -1 if each[1] else not each[2]
        if depth == 0:
            return tag.start() + each.start(), tag.start() + each.end()
    raise ValueError(tag[0])


def _renamed(text: str, tag: re.Match[str], name: str) -> str:
    start, end = _end(text, tag)
    opening = f"<{name}{text[tag.start() + 1 + len(tag[1]) : tag.end()]}"
    closing = text[start:end].replace(tag[1], name)
    return f"{text[: tag.start()]}{opening}{text[tag.end() : start]}{closing}{text[end:]}"


def _misspell(text: str, tag: re.Match[str], chance: random.Random) -> Mutant | None:
    name = _misspelt(tag[1], chance)
    if len(tag[1]) < 4 or name == tag[1]:
        return None
    return Mutant("misspell", _renamed(text, tag, name), tag.start(), tag[1])


def _rename(text: str, tag: re.Match[str], chance: random.Random) -> Mutant | None:
    name = chance.choice(["div", "p", "persName", "title", "note", "body", "item", "date"])
    return None if name == tag[1] else Mutant("rename", _renamed(text, tag, name), tag.start())


def _drop(text: str, tag: re.Match[str], _chance: random.Random) -> Mutant | None:
    around, end = _around(text, tag), _end(text, tag)[1]
    return Mutant("drop", text[: tag.start()] + text[end:], around) if around >= 0 else None


def _around(text: str, tag: re.Match[str]) -> int:
    """Return where the element around another begins, -1 where none is."""
    end = _end(text, tag)[1]
    before = [each for each in TAG.finditer(text, 0, tag.start()) if not each[3]]
    return next((each.start() for each in reversed(before) if _end(text, each)[0] >= end), -1)


def _double(text: str, tag: re.Match[str], _chance: random.Random) -> Mutant | None:
    end = _end(text, tag)[1]
    copy = re.sub(r"\sxml:id=\"[^\"]*\"", "", text[tag.start() : end])
    return Mutant("double", text[:end] + copy + text[end:], end)


def _move(text: str, tag: re.Match[str], chance: random.Random) -> Mutant | None:
    end = _end(text, tag)[1]
    other = chance.choice([each for each in TAG.finditer(text, end) if not each[3]] or [tag])
    if other is tag:
        return None
    moved = text[tag.start() : end]
    rest = text[: tag.start()] + text[end : other.end()] + moved + text[other.end() :]
    return Mutant("move", rest, other.end() - len(moved), source=_around(text, tag))


def _attribute(
    change: Callable[[str, str, random.Random], str | None], kind: str, at_value: bool = False
) -> Callable[[str, re.Match[str], random.Random], Mutant | None]:
    def mutate(text: str, tag: re.Match[str], chance: random.Random) -> Mutant | None:
        attributes = list(ATTRIBUTE.finditer(text, tag.start(), tag.end()))
        if not attributes:
            return None
        found = chance.choice(attributes)
        changed = change(found[1], found[2], chance)
        if changed is None:
            return None
        at = found.start(2) if at_value else found.start(1) if changed else tag.start()
        rest = text[: found.start()] + changed + text[found.end() :]
        return Mutant(kind, rest, at, found[1] if kind == "misspell-attribute" else "")

    return mutate


def _attribute_misspelt(name: str, value: str, chance: random.Random) -> str | None:
    wrong = _misspelt(name, chance)
    return f' {wrong}="{value}"' if len(name) > 3 and wrong != name and ":" not in name else None


def _attribute_dropped(_name: str, _value: str, _chance: random.Random) -> str:
    return ""


def _attribute_spoilt(name: str, _value: str, chance: random.Random) -> str:
    return f' {name}="{chance.choice(["", "a b", "1 %zz", "§", "#a#b", "00"])}"'


def _stray(text: str, tag: re.Match[str], _chance: random.Random) -> Mutant | None:
    if tag[3]:
        return None
    return Mutant("stray", f"{text[: tag.end()]}stray{text[tag.end() :]}", tag.end())


MUTATIONS = (
    _misspell,
    _rename,
    _drop,
    _double,
    _move,
    _attribute(_attribute_misspelt, "misspell-attribute"),
    _attribute(_attribute_dropped, "drop-attribute"),
    _attribute(_attribute_spoilt, "bad-value", at_value=True),
    _stray,
)
