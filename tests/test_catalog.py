"""Which schema: what a file names, through catalogs and the cache, and nothing else instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder import cache, fetch
from encoder.check import check_files
from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.validate import checked
from encoder.validate.catalog import Catalogs
from tests.web import Web

ADDRESS = "https://example.org/rng/my.rng"
GRAMMAR = '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'
RULES = (
    '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="a">'
    '<assert id="b" test="@b">no b</assert></rule></pattern></schema>'
)
TYPES = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    '<xs:element name="a"><xs:complexType/></xs:element></xs:schema>'
)
CATALOG = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"{}>{}</catalog>'
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def catalog(folder: Path, entries: str, name: str = "catalog.xml", base: str = "") -> Catalogs:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(CATALOG.format(f' xml:base="{base}"' if base else "", entries))
    return Catalogs((path,))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a schema."""
    path = tmp_path / "copies" / "my.rng"
    path.parent.mkdir()
    path.write_text(GRAMMAR)
    return path


# --- catalogs


@pytest.mark.parametrize(
    "entry",
    [
        f'<uri name="{ADDRESS}" uri="copies/my.rng"/>',
        f'<system systemId="{ADDRESS}" uri="copies/my.rng"/>',
        f'<group xml:base="copies/"><uri name="{ADDRESS}" uri="my.rng"/></group>',
        '<rewriteURI uriStartString="https://example.org/rng/" rewritePrefix="copies/"/>',
        '<rewriteSystem systemIdStartString="https://example.org/rng/" rewritePrefix="copies/"/>',
        '<uriSuffix uriSuffix="/my.rng" uri="copies/my.rng"/>',
        '<systemSuffix systemIdSuffix="my.rng" uri="copies/my.rng"/>',
        # the longest start and the longest end win, and an exact name over both
        '<rewriteURI uriStartString="https://" rewritePrefix="lost/"/>'
        '<rewriteURI uriStartString="https://example.org/rng/" rewritePrefix="copies/"/>',
        '<uriSuffix uriSuffix="g" uri="lost.rng"/>'
        '<uriSuffix uriSuffix="y.rng" uri="copies/my.rng"/>',
        f'<uriSuffix uriSuffix="g" uri="lost.rng"/><uri name="{ADDRESS}" uri="copies/my.rng"/>',
        f'<uri name="{ADDRESS}" uri="copies/my.rng"/><uri name="{ADDRESS}" uri="lost.rng"/>',
        # addresses before system identifiers
        f'<system systemId="{ADDRESS}" uri="x.rng"/><uri name="{ADDRESS}" uri="copies/my.rng"/>',
    ],
)
def test_an_entry_leads_to_the_copy(tmp_path: Path, copy: Path, entry: str) -> None:
    assert catalog(tmp_path, entry).find(ADDRESS) == copy


@pytest.mark.parametrize(
    "entry",
    [
        '<nextCatalog catalog="lost.xml"/><nextCatalog catalog="further/catalog.xml"/>',
        '<delegateURI uriStartString="https://ex" catalog="further/catalog.xml"/>',
        '<delegateSystem systemIdStartString="https://ex" catalog="further/catalog.xml"/>',
        '<nextCatalog catalog="catalog.xml"/><nextCatalog catalog="further/catalog.xml"/>',
    ],
)
def test_one_catalog_leads_to_another(tmp_path: Path, copy: Path, entry: str) -> None:
    further = f'<uri name="{ADDRESS}" uri="my.rng"/>'
    catalog(tmp_path, further, "further/catalog.xml", base="../copies/")
    assert catalog(tmp_path, entry).find(ADDRESS) == copy


def test_who_delegates_asks_nobody_else(tmp_path: Path, copy: Path) -> None:
    catalog(tmp_path, "", "further/catalog.xml")
    catalog(tmp_path, f'<uri name="{ADDRESS}" uri="{copy}"/>', "other.xml")
    entries = (
        '<delegateURI uriStartString="https://" catalog="further/catalog.xml"/>'
        '<nextCatalog catalog="other.xml"/>'
    )
    assert catalog(tmp_path, entries).find(ADDRESS) is None


def test_a_public_identifier_is_unwrapped(tmp_path: Path, copy: Path) -> None:
    entry = '<public publicId="-//EX//Schema My 1//EN" uri="copies/my.rng"/>'
    assert catalog(tmp_path, entry).find("urn:publicid:-:EX:Schema+My+1:EN") == copy


def test_a_catalog_that_is_no_xml_is_told_with_its_place_once(tmp_path: Path) -> None:
    path = tmp_path / "catalog.xml"
    path.write_text("<catalog>\n</a>")
    with pytest.raises(UsageError) as caught:
        Catalogs((path,)).find(ADDRESS)
    assert caught.value.place == f"{path}:2:5"
    assert "column" not in caught.value.message


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("<a", UsageError, "not well-formed"),
        ("<a/>", UsageError, "not a catalog"),
        (CATALOG.format("", f'<uri name="{ADDRESS}" uri="x.rng"/>'), MissingError, "no such file"),
    ],
)
def test_a_catalog_that_is_wrong(
    tmp_path: Path, text: str, error: type[EncoderError], message: str
) -> None:
    (tmp_path / "catalog.xml").write_text(text)
    with pytest.raises(error, match=message) as caught:
        Catalogs((tmp_path / "catalog.xml",)).find(ADDRESS)
    assert caught.value.hint


def test_a_catalog_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="cannot read the catalog"):
        Catalogs((tmp_path / "none.xml",)).find(ADDRESS)


@pytest.mark.usefixtures("copy")
def test_an_include_goes_through_the_catalog(tmp_path: Path) -> None:
    schema = tmp_path / "x.rng"
    schema.write_text(
        f'<externalRef xmlns="http://relaxng.org/ns/structure/1.0" href="{ADDRESS}"/>'.join(
            ('<choice xmlns="http://relaxng.org/ns/structure/1.0">', "</choice>")
        )
    )
    catalogs = catalog(tmp_path, f'<uri name="{ADDRESS}" uri="copies/my.rng"/>')
    assert checked(b"<a/>", [schema], name="x.xml", catalogs=catalogs)[0] == []
    with pytest.raises(MissingError, match=r"names https://example\.org/rng/my\.rng, which is not"):
        checked(b"<a/>", [schema], name="x.xml")


@pytest.mark.parametrize(
    "said", ['"catalog.xml"', f'{{"{ADDRESS}" = "copies/my.rng"}}', '"lost.xml"', "{ a = 1 }"]
)
def test_the_project_names_a_catalog(tmp_path: Path, copy: Path, said: str) -> None:
    catalog(tmp_path, f'<uri name="{ADDRESS}" uri="copies/my.rng"/>')
    (tmp_path / "edition.toml").write_text(f"format = 1\n[validate]\ncatalog = {said}\n")
    file = tmp_path / "tei" / "x.xml"
    file.parent.mkdir()
    file.write_text(f'<?xml-model href="{ADDRESS}"?><a/>')
    (result,) = check_files([file], workers=1)
    if "my.rng" in said or said == '"catalog.xml"':
        assert (result.findings, result.error) == ((), None)
        assert result.schemas == (str(copy),)
    else:
        assert isinstance(result.error, UsageError | MissingError)


# --- what a file names


def test_a_file_may_name_several(tmp_path: Path) -> None:
    (tmp_path / "g.rng").write_text(GRAMMAR)
    (tmp_path / "r.xml").write_text(RULES)
    (tmp_path / "t.xsd").write_text(TYPES)
    file = tmp_path / "x.xml"
    file.write_text(
        '<?xml-model href="g.rng"?>\n<?xml-model href="r.xml" type="application/xml" '
        'schematypens="http://purl.oclc.org/dsdl/schematron"?>\n'
        f'<a c="" {XSI} xsi:noNamespaceSchemaLocation="t.xsd"/>'
    )
    findings, used = checked(file.read_bytes(), name=str(file))
    assert {finding.code for finding in findings} == {
        "rng-attribute-unknown", "sch-b", "xsd-attribute-unknown",
    }  # fmt: skip
    assert [Path(each).name for each in used] == ["g.rng", "r.xml", "t.xsd"]


def test_the_language_is_seen_in_the_schema(tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text(RULES)
    assert [f.code for f in checked(b"<a/>", [tmp_path / "rules.txt"])[0]] == ["sch-b"]


@pytest.mark.parametrize(
    "location",
    ['xsi:schemaLocation="urn:a t.xsd urn:b u.xsd"', 'xsi:schemaLocation=" urn:a\nt.xsd"'],
)
def test_schema_location(tmp_path: Path, location: str) -> None:
    (tmp_path / "t.xsd").write_text(TYPES.replace("<xs:element", "<xs:element", 1))
    (tmp_path / "t.xsd").write_text(TYPES.replace(">", ' targetNamespace="urn:a">', 1))
    (tmp_path / "u.xsd").write_text(TYPES.replace(">", ' targetNamespace="urn:b">', 1))
    data = f'<a xmlns="urn:a" {XSI} {location} b=""/>'.encode()
    findings, used = checked(data, name=str(tmp_path / "x.xml"))
    assert [finding.code for finding in findings] == ["xsd-attribute-unknown"]
    assert used == [str(tmp_path / "t.xsd")]


def test_a_location_for_another_namespace_names_no_schema() -> None:
    data = f'<a {XSI} xsi:schemaLocation="urn:b u.xsd"/>'.encode()
    with pytest.raises(UsageError, match="names no schema"):
        checked(data, name="x.xml")


@pytest.mark.parametrize(
    "head",
    [
        '<?xml-model href="https://example.org/x?a=1&amp;b"?><a/>',
        f'<a {XSI} xsi:noNamespaceSchemaLocation="https://example.org/x?a=1&amp;b"/>',
    ],
)
def test_what_is_not_here_is_said_with_the_command(head: str) -> None:
    with pytest.raises(MissingError, match="not on this machine") as caught:
        checked(head.encode(), name="x.xml")
    assert "tei schema get https://example.org/x?a=1&b" in caught.value.hint


# --- the cache


def test_a_fetched_schema_is_used(web: Web) -> None:
    address = web.serve("my.rng", GRAMMAR)
    data = f'<?xml-model href="{address}"?><a b=""/>'.encode()
    with pytest.raises(MissingError):
        checked(data, name="x.xml")
    (entry,) = fetch.get(address)
    assert entry.path.read_text() == GRAMMAR
    findings, used = checked(data, name="x.xml")
    assert [finding.code for finding in findings] == ["rng-attribute-unknown"]
    assert used == [address]
    assert checked(b"<a/>", [address])[0] == []


@pytest.mark.parametrize(
    "href", ["sub/more%20of.rng", "/sub/more%20of.rng", "{}/sub/more%20of.rng"]
)
def test_what_it_includes_comes_along(web: Web, href: str) -> None:
    ref = f'<externalRef href="{href.format(web.root)}"/>'
    group = f'<choice xmlns="http://relaxng.org/ns/structure/1.0">{ref}</choice>'
    address = web.serve("deep/my.rng", group.replace('"sub', '"../sub'))
    web.serve("sub/more of.rng", GRAMMAR)
    assert len(fetch.get(address)) == 2
    assert checked(b"<a/>", [address])[0] == []


def test_so_does_what_an_xsd_includes(web: Web) -> None:
    include = '<xs:include schemaLocation="../b.xsd"/>'
    address = web.serve("a/a.xsd", TYPES.partition("<xs:element")[0] + include + "</xs:schema>")
    web.serve("b.xsd", TYPES)
    assert len(fetch.get(address)) == 2
    assert checked(b"<a/>", [address])[0] == []


def test_a_redirection_is_followed(web: Web) -> None:
    ref = '<externalRef href="part.rng"/>'
    web.serve("new/my.rng", f'<choice xmlns="http://relaxng.org/ns/structure/1.0">{ref}</choice>')
    web.serve("new/part.rng", GRAMMAR)
    address = web.redirect("old.rng", "new/my.rng")
    fetch.get(address)
    assert checked(b"<a/>", [address])[0] == []


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_a_redirection_out_of_the_web_is_not(web: Web, to: str) -> None:
    with pytest.raises(MissingError, match="cannot be fetched"):
        fetch.get(web.redirect("x.rng", to))


def test_a_schema_comes_whole_or_not_at_all(web: Web) -> None:
    ref = '<externalRef href="none.rng"/>'
    group = f'<choice xmlns="http://relaxng.org/ns/structure/1.0">{ref}</choice>'
    address = web.serve("my.rng", group)
    with pytest.raises(MissingError, match="404"):
        fetch.get(address)
    assert cache.find(address) is None


@pytest.mark.parametrize("text", ["<html><p>Not found</p></html>", "Moved", ""])
def test_a_page_is_no_schema(web: Web, text: str) -> None:
    with pytest.raises(InputError, match="no schema"):
        fetch.get(web.serve("x.rng", text))


def test_what_is_too_large_is_not_kept(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="larger than 10"):
        fetch.get(web.serve("x.rng", GRAMMAR))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "my.rng", "ftp://x/y", "https://"])
def test_only_the_web_is_fetched_from(address: str) -> None:
    with pytest.raises(UsageError, match="not an address"):
        fetch.get(address)


def test_a_copy_that_changed_is_not_used(web: Web) -> None:
    address = web.serve("x.rng", GRAMMAR)
    (entry,) = fetch.get(address)
    entry.path.write_text(GRAMMAR + "\n")
    with pytest.raises(MissingError, match="not what was fetched") as caught:
        checked(b"<a/>", [address])
    assert "tei schema get" in caught.value.hint
    fetch.get(address)
    assert checked(b"<a/>", [address])[0] == []


def test_a_pinned_schema_stays_what_it_was(web: Web) -> None:
    address = web.serve("x.rng", GRAMMAR)
    (entry,) = fetch.get(address)
    with pytest.raises(InputError, match="has the SHA-256"):
        fetch.get(address, "0" * 64)
    fetch.get(address, entry.sha256.upper())
    web.serve("x.rng", GRAMMAR + "\n")
    with pytest.raises(InputError, match=f"not {entry.sha256}"):
        fetch.get(address)
    assert cache.find(address) == entry._replace(pinned=True)


def test_a_checksum_is_64_digits() -> None:
    with pytest.raises(UsageError, match="64"):
        fetch.get("https://example.org", "abc")


@pytest.mark.parametrize(
    "path", ["../../x", "a/%2e%2e/%2E%2E/%2e%2e/x", "..%2f..%2fx", "a\\..\\x", "", "a/", "?q=../x"]
)
def test_nothing_is_kept_outside_the_cache(path: str) -> None:
    place = cache.place(f"https://example.org/{path}").resolve()
    assert place.is_relative_to(cache.folder().resolve() / "schemas" / "https")


def test_a_damaged_cache_is_told(web: Web) -> None:
    address = web.serve("x.rng", GRAMMAR)
    fetch.get(address)
    cache.about(cache.place(address)).write_text("{")
    with pytest.raises(MissingError, match="damaged"):
        cache.find(address)
