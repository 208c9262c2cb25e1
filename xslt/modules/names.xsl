<?xml version="1.0" encoding="UTF-8"?>
<!-- Names in the text, and the index that gathers them: each leads to the other. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:variable name="mention-names" static="yes" as="xs:string*"
                select="'persName', 'rs', 'placeName', 'orgName', 'name'"/>

  <xsl:key name="mentions" match="text//*[@ref][local-name() = $mention-names]"
           use="tokenize(@ref)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- The entries of the registers that a name points to. -->
  <xsl:function name="f:entries" as="element()*">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="f:targets($name/@ref)[self::person or self::personGrp or self::place
                                                or self::org]"/>
  </xsl:function>

  <xsl:function name="f:is-mention" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="local-name($node) = $mention-names and exists(f:entries($node))"/>
  </xsl:function>

  <!-- Does this stand in a link already? What holds a note is not held by it. -->
  <xsl:function name="f:is-linked" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="note" as="element()?" select="$node/ancestor::note[1]"/>
    <xsl:sequence select="some $outer in $node/ancestor::* except $note/ancestor::*
                          satisfies ($outer/self::ref or f:is-mention($outer))"/>
  </xsl:function>

  <xsl:function name="f:holds-link" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/descendant-or-self::*[self::note or self::ptr or self::ref
        or self::pb or f:is-mention(.)])"/>
  </xsl:function>

  <xsl:template match="persName | rs | placeName | orgName | name | forename | surname | roleName
                       | addName | nameLink | genName | settlement | country | region"
                mode="m:html">
    <span class="{f:doubt-class(.)}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
      <xsl:call-template name="flag"/>
    </span>
  </xsl:template>

  <!-- A mention is linked to its entry; links cannot nest, so one that holds a link is linked in
       pieces. -->
  <xsl:template match="*[f:is-mention(.)]" mode="m:html" priority="2">
    <xsl:variable name="entry" as="element()" select="f:entries(.)[1]"/>
    <xsl:variable name="linked" as="xs:boolean" select="f:is-linked(.)"/>
    <span class="mention {f:doubt-class(.)}" id="{f:id(.)}">
      <xsl:apply-templates select="@xml:lang" mode="m:attributes"/>
      <xsl:value-of select="f:edge(., 'pre')"/>
      <xsl:for-each-group select="node()" group-adjacent="$linked or f:holds-link(.)">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <xsl:apply-templates select="current-group()" mode="m:html"/>
          </xsl:when>
          <xsl:otherwise>
            <a href="#{$entry/@xml:id}" title="{f:identity($entry)}">
              <xsl:apply-templates select="current-group()" mode="m:html"/>
            </a>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
      <xsl:value-of select="f:edge(., 'post')"/>
      <xsl:call-template name="flag"/>
    </span>
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

  <xsl:template match="*[f:is-mention(.)]" mode="m:typst" priority="2">
    <xsl:for-each select="f:entries(.)[not(f:is-boilerplate(current()))]">
      <xsl:value-of select="'mention(' || f:literal(f:index-key(.)) || ')&#10;'"/>
    </xsl:for-each>
    <xsl:next-match/>
  </xsl:template>
</xsl:stylesheet>
