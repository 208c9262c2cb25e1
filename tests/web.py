"""A web of one server on this machine, for what fetches."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urljoin


class Web:
    """A server on loopback, what it serves, and what it was asked for."""

    def __init__(self) -> None:
        pages = self._pages = dict[str, tuple[int, bytes]]()
        asked = self.asked = list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                status, body = pages.get(unquote(self.path), (404, b"none"))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", body.decode())
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def serve(self, path: str, text: str) -> str:
        """Serve a text, and return its address."""
        self._pages[f"/{path}"] = (200, text.encode())
        return f"{self.root}/{path}"

    def redirect(self, path: str, to: str) -> str:
        """Lead from one address to another."""
        self._pages[f"/{path}"] = (302, urljoin(f"{self.root}/", to).encode())
        return f"{self.root}/{path}"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
