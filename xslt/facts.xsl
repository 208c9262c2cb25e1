<?xml version="1.0" encoding="UTF-8"?>
<!-- What a collection must know of one of its texts: what it is called, when and by whom it was
     written, whom it mentions where, and its words for the search. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns="urn:tei-encoder:collection"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:include href="modules/all.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <!-- How many characters are shown on each side of a name. -->
  <xsl:variable name="around" as="xs:integer" select="70"/>

  <xsl:template match="/TEI">
    <text title="{$title}" own="{f:own-name(text)}" language="{$text-language}" author="{string-join($authors, '; ')}"
          sender="{f:party('sent')}" recipient="{f:party('received')}"
          date="{$written}" date-words="{normalize-space($creation[1])}"
          date-figures="{(f:in-figures($creation[1])[.], $written)[1]}"
          date-language="{f:language-of($creation[1])}">
      <xsl:for-each select="map:keys($registers)" xmlns:map="http://www.w3.org/2005/xpath-functions/map">
        <xsl:sort select="."/>
        <xsl:apply-templates select="$registers(.)" mode="f:entry">
          <xsl:with-param name="kind" select="."/>
        </xsl:apply-templates>
      </xsl:for-each>
      <xsl:for-each-group select="f:cited(text)" group-by="f:work-id(.)">
        <entry kind="works" id="{current-grouping-key()}" label="{f:label(.)}" born="" died="" others="">
          <xsl:sequence select="current-group() ! f:mention(.)"/>
        </entry>
      </xsl:for-each-group>
      <xsl:for-each select="text//*[key('read', generate-id())[normalize-space()]][not(f:is-boilerplate(.))]">
        <part at="{f:part-address(.)}">{normalize-space(f:joined(key('read', generate-id())))}</part>
      </xsl:for-each>
    </text>
  </xsl:template>

  <!-- What a text is called that shares its title with others: its heading, or its first words. -->
  <xsl:function name="f:own-name" as="xs:string">
    <xsl:param name="text" as="element()?"/>
    <xsl:variable name="heading" as="xs:string" select="f:label(($text//head)[1])"/>
    <xsl:variable name="words" as="xs:string*"
                  select="tokenize(f:label(($text//(p | l | ab)[f:label(.)])[1]))"/>
    <xsl:sequence select="($heading[.], string-join($words[position() le $few-words], ' ')
                           || ' …'[$words[$few-words + 1]])[1]"/>
  </xsl:function>

  <xsl:variable name="few-words" as="xs:integer" select="8"/>

  <xsl:mode name="f:entry"/>

  <xsl:template match="*" mode="f:entry">
    <xsl:param name="kind" as="xs:string"/>
    <entry kind="{$kind}" id="{@xml:id}" label="{f:label(.)}" born="{f:year(birth[1])}"
           died="{f:year(death[1])}" others="{string-join(f:other-names(.), ', ')}">
      <xsl:sequence select="f:mentions(.) ! f:mention(.)"/>
    </entry>
  </xsl:template>

  <!-- A mention with the words around it, as they are read. -->
  <xsl:function name="f:mention" as="element()">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="block" as="element()" select="f:block($name)"/>
    <xsl:variable name="words" as="text()*" select="key('read', generate-id($block), root($name))"/>
    <xsl:variable name="own" as="text()*" select="$name//text() intersect $words"/>
    <xsl:variable name="before" as="xs:string"
                  select="f:joined($words[. &lt;&lt; ($own, $name)[1]])"/>
    <xsl:variable name="after" as="xs:string" select="f:joined($words[. >> $own[last()]])"/>
    <mention at="{f:id($name)}" page="{f:page($name)}" note="{f:in-note($name)}"
             doubt="{'yes'[exists(f:doubts($name))]}">
      <before>{if (string-length($before) gt $around)
               then replace(substring($before, string-length($before) - $around + 1), '^\S*\s', '… ')
               else $before}</before>
      <name>{f:joined($own)}</name>
      <after>{if (string-length($after) gt $around)
              then replace(substring($after, 1, $around), '\s\S*$', ' …') else $after}</after>
    </mention>
  </xsl:function>

  <xsl:function name="f:joined" as="xs:string">
    <xsl:param name="words" as="text()*"/>
    <!-- normalize-space() is many times faster than replace(); the bars keep the outer spaces. -->
    <xsl:variable name="single" as="xs:string"
                  select="normalize-space('|' || string-join($words) || '|')"/>
    <xsl:sequence select="substring($single, 2, string-length($single) - 2)"/>
  </xsl:function>

  <!-- The words that are read, by the block they stand in: no second readings, no page furniture.
       What is between the blocks of a note or a paragraph is its own. -->
  <xsl:key name="read" use="generate-id(f:block(.))"
           match="text//text()[not(ancestor::*[self::fw or self::sic[../corr] or self::orig[../reg]
                  or self::abbr[../expan] or self::pc[@force = 'weak']])]"/>

  <xsl:function name="f:block" as="element()">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="($node/ancestor::*[self::p or self::ab or self::l or self::head
        or self::item or self::cell or self::note or self::speaker or self::stage
        or self::byline or self::salute or self::signed or self::dateline or self::addrLine][1],
        $node/..)[1]"/>
  </xsl:function>

  <!-- The address of a block, where it has one. -->
  <xsl:function name="f:part-address" as="xs:string">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="if ($block[self::head or self::p or self::ab or self::l or self::item
                              or self::cell or self::note[not(f:is-inline-note(.))]])
                          then f:id($block) else string($block/@xml:id)"/>
  </xsl:function>

  <!-- The works a text cites, by their titles. -->
  <xsl:function name="f:cited" as="element(title)*">
    <xsl:param name="text" as="element()?"/>
    <xsl:sequence select="$text//title[not(@prev or f:is-boilerplate(.) or parent::title)]
                          [f:label(.)]"/>
  </xsl:function>

  <xsl:variable name="written" as="xs:string"
                select="f:first-time((f:beginning($creation
                            | /TEI/teiHeader/profileDesc/correspDesc/correspAction[@type = 'sent']/date),
                        f:beginning(/TEI/teiHeader/fileDesc/sourceDesc//origDate)))"/>

  <xsl:function name="f:party" as="xs:string">
    <xsl:param name="type" as="xs:string"/>
    <xsl:sequence select="string-join($header/profileDesc/correspDesc/correspAction[@type = $type]
                          /(persName | orgName | name) ! f:known(.), '; ')"/>
  </xsl:function>

  <xsl:variable name="header" as="element()?" select="(/TEI/teiHeader)[1]"/>
</xsl:stylesheet>
