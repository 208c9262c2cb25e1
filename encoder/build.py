"""An edition is built text by text: encoded, validated, verified and rendered.

What is open goes into `build/report.html`; what a person edited stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from encoder import files, report
from encoder.cmif import cmif
from encoder.decisions.across import across
from encoder.desk import Desk
from encoder.errors import InputError
from encoder.members import corpus
from encoder.model import Finding, Source
from encoder.project import Project
from encoder.render import Format, render, render_book
from encoder.site import Page, publish

ENDINGS: Mapping[Format, str] = {
    "html": ".html",
    "typst": ".typ",
    "pdf": ".pdf",
    "epub": ".epub",
    "text": ".txt",
    "tei-simple": ".simple.xml",
}
# What a build makes of each text: TEI of another kind is made on demand.
BUILT: tuple[Format, ...] = ("html", "typst", "pdf", "epub", "text")
BOOKS: tuple[Format, ...] = ("pdf", "epub")
Say = Callable[[str], None]


def build(project: Project, say: Say) -> list[Finding]:
    """Build a whole project and return every finding, in the order of the texts.

    Args:
        project: the project; it must have a folder.
        say: called with a line for each step, for whoever watches.

    Raises:
        UsageError: a register or the decisions cannot be read.
        OutputError: something cannot be written.
    """
    desk, found = Desk.of(project), list(project.findings())
    sources: dict[str, Source] = {}
    good: list[Page] = []
    for path in project.sources:
        try:
            source = desk.read(path)
        except InputError as error:
            found.append(_unreadable(project.name_of(path), error))
            continue
        sources[source.name] = source
        faults = list(_text(desk, source, say))
        found.extend(faults)
        if not any(fault.severity == "error" for fault in faults):
            good.append(_page(project, source.name))
    _books(project, sources, say)
    found.extend(_publish(project, good, say))
    found = list(across(found, desk.decisions, project.names))
    found.extend(_letters(project, say))
    page, _data = report.write_report(project.root / "build", found, _title(project), sources)
    say(f"report: {page}")
    return found


def _letters(project: Project, say: Say) -> Iterator[Finding]:
    """Write the index of letters beside the pages, where the project says enough for one."""
    targets = {Path(name).with_suffix(".xml").as_posix() for name in project.names}
    texts = {name: project.root / name for name in sorted(targets)}
    index = cmif(project.edition, {n: p.read_bytes() for n, p in texts.items() if p.is_file()})
    if index.tei:
        out = project.root / "build" / "cmif.xml"
        files.write(out, index.tei)
        say(f"letters: {out}")
    yield from index.findings


def _unreadable(name: str, error: InputError) -> Finding:
    return Finding("unreadable", "error", error.message, name, hint=error.hint)


def _title(project: Project) -> str:
    return ": ".join(filter(None, ("Open questions", project.edition.title)))


def _text(desk: Desk, source: Source, say: Say) -> Iterator[Finding]:
    """Encode, check and render one text."""
    target = desk.project.root / Path(source.name).with_suffix(".xml")
    yield from desk.write(source, target)
    say(f"encoded: {target}")
    faults = list(check(target, source))
    yield from faults
    if not any(fault.severity == "error" for fault in faults):
        _render(desk.project, target, source.name, say)


def _page(project: Project, name: str) -> Page:
    """Return the page that a source becomes."""
    target = project.root / Path(name).with_suffix(".xml")
    return Page(target, Path(name).with_suffix(".html").as_posix())


def _publish(project: Project, pages: list[Page], say: Say) -> Iterator[Finding]:
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
    beside = tuple(ending for form, ending in ENDINGS.items() if form not in ("html", "typst"))
    for name, elements in publish(out, pages, about, project.custom, beside).items():
        message = f"shown plainly on the page, for want of a rule: {', '.join(elements)}"
        yield Finding("shown-plainly", "info", message, name)
    say(f"site: {out / 'index.html'}")


def check(target: Path, source: Source) -> Iterator[Finding]:
    """Validate a TEI file of ours, and prove that it loses nothing of its source."""
    from encoder.validate import validate_file
    from encoder.write.verify import verify

    yield from validate_file(target)
    yield from verify(target.read_bytes(), source, target.name)


def _books(project: Project, names: Iterable[str], say: Say) -> None:
    """Make one book of the texts that have been rendered, where there are several."""
    built = [project.root / "build" / Path(name).with_suffix(".pdf") for name in names]
    targets = [project.root / Path(name).with_suffix(".xml") for name in names]
    ready = [tei for tei, pdf in zip(targets, built, strict=True) if pdf.is_file()]
    if len(ready) < 2 or not project.sheet.book:
        return
    title = project.sheet.book_title or project.edition.title or project.root.resolve().name
    texts = [corpus(path) for path in ready]
    for form in BOOKS:
        out = project.root / "build" / f"book{ENDINGS[form]}"
        data = render_book(texts, form, title, project.sheet.params, fonts=project.fonts)
        files.write(out, data)
        say(f"book: {out}")


def _render(project: Project, target: Path, name: str, say: Say) -> None:
    for form in BUILT:
        if form == "html":
            continue  # with the site, when all texts are known
        out = (project.root / "build" / name).with_suffix(ENDINGS[form])
        data = render(
            target, form, project.sheet.params, fonts=project.fonts, custom=project.custom
        )
        files.write(out, data)
        say(f"rendered: {out}")
