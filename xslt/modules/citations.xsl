<?xml version="1.0" encoding="UTF-8"?>
<!-- Works that are named, cited or pointed to. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="bibl | biblStruct | biblScope | author | editor | listBibl" mode="m:html">
    <xsl:element name="{if (f:is-block(.)) then 'div' else 'span'}">
      <xsl:attribute name="class" select="local-name()"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </xsl:element>
  </xsl:template>

  <!-- In a list each work stands by itself. -->
  <xsl:template match="(bibl | biblStruct)[parent::listBibl][not(*[f:is-block(.)])]" mode="m:typst" priority="1">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'work'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="bibl | biblStruct | biblScope | author | editor | listBibl | idno"
                mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <!-- What a work without an entry in a register is known by: its title. -->
  <xsl:function name="f:work-id" as="xs:string">
    <xsl:param name="title" as="element(title)"/>
    <xsl:variable name="words" as="xs:string" select="lower-case(f:label($title))
        => replace('[^\p{L}\p{N}]+', '-') => replace('^-|-$', '')"/>
    <xsl:sequence select="'work-' || ($words[.], f:id($title))[1]"/>
  </xsl:function>

  <!-- A book or journal is set in italics; an article keeps the marks it was printed with. -->
  <xsl:template match="title" mode="m:html">
    <cite class="title {@level[matches(., '^[a-z]$')]}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </cite>
  </xsl:template>

  <xsl:template match="title" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="title[@level = ('m', 'j', 's')]" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'emph'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ref" mode="m:html">
    <xsl:param name="linked" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="target" as="xs:string?" select="f:address(@target)[not($linked)]"/>
    <xsl:element name="{if ($target) then 'a' else 'span'}">
      <xsl:attribute name="class" select="'ref'"/>
      <xsl:if test="$target">
        <xsl:attribute name="href" select="$target"/>
      </xsl:if>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside">
        <xsl:with-param name="linked" tunnel="yes" select="$linked or exists($target)"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <xsl:template match="ptr[not(@type = 'noteref' and f:targets(@target))]" mode="m:html">
    <xsl:variable name="target" as="xs:string?" select="f:address(@target)"/>
    <xsl:if test="$target">
      <a class="ptr" href="{$target}">{@n, @target[not(../@n)]}</a>
    </xsl:if>
  </xsl:template>

  <!-- Where a pointer leads, if one may follow it. -->
  <xsl:function name="f:address" as="xs:string?">
    <xsl:param name="pointer" as="attribute()?"/>
    <xsl:variable name="target" as="element()?" select="f:targets($pointer)[1]"/>
    <xsl:sequence select="if ($target/ancestor::text) then '#' || f:id($target)
                          else string($pointer)[f:is-address(.)]"/>
  </xsl:function>

  <xsl:template match="ref | ptr" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="ref[f:is-address(string(@target))]" mode="m:typst">
    <xsl:value-of select="'link(' || f:literal(@target) || ', {&#10;'"/>
    <xsl:apply-templates select="." mode="m:typst-inside"/>
    <xsl:value-of select="'})&#10;'"/>
  </xsl:template>
</xsl:stylesheet>
