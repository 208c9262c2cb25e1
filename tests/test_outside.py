"""XML that points outside itself: wherever XML comes in, nothing that it points to is opened."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from encoder import trees
from encoder.errors import EncoderError
from fuzzing.targets import XML, targets
from tests.watching import Watched
from tests.web import Web

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who opens a file")

PLACES = [name for name, target in targets().items() if set(XML) <= set(target.words)]
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# What stands before the document element, and what is put into it.
POINTERS = {
    "entity": ('<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]>', "&e;"),
    "attribute": ('<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]>', '<x y="&e;"/>'),
    "parameter": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "{}">%p;]>', ""),
    "dtd": ('<!DOCTYPE x SYSTEM "{}">', "&e;"),
    "public": ('<!DOCTYPE x PUBLIC "-//X" "{}">', ""),
    "notation": ('<!DOCTYPE x [<!NOTATION n SYSTEM "{}"><!ENTITY e SYSTEM "{}" NDATA n>]>', ""),
    "xinclude": (
        "",
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>',
    ),
    "stylesheet": ('<?xml-stylesheet href="{}" type="text/xsl"?>', ""),
    "location": ("", f'<x xmlns:i="{XSI}" i:schemaLocation="u {{}}"/>'),
}  # fmt: skip
ROOT = re.compile(r"<[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*(?<!/)>")


@pytest.fixture
def secret(tmp_path: Path) -> Iterator[tuple[Path, Watched]]:
    path = tmp_path / "secret.dtd"
    path.write_text("<!ENTITY e 'hidden'>")
    watched = Watched(path)
    yield path, watched
    watched.close()


def pointing(seed: bytes, pointer: str, address: str) -> bytes:
    """Return a file that points to an address."""
    before, inside = (part.replace("{}", address) for part in POINTERS[pointer])
    text = re.sub(r"^\s*<\?xml .*?\?>", "", seed.decode())
    root = ROOT.search(text)
    assert root
    return f"{text[: root.start()]}{before}{root[0]}{inside}{text[root.end() :]}".encode()


def given(place: str, data: bytes) -> str:
    """Give a file to what reads it there, and return why it is refused."""
    try:
        targets()[place].take(data)
        targets()[place].run(data)
    except EncoderError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("pointer", POINTERS)
@pytest.mark.parametrize("place", PLACES)
def test_no_file_is_opened(place: str, pointer: str, secret: tuple[Path, Watched]) -> None:
    path, watched = secret
    for address in (path.as_uri(), str(path)):
        said = given(place, pointing(targets()[place].seeds[0], pointer, address))
        assert not watched.was_opened()
        assert "hidden" not in said


@pytest.mark.parametrize("place", PLACES)
def test_no_address_is_asked(place: str, web: Web) -> None:
    for pointer in POINTERS:
        given(place, pointing(targets()[place].seeds[0], pointer, f"{web.root}/secret.dtd"))
    assert not web.asked


def test_all_parsers_are_made_in_one_place() -> None:
    """So that none is made that opens what a document points to."""
    package = Path(trees.__file__).parent
    made = [path.name for path in package.rglob("*.py") if "XMLParser(" in path.read_text("utf-8")]
    assert made == ["trees.py"]


def test_who_opens_a_file_is_seen(secret: tuple[Path, Watched]) -> None:
    path, watched = secret
    assert not watched.was_opened()
    path.read_bytes()
    assert watched.was_opened()
    assert not watched.was_opened()
