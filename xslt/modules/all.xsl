<?xml version="1.0" encoding="UTF-8"?>
<!-- The phenomena of a text, each in its module: how it looks in HTML, and how on paper. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="pages.xsl"/>
  <xsl:include href="divisions.xsl"/>
  <xsl:include href="prose.xsl"/>
  <xsl:include href="examples.xsl"/>
  <xsl:include href="verse.xsl"/>
  <xsl:include href="drama.xsl"/>
  <xsl:include href="letters.xsl"/>
  <xsl:include href="notes.xsl"/>
  <xsl:include href="tables.xsl"/>
  <xsl:include href="lists.xsl"/>
  <xsl:include href="words.xsl"/>
  <xsl:include href="typography.xsl"/>
  <xsl:include href="languages.xsl"/>
  <xsl:include href="dates.xsl"/>
  <xsl:include href="names.xsl"/>
  <xsl:include href="index.xsl"/>
  <xsl:include href="citations.xsl"/>
  <xsl:include href="editorial.xsl"/>
  <xsl:include href="voices.xsl"/>
  <xsl:include href="header.xsl"/>
  <xsl:include href="cite.xsl"/>
  <xsl:include href="site.xsl"/>
  <xsl:include href="../lib/params.xsl"/>
  <xsl:include href="../lib/modes.xsl"/>
  <xsl:include href="../lib/functions.xsl"/>
  <xsl:include href="../lib/i18n.xsl"/>
  <xsl:include href="../lib/typst.xsl"/>
</xsl:stylesheet>
