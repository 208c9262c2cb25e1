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

  <!-- attributes -->

  <xsl:function name="m:attributes" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:variable name="own" as="element(attDef)*" select="$spec/attList//attDef"/>
    <xsl:variable name="inherited" as="element(attDef)*" select="m:inherited($spec)[not(@ident = $own/@ident)]"/>
    <xsl:if test="$own">
      <table>
        <caption>Attributes of <code>{$spec/@ident}</code></caption>
        <thead>
          <tr><th scope="col">Attribute</th><th scope="col">Meaning</th><th scope="col">Values</th></tr>
        </thead>
        <tbody>
          <xsl:sequence select="$own ! m:attribute(.)"/>
        </tbody>
      </table>
    </xsl:if>
    <xsl:if test="$inherited">
      <p>
        <span class="label">{if ($own) then 'Attributes from classes: ' else 'Attributes, from classes: '}</span>
        <xsl:for-each-group select="$inherited" group-by="ancestor::classSpec[1]/@ident">
          <xsl:if test="position() gt 1">; </xsl:if>
          <xsl:sequence select="m:link(ancestor::classSpec[1])"/>
          <xsl:text> </xsl:text>
          <code>{string-join(current-group() ! ('@' || @ident), ' ')}</code>
        </xsl:for-each-group>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:function name="m:inherited" as="element(attDef)*">
    <xsl:param name="spec" as="element()"/>
    <xsl:for-each select="key('m:spec', $spec/classes/memberOf/@key, root($schema))[@type = 'atts']">
      <xsl:sequence select="attList//attDef, m:inherited(.)"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="m:attribute" as="element()">
    <xsl:param name="attribute" as="element(attDef)"/>
    <tr>
      <th scope="row">
        <code>@{$attribute/@ident}</code>
        <xsl:if test="$attribute/@usage = 'req'">
          <span class="note"> required</span>
        </xsl:if>
      </th>
      <td>
        <xsl:apply-templates select="m:english($attribute/desc)/node()" mode="m:prose"/>
      </td>
      <td><xsl:sequence select="m:values($attribute)"/></td>
    </tr>
  </xsl:function>

  <xsl:function name="m:values" as="node()*">
    <xsl:param name="attribute" as="element(attDef)"/>
    <xsl:variable name="list" as="element(valList)?" select="$attribute/valList[1]"/>
    <xsl:if test="$list">
      <xsl:if test="not($list/@type = 'closed')">
        <xsl:text>For example:</xsl:text>
      </xsl:if>
      <dl class="values">
        <xsl:for-each select="$list/valItem">
          <div>
            <dt><code>{@ident}</code></dt>
            <dd><xsl:apply-templates select="m:english((desc, gloss))/node()" mode="m:prose"/></dd>
          </div>
        </xsl:for-each>
      </dl>
    </xsl:if>
    <xsl:if test="not($list/@type = 'closed')">
      <xsl:apply-templates select="$attribute/datatype/*" mode="m:content"/>
      <xsl:if test="$attribute/datatype[@maxOccurs = 'unbounded' or number(@maxOccurs) gt 1]">
        <xsl:text>, several with spaces between</xsl:text>
      </xsl:if>
    </xsl:if>
  </xsl:function>

  <!-- content models, in the signs of regular expressions -->

  <xsl:function name="m:model-of" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:if test="$spec/content/*">
      <p class="model"><span class="label">Content: </span>
        <xsl:for-each select="$spec/content/*">
          <xsl:if test="position() gt 1">, </xsl:if>
          <xsl:apply-templates select="." mode="m:content"/>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:template match="textNode" mode="m:content">text</xsl:template>
  <xsl:template match="empty" mode="m:content">nothing</xsl:template>
  <xsl:template match="anyElement" mode="m:content">any element</xsl:template>

  <xsl:template match="elementRef | classRef | macroRef | dataRef[@key]" mode="m:content">
    <xsl:variable name="spec" as="element()?" select="key('m:spec', @key, root($schema))[1]"/>
    <xsl:sequence select="($spec ! m:link(.), m:code(@key))[1]"/>
    <xsl:sequence select="m:count(.)"/>
  </xsl:template>

  <xsl:template match="dataRef[@name]" mode="m:content">
    <code>{@name}</code>
    <xsl:if test="@restriction">
      <xsl:text> like </xsl:text>
      <code>{@restriction}</code>
    </xsl:if>
  </xsl:template>

  <xsl:template match="valList" mode="m:content">
    <xsl:for-each select="valItem">
      <xsl:if test="position() gt 1"> | </xsl:if>
      <code>"{@ident}"</code>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="sequence | alternate" mode="m:content">
    <xsl:variable name="between" as="xs:string" select="if (self::sequence) then ', ' else ' | '"/>
    <xsl:text>(</xsl:text>
    <xsl:for-each select="*">
      <xsl:if test="position() gt 1">{$between}</xsl:if>
      <xsl:apply-templates select="." mode="m:content"/>
    </xsl:for-each>
    <xsl:text>)</xsl:text>
    <xsl:sequence select="m:count(.)"/>
  </xsl:template>

  <xsl:function name="m:code" as="element()">
    <xsl:param name="text" as="xs:string"/>
    <code>{$text}</code>
  </xsl:function>

  <xsl:function name="m:count" as="text()?">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="least" as="xs:string" select="string(($part/@minOccurs, '1')[1])"/>
    <xsl:variable name="most" as="xs:string" select="string(($part/@maxOccurs, '1')[1])"/>
    <xsl:value-of select="
      if ($least = '1' and $most = '1') then ''
      else if ($least = '0' and $most = '1') then '?'
      else if ($least = '0' and $most = 'unbounded') then '*'
      else if ($least = '1' and $most = 'unbounded') then '+'
      else '{' || $least || ',' || $most[. != 'unbounded'] || '}'"/>
  </xsl:function>

  <!-- examples and rules -->

  <xsl:function name="m:examples" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:for-each select="$spec/exemplum[not(@xml:lang) or @xml:lang = ('en', 'und', 'mul')]">
      <figure>
        <figcaption>Example</figcaption>
        <pre><code><xsl:apply-templates select="*:egXML/node()" mode="m:code"/></code></pre>
      </figure>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="text()" mode="m:code">{replace(replace(., '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;')}</xsl:template>

  <xsl:template match="*" mode="m:code">
    <xsl:text>&lt;{name()}</xsl:text>
    <xsl:for-each select="@*">
      <xsl:text> {name()}="{replace(replace(., '&amp;', '&amp;amp;'), '&quot;', '&amp;quot;')}"</xsl:text>
    </xsl:for-each>
    <xsl:text>{if (node()) then '>' else '/>'}</xsl:text>
    <xsl:apply-templates mode="m:code"/>
    <xsl:if test="node()">&lt;/{name()}&gt;</xsl:if>
  </xsl:template>

  <xsl:function name="m:rules" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:variable name="rules" as="element()*" select="$spec/constraintSpec[desc or .//sch:assert or .//sch:report]
      [.//sch:assert or .//sch:report]"/>
    <xsl:if test="$rules">
      <p class="label">Rules</p>
      <ul>
        <xsl:for-each select="$rules">
          <li id="rule-{$spec/@ident}-{@ident}">
            <xsl:apply-templates select="m:english(desc)/node()" mode="m:prose"/>
            <xsl:for-each select=".//sch:span[@class = 'hint']">
              <span class="note"> {normalize-space(.)}</span>
            </xsl:for-each>
            <code class="code"> sch-{@ident}</code>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:function>

  <!-- prose -->

  <xsl:template match="text()" mode="m:prose">{replace(., '\s+', ' ')}</xsl:template>
  <xsl:template match="p" mode="m:prose">
    <p><xsl:apply-templates mode="m:prose"/></p>
  </xsl:template>
  <xsl:template match="head" mode="m:prose">
    <p class="label">{normalize-space(.)}</p>
  </xsl:template>
  <xsl:template match="list" mode="m:prose">
    <ul><xsl:apply-templates mode="m:prose"/></ul>
  </xsl:template>
  <xsl:template match="item" mode="m:prose">
    <li><xsl:apply-templates mode="m:prose"/></li>
  </xsl:template>
  <xsl:template match="gi" mode="m:prose">
    <xsl:variable name="spec" as="element()?" select="key('m:spec', ., root($schema))/self::elementSpec"/>
    <xsl:sequence select="($spec ! m:link(.), m:code(.))[1]"/>
  </xsl:template>
  <xsl:template match="att" mode="m:prose">
    <code>@{.}</code>
  </xsl:template>
  <xsl:template match="val | code | ident | tag" mode="m:prose">
    <code>{.}</code>
  </xsl:template>
  <xsl:template match="ref[@target]" mode="m:prose">
    <a href="{@target}"><xsl:apply-templates mode="m:prose"/></a>
  </xsl:template>
  <xsl:template match="*" mode="m:prose" priority="-1">
    <xsl:apply-templates mode="m:prose"/>
  </xsl:template>

  <xsl:template name="m:style" expand-text="no">
    :root { color-scheme: light dark; --ink: #1d1d1b; --paper: #fffefb; --line: #c9c5ba;
      --quiet: #5c594f; --link: #12497b; --shade: #f2efe6; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e8e5dc; --paper: #1a1a18;
      --line: #4a4840; --quiet: #aaa69a; --link: #9cc7f0; --shade: #262521; } }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; }
    body { margin: 0 auto; max-width: 80rem; padding: 1rem 1.5rem 4rem; color: var(--ink);
      background: var(--paper); font: 1rem/1.5 Georgia, "Times New Roman", serif;
      display: grid; grid-template-columns: 15rem minmax(0, 1fr); column-gap: 3rem;
      align-items: start; }
    header { grid-column: 1 / -1; border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
    header p, .note, .gloss, caption { color: var(--quiet); }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 0.25rem; }
    h2 { font-size: 1.5rem; margin: 2rem 0 0.5rem; }
    h3 { font-size: 1.2rem; margin: 0 0 0.4rem; }
    .gloss { font-weight: normal; font-style: italic; }
    nav { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding-bottom: 2rem; }
    nav h2 { margin-top: 1rem; font-size: 1.1rem; }
    nav .names { display: block; }
    summary { cursor: pointer; margin-top: 0.5rem; }
    main h2:first-child { margin-top: 1rem; }
    main p { max-width: 42rem; }
    article { border-top: 1px solid var(--line); padding: 1.2rem 0; }
    article:target { background: var(--shade); outline: 0.6rem solid var(--shade); }
    code, pre { font: 0.9em/1.45 ui-monospace, Menlo, Consolas, monospace; }
    pre { background: var(--shade); padding: 0.8rem 1rem; overflow: auto; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    .names a { text-decoration-color: var(--line); }
    .names { list-style: none; display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; margin: 0;
      padding: 0; }
    dl { margin: 0.8rem 0; }
    dl > div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); padding: 0.15rem 0; }
    dt { color: var(--quiet); }
    dd { margin: 0; }
    .values { margin: 0; }
    .values > div { grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr);
      column-gap: 0.8rem; }
    table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
    caption { text-align: left; padding-bottom: 0.3rem; }
    th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0;
      border-top: 1px solid var(--line); overflow-wrap: anywhere; }
    th { font-weight: normal; }
    thead th { color: var(--quiet); }
    tbody th { width: 10rem; } tbody td:last-child { width: 40%; }
    .label { color: var(--quiet); margin-bottom: 0; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.5rem; }
    @media (max-width: 50rem) { body { display: block; } nav { position: static; max-height: none; }
      nav .names { display: flex; }
      dl > div { display: block; } table, tbody, tr, td, th, caption { display: block; }
      thead { display: none; } tbody th, tbody td:last-child { width: auto; border: 0; } }
    @media print { nav { display: none; } body { display: block; } }
  </xsl:template>

</xsl:stylesheet>
