"""Where schemas and stylesheets lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from encoder.errors import MissingError

PACKAGE = Path(__file__).parent


@cache
def folder(name: str) -> Path:
    """Return the folder `schemas` or `xslt`.

    Raises:
        MissingError: the installation is incomplete.
    """
    for place in (PACKAGE / "_data" / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise MissingError(f"the folder {name}/ is not installed", hint="reinstall tei-encoder")


def schema(name: str) -> Path:
    """Return the path of one of our generated schemas, such as `edition.rng`."""
    return folder("schemas") / name


def stylesheet(name: str) -> Path:
    """Return the path of a stylesheet below `xslt/`, such as `html.xsl`."""
    return folder("xslt") / name
