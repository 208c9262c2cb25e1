"""What is said of a text is text in every format: markup in it stays words."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml
from lxml import etree, html

from encoder import project
from encoder.build import build
from encoder.deposit import deposit
from encoder.keys import keys
from encoder.metadata import Metadata
from encoder.render.printing import Sheet
from tests.running import tei
from tests.typst_calls import read

# In each format the marker would become more than words, if what is around it were not escaped.
MARKUP = (
    # HTML and XML, Typst, JSON, YAML, BibTeX, Markdown and templates
    '"><hostile x="\'></title></style></script><hostile onclick="hostile()">]]><hostile/>&hostile; '
    '") #hostile() "] \\") \\u{22}#hostile() /* `hostile` $hostile$ */ '
    '", "hostile": "x", \\", '
    "': &hostile !!hostile *hostile {hostile: x} [hostile] # hostile | > - ? % @hostile "
    "} , hostile = {x} \\hostile{} "
    "{{hostile}} ${hostile} {% hostile %} ]() [hostile](javascript:hostile) --> <!-- hostile"
)
SOURCE = f"{MARKUP}\n\nDear Anna,\n\nThe harbour has frozen. {MARKUP}\n\nAnna Holm\n"
REAL = {
    "date": "1911-05-03", "pub_date": "2026-02-03", "encoded": "2026-02-03", "language": "en",
    "site_url": "https://example.org/ice",
}  # fmt: skip
FREE = {"text", "names", "licence"}
PERSONS = f"""<listPerson xmlns="http://www.tei-c.org/ns/1.0"><person xml:id="holm">
<persName>Anna Holm</persName><persName>{escape(MARKUP)}</persName>
<note>{escape(MARKUP)}</note></person></listPerson>"""
TABLE = re.compile(r"(?:TY|[A-Z][A-Z0-9])  - ")


def edition_toml() -> str:
    """Return a project whose every key that takes words takes markup."""
    said = dict[str, dict[str, str]]()
    for key in keys(Metadata, Sheet):
        name = key.fields[0][1]
        if name in REAL:
            said.setdefault(key.table, {})[key.name] = REAL[name]
        elif key.name != "font" and key.form in FREE and key.kind is str and not key.choices:
            said.setdefault(key.table, {})[key.name] = MARKUP
    said.setdefault("site", {})["name"] = MARKUP
    lines = ["format = 1"]
    for table, entries in said.items():
        lines += [f"[{table}]", *(f"{name} = {json.dumps(it)}" for name, it in entries.items())]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that is made of an edition whose metadata are markup."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "sources").mkdir()
    for name in ("one", "two"):
        (root / "sources" / f"{name}.txt").write_text(SOURCE, "utf-8")
    (root / "edition.toml").write_text(edition_toml(), "utf-8")
    (root / "persons.xml").write_text(PERSONS, "utf-8")
    built = build(project.load(root), lambda _: None)
    assert [each for each in built.findings if each.severity == "error"] == []
    deposit(project.load(root), root / "bag", say=lambda _: None)
    return root


def files(made: Path, *endings: str) -> list[Path]:
    found = sorted(path for path in made.rglob("*") if path.name.endswith(endings))
    assert found
    return found


def test_every_key_that_takes_words_is_tried() -> None:
    assert edition_toml().count("</script>") > 25


def test_html_has_no_element_of_the_metadata(made: Path) -> None:
    for path in files(made, ".html"):
        page = html.document_fromstring(path.read_bytes())
        assert not page.xpath("//hostile | //*[@onclick] | //*[@hostile]"), path
        assert not page.xpath("//@href[starts-with(., 'javascript')]"), path
        for script in page.iter("script"):
            _script(script)


def _script(script: Any) -> None:
    """Scripts of ours, which hold nothing of the text, or data."""
    if script.get("type", "").endswith("json"):
        assert_words(json.loads(script.text))
    else:
        assert "hostile" not in (script.text or "")


def assert_words(data: Any) -> None:
    """Check that the marker is in values alone, and never a whole one."""
    if isinstance(data, dict):
        assert "hostile" not in data
        assert not any(key.startswith("hostile") for key in data)
        for value in data.values():
            assert_words(value)
    elif isinstance(data, list):
        for value in data:
            assert_words(value)
    elif isinstance(data, str):
        assert data not in ("hostile", "hostile()")


def test_xml_has_no_element_of_the_metadata(made: Path) -> None:
    seen = 0
    for path in files(made, ".xml", ".rdf", ".opf", ".svrl"):
        root = etree.fromstring(path.read_bytes())
        assert not root.xpath("//*[local-name() = 'hostile'] | //@onclick | //@hostile"), path
        seen += "hostile" in "".join(map(str, root.itertext()))
    assert seen > 5


def test_typst_calls_nothing_of_the_metadata(made: Path) -> None:
    for path in files(made, ".typ"):
        markup = path.read_text("utf-8")
        head, _, body = markup.partition("#{")
        assert "hostile" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", head), path
        called = {call.name for call in read(body.rpartition("}")[0]).calls()}
        assert not any("hostile" in name for name in called), path


def test_json_has_no_key_of_the_metadata(made: Path) -> None:
    for path in files(made, ".json", ".jsonl", ".sarif"):
        for text in _documents(path):
            assert_words(json.loads(text))


def _documents(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    yield from text.splitlines() if path.suffix == ".jsonl" else [text]


def test_scripts_of_the_search_hold_data_alone(made: Path) -> None:
    scripts = [path for path in files(made, ".js") if path.name != "search.js"]
    assert len(scripts) > 5
    for path in scripts:
        call = re.fullmatch(r"teiSearch\.\w+\((.*)\);?\n?", path.read_text("utf-8"), re.DOTALL)
        assert call
        json.loads(f"[{call[1]}]")


def test_markdown_has_no_mark_of_the_metadata(made: Path) -> None:
    text = (made / "bag/data/README.md").read_text("utf-8")
    assert "hostile" in text
    assert not re.search(r"(?<!\\)[<\[]", text)
    assert len([line for line in text.splitlines() if line.startswith("#")]) == 3


def test_yaml_has_no_key_of_the_metadata(made: Path) -> None:
    for path in files(made, ".cff", ".yaml", ".yml"):
        data = yaml.safe_load(path.read_text("utf-8"))
        assert data["cff-version"]
        assert_words(data)
        assert_words(json.loads(json.dumps(data, default=str)))


def test_references_have_no_field_of_the_metadata(made: Path) -> None:
    page = html.document_fromstring((made / "build/one.html").read_bytes())
    said = [str(each) for each in page.xpath("//@href[starts-with(., 'data:')] | //pre/text()")]
    assert said
    for text in said:
        fields = re.findall(r"^\s*(\w+)\s*=", text, re.MULTILINE)
        assert "hostile" not in fields
        assert all(TABLE.match(line) for line in text.split("\n") if "TY  - " in text and line)


@pytest.mark.parametrize("first", ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", '=HYPERLINK("x")'])
def test_tables_of_a_new_project_hold_no_formula(tmp_path: Path, first: str) -> None:
    for name in ("=a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{first}\n\n{'The text of the one. ' * 9}\n", "utf-8")
    done = tei("init", str(tmp_path / "p"), str(tmp_path / "=a.txt"), str(tmp_path / "b.txt"))
    assert done.exit_code == 0
    with (tmp_path / "p/texts.csv").open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=a.txt" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    loaded = project.load(tmp_path / "p")
    assert list(loaded.findings()) == []
    assert loaded.names == ("=a.txt", "b.txt")
