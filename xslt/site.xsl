<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages of a collection: its start, its lists of texts, its indexes, the search. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="urn:tei-encoder:collection"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:include href="modules/all.xsl"/>
  <xsl:include href="modules/pictures.xsl"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no"
              include-content-type="no"/>

  <!-- The page that is made: `start`, `dates`, `titles`, `search`, a kind of index (`persons`), or
       `entry`, one entry of an index with all its mentions. -->
  <xsl:param name="page" as="xs:string" select="'start'"/>

  <!-- What is this page about? -->
  <xsl:mode name="f:page" on-no-match="fail"/>

  <!-- What is this, in a list? -->
  <xsl:mode name="f:line" on-no-match="fail"/>

  <xsl:variable name="collection-title" as="xs:string"
                select="(string(/collection/@title)[.], f:say('texts'))[1]"/>

  <xsl:template match="/collection">
    <xsl:variable name="name" as="xs:string"
                  select="if ($page = 'entry') then entry/@label else f:page-name($page)"/>
    <html lang="{$language}">
      <head>
        <meta charset="utf-8"/>
        <title>
          <xsl:value-of select="$name[$page != 'start'], $collection-title" separator=" · "/>
        </title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="icon" href="data:,"/>
        <style>{$css}</style>
        <xsl:call-template name="own-css"/>
      </head>
      <body class="collection">
        <a class="skip" href="#~text">{f:say('to-text')}</a>
        <header class="bar">
          <xsl:call-template name="site-bar">
            <xsl:with-param name="here" select="$page"/>
          </xsl:call-template>
        </header>
        <main id="~text">
          <h1>{if ($page = 'start') then $collection-title else $name}</h1>
          <xsl:apply-templates select="." mode="f:page"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="collection[$page = 'start']" mode="f:page">
    <xsl:where-populated>
      <p class="byline">{@author}</p>
    </xsl:where-populated>
    <xsl:where-populated>
      <p lang="{@project-language}">{@project}</p>
    </xsl:where-populated>
    <ul class="ways">
      <xsl:for-each select="tokenize($site-pages)">
        <li>
          <a href="{f:page-address(.)}">{f:page-name(.)}</a>
        </li>
      </xsl:for-each>
    </ul>
    <xsl:if test="$files">
      <p class="book">
        <xsl:text>{f:say('book')}:</xsl:text>
        <xsl:for-each select="tokenize($files, '\n')">
          <xsl:text> </xsl:text>
          <a href="{encode-for-uri(.)}">{f:format-name(.)}</a>
        </xsl:for-each>
      </p>
    </xsl:if>
    <xsl:sequence select="f:timeline(text)"/>
    <h2>{f:say('texts')}</h2>
    <xsl:sequence select="f:texts(text[position() le 20])"/>
    <xsl:if test="text[21]">
      <p>
        <a href="{f:page-address('dates')}">{f:say('count-texts', string(count(text)))}</a>
      </p>
    </xsl:if>
    <xsl:if test="@publisher != '' or @licence != ''">
      <dl class="colophon">
        <xsl:for-each select="@publisher[. != ''], @licence[. != '']">
          <div>
            <dt>{f:say(local-name())}</dt>
            <xsl:apply-templates select="f:fact(f:say(local-name()), ., f:kind(.), ())"
                                 mode="m:html-about"/>
          </div>
        </xsl:for-each>
      </dl>
    </xsl:if>
  </xsl:template>

  <!-- By date: a heading for each year, the undated last. -->
  <xsl:template match="collection[$page = 'dates']" mode="f:page">
    <xsl:sequence select="f:timeline(text)"/>
    <xsl:for-each-group select="text" group-adjacent="f:year-of(.)">
      <h2 id="y{current-grouping-key()}">
        <xsl:value-of select="(current-grouping-key()[.], f:say('undated'))[1]"/>
      </h2>
      <xsl:sequence select="f:texts(current-group())"/>
    </xsl:for-each-group>
  </xsl:template>

  <!-- By title: a heading for each letter of the alphabet. -->
  <xsl:template match="collection[$page = 'titles']" mode="f:page">
    <xsl:variable name="sorted" as="element()*">
      <xsl:perform-sort select="text">
        <xsl:sort select="f:sort-key(f:bare(@title))"
                  collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      </xsl:perform-sort>
    </xsl:variable>
    <xsl:for-each-group select="$sorted" group-adjacent="f:initial(@title)">
      <h2>{current-grouping-key()}</h2>
      <xsl:sequence select="f:texts(current-group())"/>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:template match="collection[$page = 'search']" mode="f:page">
    <noscript>
      <p>{f:say('search-needs')}</p>
    </noscript>
    <form class="search" role="search" data-found="{f:say('found')}"
          data-none="{f:say('found-none')}">
      <label for="words">{f:say('search-words')}</label>
      <input id="words" type="search" name="q" autocomplete="off"/>
    </form>
    <p id="told" role="status"></p>
    <ol id="results" class="results"></ol>
    <script src="search/search.js"></script>
  </xsl:template>

  <!-- An index: each entry with its counts, and the texts that have it. -->
  <xsl:template match="collection" mode="f:page" priority="-1">
    <xsl:if test="$page = 'persons' and count(text) ge $few">
      <xsl:sequence select="f:together(pair)"/>
    </xsl:if>
    <xsl:variable name="sorted" as="element()*">
      <xsl:perform-sort select="entry">
        <xsl:sort select="f:sort-key(f:bare(@label))"
                  collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      </xsl:perform-sort>
    </xsl:variable>
    <xsl:for-each-group select="$sorted" group-adjacent="f:initial(@label)">
      <section class="initial">
        <h2>{current-grouping-key()}</h2>
        <ul class="entries">
          <xsl:apply-templates select="current-group()" mode="f:line"/>
        </ul>
      </section>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:template match="entry" mode="f:line">
    <li id="{@id}">
      <a class="entry-name" href="{@kind}/{f:href(@file)}">{@label}</a>
      <xsl:value-of select="f:lifetime(@born, @died) ! (' (' || . || ')')"/>
      <xsl:if test="@others != ''">
        <span class="variants">, {f:say('also')} {@others}</span>
      </xsl:if>
      <span class="counts">{f:say('count-texts', @texts)} · {f:say('count-mentions', @mentions)}</span>
    </li>
  </xsl:template>

  <!-- One entry: where it is mentioned, in which words. -->
  <xsl:template match="collection[$page = 'entry']" mode="f:page">
    <xsl:variable name="entry" as="element()" select="entry"/>
    <p class="counts">
      <xsl:value-of select="f:lifetime($entry/@born, $entry/@died), $entry/@others[. != ''] ! (f:say('also') || ' ' || .),
          f:say('count-texts', $entry/@texts), f:say('count-mentions', $entry/@mentions)"
          separator=" · "/>
    </p>
    <p>
      <a href="{f:page-address($entry/@kind)}#{f:href($entry/@id)}">{f:page-name($entry/@kind)}</a>
    </p>
    <xsl:for-each select="$entry/in">
      <section>
        <h2>
          <a href="{$site}{f:href(@href)}">{@title}</a>
          <xsl:value-of select="@date-words[. != ''] ! (' (' || . || ')')"/>
        </h2>
        <ul class="contexts" lang="{@language}">
          <xsl:for-each select="mention">
            <li>
              <xsl:value-of select="before"/>
              <a href="{$site}{f:href(../@href)}#{f:href(@at)}">{name}</a>
              <xsl:value-of select="after || '?'[current()/@doubt = 'yes']"/>
              <span class="place" lang="{$language}">{f:place(@page[. != ''] ! (f:say('page') || ' ' || .) || '', @note)}</span>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:texts" as="element()?">
    <xsl:param name="texts" as="element()*"/>
    <xsl:where-populated>
      <ol class="texts">
        <xsl:apply-templates select="$texts" mode="f:line"/>
      </ol>
    </xsl:where-populated>
  </xsl:function>

  <xsl:template match="text" mode="f:line">
    <li>
      <a href="{$site}{f:href(@href)}" lang="{@language}">{@title}</a>
      <span class="counts">
        <xsl:value-of select="(if (@sender != '' and @recipient != '')
            then @sender || ' → ' || @recipient else string(@author))[. != ''], @date-words[. != '']" separator=" · "/>
      </span>
    </li>
  </xsl:template>

  <xsl:function name="f:year-of" as="xs:string">
    <xsl:param name="text" as="element()"/>
    <xsl:sequence select="replace($text/@date, '^(-?[0-9]{4}).*$', '$1')"/>
  </xsl:function>

  <!-- A title without the marks before its first word. -->
  <xsl:function name="f:bare" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="(replace($words, '^[^\p{L}\p{N}]+', '')[.], $words)[1]"/>
  </xsl:function>

  <!-- The letter it is found under: one of the alphabet, or the base of one that is not. -->
  <xsl:function name="f:initial" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="letter" as="xs:string" select="f:letter(substring(f:bare($words), 1, 1))"/>
    <xsl:sequence select="if (matches($letter, '\p{L}')) then upper-case($letter) else '0–9'"/>
  </xsl:function>
</xsl:stylesheet>
