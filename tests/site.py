"""A collection of five letters, as TEI, and the web edition made of it."""

from __future__ import annotations

from pathlib import Path

from encoder.render import NO_CUSTOM, Custom
from encoder.site import Page, publish
from tests.rendering import PHENOMENA

PERSONS = {"ek": "Olle Ek", "alm": "Per Ålm", "ost": "Anna Östling", "zorn": "Zara Zorn"}
# Name of the page, title, date, and whom it mentions.
LETTERS = (
    ("brev 1.html", "Ett brev", "1899-03-03", ("ek", "alm")),
    ("brev 2.html", "Öppet brev", "1901-05-01", ("ek", "alm", "ost")),
    ("år/brev 3.html", "Åter ett brev", "1901-04", ("alm", "ost", "zorn")),
    ("år/brev 4.html", "Zebran & <örnen>", "", ("zorn",)),
    ("brev#5?.html", "”Adjö”", "1925", ("ek", "zorn")),
)
ABOUT = {
    "title": "Brev från Ödeshög",
    "author": "Märta Ålund",
    "language": "sv",
    "url": "https://x.org/",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
}

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="sv"><teiHeader><fileDesc>
<titleStmt><title>{title}</title><author>Märta Ålund</author></titleStmt>
<publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc>
<profileDesc><creation><date when="{date}"/></creation></profileDesc></teiHeader>
<standOff><listPerson>{persons}</listPerson></standOff>
<text><body><div type="letter"><head>{title}</head><p>Kära vän, här är {names}.<note n="1"
place="bottom">En not om ångbåten.</note></p><p>Om <title level="m">Röda boken</title>.</p></div>
</body></text></TEI>"""
PERSON = """<person xml:id="{id}"><persName type="main"><forename>{first}</forename>
<surname>{last}</surname></persName></person>"""


def letter(title: str, date: str, persons: tuple[str, ...]) -> str:
    """Return the TEI of a letter that mentions some persons."""
    split = {one: PERSONS[one].split() for one in persons}
    register = (PERSON.format(id=one, first=f, last=last) for one, (f, last) in split.items())
    names = (f'<persName ref="#{one}">{PERSONS[one]}</persName>' for one in persons)
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    return TEI.format(
        title=escaped, date=date, persons="".join(register), names=" och ".join(names)
    )


def published(folder: Path, custom: Custom = NO_CUSTOM) -> Path:
    """Publish the letters, and a text with everything in it; return the folder of the site."""
    pages = [Page(PHENOMENA, "allt.html")]
    for number, (name, title, date, persons) in enumerate(LETTERS):
        file = folder / f"{number}.xml"
        file.write_text(letter(title, date, persons), "utf-8")
        pages.append(Page(file, name))
    publish(folder / "site", pages, ABOUT, custom)
    return folder / "site"
