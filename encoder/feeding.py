"""A whole XML file is given to expat, which knows few encodings by itself.

Python gives it those of one byte a character; of others, and of names that are none, it raises what
nobody expects of a parser.
"""

from __future__ import annotations

from xml.parsers import expat


def feed(parser: expat.XMLParserType, data: bytes) -> None:
    """Parse a file to its end.

    Raises:
        ExpatError: it is not well-formed, or in an encoding that expat cannot read.
    """
    try:
        parser.Parse(data, True)
    except (ValueError, LookupError) as error:
        unknown = expat.ExpatError("unknown encoding")
        unknown.code = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
        unknown.lineno, unknown.offset = 1, 0
        raise unknown from error
