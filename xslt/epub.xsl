<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to the parts of an e-book, as JSON: its XHTML, and what its package says of it. The pages
     are those of the web; a second pass makes of them what EPUB asks for. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xmlns:h="http://www.w3.org/1999/xhtml"
                xmlns:epub="http://www.idpf.org/2007/ops"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:include href="modules/all.xsl"/>
  <xsl:include href="lib/leaves.xsl"/>

  <!-- What the names of the files begin with: books of several texts have many. -->
  <xsl:param name="file-prefix" as="xs:string" select="''"/>

  <xsl:output method="json" encoding="UTF-8" indent="no"/>

  <!-- How does a page of the web look in an e-book? -->
  <xsl:mode name="m:epub" on-no-match="shallow-copy"/>

  <xsl:key name="html-id" match="h:*[@id]" use="@id"/>

  <xsl:variable name="whole" as="document-node()" select="/"/>

  <xsl:template match="/TEI">
    <xsl:sequence select="map {
        'title': $title,
        'language': $book-language,
        'labels': map:merge(('contents', 'pages', 'text', 'about') ! map { .: f:say(.) }),
        'authors': array { $authors },
        'translators': array { $translators },
        'publisher': string-join($publication/(publisher | distributor | authority) ! f:known(.),
                                 '; '),
        'rights': normalize-space(string-join($publication/availability/(licence | p), ' ')),
        'identifier': string(($publication/idno ! normalize-space())[1]),
        'day': string(f:first-day()),
        'leaves': array { $leaves/f:leaf ! array { f:file(@name), string(@label), string(@kind) } },
        'heads': array { f:heads() ! array { f:level(.), f:label(.), f:leaf-href(f:id(.)) } },
        'pages': array { $leaves//h:*[f:is-page(.)]
                         ! array { f:page-number(.), f:leaf-href(@id) } },
        'files': map:merge($leaves/f:leaf ! map { f:file(@name): f:written(.) }) }"/>
  </xsl:template>

  <xsl:function name="f:heads" as="element()*">
    <xsl:sequence select="$whole/TEI/text//div/head[1][not(f:is-boilerplate(.)) and f:label(.)]"/>
  </xsl:function>

  <xsl:function name="f:file" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="$file-prefix || $name || '.xhtml'"/>
  </xsl:function>

  <!-- Where an element with an id is: its file, and its id there. -->
  <xsl:function name="f:leaf-href" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="leaf" as="element()?"
                  select="key('html-id', $id, $leaves)[1]/ancestor::f:leaf"/>
    <xsl:sequence select="string($leaf/f:file(@name)) || '#' || f:xml-id($id)"/>
  </xsl:function>

  <!-- An id of the web as XML takes it; what could not stand in a name is spelt out. -->
  <xsl:function name="f:xml-id" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="$id" regex="[^\i\c]|^[^\i]|:|·">
        <xsl:matching-substring>·{f:hexadecimal(string-to-codepoints(.))}·</xsl:matching-substring>
        <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:variable name="spelt" as="xs:string" select="string-join($parts)"/>
    <xsl:sequence select="'_'[not(matches($spelt, '^\i'))] || $spelt"/>
  </xsl:function>

  <xsl:function name="f:written" as="xs:string">
    <xsl:param name="leaf" as="element(f:leaf)"/>
    <xsl:variable name="page" as="element()">
      <html>
        <xsl:namespace name="epub" select="'http://www.idpf.org/2007/ops'"/>
        <xsl:apply-templates select="$leaf/@lang" mode="m:epub"/>
        <head>
          <title>{$leaf/@label}</title>
          <link rel="stylesheet" href="book.css"/>
        </head>
        <body epub:type="{$leaf/@kind}">
          <xsl:apply-templates select="$leaf/node()" mode="m:epub"/>
        </body>
      </html>
    </xsl:variable>
    <xsl:sequence select="'&lt;?xml version=&quot;1.0&quot; encoding=&quot;UTF-8&quot;?>&#10;'
        || '&lt;!DOCTYPE html>&#10;'
        || serialize($page, map { 'method': 'xml', 'indent': false(),
                                  'omit-xml-declaration': true() }) || '&#10;'"/>
  </xsl:function>

  <!-- What EPUB calls a role. -->
  <xsl:variable name="epub-types" as="map(xs:string, xs:string)" select="map {
      'doc-noteref': 'noteref', 'doc-footnote': 'footnote', 'doc-backlink': 'backlink' }"/>

  <!-- A book has one reading, no address for a paragraph, and no file that lies beside a page. -->
  <xsl:template match="h:*[contains-token(@class, 'source')] | h:a[@class = 'address']
                       | h:a[@class = 'facs'][not(f:is-address(@href))]"
                mode="m:epub" priority="3"/>

  <xsl:template match="@role" mode="m:epub">
    <xsl:if test="$epub-types(.)">
      <xsl:attribute name="epub:type" select="$epub-types(.)"/>
    </xsl:if>
    <xsl:copy/>
  </xsl:template>

  <!-- The first of several with one id keeps it: pointers lead there. -->
  <xsl:template match="@id" mode="m:epub">
    <xsl:if test="key('html-id', .)[1] is ..">
      <xsl:attribute name="id" select="f:xml-id(.)"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="@href[starts-with(., '#')]" mode="m:epub">
    <xsl:if test="key('html-id', substring(., 2))">
      <xsl:attribute name="href" select="f:leaf-href(substring(., 2))"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="@aria-labelledby" mode="m:epub">
    <xsl:attribute name="aria-labelledby" select="tokenize(.) ! f:xml-id(.)"/>
  </xsl:template>

  <xsl:template match="@lang" mode="m:epub">
    <xsl:if test="f:is-language(.)">
      <xsl:copy/>
      <xsl:attribute name="xml:lang" select="."/>
    </xsl:if>
  </xsl:template>

  <!-- A tag of BCP 47, as far as its form tells. -->
  <xsl:variable name="language-tag" static="yes" as="xs:string" select="'^(x(-[a-z0-9]{1,8})+'
      || '|([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?'
      || '(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*'
      || '(-x(-[a-z0-9]{1,8})+)?)$'"/>

  <xsl:function name="f:is-language" as="xs:boolean">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:sequence select="matches($tag, $language-tag, 'i')"/>
  </xsl:function>

  <xsl:variable name="book-language" as="xs:string"
                select="($text-language[f:is-language(.)], 'und')[1]"/>

  <!-- A time that no machine can read is words. -->
  <xsl:template match="h:time[not(@datetime)]" mode="m:epub" priority="2">
    <span>
      <xsl:apply-templates select="@*, node()" mode="m:epub"/>
    </span>
  </xsl:template>

  <!-- A page of the source begins: a place to go to, whose number is no part of the text. -->
  <xsl:function name="f:is-page" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tokenize($element/@class) = 'pb' and exists($element/@id)"/>
  </xsl:function>

  <xsl:function name="f:page-number" as="xs:string">
    <xsl:param name="page" as="element()"/>
    <xsl:sequence select="normalize-space(string-join(
        $page//text()[not(ancestor::h:span[@class = 'for-ear'])]))"/>
  </xsl:function>

  <xsl:template match="h:*[f:is-page(.)]" mode="m:epub" priority="3">
    <span class="pb" epub:type="pagebreak" role="doc-pagebreak" aria-label="{f:page-number(.)}">
      <xsl:apply-templates select="@id" mode="m:epub"/>
    </span>
  </xsl:template>

  <!-- What opens on demand stands open. -->
  <xsl:template match="h:details" mode="m:epub">
    <section>
      <xsl:apply-templates select="@*, node()" mode="m:epub"/>
    </section>
  </xsl:template>

  <xsl:template match="h:summary" mode="m:epub">
    <p class="caption">
      <xsl:apply-templates mode="m:epub"/>
    </p>
  </xsl:template>

  <!-- A caption stands first or last, or is words like others. -->
  <xsl:template match="h:figcaption[../h:figcaption[2] or preceding-sibling::node()[normalize-space()]
                       and following-sibling::node()[normalize-space()]]" mode="m:epub">
    <div class="caption">
      <xsl:apply-templates select="@*, node()" mode="m:epub"/>
    </div>
  </xsl:template>

  <!-- XHTML is strict about what holds what: words in a line hold no block, a heading none. -->
  <xsl:template match="h:span | h:i | h:b | h:em | h:cite | h:sup | h:sub | h:code | h:time | h:p"
                mode="m:epub" priority="1">
    <xsl:element name="{if (descendant::h:*[local-name() = $blocks]) then 'div'
                        else local-name()}">
      <xsl:apply-templates select="@*, node()" mode="m:epub"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="h:*[local-name() = $blocks][ancestor::h:h1 or ancestor::h:h2 or ancestor::h:h3
                       or ancestor::h:h4 or ancestor::h:h5 or ancestor::h:h6]"
                mode="m:epub" priority="2">
    <span>
      <xsl:apply-templates select="@*, node()" mode="m:epub"/>
    </span>
  </xsl:template>

  <xsl:template match="/*" priority="-1">
    <xsl:sequence select="error(QName('urn:tei-encoder:function', 'f:root'),
                                'the root is ' || name() || ', not TEI')"/>
  </xsl:template>
</xsl:stylesheet>
