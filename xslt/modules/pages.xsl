<?xml version="1.0" encoding="UTF-8"?>
<!-- Where the pages of the source begin: a number in the margin, and never a break in a word. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="pb[@n] | milestone[@unit = 'page'][@n]" mode="m:html">
    <xsl:param name="linked" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:element name="{if ($linked) then 'span' else 'a'}">
      <xsl:attribute name="class" select="'pb'"/>
      <xsl:attribute name="id" select="f:id(.)"/>
      <xsl:if test="not($linked)">
        <xsl:attribute name="href" select="'#' || f:id(.)"/>
      </xsl:if>
      <span class="for-ear">{f:say('page')} </span>
      <xsl:value-of select="@n"/>
    </xsl:element>
    <xsl:sequence select="f:picture-link(.)[not($linked)]"/>
  </xsl:template>

  <!-- A page that has no number may have a picture all the same. -->
  <xsl:template match="pb[not(@n)][@facs]" mode="m:html">
    <xsl:param name="linked" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:sequence select="f:picture-link(.)[not($linked)]"/>
  </xsl:template>

  <!-- By address or through `facsimile` (TEI P5 12.1). -->
  <xsl:function name="f:picture-link" as="element()?">
    <xsl:param name="page" as="element()"/>
    <xsl:sequence select="f:file-link((f:targets($page/@facs)/descendant-or-self::graphic/@url,
        tokenize($page/@facs)), f:say('image'), string($page/@n))"/>
  </xsl:function>

  <!-- A link to a file, at the first address that a reader can be led to. -->
  <xsl:function name="f:file-link" as="element()?">
    <xsl:param name="addresses" as="xs:string*"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="of" as="xs:string"/>
    <xsl:for-each select="$addresses[f:is-address(.) or f:is-beside(.)][1]">
      <a class="facs" lang="{$language}" href="{.}">
        <xsl:if test="$of">
          <xsl:attribute name="aria-label" select="$words, $of"/>
        </xsl:if>
        <xsl:text>[{$words}]</xsl:text>
      </a>
    </xsl:for-each>
  </xsl:function>

  <!-- A path to a file below this one: no scheme, no root, no way up. -->
  <xsl:function name="f:is-beside" as="xs:boolean">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="matches($path, '^[^\s:/\\#?][^\s:\\#?]*$') and not(contains($path, '..'))"/>
  </xsl:function>

  <xsl:template match="pb[@n] | milestone[@unit = 'page'][@n]" mode="m:typst">
    <xsl:value-of select="'source-page(' || f:literal(@n) || ')&#10;'"/>
  </xsl:template>

  <xsl:template match="pb | cb" mode="m:html m:typst"/>

  <!-- What is printed around the text of a page is kept in the TEI, and left out of the
       reading. -->
  <xsl:template match="fw" mode="m:typst m:label"/>

  <xsl:template match="fw" mode="m:html">
    <span class="source fw">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </span>
  </xsl:template>
</xsl:stylesheet>
