<?xml version="1.0" encoding="UTF-8"?>
<!-- The cast, speeches and stage directions. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="castList" mode="m:html">
    <div class="cast">
      <xsl:apply-templates select="head" mode="m:html"/>
      <ul>
        <xsl:apply-templates select="* except head" mode="m:html"/>
      </ul>
    </div>
  </xsl:template>

  <xsl:template match="castGroup" mode="m:html">
    <li>
      <xsl:apply-templates select="head | roleDesc" mode="m:html"/>
      <ul>
        <xsl:apply-templates select="* except (head, roleDesc)" mode="m:html"/>
      </ul>
    </li>
  </xsl:template>

  <xsl:template match="castItem" mode="m:html">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </li>
  </xsl:template>

  <xsl:template match="castList | castGroup" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'inset'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="castItem" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'line'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="sp" mode="m:html">
    <div class="speech">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </div>
  </xsl:template>

  <xsl:template match="sp" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'speech'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="speaker" mode="m:html">
    <p class="speaker">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </p>
  </xsl:template>

  <xsl:template match="speaker" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'speaker'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="stage" mode="m:html">
    <xsl:element name="{if (f:is-block(.)) then 'p' else 'span'}">
      <xsl:attribute name="class" select="'stage'"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="stage" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="if (f:is-block(.)) then 'stage' else 'emph'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="role | roleDesc | actor" mode="m:html">
    <span class="{local-name()}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </span>
  </xsl:template>

  <xsl:template match="role" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'smallcaps'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="roleDesc | actor" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>
</xsl:stylesheet>
