"""The public interface is there, and importing it costs nothing."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

import encoder


@pytest.mark.parametrize("name", encoder.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(encoder, name) is not None


def test_the_example_of_the_package_holds() -> None:
    assert encoder.__doc__ is not None
    example = textwrap.dedent(encoder.__doc__.split("costs nothing.\n")[1])
    shown = "import sys; sys.stdout.buffer.write(tei)"
    done = subprocess.run(
        [sys.executable, "-c", f"{example}\n{shown}"], capture_output=True, check=True
    )
    assert b"<salute>Dear friends,</salute>" in done.stdout


def test_importing_loads_no_engine() -> None:
    code = "import encoder, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"lxml", "saxonche", "typst", "click", "babel"} & set(done.stdout.split())


def test_there_is_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = encoder.nonsense
