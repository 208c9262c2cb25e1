"""The page: every word is there, every sign once, every link leads somewhere, nothing runs."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from lxml import html

from encoder.errors import EncoderError, InputError, MissingError
from encoder.model import collapse
from encoder.render import Format, render
from encoder.render.members import alone
from encoder.resources import stylesheet
from encoder.saxon import transform
from tests.rendering import AWKWARD, HOSTILE, NS, PHENOMENA, page, paragraphs, rendered, shown, tree

EMPTY = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{}</p></body></text></TEI>'


def tei(words: str) -> bytes:
    return EMPTY.format(words).encode()


def test_every_word_of_every_paragraph_is_shown(sample: Path) -> None:
    found = page(sample).xpath(
        "//article//*[self::p[not(@class)] or self::div[@class='p']]"
        "[not(ancestor::aside or ancestor::details)]"
    )
    assert [collapse(shown(p)) for p in found] == paragraphs(sample)


def test_every_character_of_the_text_is_shown(sample: Path) -> None:
    text = tree(sample).find("t:text", NS)
    assert text is not None
    hidden = "ancestor::t:sic[parent::t:choice] or ancestor::t:certainty or ancestor::t:fw"
    expected = Counter("".join(text.xpath(f".//text()[not({hidden})]", namespaces=NS)))
    expected.subtract("".join(text.xpath(".//t:pc[@force='weak']/text()", namespaces=NS)))
    seen = Counter(page(sample).find(".//main").text_content())
    missing = {c for c, n in expected.items() if not c.isspace() and n > seen[c]}
    assert not missing


def test_ids_are_unique_and_links_resolve(sample: Path) -> None:
    ids = page(sample).xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in page(sample).xpath("//@href") if href.startswith("#")}
    assert targets <= set(ids)


def test_each_callout_leads_to_its_note_and_back(sample: Path) -> None:
    seen = page(sample)
    callouts = seen.xpath("//a[@role='doc-noteref']")
    for callout in callouts:
        note = seen.get_element_by_id(callout.get("href")[1:])
        assert note.get("role") == "doc-footnote"
        assert f"#{callout.get('id')}" in note.xpath(".//a[@role='doc-backlink']/@href")
    assert len(seen.xpath("//a[@role='doc-backlink']")) == len(callouts)
    assert len(seen.xpath("//*[@role='doc-footnote']")) == len(
        tree(sample).xpath("//t:text//t:note[@n or contains(@rend, 'callout(')]", namespaces=NS)
    )


def test_notes_bear_their_printed_marks() -> None:
    seen = page(PHENOMENA)
    assert seen.xpath("//a[@role='doc-noteref']/text()") == ["†", "1", "*", "1", "[a]"]
    assert seen.xpath("//aside/span[@class='mark']/text()") == ["†", "1", "*", "a."]


def test_each_note_says_whose_voice_it_is() -> None:
    voices = page(PHENOMENA).xpath("//aside[@role='doc-footnote']//span[@class='voice']/text()")
    assert voices == ["utgivaren", "översättaren", "okänd röst", "översättaren", "författaren"]


def test_a_bracket_is_printed_once_even_round_paragraphs() -> None:
    note = page(PHENOMENA).xpath("//aside[contains(@class, 'headnote')]")[0]
    assert collapse(shown(note)) == "[Två stycken.Det andra.]"
    supplied = page(PHENOMENA).xpath("//span[starts-with(@class, 'supplied')]")[0]
    assert shown(supplied) == "[tillagda]"


def test_a_correction_keeps_the_form_of_the_source_beside_it() -> None:
    choice = page(PHENOMENA).xpath("//span[starts-with(@class, 'choice')]")[0]
    assert shown(choice) == "rätt"
    assert "fel" in choice.get("title")
    assert "fel" in choice.xpath(".//span[@class='flag']")[0].text


def test_a_doubt_names_the_other_candidate() -> None:
    flag = page(PHENOMENA).xpath("//span[contains(@class, 'mention')]/span[@class='flag']")[0]
    assert flag.text == " [osäkert; eller Ålm, Per]"


def test_the_index_is_in_the_order_of_the_language() -> None:
    names = page(PHENOMENA).xpath(
        "//section[@aria-labelledby='~persons']//span[@class='entry-name']/text()"
    )
    assert names == ["Édén, Eva", "Ek, Olle", "Zorn, Zara", "Ålm, Per", "Östling, Anna"]
    english = render(PHENOMENA, "html", {"interface-language": "en"}).decode()
    assert english.index(">Ålm, Per<") < english.index(">Ek, Olle<") < english.index(">Östling")


def test_the_index_leads_to_every_mention(sample: Path) -> None:
    seen = page(sample)
    back = Counter(seen.xpath("//section[@class='index']//span[@class='mentions']//a/@href"))
    mentions = seen.xpath("//span[starts-with(@class, 'mention ')][not(ancestor::details)]/@id")
    later = tree(sample).xpath("//t:text//*[@prev]/@xml:id", namespaces=NS)
    assert back == Counter(f"#{mention}" for mention in mentions if mention not in later)
    entries = {f"#{entry}" for entry in seen.xpath("//section[@class='index']//li/@id")}
    assert set(seen.xpath("//span[starts-with(@class, 'mention ')]/a[@title]/@href")) <= entries


def test_the_years_are_those_of_the_register() -> None:
    entries = {e.get("id"): e.text_content() for e in page(PHENOMENA).xpath("//li[@id]")}
    assert "(1850–1910), även Ann" in entries["ostling"]
    assert "(f. 1860)" in entries["alm"]
    assert "silent" not in entries


def test_the_source_stands_beside_what_is_read() -> None:
    said = [e.text_content() for e in page(PHENOMENA).find_class("source") if e.tag == "span"]
    assert sorted(said, reverse=True)[:2] == ["fel", "-"]
    assert page(PHENOMENA).xpath("//br[@class='source']")


def test_every_paragraph_has_an_address(sample: Path) -> None:
    seen = page(sample)
    for link in seen.find_class("address"):
        assert seen.get_element_by_id(link.get("href")[1:]) is link.getparent()
    assert len(seen.find_class("address")) > 3


def test_a_page_leads_to_its_picture() -> None:
    pictures = "<pb n='1' facs='one.jpg'/><pb n='2' facs='javascript:x'/><pb n='3' facs='../x'/>"
    pictures += "<pb facs='four.jpg'/>"
    seen = html.document_fromstring(render(tei(pictures), "html"))
    assert [link.get("href") for link in seen.find_class("facs")] == ["one.jpg", "four.jpg"]


def test_a_reference_is_told_to_those_who_cite() -> None:
    seen = page(PHENOMENA)
    told = {meta.get("name"): meta.get("content") for meta in seen.xpath("//meta[@name]")}
    assert told["citation_author"] == "Östling, Anna"
    assert told["DC.date"] == "1901-02-03"
    assert "author = {Östling, Anna}" in seen.xpath("//pre[@class='bibtex']")[0].text
    assert "AU  - Östling, Anna\n" in seen.xpath("//pre[@class='ris']")[0].text
    (item,) = json.loads(seen.xpath("//pre[@class='csl-json']")[0].text)
    assert item["author"] == [{"family": "Östling", "given": "Anna"}]
    assert item["issued"] == {"date-parts": [[1901, 2, 3]]}
    (linked,) = seen.xpath("//script[@type='application/ld+json']")
    assert json.loads(linked.text)["name"] == "Allt på en gång"


def cited(author: str = "", creation: str = "", more: str = "") -> dict[str, str]:
    """Return what a page tells reference managers, by the name of the format."""
    tei = f"""<TEI xmlns="{NS["t"]}"><teiHeader><fileDesc><titleStmt><title>Ice</title>{author}
    </titleStmt><publicationStmt>{more}</publicationStmt></fileDesc><profileDesc>
    <creation>{creation}</creation><correspDesc><correspAction type="received">
    <persName>Bo Ask</persName></correspAction></correspDesc></profileDesc></teiHeader>
    <text><body><p>x</p></body></text></TEI>"""
    seen = html.document_fromstring(render(tei.encode(), "html"))
    metas = {str(one.get("name")): str(one.get("content")) for one in seen.iterfind(".//meta")}
    return metas | {str(one.get("class")): str(one.text) for one in seen.iterfind(".//pre")}


def test_a_time_between_two_years_is_cited_as_it_is() -> None:
    told = cited(creation='<date notBefore="1903" notAfter="1907"/>')
    assert "date = {1903/1907}" in told["bibtex"]
    assert json.loads(told["csl-json"])[0]["issued"] == {"date-parts": [[1903], [1907]]}
    assert told["DC.date"] == "1903/1907"
    assert "PY  - 1903\n" in told["ris"]
    assert "DA" not in told["ris"]


def test_a_year_before_our_era_is_not_taken_for_one_of_it() -> None:
    told = cited(creation='<date when="-0043-03-15"/>')
    assert json.loads(told["csl-json"])[0]["issued"] == {"date-parts": [[-43, 3, 15]]}
    assert "PY" not in told["ris"]
    assert "citation_publication_date" not in told


def test_of_a_time_of_day_the_day_is_cited() -> None:
    assert "date = {1849-12-24}" in cited(creation='<date when="1849-12-24T10:00:00Z"/>')["bibtex"]
    assert cited(creation='<date notAfter="1850"/>')["DC.date"] == "1850"


def test_a_subtitle_is_part_of_the_title() -> None:
    title = '<title type="sub">A relation</title>'
    assert cited(title)["citation_title"] == "Ice: A relation"


def test_a_picture_in_the_text_is_led_to() -> None:
    figure = '<figure><graphic url="{}"/><figDesc>A ship</figDesc></figure>'
    figures = "".join(map(figure.format, ("ship.jpg", "javascript:x", "../up.jpg")))
    tei = f'<TEI xmlns="{NS["t"]}"><text><body>{figures}</body></text></TEI>'
    seen = html.document_fromstring(render(tei.encode(), "html"))
    assert seen.xpath("//figure/a/@href") == ["ship.jpg"]


@pytest.mark.parametrize("form", ["html", "text", "epub"])
def test_a_picture_without_a_file_is_passed_over(form: Format) -> None:
    assert render(tei("A <graphic/><media/> b"), form)


def test_several_persons_in_one_statement_are_cited_as_several() -> None:
    told = cited("<author><persName>Ida Ek</persName>; <persName>Ove Al</persName></author>")
    assert "author = {{Ida Ek} and {Ove Al}}" in told["bibtex"]
    assert "AU  - Ida Ek\nAU  - Ove Al\n" in told["ris"]


def test_a_letter_is_cited_with_who_received_it_and_its_doi() -> None:
    told = cited(more='<idno type="DOI">https://doi.org/10.1234/ice.5</idno>')
    assert "A2  - Bo Ask\n" in told["ris"]
    assert "DO  - 10.1234/ice.5\n" in told["ris"]
    assert "doi = {10.1234/ice.5}" in told["bibtex"]
    item = json.loads(told["csl-json"])[0]
    assert (item["recipient"], item["DOI"]) == ([{"literal": "Bo Ask"}], "10.1234/ice.5")
    assert told["citation_doi"] == "10.1234/ice.5"


@pytest.mark.parametrize(("words", "way"), [("שלום לכולם", "rtl"), ("Γράμμα", "ltr")])
def test_where_no_language_tells_the_letters_tell_the_direction(words: str, way: str) -> None:
    tei = f'<TEI xmlns="{NS["t"]}"><text><body><p>{words}</p></body></text></TEI>'.encode()
    assert html.document_fromstring(render(tei, "html")).get("dir") == way
    assert html.document_fromstring(render(tei, "html")).find(".//footer").get("dir") == "ltr"
    assert (b"dir: rtl" in render(tei, "typst")) == (way == "rtl")


CORPUS = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>
<TEI><teiHeader><fileDesc><titleStmt><title>First</title></titleStmt></fileDesc></teiHeader>
<text><body><p>one</p></body></text></TEI>
<TEI><teiHeader/><text><body><p>two</p></body></text></TEI></teiCorpus>"""


def test_a_corpus_is_one_page() -> None:
    seen = html.document_fromstring(render(CORPUS.encode(), "html")).find(".//main").text_content()
    assert "First" in seen
    assert seen.index("one") < seen.index("two")


FOREIGN = [
    "<graphic url='x.png'><desc>told</desc></graphic>",
    "<table><row><cell>a</cell><fw>told</fw></row></table>",
    "<table><row><cell>a</cell></row><fw>told</fw></table>",
    "<table><row><cell>a</cell></row><trailer>told</trailer></table>",
    "<table><row><cell>a</cell><m:x xmlns:m='urn:x'>told</m:x></row></table>",
    "<list><label>told</label><pb/><item>a</item></list>",
    "<choice><abbr>a</abbr><expan>b</expan><expan>told</expan></choice>",
    "<app><lem>a</lem><rdg>told</rdg></app>",
    "<m:math xmlns:m='urn:x'>told</m:math>",
    "<gap><desc>told</desc></gap>",
    "<odd><q><p>told</p></q></odd>",
    "<seg xml:id='a'>told</seg><seg xml:id='a'>again</seg>",
]


@pytest.mark.parametrize("words", FOREIGN)
def test_what_others_encode_is_never_lost(words: str) -> None:
    seen = html.document_fromstring(render(tei(words), "html"))
    assert seen.find(".//article").text_content().count("told") == 1
    assert len(seen.xpath("//@id")) == len(set(seen.xpath("//@id")))
    assert not seen.xpath("//span//*[self::div or self::p or self::section]")


@pytest.mark.parametrize("words", [words for words in FOREIGN if "<fw>" not in words])
def test_what_others_encode_is_never_lost_on_paper(words: str) -> None:
    pages = pypdf.PdfReader(io.BytesIO(render(tei(words), "pdf"))).pages
    assert "".join(page.extract_text() for page in pages).count("told") == 1


def test_pages_can_be_linked_to(sample: Path) -> None:
    pages = tree(sample).xpath("//t:text//*[self::t:pb or @unit='page']/@n", namespaces=NS)
    seen = [pb.text_content().split()[-1] for pb in page(sample).find_class("pb")]
    assert sorted(seen) == sorted(pages)


def test_languages_are_told(sample: Path) -> None:
    language = tree(sample).get("{http://www.w3.org/XML/1998/namespace}lang")
    assert page(sample).get("lang") == language
    for foreign in page(sample).find_class("foreign"):
        assert foreign.get("lang")


def test_the_citation_and_the_rights_are_told() -> None:
    about = page(PHENOMENA).xpath("//section[@class='about']")[0].text_content()
    cited = "Anna Östling: Allt på en gång (1901-02-03). Översättning: Nils Svan. Förlaget"
    assert cited in about
    assert "00ff" in about
    assert page(PHENOMENA).xpath("//dd/a[@href='https://example.org/by']/text()") == ["Text: CC BY"]


def test_headings_never_skip_a_level(sample: Path) -> None:
    levels = [int(h.tag[1]) for h in page(sample).xpath("//*[re:test(name(), '^h[1-6]$')]",
              namespaces={"re": "http://exslt.org/regular-expressions"})]  # fmt: skip
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", [p.stem for p in stylesheet("i18n").glob("*.xml")])
def test_every_language_says_everything(language: str) -> None:
    def keys(name: str) -> list[str]:
        return re.findall(r'key="([^"]+)"', stylesheet(f"i18n/{name}.xml").read_text("utf-8"))

    assert keys(language) == keys("en")
    assert rendered(PHENOMENA, "html") != b""
    page = html.document_fromstring(render(PHENOMENA, "html", {"interface-language": language}))
    assert page.xpath("//footer/@lang") == [language]


def test_every_word_of_the_interface_has_a_translation() -> None:
    modules = [
        *stylesheet("modules").glob("*.xsl"),
        stylesheet("html.xsl"),
        stylesheet("typst.xsl"),
    ]
    said = re.findall(r"f:say\('([a-z-]+)'[,)]", "".join(m.read_text("utf-8") for m in modules))
    known = re.findall(r'key="([^"]+)"', stylesheet("i18n/en.xml").read_text("utf-8"))
    assert set(said) <= set(known)


def test_the_same_bytes_twice(sample: Path) -> None:
    assert render(sample, "html", {"strict": True}) == rendered(sample, "html")


def test_nothing_hostile_becomes_markup() -> None:
    seen = page(HOSTILE)
    assert len(seen.xpath("//script")) == 2, "ours: the notes, and JSON-LD"
    assert not seen.xpath("//img | //@onclick | //@onerror | //iframe | //object")
    assert not seen.xpath("//@href[starts-with(., 'javascript')]")
    assert seen.findtext(".//title", "").endswith("</title><script>HOSTILE</script>")
    assert "<script>HOSTILE" in seen.find(".//article").text_content()


def test_the_page_needs_nothing_else(sample: Path) -> None:
    seen = page(sample)
    assert not seen.xpath("//@src | //link[not(@href='data:,')]")
    assert "url(" not in seen.findtext(".//style", "")
    assert "@import" not in seen.findtext(".//style", "")


def test_an_unknown_element_keeps_its_text_and_is_told_in_tests() -> None:
    strange = tei("before <strange>words</strange> after")
    assert 'data-element="strange">words</span> after' in render(strange, "html").decode()
    assert b'"words"' in render(strange, "typst")
    with pytest.raises(EncoderError, match="no module shows the element strange"):
        render(strange, "html", {"strict": True})


@pytest.mark.parametrize(
    ("bytes_", "message"),
    [
        (b"<TEI>", "not well-formed"),
        (b"", "not well-formed"),
        (b"<html/>", "not TEI"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + tei("&e;"), "the entity"),
        (b'<!DOCTYPE a [<!ENTITY e "ee">]>' + tei("&e;"), "the entity"),
    ],
)
def test_what_is_no_tei_is_told(bytes_: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        render(bytes_, "html")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read") as told:
        render(tmp_path / "none.xml", "html")
    assert told.value.exit_code == 3


def test_deep_and_wide_elements_are_no_trouble() -> None:
    deep = "<hi>" * 200 + "deep" + "</hi>" * 200
    wide = "<seg " + " ".join(f"a{i}='x'" for i in range(300)) + ">wide</seg>"
    assert "deep" in render(tei(deep + wide), "html").decode()


def test_a_stylesheet_that_runs_opens_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret/>", "utf-8")
    path = tmp_path / "curious.xsl"
    path.write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:template match="/"><xsl:sequence select="doc(string(.))"/></xsl:template>'
        "</xsl:stylesheet>",
        "utf-8",
    )
    monkeypatch.setattr("encoder.saxon.stylesheet", lambda _: path)
    with pytest.raises(EncoderError, match="prohibited"):
        transform("curious.xsl", f"<TEI>{secret.as_uri()}</TEI>")


def test_a_missing_engine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "saxonche", None)
    with pytest.raises(MissingError, match="not installed") as told:
        transform("absent.xsl", "<TEI/>")
    assert told.value.exit_code == 4


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "tint", "doubt-tint"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "link", "doubt"])
def test_colours_contrast_as_wcag_asks(scheme: int, ground: str, ink: str) -> None:
    css = stylesheet("css/edition.css").read_text("utf-8")
    colours = {name: re.findall(rf"--{name}: (#\w{{6}});", css)[scheme] for name in (ground, ink)}
    light, dark = sorted(map(luminance, colours.values()), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_line_end_between_words_parts_them_wherever_it_stands() -> None:
    words = "ash<lb/>elm<list><item>oak</item></list>fir<lb/>yew"
    said = collapse(html.document_fromstring(render(tei(words), "html")).text_content())
    assert "ash elm" in said
    assert "fir yew" in said


@pytest.mark.parametrize("to", ["html", "typst", "text", "epub"])
def test_a_file_is_read_the_same_whether_or_not_it_is_taken_apart(to: Format) -> None:
    tei = PHENOMENA.read_bytes()
    doctype = tei.replace(b"<TEI ", b"<!DOCTYPE TEI><TEI ", 1)
    utf_16 = tei.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert alone(tei)
    assert alone(doctype) is None
    assert alone(utf_16) is None
    assert render(tei, to) == render(doctype, to) == render(utf_16, to)


def test_utf_16_is_read_where_all_characters_are_of_ascii() -> None:
    assert render(tei("ash").decode().encode("utf-16"), "text") == render(tei("ash"), "text")


def test_what_is_nested_without_measure_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    deep = tei("<div>" * 400 + "<p>deep</p>" + "</div>" * 400)
    for to in ("html", "typst", "text"):
        with pytest.raises(InputError, match="nested too deeply"):
            render(deep, to)
    assert capfd.readouterr() == ("", "")


def test_what_is_read_from_the_right_says_so() -> None:
    seen = page(AWKWARD)
    assert seen.get("dir") == "ltr"
    assert seen.xpath("//*[@lang='ar' or @lang='he']/@dir") == ["rtl", "rtl"]
    assert seen.xpath("//*[@lang='grc']/@dir") == ["ltr"]
    arabic = tei("x").replace(b"<text>", b"<text xml:lang='az-Arab'>")
    assert html.document_fromstring(render(arabic, "html")).get("dir") == "rtl"


def test_a_heading_of_the_whole_text_is_its_title() -> None:
    seen = page(AWKWARD)
    assert [h.text_content() for h in seen.iter("h1")] == ["A heading with a note1"]
    assert seen.xpath("//article//h2")[0].text_content().startswith("Chapter the first")


def test_a_picture_of_a_page_is_no_word_of_the_text() -> None:
    assert "picture of the page" in page(AWKWARD).text_content()
    assert "picture of the page" not in rendered(AWKWARD, "text").decode()


def test_a_heading_in_verse_holds_words_alone() -> None:
    head = "<head><lg><l>First line</l><l>and second</l></lg></head>"
    tei = f'<TEI xmlns="{NS["t"]}"><text><body><div>{head}<p>x</p></div></body></text></TEI>'
    heading = html.document_fromstring(render(tei.encode(), "html")).find(".//article//h1")
    assert {one.tag for one in heading.iter()} == {"h1", "span"}
    assert "\nFirst line and second.\n" in render(tei.encode(), "text").decode()  # how to cite it


def test_the_works_of_a_list_stand_one_by_one() -> None:
    works = "<listBibl><bibl>One</bibl><bibl>Two</bibl></listBibl>"
    tei = f'<TEI xmlns="{NS["t"]}"><text><body><p>See: {works}</p></body></text></TEI>'.encode()
    seen = html.document_fromstring(render(tei, "html"))
    assert seen.xpath("//div[@class='listBibl']/div[@class='bibl']/text()") == ["One", "Two"]
    assert not seen.xpath("//p//div | //span//div")
    assert "See:\n\nOne\n\nTwo\n" in render(tei, "text").decode()
    assert b'work({\n"One"\n})\nwork({\n"Two"' in render(tei, "typst")
