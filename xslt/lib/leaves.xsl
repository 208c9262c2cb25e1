<?xml version="1.0" encoding="UTF-8"?>
<!-- The leaves of a book, as pages of the web: the text with its notes, the indexes, what the edition
     tells. What is made of them (an e-book, plain text) says the same in the same order. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:variable name="leaves" as="document-node()">
    <xsl:document>
      <f:leaf name="text" label="{$title}" kind="bodymatter" lang="{$text-language}">
        <xsl:if test="not($title-is-in-text)">
          <header class="title-page">
            <xsl:for-each select="$authors">
              <p class="byline">{.}</p>
            </xsl:for-each>
            <h1>{$title}</h1>
          </header>
        </xsl:if>
        <xsl:apply-templates select="/TEI/(text | sourceDoc)" mode="m:html"/>
        <xsl:call-template name="html-notes"/>
      </f:leaf>
      <xsl:if test="exists($indexes)">
        <f:leaf name="index" label="{string-join($indexes ! f:say(.), ', ')}" kind="index"
                lang="{$language}">
          <xsl:call-template name="html-indexes"/>
        </f:leaf>
      </xsl:if>
      <f:leaf name="about" label="{f:say('about')}" kind="colophon" lang="{$language}">
        <xsl:call-template name="html-about"/>
      </f:leaf>
    </xsl:document>
  </xsl:variable>

  <!-- The elements of HTML that are no words in a line. -->
  <xsl:variable name="blocks" static="yes" as="xs:string*"
                select="'p', 'div', 'ul', 'ol', 'li', 'table', 'tr', 'blockquote', 'aside', 'section',
                        'figure', 'figcaption', 'address', 'header', 'h1', 'h2', 'h3', 'h4', 'h5',
                        'h6', 'dl', 'dt', 'dd', 'details', 'summary', 'nav', 'pre'"/>
</xsl:stylesheet>
