"""An edition is built text by text: encoded, validated, verified and rendered.

What is open goes into `build/report.html`; what a person edited stays as it is. What comes out
does not depend on who made which text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from encoder import corpus, files, making, rendered, report
from encoder.cmif import cmif
from encoder.convert import is_converted
from encoder.corpus.faults import fault
from encoder.corpus.record import digest, digest_of
from encoder.corpus.work import desk_of
from encoder.decisions.across import across
from encoder.desk import Desk
from encoder.errors import EncoderError, UsageError
from encoder.making import Made, tei_of
from encoder.model import Finding, Source
from encoder.parallel import ALONE, Crew
from encoder.project import FILE, Project
from encoder.render import ENDINGS, Format, render_book
from encoder.render.members import corpus as members
from encoder.site import Page, publish
from encoder.vetting import vetted

# What a build makes of each text: TEI of another kind is made on demand.
BUILT: tuple[Format, ...] = ("html", *making.ALONE)
BOOKS: tuple[Format, ...] = ("pdf", "epub")
BOOK = "book"
# What is made of all texts, beside those that are made of each.
TAKEN = frozenset((BOOK, "report", "cmif"))
Say = Callable[[str], None]
Watch = Callable[[Iterable[Made], int], Iterable[Made]]


@dataclass(frozen=True)
class Built:
    """What a build came to: every finding, in the order of the texts; the gravest exit code."""

    findings: list[Finding]
    exit_code: int = 0


def unwatched(made: Iterable[Made], total: int) -> Iterable[Made]:
    """Let texts pass by."""
    del total
    return made


def build(project: Project, say: Say, crew: Crew = ALONE, watch: Watch = unwatched) -> Built:
    """Build a whole project, as it stands in its folder.

    A text that cannot be read or rendered is told, and does not stop the others.

    Args:
        project: the project; it must have a folder.
        say: called with a line for each step, for whoever watches.
        crew: who does it.
        watch: lets the texts pass by as they are made, with their number.

    Raises:
        UsageError: there are no sources, one has a name that is taken, or a register or the
            decisions cannot be read.
        OutputError: something that is made of all texts cannot be written.
    """
    file, setting = project.file or project.root / FILE, corpus.setting(project.root)
    desk = desk_of(file, setting)
    files.sweep(project.root)
    texts = list(_converted(desk))
    project = replace(project)  # which sees the texts that are new
    _refuse(project)
    odd = vetted(desk.registers)
    for finding in odd:
        say(str(finding))
    jobs = [making.Job(project.name_of(path), path, file) for path in project.sources]
    made = crew.map(partial(making.text, setting=setting), jobs, making.failed)
    texts += _told(watch(made, len(jobs)), say)
    whole = [text.name for text in texts if text.whole]
    found = [*project.findings(), *odd, *(finding for text in texts for finding in text.findings)]
    books = _books(project, whole, say)
    found += _publish(project, whole, books, say)
    found = [*across(found, desk.decisions, project.names), *_letters(project, say)]
    sources = {text.name: text.source for text in texts if text.source}
    _report(project, found, sources, say)
    return Built(found, max((text.exit_code for text in texts), default=0))


def _converted(desk: Desk) -> Iterator[Made]:
    """Make texts of the PDF and DOCX files that none has been made of; yield those that fail."""
    folder = desk.project.root / "sources"
    for path in sorted(folder.rglob("*")):
        if is_converted(path) and not path.with_suffix(".txt").exists() and path.name[0] != ".":
            try:
                desk.read(path)
            except EncoderError as error:
                name = path.relative_to(folder).as_posix()
                finding, exit_code = fault(error, name)
                yield Made(name, (finding,), exit_code=exit_code)


def _refuse(project: Project) -> None:
    if not project.sources:
        raise UsageError("the project has no sources", place=str(project.root / "sources"))
    for name in project.names:
        if Path(name).with_suffix("").as_posix() in TAKEN:
            hint = "give the source another name"
            raise UsageError("the name of this text is taken", place=name, hint=hint)


def _told(texts: Iterable[Made], say: Say) -> Iterator[Made]:
    for text in texts:
        for line in text.said:
            say(line)
        yield text


def _report(project: Project, found: list[Finding], sources: dict[str, Source], say: Say) -> None:
    title = ": ".join(filter(None, ("Open questions", project.edition.title)))
    page, _data = report.write_report(project.root / "build", found, title, sources)
    say(f"report: {page}")


def _letters(project: Project, say: Say) -> Iterator[Finding]:
    """Write the index of letters beside the pages, where the project says enough for one."""
    targets = sorted({tei_of(project, name) for name in project.names})
    texts = (
        (path.relative_to(project.root).as_posix(), path.read_bytes())
        for path in targets
        if path.is_file()
    )
    index = cmif(project.edition, texts)
    if index.tei:
        out = project.root / "build" / "cmif.xml"
        files.write(out, index.tei)
        say(f"letters: {out}")
    yield from index.findings


def _publish(
    project: Project, names: Sequence[str], books: Sequence[str], say: Say
) -> Iterator[Finding]:
    """Write the web edition, and yield what has no rule there."""
    said, out = project.edition, project.root / "build"
    about = {
        "title": project.settings.name or said.title,
        "author": said.author,
        "language": said.language,
        "project": said.project,
        "publisher": said.publisher,
        "licence": said.licence_text,
        "url": said.site_url,
    }
    pages = [
        Page(tei_of(project, name), Path(name).with_suffix(".html").as_posix()) for name in names
    ]
    beside = tuple(ENDINGS[form] for form in making.ALONE if form != "typst")
    for name, elements in publish(out, pages, about, project.custom, beside, books).items():
        message = f"shown plainly on the page, for want of a rule: {', '.join(elements)}"
        yield Finding("shown-plainly", "info", message, name)
    say(f"site: {out / 'index.html'}")


def _books(project: Project, names: Sequence[str], say: Say) -> list[str]:
    """Make one book of the texts, where there are several, and return the names of its files."""
    if len(names) < 2 or not project.sheet.book:
        return []
    title = project.sheet.book_title or project.edition.title or project.root.resolve().name
    targets = [tei_of(project, name) for name in names]
    texts = cache(lambda: [members(path) for path in targets])

    def bound(form: Format) -> bytes:
        params, fonts, custom = project.sheet.params, project.fonts, project.custom
        return render_book(texts(), form, title, params, fonts=fonts, custom=custom)

    out = project.root / "build"
    makers = {out / f"{BOOK}{ENDINGS[form]}": partial(bound, form) for form in BOOKS}
    key = digest((rendered.terms(project), title, *map(digest_of, targets)))
    fresh = rendered.once(out / rendered.RECORDS / f"{BOOK}.json", key, makers)
    for file in makers:
        say(f"{'book' if fresh else 'unchanged'}: {file}")
    return [file.name for file in makers]
