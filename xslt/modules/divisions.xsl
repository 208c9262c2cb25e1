<?xml version="1.0" encoding="UTF-8"?>
<!-- Parts, chapters and their headings; the title page; breaks between sections. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <!-- The text has one title. Where the only division bears it, the page adds none of its own. -->
  <xsl:variable name="title-is-in-text" as="xs:boolean"
                select="exists(/TEI/text/front/titlePage//docTitle)
                        or f:bears-title(/TEI/text/body)"/>

  <!-- Has it a heading of its own, or its only division one? -->
  <xsl:function name="f:bears-title" as="xs:boolean">
    <xsl:param name="body" as="element(body)*"/>
    <xsl:sequence select="exists($body/head) or count($body/div) = 1 and exists($body/div/head)"/>
  </xsl:function>

  <xsl:function name="f:level" as="xs:integer">
    <xsl:param name="head" as="element()"/>
    <xsl:variable name="outer" as="xs:integer"
                  select="if (f:bears-title(root($head)/TEI/text/body)) then 0 else 1"/>
    <xsl:sequence select="min((6, max((1,
        count($head/ancestor::*[matches(local-name(), '^(div[1-7]?|floatingText|body)$')][head]) + $outer))))"/>
  </xsl:function>

  <xsl:template match="text | front | body | back | group" mode="m:html m:typst">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template match="div | div1 | div2 | div3 | div4 | div5 | div6 | div7" mode="m:html">
    <section class="{string-join(('div', @type[matches(., '^\S+$')]), ' ')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:html"/>
    </section>
  </xsl:template>

  <xsl:template match="div | div1 | div2 | div3 | div4 | div5 | div6 | div7" mode="m:typst">
    <xsl:apply-templates mode="m:typst"/>
  </xsl:template>

  <xsl:template match="div[@type = ('licence', 'metadata')]" mode="m:html">
    <details class="boilerplate">
      <summary>{f:say(f:notice(.))}</summary>
      <xsl:apply-templates mode="m:html"/>
    </details>
  </xsl:template>

  <xsl:template match="div[@type = ('licence', 'metadata')]" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'notice'"/>
      <xsl:with-param name="arguments" select="f:literal(f:say(f:notice(.))) || ', '"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The message that names what stands beside the text. -->
  <xsl:function name="f:notice" as="xs:string">
    <xsl:param name="division" as="element()"/>
    <xsl:sequence select="if ($division/@type = 'licence') then 'boilerplate' else 'about'"/>
  </xsl:function>

  <xsl:template match="head[f:is-boilerplate(.)]" mode="m:typst" priority="2">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'caption'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="floatingText" mode="m:html">
    <section class="floating-text">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:html"/>
    </section>
  </xsl:template>

  <xsl:template match="floatingText" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'inset'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="head" mode="m:html">
    <xsl:element name="h{f:level(.)}">
      <xsl:attribute name="id" select="f:id(.)"/>
      <xsl:apply-templates select="@xml:lang" mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="head" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'chapter'"/>
      <xsl:with-param name="arguments" select="f:level(.) || ', '"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A heading without words is none. -->
  <xsl:template match="head[not(f:label(.))]" mode="m:typst" priority="1">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="head[preceding-sibling::head]" mode="m:html">
    <p class="subtitle">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </p>
  </xsl:template>

  <xsl:template match="head[preceding-sibling::head] | trailer | argument" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'centred'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Headings of lists, verse and the like are no headings of the text. -->
  <xsl:template match="(lg | list | table | figure | castList)/head" mode="m:html" priority="0.75">
    <p class="caption">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </p>
  </xsl:template>

  <xsl:template match="(lg | list | table | figure | castList)/head" mode="m:typst" priority="0.75">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'caption'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="trailer | argument | epigraph" mode="m:html">
    <div class="{local-name()}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </div>
  </xsl:template>

  <xsl:template match="epigraph" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'inset'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A break between sections, with the ornament that was printed. -->
  <xsl:template match="milestone[@unit = 'section']" mode="m:html">
    <div class="section-break" role="separator">{f:signs(., 'pre')}</div>
  </xsl:template>

  <xsl:template match="milestone[@unit = 'section']" mode="m:typst">
    <xsl:value-of select="'section-break(' || f:literal(f:signs(., 'pre')) || ')&#10;'"/>
  </xsl:template>

  <!-- Where a block of notes stood, and other bearings of the source. -->
  <xsl:template match="milestone | anchor" mode="m:html m:typst"/>

  <xsl:template match="titlePage" mode="m:html">
    <header class="title-page">
      <xsl:apply-templates mode="m:html"/>
    </header>
  </xsl:template>

  <xsl:template match="titlePage" mode="m:typst">
    <xsl:apply-templates mode="m:typst"/>
  </xsl:template>

  <xsl:template match="docTitle" mode="m:html">
    <h1>
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </h1>
  </xsl:template>

  <xsl:template match="docTitle" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'chapter'"/>
      <xsl:with-param name="arguments" select="'1, '"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="titlePart" mode="m:html">
    <span class="title-part">
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </span>
  </xsl:template>

  <xsl:template match="titlePart | docDate | publisher[ancestor::text] | pubPlace[ancestor::text]"
                mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
  </xsl:template>

  <xsl:template match="docDate | publisher[ancestor::text] | pubPlace[ancestor::text]"
                mode="m:html">
    <span class="{local-name()}">
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </span>
  </xsl:template>

  <xsl:template match="docImprint | docEdition | titlePage/docAuthor | titlePage/docDate
                       | titlePage/titlePart" mode="m:html">
    <p class="{local-name()}">
      <xsl:apply-templates select="." mode="m:html-inside"/>
    </p>
  </xsl:template>

  <xsl:template match="docImprint | docEdition | titlePage/docAuthor | titlePage/docDate
                       | titlePage/titlePart" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'centred'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The contents, where there is more than one heading. -->
  <xsl:template name="html-contents">
    <xsl:variable name="heads" as="element(head)*"
                  select="/TEI/text//(div | div1 | div2 | div3 | group)/head[1]
                          [not(f:is-boilerplate(.))][f:label(.)]"/>
    <xsl:if test="count($heads) gt 1">
      <nav class="contents" aria-label="{f:say('contents')}">
        <ol>
          <xsl:for-each select="$heads">
            <li class="level-{f:level(.)}">
              <a href="#{f:id(.)}">{f:label(.)}</a>
            </li>
          </xsl:for-each>
        </ol>
      </nav>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
