<?xml version="1.0" encoding="UTF-8"?>
<!--
  ODD to Schematron. Each <constraintSpec> becomes a pattern of its own, so that no rule hides
  another: in Schematron a node meets only the first rule of a pattern whose context it fits.
-->
<xsl:stylesheet version="3.0"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="xs"
  expand-text="yes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <xsl:output method="xml" encoding="UTF-8" indent="yes"
    suppress-indentation="sch:assert sch:report"/>

  <xsl:template match="/" as="document-node()">
    <xsl:variable name="schema" as="element(schemaSpec)" select="(//schemaSpec)[1]"/>
    <xsl:variable name="constraints" as="element(constraintSpec)*"
      select="$schema//constraintSpec[@scheme = ('schematron', 'isoschematron')]"/>
    <xsl:variable name="namespaces" as="element(sch:ns)*">
      <xsl:apply-templates select="$constraints/constraint/sch:ns, //constraintDecl/sch:ns" mode="copy"/>
    </xsl:variable>
    <xsl:document>
      <sch:schema queryBinding="xslt3">
        <xsl:comment> Generated from {$schema/@ident}.odd by `tei schema compile`: edit that. </xsl:comment>
        <sch:title>Rules of the schema {$schema/@ident}</sch:title>
        <xsl:sequence select="$namespaces"/>
        <xsl:if test="not($namespaces/@prefix = 'tei') and $constraints[constraint/(sch:assert | sch:report)]">
          <sch:ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
        </xsl:if>
        <xsl:apply-templates select="$constraints[constraint/(sch:rule | sch:assert | sch:report)]"/>
      </sch:schema>
    </xsl:document>
  </xsl:template>

  <xsl:template match="constraintSpec" as="element(sch:pattern)">
    <sch:pattern id="{@ident}">
      <xsl:for-each select="desc[1]">
        <sch:title>{normalize-space()}</sch:title>
      </xsl:for-each>
      <xsl:apply-templates select="constraint/(sch:let | sch:rule)" mode="copy"/>
      <!-- An assertion without a rule is about the element whose specification it stands in. -->
      <xsl:if test="constraint/(sch:assert | sch:report)">
        <xsl:variable name="element" as="element()?" select="ancestor::elementSpec"/>
        <xsl:variable name="namespace" as="xs:string" select="
          (($element/@ns, ancestor::schemaSpec/@ns)[1] ! concat('Q{', ., '}'), 'tei:')[1]"/>
        <sch:rule context="{$namespace}{$element/(altIdent, @ident)[1]}{ancestor::attDef/@ident ! ('/@' || .)}">
          <xsl:apply-templates select="constraint/(sch:assert | sch:report)" mode="copy"/>
        </sch:rule>
      </xsl:if>
    </sch:pattern>
  </xsl:template>

  <!-- What of a rule is kept? All but the layout of the ODD and its namespace declarations. -->
  <xsl:mode name="copy" on-no-match="shallow-copy"/>

  <xsl:template match="*" mode="copy" as="element()">
    <xsl:copy copy-namespaces="no">
      <xsl:apply-templates select="@*, node()" mode="copy"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="@*" mode="copy" as="attribute()">
    <xsl:attribute name="{name()}">{normalize-space()}</xsl:attribute>
  </xsl:template>

  <xsl:template match="text()" mode="copy" as="text()?">
    <xsl:value-of select="replace(., '\s+', ' ')"/>
  </xsl:template>

  <xsl:template match="sch:rule/text() | comment()" mode="copy"/>

</xsl:stylesheet>
