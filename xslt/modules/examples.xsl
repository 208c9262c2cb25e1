<?xml version="1.0" encoding="UTF-8"?>
<!-- What is read letter by letter: its lines and spaces are kept. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="eg" mode="m:html">
    <div class="eg">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </div>
  </xsl:template>

  <xsl:template match="eg[not(*)]" mode="m:typst">
    <xsl:value-of select="'example(' || f:literal(string(.)) || ')&#10;'"/>
  </xsl:template>

  <!-- Others mark up what they keep so. -->
  <xsl:template match="eg[*]" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'par'"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
