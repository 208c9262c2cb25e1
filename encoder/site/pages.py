"""The pages of a web edition: each text, and what leads to the texts. All links are relative.

The texts lie as the sources lie; `collection/` has the lists, the indexes and the search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from encoder import files
from encoder.errors import UsageError
from encoder.render import NO_CUSTOM, Custom, facts, render, shown_plainly, site_page
from encoder.resources import stylesheet
from encoder.site.collection import Collection
from encoder.site.search import Index

START = "index.html"
FOLDER = "collection"


@dataclass(frozen=True, slots=True)
class Page:
    """A text on the web: the TEI file, and the name of its page, a path from the start page."""

    tei: Path
    name: str


def publish(
    out: Path,
    pages: list[Page],
    about: Mapping[str, str],
    custom: Custom = NO_CUSTOM,
    beside: tuple[str, ...] = (),
    books: Sequence[str] = (),
) -> dict[str, list[str]]:
    """Write the web edition of some texts, and return what was shown plainly, page by page.

    The folder `collection/` is ours, and made anew.

    Args:
        out: the folder; pages that are not made anew stay as they are.
        pages: the texts.
        about: `title`, `author`, `language`, `project`, `publisher`, `licence`, `url`; all may be
            missing.
        custom: what the project has of its own.
        beside: endings of the other formats, such as `.pdf`; a page leads to those that lie there.
        books: files of all texts in one, in the folder; the start page leads to them.

    Raises:
        UsageError: a text would take the place of the start page.
        OutputError: a page cannot be written.
    """
    _refuse_clash(pages)
    files.remove(out / FOLDER)  # entries that are no more would stay
    whole, index = Collection(), Index()
    for number, page in enumerate(pages):
        told, parts = facts(page.tei)
        whole.add(page.name, told)
        files.write(out / FOLDER / "search" / f"t{number}.js", index.add(number, parts))
    whole.about = _about(about, whole)
    whole.tell_apart()
    whole.tell_dates()
    plain = {}
    for page, params in _ways(pages, whole):
        files.write((out / page.name).with_suffix(".xml"), page.tei.read_bytes())
        params["files"] = _files(out / page.name, beside)
        data = render(page.tei, "html", params, custom=custom)
        files.write(out / page.name, data)
        if names := shown_plainly(data):
            plain[page.name] = names
    _lists(out, whole, books, custom)
    _search(out, index, whole)
    return plain


def _refuse_clash(pages: list[Page]) -> None:
    for page in pages:
        if page.name == START or page.name.split("/")[0] == FOLDER:
            hint = "give the source another name"
            raise UsageError("the name of this text is taken", place=page.name, hint=hint)


def _about(said: Mapping[str, str], whole: Collection) -> dict[str, str]:
    """Return what is said of the collection; its language is that of most of its texts."""
    languages = Counter(text["language"] for text in whole.texts)
    most = max(sorted(languages), key=languages.__getitem__) if languages else "en"
    return {**said, "language": said.get("language") or most}


def _parts(whole: Collection) -> str:
    return " ".join(["dates", "titles", *whole.kinds, "search"])


def _ways(pages: list[Page], whole: Collection) -> Iterator[tuple[Page, dict[str, str]]]:
    """Yield each text with the ways from its page: up, and to the texts before and after it."""
    order, url = whole.order(), whole.about.get("url", "")
    for place, number in enumerate(order):
        page = pages[number]
        up = "../" * page.name.count("/") or "./"
        params = {"site": up, "site-pages": _parts(whole)}
        if url:
            params["address"] = f"{url.rstrip('/')}/{quote(page.name)}"
        for key, other in (("previous", place - 1), ("next", place + 1)):
            if 0 <= other < len(order):
                text = whole.texts[order[other]]
                params |= {key: up + text["href"], f"{key}-title": text["title"]}
        yield page, params


def _files(page: Path, beside: tuple[str, ...]) -> str:
    """Return the names of a text's files in other formats, a line each."""
    others = (page.with_suffix(ending) for ending in (".xml", *beside))
    return "\n".join(file.name for file in others if file.is_file())


def _lists(out: Path, whole: Collection, books: Sequence[str], custom: Custom) -> None:
    """Write the start page, the lists, the indexes, and a page for each entry."""
    common = {"site-pages": _parts(whole), "interface-language": whole.about["language"]}
    plain = whole.document()
    start = {**common, "page": "start", "site": "./", "files": "\n".join(books)}
    files.write(out / START, site_page(plain, start, custom))
    for page in ("dates", "titles", "search"):
        made = site_page(plain, {**common, "page": page, "site": "../"}, custom)
        files.write(out / FOLDER / f"{page}.html", made)
    for kind in whole.kinds:
        made = site_page(whole.document(kind), {**common, "page": kind, "site": "../"}, custom)
        files.write(out / FOLDER / f"{kind}.html", made)
    for (kind, _), entry in sorted(whole.entries.items()):
        params = {**common, "page": "entry", "site": "../../"}
        made = site_page(whole.entry(entry), params, custom)
        files.write(out / FOLDER / kind / entry.file, made)


def _search(out: Path, index: Index, whole: Collection) -> None:
    folder = out / FOLDER / "search"
    files.write(folder / "search.js", stylesheet("js/search.js").read_bytes())
    texts = [(text["href"], text["title"], text["date-words"]) for text in whole.texts]
    for name, data in index.files(texts):
        files.write(folder / name, data)
