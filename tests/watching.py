"""Sees whether anybody opens a file: Python, libxml2 or Saxon. Linux tells (inotify(7))."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

IN_OPEN = 0x20
IN_NONBLOCK = os.O_NONBLOCK


class Watched:
    """A file that is watched from now on."""

    def __init__(self, path: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(IN_NONBLOCK)
        if libc.inotify_add_watch(self._events, os.fsencode(path), IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "cannot be watched", str(path))

    def was_opened(self) -> bool:
        """Whether the file was opened since it was last asked."""
        try:
            return bool(os.read(self._events, 4096))
        except BlockingIOError:
            return False

    def close(self) -> None:
        """End the watch."""
        os.close(self._events)
