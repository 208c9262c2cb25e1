<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to Typst: one file that holds the text and the functions that set it. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all">

  <xsl:include href="modules/all.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/TEI">
    <xsl:value-of select="$typst-house"/>
    <xsl:value-of select="'&#10;#show: edition.with(', f:argument('title', $title),
        f:argument('author', string-join($authors, ', ')), f:language-arguments(),
        f:date-argument(),
        ')&#10;#{&#10;'" separator=""/>
    <xsl:if test="not($title-is-in-text)">
      <xsl:call-template name="sheet-title"/>
    </xsl:if>
    <xsl:apply-templates select="text" mode="m:typst"/>
    <xsl:call-template name="typst-indexes"/>
    <xsl:call-template name="typst-about"/>
    <xsl:value-of select="'}&#10;'"/>
  </xsl:template>

  <xsl:template name="sheet-title">
    <xsl:for-each select="$authors">
      <xsl:value-of select="'byline({' || f:text(.) || '})&#10;'"/>
    </xsl:for-each>
    <xsl:value-of select="'chapter(1, {' || f:text($title) || '})&#10;'"/>
  </xsl:template>

  <xsl:function name="f:language-arguments" as="xs:string">
    <xsl:sequence select="f:argument('lang', f:language-code($text-language))
                          || f:argument('region', f:region-code($text-language))"/>
  </xsl:function>

  <xsl:function name="f:date-argument" as="xs:string">
    <xsl:variable name="day" as="xs:date" select="f:first-day()"/>
    <xsl:sequence select="'date: datetime(year: ' || year-from-date($day) || ', month: '
        || month-from-date($day) || ', day: ' || day-from-date($day) || ')'"/>
  </xsl:function>

  <xsl:template match="/*" priority="-1">
    <xsl:sequence select="error(QName('urn:tei-encoder:function', 'f:root'),
                                'the root is ' || name() || ', not TEI')"/>
  </xsl:template>
</xsl:stylesheet>
