"""What the tests of rendering share: the samples, and the words that a reader must find."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lxml import etree, html

from encoder.model import collapse
from encoder.render import Format, render

HERE = Path(__file__).parent
PHENOMENA = HERE / "render" / "phenomena.xml"
AWKWARD = HERE / "render" / "awkward.xml"
HOSTILE = HERE / "render" / "hostile.xml"
EDITIONS = sorted((HERE.parent / "tei").glob("*-*.xml"))
SAMPLES = [PHENOMENA, AWKWARD, HERE / "fixtures" / "everything.xml", *EDITIONS]

NS = {"t": "http://www.tei-c.org/ns/1.0"}
# Elements whose signs are shown by how the words look.
LOOKS = {"hi", "emph", "mentioned", "soCalled", "term", "gloss", "code", "ident", "row", "cell"}


@cache
def rendered(sample: Path, to: Format) -> bytes:
    """Return a sample in one of the formats, made with the strict stylesheets."""
    return render(sample, to, {"strict": True})


def page(sample: Path) -> html.HtmlElement:
    """Return the page of a sample as a tree."""
    return html.document_fromstring(rendered(sample, "html"))


def tree(sample: Path) -> etree._Element:
    """Return the TEI of a sample."""
    return etree.parse(sample).getroot()


def paragraphs(sample: Path) -> list[str]:
    """Return the words of each paragraph of the text as a reader should find them."""
    outside = "//t:text//t:p[not(ancestor::t:note or ancestor::t:div[@type='licence'])]"
    return [collapse(words(p)) for p in tree(sample).xpath(outside, namespaces=NS)]


def words(element: etree._Element) -> str:
    """Return what is read in an element: corrections, signs, whole words, no notes."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else "comment"
    if name == "note" and element.get("place") == "inline":
        return inside(element)
    if name in {"note", "ptr", "comment", "certainty", "milestone", "pb", "fw"}:
        return ""
    if name == "choice":
        return next(words(child) for child in element if _is(child, "corr", "reg", "expan"))
    if name == "gap":
        return sign(element, "pre") or "[…]"
    if name == "g":
        return "‹U+0008›"
    if name == "pc" and element.get("force") == "weak" and _ends_line(element):
        return ""
    return inside(element)


def inside(element: etree._Element) -> str:
    """Return what is read between the two ends of an element."""
    inner = (element.text or "") + "".join(words(c) + (c.tail or "") for c in element)
    if etree.QName(element).localname in LOOKS:
        return inner
    label = sign(element, "label") + " " if _is(element, "item") else ""
    return label + sign(element, "pre") + inner + sign(element, "post")


def sign(element: etree._Element, kind: str) -> str:
    """Return the printed signs of one kind."""
    tokens = (element.get("rend") or "").split()
    return " ".join(t[len(kind) + 1 : -1] for t in tokens if t.startswith(f"{kind}("))


def _is(element: etree._Element, *names: str) -> bool:
    return etree.QName(element).localname in names


def _ends_line(element: etree._Element) -> bool:
    following = element.getnext()
    return not element.tail and following is not None and following.get("break") == "no"


def shown(element: html.HtmlElement) -> str:
    """Return the words of a piece of the page, without what the page adds to them."""
    added = "flag|voice|pb|callout|source|address|facs"
    if re.fullmatch(added, (element.get("class") or "").partition(" ")[0]):
        return ""
    inner = "".join(shown(child) + (child.tail or "") for child in element)
    return (element.text or "") + inner
