<?xml version="1.0" encoding="UTF-8"?>
<!-- The words of the interface, in the language of the edition, and the order of its alphabet. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xmlns:f="urn:tei-encoder:function"
                xmlns:i="urn:tei-encoder:i18n"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:variable name="text-language" as="xs:string"
                select="string((/TEI/text/@xml:lang, /TEI/@xml:lang,
                                //langUsage/language[1]/@ident, 'und')[1])"/>

  <xsl:variable name="translation" as="element(i:messages)">
    <xsl:variable name="wanted" as="xs:string"
                  select="($interface-language[.], $text-language)[1]
                          => replace('-.*$', '') => lower-case()"/>
    <xsl:sequence select="($translations/*[(@xml:lang, tokenize(@codes)) = $wanted],
                           $translations/*[@xml:lang = 'en'])[1]"/>
  </xsl:variable>

  <!-- What it says, by key; English stands in for what is missing. -->
  <xsl:variable name="messages" as="map(xs:string, xs:string)"
                select="map:merge(($translation, $translations/*[@xml:lang = 'en'])
                                  ! i:message ! map { string(@key): string() })"/>

  <!-- The language that the interface really speaks. -->
  <xsl:variable name="language" as="xs:string" select="string($translation/@xml:lang)"/>

  <xsl:function name="f:say" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="($messages($key), $key)[1]"/>
  </xsl:function>

  <!-- The same, with what is told put in place of `{}`. -->
  <xsl:function name="f:say" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="told" as="xs:string"/>
    <xsl:variable name="message" as="xs:string" select="f:say($key)"/>
    <xsl:sequence select="substring-before($message, '{}') || $told
                          || substring-after($message, '{}')"/>
  </xsl:function>

  <!-- A key that sorts, by code point, as the alphabet of the language does: å after z in Swedish,
       under a in French. A letter outside the alphabet sorts as its base, then by itself. -->
  <xsl:function name="f:sort-key" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="alphabet" as="xs:string*"
                  select="tokenize($translation/i:alphabet)"/>
    <xsl:variable name="ranks" as="xs:integer*"
                  select="string-to-codepoints(lower-case(normalize-unicode($words, 'NFC')))
                          ! f:rank(codepoints-to-string(.), $alphabet)"/>
    <xsl:sequence select="codepoints-to-string($ranks) || ' ' || $words"/>
  </xsl:function>

  <!-- The letter of the alphabet that a letter sorts as; itself where it sorts as none. -->
  <xsl:function name="f:letter" as="xs:string">
    <xsl:param name="letter" as="xs:string"/>
    <xsl:variable name="small" as="xs:string"
                  select="lower-case(normalize-unicode($letter, 'NFC'))"/>
    <xsl:sequence select="($small[. = tokenize($translation/i:alphabet)],
                           substring(normalize-unicode($small, 'NFD'), 1, 1))[1]"/>
  </xsl:function>

  <xsl:function name="f:rank" as="xs:integer">
    <xsl:param name="letter" as="xs:string"/>
    <xsl:param name="alphabet" as="xs:string*"/>
    <xsl:variable name="base" as="xs:string"
                  select="substring(normalize-unicode($letter, 'NFD'), 1, 1)"/>
    <xsl:variable name="place" as="xs:integer?"
                  select="(index-of($alphabet, $letter), index-of($alphabet, $base))[1]"/>
    <xsl:sequence select="if ($place) then 256 + $place else string-to-codepoints($base)"/>
  </xsl:function>
</xsl:stylesheet>
