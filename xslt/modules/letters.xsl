<?xml version="1.0" encoding="UTF-8"?>
<!-- How a letter opens and closes. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="opener | closer" mode="m:html">
    <div class="{local-name()}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </div>
  </xsl:template>

  <xsl:template match="opener | closer" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="salute | signed | dateline | byline | addrLine" mode="m:html">
    <p class="{local-name()}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </p>
  </xsl:template>

  <xsl:template match="salute | signed | dateline" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="local-name()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A byline over the title is the author's; one after the text is a note on its making. -->
  <xsl:template match="byline" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function"
                      select="if (following-sibling::p) then 'byline' else 'endline'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="address" mode="m:html">
    <address>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </address>
  </xsl:template>

  <xsl:template match="address" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="addrLine" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'line'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="postscript" mode="m:html">
    <section class="postscript">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </section>
  </xsl:template>

  <xsl:template match="postscript" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="docAuthor" mode="m:html m:typst">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

</xsl:stylesheet>
