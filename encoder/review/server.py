"""The other end of a review's pages: a server on this machine that only its own page can use.

It listens on 127.0.0.1 alone. Each address begins with a token that only the page knows; a request
for another host, or from another origin, is refused. Nothing is asked of any other machine.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import parse_qs, quote, urlsplit

from encoder.errors import EncoderError, OutputError
from encoder.resources import PACKAGE
from encoder.review import page
from encoder.review.session import Session

HOST = "127.0.0.1"
LONGEST = 1 << 16  # bytes of an answer at most
WAIT = 30  # seconds until a connection that says nothing is closed
FILES = {"review.css": "text/css", "review.js": "text/javascript"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Server(ThreadingHTTPServer):
    """A server for one session; `address` is where its page is.

    Raises:
        OutputError: the port is taken.
    """

    daemon_threads = True

    def __init__(self, session: Session, port: int = 0) -> None:
        self.session, self.token, self.lock = session, secrets.token_urlsafe(24), Lock()
        self.said = ""
        try:
            super().__init__((HOST, port), Handler)
        except OSError as error:
            message = f"cannot listen on port {port} ({error.strerror})"
            raise OutputError(message, hint="leave --port out") from error
        self.origin = f"http://{HOST}:{self.server_port}"
        self.address = f"{self.origin}/{self.token}/"


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    timeout = WAIT
    server_version, sys_version = "tei-review", ""

    def do_GET(self) -> None:
        """Show a question, the list of all, or words that are looked for."""
        self._served(self._get)

    def do_POST(self) -> None:
        """Take an answer."""
        if self.headers.get("Origin") != self.server.origin:
            self._send(HTTPStatus.FORBIDDEN, page.refused("the request is from elsewhere"))
        else:
            self._served(self._post)

    def log_message(self, *_: object) -> None:
        """Keep quiet: addresses have the token in them."""

    def _served(self, serve: Callable[[str, dict[str, str]], None]) -> None:
        parts = urlsplit(self.path)
        token, _, name = parts.path.lstrip("/").partition("/")
        if self.headers.get("Host") != self.server.origin.removeprefix("http://"):
            self._send(HTTPStatus.FORBIDDEN, page.refused("the request is for another host"))
        elif not hmac.compare_digest(token.encode(), self.server.token.encode()):
            self._send(HTTPStatus.FORBIDDEN, page.refused("the address has no token that is known"))
        else:
            with self.server.lock:
                serve(name, _fields(parts.query))

    def _get(self, name: str, said: dict[str, str]) -> None:
        number = self._number(name)
        if name == "":
            self._next(-1)
        elif name in FILES:
            self._send(HTTPStatus.OK, (PACKAGE / "data" / name).read_text("utf-8"), FILES[name])
        elif number is not None:
            self._send(HTTPStatus.OK, self._question(number, said.get("find")))
        elif name in ("list", "words", "done"):
            self._send(HTTPStatus.OK, self._listing(name, said.get("q", "")))
        else:
            self._send(HTTPStatus.NOT_FOUND, page.refused("there is no such page"))

    def _question(self, number: int, search: str | None) -> str:
        return page.question(self.server.session, number, self._told(), "", search)

    def _listing(self, name: str, words: str) -> str:
        session = self.server.session
        if name == "done":
            return page.done(session, self._told())
        if name == "words":
            return page.listing(session, f"Where “{words}” stands", session.find(words))
        return page.listing(session, "All questions", range(session.count))

    def _told(self) -> str:
        """Return what the last answer did; it is told once."""
        told, self.server.said = self.server.said, ""
        return told

    def _post(self, name: str, _: dict[str, str]) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST:
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, page.refused("the answer is too long"))
            return
        said = _fields(self.rfile.read(int(length)).decode("utf-8", "replace"))
        try:
            self._taken(name, said)
        except EncoderError as error:
            self._refuse(self._number(name), str(error))

    def _taken(self, name: str, said: dict[str, str]) -> None:
        session, number = self.server.session, self._number(name)
        if number is not None:
            self.server.said = session.answer(number, _action(said))
            self._next(number)
        elif name == "again":
            session.look()
            self._next(-1)
        elif name == "undo":
            self._undone()
        else:
            self._send(HTTPStatus.NOT_FOUND, page.refused("there is no such question"))

    def _refuse(self, number: int | None, error: str) -> None:
        """Show the question again, and why the answer was none."""
        session = self.server.session
        number = session.next() if number is None else number
        body = page.refused(error) if number is None else page.question(session, number, "", error)
        self._send(HTTPStatus.UNPROCESSABLE_ENTITY, body)

    def _undone(self) -> None:
        number = self.server.session.undo()
        self.server.said = "the last answer is undone" if number is not None else "nothing to undo"
        self._to(number) if number is not None else self._next(-1)

    def _number(self, name: str) -> int | None:
        known = name.isdecimal() and int(name) < len(self.server.session.questions)
        return int(name) if known else None

    def _next(self, after: int) -> None:
        number = self.server.session.next(after)
        self._to("done" if number is None else number)

    def _to(self, number: int | str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/{quote(self.server.token)}/{number}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, body: str, kind: str = "text/html") -> None:
        data = body.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _fields(query: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(query, max_num_fields=32).items()}


def _action(said: dict[str, str]) -> dict[str, str]:
    """Return an answer with its action and its value apart, where a button sends both."""
    action, colon, value = said.get("action", "").partition(":")
    return {**said, "action": action, **({"value": value} if colon else {})}
