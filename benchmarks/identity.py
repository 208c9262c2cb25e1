"""`python -m benchmarks.identity FILE OUT`: a file copied by an identity transform of libxslt."""

from __future__ import annotations

import sys

from lxml import etree

COPY = b"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output encoding="UTF-8"/>
<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
</xsl:template></xsl:stylesheet>"""

if __name__ == "__main__":
    etree.XSLT(etree.XML(COPY))(etree.parse(sys.argv[1])).write_output(sys.argv[2])
