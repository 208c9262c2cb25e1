<?xml version="1.0" encoding="UTF-8"?>
<!--
  The manual of an ODD: one HTML page that needs no other file. Each element, class and datatype has
  a section with an address of its own: #element-persName, #class-att.global, #datatype-….
-->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:m="https://tei-encoder.org/ns/manual"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="m sch xs"
  expand-text="yes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <xsl:include href="manual-content.xsl"/>
  <xsl:include href="manual-prose.xsl"/>

  <xsl:output method="html" version="5" encoding="UTF-8" indent="no"/>

  <!-- What is said in prose. -->
  <xsl:mode name="m:prose" on-no-match="shallow-skip"/>
  <!-- What may stand in an element, as people read it. -->
  <xsl:mode name="m:content" on-no-match="shallow-skip"/>
  <!-- Example code as text. -->
  <xsl:mode name="m:code" on-no-match="shallow-skip"/>

  <xsl:key name="m:spec" match="elementSpec | classSpec | dataSpec | macroSpec" use="@ident"/>
  <xsl:key name="m:members" match="elementSpec | classSpec" use="classes/memberOf/@key"/>

  <xsl:variable name="schema" as="element(schemaSpec)" select="(//schemaSpec)[1]"/>
  <xsl:variable name="elements" as="element(elementSpec)*"
    select="sort($schema//elementSpec, 'http://www.w3.org/2005/xpath-functions/collation/html-ascii-case-insensitive', function($spec) { $spec/@ident })"/>
  <xsl:variable name="models" as="element(classSpec)*"
    select="sort($schema//classSpec[@type = 'model'], (), function($spec) { $spec/@ident })"/>
  <xsl:variable name="atts" as="element(classSpec)*"
    select="sort($schema//classSpec[@type = 'atts'], (), function($spec) { $spec/@ident })"/>
  <xsl:variable name="datatypes" as="element()*"
    select="sort($schema//(dataSpec | macroSpec), (), function($spec) { $spec/@ident })"/>

  <!-- The chapter of the Guidelines that a module of the TEI is described in (TEI P5 1.1). -->
  <xsl:variable name="chapters" as="map(xs:string, xs:string)" select="map{
    'analysis': 'AI', 'certainty': 'CE', 'core': 'CO', 'corpus': 'CC', 'dictionaries': 'DI',
    'drama': 'DR', 'figures': 'FT', 'gaiji': 'WD', 'header': 'HD', 'iso-fs': 'FS', 'linking': 'SA',
    'msdescription': 'MS', 'namesdates': 'ND', 'nets': 'GD', 'spoken': 'TS', 'tagdocs': 'TD',
    'tei': 'ST', 'textcrit': 'TC', 'textstructure': 'DS', 'transcr': 'PH', 'verse': 'VE'}"/>
  <xsl:variable name="guidelines" as="xs:string"
    select="'https://www.tei-c.org/release/doc/tei-p5-doc/en/html/'"/>

  <xsl:template match="/" as="element()">
    <xsl:variable name="title" as="xs:string"
      select="normalize-space((//teiHeader//titleStmt/title)[1])"/>
    <html lang="{(/*/@xml:lang, 'en')[1]}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{$title}</title>
        <style><xsl:call-template name="m:style"/></style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the text</a>
        <header>
          <h1>{$title}</h1>
          <p>Generated from {$schema/@ident}.odd by <code>tei schema compile</code>.</p>
        </header>
        <xsl:call-template name="m:index"/>
        <main id="main">
          <xsl:call-template name="m:introduction"/>
          <xsl:sequence select="m:part('elements', 'Elements', $elements ! m:element(.))"/>
          <xsl:sequence select="m:part('models', 'Model classes', $models ! m:model(.))"/>
          <xsl:sequence select="m:part('attributes', 'Attribute classes', $atts ! m:attribute-class(.))"/>
          <xsl:sequence select="m:part('datatypes', 'Datatypes', $datatypes ! m:datatype(.))"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="m:index" as="element()">
    <nav aria-label="Index">
      <h2>Index</h2>
      <xsl:sequence select="m:indexed('Elements', $elements)"/>
      <xsl:sequence select="m:indexed('Model classes', $models)"/>
      <xsl:sequence select="m:indexed('Attribute classes', $atts)"/>
      <xsl:sequence select="m:indexed('Datatypes', $datatypes)"/>
    </nav>
  </xsl:template>

  <xsl:function name="m:indexed" as="element()*">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="specs" as="element()*"/>
    <xsl:if test="exists($specs)">
      <details>
        <xsl:if test="$specs/self::elementSpec">
          <xsl:attribute name="open"/>
        </xsl:if>
        <summary>{$title} ({count($specs)})</summary>
        <ul class="names">
          <xsl:for-each select="$specs">
            <li><xsl:sequence select="m:link(.)"/></li>
          </xsl:for-each>
        </ul>
      </details>
    </xsl:if>
  </xsl:function>

  <xsl:template name="m:introduction" as="element()*">
    <xsl:variable name="prose" as="element()*" select="(//body)[1]//(head | p)[not(ancestor::schemaSpec)]
      [not(ancestor::p)]"/>
    <xsl:if test="$prose or $schema/desc">
      <section aria-labelledby="introduction">
        <h2 id="introduction">{normalize-space(($prose/self::head, 'Introduction')[1])}</h2>
        <xsl:apply-templates select="$prose[not(. is $prose/self::head[1])]" mode="m:prose"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:function name="m:part" as="element()?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="entries" as="element()*"/>
    <xsl:if test="exists($entries)">
      <section aria-labelledby="{$id}">
        <h2 id="{$id}">{$title}</h2>
        <xsl:sequence select="$entries"/>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- entries -->

  <xsl:function name="m:element" as="element()">
    <xsl:param name="spec" as="element(elementSpec)"/>
    <article id="{m:id($spec)}">
      <h3><code>&lt;{$spec/@ident}&gt;</code><xsl:sequence select="m:gloss($spec)"/></h3>
      <xsl:sequence select="m:described($spec)"/>
      <dl>
        <xsl:sequence select="m:row('Module', m:module($spec))"/>
        <xsl:sequence select="m:row('Classes', m:links($spec/classes/memberOf/@key))"/>
        <xsl:sequence select="m:row('May stand in', m:links(m:parents($spec)))"/>
        <xsl:sequence select="m:row('May hold', m:held($spec))"/>
      </dl>
      <xsl:sequence select="m:attributes($spec)"/>
      <xsl:sequence select="m:model-of($spec)"/>
      <xsl:sequence select="m:examples($spec)"/>
      <xsl:sequence select="m:rules($spec)"/>
    </article>
  </xsl:function>

  <xsl:function name="m:model" as="element()">
    <xsl:param name="spec" as="element(classSpec)"/>
    <article id="{m:id($spec)}">
      <h3><code>{$spec/@ident}</code><xsl:sequence select="m:gloss($spec)"/></h3>
      <xsl:sequence select="m:described($spec)"/>
      <dl>
        <xsl:sequence select="m:row('Classes', m:links($spec/classes/memberOf/@key))"/>
        <xsl:sequence select="m:row('Members', m:links(key('m:members', $spec/@ident, root($spec))/@ident))"/>
      </dl>
    </article>
  </xsl:function>

  <xsl:function name="m:attribute-class" as="element()">
    <xsl:param name="spec" as="element(classSpec)"/>
    <article id="{m:id($spec)}">
      <h3><code>{$spec/@ident}</code><xsl:sequence select="m:gloss($spec)"/></h3>
      <xsl:sequence select="m:described($spec)"/>
      <dl>
        <xsl:sequence select="m:row('Classes', m:links($spec/classes/memberOf/@key))"/>
        <xsl:sequence select="m:row('Members', m:links(key('m:members', $spec/@ident, root($spec))/@ident))"/>
      </dl>
      <xsl:sequence select="m:attributes($spec)"/>
      <xsl:sequence select="m:rules($spec)"/>
    </article>
  </xsl:function>

  <xsl:function name="m:datatype" as="element()">
    <xsl:param name="spec" as="element()"/>
    <article id="{m:id($spec)}">
      <h3><code>{$spec/@ident}</code><xsl:sequence select="m:gloss($spec)"/></h3>
      <xsl:sequence select="m:described($spec)"/>
      <xsl:sequence select="m:model-of($spec)"/>
    </article>
  </xsl:function>

  <!-- their parts -->

  <xsl:function name="m:id" as="xs:string">
    <xsl:param name="spec" as="element()"/>
    <xsl:sequence select="(if ($spec/self::elementSpec) then 'element-'
      else if ($spec/self::classSpec) then 'class-' else 'datatype-') || $spec/@ident"/>
  </xsl:function>

  <xsl:function name="m:link" as="element()">
    <xsl:param name="spec" as="element()"/>
    <a href="#{m:id($spec)}"><code>{$spec/@ident}</code></a>
  </xsl:function>

  <xsl:function name="m:links" as="element()?">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:if test="exists($names)">
      <ul class="names">
        <xsl:for-each select="sort(distinct-values($names))">
          <xsl:variable name="spec" as="element()?" select="key('m:spec', ., root($schema))[1]"/>
          <li>
            <xsl:choose>
              <xsl:when test="$spec">
                <xsl:sequence select="m:link($spec)"/>
              </xsl:when>
              <xsl:otherwise>
                <code>{.}</code>
              </xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:function>

  <xsl:function name="m:gloss" as="element()?">
    <xsl:param name="spec" as="element()"/>
    <xsl:for-each select="m:english($spec/gloss)">
      <span class="gloss"> {normalize-space(.)}</span>
    </xsl:for-each>
  </xsl:function>

  <!-- Of what is said in several languages, that of the document, or the first. -->
  <xsl:function name="m:english" as="element()?">
    <xsl:param name="said" as="element()*"/>
    <xsl:variable name="language" as="xs:string" select="string(($schema/@docLang, 'en')[1])"/>
    <xsl:sequence select="($said[@xml:lang = $language], $said[not(@xml:lang)], $said)[1]"/>
  </xsl:function>

  <xsl:function name="m:described" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:for-each select="m:english($spec/desc)">
      <p><xsl:apply-templates mode="m:prose"/></p>
    </xsl:for-each>
    <xsl:for-each select="m:english($spec/remarks)">
      <xsl:apply-templates mode="m:prose"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="m:row" as="element()*">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:if test="exists($content)">
      <div>
        <dt>{$title}</dt>
        <dd><xsl:sequence select="$content"/></dd>
      </div>
    </xsl:if>
  </xsl:function>

  <xsl:function name="m:module" as="node()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:variable name="chapter" as="xs:string?" select="$chapters(string($spec/@module))"/>
    <xsl:choose>
      <xsl:when test="$chapter">
        <a href="{$guidelines}{$chapter}.html">{$spec/@module}</a>
        <xsl:text> (TEI Guidelines, </xsl:text>
        <a href="{$guidelines}ref-{$spec/@ident}.html">&lt;{$spec/@ident}&gt;</a>
        <xsl:text>)</xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$spec/@module"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The elements that may stand in an element, classes resolved. -->
  <xsl:function name="m:children" as="xs:string*" cache="yes">
    <xsl:param name="ident" as="xs:string"/>
    <xsl:for-each select="key('m:spec', $ident, root($schema))/self::elementSpec/content">
      <xsl:sequence select="distinct-values((.//elementRef/@key/string(), .//classRef/@key ! m:in-class(.),
        .//macroRef/@key ! m:in-macro(.)))"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="m:in-class" as="xs:string*" cache="yes">
    <xsl:param name="class" as="xs:string"/>
    <xsl:for-each select="key('m:members', $class, root($schema))">
      <xsl:sequence select="if (self::elementSpec) then string(@ident) else m:in-class(@ident)"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="m:in-macro" as="xs:string*" cache="yes">
    <xsl:param name="macro" as="xs:string"/>
    <xsl:for-each select="key('m:spec', $macro, root($schema))/content">
      <xsl:sequence select=".//elementRef/@key/string(), .//classRef/@key ! m:in-class(.),
        .//macroRef/@key ! m:in-macro(.)"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="m:parents" as="xs:string*">
    <xsl:param name="spec" as="element(elementSpec)"/>
    <xsl:sequence select="$elements[m:children(@ident) = $spec/@ident]/@ident/string()"/>
  </xsl:function>

  <xsl:function name="m:held" as="node()*">
    <xsl:param name="spec" as="element(elementSpec)"/>
    <xsl:variable name="names" as="xs:string*" select="m:children($spec/@ident)"/>
    <xsl:variable name="text" as="xs:boolean" select="exists($spec/content//textNode)"/>
    <xsl:if test="$text">
      <xsl:text>Text. </xsl:text>
    </xsl:if>
    <xsl:if test="not($text) and empty($names) and empty($spec/content//(dataRef | valList | macroRef))">
      <xsl:text>Nothing.</xsl:text>
    </xsl:if>
    <xsl:sequence select="m:links($names)"/>
  </xsl:function>

</xsl:stylesheet>
