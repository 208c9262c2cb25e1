<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to Typst: one file that holds the text and the functions that set it. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all">

  <xsl:include href="modules/all.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/TEI">
    <xsl:choose>
      <xsl:when test="$part = 'opening'">
        <xsl:call-template name="opening"/>
      </xsl:when>
      <xsl:when test="$part = 'text'">
        <xsl:call-template name="part"/>
      </xsl:when>
      <xsl:when test="$part = 'closing'">
        <xsl:call-template name="closing"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="f:sheet($title, string-join($authors, ', '), f:first-day())"/>
        <xsl:call-template name="sheet-text"/>
        <xsl:call-template name="typst-indexes"/>
        <xsl:call-template name="typst-about"/>
        <xsl:value-of select="'}&#10;'"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The house's functions, and what the whole document is told. -->
  <xsl:function name="f:sheet" as="xs:string">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="author" as="xs:string"/>
    <xsl:param name="day" as="xs:date"/>
    <xsl:sequence select="string-join(($typst-house, '&#10;#show: edition.with(',
        f:argument('title', $title), f:argument('author', $author),
        if ($part) then f:argument('lang', f:language-code($language)) else f:language-arguments(),
        f:argument('face', $font), f:date-argument($day),
        f:length('width', $page-width, 'mm'), f:length('height', $page-height, 'mm'),
        f:length('size', $font-size, 'pt'), ', numbered: true'[$line-numbers], ')&#10;#{&#10;'))"/>
  </xsl:function>

  <!-- A length, if it is a number. -->
  <xsl:function name="f:length" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="number" as="xs:string"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:if test="$number castable as xs:decimal">
      <xsl:sequence select="', ' || $name || ': ' || $number || $unit"/>
    </xsl:if>
  </xsl:function>

  <xsl:template name="sheet-text">
    <xsl:if test="not($title-is-in-text)">
      <xsl:call-template name="sheet-title"/>
    </xsl:if>
    <xsl:apply-templates select="text | sourceDoc" mode="m:typst"/>
  </xsl:template>

  <!-- A book begins with its title and the contents. -->
  <xsl:template name="opening">
    <xsl:variable name="book-title" as="xs:string"
                  select="(normalize-space($book-title)[.], f:say('untitled'))[1]"/>
    <xsl:value-of select="f:sheet($book-title, $book-authors, xs:date($book-day))"/>
    <xsl:value-of select="'title-page(' || f:literal($book-title) || ', '
        || f:literal($book-authors) || ', ' || f:year-told($book-day) || ')&#10;contents('
        || f:literal(f:say('contents')) || ')&#10;'"/>
  </xsl:template>

  <!-- No year is told where no text has any: then the day is the calendar's first for machines. -->
  <xsl:function name="f:year-told" as="xs:string">
    <xsl:param name="day" as="xs:string"/>
    <xsl:sequence select="if ($day = $no-day) then 'none' else f:literal($day)"/>
  </xsl:function>

  <!-- A text of a book leaves for its end whom it names, and what it tells of itself. -->
  <xsl:template name="part">
    <xsl:value-of select="'// ' || f:first-day() || '&#10;part(', f:argument('title', $title),
        f:language-arguments(), '{&#10;'" separator=""/>
    <xsl:call-template name="sheet-text"/>
    <xsl:value-of select="'})&#10;'"/>
    <xsl:for-each select="$indexes">
      <xsl:value-of select="'entries(' || f:literal(.) || ', (&#10;'"/>
      <xsl:apply-templates select="$registers(.)" mode="m:typst-entry"/>
      <xsl:value-of select="'))&#10;'"/>
    </xsl:for-each>
    <xsl:value-of select="'told(' || f:literal($title) || ', (&#10;'"/>
    <xsl:apply-templates select="$facts" mode="m:typst-about"/>
    <xsl:value-of select="'))&#10;'"/>
  </xsl:template>

  <xsl:template name="closing">
    <xsl:value-of select="'pagebreak(weak: true)&#10;'"/>
    <xsl:for-each select="'persons', 'places', 'orgs'">
      <xsl:value-of select="'book-index(' || f:literal(.) || ', ' || f:literal(f:say(.))
                            || ')&#10;'"/>
    </xsl:for-each>
    <xsl:value-of select="'book-colophon(' || f:literal(f:say('colophon')) || ')&#10;}&#10;'"/>
  </xsl:template>

  <xsl:template name="sheet-title">
    <xsl:for-each select="$authors">
      <xsl:value-of select="'byline({' || f:text(.) || '})&#10;'"/>
    </xsl:for-each>
    <xsl:value-of select="'chapter(1, {' || f:text($title) || '})&#10;'"/>
  </xsl:template>

  <xsl:function name="f:language-arguments" as="xs:string">
    <xsl:sequence select="f:argument('lang', f:language-code($text-language))
        || f:argument('region', f:region-code($text-language))
        || (if ($text-language = 'und' and $letters-from-the-right) then 'dir: rtl, ' else '')"/>
  </xsl:function>

  <xsl:function name="f:date-argument" as="xs:string">
    <xsl:param name="day" as="xs:date"/>
    <xsl:sequence select="'date: datetime(year: ' || year-from-date($day) || ', month: '
        || month-from-date($day) || ', day: ' || day-from-date($day) || ')'"/>
  </xsl:function>

  <xsl:template match="/*" priority="-1">
    <xsl:sequence select="error(QName('urn:tei-encoder:function', 'f:root'),
                                'the root is ' || name() || ', not TEI')"/>
  </xsl:template>
</xsl:stylesheet>
