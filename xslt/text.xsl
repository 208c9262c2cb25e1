<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to plain text: a paragraph a line, the notes at the end. It is made of the pages of the web,
     so it says what they say, in their order. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns:h="http://www.w3.org/1999/xhtml"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:include href="modules/all.xsl"/>
  <xsl:include href="lib/leaves.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- Which lines do you make? -->
  <xsl:mode name="m:lines" on-no-match="shallow-skip"/>

  <!-- Which words are you, in a line? -->
  <xsl:mode name="m:words" on-no-match="text-only-copy"/>

  <!-- A line has a depth, and a group: lines of one group stand together. -->
  <xsl:template match="/*">
    <xsl:variable name="lines" as="element(f:line)*">
      <xsl:apply-templates select="$leaves/f:leaf" mode="m:lines"/>
    </xsl:variable>
    <xsl:for-each select="$lines">
      <xsl:variable name="place" as="xs:integer" select="position()"/>
      <xsl:variable name="goes-on" as="xs:boolean"
                    select="$place = 1 or @group = $lines[$place - 1]/@group"/>
      <xsl:value-of select="'&#10;'[not($goes-on)], string-join((1 to xs:integer(@depth)) ! '  '),
                            ., '&#10;'" separator=""/>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:is-html-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/descendant-or-self::h:*[local-name() = $blocks])"/>
  </xsl:function>

  <xsl:template match="f:leaf | h:*" mode="m:lines" as="element(f:line)*">
    <xsl:param name="depth" as="xs:integer" select="0" tunnel="yes"/>
    <xsl:variable name="group" as="xs:string?" select="f:group(.)"/>
    <xsl:for-each-group select="node()" group-adjacent="f:is-html-block(.)">
      <xsl:variable name="words" as="xs:string*">
        <xsl:apply-templates select="current-group()[not(current-grouping-key())]" mode="m:words"/>
      </xsl:variable>
      <xsl:apply-templates select="current-group()[current-grouping-key()]" mode="m:lines"/>
      <!-- A line end that stands in the text is one in the file. -->
      <xsl:for-each select="tokenize(string-join($words), '&#x2028;')[normalize-space()]">
        <f:line depth="{$depth}">
          <xsl:if test="$group">
            <xsl:attribute name="group" select="$group"/>
          </xsl:if>
          <xsl:text>{normalize-space()}</xsl:text>
        </f:line>
      </xsl:for-each>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Lines of one stanza, items of one list, rows of one table, what is told of one thing. -->
  <xsl:function name="f:group" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="whole" as="element()?"
                  select="$element/(ancestor-or-self::*/(self::h:dl | self::h:div[@class = 'l']/..
                          | self::h:li/.. | self::h:table | self::h:address))[1]"/>
    <xsl:sequence select="$whole ! generate-id()"/>
  </xsl:function>

  <xsl:template match="h:div[@class = 'l']" mode="m:lines" as="element(f:line)*">
    <xsl:param name="depth" as="xs:integer" select="0" tunnel="yes"/>
    <xsl:variable name="steps" as="xs:string" select="replace(@style, '[^0-9]', '')"/>
    <xsl:next-match>
      <xsl:with-param name="depth" tunnel="yes"
                      select="$depth + 1 + (if ($steps) then xs:integer($steps) else 0)"/>
    </xsl:next-match>
  </xsl:template>

  <xsl:template match="h:div[@class = 'eg'] | h:pre" mode="m:lines" as="element(f:line)*">
    <xsl:param name="depth" as="xs:integer" select="0" tunnel="yes"/>
    <xsl:variable name="group" as="xs:string" select="generate-id()"/>
    <xsl:for-each select="tokenize(., '\n')">
      <f:line depth="{$depth + 1}" group="{$group}">{.}</f:line>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="h:blockquote | h:dd" mode="m:lines" as="element(f:line)*">
    <xsl:param name="depth" as="xs:integer" select="0" tunnel="yes"/>
    <xsl:next-match>
      <xsl:with-param name="depth" select="$depth + 1" tunnel="yes"/>
    </xsl:next-match>
  </xsl:template>

  <!-- An item, with its mark; what it holds further is set in below it. -->
  <xsl:template match="h:li[not(ancestor::h:section[@class = 'index'])]" mode="m:lines"
                as="element(f:line)*">
    <xsl:param name="depth" as="xs:integer" select="0" tunnel="yes"/>
    <xsl:variable name="lines" as="element(f:line)*">
      <xsl:next-match>
        <xsl:with-param name="depth" select="$depth + 1" tunnel="yes"/>
      </xsl:next-match>
    </xsl:variable>
    <xsl:sequence select="f:opened($lines, '– '[not(current()/h:span[@class = 'mark'][string()])],
                                   $depth)"/>
  </xsl:template>

  <!-- A note, with its mark as it was printed. -->
  <xsl:template match="h:aside[@role = 'doc-footnote']" mode="m:lines" as="element(f:line)*">
    <xsl:variable name="lines" as="element(f:line)*">
      <xsl:apply-templates select="* except h:span[@class = 'mark']" mode="m:lines">
        <xsl:with-param name="depth" select="1" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:sequence select="f:opened($lines, f:bracketed(h:span[@class = 'mark']) || ' ', 0)"/>
  </xsl:template>

  <xsl:function name="f:opened" as="element(f:line)*">
    <xsl:param name="lines" as="element(f:line)*"/>
    <xsl:param name="mark" as="xs:string?"/>
    <xsl:param name="depth" as="xs:integer"/>
    <xsl:for-each select="$lines[1]">
      <f:line depth="{$depth}">
        <xsl:copy-of select="@group"/>
        <xsl:text>{$mark}{.}</xsl:text>
      </f:line>
    </xsl:for-each>
    <xsl:sequence select="tail($lines)"/>
  </xsl:function>

  <xsl:template match="h:tr" mode="m:lines" as="element(f:line)*">
    <xsl:variable name="cells" as="xs:string*">
      <xsl:for-each select="h:td | h:th">
        <xsl:variable name="words" as="xs:string*">
          <xsl:apply-templates mode="m:words"/>
        </xsl:variable>
        <xsl:sequence select="normalize-space(string-join($words))"/>
      </xsl:for-each>
    </xsl:variable>
    <f:line depth="1" group="{f:group(.)}">{string-join($cells, ' | ')}</f:line>
  </xsl:template>

  <!-- A callout is the printed mark in brackets, its own or ours. -->
  <xsl:template match="h:a[@role = 'doc-noteref']" mode="m:words" priority="2">
    <xsl:value-of select="f:bracketed(.)"/>
  </xsl:template>

  <xsl:function name="f:bracketed" as="xs:string">
    <xsl:param name="mark" as="node()?"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($mark)"/>
    <xsl:sequence select="if (matches($words, '^[\[(].*[\])]$')) then $words
                          else '[' || $words || ']'"/>
  </xsl:function>

  <!-- A voice is told after the words; one that is not known is not told again and again. -->
  <xsl:template match="h:span[@class = 'voice']" mode="m:words">
    <xsl:variable name="note" as="element()?" select="ancestor::*[contains(@class, 'by-')][1]"/>
    <xsl:if test="not(contains-token($note/@class, 'by-unknown'))"> — {.} </xsl:if>
  </xsl:template>

  <xsl:template match="h:span[@class = ('title-part', 'l')]" mode="m:words">
    <xsl:apply-templates mode="m:words"/>
    <xsl:text>&#x2028;</xsl:text>
  </xsl:template>

  <!-- Of the places where someone is named, the pages: plain text has no links. -->
  <xsl:template match="h:span[@class = 'mentions']/h:span" mode="m:words">
    <xsl:value-of select="' '[current()/preceding-sibling::*],
        normalize-space((text()[normalize-space()], h:a)[1])" separator=""/>
  </xsl:template>

  <xsl:template match="h:br" mode="m:words">
    <xsl:text>&#x2028;</xsl:text>
  </xsl:template>

  <!-- Blocks inside a line, in a cell: a space apart. -->
  <xsl:template match="h:*[local-name() = $blocks]" mode="m:words">
    <xsl:text> </xsl:text>
    <xsl:apply-templates mode="m:words"/>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- What a page has for the eye: doubts shown on demand, pages, ways back, numbers of lines. -->
  <xsl:template match="h:span[contains-token(@class, 'flag')] | h:*[contains-token(@class, 'pb')]
                       | h:a[@role = 'doc-backlink'] | h:span[contains-token(@class, 'line-number')]
                       | h:*[contains-token(@class, 'source')] | h:a[@class = 'address']
                       | h:span[contains-token(@class, 'for-ear')] | h:a[@class = 'facs']"
                mode="m:words" priority="3"/>
</xsl:stylesheet>
