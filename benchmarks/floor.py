"""`python -m benchmarks.floor FILE OUT`: what lxml needs to build a TEI file and write it.

Nothing that makes TEI with lxml can be faster. The elements are read from the file first, for they
must come from somewhere; that costs a little as well.
"""

from __future__ import annotations

import sys

from lxml import etree


def main() -> None:
    """Build the tree of a file anew, element by element, and write it."""
    builder = etree.TreeBuilder()
    events = ("start", "end", "comment", "pi")
    for event, element in etree.iterparse(sys.argv[1], events):
        if event == "start":
            builder.start(element.tag, dict(element.attrib), element.nsmap)
            builder.data(element.text or "")
        elif event == "end":
            builder.end(element.tag)
            builder.data(element.tail or "")
    tree = etree.ElementTree(builder.close())
    tree.write(sys.argv[2], encoding="UTF-8", xml_declaration=True)


if __name__ == "__main__":
    main()
