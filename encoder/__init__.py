"""Plain text in, a TEI P5 edition out.

The public interface, which follows Semantic Versioning, is the names in `__all__`, and in the
modules `build`, `render` and `validate` the function of that name. Names are loaded when they are
first asked for, so importing the package costs nothing.

    from encoder import Profile, decode, document, encode, verify

    source = decode(b"Dear friends,\\n\\nThe harbour has frozen.", "letter.txt")
    tei = document(encode(source, Profile(language="en")), Profile(language="en"))
    assert verify(tei, source, "letter.xml") == []
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Edition": "edition",
    "EncoderError": "errors",
    "Finding": "model",
    "Metadata": "metadata",
    "Profile": "profile",
    "Project": "project",
    "Source": "model",
    "Span": "model",
    "decode": "read.source",
    "document": "write.document",
    "encode": "pipeline",
    "read_register": "registers",
    "validate_file": "validate",
    "verify": "write.verify",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'encoder' has no attribute {name!r}")
    return getattr(import_module(f"encoder.{_HOMES[name]}"), name)
