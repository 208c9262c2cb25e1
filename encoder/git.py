"""What git says has changed in a folder of texts: staged, not staged, or not yet known to it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from encoder.errors import MissingError, UsageError

HEAD = "HEAD"


def changed(files: Iterable[Path], ref: str = HEAD) -> list[Path]:
    """Return those files that differ from a commit, or are new.

    Raises:
        MissingError: git is not here.
        UsageError: this is no repository, or it has no such commit.
    """
    root = Path(_git("rev-parse", "--show-toplevel").strip("\n"))
    new = _git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", str(root))
    differing = {root / name for name in [*_since(ref), *new.split("\0")] if name}
    return [file for file in files if file.resolve() in differing]


def is_commit(ref: str) -> bool:
    """Tell whether a name is that of a commit."""
    return _run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")[0] == 0


def _since(ref: str) -> list[str]:
    """Return the files that differ from a commit; where there is none yet, those git knows."""
    if is_commit(ref):
        commit = _git("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").strip()
        return _git("diff", "--name-only", "--diff-filter=d", "-z", commit).split("\0")
    if ref != HEAD:
        hint = "name a branch, a tag or a commit: --changed=main"
        raise UsageError(f"git knows no commit {ref!r}", hint=hint)
    return _git("ls-files", "--full-name", "-z", ":/").split("\0")


def _git(*arguments: str) -> str:
    status, out, said = _run(*arguments)
    if status:
        reason = said.strip().splitlines()[:1]
        message = f"git cannot say what has changed: {''.join(reason).removeprefix('fatal: ')}"
        raise UsageError(message, hint="run it in a git repository, or leave out --changed")
    return out


def _run(*arguments: str) -> tuple[int, str, str]:
    git = shutil.which("git")
    if git is None:
        hint = "install git, or leave out --changed"
        raise MissingError("git is not on this machine", hint=hint)
    # S603 fears that somebody's words are run as a command. They cannot be: there is no shell; the
    # program is the git of this machine, by its whole path; and of its arguments, which are all
    # made in this module, one comes from outside: the name of a commit, behind --end-of-options.
    done = subprocess.run([git, *arguments], capture_output=True, check=False)  # noqa: S603
    out, said = (each.decode("utf-8", "surrogateescape") for each in (done.stdout, done.stderr))
    return done.returncode, out, said
