<?xml version="1.0" encoding="UTF-8"?>
<!-- What an editor did to the text, and what is doubtful in it. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- Doubts and corrections are shown on demand: they wait beside the word. -->
  <xsl:function name="f:flag" as="element()?">
    <xsl:param name="doubts" as="xs:string*"/>
    <xsl:if test="exists($doubts)">
      <span class="flag" lang="{$language}"> [{$doubts => string-join('; ')}]</span>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:doubts" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="m:doubt"/>
  </xsl:function>

  <xsl:function name="f:doubt-class" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="doubts" as="xs:string*"/>
    <xsl:sequence select="local-name($element) || ' doubtful'[exists($doubts)]"/>
  </xsl:function>

  <xsl:template match="*[@cert = ('low', 'medium', 'unknown')] | *[certainty]" mode="m:doubt"
                as="xs:string+">
    <xsl:sequence select="f:say('doubt-' || (@cert[. = ('low', 'medium')], 'unknown')[1])"/>
    <xsl:sequence select="f:targets(certainty/@assertedValue) ! f:say('or', f:label(.))"/>
  </xsl:template>

  <xsl:template match="unclear" mode="m:doubt" as="xs:string+" priority="1">
    <xsl:sequence select="f:say('unclear')"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="lb[@break = 'maybe']" mode="m:doubt" as="xs:string" priority="1">
    <xsl:sequence select="f:say('doubtful-break')"/>
  </xsl:template>

  <xsl:template match="supplied" mode="m:doubt" as="xs:string+" priority="1">
    <xsl:sequence select="f:say('supplied-by', f:voice-name(.))"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="choice" mode="m:doubt" as="xs:string+" priority="1">
    <xsl:sequence select="f:say('source-has', f:label((sic, orig, abbr)[1]))"/>
    <xsl:sequence select="corr[@resp] ! f:say('corrected-by', f:voice-name(.))"/>
    <xsl:apply-templates select="(corr, reg, expan)[1]" mode="#current"/>
  </xsl:template>

  <!-- Of a place that the witnesses have differently, one reading is read; the others are told like a
       doubt, with who has them (TEI P5 13). -->
  <xsl:template match="app" mode="m:doubt" as="xs:string+" priority="1">
    <xsl:sequence select="f:variants(.)"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:function name="f:variants" as="xs:string">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="string-join(($app/* except f:reading($app))
        ! string-join((f:label(.), f:witnesses(.)), ' ')[.], '; ')"/>
  </xsl:function>

  <xsl:function name="f:witnesses" as="xs:string*">
    <xsl:param name="reading" as="element()"/>
    <xsl:sequence select="tokenize($reading/@wit) ! replace(., '^#', '')"/>
  </xsl:function>

  <xsl:template match="certainty | respons" mode="m:html m:typst m:label"/>

  <xsl:template match="supplied | unclear | app" mode="m:html">
    <xsl:variable name="doubts" as="xs:string*" select="f:doubts(.)"/>
    <span class="{f:doubt-class(., $doubts)}" title="{string-join($doubts, '; ')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="(self::app ! f:reading(.), .)[1]" mode="m:html-inside"/>
      <xsl:sequence select="f:flag($doubts)"/>
    </span>
  </xsl:template>

  <xsl:template match="supplied | unclear | corr | sic" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <!-- What is read: the correction; what the source has stands beside it, and takes its place when
       the reader asks for the source. -->
  <xsl:template match="choice" mode="m:html">
    <xsl:variable name="reading" as="element()?" select="f:reading(.)"/>
    <xsl:variable name="others" as="element()*" select="* except $reading"/>
    <xsl:variable name="doubts" as="xs:string*" select="f:doubts(.)"/>
    <span class="{f:doubt-class(., $doubts)}" title="{string-join($doubts, '; ')}">
      <span class="reading">
        <xsl:apply-templates select="$reading" mode="m:html"/>
      </span>
      <xsl:for-each select="$others">
        <span class="source">
          <xsl:apply-templates select="." mode="m:html"/>
        </span>
      </xsl:for-each>
      <xsl:sequence select="f:flag($doubts)"/>
    </span>
  </xsl:template>

  <xsl:template match="choice | app" mode="m:typst m:label">
    <xsl:apply-templates select="f:reading(.)" mode="#current"/>
  </xsl:template>

  <xsl:template match="lem | rdg" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:function name="f:reading" as="element()?">
    <xsl:param name="choice" as="element()"/>
    <xsl:sequence select="($choice/(corr, reg, expan, lem), $choice/*)[1]"/>
  </xsl:function>

  <xsl:template match="corr" mode="m:html">
    <span class="corr">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </span>
  </xsl:template>

  <!-- A slip left standing. -->
  <xsl:template match="sic" mode="m:html">
    <span class="sic" title="{f:say('sic')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </span>
  </xsl:template>

  <!-- A gap shows the sign that was printed, or brackets round three dots. -->
  <xsl:template match="gap" mode="m:html">
    <span class="gap" title="{f:say('gap')}">{f:gap-sign(.)}</span>
  </xsl:template>

  <xsl:template match="gap" mode="m:typst">
    <xsl:value-of select="f:text(f:gap-sign(.))"/>
  </xsl:template>

  <xsl:function name="f:gap-sign" as="xs:string">
    <xsl:param name="gap" as="element(gap)"/>
    <xsl:sequence select="(f:signs($gap, 'pre')[.], '[…]')[1]"/>
  </xsl:function>

  <xsl:template match="del" mode="m:html">
    <del>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </del>
  </xsl:template>

  <xsl:template match="add" mode="m:html">
    <ins>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </ins>
  </xsl:template>

  <xsl:template match="del | add" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="if (self::del) then 'strike' else 'underline'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="(del | add)[not(f:may-line(., 'underline'))]" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="subst | surplus | secl | retrace | restore" mode="m:html m:typst">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
</xsl:stylesheet>
