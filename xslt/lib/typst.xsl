<?xml version="1.0" encoding="UTF-8"?>
<!-- How to write Typst. The document is one code block: each node writes expressions, one a line,
     which Typst joins. Text is always a string literal, so no text can become markup. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all">

  <!-- Controls, separators, joiners and marks of direction. By ranges: by Unicode category it takes
       Saxon a hundred times as long. -->
  <xsl:variable name="invisible" static="yes" as="xs:string"
                select="'[&#x9;&#xA;&#xD;&#x7F;-&#x9F;&#xAD;&#x61C;&#x180E;&#x200B;-&#x200F;'
                        || '&#x2028;-&#x202E;&#x2060;-&#x206F;&#xFEFF;&#xFFF9;-&#xFFFC;]'"/>

  <!-- A string literal, in which what cannot be seen is spelt out. -->
  <xsl:function name="f:literal" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="escaped" as="xs:string"
                  select="replace($text, '\\', '\\\\') => replace('&quot;', '\\&quot;')"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="$escaped" regex="{$invisible}">
        <xsl:matching-substring>
          <xsl:sequence select="'\u{' || f:hexadecimal(string-to-codepoints(.)) || '}'"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="'&quot;' || string-join($parts) || '&quot;'"/>
  </xsl:function>

  <xsl:function name="f:hexadecimal" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="(if ($number ge 16) then f:hexadecimal($number idiv 16) else '')
                          || substring('0123456789abcdef', $number mod 16 + 1, 1)"/>
  </xsl:function>

  <!-- Running text: its white space is Typst's own, which collapses across elements as that of
       XML does. -->
  <xsl:function name="f:text" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($text)"/>
    <xsl:variable name="space" as="xs:string" select="'[ ]&#10;'"/>
    <xsl:sequence select="string-join((
        $space[matches($text, '^\s')],
        f:words($words),
        $space[$words and matches($text, '\s$')]))"/>
  </xsl:function>

  <!-- Words, one a line of Typst where one of them is longer than a line of print. -->
  <xsl:function name="f:words" as="xs:string?">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if (string-length($words) ge $longest and f:has-long-word($words))
        then string-join(tokenize($words) ! f:word(.), '[ ]&#10;')
        else f:literal($words)[$words] || '&#10;'[$words]"/>
  </xsl:function>

  <xsl:variable name="longest" static="yes" as="xs:integer" select="60"/>

  <xsl:function name="f:has-long-word" as="xs:boolean">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="some $word in tokenize($words) satisfies string-length($word) ge $longest"/>
  </xsl:function>

  <!-- A word that is too long may be broken anywhere, unless its own signs or its script allow it:
       behind hyphens and strokes, and where words are not parted. -->
  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="word" as="xs:string"/>
    <xsl:variable name="whole" as="xs:boolean" select="string-length($word) ge $longest
        and (some $part in tokenize($word, '[/-]|[^!-&#x8FF;]') satisfies string-length($part) ge $longest)"/>
    <xsl:sequence select="(if ($whole) then 'unbroken(' || f:literal($word) || ')' else f:literal($word))
                          || '&#10;'"/>
  </xsl:function>

  <!-- A named argument, or nothing when there is nothing to say. -->
  <xsl:function name="f:argument" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="if ($value) then $name || ': ' || f:literal($value) || ', ' else ''"/>
  </xsl:function>

  <!-- A call of one of the house's functions around what the current node holds. -->
  <xsl:template name="call">
    <xsl:param name="function" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:param name="body" as="item()*">
      <xsl:apply-templates select="." mode="m:typst-inside"/>
    </xsl:param>
    <xsl:value-of select="$function || '(' || string-join($arguments) || '{&#10;'" separator=""/>
    <xsl:value-of select="$body" separator=""/>
    <xsl:value-of select="'})&#10;'"/>
  </xsl:template>

  <xsl:template match="text()" mode="m:typst">
    <xsl:value-of select="f:text(.)"/>
  </xsl:template>

  <!-- Between blocks white space says nothing. -->
  <xsl:template match="(body | front | back | div | lg | sp | list | table | row | opener | closer
                        | postscript | titlePage | castList | figure | listPerson | text)/text()"
                mode="m:typst">
    <xsl:if test="normalize-space()">
      <xsl:value-of select="f:text(.)"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
