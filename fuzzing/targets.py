"""What is fuzzed: the places where bytes come in, what must then hold, and where to begin.

A target takes bytes and returns, or raises an error of which the user is told. Whatever else it
raises is a fault of ours.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from encoder import project
from encoder.convert import converted
from encoder.decisions import read_decisions
from encoder.deposit.policy import read_policy
from encoder.desk import Desk
from encoder.errors import EncoderError
from encoder.merge import merge
from encoder.model import Finding, Source
from encoder.naming import sheets
from encoder.odd import compile_odd
from encoder.pipeline import encode, settled
from encoder.profile import Profile
from encoder.read.source import decode
from encoder.registers import Register, read_register
from encoder.render import Format, render
from encoder.resources import schema
from encoder.validate import validate
from encoder.validate.catalog import Catalogs
from encoder.write.document import document
from encoder.write.verify import verify

PART = "word/document.xml"
ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
TEXT = (
    "A WINTER\n\n(4 March 1911)\n\nDear friends,\n\nThe harbour has fro-\nzen.¹ I wrote so to Anna "
    "Holm, and\nto “Holm” too.\f  On page 2 | a table\n\n1. one\n2. two\n\n* * *\n\n> quoted\n\n"
    "Yours,\nBo Ek\n\n¹ A note [by Holm].\n"
)
TEI = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>'
    '<fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p>x</p></publicationStmt>'
    '<sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader><standOff><listPerson>'
    '<person xml:id="a"><persName>Anna</persName></person></listPerson></standOff><text><body>'
    '<div n="1"><head>H</head><p rend="pre([)">Dear <persName ref="#a">Anna</persName>,<lb/> a '
    'word<note n="1" place="bottom" resp="#a">n</note> &amp; <choice><sic>a</sic><corr>b</corr>'
    "</choice></p></div></body></text></TEI>\n"
)  # fmt: skip
PERSONS = (
    '<listPerson xmlns="http://www.tei-c.org/ns/1.0"><person xml:id="holm"><persName type="main">'
    "<forename>Anna</forename> <surname>Holm</surname></persName><persName>Holm, A.</persName>"
    '<birth when="1880-02"/><idno type="GND">1</idno></person></listPerson>'
)
EDITION = (
    'format = 1\n[edition]\ntitle = "A winter"\nauthor = "Anna Holm"\nlanguage = "en"\n'
    'date = "1911-03-04"\n[reading]\ndictionaries = []\n[notes]\n[registers]\npersons = ""\n'
    '[print]\npage = "A5"\n[validate]\nschema = "schema"\n[[validate.ignore]]\n'
    'code = "x"\nreason = "y"\n'
)
TEXTS = 'file,title,date\na.txt,"A ""winter""",1911\nb/c.txt,,\n'
DECISIONS = (
    '[[correct]]\nexact = "frozen."\nreading = "thawed."\nprefix = "The harbour has"\n'
    '[[link]]\nexact = "Anna Holm"\nref = "holm"\neverywhere = true\n[[reject]]\nexact = "Holm"\n'
    '[[split]]\nexact = "Anna Holm"\nparts = ["Anna", "Holm"]\n'
)
SHEET = "id;name;surname;forename;variants;birth\nholm;Anna Holm;Holm;Anna;A. Holm | Holm;1880\n"
GRAMMAR = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary='
    '"http://www.w3.org/2001/XMLSchema-datatypes"><start><ref name="a"/></start><define name="a">'
    "<element><anyName><except><name>b</name></except></anyName><interleave><zeroOrMore>"
    "<attribute><anyName><except><name>n</name></except></anyName></attribute></zeroOrMore>"
    '<optional><attribute name="n"><data type="integer"><param name="minInclusive">1</param>'
    '</data></attribute></optional><mixed><zeroOrMore><ref name="a"/></zeroOrMore></mixed>'
    '</interleave></element></define><define name="l" combine="choice"><element name="b"><list>'
    "<oneOrMore><value>x</value></oneOrMore></list></element></define></grammar>"
)
RULES = (
    '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"><ns prefix="t" '
    'uri="http://www.tei-c.org/ns/1.0"/><let name="v" value="1"/><phase id="p"><active '
    'pattern="q"/></phase><pattern id="q" abstract="false"><rule context="t:p | @n" id="r"><let '
    'name="w" value="$v"/><assert test="t:lb" role="warning" diagnostics="d">A <name/> has '
    '<value-of select="count(*)"/>.</assert><report test="false()">x</report></rule></pattern>'
    '<diagnostics><diagnostic id="d">d</diagnostic></diagnostics></schema>'
)
CATALOG = (
    '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog" prefer="public"><uri name="u" '
    'uri="x.rng"/><rewriteURI uriStartString="http://example.com/" rewritePrefix="./"/>'
    '<nextCatalog catalog="catalog.xml"/><group xml:base="x/"><delegateURI uriStartString="v" '
    'catalog="d"/></group></catalog>'
)
POLICY = (
    'licences = ["https://example.org/l"]\nschemas = []\n[severity]\nx = "error"\n'
    '[[test]]\nxpath = "//t:p"\nmessage = "m"\n'
)
ODD = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><schemaSpec ident="s" '
    'start="p"><elementSpec ident="p" ns=""><content><textNode/></content><attList><attDef '
    'ident="n"><datatype><dataRef name="token"/></datatype></attDef></attList></elementSpec>'
    "</schemaSpec></body></text></TEI>"
)


class BrokenPromiseError(Exception):
    """What came of some bytes is not what is promised of any."""


@dataclass(frozen=True)
class Target:
    """A place where bytes come in, files to begin with, and the words it listens to."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = ()

    def take(self, data: bytes) -> None:
        """Give it bytes.

        Raises:
            Exception: it broke its promise.
        """
        try:
            self.run(data)
        except EncoderError as error:
            if error.exit_code == EncoderError.exit_code or not error.message:
                raise


@contextmanager
def file(name: str, data: bytes, **beside: bytes) -> Iterator[Path]:
    """Give a file, others beside it, in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="tei-fuzz-") as folder:
        for other, content in beside.items():
            (Path(folder) / other.replace("__", ".")).write_bytes(content)
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


def _lossless(source: Source, profile: Profile, **known: Any) -> bytes:
    """Encode a text; the result must give it back."""
    profile = settled(profile, source)
    tei = document(encode(source, profile, **known), profile)
    _none(verify(tei, source, "a.xml"))
    return tei


def _sound(source: Source, profile: Profile, **known: Any) -> None:
    """Encode a text; the result must also be valid."""
    found = validate(_lossless(source, profile, **known), [schema("edition.rng")])
    _none([finding for finding in found if finding.severity == "error"])


def _none(found: Sequence[Finding]) -> None:
    if found:
        raise BrokenPromiseError(found[0])


def _text(data: bytes) -> None:
    _sound(decode(data, "a.txt"), Profile())


def _project(data: bytes) -> None:
    text = TEXT.encode()
    with file("edition.toml", data, persons__xml=PERSONS.encode(), texts__csv=TEXTS.encode()) as at:
        (at.parent / "sources").mkdir()
        (at.parent / "sources/a.txt").write_bytes(text)
        owner = project.load(at)
        list(owner.findings())
        desk = Desk.of(owner)
        source = desk.read(owner.sources[0])
        desk.encode(source)


def _table(data: bytes) -> None:
    with file("edition.toml", EDITION.encode(), texts__csv=data) as path:
        list(project.load(path).findings())


def _register(data: bytes) -> None:
    with file("persons.xml", data) as path:
        register = read_register(path)
    _lossless(decode(TEXT.encode(), "a.txt"), Profile(), register=register)


def _sheet(data: bytes) -> None:
    entries = [entry for _, entry in sheets.entries(sheets.rows(data, {}, "a.csv"), "person", "a")]
    wrapped = f'<listPerson xmlns="http://www.tei-c.org/ns/1.0">{"".join(entries)}</listPerson>'
    if entries:
        with file("persons.xml", wrapped.encode()) as path:
            sheets.sheet(read_register(path).entries)


@cache
def _persons() -> Register:
    with file("persons.xml", PERSONS.encode()) as path:
        return read_register(path)


def _decisions(data: bytes) -> None:
    with file("decisions.toml", data) as path:
        decisions = read_decisions(path)
    source = decode(TEXT.encode(), "a.txt")
    _sound(source, Profile(language="en"), register=_persons(), decisions=decisions)


def _grammar(data: bytes) -> None:
    with file("a.rng", data) as path:
        for document_ in (b"<a n='0'>x<c/>y</a>", TEI.encode()):
            validate(document_, [path])


def _rules(data: bytes) -> None:
    with file("a.sch", data) as path:
        validate(TEI.encode(), [path])


def _document(data: bytes) -> None:
    validate(data, [schema("edition.rng"), schema("edition.sch")])


def _rendered(to: Format, data: bytes) -> None:
    render(data, to)


def _merged(data: bytes) -> None:
    base = TEI.encode()
    ours = TEI.replace('n="1" place', 'n="2" place').encode()
    made = merge(base, data, ours, Path("a.xml"))
    if made.data is None and not made.findings:
        raise BrokenPromiseError("a conflict of which nothing is said")


def _catalog(data: bytes) -> None:
    with file("c.xml", data) as path:
        Catalogs((path,)).find("http://example.org/x.rng")


def _policy(data: bytes) -> None:
    with file("policy.toml", data) as path:
        read_policy(path)


def _odd(data: bytes) -> None:
    with file("a.odd", data) as path:
        compile_odd(path, path.parent / "out")


def _converted(ending: str, data: bytes) -> None:
    decode(converted(Path(f"a{ending}"), data).encode("utf-8", "surrogateescape"), "a.txt")


def _part(data: bytes) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**_parts(_docx()), PART: data}.items():
            archive.writestr(name, content)
    _converted(".docx", out.getvalue())


MARKS = (
    "\n\n", "\f", "* * *", "[^1]", "¹", "> ", "| ", "- ", "1. ", "[Illustration: ", "_", "\xad",
    "\xa0", "Dear ", "[", "]", "-\n", "\r", "\ufeff", "\x08", "CHAPTER I", "ANNA. ", "    ",
    "\n```\n", "---\ntitle: ",
)  # fmt: skip
XML = (
    "<", ">", "/>", "</p>", "<p>", "<!--", "-->", "<![CDATA[", "]]>", "<?x ", "?>", "&amp;", "&e;",
    "&#1;", '<!DOCTYPE a [<!ENTITY e "&f;">]>', ' xml:id="a"', ' ref="#a"', ' n=""', "xmlns=''",
)  # fmt: skip
TOML = (
    "[[",
    "]]",
    "=",
    '"""',
    "'",
    "true",
    "-1",
    "1e9",
    "nan",
    "[]",
    "{}",
    "\\u0000",
    "#",
    ".",
    "\n",
)


@cache
def targets() -> dict[str, Target]:
    """Return the targets by name."""
    everything = (TESTS / "fixtures" / "everything.xml").read_bytes()
    tei = (TEI.encode(), everything)
    schemas = (GRAMMAR.encode(),)
    return {
        "text": Target(_text, (TEXT.encode(), TEXT.encode("utf-16")), MARKS),
        "project": Target(_project, (EDITION.encode(),), TOML),
        "texts-csv": Target(_table, (TEXTS.encode(),), ('"', ",", ";", "\n", "../", "file")),
        "register": Target(_register, (PERSONS.encode(),), XML),
        "sheet": Target(_sheet, (SHEET.encode(),), ('"', ";", "|", "\\", "'=", "\n")),
        "decisions": Target(_decisions, (DECISIONS.encode(),), TOML),
        "relaxng": Target(_grammar, schemas, (*XML, "<choice>", "<notAllowed/>", "<nsName/>")),
        "schematron": Target(_rules, (RULES.encode(),), (*XML, "<let ", "$v", "doc('x')", "//")),
        "document": Target(_document, tei, XML),
        "merge": Target(_merged, (TEI.encode(),), XML),
        "html": Target(partial(_rendered, "html"), tei, XML),
        "typst": Target(partial(_rendered, "typst"), tei, XML),
        "epub": Target(partial(_rendered, "epub"), tei, XML),
        "plain": Target(partial(_rendered, "text"), tei, XML),
        "simple": Target(partial(_rendered, "tei-simple"), tei, XML),
        "catalog": Target(_catalog, (CATALOG.encode(),), XML),
        "policy": Target(_policy, (POLICY.encode(),), TOML),
        "odd": Target(_odd, (ODD.encode(),), XML),
        "pdf": Target(partial(_converted, ".pdf"), (_pdf(),), ("obj", "stream", "<<", "/Kids")),
        "docx": Target(partial(_converted, ".docx"), (_docx(),), ("PK\x03\x04", "word/")),
        "docx-part": Target(_part, (_parts(_docx())[PART],), XML),
    }


def _pdf() -> bytes:
    return render(TEI.encode(), "pdf")


@cache
def _docx() -> bytes:
    made, out = Document(), BytesIO()
    made.add_heading("A winter", 1)
    made.add_paragraph("The harbour has frozen.", style="List Bullet")
    made.add_table(1, 2).cell(0, 1).text = "ice"
    made.save(out)
    return out.getvalue()


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
