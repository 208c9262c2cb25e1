"""The rows of what takes minutes: names, a hundred PDFs, a deposit, ten thousand texts.

Each is run once: what disturbs a second, a minute hardly feels.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import names, tools
from benchmarks.fo import pages
from benchmarks.measure import alternate, run
from benchmarks.rows import LINEAR, Row
from benchmarks.texts import Text
from benchmarks.tools import tei
from tests.corpora import corpus

LIMIT = 120  # seconds that ripgrep is given
LETTERS = 100
THIRD, NAMES, TWICE = 0.35, 0.3, 1.8
TEXTS, SMALLER = 10_000, 10


def groups(text: Text, folder: Path, rounds: int, texts: int = TEXTS) -> Iterator[Iterator[Row]]:
    """Yield what is measured, in groups.

    Args:
        text: a project of the letter; its TEI is made here.
        folder: an empty folder.
        rounds: how often each process is run that takes seconds.
        texts: how many the largest corpus has.
    """
    run(tei("encode", text.source, "-o", text.tei))
    yield _names(folder / "names")
    yield _letters(text, folder / "letters", rounds)
    yield _deposit(text, folder / "deposit", rounds)
    yield _corpus(folder / "corpus", texts)


def _names(folder: Path) -> Iterator[Row]:
    listed, text = names.written(folder)
    titles = f"{names.COUNT:,} names in {names.SIZE / 1e6:.0f} MB", "`rg -F -w -o -f names.txt`"
    other = shutil.which("rg")
    if other is None:
        yield Row(*titles, absent=tools.RIPGREP)
        return
    ours = run(tools.module("benchmarks.names", folder))
    theirs = run((other, "-F", "-w", "-o", "-f", str(listed), str(text)), LIMIT)
    yield Row(*titles, ours, theirs, goal=NAMES)


def _letters(text: Text, folder: Path, rounds: int) -> Iterator[Row]:
    """Yield what a letter takes to be set, and so many, beside FOP.

    Ours are tagged, PDF/A-2a and PDF/UA-1, with linked notes, outline, index and colophon; FOP's is
    plain PDF. It sets one file a run: many files are many runs, or one file with all letters.
    """
    folder.mkdir()
    program = shutil.which("fop") or ""
    letters = list(_varied(text.tei, folder))
    for letter in letters:
        letter.with_suffix(".fo").write_bytes(pages(letter))
    (folder / "all.fo").write_bytes(pages(*letters))
    each = f'for each in "$1"/0*.fo; do "{program}" -q -fo "$each" -pdf "$each.pdf"; done'
    fop = {
        "the same words as XSL-FO: `fop`": _fop(program, letters[0].with_suffix(".fo")),
        "all in one PDF: `fop`": _fop(program, folder / "all.fo"),
        "each a PDF: `fop`, run for each": ("sh", "-c", each, "sh", str(folder)),
    }
    one, all_, apart = fop
    single = tei("render", text.tei, "--to", "pdf", "-o", folder / "letter.pdf")
    many = tei("render", *letters, "--to", "pdf", "-o", folder / "ours")
    book = tei("render", *letters, "--to", "pdf", "--book", "Letters", "-o", folder / "ours.pdf")
    titles = "the letter: `tei render --to pdf`", one
    if not program:
        yield Row(*titles, absent=tools.FOP)
        return
    taken = alternate(rounds, ours=single, other=fop[one])
    yield Row(*titles, taken["ours"], taken["other"], goal=THIRD)
    made = run(many)
    whole = run(fop[all_])
    titles = f"{LETTERS} letters, each a PDF: `tei render --to pdf`", all_
    yield Row(*titles, made, whole, goal=THIRD)
    yield Row(titles[0], apart, made, run(fop[apart]), goal=THIRD)
    yield Row(f"{LETTERS} letters, one book: `--book`", all_, run(book), whole, goal=THIRD)


def _varied(tei_: Path, folder: Path) -> Iterator[Path]:
    """Write so many letters, no two with a paragraph in common; what is like is set once."""
    text = tei_.read_text("utf-8")
    for number in range(LETTERS):
        path = folder / f"{number:04}.xml"
        path.write_text(text.replace("<p>", f"<p>{number}. "), "utf-8")
        yield path


def _fop(program: str, source: Path) -> Sequence[str]:
    return (program, "-q", "-fo", str(source), "-pdf", str(source.with_suffix(".pdf")))


def _deposit(text: Text, folder: Path, rounds: int) -> Iterator[Row]:
    """Yield what a deposit takes beside the edition in it, and its check beside that of bagit."""
    project, bag = text.tei.parent, folder / "bag"
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1770000000")
    folder.mkdir()
    build = run(tei("build", project))
    made = run(tei("deposit", project, "-o", bag))
    yield Row("the letter: `tei deposit`", "`tei build`, from nothing", made, build)
    other = tools.module("bagit", "--validate", "--quiet", bag)
    taken = alternate(rounds, ours=tei("deposit", "--check", bag), other=other)
    titles = "the letter: `tei deposit --check`, TEI and proof as well", "`bagit.py --validate`"
    yield Row(*titles, taken["ours"], taken["other"])


def _corpus(folder: Path, texts: int) -> Iterator[Row]:
    """Yield what many texts take with one process and with two, and whether memory grows."""
    large, small = folder / "large", folder / "small"
    corpus(large, texts)
    corpus(small, texts // SMALLER)
    one, two = (run(_encode(large, folder / f"out-{n}", n)) for n in (1, 2))
    few = run(_encode(small, folder / "few", 2))
    titles = f"{texts:,} texts: `tei encode -j 1`", "`-j 2`"
    cores = os.cpu_count() or 1
    if cores < 2:
        yield Row(*titles, absent="this machine has one processor")
    else:
        yield Row(*titles, one, two, goal=TWICE, by="clock", least=True)
    titles = f"{texts:,} texts: `tei encode -j 2`", f"{texts // SMALLER:,} texts"
    yield Row(*titles, two, few, goal=LINEAR * SMALLER)
    yield Row(f"{titles[0]}: memory of a process", titles[1], two, few, goal=LINEAR, by="memory")


def _encode(source: Path, out: Path, workers: int) -> Sequence[str]:
    return tei("encode", source, "-o", out, "-j", str(workers))
