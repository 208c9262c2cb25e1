"""The words of TEI files as XSL-FO: paragraphs and footnotes on pages, which FOP sets."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

STYLE = b"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:t="http://www.tei-c.org/ns/1.0" xmlns:fo="http://www.w3.org/1999/XSL/Format"
  exclude-result-prefixes="t">
<xsl:template match="/"><fo:root><fo:layout-master-set><fo:simple-page-master master-name="p"
  page-width="148mm" page-height="210mm" margin="18mm"><fo:region-body margin-bottom="10mm"/>
  <fo:region-after extent="8mm"/></fo:simple-page-master></fo:layout-master-set>
  <fo:page-sequence master-reference="p" initial-page-number="1"><fo:static-content
  flow-name="xsl-region-after"><fo:block text-align="center"><fo:page-number/></fo:block>
  </fo:static-content><fo:flow flow-name="xsl-region-body" font-size="10pt" hyphenate="true"
  language="sv" text-align="justify"><xsl:apply-templates select="//t:text"/></fo:flow>
  </fo:page-sequence></fo:root></xsl:template>
<xsl:template match="t:p | t:head | t:byline | t:dateline | t:salute | t:signed">
  <fo:block space-after="4pt"><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="t:note[not(@place = 'inline')]"><fo:footnote><fo:inline font-size="7pt"
  baseline-shift="super"><xsl:value-of select="@n"/></fo:inline><fo:footnote-body>
  <fo:block font-size="8pt"><xsl:value-of select="@n"/><xsl:text> </xsl:text>
  <xsl:apply-templates mode="note"/></fo:block></fo:footnote-body></fo:footnote></xsl:template>
<xsl:template match="t:p" mode="note"><fo:inline><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="t:sic | t:fw" mode="note"/>
<xsl:template match="t:sic | t:fw"/>
</xsl:stylesheet>"""


def pages(*texts: Path) -> bytes:
    """Return TEI files as one document of XSL-FO."""
    style = etree.XSLT(etree.XML(STYLE))
    whole, *others = (style(etree.parse(text)).getroot() for text in texts)
    for other in others:
        whole.append(other[-1])
    return etree.tostring(whole)
