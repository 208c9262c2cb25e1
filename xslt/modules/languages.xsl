<?xml version="1.0" encoding="UTF-8"?>
<!-- Words of another language: told to the browser, to speech and to the hyphenation. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="@xml:lang" mode="m:attributes">
    <xsl:attribute name="lang" select="."/>
    <xsl:sequence select="f:direction(.)"/>
  </xsl:template>

  <!-- Languages and scripts that are read from the right; the typesetter knows them by itself. -->
  <xsl:variable name="from-the-right" static="yes" as="xs:string"
                select="'^(ar|arc|ckb|dv|fa|he|ks|ps|sd|syc|ug|ur|yi)(-|$)|-(arab|hebr|syrc|thaa)(-|$)'"/>

  <xsl:function name="f:direction" as="attribute()">
    <xsl:param name="language" as="xs:string"/>
    <xsl:attribute name="dir" select="if (matches($language, $from-the-right, 'i')
        or $language = 'und' and $letters-from-the-right) then 'rtl' else 'ltr'"/>
  </xsl:function>

  <!-- Where no language tells, the letters do: those of the text, as far as is needed to know. -->
  <xsl:variable name="letters-from-the-right" as="xs:boolean">
    <xsl:variable name="letters" as="xs:string"
        select="replace(substring(string(/TEI/(text | sourceDoc)[1]), 1, 2000), '[^\p{L}]', '')"/>
    <xsl:sequence select="2 * string-length(replace($letters, '[^&#x590;-&#x8FF;]', ''))
                          gt string-length($letters)"/>
  </xsl:variable>

  <xsl:template match="foreign" mode="m:html">
    <i class="foreign">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </i>
  </xsl:template>

  <xsl:template match="foreign" mode="m:typst">
    <xsl:variable name="code" as="xs:string?" select="f:language-code(@xml:lang)"/>
    <xsl:value-of select="'foreign(' || f:argument('lang', $code) || '{&#10;'"/>
    <xsl:apply-templates select="." mode="m:typst-inside"/>
    <xsl:value-of select="'})&#10;'"/>
  </xsl:template>

  <!-- What Typst takes for a language: two or three letters. -->
  <xsl:function name="f:language-code" as="xs:string?">
    <xsl:param name="language" as="xs:string?"/>
    <xsl:sequence select="lower-case(tokenize($language, '-')[1])[matches(., '^[a-z]{2,3}$')]"/>
  </xsl:function>

  <!-- …and for a region of it. -->
  <xsl:function name="f:region-code" as="xs:string?">
    <xsl:param name="language" as="xs:string?"/>
    <xsl:sequence select="tokenize($language, '-')[position() gt 1][matches(., '^[A-Z]{2}$')][1]"/>
  </xsl:function>
</xsl:stylesheet>
