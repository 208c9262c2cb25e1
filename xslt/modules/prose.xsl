<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs and quotations. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="p | ab" mode="m:html">
    <!-- A paragraph of HTML can hold no block; one of TEI can. -->
    <xsl:variable name="holds-block" as="xs:boolean" select="exists(*[f:is-block(.)])"/>
    <xsl:element name="{if ($holds-block) then 'div' else 'p'}">
      <xsl:if test="$holds-block">
        <xsl:attribute name="class" select="'p'"/>
      </xsl:if>
      <xsl:variable name="id" as="xs:string" select="f:id(.)"/>
      <xsl:attribute name="id" select="$id"/>
      <xsl:apply-templates select="@xml:lang" mode="m:attributes"/>
      <xsl:if test="empty(ancestor::note | ancestor::cell)">
        <xsl:sequence select="f:anchor($id)"/>
      </xsl:if>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </xsl:element>
  </xsl:template>

  <!-- The sign in the margin by which one links to a paragraph. -->
  <xsl:function name="f:anchor" as="element()">
    <xsl:param name="id" as="xs:string"/>
    <a class="address" lang="{$language}" href="#{$id}"
       aria-label="{f:say('anchor')}">¶</a>
  </xsl:function>

  <xsl:template match="p | ab" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'par'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A paragraph that holds a block is set in pieces, so that only words are tagged as
       paragraphs. -->
  <xsl:template match="(p | ab)[*[f:is-block(.)]]" mode="m:typst">
    <xsl:for-each-group select="node()" group-adjacent="exists(self::*[f:is-block(.)])">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="m:typst"/>
        </xsl:when>
        <xsl:when test="current-group()[self::* or normalize-space()]">
          <xsl:call-template name="call">
            <xsl:with-param name="function" select="'par'"/>
            <xsl:with-param name="body" as="item()*">
              <xsl:apply-templates select="current-group()" mode="m:typst"/>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- One that holds a block deeper inside is left to the typesetter to take apart. -->
  <xsl:template match="(p | ab)[not(*[f:is-block(.)])][.//*[f:is-block(.)][not(ancestor::note
                       [not(f:is-inline-note(.))])]]" mode="m:typst" priority="1">
    <xsl:value-of select="'parbreak()&#10;'"/>
    <xsl:apply-templates select="." mode="m:typst-inside"/>
    <xsl:value-of select="'parbreak()&#10;'"/>
  </xsl:template>

  <!-- Marks of quotation stand in the text: the element adds none. -->
  <xsl:template match="q | said | quote | cit" mode="m:html">
    <xsl:variable name="block" as="xs:boolean" select="f:is-block(.) or exists(parent::div)"/>
    <xsl:element name="{if ($block) then 'blockquote' else 'span'}">
      <xsl:attribute name="class" select="local-name()"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="q | said | quote | cit" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="(q | said | quote | cit)[f:is-block(.) or parent::div]" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'inset'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="seg | s" mode="m:html m:typst">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
</xsl:stylesheet>
