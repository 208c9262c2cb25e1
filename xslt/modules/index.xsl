<?xml version="1.0" encoding="UTF-8"?>
<!-- The index: each person, place and organisation with every mention. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- The main name. -->
  <xsl:function name="f:main-name" as="element()?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" as="element()*"
                  select="$entry/(persName | placeName | orgName | name)"/>
    <xsl:sequence select="($names[@type = 'main'], $names)[1]"/>
  </xsl:function>

  <!-- As an index has it: the surname first. -->
  <xsl:template match="person | personGrp | place | org" mode="m:label" as="xs:string">
    <xsl:variable name="name" as="element()?" select="f:main-name(.)"/>
    <xsl:variable name="surname" as="xs:string"
                  select="normalize-space(string-join($name/surname, ' '))"/>
    <xsl:variable name="rest" as="xs:string" select="normalize-space(
        string-join($name/(forename | nameLink | genName | roleName | addName), ' '))"/>
    <xsl:sequence select="if ($surname) then string-join(($surname, $rest[.]), ', ')
                          else (normalize-space($name)[.], string(@xml:id))[1]"/>
  </xsl:template>

  <!-- `1879–1940`, `f. 1879`: years only, and only what the register says. -->
  <xsl:function name="f:years" as="xs:string?">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="f:lifetime(f:year($entry/birth[1]), f:year($entry/death[1]))"/>
  </xsl:function>

  <xsl:function name="f:lifetime" as="xs:string?">
    <xsl:param name="born" as="xs:string"/>
    <xsl:param name="dead" as="xs:string"/>
    <xsl:sequence select="if ($born and $dead) then $born || '–' || $dead
                          else if ($born) then f:say('born', $born)
                          else if ($dead) then f:say('died', $dead)
                          else ()"/>
  </xsl:function>

  <xsl:function name="f:year" as="xs:string">
    <xsl:param name="event" as="element()?"/>
    <xsl:sequence select="replace(f:date($event), '^(-?[0-9]{4})-[0-9]{2}(-[0-9]{2})?$', '$1')"/>
  </xsl:function>

  <xsl:function name="f:identity" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="string-join((f:label($entry), f:years($entry) ! ('(' || . || ')')),
                                      ' ')"/>
  </xsl:function>

  <xsl:function name="f:other-names" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="distinct-values(
        ($entry/(persName | placeName | orgName | name) except f:main-name($entry))
        ! normalize-space())"/>
  </xsl:function>

  <!-- The mentions that count: those in the text proper; of a name in pieces, the first. -->
  <xsl:function name="f:mentions" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="key('mentions', $entry/@xml:id, root($entry))[
                          not(@prev or f:is-boilerplate(.))]"/>
  </xsl:function>

  <!-- The registers, in the order of the interface's headings. -->
  <xsl:variable name="registers" as="map(xs:string, element()*)" select="map {
      'persons': //standOff//(person | personGrp)[f:mentions(.)],
      'places': //standOff//place[f:mentions(.)],
      'orgs': //standOff//org[f:mentions(.)] }"/>

  <xsl:variable name="indexes" as="xs:string*"
                select="('persons', 'places', 'orgs')[exists($registers(.))]"/>

  <xsl:template name="html-indexes">
    <xsl:for-each select="$indexes">
      <section class="index" aria-labelledby="~{.}">
        <h2 id="~{.}">{f:say(.)}</h2>
        <ul>
          <xsl:apply-templates select="$registers(.)" mode="m:html-entry">
            <xsl:sort select="f:sort-key(f:label(.))"
                      collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
          </xsl:apply-templates>
        </ul>
      </section>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="person | personGrp | place | org" mode="m:html-entry">
    <xsl:variable name="others" as="xs:string*" select="f:other-names(.)"/>
    <li id="{@xml:id}">
      <span class="entry-name">{f:label(.)}</span>
      <xsl:value-of select="f:years(.) ! (' (' || . || ')')"/>
      <xsl:if test="exists($others)">
        <span class="variants">, {f:say('also')} {string-join($others, ', ')}</span>
      </xsl:if>
      <xsl:apply-templates select="idno[f:is-address(.)], note" mode="m:html-about"/>
      <xsl:sequence select="f:in-collection(.)"/>
      <span class="mentions" role="group" aria-label="{f:say('mentions')}">
        <xsl:for-each-group select="f:mentions(.)" group-by="f:where(.)">
          <xsl:text> </xsl:text>
          <span class="page">
            <xsl:value-of select="current-grouping-key()[count(current-group()) gt 1]"/>
            <xsl:sequence select="f:ways-back(current-group(), current-grouping-key())"/>
          </span>
        </xsl:for-each-group>
      </span>
    </li>
  </xsl:template>

  <!-- One mention on a page is linked by the page's number, several by letters after it. -->
  <xsl:function name="f:ways-back" as="item()*">
    <xsl:param name="mentions" as="element()+"/>
    <xsl:param name="where" as="xs:string"/>
    <xsl:for-each select="$mentions">
      <xsl:variable name="letter" as="xs:string" select="format-integer(position(), 'a')"/>
      <xsl:text> </xsl:text>
      <a href="#{f:id(.)}" class="{f:doubt-class(., f:doubts(.))}"
         aria-label="{f:say('mention-on-page', $where || ' ' || $letter)}">
        <xsl:value-of select="if (last() = 1) then $where else $letter"/>
      </a>
    </xsl:for-each>
  </xsl:function>

  <!-- Where a mention stands: the page, and the note if in one: `2 n. *`. -->
  <xsl:function name="f:where" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="(f:place(f:page($mention), f:in-note($mention))[.], '•')[1]"/>
  </xsl:function>

  <xsl:function name="f:page" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="string($page-of(generate-id($mention)))"/>
  </xsl:function>

  <!-- The mark of the note that a mention stands in. -->
  <xsl:function name="f:in-note" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="string($mention/ancestor::note[not(f:is-inline-note(.))][1] ! f:mark(.))"/>
  </xsl:function>

  <xsl:function name="f:place" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:param name="note" as="xs:string"/>
    <xsl:sequence select="string-join(($page[.], $note[.] ! f:say('in-note', .)), ' ')"/>
  </xsl:function>

  <xsl:template match="idno" mode="m:html-about">
    <xsl:text> </xsl:text>
    <a class="idno" href="{normalize-space()}">{(@type, normalize-space())[1]}</a>
  </xsl:template>

  <xsl:template match="note" mode="m:html-about">
    <xsl:text> </xsl:text>
    <span class="remark">
      <xsl:apply-templates select="@xml:lang" mode="m:attributes"/>
      <xsl:value-of select="normalize-space()"/>
    </span>
  </xsl:template>

  <!-- What tells one entry from another: its id, and in a book of several texts, whose ids may be
       anyone's, also who that is. -->
  <xsl:function name="f:index-key" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="$entry/@xml:id || (if ($part) then ' ' || f:identity($entry) else '')"/>
  </xsl:function>

  <xsl:template name="typst-indexes">
    <xsl:value-of select="'pagebreak(weak: true)&#10;'[exists($indexes)]"/>
    <xsl:for-each select="$indexes">
      <xsl:value-of select="'index(' || f:literal(f:say(.)) || ', (&#10;'"/>
      <xsl:apply-templates select="$registers(.)" mode="m:typst-entry">
        <xsl:sort select="f:sort-key(f:label(.))"
                  collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      </xsl:apply-templates>
      <xsl:value-of select="'))&#10;'"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="person | personGrp | place | org" mode="m:typst-entry">
    <xsl:value-of select="'(', f:argument('id', f:index-key(.)), f:argument('name', f:label(.)),
        f:argument('sort', f:sort-key(f:label(.))[$part]),
        f:argument('years', f:years(.)),
        f:argument('others', string-join(f:other-names(.), ', ')), '),&#10;'" separator=""/>
  </xsl:template>
</xsl:stylesheet>
