"""The programs that are run: ours as a whole process, and those it is set beside."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

TEI = (sys.executable, "-m", "encoder")
REQUIREMENTS = Path(__file__).parent / "requirements.txt"
PANDOC = "pandoc is not here: apt-get install pandoc"
JING = "jing or ../shared/schemas/tei_all.rng is not here: apt-get install jing"
TEI_ALL = Path(__file__).parent.parent.parent / "shared" / "schemas" / "tei_all.rng"
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
RIPGREP = "ripgrep is not here: apt-get install ripgrep"
FOP = "FOP is not here: apt-get install fop"
WEASYPRINT = "WeasyPrint cannot be installed or run here: apt-get install libpangoft2-1.0-0"


def tei(*args: str | Path) -> Sequence[str]:
    """Return our command."""
    return (*TEI, *map(str, args))


def module(name: str, *args: object) -> Sequence[str]:
    """Return the command that runs one of our own modules."""
    return (sys.executable, "-m", name, *map(str, args))


def pandoc(source: Path, out: Path) -> Sequence[str] | None:
    """Return the command that turns a text into TEI with pandoc, if it is installed."""
    found = shutil.which("pandoc")
    return found and (found, "-f", "markdown", "-t", "tei", str(source), "-o", str(out))


def jing(schema: Path, *files: Path) -> Sequence[str] | None:
    """Return the command that validates files with jing, if it and the schema are there."""
    found = shutil.which("jing")
    return (found, str(schema), *map(str, files)) if found and schema.is_file() else None


def grammar(schema: Path, path: Path) -> Path:
    """Write a RELAX NG schema without the rules of Schematron in it, which jing passes over."""
    tree = etree.parse(schema)
    for rule in list(tree.iter(f"{{{SCHEMATRON}}}*")):
        if (parent := rule.getparent()) is not None:
            parent.remove(rule)
    tree.write(path)
    return path


def weasyprint(folder: Path) -> str | None:
    """Install WeasyPrint into an environment in the folder, and return its program if it runs."""
    venv.create(folder, with_pip=True)
    program = folder / "bin" / "weasyprint"
    quiet = ("--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS))
    installed = _succeeds(str(folder / "bin" / "python"), "-m", "pip", "install", *quiet)
    return str(program) if installed and _succeeds(str(program), "--version") else None


def version(*command: str, says: str = "") -> str:
    """Return the first line that a program says of its version, which holds `says`.

    Some end as if that were a mistake: jing tells it with how it is called.
    """
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return next((line for line in told.stdout.splitlines() if says in line), "version unknown")


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
