"""What is installed is whole: a wheel in an empty environment encodes and renders by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from encoder import __version__

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "encoder"
DATA = {"schemas": "encoder/_data/schemas", "xslt": "encoder/_data/xslt"}
LETTER = """\
Anna Holm:
A Letter on Lighthouses

(4 March 1911)

Dear friends,

The keeper wrote to Bertil Alm, and Alm did not answer. We wait.

[He answered in May.]

Yours sincerely
Anna Holm
"""
# Lies in the environment: whatever opens a file of the checkout is stopped and told.
WATCH = """\
import sys
def watch(event, args):
    if event == "open" and str(args[0]).startswith({root!r}):
        raise RuntimeError("a file of the checkout was opened: " + str(args[0]))
sys.addaudithook(watch)
"""

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that sees nothing of ours through the environment."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True
    )


def succeed(*command: str | Path, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def succeed_online(*command: str | Path, cwd: Path) -> None:
    """Run what needs a package index; skip without one."""
    done = run(*command, cwd=cwd)
    told = done.stdout + done.stderr
    if done.returncode and "No matching distribution found" in told:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, told


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    succeed_online(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment with nothing in it but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("environment")
    succeed(sys.executable, "-m", "venv", folder, cwd=folder)
    succeed_online(folder / "bin/python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "watch.py").write_text(WATCH.format(root=f"{ROOT}{os.sep}"), "utf-8")
    (site / "watch.pth").write_text("import watch\n", "utf-8")
    return folder


def in_checkout() -> set[str]:
    """Return what the wheel must hold, under the names it has there."""
    held = {f"encoder/{path}" for path in _files(PACKAGE)}
    for folder, place in DATA.items():
        held |= {f"{place}/{path}" for path in _files(ROOT / folder)}
    return held


def _files(folder: Path) -> list[str]:
    """Return the paths of the files below a folder, without what Python leaves there."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [path.as_posix() for path in paths if "__pycache__" not in path.parts]


def test_the_wheel_holds_the_package_its_data_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = {name for name in names if not name.startswith(f"tei_encoder-{__version__}.dist-info/")}
    assert ours == in_checkout()
    assert {"encoder/py.typed", "encoder/_data/schemas/edition.rng"} <= ours
    assert {"encoder/_data/xslt/html.xsl", "encoder/data/names.toml"} <= ours


def test_the_wheel_has_the_licence_and_the_command(wheel: Path) -> None:
    info = f"tei_encoder-{__version__}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        assert "tei = encoder.__main__:main" in archive.read(f"{info}/entry_points.txt").decode()
        assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()


def test_what_opens_a_file_of_the_checkout_is_stopped(environment: Path, tmp_path: Path) -> None:
    code = f"open({str(ROOT / 'pyproject.toml')!r})"
    done = run(environment / "bin/python", "-c", code, cwd=tmp_path)
    assert "a file of the checkout was opened" in done.stderr


def test_what_is_installed_is_found_where_it_is_installed(
    environment: Path, tmp_path: Path
) -> None:
    code = (
        "import encoder, encoder.resources as r;"
        "print(encoder.__file__, r.folder('schemas'), r.folder('xslt'), sep='\\n')"
    )
    for line in succeed(environment / "bin/python", "-c", code, cwd=tmp_path).splitlines():
        assert Path(line).is_relative_to(environment)


def test_a_letter_goes_the_whole_way(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    tei = environment / "bin/tei"
    assert succeed(tei, "--version", cwd=tmp_path) == f"tei, version {__version__}\n"
    succeed(tei, "encode", "letter.txt", "-o", "letter.xml", cwd=tmp_path)
    succeed(tei, "validate", "letter.xml", cwd=tmp_path)
    assert "nothing lost" in succeed(tei, "verify", "letter.xml", cwd=tmp_path)
    for form in ("html", "pdf"):
        succeed(tei, "render", "letter.xml", "--to", form, "-o", f"letter.{form}", cwd=tmp_path)
    assert b"did not answer. We wait." in (tmp_path / "letter.xml").read_bytes()
    assert "did not answer. We wait." in (tmp_path / "letter.html").read_text("utf-8")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")


def test_a_new_project_builds(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    tei = environment / "bin/tei"
    succeed(tei, "init", "edition", "letter.txt", cwd=tmp_path)
    succeed(tei, "build", "edition", cwd=tmp_path)
    built = {path.name for path in (tmp_path / "edition/build").iterdir()}
    assert {"letter.html", "letter.pdf", "report.html"} <= built
