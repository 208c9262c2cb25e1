<?xml version="1.0" encoding="UTF-8"?>
<!--
  ISO Schematron to XSLT 3.0. A pattern becomes a mode, a rule a template of that mode: so a node
  meets the first rule of each pattern that fits it, and no other. The stylesheet that results
  turns a document into <findings>, one <finding> for each assertion that fails and each report
  that succeeds, with the path of the node it speaks of.

  Not done here: abstract patterns, phases and inclusion; encoder/validate/schematron.py refuses
  a schema that has them.
-->
<xsl:stylesheet version="3.0"
  xmlns:alias="https://tei-encoder.org/ns/alias"
  xmlns:s="https://tei-encoder.org/ns/schematron"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="s sch xs">

  <xsl:namespace-alias stylesheet-prefix="alias" result-prefix="xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <!-- What does the stylesheet do here? -->
  <xsl:mode name="s:program" on-no-match="shallow-skip"/>
  <!-- What does the message say? -->
  <xsl:mode name="s:message" on-no-match="shallow-skip"/>

  <xsl:variable name="patterns" as="element(sch:pattern)*" select="/sch:schema/sch:pattern"/>

  <xsl:template match="/sch:schema" as="element()">
    <alias:stylesheet version="3.0">
      <xsl:apply-templates select="sch:ns" mode="s:program"/>
      <alias:output method="xml" encoding="UTF-8" indent="no"/>
      <xsl:copy-of select="xsl:key, xsl:function"/>
      <!-- A value may be anything: Schematron variables have no type. -->
      <xsl:apply-templates select="sch:let, sch:pattern/sch:let" mode="s:program"/>
      <alias:template match="/">
        <findings>
          <xsl:for-each select="$patterns">
            <alias:apply-templates select="/" mode="{s:mode(.)}"/>
          </xsl:for-each>
        </findings>
      </alias:template>
      <xsl:apply-templates select="$patterns" mode="s:program"/>
    </alias:stylesheet>
  </xsl:template>

  <xsl:function name="s:mode" as="xs:string">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="concat('pattern-', count($pattern/preceding-sibling::sch:pattern) + 1)"/>
  </xsl:function>

  <xsl:template match="sch:ns" mode="s:program" as="namespace-node()">
    <xsl:namespace name="{@prefix}" select="string(@uri)"/>
  </xsl:template>

  <xsl:template match="sch:pattern" mode="s:program" as="element()*">
    <alias:mode name="{s:mode(.)}" on-no-match="shallow-skip"/>
    <xsl:apply-templates select="sch:rule[not(@abstract = 'true')]" mode="s:program"/>
  </xsl:template>

  <!-- The first rule that fits wins: so the earlier a rule, the higher its priority. -->
  <xsl:template match="sch:rule" mode="s:program" as="element()">
    <xsl:variable name="mode" as="xs:string" select="s:mode(..)"/>
    <alias:template match="{@context}" mode="{$mode}"
      priority="{1 + count(following-sibling::sch:rule)}">
      <xsl:apply-templates mode="s:program"/>
      <alias:apply-templates select="@*, node()" mode="{$mode}"/>
    </alias:template>
  </xsl:template>

  <xsl:template match="sch:extends" mode="s:program" as="element()*">
    <xsl:apply-templates mode="s:program"
      select="//sch:rule[@abstract = 'true'][@id = current()/@rule]/*"/>
  </xsl:template>

  <xsl:template match="sch:let" mode="s:program" as="element()">
    <alias:variable name="{@name}">
      <xsl:copy-of select="@value/s:select(.), node()"/>
    </alias:variable>
  </xsl:template>

  <xsl:function name="s:select" as="attribute(select)">
    <xsl:param name="expression" as="attribute()"/>
    <xsl:attribute name="select" select="$expression"/>
  </xsl:function>

  <xsl:template match="sch:assert" mode="s:program" as="element()">
    <alias:if test="not({@test})">
      <xsl:call-template name="s:finding"/>
    </alias:if>
  </xsl:template>

  <xsl:template match="sch:report" mode="s:program" as="element()">
    <alias:if test="{@test}">
      <xsl:call-template name="s:finding"/>
    </alias:if>
  </xsl:template>

  <xsl:template name="s:finding" as="element(finding)">
    <xsl:variable name="hint" as="element(sch:span)*" select="sch:span[@class = 'hint']"/>
    <finding rule="{(@id, ../@id, ../../@id, 'rule')[1]}" role="{(@role, ../@role, 'error')[1]}"
      path="{{path()}}">
      <message>
        <xsl:apply-templates select="node() except $hint" mode="s:message"/>
      </message>
      <hint>
        <xsl:apply-templates select="$hint" mode="s:message"/>
      </hint>
    </finding>
  </xsl:template>

  <xsl:template match="text()" mode="s:message" as="element()">
    <alias:text>
      <xsl:value-of select="."/>
    </alias:text>
  </xsl:template>

  <xsl:template match="sch:value-of" mode="s:message" as="element()">
    <alias:value-of select="{@select}"/>
  </xsl:template>

  <xsl:template match="sch:name" mode="s:message" as="element()">
    <alias:value-of select="{(@path, 'name()')[1]}"/>
  </xsl:template>

  <!-- Emphasis and direction are for other media. -->
  <xsl:template match="sch:emph | sch:dir | sch:span" mode="s:message" as="element()*">
    <xsl:apply-templates mode="s:message"/>
  </xsl:template>

</xsl:stylesheet>
