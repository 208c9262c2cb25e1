<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to TEI Simple Print: the same words with fewer elements. Signs that stood in @rend are written
     out where they were printed; names become name, whatever else Simple does not know becomes seg
     or loses its tags. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.tei-c.org/ns/1.0"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:include href="modules/all.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <!-- What are you in TEI Simple Print? -->
  <xsl:mode name="m:simple" on-no-match="shallow-skip"/>

  <xsl:template match="/TEI">
    <TEI>
      <xsl:apply-templates select="@xml:lang" mode="m:simple"/>
      <teiHeader>
        <fileDesc>
          <titleStmt>
            <title>{$title}</title>
            <xsl:apply-templates select="$statement/(author | editor | respStmt)" mode="m:simple"/>
          </titleStmt>
          <publicationStmt>
            <xsl:sequence select="f:told($publication)"/>
          </publicationStmt>
          <sourceDesc>
            <xsl:sequence select="f:told($file-description/sourceDesc)"/>
          </sourceDesc>
        </fileDesc>
        <xsl:if test="exists($indexes)">
          <profileDesc>
            <particDesc>
              <xsl:for-each select="$indexes">
                <listPerson type="{.}">
                  <xsl:apply-templates select="$registers(.)" mode="m:simple"/>
                </listPerson>
              </xsl:for-each>
            </particDesc>
          </profileDesc>
        </xsl:if>
      </teiHeader>
      <xsl:apply-templates select="text" mode="m:simple"/>
      <xsl:if test="empty(text)">
        <text>
          <body>
            <xsl:apply-templates select="sourceDoc" mode="m:simple"/>
          </body>
        </text>
      </xsl:if>
    </TEI>
  </xsl:template>

  <!-- A part of the header in words. -->
  <xsl:function name="f:told" as="element(p)">
    <xsl:param name="part" as="element()*"/>
    <p>{(normalize-space(string-join($part//text(), ' '))[.], f:say('unknown'))[1]}</p>
  </xsl:function>

  <xsl:template match="author | editor" mode="m:simple" priority="1">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@xml:id" mode="m:simple"/>
      <xsl:choose>
        <xsl:when test="ancestor::titleStmt">{normalize-space()}</xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="." mode="m:simple-inside"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <xsl:template match="titleStmt/respStmt" mode="m:simple">
    <respStmt>
      <xsl:apply-templates select="@xml:id" mode="m:simple"/>
      <resp>{normalize-space(string-join(resp, '; '))}</resp>
      <name>{string-join((name | persName | orgName) ! f:named(.), ', ')}</name>
    </respStmt>
  </xsl:template>

  <xsl:template match="standOff//(person | personGrp | place | org)" mode="m:simple">
    <person xml:id="{@xml:id}">
      <p>{string-join((f:identity(.), f:other-names(.)), ', ')}</p>
    </person>
  </xsl:template>

  <!-- The elements that Simple has too, and keeps as they are. -->
  <xsl:variable name="kept" static="yes" as="xs:string*" select="tokenize('ab abbr add address addrLine
      anchor argument back bibl biblScope body byline c castGroup castItem castList cell choice cit
      closer corr date dateline del div docAuthor docDate docEdition docImprint docTitle epigraph expan
      figDesc figure floatingText foreign formula front fw gap group head hi imprimatur item l label lb
      lg list listBibl measure milestone name note num opener orig p pb pc postscript publisher
      pubPlace q quote ref reg role roleDesc row rs s salute seg sic signed sp speaker stage supplied
      table text time title titlePage titlePart trailer unclear w cb')"/>

  <xsl:template match="TEI/text | text//*[local-name() = $kept][f:is-tei(.)]" mode="m:simple">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*" mode="m:simple"/>
      <xsl:variable name="looks" as="xs:string*" select="f:styles(.) ! $simple-style(.)"/>
      <xsl:if test="exists($looks)">
        <xsl:attribute name="rendition" select="distinct-values($looks)"/>
      </xsl:if>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </xsl:element>
  </xsl:template>

  <xsl:variable name="simple-style" as="map(xs:string, xs:string)" select="map {
      'bold': 'simple:bold', 'italic': 'simple:italic', 'center': 'simple:centre',
      'super': 'simple:superscript', 'superscript': 'simple:superscript',
      'sub': 'simple:subscript', 'subscript': 'simple:subscript',
      'underline': 'simple:underline', 'strikethrough': 'simple:strikethrough',
      'smallcaps': 'simple:smallcaps', 'small-caps': 'simple:smallcaps',
      'spaced': 'simple:letterspace', 'letterspaced': 'simple:letterspace' }"/>

  <!-- What stands between your ends, in Simple? -->
  <xsl:mode name="m:simple-inside"/>

  <xsl:template match="*" mode="m:simple-inside">
    <xsl:value-of select="f:edge(., 'pre')"/>
    <xsl:apply-templates mode="m:simple"/>
    <xsl:value-of select="f:edge(., 'post')"/>
  </xsl:template>

  <!-- Where only blocks may stand, signs are a paragraph. -->
  <xsl:template match="figure" mode="m:simple-inside">
    <xsl:variable name="edges" as="xs:string+" select="f:edge(., 'pre'), f:edge(., 'post')"/>
    <xsl:if test="$edges[1]">
      <p>{$edges[1]}</p>
    </xsl:if>
    <xsl:apply-templates mode="m:simple"/>
    <xsl:if test="$edges[2]">
      <p>{$edges[2]}</p>
    </xsl:if>
  </xsl:template>

  <!-- The look stands for these signs, or the element is empty by its nature. -->
  <xsl:template match="hi | gap | milestone | pb | lb | cb | table | row | cell"
                mode="m:simple-inside">
    <xsl:apply-templates mode="m:simple"/>
  </xsl:template>

  <xsl:template match="text()" mode="m:simple">
    <xsl:value-of select="."/>
  </xsl:template>

  <xsl:template match="@xml:id | @xml:lang | @n | @cert[. = ('high', 'medium', 'low', 'unknown')]
                       | (lb | pb | cb | milestone)/@break | milestone/@unit | note/@place
                       | (div | seg | ab | note | quote | bibl | lg)/@type
                       | (gap | supplied | unclear)/@reason
                       | (cell | row)/@role | cell/@rows | cell/@cols | date/(@when | @from | @to
                       | @notBefore | @notAfter) | title/@level | biblScope/@unit"
                mode="m:simple">
    <xsl:copy/>
  </xsl:template>

  <!-- A pointer is kept where what it leads to is. -->
  <xsl:template match="@ref | @resp | @who | @next | @prev | ref/@target[not(f:is-address(.))]"
                mode="m:simple">
    <xsl:variable name="targets" as="element()*" select="f:targets(.)"/>
    <xsl:if test="count(tokenize(.)) = count($targets) and (every $target in $targets satisfies
                  exists($target[ancestor::text or parent::titleStmt
                                 or . intersect $indexes ! $registers(.)]))">
      <xsl:copy/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="ref/@target[f:is-address(.)]" mode="m:simple">
    <xsl:copy/>
  </xsl:template>

  <xsl:variable name="name-types" as="map(xs:string, xs:string)" select="map {
      'persName': 'person', 'orgName': 'org', 'placeName': 'place', 'geogName': 'placeGeog',
      'country': 'country', 'region': 'place', 'settlement': 'place', 'district': 'place',
      'forename': 'forename', 'surname': 'surname', 'nameLink': 'nameLink',
      'addName': 'personAddName', 'genName': 'personGenName', 'roleName': 'personRoleName' }"/>

  <xsl:template match="text//*[$name-types(local-name())]" mode="m:simple" priority="1">
    <name type="{$name-types(local-name())}">
      <xsl:apply-templates select="@*" mode="m:simple"/>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </name>
  </xsl:template>

  <xsl:template match="text//eg[parent::div or parent::body]" mode="m:simple">
    <ab>
      <xsl:apply-templates select="@*" mode="m:simple"/>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </ab>
  </xsl:template>

  <!-- A note has the mark it was printed with; the mark of an item stands before it. -->
  <xsl:template match="text//note" mode="m:simple" priority="1">
    <note>
      <xsl:apply-templates select="@* except @n" mode="m:simple"/>
      <xsl:if test="not(f:is-inline-note(.))">
        <xsl:attribute name="n" select="f:mark(.)"/>
      </xsl:if>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </note>
  </xsl:template>

  <xsl:template match="text//item[f:item-mark(.)]" mode="m:simple" priority="1">
    <item n="{f:item-mark(.)}">
      <xsl:apply-templates select="@xml:id | @xml:lang" mode="m:simple"/>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </item>
  </xsl:template>

  <xsl:template match="text//ptr" mode="m:simple">
    <ref>
      <xsl:copy-of select="@target"/>
      <xsl:value-of select="f:mark(.)"/>
    </ref>
    <xsl:apply-templates select="*" mode="m:simple"/>
  </xsl:template>

  <xsl:template match="text//(gap | g)" mode="m:simple" priority="1">
    <xsl:choose>
      <xsl:when test="self::g">{f:character(.)}</xsl:when>
      <xsl:otherwise>
        <gap>
          <xsl:apply-templates select="@*" mode="m:simple"/>
        </gap>
        <xsl:apply-templates select="*" mode="m:simple"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="text//(emph | mentioned | soCalled | gloss | term | code | ident)" mode="m:simple">
    <hi>
      <xsl:apply-templates select="@xml:id | @xml:lang" mode="m:simple"/>
      <xsl:if test="self::emph or self::mentioned">
        <xsl:attribute name="rendition" select="'simple:italic'"/>
      </xsl:if>
      <xsl:apply-templates mode="m:simple"/>
    </hi>
  </xsl:template>

  <!-- Is this TEI, in a place where TEI has it? Examples in other namespaces are words. -->
  <xsl:function name="f:is-tei" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="namespace-uri($element) = 'http://www.tei-c.org/ns/1.0'
        and not($element/ancestor::*[namespace-uri() != 'http://www.tei-c.org/ns/1.0'])
        and (not($element/self::choice) or exists($element/(sic | orig | abbr)))"/>
  </xsl:function>

  <xsl:template match="text//(div1 | div2 | div3 | div4 | div5 | div6 | div7)" mode="m:simple">
    <div>
      <xsl:apply-templates select="@*" mode="m:simple"/>
      <xsl:apply-templates mode="m:simple"/>
    </div>
  </xsl:template>

  <!-- Pages that were transcribed by their places: a surface with its lines (TEI P5 12.2.2). -->
  <xsl:template match="sourceDoc/*" mode="m:simple">
    <ab>
      <xsl:apply-templates select="@xml:id" mode="m:simple"/>
      <xsl:apply-templates mode="m:simple"/>
    </ab>
  </xsl:template>

  <xsl:template match="line" mode="m:simple">
    <xsl:apply-templates select="." mode="m:simple-inside"/>
    <lb/>
  </xsl:template>

  <xsl:template match="text//(biblStruct | biblFull)" mode="m:simple">
    <bibl>
      <xsl:apply-templates select="@xml:id" mode="m:simple"/>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </bibl>
  </xsl:template>

  <!-- The heading of what is no division or list in Simple is words. -->
  <xsl:template match="text//head[not(../local-name() = $kept or matches(../local-name(), '^div[1-7]$'))]"
                mode="m:simple" priority="1">
    <hi>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </hi>
  </xsl:template>

  <!-- An address is lines, whatever they tell. -->
  <xsl:template match="text//address/*[not(local-name() = $kept)]" mode="m:simple" priority="2">
    <addrLine>
      <xsl:apply-templates select="." mode="m:simple-inside"/>
    </addrLine>
  </xsl:template>

  <!-- What is read, and the other readings in a note. -->
  <xsl:template match="app" mode="m:simple">
    <xsl:apply-templates select="f:reading(.)/node()" mode="m:simple"/>
    <note type="variants">{f:variants(.)}</note>
  </xsl:template>

  <!-- What Simple does not know keeps its words; among blocks, as a block. -->
  <xsl:template match="text//*" mode="m:simple" priority="-1">
    <xsl:choose>
      <xsl:when test="(parent::body | parent::div | parent::front | parent::back | parent::div1)
                      and not(*[f:is-block(.)]) and normalize-space()">
        <ab>
          <xsl:apply-templates select="." mode="m:simple-inside"/>
        </ab>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="." mode="m:simple-inside"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="certainty | respons" mode="m:simple"/>
</xsl:stylesheet>
