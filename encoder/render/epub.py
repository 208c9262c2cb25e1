"""An e-book is a package: the texts as XHTML, the ways into them, and what it says of itself.

EPUB 3.3, with the accessibility metadata of EPUB Accessibility 1.1. The same parts give the same
bytes: nothing in a package is stamped with the clock.
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# The first moment that a zip can tell.
STAMP = (1980, 1, 1, 0, 0, 0)
CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder", "ARIA")
PAGED = ("pageBreakMarkers", "pageNavigation")
ROLES = {"authors": "aut", "translators": "trl"}


@dataclass(frozen=True)
class Volume:
    """A text as `xslt/epub.xsl` tells it: leaves, headings, pages, files, what is known of it."""

    told: Mapping[str, Any]

    @property
    def leaves(self) -> Sequence[tuple[str, str, str]]:
        """The files in reading order: name, label, kind."""
        return [tuple(leaf) for leaf in self.told["leaves"]]

    def words(self, key: str) -> str:
        """What is told under a key, safe to stand in XML."""
        return escape(str(self.told[key]))

    def label(self, key: str) -> str:
        """A word of the interface, in the language of the text, safe to stand in XML."""
        return escape(str(self.told["labels"][key]))


def package(volumes: Sequence[Volume], css: str, title: str = "") -> bytes:
    """Return the e-book of one text, or of several under a title of their own."""
    title = title or str(volumes[0].told["title"])
    files = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": _opf(volumes, title),
        "EPUB/nav.xhtml": _nav(volumes, title),
        "EPUB/book.css": css,
    }
    for volume in volumes:
        files |= {f"EPUB/{name}": text for name, text in sorted(volume.told["files"].items())}
    return _zipped(files)


def _zipped(files: Mapping[str, str]) -> bytes:
    """Zip the files; the first says what this is, and is not compressed (EPUB 3.3, 4.2)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", STAMP), "application/epub+zip")
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, STAMP)
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()


def _opf(volumes: Sequence[Volume], title: str) -> str:
    leaves = [leaf for volume in volumes for leaf in volume.leaves]
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="css" href="book.css" media-type="text/css"/>',
        *(
            f'<item id="leaf-{n}" href="{escape(name)}" media-type="application/xhtml+xml"/>'
            for n, (name, _label, _kind) in enumerate(leaves, 1)
        ),
    ]
    spine = [f'<itemref idref="leaf-{n}"/>' for n in range(1, len(leaves) + 1)]
    language = volumes[0].words("language")
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"'
        f' xml:lang="{language}">',
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
        *_metadata(volumes, title),
        *_accessibility(volumes),
        "</metadata>",
        "<manifest>", *items, "</manifest>",
        "<spine>", *spine, "</spine>",
        "</package>\n",
    ])  # fmt: skip


def _metadata(volumes: Sequence[Volume], title: str) -> Iterator[str]:
    yield f'<dc:identifier id="id">{_identifier(volumes)}</dc:identifier>'
    yield f"<dc:title>{escape(title)}</dc:title>"
    yield from (f"<dc:language>{word}</dc:language>" for word in _each(volumes, "language"))
    yield from _people(volumes)
    for element in ("publisher", "rights"):
        yield from (f"<dc:{element}>{w}</dc:{element}>" for w in _each(volumes, element))
    for word in _each(volumes, "identifier"):
        yield f"<dc:source>{word}</dc:source>"
    day = max(str(volume.told["day"]) for volume in volumes)
    yield f"<dc:date>{day}</dc:date>"
    yield f'<meta property="dcterms:modified">{day}T00:00:00Z</meta>'


def _people(volumes: Sequence[Volume]) -> Iterator[str]:
    named = [(role, name) for role in ROLES for v in volumes for name in v.told[role]]
    for number, (role, name) in enumerate(dict.fromkeys(named), 1):
        element = "creator" if role == "authors" else "contributor"
        yield f'<dc:{element} id="by-{number}">{escape(name)}</dc:{element}>'
        yield (
            f'<meta refines="#by-{number}" property="role" scheme="marc:relators">'
            f"{ROLES[role]}</meta>"
        )


def _each(volumes: Sequence[Volume], key: str) -> list[str]:
    """Return what the volumes tell under a key, each thing once."""
    return list(dict.fromkeys(word for volume in volumes if (word := volume.words(key))))


def _identifier(volumes: Sequence[Volume]) -> str:
    """Return the name of this book: other words, another name."""
    digest = hashlib.sha256()
    for volume in volumes:
        for name, text in sorted(volume.told["files"].items()):
            digest.update(f"{name}\0{text}\0".encode())
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}"


def _accessibility(volumes: Sequence[Volume]) -> Iterator[str]:
    """Yield what readers with other eyes and hands must know before they open it."""
    yield '<meta property="schema:accessMode">textual</meta>'
    yield '<meta property="schema:accessModeSufficient">textual</meta>'
    paged = any(volume.told["pages"] for volume in volumes)
    index = any(kind == "index" for v in volumes for _, _, kind in v.leaves)
    features = (*FEATURES, *(PAGED if paged else ()), *(("index",) if index else ()))
    for feature in features:
        yield f'<meta property="schema:accessibilityFeature">{feature}</meta>'
    yield '<meta property="schema:accessibilityHazard">none</meta>'
    yield (
        '<meta property="schema:accessibilitySummary">Text only, in reading order, with headings,'
        " linked notes and the language of each passage; it meets EPUB Accessibility as far as a"
        " program can tell.</meta>"
    )
    if paged:
        sources = [v.words("identifier") or v.words("title") for v in volumes if v.told["pages"]]
        yield f'<meta property="pageBreakSource">{sources[0]}</meta>'


def _nav(volumes: Sequence[Volume], title: str) -> str:
    first = volumes[0]
    language = first.words("language")
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!DOCTYPE html>",
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}">',
        f'<head><title>{escape(title)}</title><link rel="stylesheet" href="book.css"/></head>',
        "<body>",
        f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>{first.label("contents")}</h1>',
        *_list([entry for v in volumes for entry in _entries(v, len(volumes) > 1)]),
        "</nav>",
        *_page_list(volumes),
        *_landmarks(volumes),
        "</body>",
        "</html>\n",
    ])  # fmt: skip


def _entries(volume: Volume, several: bool) -> Iterator[tuple[int, str, str]]:
    """Yield the entries of the contents: level, words, where. A title stands once."""
    (name, label, _kind), *others = volume.leaves
    yield 0, label, name
    for number, (level, words, href) in enumerate(volume.told["heads"]):
        if number or words != label:
            yield level, words, href
    yield from ((int(several), label, name) for name, label, _kind in others)


def _list(entries: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """Yield lists in lists: an entry of a deeper level lies in the one before it."""
    open_levels: list[int] = []
    for level, label, href in entries:
        if (open_levels and level > open_levels[-1]) or not open_levels:
            yield "<ol>"
        else:
            while len(open_levels) > 1 and level <= open_levels[-2]:
                open_levels.pop()
                yield "</li></ol>"
            open_levels.pop()
            yield "</li>"
        open_levels.append(level)
        yield f'<li><a href="{escape(href)}">{escape(label)}</a>'
    yield "</li></ol>" * len(open_levels)


def _page_list(volumes: Sequence[Volume]) -> Iterator[str]:
    pages = [page for volume in volumes for page in volume.told["pages"]]
    if pages:
        yield f'<nav epub:type="page-list" role="doc-pagelist"><h2>{volumes[0].label("pages")}</h2>'
        yield "<ol>"
        yield from (f'<li><a href="{escape(h)}">{escape(n)}</a></li>' for n, h in pages)
        yield "</ol></nav>"


def _landmarks(volumes: Sequence[Volume]) -> Iterator[str]:
    """Yield the places that reading systems have buttons for, each the first of its kind."""
    first: dict[str, str] = {}
    for volume in volumes:
        for name, label, kind in volume.leaves:
            entry = f'<a epub:type="{kind}" href="{escape(name)}">{escape(label)}</a>'
            first.setdefault(kind, f"<li>{entry}</li>")
    yield '<nav epub:type="landmarks" hidden="hidden"><ol>'
    yield from first.values()
    yield "</ol></nav>"
