<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to one page of HTML that needs nothing else: no other file, no network. Its script only
     opens notes where they are called; without it a callout is a link. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:include href="modules/all.xsl"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no"
              include-content-type="no" escape-uri-attributes="no"/>

  <xsl:template match="/TEI">
    <html lang="{$text-language}">
      <xsl:sequence select="f:direction($text-language)"/>
      <head>
        <meta charset="utf-8"/>
        <title>{$title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <xsl:call-template name="html-metadata"/>
        <link rel="icon" href="data:,"/>
        <style>{$css}</style>
        <xsl:call-template name="own-css"/>
      </head>
      <body>
        <a class="skip" href="#~text">{f:say('to-text')}</a>
        <xsl:call-template name="page-head"/>
        <main>
          <article id="~text">
            <xsl:if test="not($title-is-in-text)">
              <xsl:call-template name="page-title"/>
            </xsl:if>
            <xsl:call-template name="html-contents"/>
            <xsl:apply-templates select="text | sourceDoc" mode="m:html"/>
          </article>
          <xsl:call-template name="neighbours"/>
          <xsl:call-template name="html-notes"/>
          <xsl:call-template name="html-indexes"/>
        </main>
        <footer lang="{$language}">
          <xsl:sequence select="f:direction($language)"/>
          <xsl:call-template name="html-about"/>
        </footer>
        <script data-close="{f:say('close')}">
          <xsl:value-of select="$notes-script"/>
        </script>
      </body>
    </html>
  </xsl:template>

  <!-- Where one can go, and the switches for what is doubtful and for what the source has. -->
  <xsl:template name="page-head">
    <header class="bar" lang="{$language}">
      <xsl:sequence select="f:direction($language)"/>
      <xsl:call-template name="site-bar"/>
      <nav aria-label="{f:say('parts')}">
        <ul>
          <xsl:sequence select="f:part('text')"/>
          <xsl:if test="text//note[not(f:is-inline-note(.))]">
            <xsl:sequence select="f:part('notes')"/>
          </xsl:if>
          <xsl:sequence select="$indexes ! f:part(.), f:part('about')"/>
        </ul>
      </nav>
      <div class="switches">
        <xsl:sequence select="('show-doubts', 'show-source') ! f:switch(.)"/>
      </div>
    </header>
  </xsl:template>

  <xsl:function name="f:switch" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <label class="switch">
      <input type="checkbox" class="{$key}"/>
      <xsl:text> </xsl:text>
      <span>{f:say($key)}</span>
    </label>
  </xsl:function>

  <xsl:function name="f:part" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <li>
      <a href="#~{$key}">{f:say($key)}</a>
    </li>
  </xsl:function>

  <xsl:template name="page-title">
    <header class="title-page">
      <xsl:for-each select="$authors">
        <p class="byline">{.}</p>
      </xsl:for-each>
      <h1>{$title}</h1>
    </header>
  </xsl:template>

  <xsl:template match="/*" priority="-1">
    <xsl:sequence select="error(QName('urn:tei-encoder:function', 'f:root'),
                                'the root is ' || name() || ', not TEI')"/>
  </xsl:template>
</xsl:stylesheet>
