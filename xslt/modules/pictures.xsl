<?xml version="1.0" encoding="UTF-8"?>
<!-- Pictures of a collection, with what they show in words: its texts in time, and who is mentioned
     with whom. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:math="http://www.w3.org/2005/xpath-functions/math"
                xmlns:f="urn:tei-encoder:function"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="urn:tei-encoder:collection"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- A picture is drawn where there is something to see: so many texts, so many persons. -->
  <xsl:variable name="few" as="xs:integer" select="3"/>

  <!-- More bars or persons than these cannot be told apart. -->
  <xsl:variable name="most-bars" as="xs:integer" select="60"/>
  <xsl:variable name="most-persons" as="xs:integer" select="24"/>

  <xsl:function name="f:timeline" as="element()?">
    <xsl:param name="texts" as="element()*"/>
    <xsl:variable name="years" as="xs:integer*"
                  select="$texts ! f:year-of(.)[.] ! xs:integer(.)"/>
    <xsl:if test="count($years) ge $few and count(distinct-values($years)) gt 1">
      <xsl:sequence select="f:bars($years, min($years), max($years))"/>
    </xsl:if>
  </xsl:function>

  <!-- A bar a year; where that makes too many, a bar for each two, five, ten … years. -->
  <xsl:function name="f:bars" as="element()">
    <xsl:param name="years" as="xs:integer+"/>
    <xsl:param name="from" as="xs:integer"/>
    <xsl:param name="to" as="xs:integer"/>
    <xsl:variable name="step" as="xs:integer"
        select="(1, 2, 5, 10, 20, 50, 100, 500)[($to - $from) idiv . lt $most-bars][1]"/>
    <xsl:variable name="first" as="xs:integer" select="xs:integer(floor($from div $step)) * $step"/>
    <xsl:variable name="bars" as="xs:integer" select="($to - $first) idiv $step + 1"/>
    <xsl:variable name="counts" as="xs:integer+" select="for $bar in 0 to $bars - 1
        return count($years[. ge $first + $bar * $step and . lt $first + ($bar + 1) * $step])"/>
    <xsl:variable name="width" as="xs:double" select="600 div $bars"/>
    <figure class="picture">
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 130" role="img"
           aria-labelledby="timeline-title timeline-words">
        <title id="timeline-title">{f:say('timeline')}</title>
        <desc id="timeline-words">
          <xsl:value-of select="for $bar in 1 to $bars return
              (($first + ($bar - 1) * $step) || ': ' || $counts[$bar])[$counts[$bar] gt 0]"
              separator=", "/>
        </desc>
        <xsl:for-each select="$counts">
          <xsl:variable name="height" as="xs:double" select="100 * . div max($counts)"/>
          <xsl:variable name="left" as="xs:double" select="(position() - 1) * $width"/>
          <xsl:if test=". gt 0">
            <rect class="bar" x="{f:figure($left + $width * .1)}" y="{f:figure(105 - $height)}"
                  width="{f:figure($width * .8)}" height="{f:figure($height)}"/>
          </xsl:if>
          <xsl:if test="(position() - 1) mod max((1, $bars idiv 6)) = 0">
            <text x="{f:figure($left + $width div 2)}" y="124" text-anchor="{
                  if (position() = 1) then 'start' else if (position() = last()) then 'end'
                  else 'middle'}">{$first + (position() - 1) * $step}</text>
          </xsl:if>
        </xsl:for-each>
        <line class="axis" x1="0" y1="105.5" x2="600" y2="105.5"/>
      </svg>
      <figcaption>{f:say('timeline')}</figcaption>
    </figure>
  </xsl:function>

  <!-- Persons on a circle, those with most company; a line joins two who share a text. -->
  <xsl:function name="f:together" as="element()*">
    <xsl:param name="pairs" as="element(pair)*"/>
    <xsl:variable name="names" as="xs:string*" select="f:best($pairs)"/>
    <xsl:variable name="drawn" as="element(pair)*" select="$pairs[@a = $names and @b = $names]"/>
    <xsl:if test="count($names) ge $few">
      <figure class="picture">
        <xsl:sequence select="f:circle($names, $drawn)"/>
        <figcaption>{f:say('together-told')}</figcaption>
      </figure>
      <details>
        <summary>{f:say('together')}</summary>
        <div class="table" tabindex="0">
          <table>
            <tr>
              <th colspan="2" scope="col">{f:say('persons')}</th>
              <th scope="col">{f:say('in-common')}</th>
            </tr>
            <xsl:for-each select="$drawn">
              <tr>
                <td>{@a}</td>
                <td>{@b}</td>
                <td>{@texts}</td>
              </tr>
            </xsl:for-each>
          </table>
        </div>
      </details>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:best" as="xs:string*">
    <xsl:param name="pairs" as="element(pair)*"/>
    <xsl:variable name="ranked" as="xs:string*">
      <xsl:for-each-group select="$pairs" group-by="@a, @b">
        <xsl:sort select="-sum(current-group()/@texts)"/>
        <xsl:sort select="f:sort-key(current-grouping-key())"
                  collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
        <xsl:sequence select="current-grouping-key()"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="$ranked[position() le $most-persons]"/>
  </xsl:function>

  <xsl:function name="f:circle" as="element()">
    <xsl:param name="names" as="xs:string+"/>
    <xsl:param name="pairs" as="element(pair)*"/>
    <xsl:variable name="most" as="xs:double" select="max($pairs/xs:double(@texts))"/>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="-300 -230 600 460" role="img"
         aria-labelledby="together-title together-words">
      <title id="together-title">{f:say('together')}</title>
      <desc id="together-words">{f:say('together-told')}</desc>
      <xsl:for-each select="$pairs">
        <xsl:variable name="a" as="xs:double+" select="f:point(@a, $names, 150)"/>
        <xsl:variable name="b" as="xs:double+" select="f:point(@b, $names, 150)"/>
        <line class="tie" x1="{f:figure($a[1])}" y1="{f:figure($a[2])}" x2="{f:figure($b[1])}"
              y2="{f:figure($b[2])}" stroke-width="{f:figure(.5 + 4 * @texts div $most)}"/>
      </xsl:for-each>
      <xsl:for-each select="$names">
        <xsl:variable name="dot" as="xs:double+" select="f:point(., $names, 150)"/>
        <!-- What stands over or under the circle makes room for its neighbours. -->
        <xsl:variable name="word" as="xs:double+"
                      select="f:point(., $names, if (abs($dot[1]) lt 20) then 174 else 160)"/>
        <circle class="dot" cx="{f:figure($dot[1])}" cy="{f:figure($dot[2])}" r="4"/>
        <text x="{f:figure($word[1])}" y="{f:figure($word[2] + 4)}"
              text-anchor="{if (abs($word[1]) lt 20) then 'middle'
                            else if ($word[1] gt 0) then 'start' else 'end'}">
          <xsl:value-of select="if (string-length(.) gt 22) then substring(., 1, 21) || '…' else ."/>
        </text>
      </xsl:for-each>
    </svg>
  </xsl:function>

  <!-- Where a name stands on a circle: x and y. -->
  <xsl:function name="f:point" as="xs:double+">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="names" as="xs:string+"/>
    <xsl:param name="radius" as="xs:double"/>
    <xsl:variable name="turn" as="xs:double"
        select="2 * math:pi() * (index-of($names, $name)[1] - 1) div count($names)"/>
    <xsl:sequence select="$radius * math:sin($turn), -$radius * 1.25 * math:cos($turn)"/>
  </xsl:function>

  <xsl:function name="f:figure" as="xs:string">
    <xsl:param name="number" as="xs:double"/>
    <xsl:sequence select="string(xs:decimal(round($number, 1)))"/>
  </xsl:function>
</xsl:stylesheet>
