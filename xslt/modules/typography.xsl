<?xml version="1.0" encoding="UTF-8"?>
<!-- Italics, small capitals and the like: the look stands for the signs that meant it. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="hi | emph | mentioned | soCalled | term | gloss | code | ident"
                mode="m:html">
    <xsl:element name="{f:html-style(.)}">
      <xsl:attribute name="class" select="local-name(), f:styles(.)"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="hi | emph | mentioned | soCalled | term | gloss | code | ident"
                mode="m:typst">
    <xsl:variable name="functions" as="xs:string*" select="f:typst-styles(.)"/>
    <xsl:value-of select="string-join($functions ! (. || '({&#10;'))"/>
    <xsl:apply-templates mode="m:typst"/>
    <xsl:value-of select="string-join($functions ! '})&#10;')"/>
  </xsl:template>

  <xsl:function name="f:html-style" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="styles" as="xs:string*" select="f:styles($element)"/>
    <xsl:sequence select="if ($styles = 'bold') then 'b'
                          else if ($styles = ('super', 'superscript')) then 'sup'
                          else if ($styles = ('sub', 'subscript')) then 'sub'
                          else if ($element/self::emph) then 'em'
                          else if ($styles = 'italic' or $element/self::mentioned) then 'i'
                          else if ($element/self::code) then 'code'
                          else 'span'"/>
  </xsl:function>

  <xsl:variable name="typst-style" as="map(xs:string, xs:string)" select="map {
      'bold': 'strong', 'italic': 'emph', 'emph': 'emph', 'mentioned': 'emph',
      'super': 'super', 'superscript': 'super', 'sub': 'sub', 'subscript': 'sub',
      'underline': 'underline', 'strikethrough': 'strike',
      'smallcaps': 'smallcaps', 'small-caps': 'smallcaps',
      'spaced': 'spaced', 'letterspaced': 'spaced', 'letter-spaced': 'spaced' }"/>

  <xsl:function name="f:typst-styles" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="distinct-values((f:styles($element), local-name($element))
                                          ! $typst-style(.)[f:may-line($element, .)])"/>
  </xsl:function>

  <!-- Accessible PDF knows one line along a word: under it or through it. -->
  <xsl:variable name="lined" static="yes" as="xs:string*"
                select="'underline', 'strikethrough'"/>

  <xsl:function name="f:may-line" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="style" as="xs:string"/>
    <xsl:sequence select="not($style = ('underline', 'strike'))
        or not($element/ancestor::*[self::del or self::add or f:styles(.) = $lined])
           and not($style = 'strike' and f:styles($element) = 'underline')"/>
  </xsl:function>
</xsl:stylesheet>
