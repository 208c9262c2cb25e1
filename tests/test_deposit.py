"""A deposit is whole, described alike everywhere, the same twice, and judged without mercy."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rocrate.rocrate import ROCrate

from encoder import parallel, project
from encoder.build import build
from encoder.cmif import cmif
from encoder.deposit import bag, deposit
from encoder.deposit.bag import is_safe, safe
from encoder.deposit.check import judge
from encoder.deposit.opened import opened
from encoder.deposit.policy import Policy, read_policy
from encoder.errors import EncoderError, InputError, MissingError, UsageError
from encoder.metadata import Metadata
from tests.letter import ROOT as LETTER

TEI = "{http://www.tei-c.org/ns/1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
DATACITE = "{http://datacite.org/schema/kernel-4}"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SOURCE = (
    "(4 March 1911)\n\nDear friends,\n\nThe harbour has frozen. I wrote so to Alm.\n\nAnna Holm\n"
)
PERSONS = """\
<listPerson xmlns="http://www.tei-c.org/ns/1.0">
<person xml:id="holm"><persName><forename>Anna</forename> <surname>Holm</surname></persName>
<idno type="GND">000000000</idno></person>
</listPerson>
"""
EDITION = f"""\
format = 1
[edition]
title = "Letters <on> ice & “snow”"
author = "Anna Holm"
author_ref = "holm"
translator = "Bo Ek; Cid Å"
editor = "Dan Ö"
encoder = "Eva Ü"
recipient = "Alm"
language = "en"
date = "1911-03-04"
publisher = "The Ice Press"
pub_date = "2026-02-03"
encoded = "2026-02-03"
licence_text = "{LICENCE}"
licence_metadata = "{LICENCE}"
project = "Letters about a winter."
[site]
url = "https://example.org/ice"
"""


def silent(_line: str) -> None:
    """Say nothing of the steps."""


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project of two texts, one of them with a name no archive would keep."""
    root = tmp_path_factory.mktemp("letters")
    (root / "sources" / "år").mkdir(parents=True)
    (root / "sources" / "one.txt").write_text(SOURCE, "utf-8")
    (root / "sources" / "år" / "två & tre.txt").write_text(SOURCE * 2, "utf-8")
    (root / "edition.toml").write_text(EDITION, "utf-8")
    (root / "persons.xml").write_text(PERSONS, "utf-8")
    build(project.load(root), silent)
    return root


@pytest.fixture(scope="module")
def packed(letters: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deposit of that project."""
    out = tmp_path_factory.mktemp("deposit") / "bag"
    deposit(project.load(letters), out, say=silent)
    return out


@pytest.fixture
def copied(packed: Path, tmp_path: Path) -> Path:
    """A copy of the deposit, for tests that harm it."""
    return Path(shutil.copytree(packed, tmp_path / "bag"))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def sealed(folder: Path, payload: dict[str, bytes]) -> Path:
    """Write a bag of a payload."""
    sums = {name: bag.sums(data) for name, data in payload.items()}
    held = {f"data/{name}": data for name, data in payload.items()}
    for name, data in {**held, **bag.tags(sums, [], "2026-02-03")}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def resealed(folder: Path) -> Path:
    """Write the manifests anew, as somebody who meant the change would."""
    held = {n[5:]: d for n, d in contents(folder).items() if n.startswith("data/")}
    shutil.rmtree(folder)
    return sealed(folder, held)


def codes(folder: Path, policy: Policy | None = None) -> set[str]:
    """Return the codes of the errors that a judgement rests on."""
    answers = judge(folder, policy or Policy()).answers
    found = (finding for one in answers for finding in one.findings)
    return {finding.code for finding in found if finding.severity == "error"}


def test_the_bag_is_whole_by_the_library_of_congress(packed: Path) -> None:
    bagit.Bag(str(packed)).validate()


def test_the_crate_is_read_by_its_own_library_and_names_every_file(packed: Path) -> None:
    crate = ROCrate(str(packed / "data"))
    described = {entity.id for entity in crate.data_entities}
    files = set(contents(packed / "data")) - {"ro-crate-metadata.json"}
    assert files <= described
    assert crate.root_dataset["license"]
    assert crate.root_dataset["datePublished"]


def test_what_an_archive_asks_for_is_there(packed: Path) -> None:
    held = contents(packed / "data")
    wanted = {
        "source/one.txt", "source/ar/tva_tre.txt", "tei/one.xml", "tei/ar/tva_tre.xml",
        "schema/edition.rng", "schema/edition.sch", "schema/edition.odd", "schema/edition.xsd",
        "editions/one.html", "editions/one.pdf", "editions/one.epub",
        "metadata/datacite.xml", "metadata/dublin-core.xml",
        "metadata/cmif.xml", "reports/validation.json", "reports/validation.sarif",
        "reports/validation.html", "reports/lossless.json", "provenance/edition.toml",
        "provenance/persons.xml", "provenance/versions.json", "README.md", "LICENSE",
        "CITATION.cff", ".zenodo.json", "ro-crate-metadata.json",
    }  # fmt: skip
    assert wanted <= set(held)
    assert all(map(is_safe, held))
    assert held["source/one.txt"] == SOURCE.encode()


def test_the_name_a_file_had_is_kept_in_the_crate(packed: Path) -> None:
    graph = json.loads((packed / "data/ro-crate-metadata.json").read_bytes())["@graph"]
    (entity,) = (one for one in graph if one["@id"] == "source/ar/tva_tre.txt")
    assert entity["alternateName"] == "två & tre.txt"


def by_datacite(data: Path) -> dict[str, set[str]]:
    root = etree.parse(data / "metadata/datacite.xml").getroot()
    found = {"author": {one.text or "" for one in root.iter(f"{DATACITE}creatorName")}}
    kinds = {"Translator": "translator", "Editor": "editor", "DataCurator": "encoder"}
    for one in root.iter(f"{DATACITE}contributor"):
        role = kinds[one.get("contributorType", "")]
        found.setdefault(role, set()).add(one.findtext(f"{DATACITE}contributorName") or "")
    return found


def by_dublin_core(data: Path) -> dict[str, set[str]]:
    root = etree.parse(data / "metadata/dublin-core.xml").getroot()
    found = {"author": {one.text or "" for one in root.iter(f"{DC}creator")}}
    for one in root.iter(f"{DC}contributor"):
        name, _, role = (one.text or "").rstrip(")").rpartition(" (")
        found.setdefault(role, set()).add(name)
    return found


def by_crate(data: Path) -> dict[str, set[str]]:
    graph = json.loads((data / "ro-crate-metadata.json").read_bytes())["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    roles = {role: role for role in ("author", "translator", "editor")} | {"contributor": "encoder"}
    return {
        role: {entities[one["@id"]]["name"] for one in entities["./"][key]}
        for key, role in roles.items()
    }


def by_citation(data: Path) -> dict[str, set[str]]:
    """Read the notes, which name every role, and see that the list of authors agrees."""
    text = (data / "CITATION.cff").read_text("utf-8")
    assert '- family-names: "Holm"\n    given-names: "Anna"' in text
    return by_roles(json.loads(re.findall(r"  notes: (.*)", text)[0]))


def by_zenodo(data: Path) -> dict[str, set[str]]:
    said = json.loads((data / ".zenodo.json").read_bytes())
    kinds = {"Other": "translator", "Editor": "editor", "DataCurator": "encoder"}
    found = {"author": {one["name"] for one in said["creators"]}}
    for one in said["contributors"]:
        found.setdefault(kinds[one["type"]], set()).add(one["name"])
    return found


def by_readme(data: Path) -> dict[str, set[str]]:
    lines = (data / "README.md").read_text("utf-8").splitlines()
    pairs = (line[2:].split(": ", 1) for line in lines if line.startswith("- ") and ": " in line)
    roles = ("author", "translator", "editor", "encoder")
    return {k.lower(): set(v.split("; ")) for k, v in pairs if k.lower() in roles}


def by_roles(text: str) -> dict[str, set[str]]:
    found = re.findall(r"(Author|Translator|Editor|Encoder): ([^.]+)\.", text)
    return {role.lower(): set(names.split("; ")) for role, names in found}


def by_tei(data: Path) -> dict[str, set[str]]:
    stmt = etree.parse(data / "tei/one.xml").getroot().find(f".//{TEI}titleStmt")
    assert stmt is not None
    persons = {"author": "author", "translator": "editor[1]", "editor": "editor[2]"}
    names = {role: stmt.iterfind(f"{TEI}{who}/{TEI}persName") for role, who in persons.items()}
    encoding = (one for one in stmt.iter(f"{TEI}respStmt") if one[0].text == "encoding")
    names["encoder"] = (name for one in encoding for name in one.iter(f"{TEI}name"))
    return {role: {one.text or "" for one in found} for role, found in names.items()}


@pytest.mark.parametrize(
    "read",
    [by_datacite, by_dublin_core, by_crate, by_citation, by_zenodo, by_readme, by_tei],
    ids=lambda read: read.__name__,
)
def test_everyone_is_told_apart_alike(
    packed: Path, read: Callable[[Path], dict[str, set[str]]]
) -> None:
    found = {
        role: {" ".join(reversed(name.split(", "))) for name in names}
        for role, names in read(packed / "data").items()
    }
    assert found == {
        "author": {"Anna Holm"},
        "translator": {"Bo Ek", "Cid Å"},
        "editor": {"Dan Ö"},
        "encoder": {"Eva Ü"},
    }


def test_without_a_doi_none_is_invented(packed: Path) -> None:
    root = etree.parse(packed / "data/metadata/datacite.xml").getroot()
    assert root.findtext(f"{DATACITE}identifier") == "(:tba)"
    assert root.findtext(f"{DATACITE}publicationYear") == "2026"


def test_rights_that_are_not_known_are_said_to_be(packed: Path) -> None:
    licence = (packed / "data/LICENSE").read_text("utf-8")
    assert f"Text: {LICENCE}" in licence
    assert "Nothing is known of the rights in: translation, encoding." in licence


@pytest.mark.parametrize("zipped", [False, True])
def test_two_builds_are_the_same_bytes(letters: Path, tmp_path: Path, zipped: bool) -> None:
    made = []
    for name in ("a", "b"):
        copy = Path(shutil.copytree(letters, tmp_path / name / "project"))
        deposit(project.load(copy), tmp_path / name / "out" / "bag", zipped=zipped, say=silent)
        made.append(contents(tmp_path / name / "out"))
    assert made[0] == made[1]


def test_the_clock_and_the_locale_do_not_show(letters: Path, tmp_path: Path) -> None:
    out = []
    for name, zone in (("a", "UTC"), ("b", "Asia/Tokyo")):
        seed = {"PYTHONHASHSEED": "7" if name == "a" else "8", "TZ": zone, "LC_ALL": "C"}
        place = tmp_path / name / "bag.zip"
        command = [sys.executable, "-m", "encoder", "deposit", letters, "--zip", "-o", place]
        done = list(map(str, command))
        subprocess.run(done, check=True, env=os.environ | seed, capture_output=True)
        out.append(place.read_bytes())
    assert out[0] == out[1]


def test_who_makes_the_editions_does_not_show(letters: Path, packed: Path, tmp_path: Path) -> None:
    with parallel.processes(2, batch=1) as crew:
        deposit(project.load(letters), tmp_path / "bag", say=silent, crew=crew)
    assert contents(tmp_path / "bag") == contents(packed)


def of_a_pdf(tmp_path: Path) -> Path:
    """Make a project of a PDF, and its deposit."""
    (tmp_path / "in/sources").mkdir(parents=True)
    (tmp_path / "in/sources/one.pdf").write_bytes(typst.compile(b"Words of a letter."))
    (tmp_path / "in/edition.toml").write_text(EDITION, "utf-8")
    (tmp_path / "in/persons.xml").write_text(PERSONS, "utf-8")
    build(project.load(tmp_path / "in"), silent)
    deposit(project.load(tmp_path / "in"), tmp_path / "bag", say=silent)
    return tmp_path / "bag"


def test_each_file_that_is_rendered_is_said(letters: Path, packed: Path, tmp_path: Path) -> None:
    said: list[str] = []
    deposit(project.load(letters), tmp_path / "bag", say=said.append)
    files = [path for path in (packed / "data" / "editions").rglob("*") if path.is_file()]
    made = {f"rendered: {path.relative_to(packed / 'data').as_posix()}" for path in files}
    assert len(made) > 4
    assert made == {line for line in said if line.startswith("rendered")}


def test_a_pdf_is_kept_beside_the_text_made_of_it(tmp_path: Path) -> None:
    place = of_a_pdf(tmp_path)
    held = contents(place / "data/source")
    assert sorted(held) == ["one.pdf", "one.txt"]
    assert held["one.pdf"] == (tmp_path / "in/sources/one.pdf").read_bytes()
    assert judge(place, Policy()).accepted


def test_a_pdf_left_out_is_told(tmp_path: Path) -> None:
    place = of_a_pdf(tmp_path)
    (place / "data/source/one.pdf").unlink()
    answers = judge(resealed(place), Policy()).answers
    found = {finding.code for one in answers for finding in one.findings}
    assert "deposit-no-original" in found


def test_what_a_project_has_of_its_own_is_shown_and_kept(letters: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(letters, tmp_path / "copy"))
    (copy / "edition.toml").write_text(f"{EDITION}css = 'own.css'\n", "utf-8")
    (copy / "own.css").write_text("h1 { color: teal }", "utf-8")
    deposit(project.load(copy), tmp_path / "bag", say=silent)
    held = contents(tmp_path / "bag/data")
    assert b"color: teal" in held["editions/one.html"]
    assert held["provenance/own.css"] == b"h1 { color: teal }"


def test_names_that_some_systems_take_for_one_are_refused(letters: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(letters, tmp_path / "copy"))
    (copy / "sources/ONE.txt").write_text(SOURCE, "utf-8")
    build(project.load(copy), silent)
    with pytest.raises(UsageError, match=r"would both be called 'source/(ONE|one)\.txt'"):
        deposit(project.load(copy), tmp_path / "bag", say=silent)
    assert not list(tmp_path.glob("*bag*"))


def test_what_a_killed_run_left_is_taken_away(letters: Path, packed: Path, tmp_path: Path) -> None:
    (tmp_path / ".bag.part/data").mkdir(parents=True)
    (tmp_path / ".bag.part/data/half.txt").write_bytes(b"ha")
    deposit(project.load(letters), tmp_path / "bag", say=silent)
    assert contents(tmp_path) == {f"bag/{k}": v for k, v in contents(packed).items()}


def test_nothing_is_written_over(letters: Path, packed: Path) -> None:
    with pytest.raises(UsageError, match="never written over"):
        deposit(project.load(letters), packed, say=silent)


def harmed(letters: Path, tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the project, one of its TEI files edited."""
    copy = Path(shutil.copytree(letters, tmp_path / "harmed"))
    text = (copy / "one.xml").read_text("utf-8")
    assert old in text
    (copy / "one.xml").write_text(text.replace(old, new, 1), "utf-8")
    return copy


@pytest.mark.parametrize(
    ("old", "new"),
    [("has frozen", "is frozen"), ("<p>The", "<p><bogus/>The"), ("<p>The", "<p The")],
    ids=["loses a word", "invalid", "no XML"],
)
def test_what_is_invalid_or_loses_words_is_refused_or_recorded(
    letters: Path, tmp_path: Path, old: str, new: str
) -> None:
    copy = harmed(letters, tmp_path, old, new)
    found = deposit(project.load(copy), tmp_path / "bag", say=silent)
    assert any(finding.severity == "error" for finding in found)
    assert not (tmp_path / "bag").exists()
    deposit(project.load(copy), tmp_path / "bag", allow_invalid=True, say=silent)
    reports = tmp_path / "bag/data/reports"
    valid = json.loads((reports / "validation.json").read_bytes())["summary"]["error"] == 0
    texts = json.loads((reports / "lossless.json").read_bytes())["texts"]
    (one,) = (text for text in texts if text["tei"] == "tei/one.xml")
    assert not (valid and one["lossless"])
    assert "Not all of it was so" in (tmp_path / "bag/data/README.md").read_text("utf-8")
    assert not judge(tmp_path / "bag", Policy()).accepted


def test_a_text_without_tei_is_told(letters: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(letters, tmp_path / "copy"))
    (copy / "one.xml").unlink()
    with pytest.raises(UsageError, match="no TEI yet"):
        deposit(project.load(copy), tmp_path / "bag", say=silent)


def test_an_edition_without_a_date_is_asked_for_one(
    letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    copy = Path(shutil.copytree(letters, tmp_path / "copy"))
    text = (copy / "edition.toml").read_text("utf-8")
    undated = re.sub(r"(?m)^(pub_date|encoded) = .*\n", "", text)
    (copy / "edition.toml").write_text(undated, "utf-8")
    with pytest.raises(UsageError, match="nothing says when"):
        deposit(project.load(copy), tmp_path / "bag", say=silent)


def test_our_own_deposit_is_accepted_as_folder_and_as_zip(
    letters: Path, packed: Path, tmp_path: Path
) -> None:
    deposit(project.load(letters), tmp_path / "bag", zipped=True, say=silent)
    for place in (packed, tmp_path / "bag.zip"):
        judgement = judge(place, Policy())
        assert judgement.accepted, judgement.text()
        assert {one.question: one.answer for one in judgement.answers}[
            "Is nothing lost of the sources"
        ] == "yes"


def test_a_changed_byte_is_seen(copied: Path) -> None:
    (copied / "data/source/one.txt").write_bytes(b"other")
    assert "deposit-checksum" in codes(copied)


def test_a_missing_and_an_added_file_are_seen(copied: Path) -> None:
    (copied / "data/README.md").unlink()
    (copied / "data/more.txt").write_bytes(b"")
    assert codes(copied) == {"deposit-checksum"}


def test_words_changed_with_new_checksums_are_seen(copied: Path) -> None:
    path = copied / "data/tei/one.xml"
    path.write_bytes(path.read_bytes().replace(b"has frozen", b"is frozen"))
    assert codes(resealed(copied)) == {"verify-differs"}


def test_a_source_left_out_is_seen(copied: Path) -> None:
    (copied / "data/source/one.txt").unlink()
    assert codes(resealed(copied)) == {"deposit-no-source"}


def test_a_dangling_pointer_is_seen(copied: Path) -> None:
    path = copied / "data/tei/one.xml"
    path.write_bytes(path.read_bytes().replace(b'who="#tei-encoder"', b'who="#nobody"'))
    assert "ref-dangling" in codes(resealed(copied))


def test_a_link_is_refused(copied: Path) -> None:
    (copied / "data/passwd").symlink_to("/etc/passwd")
    assert codes(copied) == {"deposit-link"}


def test_what_is_no_bag_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path) == {"deposit-no-bag"}


def test_what_is_not_there_is_not_judged(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing is here"):
        judge(tmp_path / "gone", Policy())


def foreign(tmp_path: Path, **files: bytes) -> Path:
    """Return a bag that owes us nothing."""
    return sealed(tmp_path / "foreign", {n.replace("_", "."): d for n, d in files.items()})


def test_a_bag_of_something_else_is_judged_by_what_applies(tmp_path: Path) -> None:
    judgement = judge(foreign(tmp_path, note_txt=b"words"), Policy())
    assert judgement.accepted
    answers = {one.question: one.answer for one in judgement.answers}
    assert (
        answers["Is the TEI valid"] == answers["Is nothing lost of the sources"] == "not applicable"
    )


@pytest.mark.parametrize(
    ("name", "mode"),
    [("../out.txt", 0o100644), ("/abs.txt", 0o100644), ("bag/l", stat.S_IFLNK | 0o777)],
)
def test_a_zip_that_reaches_out_is_not_unpacked(tmp_path: Path, name: str, mode: int) -> None:
    place = tmp_path / "evil.zip"
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(InputError), opened(place):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evil.zip"]


POLICY = """\
schemas = []
licences = ["https://creativecommons.org/licenses/by/4.0"]
[severity]
verify-differs = "warning"
[[test]]
xpath = "//tei:publisher = 'The Ice Press'"
message = "The Ice Press must be the publisher."
[[test]]
xpath = "count(//tei:p) lt 2"
message = "One paragraph is enough."
severity = "warning"
"""


def policy(tmp_path: Path, text: str) -> Policy:
    (tmp_path / "acceptance.toml").write_text(text, "utf-8")
    return read_policy(tmp_path / "acceptance.toml")


def test_a_policy_is_asked_of_each_document(packed: Path, tmp_path: Path) -> None:
    judgement = judge(packed, policy(tmp_path, POLICY))
    found = {(f.code, f.file) for one in judgement.answers for f in one.findings}
    assert ("sch-policy-2", "data/tei/ar/tva_tre.xml") in found
    assert not any(code == "sch-policy-1" and "/tei/" in file for code, file in found)


def test_a_licence_that_is_not_accepted_refuses(packed: Path, tmp_path: Path) -> None:
    other = 'licences = ["https://example.org/other"]\n'
    assert codes(packed, policy(tmp_path, other)) == {"deposit-licence"}


def test_a_policy_grades_findings(copied: Path, tmp_path: Path) -> None:
    path = copied / "data/tei/one.xml"
    path.write_bytes(path.read_bytes().replace(b"has frozen", b"is frozen"))
    lenient = policy(tmp_path, '[severity]\nverify-differs = "warning"\n')
    assert judge(resealed(copied), lenient).accepted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("licence = []", "did you mean 'licences'"),
        ("licences = 1", "expected a list"),
        ('schemas = ["no.rng"]', "there is no schema"),
        ('[severity]\nx = "bad"', "expected codes"),
        ('[[test]]\nxpath = "1"', "an xpath and a message"),
        ('[[test]]\nxpat = "1"', "did you mean 'xpath'"),
        ("= 1", "not TOML"),
    ],
)
def test_a_wrong_policy_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        policy(tmp_path, text)
    assert told in str(caught.value)


def test_the_command_answers_with_its_exit_code(packed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "encoder", "deposit", "--check", "--format", "json"]
    done = subprocess.run([*command, str(packed)], capture_output=True, text=True)
    assert done.returncode == 0
    assert json.loads(done.stdout)["accepted"] is True
    assert subprocess.run([*command, str(tmp_path)], capture_output=True).returncode == 1
    assert subprocess.run([*command, str(tmp_path / "no")], capture_output=True).returncode == 3


def test_the_letter_is_the_same_bag_from_two_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        ignored = shutil.ignore_patterns("build", ".tei")
        copy = Path(shutil.copytree(LETTER, tmp_path / name / "tei", ignore=ignored))
        deposit(project.load(copy), tmp_path / name / "bag", say=silent)
    assert contents(tmp_path / "a/bag") == contents(tmp_path / "b/bag")
    assert judge(tmp_path / "a/bag", Policy()).accepted


@given(st.text(min_size=1))
def test_any_name_becomes_one_an_archive_keeps(name: str) -> None:
    assert is_safe(safe(f"source/{name}")) or safe(f"source/{name}") in ("/", "")


def test_cmif_names_only_what_others_know(packed: Path) -> None:
    root = etree.parse(packed / "data/metadata/cmif.xml").getroot()
    bibl = root.find(f".//{TEI}bibl")
    described = root.findall(f".//{TEI}correspDesc")
    assert bibl is not None
    assert [one.get("ref") for one in described] == [
        "https://example.org/ice/one.html",
        "https://example.org/ice/ar/tva_tre.html",
    ]
    ident = bibl.get("{http://www.w3.org/XML/1998/namespace}id", "")
    assert re.fullmatch(r"uuid-[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-.*", ident)
    assert {one.get("source") for one in described} == {f"#{ident}"}
    names = root.findall(f".//{TEI}correspAction[@type='sent']/{TEI}persName")
    assert {(one.text, one.get("ref")) for one in names} == {
        ("Anna Holm", "https://d-nb.info/gnd/000000000")
    }
    assert {one.get("when") for one in root.iter(f"{TEI}date")} == {"2026-02-03", "1911-03-04"}
    assert not any("#" in one.get("ref", "") for one in root.iter())


def test_cmif_wants_an_address_and_a_licence() -> None:
    tei = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><correspDesc/></TEI>'
    assert cmif(Metadata(site_url="https://example.org"), [("a.xml", tei)]).tei == b""
    assert cmif(Metadata(licence_metadata=LICENCE), [("a.xml", tei)]).tei == b""


def test_a_letter_that_lacks_something_is_a_finding() -> None:
    tei = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><correspDesc>
    <correspAction type="sent"><persName ref="#x">unknown</persName>
    <date when="1911-03-04T10:00"/></correspAction>
    <correspAction type="received"><persName cert="low">Alm</persName></correspAction>
    </correspDesc></TEI>"""
    said = Metadata(site_url="https://example.org/", licence_metadata="CC0")
    index = cmif(said, [("tei/a.xml", tei)])
    assert [finding.code for finding in index.findings] == [
        "cmif-licence",
        *["cmif-incomplete"] * 3,
    ]
    assert b"<persName>Unknown</persName>" in index.tei
    assert b'<persName cert="low">Alm</persName>' in index.tei


@pytest.mark.parametrize(
    "said",
    [
        "",
        '<correspAction type="sent"><persName>Anna Holm</persName></correspAction>',
        '<correspAction type="received"><placeName>Riga</placeName></correspAction>',
        '<correspAction type="sent"><date when="1911"/></correspAction>',
        '<correspAction type="forwarded"><persName>Alm</persName></correspAction>',
    ],
)
def test_a_letter_is_always_sent_and_received(said: str) -> None:
    """So the format's own Schematron asks (E0001, E0002)."""
    tei = f'<TEI xmlns="{TEI[1:-1]}"><correspDesc>{said}</correspDesc></TEI>'.encode()
    known = Metadata(site_url="https://example.org/", licence_metadata=LICENCE)
    index = cmif(known, [("tei/a.xml", tei)])
    actions = list(etree.fromstring(index.tei).iter(f"{TEI}correspAction"))
    assert [one.get("type") for one in actions] == ["sent", "received"]
    assert all(one.find(f"{TEI}persName") is not None for one in actions)
    assert any("nobody is named" in finding.message for finding in index.findings)


def bagged(tmp_path: Path, algorithms: list[str]) -> Path:
    """Let the Library of Congress's own library make a bag of a TEI file and its source."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "note.txt").write_text("words")
    bagit.make_bag(str(folder), checksums=algorithms)
    return folder


@pytest.mark.parametrize("algorithms", [["md5"], ["sha256"], ["sha1", "sha512"]])
def test_a_bag_that_others_made_is_judged(tmp_path: Path, algorithms: list[str]) -> None:
    assert judge(bagged(tmp_path, algorithms), Policy()).accepted


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "bagit.txt", "data/tei/one.xml"])
def test_what_is_missing_is_seen(copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert not judge(copied, Policy()).accepted


def test_a_bag_without_manifests_is_refused(copied: Path) -> None:
    for path in copied.glob("*manifest-*"):
        path.unlink()
    assert codes(copied) == {"deposit-checksum"}


@pytest.mark.parametrize("offset", [0, 0.3, 0.7, 0.999])
def test_any_flipped_byte_is_seen(copied: Path, offset: float) -> None:
    for path in [*sorted(copied.glob("data/*/*"))[::7], copied / "bag-info.txt"]:
        before = path.read_bytes() if path.is_file() else b""
        if before:
            place = int(offset * len(before))
            path.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
            assert "deposit-checksum" in codes(copied), path
            path.write_bytes(before)
    assert judge(copied, Policy()).accepted


def test_invalid_tei_is_refused(copied: Path) -> None:
    path = copied / "data/tei/one.xml"
    path.write_bytes(path.read_bytes().replace(b"<body>", b"<body><bogus/>"))
    answers = {one.question: one.answer for one in judge(resealed(copied), Policy()).answers}
    assert answers["Is the TEI valid"] == "no"


ZEROS = bytes(2_000_000)


@pytest.fixture
def bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small zip of a large file, larger than is unpacked."""
    monkeypatch.setattr("encoder.deposit.opened.LARGEST", len(ZEROS) // 2)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bag/data/zeros", ZEROS)
    return tmp_path / "bomb.zip"


def test_a_zip_that_unpacks_without_end_is_not_unpacked(bomb: Path) -> None:
    with pytest.raises(InputError, match="would unpack to"), opened(bomb):
        pass


def test_a_zip_that_lies_of_its_size_is_not_unpacked(bomb: Path) -> None:
    size = len(ZEROS).to_bytes(4, "little")
    bomb.write_bytes(bomb.read_bytes().replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(InputError), opened(bomb):
        pass
    assert [path.name for path in bomb.parent.iterdir()] == ["bomb.zip"]


def test_what_cannot_be_judged_has_no_answer(copied: Path) -> None:
    path = copied / "data/tei/one.xml"
    told = path.read_bytes().replace(b"../schema/edition.rng", b"https://example.org/no.rng")
    assert told != path.read_bytes()
    path.write_bytes(told)
    with pytest.raises(MissingError):
        judge(resealed(copied), Policy())


def test_an_error_is_never_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "bag.zip").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(EncoderError):
        judge(tmp_path / "bag.zip", Policy())
