"""A review: what is asked, what an answer writes, and who may ask the server."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from encoder.cli import tei
from encoder.copies import copied
from encoder.decisions import read_decisions
from encoder.errors import OutputError, UsageError
from encoder.project import load
from encoder.registers import read_register
from encoder.review.server import HOST, Server
from encoder.review.session import Session
from tests.test_deciding import REGISTER

TEXT = """Ett brev

Så talade Lund med oss om morgonen. Där stod även
Märta Kvarnström och väntade, <b>& log.

En ”monopol”ställning har ingen, sade Kvarnström. Sedan
gick Arne Lund hem.

Till sist kom Hanna Quist med Lund igen.
"""


def folder_of(tmp_path: Path) -> Path:
    """Return a project in which something of each kind is open."""
    folder = tmp_path / "letters"
    (folder / "sources").mkdir(parents=True)
    (folder / "edition.toml").write_text('format = 1\n[edition]\nlanguage = "sv"\n')
    (folder / "sources" / "a.txt").write_text(TEXT.replace("gick Arne Lund", "gick någon"))
    (folder / "persons.xml").write_text(REGISTER)
    (folder / "decisions.toml").write_text("# mine\n")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path)


@pytest.fixture
def session(folder: Path) -> Session:
    return Session(load(folder))


@pytest.fixture
def server(session: Session) -> Iterator[Server]:
    with Server(session) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def titles(session: Session) -> list[str]:
    return [question.title for question in session.questions]


def decided(session: Session) -> list[tuple[str, str, str]]:
    found = read_decisions(session.project.decisions_file)
    return [(d.kind, d.exact, d.reading or d.ref) for d in found]


# What is asked


def test_what_is_open_is_asked_text_by_text_and_then_who_is_new(session: Session) -> None:
    assert titles(session) == [
        "Whom does “Lund” mean?",
        "Whom does “Lund” mean?",
        "What should “”monopol”ställning” say?",
        "Who is “Märta Kvarnström”?",
        "Who is “Hanna Quist”?",
    ]
    asked = session.questions[0]
    assert [person.id for person in asked.candidates] == ["asa", "bror"]
    assert "Arne Lund (asa) or Bror Lund (bror)" in asked.evidence[0]
    assert asked.first.context[0].endswith("Så talade ")


def test_all_asks_about_every_name(folder: Path) -> None:
    text = folder / "sources" / "a.txt"
    text.write_text("Här gick Arne Lund hem.\n")
    assert titles(Session(load(folder))) == []
    (asked,) = Session(load(folder), every=True).questions
    assert asked.title == "Whom does “Arne Lund” mean?"
    assert asked.evidence[0] == "marked <persName> by tei-encoder, certainty high: #asa"


def test_the_command_lists_what_is_open(folder: Path) -> None:
    result = CliRunner().invoke(tei, ["review", str(folder), "--list"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "a.txt:3:11 Whom does “Lund” mean?"


# What an answer does


def test_answers_are_written_at_once_and_asked_no_more(session: Session) -> None:
    session.answer(0, {"action": "accept"})
    session.answer(1, {"action": "link", "value": "bror"})
    session.answer(2, {"action": "accept"})
    session.answer(3, {"action": "accept"})
    session.answer(4, {"action": "reject"})
    assert session.next() is None
    assert decided(session) == [
        ("accept", "Lund", "asa"),
        ("link", "Lund", "bror"),
        ("correct", "”monopol”ställning", "”monopol”-ställning"),
        ("reject", "Hanna Quist", ""),
    ]
    assert session.project.decisions_file.read_text().startswith("# mine\n")
    added = read_register(session.project.root / "persons.xml").by_id["marta-kvarnstrom"]
    assert added.name == "Märta Kvarnström"
    assert added.element is not None
    assert "resp" not in copied(added.element)
    session.look()
    assert titles(session) == []


def test_someone_new_is_somebody_of_the_register_after_all(session: Session) -> None:
    session.answer(3, {"action": "link", "value": "asa"})
    assert decided(session) == [("link", "Märta Kvarnström", "asa"), ("link", "Kvarnström", "asa")]
    session.look()
    assert "Who is “Märta Kvarnström”?" not in titles(session)


def test_a_name_is_of_somebody_new(session: Session) -> None:
    session.answer(0, {"action": "new", "value": "Karin Lund", "kind": "person"})
    assert decided(session) == [("link", "Lund", "karin-lund")]
    session.answer(1, {"action": "new", "value": "Lund", "kind": "place"})
    assert read_register(session.project.root / "places.xml").by_id["lund"].kind == "place"


def test_the_last_answer_is_undone_file_by_file(session: Session) -> None:
    files = [session.project.root / name for name in ("persons.xml", "decisions.toml")]
    before = [file.read_bytes() for file in files]
    session.answer(0, {"action": "new", "value": "Karin Lund", "kind": "person"})
    session.answer(1, {"action": "new", "value": "Lund", "kind": "place"})
    assert (session.undo(), session.undo(), session.undo()) == (1, 0, None)
    assert [file.read_bytes() for file in files] == before
    assert not (session.project.root / "places.xml").exists()
    assert session.next() == 0


def test_what_was_changed_since_is_not_undone(session: Session) -> None:
    session.answer(0, {"action": "reject"})
    file = session.project.decisions_file
    file.write_text(file.read_text() + "# later\n")
    with pytest.raises(UsageError, match="changed since"):
        session.undo()
    assert file.read_text().endswith("# later\n")
    file.unlink()
    with pytest.raises(UsageError, match="changed since"):
        session.undo()


def test_words_that_are_not_marked_can_be_decided_on(session: Session) -> None:
    (number,) = session.find("någon")
    session.answer(number, {"action": "link", "value": "asa"})
    assert decided(session) == [("link", "någon", "asa")]
    assert session.count == 5
    assert session.next() == 0


def test_entries_are_found_by_any_of_their_words(session: Session) -> None:
    assert [entry.id for entry in session.entries("lund bror")] == ["bror"]
    assert len(session.entries("LUND")) == 2
    assert session.entries("") == []


# Who may ask


def asked(server: Server, path: str, body: str | None = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=10)
    method = "GET" if body is None else "POST"
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    said = response.read().decode()
    if response.status == 200:
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
    connection.close()
    return response.status, said


def test_only_the_page_itself_may_ask(server: Server, session: Session) -> None:
    page, own = f"/{server.token}/0", {"Origin": server.origin}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert asked(server, page)[0] == 200
    assert asked(server, "/0")[0] == 403
    assert asked(server, f"/{server.token}x/0")[0] == 403
    assert asked(server, page, Host="evil.example")[0] == 403
    assert asked(server, page, Host=f"evil.example:{server.server_port}")[0] == 403
    for origin in ({}, {"Origin": "null"}, {"Origin": "http://evil.example"}):
        assert asked(server, page, "action=reject", **form, **origin)[0] == 403
    assert asked(server, "/x/0", "action=reject", **form, **own)[0] == 403
    assert session.answers == {}
    assert asked(server, page, "action=reject", **form, **own)[0] == 303
    assert list(session.answers) == [0]


def test_what_cannot_be_answered_is_said(server: Server, session: Session) -> None:
    own = {"Origin": server.origin}
    for body, message in (
        ("action=nonsense", "is no answer"),
        ("action=link&value=nobody", "the register has no"),
        ("action=link", "0 values"),
        ("action=new&value=Ek&kind=ship", "no entry is a"),
    ):
        status, said = asked(server, f"/{server.token}/0", body, **own)
        assert (status, message in said.replace("&#x27;", "'")) == (422, True)
        assert 'role="alert"' in said
    assert asked(server, f"/{server.token}/99", "action=accept", **own)[0] == 404
    assert asked(server, f"/{server.token}/0", "x" * 70_000, **own)[0] == 413
    assert asked(server, f"/{server.token}/nothing")[0] == 404
    assert session.answers == {}


def test_the_text_is_shown_as_text(server: Server) -> None:
    _, said = asked(server, f"/{server.token}/3")
    assert "&lt;b&gt;&amp; log" in said
    assert "<b>" not in said


def test_a_port_that_is_taken_is_told(server: Server, session: Session) -> None:
    with pytest.raises(OutputError, match="cannot listen"):
        Server(session, server.server_port)
