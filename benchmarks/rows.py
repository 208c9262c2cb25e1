"""The rows: what is set side by side, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError
from typing import Literal

from benchmarks import tools
from benchmarks.measure import Command, Usage, alternate, run
from benchmarks.novel import written
from benchmarks.texts import SMALL, Text, project, tei_file, tei_files
from benchmarks.tools import tei
from encoder.resources import schema

TIMES = (1, 10, 100)
SITES = (100, 1000)
THRICE = 3.0
FIFTH, LINEAR = 0.2, 1.1  # a tenth more than the same is still linear
SAME, HALF_MORE, TEN = 1.0, 1.5, 10.0
MANY, LARGE = 1_000, 3_000_000
FAILED = "what comes after this row in its group"
PANDOC, NOVEL = 230, 10_000_000


@dataclass(frozen=True)
class Row:
    """Two usages side by side, the first over the second; or why there is no second.

    The goal is the most that the ratio `by` may be, or with `least` the least.
    """

    first: str
    second: str
    ours: Usage | None = None
    other: Usage | None = None
    unit: str = ""
    goal: float | None = None
    absent: str = ""
    by: Literal["clock", "memory", "processor"] = "processor"
    least: bool = False


def groups(folder: Path, rounds: int) -> Iterator[Iterator[Row]]:
    """Yield what is measured in seconds, in groups; one that fails leaves the others.

    Args:
        folder: an empty folder.
        rounds: how often each process is run, one more not counted.
    """
    yield _letter(project(folder / "letter", decisions=True), folder, rounds)
    texts = _texts(folder)
    yield _encoding(texts, folder, rounds)
    yield _validation(folder, rounds)
    for times in (TIMES[0], TIMES[-1]):
        yield _html(texts[times].tei, f"{times} × the letter", folder, rounds)
    yield _site(texts[1].tei, folder)


def encoding(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure encoding alone, in a folder that is thrown away; arguments are those of `groups`."""
    yield from _encoding(_texts(folder), folder, rounds)


def kept(group: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows of a group; where a command fails, the last one says so."""
    try:
        yield from group
    except CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        yield Row(FAILED, "", absent=f"`{command[:200]}` ended with {error.returncode}")


def _texts(folder: Path) -> Mapping[int, Text]:
    return {times: project(folder / f"times-{times}", times) for times in TIMES}


def _encoding(texts: Mapping[int, Text], folder: Path, rounds: int) -> Iterator[Row]:
    yield from _scale(texts, rounds)
    yield from _pandoc(folder / "pandoc", rounds)
    yield _floor(texts[TIMES[-1]], folder, rounds)


def _letter(text: Text, folder: Path, rounds: int) -> Iterator[Row]:
    """Yield what each command takes for the letter, over what starting the program takes."""
    html, pdf = folder / "letter.html", folder / "letter.pdf"
    commands = {
        "tei encode": _encode(text),
        "tei render --to html": tei("render", text.tei, "--to", "html", "-o", html),
        "tei render --to pdf": tei("render", text.tei, "--to", "pdf", "-o", pdf),
    }
    taken = alternate(rounds, start=tei("--version"), **commands)
    for name in commands:
        yield Row(f"the letter: `{name}`", "`tei --version`", taken[name], taken["start"])
    yield _weasyprint(html, commands["tei render --to pdf"], folder, rounds)
    yield from _validate(text, rounds)


def _validate(text: Text, rounds: int) -> Iterator[Row]:
    """Yield what the rules of our schema cost, and what our RELAX NG takes over jing."""
    grammar, rules = schema("edition.rng"), schema("edition.sch")
    alone = tei("validate", text.tei, "--schema", grammar)
    other = tools.jing(grammar, text.tei)
    commands = {"alone": alone, "rules": (*alone, "--schema", str(rules))}
    taken = alternate(rounds, **commands, **({"jing": other} if other else {}))
    names = "the letter: `tei validate`, RELAX NG and Schematron", "RELAX NG alone"
    yield Row(*names, taken["rules"], taken["alone"])
    names = "the letter: `tei validate`, RELAX NG alone", "`jing`"
    yield Row(
        *names, taken["alone"], taken.get("jing"), goal=1.0, absent="" if other else tools.JING
    )


def _weasyprint(html: Path, ours: Command, folder: Path, rounds: int) -> Row:
    names = "the letter: TEI to PDF with `tei render`", "our HTML to PDF with WeasyPrint"
    program = tools.weasyprint(folder / "venv")
    if program is None:
        return Row(*names, absent=tools.WEASYPRINT)
    taken = alternate(rounds, ours=ours, other=(program, str(html), str(folder / "other.pdf")))
    return Row(*names, taken["ours"], taken["other"], goal=FIFTH)


def _encode(text: Text) -> Command:
    return tei("encode", text.source, "-o", text.tei)


def _scale(texts: Mapping[int, Text], rounds: int) -> Iterator[Row]:
    """Yield what a megabyte takes in a longer text, over what it takes in a shorter one.

    A megabyte of a short text bears more of the program's start, which hides what grows faster
    than the text; so the last row compares only what is added.
    """
    taken = alternate(rounds, **{str(times): _encode(text) for times, text in texts.items()})
    used = [taken[str(times)] for times in TIMES]
    size = [texts[times].megabytes for times in TIMES]
    for i, j in ((1, 0), (2, 1)):
        ours, other = used[i] / size[i], used[j] / size[j]
        names = f"`tei encode`, {TIMES[i]} × the letter", f"{TIMES[j]} × the letter"
        yield Row(*names, ours, other, unit="/MB", goal=LINEAR)
    more = [(used[i + 1] - used[i]) / (size[i + 1] - size[i]) for i in (0, 1)]
    names = "what is added from 10 × to 100 ×", "what is added from 1 × to 10 ×"
    yield Row(*names, more[1], more[0], unit="/MB", goal=LINEAR)


def _html(tei_: Path, name: str, folder: Path, rounds: int) -> Iterator[Row]:
    ours = tei("render", tei_, "--to", "html", "-o", folder / "page.html")
    other = tools.module("benchmarks.identity", tei_, folder / "same.xml")
    taken = alternate(rounds, ours=ours, other=other)
    names = f"`tei render --to html`, {name}", "identity transform by libxslt (lxml)"
    yield Row(*names, taken["ours"], taken["other"], goal=THRICE)


def _site(tei_: Path, folder: Path) -> Iterator[Row]:
    """Yield what the site of 1,000 letters takes over that of 100: once, for it takes minutes."""
    used = {n: run(tools.module("benchmarks.site", tei_, n, folder / f"site-{n}")) for n in SITES}
    few, many = SITES
    names = f"the web edition of {many:,} letters", f"of {few} letters"
    yield Row(*names, used[many], used[few], goal=LINEAR * many / few)


def _pandoc(folder: Path, rounds: int) -> Iterator[Row]:
    """Yield what 10 MB take beside pandoc: the letter, a page like the other, and a novel."""
    letter = project(folder, PANDOC)
    novel = Text(written(folder / "novel.txt", NOVEL), folder / "novel.xml")
    texts = {
        f"10 MB, {PANDOC} × the letter": (letter, _encode(letter)),
        "10 MB, a novel in 72 columns": (novel, (*_encode(novel), "--no-project")),
    }
    for name, (text, ours) in texts.items():
        names = f"`tei encode`, {name}", "`pandoc -f markdown -t tei`"
        other = tools.pandoc(text.source, folder / "pandoc.xml")
        if other is None:
            yield Row(*names, absent=tools.PANDOC)
            continue
        taken = alternate(rounds, ours=ours, other=other)
        yield Row(*names, taken["ours"], taken["other"], goal=FIFTH)


def _floor(text: Text, folder: Path, rounds: int) -> Row:
    """Return what encoding takes over what lxml needs for the same tree, which must be there."""
    other = tools.module("benchmarks.floor", text.tei, folder / "floor.xml")
    taken = alternate(rounds, ours=_encode(text), other=other)
    names = "`tei encode`, 100 × the letter", "lxml builds and writes the same tree"
    return Row(*names, taken["ours"], taken["other"], goal=TEN)


def _validation(folder: Path, rounds: int) -> Iterator[Row]:
    """Yield what validation takes beside jing, by the whole TEI; and what rules of Schematron add.

    jing passes over the rules in a schema: like stands beside like where there are none.
    """
    large, many = tei_file(folder, LARGE), tei_files(folder, MANY)
    inputs = {
        "a file of 12 kB": ([SMALL], SAME),
        "a file of 3 MB": ([large], HALF_MORE),
        f"{MANY:,} files of 12 kB": (many, SAME),
    }
    if not tools.jing(tools.TEI_ALL):
        yield Row("`tei validate --schema tei_all.rng`", "`jing tei_all.rng`", absent=tools.JING)
        return
    bare = tools.grammar(tools.TEI_ALL, folder / "bare.rng")
    for name, (files, goal) in inputs.items():
        for words, schema_, most in (("", bare, goal), (" and its rules", tools.TEI_ALL, None)):
            ours = tei("validate", "--schema", schema_, *files)
            taken = alternate(rounds, ours=ours, other=tools.jing(schema_, *files) or ())
            names = f"{name}: `tei validate --schema tei_all.rng`{words}", "`jing tei_all.rng`"
            yield Row(*names, taken["ours"], taken["other"], goal=most)
