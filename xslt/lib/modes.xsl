<?xml version="1.0" encoding="UTF-8"?>
<!-- A mode is a question asked of a node. Every question is listed here, with the answer of whoever
     has none of its own. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- What does the whole document look like? (asked of the root only) -->
  <xsl:mode on-no-match="shallow-skip"/>

  <!-- How do you look on the page? -->
  <xsl:mode name="m:html" on-no-match="text-only-copy"/>

  <!-- How do you look on paper? -->
  <xsl:mode name="m:typst" on-no-match="shallow-skip"/>

  <!-- What stands between your two ends, printed signs included? -->
  <xsl:mode name="m:html-inside"/>
  <xsl:mode name="m:typst-inside"/>

  <!-- Which attributes of yours concern HTML? -->
  <xsl:mode name="m:attributes" on-no-match="shallow-skip"/>

  <!-- How do you look as an entry: a note in its list, a person in the index? -->
  <xsl:mode name="m:html-entry" on-no-match="fail"/>
  <xsl:mode name="m:typst-entry" on-no-match="fail"/>

  <!-- What are you called, in one line? -->
  <xsl:mode name="m:label" on-no-match="text-only-copy"/>

  <!-- What is your printed mark? -->
  <xsl:mode name="m:mark" on-no-match="shallow-skip"/>

  <!-- Whose voice are you? (author, translator, editor, encoder, program or unknown) -->
  <xsl:mode name="m:voice" on-no-match="fail"/>

  <!-- What is doubtful about you? -->
  <xsl:mode name="m:doubt" on-no-match="deep-skip"/>

  <!-- What do you tell about the edition? -->
  <xsl:mode name="m:html-about" on-no-match="fail"/>
  <xsl:mode name="m:typst-about" on-no-match="fail"/>

  <!-- The catch-all. An element that no module knows keeps its text and its signs, and says its
       name. -->
  <xsl:template match="*" mode="m:html" priority="-1">
    <xsl:sequence select="f:unknown(.)"/>
    <xsl:element name="{if (f:is-block(.)) then 'div' else 'span'}">
      <xsl:attribute name="class" select="'unknown'"/>
      <xsl:attribute name="data-element" select="local-name()"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </xsl:element>
  </xsl:template>

  <!-- What is empty by its nature may hold a description in the TEI of others. -->
  <xsl:template match="(graphic | media | gap | pb | cb | lb | milestone | anchor | ptr | certainty
                       | respons)[*/normalize-space()]" mode="m:html" priority="9">
    <xsl:next-match/>
    <span class="remark">
      <xsl:apply-templates mode="m:html"/>
    </span>
  </xsl:template>

  <xsl:template match="(graphic | media | gap | pb | cb | lb | milestone | anchor | ptr | certainty
                       | respons)[*/normalize-space()]" mode="m:typst" priority="9">
    <xsl:next-match/>
    <xsl:value-of select="f:text(' ')"/>
    <xsl:apply-templates mode="m:typst"/>
    <xsl:value-of select="f:text(' ')"/>
  </xsl:template>

  <xsl:template match="*" mode="m:typst" priority="-1">
    <xsl:sequence select="f:unknown(.)"/>
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <!-- What stands by itself does so on paper, too: an utterance, an entry of a dictionary. -->
  <xsl:template match="(u | entry | entryFree | line)[not(*[f:is-block(.)])]" mode="m:typst">
    <xsl:sequence select="f:unknown(.)"/>
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'par'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:function name="f:unknown" as="empty-sequence()">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$strict">
      <xsl:sequence select="error(QName('urn:tei-encoder:function', 'f:unknown'),
                                  'no module shows the element ' || name($element))"/>
    </xsl:if>
  </xsl:function>

  <xsl:template match="*" mode="m:html-inside">
    <xsl:apply-templates mode="m:html"/>
  </xsl:template>

  <xsl:template match="*" mode="m:typst-inside">
    <xsl:apply-templates mode="m:typst"/>
  </xsl:template>

  <!-- Only what has @rend, or stands in what has, can have printed signs. -->
  <xsl:template match="*[@rend or ../@rend]" mode="m:html-inside" priority="1">
    <xsl:value-of select="f:edge(., 'pre')"/>
    <xsl:next-match/>
    <xsl:value-of select="f:edge(., 'post')"/>
  </xsl:template>

  <xsl:template match="*[@rend or ../@rend]" mode="m:typst-inside" priority="1">
    <xsl:value-of select="f:text(f:edge(., 'pre'))"/>
    <xsl:next-match/>
    <xsl:value-of select="f:text(f:edge(., 'post'))"/>
  </xsl:template>

  <xsl:template match="*" mode="m:attributes">
    <xsl:apply-templates select="@xml:id | @xml:lang" mode="#current"/>
  </xsl:template>

  <!-- Every paragraph and line has an address, and every work that is named. -->
  <xsl:template match="p | ab | l | item | cell | title" mode="m:attributes">
    <xsl:attribute name="id" select="f:id(.)"/>
    <xsl:apply-templates select="@xml:lang" mode="#current"/>
  </xsl:template>

  <xsl:template match="@xml:id[not(f:is-first(.))]" mode="m:attributes" priority="1"/>

  <xsl:template match="@xml:id" mode="m:attributes">
    <xsl:attribute name="id" select="."/>
  </xsl:template>

  <xsl:template match="comment() | processing-instruction()" mode="m:html m:label"/>
</xsl:stylesheet>
