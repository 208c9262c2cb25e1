<?xml version="1.0" encoding="UTF-8"?>
<!-- What every module asks: signs, ids, pages, voices. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:key name="id" match="*[@xml:id]" use="@xml:id"/>

  <!-- The place of each element of the text among those of its kind: ids that are the same in every
       run. To ask an accumulator of each takes several times as long. -->
  <xsl:variable name="places" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each-group select="/TEI/(text | sourceDoc)//*" group-by="f:kind-counted(.)">
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="generate-id()" select="position()"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- The page of the source that a name or a choice stands on; nothing before the first. -->
  <xsl:variable name="page-of" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group
          select="//pb | //milestone | //choice | //app | //persName | //rs | //placeName | //orgName | //name"
          group-starting-with="pb[@n] | milestone[@unit = 'page'][@n]">
        <xsl:variable name="page" as="xs:string"
                      select="string(self::pb/@n | self::milestone[@unit = 'page']/@n)"/>
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="generate-id()" select="$page"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- The printed signs of one kind that @rend holds: `pre(*) pre(*)` is `* *`. -->
  <xsl:function name="f:signs" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:variable name="opening" as="xs:string" select="$kind || '('"/>
    <xsl:sequence select="tokenize($element/@rend)[starts-with(., $opening)]
        ! substring(., string-length($opening) + 1, string-length(.) - string-length($opening) - 1)
        => string-join(' ')"/>
  </xsl:function>

  <!-- The signs that stand before (`pre`) or after (`post`) the words of an element. Where it holds
       paragraphs they stand in the first and the last, as they were printed. -->
  <xsl:function name="f:edge" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:variable name="outer" as="element()?"
                  select="$element/parent::*[@rend][f:holds-paragraphs(.)][
                          if ($kind = 'pre') then *[1] is $element else *[last()] is $element]"/>
    <xsl:variable name="own" as="xs:string"
                  select="string($element[@rend][not(f:holds-paragraphs(.))] ! f:signs(., $kind))"/>
    <xsl:variable name="around" as="xs:string" select="string($outer ! f:signs(., $kind))"/>
    <xsl:sequence select="if ($kind = 'pre') then $around || $own else $own || $around"/>
  </xsl:function>

  <xsl:function name="f:holds-paragraphs" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[@rend]/*[1]/self::p)
                          and exists($element/*[last()]/self::p)"/>
  </xsl:function>

  <!-- The tokens of @rend that are no signs: `italic`, `center`. -->
  <xsl:function name="f:styles" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tokenize($element/@rend)[matches(., '^[a-z][a-z0-9-]*$')]"/>
  </xsl:function>

  <!-- The id of an element in HTML. `~` cannot stand in an xml:id: ours never meet the text's. -->
  <xsl:function name="f:id" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/@xml:id[f:is-first(.)]) then string($element/@xml:id)
        else local-name($element) || '~' || $places(generate-id($element))"/>
  </xsl:function>

  <!-- Names of all kinds are counted as one. -->
  <xsl:function name="f:kind-counted" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/(self::persName | self::rs | self::placeName | self::orgName))
                          then 'name' else local-name($element)"/>
  </xsl:function>

  <!-- An id that stands twice is one of the first element only: no page may have it twice. -->
  <xsl:function name="f:is-first" as="xs:boolean">
    <xsl:param name="id" as="attribute()"/>
    <xsl:sequence select="key('id', $id, root($id))[1] is $id/.."/>
  </xsl:function>

  <!-- The elements of this document that lists of pointers name. -->
  <xsl:function name="f:targets" as="element()*">
    <xsl:param name="pointers" as="attribute()*"/>
    <xsl:sequence select="for $pointer in $pointers return
                          tokenize($pointer)[starts-with(., '#')]
                          ! key('id', substring(., 2), root($pointer))"/>
  </xsl:function>

  <!-- An address that may be followed: nothing that runs, nothing on the reader's own disk. -->
  <xsl:function name="f:is-address" as="xs:boolean">
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="matches($address, '^(https?://|mailto:)[^\s]+$')"/>
  </xsl:function>

  <!-- What stands right before and right behind a node, white space apart. -->
  <xsl:function name="f:beside" as="node()*">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node/(preceding-sibling::node()[self::* or self::text()[normalize-space()]][1],
                                 following-sibling::node()[self::* or self::text()[normalize-space()]][1])"/>
  </xsl:function>

  <!-- Is this a block among blocks, rather than words in a line? -->
  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="not($element/self::note[not(f:is-inline-note(.))])
        and ($element[self::p or self::ab or self::eg or self::lg or self::l or self::list or self::table
             or self::div or self::figure or self::sp or self::floatingText or self::address
             or self::epigraph or self::postscript or self::castList
             or self::u or self::entry or self::entryFree or self::line
             or self::salute or self::signed or self::dateline or self::byline
             or self::listBibl or self::bibl[parent::listBibl] or self::biblStruct[parent::listBibl]
             or self::stage[not(ancestor::p or ancestor::l or ancestor::speaker)]]
             or exists($element/*) and exists($element//(p | ab | eg | lg | l | list | table | div | head | item | sp
                       | floatingText | figure | address | epigraph | postscript | castList
                       | u | entry | entryFree | line
                       | salute | signed | dateline | byline | listBibl)[not(f:is-in-note(., $element))]))"/>
  </xsl:function>

  <!-- Does this stand in a note that is not read here, but has its place among the notes? -->
  <xsl:function name="f:is-in-note" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="outer" as="element()"/>
    <xsl:sequence select="exists($node/ancestor::note[not(f:is-inline-note(.))][. >> $outer])"/>
  </xsl:function>

  <!-- Is this a note that is read where it stands, and has no callout? -->
  <xsl:function name="f:is-inline-note" as="xs:boolean">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="$note/@place = 'inline'
                          or empty($note/@n) and f:signs($note, 'callout') = ''"/>
  </xsl:function>

  <!-- The distributor's boilerplate and metadata are no part of the text; few texts have any. -->
  <xsl:variable name="boilerplate" as="element()*" select="//div[@type = ('licence', 'metadata')]"/>

  <xsl:function name="f:is-boilerplate" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($boilerplate) and exists($node/ancestor-or-self::div intersect $boilerplate)"/>
  </xsl:function>

  <!-- What an element is called, in one line of plain text. -->
  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:apply-templates select="$element" mode="m:label"/>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($parts))"/>
  </xsl:function>

  <!-- What is one line below another is a word apart. -->
  <xsl:template match="l" mode="m:label" as="xs:string+">
    <xsl:next-match/>
    <xsl:sequence select="' '"/>
  </xsl:template>

  <xsl:template match="text()" mode="m:label" as="xs:string">
    <xsl:sequence select="string(.)"/>
  </xsl:template>
</xsl:stylesheet>
