"""A look at the built edition in a browser: served to this machine alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

HOST = "127.0.0.1"
PORT = 8000


def serve(folder: Path, say: Callable[[str], None], port: int = PORT) -> None:
    """Serve a folder on this machine until interrupted; where the port is taken, on a free one."""
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of each request."""

    handler = partial(Quiet, directory=str(folder))
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError:
        server = ThreadingHTTPServer((HOST, 0), handler)
    with server:
        say(f"http://{HOST}:{server.server_port}/ (stop with Ctrl-C)")
        server.serve_forever()
