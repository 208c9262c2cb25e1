<?xml version="1.0" encoding="UTF-8"?>
<!-- Stanzas and lines; how far a line is indented stands in its @rend. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="lg" mode="m:html">
    <xsl:element name="{f:box(.)}">
      <xsl:attribute name="class" select="if (parent::lg) then 'lg inner' else 'lg'"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="lg" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'stanza'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="l" mode="m:html">
    <xsl:element name="{f:box(.)}">
      <xsl:attribute name="class" select="'l'"/>
      <xsl:attribute name="style" select="'--indent:' || f:indent(.)"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
      <xsl:if test="@n castable as xs:integer and number(@n) mod 5 = 0">
        <span class="line-number">{@n}</span>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- A heading of HTML holds words only, and lines in it are words. -->
  <xsl:function name="f:box" as="xs:string">
    <xsl:param name="verse" as="element()"/>
    <xsl:sequence select="if ($verse/ancestor::head) then 'span' else 'div'"/>
  </xsl:function>

  <xsl:template match="l" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'verse-line'"/>
      <xsl:with-param name="arguments" select="f:indent(.) || ', '"/>
    </xsl:call-template>
  </xsl:template>

  <!-- `indent` is one step, `indent2` or `indent(2)` two. -->
  <xsl:function name="f:indent" as="xs:integer">
    <xsl:param name="line" as="element()"/>
    <xsl:variable name="token" as="xs:string?"
                  select="tokenize($line/@rend)[matches(., '^indent-?\(?[0-9]{0,2}\)?$')][1]"/>
    <xsl:variable name="steps" as="xs:string" select="replace($token, '[^0-9]', '')"/>
    <xsl:sequence select="if (not($token)) then 0 else if ($steps) then xs:integer($steps) else 1"/>
  </xsl:function>
</xsl:stylesheet>
