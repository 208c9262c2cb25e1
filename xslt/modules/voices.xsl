<?xml version="1.0" encoding="UTF-8"?>
<!-- Who speaks: the voice of a note, a bracket, a correction, told in words. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- The voice is that of whoever @resp names; failing that, what the type says; else
       unknown. -->
  <xsl:function name="f:voice" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="speaker" as="element()?" select="f:targets($element/@resp)[1]"/>
    <xsl:choose>
      <xsl:when test="$speaker">
        <xsl:apply-templates select="$speaker" mode="m:voice"/>
      </xsl:when>
      <xsl:when test="$element/@type = ('author', 'translator', 'editor')">
        <xsl:sequence select="string($element/@type)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="'unknown'"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template match="author" mode="m:voice" as="xs:string">
    <xsl:sequence select="'author'"/>
  </xsl:template>

  <xsl:template match="editor" mode="m:voice" as="xs:string">
    <xsl:sequence select="if (@role = 'translator') then 'translator' else 'editor'"/>
  </xsl:template>

  <xsl:template match="respStmt" mode="m:voice" as="xs:string">
    <xsl:variable name="duty" as="xs:string" select="lower-case(string-join(resp, ' '))"/>
    <xsl:sequence select="if (lower-case(normalize-space(name[1])) = 'unknown') then 'unknown'
                          else if (contains($duty, 'encod')) then 'encoder'
                          else if (contains($duty, 'translat')) then 'translator'
                          else 'editor'"/>
  </xsl:template>

  <xsl:template match="application" mode="m:voice" as="xs:string">
    <xsl:sequence select="'program'"/>
  </xsl:template>

  <xsl:template match="person" mode="m:voice" as="xs:string">
    <xsl:variable name="pointer" as="xs:string" select="'#' || @xml:id"/>
    <xsl:variable name="statement" as="element(titleStmt)?" select="(/TEI/teiHeader//titleStmt)[1]"/>
    <xsl:sequence select="if ($statement/author//@ref = $pointer) then 'author'
        else if ($statement/editor[@role = 'translator']//@ref = $pointer) then 'translator'
        else 'editor'"/>
  </xsl:template>

  <xsl:template match="*" mode="m:voice" as="xs:string" priority="-1">
    <xsl:apply-templates select="ancestor::*[self::respStmt or self::author or self::editor][1]"
                         mode="m:voice"/>
    <xsl:if test="empty((ancestor::respStmt, ancestor::author, ancestor::editor))">unknown</xsl:if>
  </xsl:template>

  <xsl:function name="f:voice-name" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="f:say('voice-' || f:voice($element))"/>
  </xsl:function>

  <xsl:function name="f:html-voice" as="element()">
    <xsl:param name="element" as="element()"/>
    <span class="voice" lang="{$language}">{f:voice-name($element)}</span>
  </xsl:function>

  <!-- On paper an unknown voice is told once, in the colophon. -->
  <xsl:function name="f:typst-voice" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="f:argument('voice',
        f:voice-name($element)[f:voice($element) != 'unknown'])"/>
  </xsl:function>
</xsl:stylesheet>
