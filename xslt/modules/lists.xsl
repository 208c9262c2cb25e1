<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists with the marks that were printed, and figures. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="list" mode="m:html">
    <div class="list">
      <xsl:apply-templates select="head" mode="m:html"/>
      <xsl:element name="{if (f:styles(.) = 'numbered') then 'ol' else 'ul'}">
        <xsl:if test="f:is-marked(.)">
          <xsl:attribute name="class" select="'marked'"/>
        </xsl:if>
        <xsl:apply-templates select="." mode="m:attributes"/>
        <xsl:for-each select="f:listed(.)">
          <xsl:apply-templates select="self::item" mode="m:html"/>
          <xsl:where-populated>
            <li class="stray">
              <xsl:apply-templates select=".[not(self::item)]" mode="m:html"/>
            </li>
          </xsl:where-populated>
        </xsl:for-each>
      </xsl:element>
    </div>
  </xsl:template>

  <xsl:template match="item" mode="m:html">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <span class="mark">
        <xsl:apply-templates select="preceding-sibling::*[1][self::label]/node()" mode="m:html"/>
        <xsl:value-of select="f:item-mark(.)"/>
      </span>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </li>
  </xsl:template>

  <xsl:template match="list" mode="m:typst">
    <xsl:apply-templates select="head" mode="m:typst"/>
    <xsl:apply-templates select="f:listed(.)" mode="m:typst"/>
  </xsl:template>

  <!-- The items of a list, and what else stands in it; a label stands with its item. -->
  <xsl:function name="f:listed" as="element()*">
    <xsl:param name="list" as="element(list)"/>
    <xsl:sequence select="$list/(* except (head, label[following-sibling::*[1]/self::item]))"/>
  </xsl:function>

  <xsl:template match="item" mode="m:typst">
    <xsl:value-of select="'block-item({&#10;'[current()//*[f:is-block(.)]],
                          'marked-item({&#10;'[not(current()//*[f:is-block(.)])]" separator=""/>
    <xsl:apply-templates select="preceding-sibling::*[1][self::label]/node()" mode="m:typst"/>
    <xsl:value-of select="f:text(f:item-mark(.)) || $item-signs(generate-id()) || '}, {&#10;'"/>
    <xsl:apply-templates select="." mode="m:typst-inside"/>
    <xsl:value-of select="'})&#10;'"/>
  </xsl:template>

  <xsl:template match="label" mode="m:html m:typst">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <!-- The mark of an item: what its token holds. -->
  <xsl:function name="f:item-mark" as="xs:string">
    <xsl:param name="item" as="element()"/>
    <xsl:sequence select="f:signs($item, 'label')"/>
  </xsl:function>

  <!-- Do its items bear marks of their own? -->
  <xsl:function name="f:is-marked" as="xs:boolean">
    <xsl:param name="list" as="element(list)"/>
    <xsl:sequence select="exists($list/(label | item[f:item-mark(.)]))"/>
  </xsl:function>

  <!-- What stands for the mark of each item in a list that has none: a browser sets it, and the
       house on paper. Were each item to ask its list, a long one would take long. -->
  <xsl:variable name="item-signs" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each select="//list[not(f:is-marked(.))]">
        <xsl:variable name="numbered" as="xs:boolean" select="f:styles(.) = 'numbered'"/>
        <xsl:for-each select="item">
          <xsl:map-entry key="generate-id()"
                         select="if ($numbered) then 'number(' || position() || ')' else 'bullet()'"/>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:template match="figure" mode="m:html">
    <figure>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </figure>
  </xsl:template>

  <xsl:template match="figDesc" mode="m:html">
    <figcaption>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </figcaption>
  </xsl:template>

  <xsl:template match="figure" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'inset'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="figDesc" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'caption'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A picture is another file: the page leads to it, and fetches nothing. -->
  <xsl:template match="graphic | media" mode="m:html">
    <xsl:param name="linked" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:sequence select="f:file-link(@url, if (self::graphic) then f:say('picture')
        else string(tokenize(@url, '/')[last()]), '')[not($linked)]"/>
  </xsl:template>

  <xsl:template match="graphic | media" mode="m:typst"/>
</xsl:stylesheet>
