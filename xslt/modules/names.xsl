<?xml version="1.0" encoding="UTF-8"?>
<!-- Names in the text, and the index that gathers them: each leads to the other. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:key name="mentions" match="(persName | rs | placeName | orgName | name)[@ref][ancestor::text]"
           use="tokenize(@ref)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- The entries of the registers by what points to them, and what each is called. -->
  <xsl:variable name="entry-of" as="map(xs:string, element())"
                select="map:merge((//person | //personGrp | //place | //org)[@xml:id]
                                  ! map { '#' || @xml:id: . })"/>

  <xsl:variable name="identity-of" as="map(xs:string, xs:string)"
                select="map:merge(map:keys($entry-of) ! map { .: f:identity($entry-of(.)) })"/>

  <!-- The entries that a name points to: mostly one. -->
  <xsl:function name="f:entries" as="element()*">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="one" as="element()?" select="$name/@ref ! $entry-of(.)"/>
    <xsl:sequence select="if ($one) then $one else tokenize($name/@ref) ! $entry-of(.)"/>
  </xsl:function>

  <xsl:function name="f:is-mention" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node[self::persName or self::rs or self::placeName or self::orgName
                                or self::name] and exists(f:entries($node))"/>
  </xsl:function>

  <xsl:function name="f:holds-link" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/descendant-or-self::*[self::note or self::ptr or self::ref
        or self::pb or self::milestone or f:is-mention(.)])"/>
  </xsl:function>

  <xsl:template match="persName | rs | placeName | orgName | name | forename | surname | roleName
                       | addName | nameLink | genName | settlement | country | region"
                mode="m:html">
    <xsl:variable name="doubts" as="xs:string*" select="f:doubts(.)"/>
    <span class="{f:doubt-class(., $doubts)}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
      <xsl:sequence select="f:flag($doubts)"/>
    </span>
  </xsl:template>

  <!-- A mention is linked to its entry; links cannot nest, so one that holds a link is linked in
       pieces. What stands in a link is told so. -->
  <xsl:template match="(persName | rs | placeName | orgName | name)[f:is-mention(.)]" mode="m:html"
                priority="2">
    <xsl:param name="linked" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="to" as="xs:string" select="'#' || f:entries(.)[1]/@xml:id"/>
    <xsl:variable name="doubts" as="xs:string*" select="f:doubts(.)"/>
    <span class="mention {f:doubt-class(., $doubts)}" id="{f:id(.)}">
      <xsl:apply-templates select="@xml:lang" mode="m:attributes"/>
      <xsl:value-of select="f:edge(., 'pre')"/>
      <xsl:choose>
        <xsl:when test="$linked">
          <xsl:apply-templates mode="m:html"/>
        </xsl:when>
        <xsl:when test="empty(*)">
          <a href="{$to}" title="{$identity-of($to)}">{.}</a>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="linked-pieces">
            <xsl:with-param name="to" select="$to"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="f:edge(., 'post')"/>
      <xsl:sequence select="f:flag($doubts)"/>
    </span>
  </xsl:template>

  <xsl:template name="linked-pieces">
    <xsl:param name="to" as="xs:string"/>
    <xsl:for-each-group select="node()" group-adjacent="f:holds-link(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="m:html"/>
        </xsl:when>
        <xsl:otherwise>
          <a href="{$to}" title="{$identity-of($to)}">
            <xsl:apply-templates select="current-group()" mode="m:html">
              <xsl:with-param name="linked" tunnel="yes" select="true()"/>
            </xsl:apply-templates>
          </a>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:template match="persName | rs | placeName | orgName | name | forename | surname | roleName
                       | addName | nameLink | genName | settlement | country | region"
                mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <!-- An initial stays on the line of what follows it. -->
  <xsl:template match="persName//text()" mode="m:typst">
    <xsl:value-of select="f:text(replace(., '(^|\s)([A-ZÅÄÖÉØÆА-Я]\.?)\s+', '$1$2&#xA0;'))"/>
  </xsl:template>

  <xsl:template match="(persName | rs | placeName | orgName | name)[f:is-mention(.)]" mode="m:typst"
                priority="2">
    <xsl:for-each select="f:entries(.)[not(f:is-boilerplate(current()))]">
      <xsl:value-of select="'mention(' || f:literal(f:index-key(.)) || ')&#10;'"/>
    </xsl:for-each>
    <xsl:next-match/>
  </xsl:template>
</xsl:stylesheet>
