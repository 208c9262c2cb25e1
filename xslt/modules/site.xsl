<?xml version="1.0" encoding="UTF-8"?>
<!-- A page among the pages of its edition: the ways to the others. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- A name of a file as a reference has it: no sign of it can be taken for another. -->
  <xsl:function name="f:href" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="string-join(tokenize($path, '/') ! encode-for-uri(.), '/')"/>
  </xsl:function>

  <!-- The address of a page of the edition. -->
  <xsl:function name="f:page-address" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="if ($page = 'start') then $site || 'index.html'
                          else $site || 'collection/' || $page || '.html'"/>
  </xsl:function>

  <xsl:function name="f:page-name" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="f:say((map { 'dates': 'by-date', 'titles': 'by-title' }($page), $page)[1])"/>
  </xsl:function>

  <xsl:template name="site-bar">
    <xsl:param name="here" as="xs:string" select="''"/>
    <xsl:if test="$site">
      <nav class="site" aria-label="{f:say('texts')}">
        <ul>
          <xsl:for-each select="'start', tokenize($site-pages)">
            <li>
              <a href="{f:page-address(.)}">
                <xsl:if test=". = $here">
                  <xsl:attribute name="aria-current" select="'page'"/>
                </xsl:if>
                <xsl:value-of select="f:page-name(.)"/>
              </a>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- From an entry of a text's own index to that of the whole edition. -->
  <xsl:function name="f:in-collection" as="item()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="kind" as="xs:string"
                  select="(map { 'place': 'places', 'org': 'orgs' }(local-name($entry)),
                          'persons')[1]"/>
    <xsl:if test="$site">
      <xsl:text> </xsl:text>
      <a class="whole" href="{$site}collection/{$kind}/{f:href($entry/@xml:id)}.html">{
        f:say('in-collection')}</a>
    </xsl:if>
  </xsl:function>

  <!-- The texts before and after. -->
  <xsl:template name="neighbours">
    <xsl:if test="$previous || $next">
      <nav class="neighbours" lang="{$language}" aria-label="{f:say('by-date')}">
        <xsl:sequence select="f:neighbour('previous', $previous, $previous-title),
                              f:neighbour('next', $next, $next-title)"/>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:neighbour" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:if test="$path">
      <a rel="{if ($key = 'next') then 'next' else 'prev'}" href="{f:href($path)}">
        <span class="direction">{f:say($key)}</span>
        <xsl:text> </xsl:text>
        <span>{$name}</span>
      </a>
    </xsl:if>
  </xsl:function>

  <xsl:template name="own-css">
    <xsl:if test="$own-css">
      <style>{$own-css}</style>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
