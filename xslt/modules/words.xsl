<?xml version="1.0" encoding="UTF-8"?>
<!-- Line ends, the words that cross them, and characters that XML cannot hold. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- A line end inside a word: the word is whole. -->
  <xsl:template match="lb[@break = 'no']" mode="m:typst m:label"/>

  <xsl:template match="lb[@break = 'no']" mode="m:html">
    <br class="source"/>
  </xsl:template>

  <!-- A hyphen that stood only because the line ended. -->
  <xsl:template match="pc[@force = 'weak'][following-sibling::node()[1]/self::*[@break = 'no']]"
                mode="m:typst m:label" priority="2"/>

  <xsl:template match="pc[@force = 'weak'][following-sibling::node()[1]/self::*[@break = 'no']]"
                mode="m:html" priority="2">
    <span class="source">
      <xsl:apply-templates mode="m:html"/>
    </span>
  </xsl:template>

  <xsl:template match="pc | w | c | num | measure | abbr | expan | ex | am | orig | reg"
                mode="m:html m:typst">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <!-- A line end that nobody could tell: shown as one word, with the doubt. -->
  <xsl:template match="lb[@break = 'maybe']" mode="m:html" priority="2">
    <span class="doubtful-break">
      <br class="source"/>
      <xsl:sequence select="f:flag(f:doubts(.))"/>
    </span>
  </xsl:template>

  <xsl:template match="lb[@break = 'maybe']" mode="m:typst" priority="2"/>

  <xsl:template match="lb" mode="m:label">
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="lb" mode="m:html">
    <xsl:text> </xsl:text>
    <br class="source"/>
  </xsl:template>

  <xsl:template match="lb" mode="m:typst">
    <xsl:value-of select="f:text(' ')"/>
  </xsl:template>

  <!-- A line that begins with a sign, between blocks: what stands there is laid out already. -->
  <xsl:template match="lb[not(@break)][let $beside := f:beside(.) return exists($beside) and
                          (every $one in $beside satisfies $one[self::*][f:is-block(.)])]"
                mode="m:html m:typst" priority="3"/>

  <!-- Where lines carry the meaning, they stay lines. -->
  <xsl:template match="(l | address | titlePage | signed | head)//lb[not(@break)]" mode="m:html">
    <br/>
  </xsl:template>

  <xsl:template match="(l | address | titlePage | signed | head)//lb[not(@break)]" mode="m:typst">
    <xsl:value-of select="'linebreak()&#10;'"/>
  </xsl:template>

  <xsl:template match="g" mode="m:html">
    <span class="unencodable">
      <xsl:value-of select="f:character(.)"/>
    </span>
  </xsl:template>

  <xsl:template match="g" mode="m:typst">
    <xsl:value-of select="f:text(f:character(.))"/>
  </xsl:template>

  <!-- The character itself where there is one, else its code: `⟨U+0008⟩`. -->
  <xsl:function name="f:character" as="xs:string">
    <xsl:param name="g" as="element(g)"/>
    <xsl:variable name="char" as="element()?" select="f:targets($g/@ref)[1]"/>
    <xsl:sequence select="string(($g[normalize-space()],
        $char/mapping[not(@type = 'codepoint')],
        $char/mapping ! ('‹' || . || '›'), '‹' || $g/@ref || '›')[1])"/>
  </xsl:function>
</xsl:stylesheet>
