<?xml version="1.0" encoding="UTF-8"?>
<!-- Dates, with the calendar's reading of them for machines. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="date | time | origDate" mode="m:html">
    <xsl:variable name="known" as="xs:boolean"
                  select="matches(@when, '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')"/>
    <xsl:variable name="doubts" as="xs:string*" select="f:doubts(.)"/>
    <xsl:element name="{if ($known) then 'time' else 'span'}">
      <xsl:if test="$known">
        <xsl:attribute name="datetime" select="@when"/>
      </xsl:if>
      <xsl:attribute name="class" select="f:doubt-class(., $doubts)"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
      <xsl:sequence select="f:flag($doubts)"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="date | time | origDate" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <!-- A year, a month or a day; what follows of the hour and its zone says too much. -->
  <xsl:variable name="time" static="yes" as="xs:string"
      select="'^(-?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)(T.*|Z|[+-][0-9]{2}:[0-9]{2})?$'"/>

  <xsl:function name="f:first-time" as="xs:string">
    <xsl:param name="times" as="xs:anyAtomicType*"/>
    <xsl:sequence select="string($times[matches(., $time)][1]) => replace($time, '$1')"/>
  </xsl:function>

  <!-- Where a date begins, as far as it says; else where it ends. -->
  <xsl:function name="f:beginning" as="attribute()*">
    <xsl:param name="dates" as="element()*"/>
    <xsl:sequence select="$dates ! (@when, @notBefore, @from, @notAfter, @to)[1]"/>
  </xsl:function>

  <!-- A date of the header in words, if they are in the reader's language; else as the calendar
       writes it. -->
  <xsl:function name="f:date" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($date)"/>
    <xsl:sequence select="string(($words[. and f:language-of($date) = $language],
                                  f:in-figures($date)[.], $words)[1])"/>
  </xsl:function>

  <xsl:function name="f:in-figures" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:sequence select="string(($date/@when,
        $date[@notBefore or @notAfter] ! string-join((@notBefore, @notAfter), '–'),
        $date[@from or @to] ! string-join((@from, @to), '–'))[1])"/>
  </xsl:function>
</xsl:stylesheet>
